"""Addresses of the browser chat."""

from __future__ import annotations

from starlette.routing import Route

from web import evidence
from web.asking import page
from web.chat import live
from web.chat import page as chat_page
from web.prepared import prepared_page


def routes() -> list[Route]:
    """The page, what is said on it, and how it hears of changes."""
    return [
        Route("/chat", page(chat_page.show), methods=["GET"]),
        Route("/chat", prepared_page(chat_page.say, evidence.screened, failed=chat_page.show), methods=["POST"]),
        Route("/chat/log", page(chat_page.log)),
        Route("/chat/events", live.events),
    ]
