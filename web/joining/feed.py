"""A person's calendar by its secret address. Nobody signs in here; an address that has ended is said to be none."""

from __future__ import annotations

import hashlib
import hmac

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from models import feeds
from web.context import Context

HEADERS = {"cache-control": "private, no-store", "x-robots-tag": "noindex"}


async def show(request: Request) -> Response:
    """GET /ics/<token>.ics: the calendar; 304 where the program has it already, 404 for an address that has ended."""
    context: Context = request.app.state.context
    made = await run_in_threadpool(_file, context, str(request.path_params["token"]))
    if made is None:
        return Response(status_code=404)
    headers = HEADERS | {"etag": f'"{hashlib.sha256(made).hexdigest()[:32]}"'}
    if headers["etag"] in _known(request):
        return Response(status_code=304, headers=headers)
    headers["content-disposition"] = 'inline; filename="nhiem-vu.ics"'
    return Response(made, media_type="text/calendar; charset=utf-8", headers=headers)


def site_mark(secret: bytes) -> str:
    """What makes this office's UIDs its own."""
    return hmac.new(secret, b"calendar uid", hashlib.sha256).hexdigest()[:12]


def _known(request: Request) -> list[str]:
    given = request.headers.get("if-none-match", "")
    return [one.strip().removeprefix("W/") for one in given.split(",")]


def _file(context: Context, token: str) -> bytes | None:
    from papers.calendar_file import calendar_file

    with context.database.read() as session:
        found = feeds.owner_of(session, context.secret, token)
        if found is None:
            return None
        person, posts = found
        shown = feeds.entries(session, person.id or 0, posts)
        language = person.language or context.language
    return calendar_file(shown, site_mark(context.secret), context.base_url, language)
