"""Every sentence the pages may need is in the catalogue, those that are put together at run time included."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

import web
from catalogue import sentences
from models.directive import DirectiveState
from models.message import Kind, MessageState, NoticeState
from models.move_table import MOVES
from models.organisation import Person
from models.report import Decision
from models.task import Category, DueSetBy, State, TaskClass, Waiting
from reading import errors
from tests.web_stage import stage
from web.task.forms import BEHALF_FIELDS, FORMS
from web.task.view import TOLD_FACTS

HERE = Path(web.__file__).parent
TEXTS = sentences("vi")


def written() -> Iterator[str]:
    """Keys that stand whole in templates and pages."""
    for path in (*HERE.rglob("*.py"), *HERE.rglob("templates/**/*.html")):
        source = path.read_text(encoding="utf-8")
        yield from re.findall(r"""["'](web\.[a-z_.0-9]*[a-z_0-9])["']""", source)
        yield from (f"web.done.{name}" for name in re.findall(r"done=\"(\w+)\"", source))


def put_together() -> Iterator[str]:
    """Keys whose last part is a value."""
    families: dict[str, Iterable[object]] = {
                "state": State, "category": Category, "class": TaskClass, "set_by": DueSetBy, "waiting": Waiting,
                "decision": Decision, "kind": Kind, "message": [*MessageState, *NoticeState],
                "directive_state": DirectiveState, "verb": MOVES, "fact": TOLD_FACTS,
                "act": [form.name for form in FORMS], "done": [form.name for form in FORMS]}  # fmt: skip
    for family, values in families.items():
        yield from (f"web.{family}.{value}" for value in values)
    yield from (f"web.field.{field.name}" for form in FORMS for field in (*form.fields, *BEHALF_FIELDS))
    yield from (f"web.weekday.{day}" for day in range(1, 8))
    refusals = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.ReadingError)]
    yield from (f"web.stop.document_{one.reason}" for one in refusals)


@pytest.mark.parametrize("found", [written, put_together])
def test_no_page_lacks_its_words(found: Callable[[], Iterator[str]]) -> None:
    keys = set(found())
    assert len(keys) > 50 and sorted(keys - TEXTS.keys()) == []


def test_a_person_who_reads_english_gets_english_pages() -> None:
    with stage() as office:
        office.assign_seed()
        with office.database.write() as session:
            session.execute(update(Person).values(language="en"))
        clerk = office.browser("vp.vanthu")
        for path in (
            "/",
            "/tasks",
            "/tasks/NV2",
            "/directives",
            "/directives/1/review",
            "/directives/new",
            "/calendar",
            "/chat",
        ):
            page = clerk.get(path)
            assert page.status_code == 200 and ">Board</a>" in page.text and '<html lang="en">' in page.text
