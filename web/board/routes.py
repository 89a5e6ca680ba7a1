"""Addresses of the board: its home and the lists of tasks."""

from __future__ import annotations

from starlette.routing import Route

from web.asking import page
from web.board import home, tasks


def routes() -> list[Route]:
    """The first page, and lists whose filters are in their address."""
    return [
        Route("/", page(home.show)),
        Route("/tasks", page(tasks.show)),
    ]
