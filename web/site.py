"""The site: addresses, headers on every answer, and files that never change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catalogue import text
from web import (
    board,
    calendar_page,
    chat,
    chat_live,
    demo_page,
    directive_routes,
    directives,
    evidence,
    health,
    hooks,
    people,
    pictures,
    review,
    review_acts,
    signin,
    task_acts,
    task_list,
    task_page,
    upload_page,
)
from web.asking import Ask, Stop, page
from web.context import Context
from web.prepared import prepared_page

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


class Guarded:
    """Security headers on every answer (a page's own win), and pages of people that no cache keeps."""

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

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def make_site(context: Context) -> Starlette:
    """The whole site. Everything it needs is in `context`."""
    routes = [
        Route("/", page(board.show)),
        Route("/login", page(signin.how, signed_in=False)),
        *_both("/login/{token}", signin.show, signin.enter, signed_in=False),
        Route("/logout", page(signin.leave), methods=["POST"]),
        Route("/tasks", page(task_list.show)),
        Route("/tasks/NV{number:int}", page(task_page.show)),
        Route("/tasks/NV{number:int}/{act}", prepared_page(task_acts.act, evidence.screened, failed=task_page.show),
              methods=["POST"]),
        Route("/evidence/{id:int}", page(evidence.give)),
        Route("/directives", page(directives.list_all)),
        Route("/directives/new", page(directives.show_new), methods=["GET"]),
        Route("/directives/new", prepared_page(directives.upload, directives.opened, failed=directives.show_new),
              methods=["POST"]),
        *_both("/directives/{id:int}/review", review.show, review_acts.whole, failed=review.refused),
        Route("/directives/{id:int}/review/{item:int}", page(review_acts.item, failed=review.refused),
              methods=["POST"]),
        *directive_routes.routes(),
        *_both("/calendar", calendar_page.show, calendar_page.change, failed=calendar_page.show),
        Route("/people", page(people.show)),
        *(Route(f"/people/{{id:int}}/{act.__name__}", page(act, failed=people.show), methods=["POST"])
          for act in (people.unlink, people.prefer)),
        Route("/people/{id:int}/code", page(people.give_code, failed=people.show), methods=["POST"]),
        Route("/chat", page(chat.show), methods=["GET"]),
        Route("/chat", prepared_page(chat.say, evidence.screened, failed=chat.show), methods=["POST"]),
        Route("/chat/log", page(chat.log)),
        Route("/chat/events", chat_live.events),
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
    site = Starlette(routes=routes, middleware=[Middleware(Guarded)],
                     exception_handlers={404: page(_missing, signed_in=False), 405: page(_missing, signed_in=False),
                                         500: _broken})  # fmt: skip
    site.state.context = context
    return site


def _both(path: str, show: Any, act: Any, *, signed_in: bool = True, failed: Any = None) -> list[Route]:
    return [Route(path, page(show, signed_in=signed_in), methods=["GET"]),
            Route(path, page(act, signed_in=signed_in, failed=failed), methods=["POST"])]  # fmt: skip


def _missing(ask: Ask) -> Response:
    raise Stop(404, "web.stop.no_page")


async def _broken(request: Request, error: Exception) -> Response:
    """Something of ours is wrong: it is in the log, the person gets a sentence. Starlette raises the error again."""
    language = request.app.state.context.language
    return Response(text("web.stop.broken", language), 500, media_type="text/plain; charset=utf-8")
