"""Letters to the office, as bytes, and what became of them: what the tests of intake and of drafts stand on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import func, select

import config
import intake
from models.confirm import items_of
from models.directive import Directive, DraftItem
from tests.office import Office

SEED = config.HOME / "demo_data" / "788-SVHTTDL-VP.txt"
REPORT = "Thanh tra Sở báo cáo trước ngày 15/8/2023."
HEAD = "UBND TỈNH THÁI BÌNH\nSố: {number}\nThái Bình, ngày {day} tháng {month} năm {year}\n\n"
TO_US = "Kính gửi: Sở Văn hóa, Thể thao và Du lịch Thái Bình\n\n"


def letter(*items: str, number: str = "45/UBND-VX", on: date = date(2023, 7, 20), head: str = HEAD + TO_US) -> bytes:
    lines = [f"{place}. {item}" for place, item in enumerate(items, 1)]
    return (head.format(number=number, day=on.day, month=on.month, year=on.year) + "\n".join(lines) + "\n").encode()


def take_in(office: Office, data: bytes, name: str = "cv.txt", received: date = date(2023, 7, 24)) -> intake.Imported:
    with office.database.write() as session:
        return intake.import_documents(session, [(name, data)], received_on=received, actor=office.who("vp.vanthu"))


def items(office: Office, directive_id: int = 1) -> Sequence[DraftItem]:
    with office.database.read() as session:
        return items_of(session, directive_id)


def one(office: Office, *lines: str, **more: Any) -> DraftItem:
    take_in(office, letter(*lines, **more))
    return items(office)[0]


def codes(office: Office, ids: list[int]) -> list[str]:
    by_id = {number: code for code, number in office.units.items()}
    return [by_id[number] for number in ids]


def directive(office: Office, directive_id: int = 1) -> Directive:
    with office.database.read() as session:
        return session.get_one(Directive, directive_id)


def count(office: Office, table: Any) -> int:
    with office.database.read() as session:
        return session.exec(select(func.count()).select_from(table)).one()
