"""Addresses of what the office itself is: its people and their chats, its units, its calendar, its indicators."""

from __future__ import annotations

from starlette.routing import Route

from web.asking import Page, both, page
from web.office import calendar, importing, index, indicators, people, person, reorganising, units


def routes() -> list[Route]:
    """Refused forms are shown again on the page that they are of."""
    return [
        Route("/office", page(index.show)),
        *both("/calendar", calendar.show, calendar.change, failed=calendar.show),
        *_people(),
        *_units(),
        *_indicators(),
        *importing.routes(),
    ]


def _people() -> list[Route]:
    one = "/people/{id:int}"
    return [
        *both("/people", people.show, people.add, failed=people.show),
        *(_act(f"{one}/{act.__name__}", act, people.show) for act in (people.unlink, people.prefer)),
        _act(f"{one}/code", people.give_code, people.show),
        *both(one, person.show, person.change, failed=person.show),
        _act(f"{one}/posts", person.add_post, person.show),
        _act(f"{one}/posts/{{post:int}}/end", person.end_post, person.show),
        _act(f"{one}/absences", person.add_absence, person.show),
        _act(f"{one}/absences/{{absence:int}}/end", person.end_absence, person.show),
        _act(f"{one}/signout", person.sign_out, person.show),
        _act(f"{one}/forget", person.forget, person.show),
    ]


def _units() -> list[Route]:
    return [
        *both("/office/units", units.index, units.add, failed=units.index),
        *both("/office/units/merge", reorganising.merge, reorganising.do_merge, failed=reorganising.merge),
        *both("/office/units/split", reorganising.split, reorganising.do_split, failed=reorganising.split),
        *both("/office/units/{id:int}", units.show, units.change, failed=units.show),
        _act("/office/units/{id:int}/end", units.end, units.show),
    ]


def _indicators() -> list[Route]:
    one = "/indicators/{id:int}"
    return [
        *both("/indicators", indicators.index, indicators.add, failed=indicators.index),
        *both(one, indicators.show, indicators.change, failed=indicators.show),
        _act(f"{one}/values", indicators.add_value, indicators.show),
        _act(f"{one}/paste", indicators.paste, indicators.show),
        _act(f"{one}/values/{{value:int}}", indicators.correct_value, indicators.show),
        _act(f"{one}/tasks", indicators.link, indicators.show),
        _act(f"{one}/tasks/{{task:int}}/remove", indicators.unlink, indicators.show),
    ]


def _act(path: str, act: Page, failed: Page) -> Route:
    return Route(path, page(act, failed=failed), methods=["POST"])
