"""One-time codes, kept as an HMAC, good once: a sign-in link for the browser and a code that links a chat (15 minutes),
a link by which one sends a document that a chat cannot carry (30 minutes).

Their time is the database's own: an office clock that is moved (demo, drills) must neither end nor lengthen them.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, delete

from models import clock
from models.organisation import LinkCode

WEB, CHAT, UPLOAD = "web", "chat", "upload"
MINUTES = {WEB: 15, CHAT: 15, UPLOAD: 30}
IN_A_MAIL = 24 * 60
"""Minutes of a sign-in link that goes by mail: mail is read when there is time for it."""
_TYPED = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no 0/O, 1/I/L: chat codes are typed from paper
_TYPED_LENGTH = 8


def new_code(
    session: Session,
    secret: bytes,
    person_id: int,
    purpose: str,
    about: dict[str, Any] | None = None,
    minutes: int | None = None,
) -> str:
    """A new code for this person and its row. `purpose`: web or upload (an unguessable token for an address) or chat
    (typed). `about`: what the code is about; of an upload {"task": number or None, "channel", "bot", "chat_id"}.

    `minutes`: how long it is good, if not as long as others of its purpose. Rows whose time is over are cleared in
    passing.
    """
    if purpose not in MINUTES:
        raise ValueError(purpose)
    code = (
        "".join(secrets.choice(_TYPED) for _ in range(_TYPED_LENGTH))
        if purpose == CHAT
        else secrets.token_urlsafe(24)
    )
    at = clock.database_time(session)
    session.execute(delete(LinkCode).where(col(LinkCode.expires_at) < at - timedelta(days=1)))
    session.add(LinkCode(digest=digest(secret, code, purpose), purpose=purpose, person_id=person_id,
                         about=about or {},
                         expires_at=at + timedelta(minutes=minutes or MINUTES[purpose])))  # fmt: skip
    session.flush()
    return code


def looked_at(session: Session, secret: bytes, code: str, purpose: str) -> LinkCode | None:
    """The row of a code that is still good, without using it up; None when it is unknown, used, or over."""
    at = clock.database_time(session)
    row = session.get(LinkCode, digest(secret, code, purpose))
    return row if row is not None and row.used_at is None and row.expires_at > at else None


def used_up(session: Session, secret: bytes, code: str, purpose: str) -> LinkCode | None:
    """Use a code up: its row, or None when it is unknown, used, or over. Of two at once one wins."""
    at = clock.database_time(session)
    key = digest(secret, code, purpose)
    changed = session.execute(update(LinkCode).where(*_good(key, at)).values(used_at=at))
    return session.get(LinkCode, key) if changed.rowcount == 1 else None  # type: ignore[attr-defined]


def consume(session: Session, secret: bytes, code: str, purpose: str) -> int | None:
    """Use a code up: the person it is for, or None when it is unknown, used, or over."""
    row = used_up(session, secret, code, purpose)
    return row.person_id if row else None


def is_code(words: str) -> bool:
    """Could these be a code that is typed in a chat?"""
    return len(words) == _TYPED_LENGTH and all(letter in _TYPED for letter in words.upper())


def digest(secret: bytes, code: str, purpose: str) -> str:
    """What is kept of a code."""
    """What a code is kept as. The purpose is in it: a code for one thing opens nothing else."""
    spelled = code.strip().upper() if purpose == CHAT else code.strip()
    return hmac.new(secret, f"link:{purpose}:{spelled}".encode(), hashlib.sha256).hexdigest()


def _good(key: str, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (col(LinkCode.digest) == key, col(LinkCode.used_at).is_(None), col(LinkCode.expires_at) > at)
