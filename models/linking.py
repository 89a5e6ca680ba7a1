"""One-time codes: a sign-in link for the browser, a code that links a chat. Kept as an HMAC, good for 15 minutes, once.

Their time is the database's own: an office clock that is moved (demo, drills) must neither end nor lengthen them.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import Session, col, delete

from models import clock
from models.organisation import LinkCode

MINUTES = 15
WEB, CHAT = "web", "chat"
_TYPED = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no 0/O, 1/I/L: chat codes are typed from paper
_TYPED_LENGTH = 8


def new_code(session: Session, secret: bytes, person_id: int, purpose: str) -> str:
    """A new code for this person and its row. `purpose`: web (an unguessable token for an address) or chat (typed).

    Rows whose time is over are cleared in passing.
    """
    if purpose not in (WEB, CHAT):
        raise ValueError(purpose)
    code = (
        secrets.token_urlsafe(24) if purpose == WEB else "".join(secrets.choice(_TYPED) for _ in range(_TYPED_LENGTH))
    )
    at = clock.database_time(session)
    session.execute(delete(LinkCode).where(col(LinkCode.expires_at) < at - timedelta(days=1)))
    session.add(LinkCode(digest=_digest(secret, code, purpose), purpose=purpose, person_id=person_id,
                         expires_at=at + timedelta(minutes=MINUTES)))  # fmt: skip
    session.flush()
    return code


def consume(session: Session, secret: bytes, code: str, purpose: str) -> int | None:
    """Use a code up: the person it is for, or None when it is unknown, used, or over. Of two at once one wins."""
    at = clock.database_time(session)
    digest = _digest(secret, code, purpose)
    changed = session.execute(
        update(LinkCode)
        .where(col(LinkCode.digest) == digest, col(LinkCode.purpose) == purpose,
               col(LinkCode.used_at) == None, col(LinkCode.expires_at) > at)  # noqa: E711
        .values(used_at=at)
    )  # fmt: skip
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        return None
    row = session.get(LinkCode, digest)
    return row.person_id if row else None


def _digest(secret: bytes, code: str, purpose: str) -> str:
    spelled = code.strip() if purpose == WEB else code.strip().upper()
    return hmac.new(secret, f"link:{purpose}:{spelled}".encode(), hashlib.sha256).hexdigest()
