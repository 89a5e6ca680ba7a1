"""A picture for a chat's service to fetch: whoever has its address sees it, for a quarter of an hour.

Nobody can sign in there, so the address itself is what may see it: it names one evidence, or one week's report, and its
own end, and nobody without the office's secret can make one. Nothing is kept of it, and no log holds it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date, datetime, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from models import clock
from models.report import Evidence, blob_chunks
from papers.weekly.kept_picture import week_png
from web.context import Context

LASTS = timedelta(minutes=15)
TYPES = ("image/jpeg", "image/png")
HEADERS = {
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


def token(secret: bytes, shown: int | str, at: datetime) -> str:
    """For the picture of this evidence, or of the report of a week ("2026-11-23vi": its Monday and the language), from
    `at` (the database's own time) on."""
    body = f"{shown}.{int((at + LASTS).timestamp())}.{secrets.token_urlsafe(16)}"
    return f"{body}.{_mac(secret, body)}"


async def show(request: Request) -> Response:
    """GET /p/<token>: the picture, and nothing else; whatever is wrong with the token looks the same."""
    found = await run_in_threadpool(_found, request.app.state.context, str(request.path_params["token"]))
    if found is None:
        return Response(status_code=404)
    kind, content = found
    return Response(content, media_type=kind, headers=HEADERS)


def _found(context: Context, given: str) -> tuple[str, bytes] | None:
    """Type and content, if the token is one of ours and not over."""
    body, _, mac = given.rpartition(".")
    if not hmac.compare_digest(_mac(context.secret, body).encode(), mac.encode("utf-8", "replace")):
        return None
    shown, end, _ = body.split(".")
    with context.database.read() as session:
        if clock.database_time(session).timestamp() >= int(end):
            return None
        if shown.isdecimal():
            evidence = session.get(Evidence, int(shown))
            if evidence is None or evidence.media_type not in TYPES:
                return None
            return evidence.media_type, b"".join(blob_chunks(session, evidence.sha256))
    picture = week_png(context.database, date.fromisoformat(shown[:10]), shown[10:])
    return ("image/png", picture) if picture is not None else None


def _mac(secret: bytes, body: str) -> str:
    return hmac.new(secret, f"picture:{body}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()
