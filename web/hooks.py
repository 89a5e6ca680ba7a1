"""Webhooks of the chat services: kept first, then answered 200, then worked on. A wrong secret is told nothing."""

from __future__ import annotations

from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

LARGEST = 1 << 20
"""Bytes; what a chat service sends has some hundreds."""


async def take(request: Request) -> Response:
    """POST /hook/<channel>: 200 when what came is committed, 403 for a wrong secret, 404 where no webhook is used."""
    context = request.app.state.context
    channel = context.hooks.get(request.path_params["channel"])
    if channel is None or context.receiver is None:
        return Response(status_code=404)
    body = await _body(request)
    if body is None:
        return Response(status_code=413)
    updates = channel.hooked(dict(request.headers), body)
    if updates is None:
        return Response(status_code=403)
    ids = await context.receiver.take(channel, updates)
    return Response(status_code=200, background=BackgroundTask(context.receiver.handle, ids))


async def _body(request: Request) -> bytes | None:
    """The body, unless it is too large; a sender who hangs up has sent nothing."""
    whole = b""
    try:
        async for chunk in request.stream():
            whole += chunk
            if len(whole) > LARGEST:
                return None
    except ClientDisconnect:
        return b""
    return whole
