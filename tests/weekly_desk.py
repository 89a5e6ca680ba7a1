"""A weekly report, from the week's first slot to the chats of its readers."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from bot.webchat import WebChat
from jobs.deliver import Sender
from models import clock, event, handling, weekly
from models.indicator import Indicator, IndicatorTask, IndicatorValue
from models.message import Message, MessageState
from models.task import Waiting
from models.weekly import WeeklyReport
from papers.weekly.digest import Digest, frozen, snapshot
from tests.office import Office

MONDAY = date(2023, 12, 4)


def deliver(office: Office, site: str = "") -> None:
    """All that may go goes, into browser chats."""
    asyncio.run(Sender(office.database, {"web": WebChat()}, site=site).deliver())


def told(office: Office, who: str, kind: str = "digest") -> str:
    """The text of the last message of this kind that a person got."""
    return sent(office, who, kind)[-1].text or ""


def sent(office: Office, who: str, kind: str) -> list[Message]:
    """The messages of this kind that a person got."""
    with office.database.read() as session:
        query = select(Message).where(Message.person_id == office.people[who], Message.state == MessageState.SENT)
        return [one for one in session.exec(query.order_by(col(Message.id))).all() if kind in one.kinds]


def row(office: Office, week: date = MONDAY) -> WeeklyReport | None:
    """What is kept of a week."""
    with office.database.read() as session:
        return weekly.report_of(session, week)


def kept(office: Office, week: date = MONDAY) -> Digest:
    """The report that was frozen."""
    with office.database.read() as session:
        found = frozen(session, week)
    assert found is not None
    return found


def now(office: Office, week: date | None = None) -> Digest:
    """A report of this moment."""
    with office.database.read() as session:
        return snapshot(session, clock.now(), week=week)


def everything(office: Office) -> Digest:
    """A report in which every part has something."""
    office.tick("2023-11-27 07:30")
    office.assign("QLVH", due="2023-12-05", authority=True, hour="16:00")
    late = office.at("2023-11-24 08:00").assign("TTVH", due="2023-11-28")
    submitted = {"words": "đã trình", "waiting": Waiting.SUBMITTED, "waiting_for": "chị Hà"}
    office.at("2023-11-27 08:00").do(handling.progress, late, "ttvh.truong", **submitted)
    office.at("2023-11-30 08:00").do(handling.progress, office.task(5), "qldl.truong", words="chờ số liệu")
    office.live("2023-11-30", 2)
    deliver(office)
    with office.database.write() as session:
        unit = office.units["BPMC"]
        session.add(Indicator(id=1, name="Hồ sơ trực tuyến", target=Decimal("85"), unit_id=unit))
        session.flush()
        session.add(IndicatorTask(indicator_id=1, task_id=5))
        for on, value in (("2023-11-01", "66.1"), ("2023-11-28", "68.42"), ("2023-11-15", "67")):
            session.add(IndicatorValue(indicator_id=1, day=date.fromisoformat(on), value=Decimal(value), source="766",
                                       entered_at=clock.now()))  # fmt: skip
        event.seal(session)
        weekly.say(session, MONDAY, "Lưu ý", office.people["vp.truong"], "web")
    office.tick("2023-12-04 07:30")
    return kept(office)
