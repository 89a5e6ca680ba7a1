"""The API as the site has it: built at the first request, so that an office whose programs ask nothing pays nothing."""

from __future__ import annotations

import threading
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from web.context import Context


class Api:
    """An ASGI application that is made when it is first asked."""

    def __init__(self, context: Context) -> None:
        self._context, self._lock = context, threading.Lock()
        self._made: Any = None

    def made(self) -> Any:
        """The application itself (FastAPI, whose import takes a fifth of a second)."""
        with self._lock:
            if self._made is None:
                from web.joining.api import make_api

                self._made = make_api(self._context)
            return self._made

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app: ASGIApp = self.made()
        await app(scope, receive, send)
