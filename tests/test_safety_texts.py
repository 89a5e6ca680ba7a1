"""Words that mean something to a program mean nothing here: on pages, in pictures, papers, sheets, calendars, JSON."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from docx import Document
from icalendar import Calendar
from sqlmodel import col, select, update

from models.directive import Directive
from models.event import Event
from models.indicator import Indicator
from models.organisation import Department, Person, Post, Unit
from models.report import CompletionReport, Evidence, Extension
from models.task import Task
from models.weekly import LONGEST_NOTE, say
from tests import safety_entries as table
from tests.safety_scene import Scene, scene_in
from tests.test_every_route import STREAMS, Site
from tests.test_safety_headers import inline_in
from tests.web_stage import stage

pytestmark = pytest.mark.thorough

HOSTILE = {
    "script": "<script>alert(1)</script>", "attribute": "\"'><img src=x onerror=alert(1)>",
    "close": "]]></text><b>&amp;",
    "path": "../../etc/passwd", "header": "một\r\nX-Injected: 1\r\nATTACH:x", "turned": "\u202eexe.fdp\u2066x",
    "long": "dài " * 2500, "one_word": "x" * 3000, "control": "a\x01\x0b\x1b\x7fb\ufffe",
    "emoji": "👩‍👩‍👧 ‍🏳️‍🌈 e\u0301\u0302",
    "formula": "=HYPERLINK(\"http://a.vn\";\"x\")", "plus": "+1+cmd|' /C calc'!A0", "minus": "-1+1", "at": "@SUM(A1)",
    "template": "{{7*7}}{x}{0.__class__}%s{% raw %}", "ics": "x\\;,:\nBEGIN:VALARM", "blank": " ",
}  # fmt: skip
NAMES = tuple(HOSTILE)


@pytest.fixture(scope="module")
def filled() -> Iterator[tuple[Site, Any]]:
    with stage() as office:
        scene = scene_in(office)
        yield Site(scene, office.kept()), office.kept()


@pytest.fixture(params=NAMES)
def site(filled: tuple[Site, Any], request: pytest.FixtureRequest) -> Iterator[Site]:
    made, clean = filled
    _write(made.scene, HOSTILE[request.param])
    yield made
    made.office.back_to(clean)


def _write(scene: Scene, words: str) -> None:
    """These words for everything that people or documents name."""
    with scene.office.database.write() as session:
        for row, names in (
            (Task, ("title", "text", "authority_code")), (Unit, ("name",)), (Person, ("name",)), (Post, ("title",)),
            (Directive, ("subject", "issuer", "signer", "number", "source")), (Indicator, ("name", "unit")),
            (Department, ("name", "parent", "place")), (CompletionReport, ("words", "product_number", "result")),
            (Extension, ("reason",)), (Evidence, ("name",)),
        ):
            session.execute(update(row).values(dict.fromkeys(names, words)))
        for happened in session.exec(select(Event).where(col(Event.subject).startswith("task:"))):
            happened.facts = (happened.facts or {}) | {"words": words, "reason": words}
            session.add(happened)
        clerk = scene.office.people["vp.vanthu"]
        say(session, date(2023, 7, 31), words[:LONGEST_NOTE], clerk, "test")


def test_hostile_words_stay_words(site: Site) -> None:
    wrong = []
    for who in ("vp.vanthu", "tts.truong"):
        browser = site.office.browser(who)
        for entry in table.GETS:
            role = "clerk" if who == "vp.vanthu" else "head"
            if entry.route in STREAMS or role not in entry.who:
                continue
            address = site.address(entry)
            try:
                answer = browser.get(address)
            except Exception as error:  # it would be a 500; all of them are wanted at once
                wrong.append((address, f"{type(error).__name__}: {error}"[:200]))
                continue
            fault = _fault(address, answer) if answer.status_code == 200 else str(answer.status_code)
            if fault:
                wrong.append((address, fault))
    answer = site.office.browser().get(f"/ics/{site.scene.at['feed']}.ics")
    wrong += [("ics", one) for one in [_ics(answer.content)] if one]
    key = {"authorization": f"Bearer {site.scene.keys['read']}"}
    for path in ("/tasks", "/directives", "/indicators", "/units", "/events?after=0"):
        answer = site.office.browser().client.get(f"/api{path}", headers=key)
        wrong += [] if answer.status_code == 200 and json.loads(answer.content) else [(path, "api")]
    assert not wrong


def _fault(address: str, answer: Any) -> str:
    """What is wrong with it."""
    assert "x-injected" not in answer.headers
    kind, data = answer.headers["content-type"], answer.content
    if kind.startswith("text/html"):
        found = inline_in(answer.text)
        return str(found[:2]) if found or "<script>alert" in answer.text or "<img src=x" in answer.text else ""
    path = address.partition("?")[0]
    try:
        if path.endswith(".xlsx"):
            return _sheet(data)
        if path.endswith(".docx"):
            Document(io.BytesIO(data))
            parts = zipfile.ZipFile(io.BytesIO(data)).namelist()
            return "macro" if any("vba" in name.lower() for name in parts) else ""
        if path.endswith(".svg"):
            tags = {one.tag.rpartition("}")[2] for one in ElementTree.fromstring(data).iter()}
            return str(tags) if tags & {"script", "foreignObject", "image", "use"} else ""
        if path.endswith(".json"):
            json.loads(data)
    except Exception as error:  # whatever its reader says
        return f"{type(error).__name__}: {error}"[:300]
    return ""


def _sheet(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" or (cell.hyperlink and "a.vn" in str(cell.hyperlink.target)):
                    return f"{cell.coordinate}: {cell.value!r}"
    return ""


def _ics(data: bytes) -> str:
    lines = data.split(b"\r\n")
    if any(len(line) > 75 for line in lines):
        return "a line is longer than 75 bytes"
    if b"\n" in data.replace(b"\r\n", b""):
        return "a bare line end"
    if any(line.startswith((b"X-Injected", b"ATTACH", b"BEGIN:VALARM")) for line in lines):
        return "a line of its own"
    Calendar.from_ical(data)
    return ""
