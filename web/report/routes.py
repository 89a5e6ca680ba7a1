"""Addresses of what is reported: the weekly report, letters, registers, and their files."""

from __future__ import annotations

from starlette.routing import Route


def routes() -> list[Route]:
    """Pages of reports and the files made from them."""
    return []
