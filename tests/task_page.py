"""A task's page as a person reads it, and acts on a task by anybody."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any

from models import clock
from models.moves import Actor, move
from models.rules import OFFICE_ZONE
from tests.web_stage import Browser, Stage


def words(page: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


def section(page: Any, name: str) -> str:
    """The words of one part of the page, by the id of its heading."""
    return words_of(re.split(rf'id="{name}"', page.text, maxsplit=1)[1].split("<h2", 1)[0])


def words_of(text: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def at(day: int, hour: int, minute: int = 0) -> None:
    clock.stand_at(datetime(2023, 7, day, hour, minute, tzinfo=OFFICE_ZONE))


def act(office: Stage, code: str, who: str, doing: Any, *args: Any, behalf: bool = False, **more: Any) -> None:
    task = office.task(code).id or 0
    said_so = ("đồng chí Hùng", "telephone") if behalf else (None, None)
    actor = Actor(office.person(who), "web", behalf, *said_so)
    with office.database.write() as session:
        doing(session, task, actor, *args, **more)


def seen(page: Any) -> str:
    """What a form of the page carries along."""
    return re.findall(r'name="seen" value="(\d+)"', page.text)[0]


def remind(session: Any, task: int, actor: Actor) -> None:
    move(session, task, "remind", actor)


def post(browser: Browser, code: str, name: str, fields: dict[str, str], page: Any) -> Any:
    return browser.post(f"/tasks/{code}/{name}", fields | {"seen": seen(page)})
