"""Sheets as offices send them, made for the tests of the import, and what a clerk does with them."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
from sqlmodel import col, select

from models.task import Task
from tests.web_stage import Browser, Stage

HEAD = ("STT", "Nội dung nhiệm vụ", "Văn bản giao", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn", "Trạng thái",
        "Ngày hoàn thành", "Số, ký hiệu sản phẩm")  # fmt: skip


def xlsx(*rows: Sequence[Any], merged: Sequence[str] = (), more: dict[str, Sequence[Sequence[Any]]] | None = None,
         foot: str = "") -> bytes:  # fmt: skip
    """A workbook of one sheet, or of others beside it (`more`: name → rows)."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    sheet.oddFooter.center.text = foot or None
    for name, others in (more or {}).items():
        beside = book.create_sheet(name)
        for row in others:
            beside.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def bomb() -> bytes:
    """A sheet that unpacks to three hundred megabytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (300 << 20))
    return made.getvalue()


def row(task: str, unit: str = "Phòng QLVH", *, given: str = "15/SVHTTDL-VP ngày 3/7/2023", co: str = "",
        due: Any = "31/7/2023", state: str = "Đang thực hiện", done: Any = None,
        result: str = "") -> tuple[Any, ...]:  # fmt: skip
    """A row under HEAD."""
    return (1, task, given, unit, co, due, state, done, result)


def send(browser: Browser, data: bytes, name: str = "so.xlsx", **fields: str) -> Any:
    """Upload a sheet; the page that shows its rows, or the refusal."""
    return browser.post("/office/import", {"not_secret": "1"} | fields, files={"file": (name, data)})


def take(browser: Browser, page: Any, *, telling: str = "known", set_by: str = "office", without: tuple[str, ...] = (),
         **fields: Any) -> Any:  # fmt: skip
    """Press the last button of the page that shows the rows."""
    shown = re.findall(r'name="shown" value="(\d+)"', page.text)
    expected = re.findall(r'name="expected" value="(\d+)"', page.text)
    given = {"expected": expected, "shown": shown, "row": [one for one in shown if one not in without],
             "set_by": set_by, "telling": telling}  # fmt: skip
    return browser.post(f"{page.url.path}/take", given | fields)


def told(page: Any, words: str) -> str:
    """What is said of the row with these words."""
    row = next(one for one in re.findall(r"<tr>(.*?)</tr>", page.text, re.S) if words in html.unescape(one))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", row.split("<td")[-1].split(">", 1)[1])).split())


def tasks(office: Stage) -> list[Task]:
    """Every task there is."""
    with office.database.read() as session:
        return list(session.exec(select(Task).order_by(col(Task.number))))
