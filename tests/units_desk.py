"""What the tests of units do: find one, fill in the form of a merger, save it as shown, read the export again."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from sqlmodel import col, select

import founding
from config_file import Section
from department import read_department
from models import event
from models.event import Event
from models.organisation import Unit
from tests.web_stage import Stage, said

BASIS = "Quyết định số 12/QĐ-SVHTTDL ngày 20/7/2023"
NAME = "Phòng Quản lý Văn hóa và Thể thao"


def unit(office: Stage, code: str) -> Unit:
    """The unit that has this code now, else the last that had it."""
    with office.database.read() as session:
        query = select(Unit).where(Unit.code == code).order_by(col(Unit.valid_to).is_(None).desc(), col(Unit.id).desc())
        return session.exec(query).first() or pytest.fail(code)


def merging(office: Stage, *codes: str, **more: Any) -> dict[str, Any]:
    """The form: these units become QLVT."""
    return {"old": [unit(office, code).id for code in codes], "into0": "new", "code0": "QLVT", "name0": NAME,
            "leader0": office.person("pgd1"), "since": "2023-07-24", "basis": BASIS} | more  # fmt: skip


def saved(browser: Any, path: str, form: dict[str, Any], **more: Any) -> Any:
    """Look at the preview, then save it as it was shown, with these choices changed."""
    page = browser.post(path, form)
    assert page.status_code == 200, said(page)
    shown = dict(re.findall(r'<input type="(?:hidden|text)" name="((?:seen|title\d+))" value="([^"]*)"', page.text))
    for name, options in re.findall(r'<select name="((?:post|role|task|series)\d+)"[^>]*>(.*?)</select>', page.text):
        chosen = re.search(r'value="(\w+)" selected', options)
        shown[name] = chosen.group(1) if chosen else re.findall(r'value="(\w+)"', options)[0]
    return browser.post(path, form | shown | {"save": "1"} | more)


def events(office: Stage, subject: str) -> list[Event]:
    """What happened to a subject, oldest first."""
    with office.database.read() as session:
        return list(session.exec(select(Event).where(Event.subject == subject).order_by(col(Event.seq))))


def whole(office: Stage) -> list[str]:
    """Faults of the history."""
    with office.database.read() as session:
        return list(event.broken(session))


def read_again(office: Stage) -> None:
    """What the export writes is read as settings are, and says the same."""
    with office.database.read() as session:
        held = founding.held(session)
    again = read_department(Section(tomllib.loads(founding.written(held)), "", "config.toml"))
    assert founding.differences(again, held) == []
