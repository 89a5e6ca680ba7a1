"""Every address, by every role: who may see and do what, no form without its token, and nothing written by a refusal.

The table is tests/safety_entries.py. A route that stands in no line of it fails here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import col, select
from starlette.routing import Mount, Route

from models.event import Event
from tests import safety_entries as table
from tests.safety_entries import Entry
from tests.safety_scene import ROLES, Scene, scene_in
from tests.web_stage import Browser, Stage, said, stage
from web import visits

STREAMS = ("/live", "/chat/events")


@dataclass
class Site:
    """The filled department, to which nothing has happened, whatever was asked of it."""

    scene: Scene
    kept: sqlite3.Connection
    first: str = ""

    @property
    def office(self) -> Stage:
        return self.scene.office

    def anew(self) -> None:
        """Let nothing have happened."""
        self.office.back_to(self.kept)

    def browser(self, role: str) -> Browser:
        return self.office.browser(None if role == "nobody" else ROLES[role])

    def address(self, entry: Entry) -> str:
        return _filled(entry.path, self.scene.at)

    def form(self, entry: Entry, role: str) -> dict[str, Any]:
        at = self.scene.at | {"own_chat": self.scene.at.get(f"chat_of_{role}", 0)}
        return {name: _filled(value, at) for name, value in entry.data.items()}

    def same(self, since: int) -> bool:
        """Does the database hold what it held when so many rows had been written?"""
        return self.office.changes() == since or self.whole() == self.first

    def whole(self) -> str:
        """Everything that the database holds."""
        with self.office.database.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            return "\n".join(raw.iterdump())

    def last(self) -> Event:
        with self.office.database.read() as session:
            return session.exec(select(Event).order_by(col(Event.id).desc()).limit(1)).one()


def _filled(value: str, at: dict[str, Any]) -> str:
    if value.startswith("{seen:"):
        name = value.removeprefix("{seen:").removesuffix("}")
        return f"NV{at['task_' + name]}.{at['seen_' + name]}"
    for name in _names(value):
        value = value.replace("{" + name + "}", str(at[name]))
    return value


def _names(value: str) -> list[str]:
    return [part.partition("}")[0] for part in value.split("{")[1:]]


@pytest.fixture(scope="module")
def filled() -> Iterator[Site]:
    with stage() as office:
        scene = scene_in(office)
        made = Site(scene, office.kept())
        made.first = made.whole()
        yield made


@pytest.fixture
def site(filled: Site) -> Iterator[Site]:
    yield filled
    filled.anew()


def routes_of(site: Site) -> Iterator[tuple[str, str]]:
    """Method and path of every route, those of the API too."""
    for route in site.office.site.routes:
        if isinstance(route, Mount):
            yield "MOUNT", route.path
        else:
            assert isinstance(route, Route)
            yield from ((method, route.path) for method in (route.methods or {"GET"}) - {"HEAD"})


def test_every_route_stands_in_the_table(site: Site) -> None:
    looked = {entry.route for entry in table.GETS} | set(table.OPEN) | table.BY_OTHERS
    done = {entry.route for entry in table.POSTS} | set(table.OPEN_POSTS) | table.BY_SECRET
    known = {("GET", path) for path in looked - {"/static"}} | {("POST", path) for path in done}
    known |= {("MOUNT", "/api"), ("MOUNT", "/static")}
    assert set(routes_of(site)) == known


def test_every_operation_of_the_api_stands_in_the_table(site: Site) -> None:
    document = site.office.browser().get("/api/openapi.json").json()
    there = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    known = {("GET", one.route) for one in table.API} | {("POST", one.route) for one in table.API_POSTS}
    assert there == known


@pytest.mark.thorough
@pytest.mark.parametrize("role", ROLES)
def test_who_may_look_at_what(site: Site, role: str) -> None:
    browser, wrong = site.browser(role), []
    for entry in table.GETS:
        if entry.route in STREAMS:
            continue
        answer = browser.get(site.address(entry))
        right = answer.status_code == 200 if role in entry.who else answer.status_code in (403, 404)
        if not right or (role not in entry.who and not said(answer)):
            wrong.append((site.address(entry), answer.status_code, said(answer)))
    assert not wrong


def test_nobody_sees_anything_before_signing_in(site: Site) -> None:
    visitor = site.browser("nobody")
    for entry in table.GETS:
        answer = visitor.get(site.address(entry))
        assert answer.status_code == 401, site.address(entry)
        assert "NV1" not in answer.text and "Thanh tra" not in answer.text


@pytest.mark.thorough
@pytest.mark.parametrize("role", ROLES)
def test_who_may_do_what(site: Site, role: str) -> None:
    wrong: list[tuple[Any, ...]] = []
    for entry in table.POSTS:
        site.anew()
        browser, before = site.browser(role), site.office.changes()
        actor, count = site.office.person(ROLES[role]), site.last().id
        answer = browser.post(site.address(entry), site.form(entry, role), follow=False)
        found = (entry.address or entry.route, entry.data, answer.status_code, said(answer))
        if role not in entry.who:
            # 409: of one act and of an act on several tasks the rule of each task is judged with its state.
            if answer.status_code not in (403, 404, 409) or not said(answer) or not site.same(before):
                wrong.append(("refused?", *found))
        elif answer.status_code in (401, 403, 404, 500) or (entry.writes and answer.status_code not in (200, 303)):
            wrong.append(("allowed?", *found))
        elif entry.writes:
            last = site.last()
            if last.id == count or last.actor_id != actor or last.channel not in ("web", "import"):
                wrong.append(("event?", *found, last.verb, last.actor_id, last.channel))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("token", ["", "00" * 64, "no token", "another's", "a visitor's"])
def test_no_form_is_taken_without_the_token_of_its_visit(site: Site, token: str) -> None:
    context, clerk = site.office.context, site.browser("clerk")
    other = visits.begin(site.office.person("vp.vanthu") if token == "another's" else visits.NOBODY)
    given = visits.form_token(context, other) if token.endswith("'s") else token
    before = site.office.changes()
    for entry in [*table.POSTS, *(Entry(one, frozenset(), at) for one, at in table.OPEN_POSTS.items())]:
        answer = clerk.post(site.address(entry), site.form(entry, "clerk"), token=given, follow=False)
        assert answer.status_code == 403 and said(answer), (site.address(entry), answer.status_code)
    assert site.same(before)


def test_a_form_without_a_session_does_nothing(site: Site) -> None:
    visitor, before = site.browser("nobody"), site.office.changes()
    for entry in table.POSTS:
        answer = visitor.post(site.address(entry), site.form(entry, "nobody"), follow=False)
        assert answer.status_code in (401, 403), site.address(entry)
    assert site.same(before)


def test_which_key_may_ask_the_api_what(site: Site) -> None:
    client, wrong = site.office.browser().client, []
    for role, key in [*site.scene.keys.items(), ("none", "dd_none")]:
        for entry in [*table.API, *table.API_POSTS]:
            site.anew()
            sent = {"authorization": f"Bearer {key}"}
            method, form = ("POST", site.form(entry, role)) if entry in table.API_POSTS else ("GET", None)
            answer = client.request(method, f"/api{site.address(entry)}", json=form, headers=sent)
            good = (200, 404) if entry.route.startswith("/reports") else (200,)
            right = answer.status_code in (good if role in entry.who else (401,) if role == "none" else (403,))
            last = site.last()
            if right and entry.writes and role in entry.who:
                right = last.channel == "api" and last.actor_id == site.office.person("vp.vanthu")
            if not right:
                wrong.append((role, entry.path, answer.status_code, answer.text[:200]))
    assert not wrong, "\n".join(map(str, wrong))

