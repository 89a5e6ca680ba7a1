"""Who sits at the browser: one signed cookie, and the token that every form carries.

The cookie is HttpOnly and SameSite=Lax: a link in a chat must open the board, so Strict would sign everybody out
each time they come from there. It is signed, not stored: a session is ended by `Person.sessions_from`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from models import clock
from models.organisation import Person
from web.context import Context

LASTS = timedelta(days=30)
NOBODY = 0


@dataclass(frozen=True)
class Visit:
    """`person_id` 0 is a visitor who has not signed in: he too needs a token for the sign-in form."""

    person_id: int
    since: datetime
    nonce: str


def begin(person_id: int = NOBODY) -> Visit:
    """A new visit, with a nonce of its own: signing in never keeps the visitor's."""
    return Visit(person_id, clock.now(), secrets.token_hex(16))


def visit_of(context: Context, request: Request) -> Visit:
    """The visit that the cookie proves, or a new visitor's."""
    return _unpacked(context.secret, request.cookies.get(_name(context), "")) or begin()


def keep(context: Context, response: Response, visit: Visit) -> None:
    """Give the cookie to the browser."""
    response.set_cookie(_name(context), _packed(context.secret, visit), max_age=int(LASTS.total_seconds()),
                        path="/", secure=context.secure, httponly=True, samesite="lax")  # fmt: skip


def forget(context: Context, response: Response) -> None:
    """Sign this browser out."""
    response.delete_cookie(_name(context), path="/", secure=context.secure, httponly=True, samesite="lax")


def over(person: Person, visit: Visit) -> bool:
    """Were the person's sessions ended (unlinked, signed out everywhere) after this one began?"""
    return person.sessions_from is not None and person.sessions_from > visit.since


def form_token(context: Context, visit: Visit) -> str:
    """What a form of this visit must carry, spelled anew for every answer.

    Answers are compressed: a secret that stood the same in each could be guessed letter by letter from their lengths
    (BREACH). So it is masked with random bytes, which stand before it.
    """
    secret = bytes.fromhex(_form_mac(context, visit))
    pad = secrets.token_bytes(len(secret))
    return (pad + _masked(secret, pad)).hex()


def token_fits(context: Context, visit: Visit, token: str) -> bool:
    """Was the form made for this visit?"""
    try:
        given = bytes.fromhex(token)
    except ValueError:
        return False
    half = len(given) // 2
    secret = bytes.fromhex(_form_mac(context, visit))
    return len(given) == 2 * half and hmac.compare_digest(_masked(given[half:], given[:half]), secret)


def _form_mac(context: Context, visit: Visit) -> str:
    return _mac(context.secret, f"form:{visit.person_id}:{visit.nonce}")


def _masked(value: bytes, pad: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(value, pad, strict=True))


def _name(context: Context) -> str:
    # With the prefix a browser takes the cookie only over HTTPS, for this host alone.
    return "__Host-dondoc" if context.secure else "dondoc"


def _packed(secret: bytes, visit: Visit) -> str:
    body = f"{visit.person_id}.{int(visit.since.timestamp() * 1000)}.{visit.nonce}"
    return f"{body}.{_mac(secret, f'visit:{body}')}"


def _unpacked(secret: bytes, cookie: str) -> Visit | None:
    body, _, mac = cookie.rpartition(".")
    if not body or not hmac.compare_digest(_mac(secret, f"visit:{body}").encode(), mac.encode()):
        return None
    person_id, since, nonce = body.split(".")
    visit = Visit(int(person_id), datetime.fromtimestamp(int(since) / 1000, UTC), nonce)
    return visit if visit.since + LASTS > clock.now() else None


def _mac(secret: bytes, spelled: str) -> str:
    return hmac.new(secret, spelled.encode(), hashlib.sha256).hexdigest()
