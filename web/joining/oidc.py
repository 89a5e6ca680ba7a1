"""Signing in by the office's own service. People are known here already: their mail address is found, nobody is made.

What was begun is kept in a signed cookie of ten minutes: an answer that another browser brings, or a second time,
signs nobody in.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from sqlmodel import col, func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from models import clock
from models.organisation import Person
from models.recipients import posts_of
from web import visits
from web.asking import Stop, stopped
from web.context import Context
from web.joining.oidc_service import Begun, NotSignedIn, Registered, begin, email_of
from web.signin import OIDC, link_person

COOKIE = "dondoc_oidc"
MINUTES = 10
BACK = f"{OIDC}/back"
log = logging.getLogger(__name__)


async def leave_for(request: Request) -> Response:
    """GET /signin/oidc: to the service."""
    context: Context = request.app.state.context
    return await run_in_threadpool(_begun, context, request)


async def come_back(request: Request) -> Response:
    """GET /signin/oidc/back?code=&state=: signed in, or one sentence that says why not."""
    context: Context = request.app.state.context
    response = await run_in_threadpool(_entered, context, request)
    response.delete_cookie(COOKIE, path=OIDC, secure=context.secure, httponly=True, samesite="lax")
    return response


def _begun(context: Context, request: Request) -> Response:
    try:
        begun = begin(_site(context), lambda: secrets.token_urlsafe(36))
    except NotSignedIn as error:
        return stopped(context, request, Stop(503, f"web.oidc.{error.why}"))
    response = RedirectResponse(begun.address, 303)
    response.set_cookie(COOKIE, _packed(context, begun), max_age=60 * MINUTES, path=OIDC, secure=context.secure,
                        httponly=True, samesite="lax")  # fmt: skip
    return response


def _entered(context: Context, request: Request) -> Response:
    try:
        begun = _unpacked(context, request.cookies.get(COOKIE, ""))
        query = request.query_params
        if begun is None or not hmac.compare_digest(query.get("state", "").encode(), begun.state.encode()):
            raise NotSignedIn("begin")
        if not query.get("code"):
            raise NotSignedIn("declined")
        with context.database.read() as session:
            now = clock.database_time(session)  # the token's times are real ones, whatever the demo's clock says
        email = email_of(_site(context), begun, query["code"], now)
        return _known(context, email)
    except NotSignedIn as error:
        log.info("sign-in by OpenID Connect: %s", error.why)
        return stopped(context, request, Stop(403, f"web.oidc.{error.why}"))


def _known(context: Context, email: str) -> Response:
    """The session of the one person with this address who holds a post today. Raises NotSignedIn."""
    with context.database.write() as session:
        query = select(Person).where(func.lower(col(Person.email)) == email.strip().lower())
        people = [one for one in session.exec(query.limit(3)).all()
                  if one.id is not None and posts_of(session, one.id, clock.today())]  # fmt: skip
        if len(people) != 1 or people[0].id is None:  # an address of two people proves neither
            raise NotSignedIn("unknown")
        link_person(session, people[0].id)
        visit = visits.begin(people[0].id)
    response = RedirectResponse("/", 303)
    visits.keep(context, response, visit)
    return response


def _site(context: Context) -> Registered:
    service = context.signin
    assert service is not None  # these addresses are there only where it is
    return Registered(service.issuer, service.client_id, context.signin_secret, f"{context.base_url}{BACK}")


def _packed(context: Context, begun: Begun) -> str:
    ends = int(clock.now().timestamp()) + 60 * MINUTES
    body = urlsafe_b64encode(json.dumps([begun.state, begun.nonce, begun.verifier, ends]).encode()).decode()
    return f"{body}.{_mac(context, body)}"


def _unpacked(context: Context, cookie: str) -> Begun | None:
    body, _, mac = cookie.rpartition(".")
    if not body or not hmac.compare_digest(_mac(context, body).encode(), mac.encode("utf-8", "replace")):
        return None
    state, nonce, verifier, ends = json.loads(urlsafe_b64decode(body))
    return Begun("", state, nonce, verifier) if ends > clock.now().timestamp() else None


def _mac(context: Context, body: str) -> str:
    return hmac.new(context.secret, f"oidc:{body}".encode(), hashlib.sha256).hexdigest()
