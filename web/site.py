"""The site: addresses, headers on every answer, and files that never change."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catalogue import text
from web import demo_page, health, hooks, pictures, signin, upload_page
from web.asking import Ask, Stop, both, page
from web.board import routes as board
from web.chat import routes as chat
from web.context import Context
from web.directive import routes as directive
from web.joining import routes as joining
from web.office import routes as office
from web.prepared import prepared_page
from web.report import routes as report
from web.task import routes as task

STATIC = Path(__file__).resolve().parent / "static"
HEADERS = {
    "content-security-policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
                               "object-src 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}  # fmt: skip

# What is sent as it happens must not wait for more, and what is packed already gets no smaller.
PACKED = ("application/pdf", "application/octet-stream", *(
    f"application/vnd.openxmlformats-officedocument.{kind}"
    for kind in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
))  # fmt: skip
SMALLER = Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5,
                     exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, *PACKED))  # fmt: skip


class Guarded:
    """Security headers on every answer (a page's own win), and pages of people that no cache keeps. NUL, which nobody
    types and no database takes in a text, never comes in by an address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        if scope["type"] == "http":
            query, path = scope["query_string"].replace(b"%00", b""), scope["path"].replace("\0", "\ufffd")
            await self.app({**scope, "query_string": query, "path": path}, receive, with_headers)
        else:
            await self.app(scope, receive, send)


def make_site(context: Context) -> Starlette:
    """The whole site. Everything it needs is in `context`."""
    routes: list[BaseRoute] = [
        Route("/login", page(signin.how, signed_in=False)),
        *both("/login/{token}", signin.show, signin.enter, signed_in=False),
        Route("/logout", page(signin.leave), methods=["POST"]),
        *board.routes(),
        *task.routes(),
        *directive.routes(),
        *office.routes(),
        *chat.routes(),
        *report.routes(),
        *joining.routes(context),
        Route("/t/{token}", page(upload_page.show, signed_in=False), methods=["GET"]),
        Route("/t/{token}", prepared_page(upload_page.take, upload_page.screened, failed=upload_page.show,
                                          signed_in=False), methods=["POST"]),
        Route("/p/{token}", pictures.show),
        Route("/hook/{channel}", hooks.take, methods=["POST"]),
        Route("/healthz", health.show),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    if context.demo is not None:
        routes += [
            Route("/demo", page(demo_page.show, signed_in=False)),
            Route("/demo/be/{short_id}", page(demo_page.be, signed_in=False), methods=["POST"]),
            Route("/demo/clock", page(demo_page.move_clock, signed_in=False), methods=["POST"]),
            Route("/demo/side", page(demo_page.side, signed_in=False)),
            Route("/demo/people", page(demo_page.people, signed_in=False)),
        ]
    site = Starlette(routes=routes, middleware=[Middleware(Guarded), SMALLER],
                     exception_handlers={404: page(_missing, signed_in=False), 405: page(_missing, signed_in=False),
                                         500: _broken})  # fmt: skip
    site.state.context = context
    return site


def _missing(ask: Ask) -> Response:
    raise Stop(404, "web.stop.no_page")


async def _broken(request: Request, error: Exception) -> Response:
    """Something of ours is wrong: it is in the log, the person gets a sentence. Starlette raises the error again."""
    language = request.app.state.context.language
    return Response(text("web.stop.broken", language), 500, HEADERS | {"cache-control": "no-store"},
                    media_type="text/plain; charset=utf-8")  # outside of `Guarded`
