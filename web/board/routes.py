"""Addresses of the board: its home and the lists of tasks."""

from __future__ import annotations

from starlette.routing import Route

from web.asking import page
from web.board import bulk_routes, charts, home, live, messages, tasks, unit


def routes() -> list[Route]:
    """The first page, and lists whose filters are in their address."""
    return [
        Route("/", page(home.show)),
        Route("/tasks", page(tasks.show)),
        Route("/charts", page(charts.show)),
        Route("/live", live.events),
        Route("/messages", page(messages.show)),
        Route("/units/{code}", page(unit.show)),
        *bulk_routes.routes(),
    ]
