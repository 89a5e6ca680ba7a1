"""Four weeks of the demo's department lived before its page is opened: so that every page has something on it.

People speak in their chats and are answered, the Office uses the models, every slot passes as in the service. Made once
per process of tests (`filled`), and copied for each demo.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

import config
import demo
from app import make_service
from bot.channel import Incoming
from bot.inbox import answer, receive
from bot.webchat import WebChat
from intake import import_documents
from jobs import schedule, watch
from jobs.deliver import deliver
from models import bulk, clock, weekly
from models.assigning import Order, assign
from models.base import Database
from models.calendar import calendar_of
from models.confirm import confirm, usable_items
from models.extending import extend
from models.handling import report
from models.indicator import Indicator, IndicatorTask, IndicatorValue
from models.moves import Actor
from models.organisation import Person, Unit
from models.report import add_evidence
from models.rules import OFFICE_ZONE
from models.task import TaskClass, by_number
from models.updating_there import name_code, updated_there
from storage import open_database
from tests.browser.filling_talk import CLERK, DOCX, photo, signed_copy, talk

DATA = Path(__file__).parent / "data"
FIRST = date(2023, 7, 24)
NOW = datetime(2023, 8, 22, 9, 30, tzinfo=OFFICE_ZONE)


def settings_in(folder: Path) -> config.Settings:
    """The demo's settings, with its database in this folder."""
    settings = replace(config.load(environ={}), data_dir=folder, database_url=f"sqlite:///{folder / 'dondoc.db'}",
                       host="127.0.0.1")  # fmt: skip
    return replace(settings, telegram_token=None, zalo_token=None, mail=None)


class Filling:
    """The department while its weeks pass."""

    def __init__(self, database: Database) -> None:
        self.database, self.channels = database, {"web": WebChat()}
        with database.read() as session:
            self.people = {one.short_id: one.id or 0 for one in session.exec(select(Person))}
            self.units = {one.code: one.id or 0 for one in session.exec(select(Unit))}

    def who(self, short_id: str) -> Actor:
        """Somebody who acts on the board."""
        return Actor(self.people[short_id], "web")

    def play(self, steps: list[tuple[str, str, str | Callable[[Session], object]]]) -> None:
        """(moment "24/7 8:10", person, words or act), in order; every slot between them passes."""
        with self.database.read() as session:
            calendar = calendar_of(session)
        slot = calendar.slot_after(demo.START)
        for at, who, what in [*steps, (f"{NOW:%d/%m %H:%M}", "", "")]:
            moment = datetime.strptime(f"2023 {at}", "%Y %d/%m %H:%M").replace(tzinfo=OFFICE_ZONE)
            while slot <= moment:
                clock.stand_at(slot + timedelta(seconds=2))
                self.look()
                slot = calendar.slot_after(slot)
            clock.stand_at(moment)
            if callable(what):
                with self.database.write() as session:
                    what(session)
            elif what:
                self.say(who, what)
        self.look()

    def look(self) -> None:
        """What the service does every two seconds, once."""
        watch.seal_the_day(self.database)
        schedule.tick(self.database)
        asyncio.run(deliver(self.database, self.channels))

    def say(self, who: str, words: str) -> None:
        """Somebody types this in the browser chat; a picture comes with words that end in [ảnh]."""
        with self.database.write() as session:
            key = f"{clock.now().isoformat()} {who} {words}"
            inbox_id = receive(session, channel="web", bot="", message_key=key, chat_id=who,
                               incoming=Incoming(text=words))  # fmt: skip
        assert inbox_id is not None, words
        replies = answer(self.database, inbox_id)
        assert replies, words


def fill(database: Database) -> None:
    """Let the weeks pass."""
    filling = Filling(database)
    filling.play(steps(filling))


def task(session: Session, number: int) -> int:
    """The id of NVn."""
    found = by_number(session, number)
    assert found is not None and found.id is not None
    return found.id


Step = tuple[str, str, str | Callable[[Session], object]]


def steps(filling: Filling) -> list[Step]:
    """What happens, in order."""
    return sorted([*paperwork(filling), *talk(), *office(filling)],
                  key=lambda one: datetime.strptime(f"2023 {one[0]}", "%Y %d/%m %H:%M"))  # fmt: skip


def paperwork(filling: Filling) -> list[Step]:
    """Directives in: the demo's own, the department's plan, the province's letter, and a draft at the end."""
    clerk = filling.who(CLERK)

    def brought(name: str, assigned: bool = True, give: dict[int, str] | None = None) -> Callable[[Session], object]:
        def act(session: Session) -> object:
            data = (DATA / name).read_bytes()
            made = import_documents(session, [(name, data)], received_on=clock.today(), actor=clerk).directive_id
            for n, item in enumerate(usable_items(session, made)):
                if give and n in give:
                    item.unit_ids = [filling.units[code] for code in give[n].split()]
                    session.add(item)
            session.flush()
            return confirm(session, made, clerk, waive=True) if assigned else None

        return act

    return [
        ("24/7 8:05", CLERK, lambda session: confirm(session, 1, clerk, waive=True)),
        ("25/7 15:00", CLERK, brought("plan.txt")),
        ("1/8 9:00", CLERK, brought("province.txt", give={0: "BPMC", 1: "QLVH", 2: "BT"})),
        ("22/8 8:00", CLERK, brought("draft.txt", assigned=False)),
    ]  # fmt: skip


def office(filling: Filling) -> list[Step]:
    """What the Office and the leaders do on the board."""
    lan, ngoc, thanh = filling.who("vp.truong"), filling.who(CLERK), filling.who("gd")

    def order(unit: str, title: str, due: date, co: str = "") -> Callable[[Session], object]:
        given = Order(title, f"{title}.", (filling.units[unit],), TaskClass.DATED, due_on=due,
                      co_unit_ids=tuple(filling.units[one] for one in co.split()))  # fmt: skip
        return lambda session: assign(session, given, ngoc)

    def reported(session: Session) -> None:
        """A report with its signed copy and a photo."""
        made = report(session, task(session, 24), filling.who("tv.pho"), words="NV24 xong, kèm biên bản nghiệm thu",
                      product_number="23/BC-TV", product_date=date(2023, 8, 18))  # fmt: skip
        files = (("bien-ban-nghiem-thu.docx", DOCX, signed_copy()), ("man-hinh.png", "image/png", photo()))
        for name, kind, data in files:
            kept = add_evidence(session, by_id=filling.people["tv.pho"], name=name, media_type=kind, data=data,
                                task_id=made.task_id)  # fmt: skip
            kept.report_id = made.id
            session.add(kept)

    def values(session: Session) -> None:
        found = session.exec(select(Indicator).order_by(col(Indicator.id))).all()
        for day, shares in ((date(2023, 7, 31), ("71.05", "81.6")), (date(2023, 8, 15), ("76.9", "88.2"))):
            for one, share in zip(found, shares, strict=False):
                one.unit_id = filling.units["BPMC"]
                session.add_all([one, IndicatorValue(indicator_id=one.id or 0, day=day, value=Decimal(share),
                                                     source="Sở Thông tin và Truyền thông",
                                                     entered_at=clock.now())])  # fmt: skip
        session.add(IndicatorTask(indicator_id=found[-1].id or 0, task_id=task(session, 22)))

    def bulk_of(verb: str, *numbers: int, **more: Any) -> Callable[[Session], object]:
        def act(session: Session) -> object:
            tasks = [one for n in numbers if (one := by_number(session, n)) is not None]
            return bulk.carry_out(session, bulk.Wanted(verb, **more), tasks, lan)

        return act

    return [
        ("16/8 08:00", CLERK, values),
        ("3/8 09:00", "gd",
         lambda session: extend(session, task(session, 17), thanh, date(2023, 8, 11), words="Nhất trí")),
        ("3/8 15:00", CLERK, lambda session: name_code(session, task(session, 29), ngoc, "UBND-2023-2764.1")),
        ("4/8 16:00", "vp.truong", lambda session: weekly.say(
            session, date(2023, 8, 7), "Đề nghị các phòng gửi kèm phụ lục số liệu khi báo cáo.", lan.person, "web")),
        ("9/8 09:00", CLERK, order("TTS", "Báo cáo kết quả kiểm tra cải cách hành chính đợt 1", date(2023, 8, 23))),
        ("9/8 09:05", CLERK, order("NHC", "Xây dựng lịch biểu diễn dịp Quốc khánh 02/9", date(2023, 8, 24), "TTVH")),
        ("9/8 09:10", CLERK, order("QLTT", "Tổng hợp số liệu thiết chế thể thao cấp xã", date(2023, 8, 17), "NSVH")),
        ("9/8 09:15", CLERK, order("NSVH", "Báo cáo công tác gia đình 7 tháng đầu năm 2023", date(2023, 8, 21))),
        ("9/8 09:20", CLERK, order("VP", "Rà soát, cập nhật quy chế làm việc của Sở", date(2023, 9, 8))),
        ("14/8 10:30", CLERK, lambda session: updated_there(session, task(session, 29), ngoc)),
        ("16/8 15:00", "vp.truong", bulk_of("remind", 19, 27, 31)),
        ("18/8 10:30", "tv.pho", reported),
        ("21/8 15:00", "vp.truong", bulk_of("extend", 36, due=date(2023, 9, 15), reason="chờ Nghị định mới")),
    ]  # fmt: skip


def make(folder: Path) -> Path:
    """The database file of a department that has lived these weeks."""
    folder.mkdir(parents=True, exist_ok=True)
    clock.stand_at(demo.START)
    database = demo.prepare(settings_in(folder))
    fill(database)
    database.close()
    return folder / "dondoc.db"


def serve(folder: Path) -> None:
    """The demo, as it would be today: over the database in this folder."""
    listener = demo._listening(0)
    port = listener.getsockname()[1]
    settings = replace(settings_in(folder), port=port, base_url=f"http://127.0.0.1:{port}")
    clock.start_at(NOW)
    database = open_database(settings)
    try:
        asyncio.run(demo._serve(make_service(settings, database), listener, False))
    finally:
        database.close()


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]))
    else:
        serve(Path(sys.argv[2]))
