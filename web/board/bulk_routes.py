"""Addresses of acts on several tasks, and of the results to copy."""

from __future__ import annotations

from starlette.routing import Route

from web.asking import page
from web.board import bulk, copying


def routes() -> list[Route]:
    """What is ticked in a list goes to /tasks/bulk; what was done stands at an address of its own."""
    return [
        Route("/tasks/bulk", page(bulk.act, failed=bulk.show), methods=["POST"]),
        Route("/bulk/{id:int}", page(bulk.result), methods=["GET"]),
        Route("/bulk/{id:int}/undo", page(bulk.take_back, failed=bulk.result), methods=["POST"]),
        Route("/copy", page(copying.show)),
    ]
