"""Addresses of what the office itself is: its people and their chats, its calendar."""

from __future__ import annotations

from starlette.routing import Route

from web.asking import both, page
from web.office import calendar, people


def routes() -> list[Route]:
    """Refused forms are shown again on the page that they are of."""
    return [
        *both("/calendar", calendar.show, calendar.change, failed=calendar.show),
        Route("/people", page(people.show)),
        *(Route(f"/people/{{id:int}}/{act.__name__}", page(act, failed=people.show), methods=["POST"])
          for act in (people.unlink, people.prefer)),
        Route("/people/{id:int}/code", page(people.give_code, failed=people.show), methods=["POST"]),
    ]  # fmt: skip
