"""What one message is made from: who reads it, the rows its notices are about, how days, units and people are said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

import catalogue
from bot import texts
from models.base import connection_of
from models.calendar import calendar_of
from models.directive import Directive
from models.event import Event
from models.inserting import by_id, looked_up, rows_of
from models.message import Kind, Notice
from models.organisation import Person, Role, Unit
from models.recipients import Directory, posts_of, standing_role, titles_of
from models.rules import OFFICE_ZONE
from models.task import DueSetBy, Task

_UNITS = select(Unit.__table__)


@dataclass(frozen=True)
class Detail:
    """How much a message may say: items of one list, letters of one title. Tried smaller until the message fits."""

    most: int
    width: int


@dataclass(frozen=True)
class Section:
    """One heading of a message. `tasks`: NV numbers it names; `asks`: which answers fit; `links`: (label, address)."""

    kind: Kind
    title: str
    lines: tuple[str, ...]
    tasks: tuple[int, ...] = ()
    asks: str | None = None
    links: tuple[tuple[str, str], ...] = ()


class Office:
    """What all messages of one transaction are made from: each is asked of the database once in it."""

    def __init__(self, session: Session, day: date) -> None:
        self.day = day
        self.calendar = calendar_of(session)
        self.directory = Directory(session, day)
        self.units = {unit.id: unit for unit in rows_of(session, Unit, _UNITS)}
        self.session = session
        self._people: dict[int, tuple[str, str]] = {}
        self._answers: dict[tuple[Any, ...], list[Any]] = {}

    def know(self, people: Sequence[int]) -> None:
        """Ask for the names and titles of all these people at once."""
        found, titles = looked_up(self.session, Person, people), titles_of(self.session, people)
        self._people |= {key: (found[key].name if key in found else "", titles.get(key, "")) for key in people}

    def who(self, person_id: int) -> tuple[str, str]:
        """Name and title."""
        if person_id not in self._people:
            self.know([person_id])
        return self._people[person_id]

    def answer(self, query: Any, **asked: Any) -> list[Any]:
        """The rows of a query that several messages ask in the same words."""
        key = query, *asked.values()
        if key not in self._answers:
            self._answers[key] = list(connection_of(self.session).execute(query, asked))
        return self._answers[key]


def office_of(session: Session, day: date) -> Office:
    """The office as this transaction sees it."""
    kept: Office | None = session.info.get("office")
    if kept is None or kept.day != day:
        kept = session.info["office"] = Office(session, day)
    return kept


class View:
    """One message's reader and rows; every row is asked of the database once."""

    def __init__(self, session: Session, person_id: int, notices: Sequence[Notice], at: datetime) -> None:
        self.session, self.notices, self.at = session, notices, at
        self.person = by_id(session, Person, person_id)
        self.person_id = person_id
        self.language = (self.person.language if self.person else None) or "vi"
        self.today = at.astimezone(OFFICE_ZONE).date()
        self.office = office_of(session, self.today)
        self.calendar, self.directory, self.units = self.office.calendar, self.office.directory, self.office.units
        self.tasks = looked_up(session, Task, {notice.task_id for notice in notices})
        self.directives = looked_up(session, Directive, {task.directive_id for task in self.tasks.values()})
        self.posts = posts_of(session, person_id, self.today)

    @cached_property
    def is_leader(self) -> bool:
        """Does the reader stand as a leader (and is reported to, not written to)?"""
        return standing_role(self.posts) is Role.LEADER

    @cached_property
    def is_office(self) -> bool:
        """Does the reader hold the Office's role?"""
        return any(post.role is Role.OFFICE for post in self.posts)

    @cached_property
    def own_units(self) -> set[int | None]:
        """Units that the reader heads, is deputy of, or works for."""
        return {post.unit_id for post in self.posts if post.role in (Role.HEAD, Role.DEPUTY, Role.FOCAL)}

    @cached_property
    def events(self) -> dict[int | None, Event]:
        """The events that the notices tell of."""
        return looked_up(self.session, Event, {notice.event_id for notice in self.notices})

    def t(self, key: str, **values: Any) -> str:
        """A sentence of a notice in the reader's language, {you} filled in."""
        if key != "you":
            values.setdefault("you", self.you)
        return catalogue.text(f"notice.{key}", self.language, **values)

    @cached_property
    def you(self) -> str:
        """How the reader is spoken to: đồng chí, or anh, chị by their own setting."""
        return (self.person.address if self.person else None) or self.t("you")

    def day(self, day: date) -> str:
        """thứ Tư 02/12/2026."""
        return texts.day(day, self.language)

    def hour(self, at: time) -> str:
        """16 giờ; 13 giờ 30."""
        return self.t("hour" if at.minute == 0 else "hour_minute", hour=f"{at.hour:02d}", minute=f"{at.minute:02d}")

    def moment(self, moment: datetime) -> str:
        """10 giờ 12 ngày 27/11/2026, on the office's wall."""
        local = moment.astimezone(OFFICE_ZONE)
        return self.t("moment", hour=self.hour(local.time()), day=f"{local:%d/%m/%Y}")

    def slot(self, moment: datetime) -> str:
        """13 giờ 30 thứ Ba 08/12/2026; the day's name only when it is another day."""
        local = moment.astimezone(OFFICE_ZONE)
        day = self.t("today") if local.date() == self.today else self.day(local.date())
        return f"{self.hour(local.time())} {day}"

    def due(self, day: date | None, at: time | None = None) -> str:
        """16 giờ thứ Hai 30/11/2026."""
        if day is None:
            return self.t("no_due")
        return f"{self.hour(at)} {self.day(day)}" if at else self.day(day)

    def due_of(self, task: Task) -> str:
        """The task's due date, with who set it when that is a higher authority."""
        words = self.due(task.due_on, task.due_time)
        return self.t("due.set_by", due=words, issuer=self.issuer(task)) if self.by_authority(task) else words

    def by_authority(self, task: Task) -> bool:
        """Did a higher authority set the date?"""
        return task.due_set_by is DueSetBy.AUTHORITY

    def issuer(self, task: Task) -> str:
        """Who above set the date: UBND tỉnh; the words of the document's head, its long words shortened."""
        directive = self.directives.get(task.directive_id)
        name = (directive.issuer if directive else None) or self.t("issuer.above")
        return name.replace("Ủy ban nhân dân", "UBND").replace("Uỷ ban nhân dân", "UBND")

    def label(self, task: Task, detail: Detail) -> str:
        """NV41 · Báo cáo CCHC tháng 11."""
        return f"{task.code} · {shortened(task.title, detail.width)}"

    def own(self, task: Task) -> bool:
        """Is it the reader's unit's task?"""
        return task.unit_id in self.own_units

    def unit(self, task: Task) -> str:
        """The unit's name in full."""
        return self.unit_name(task.unit_id)

    def unit_name(self, unit_id: int | None) -> str:
        """A unit's name by id; empty for none."""
        unit = self.units.get(unit_id)
        return unit.name if unit else ""

    def noun(self, task: Task) -> str:
        """How the reader's own unit is called in passing (phòng, đơn vị); another one by its name."""
        name = self.unit(task)
        if not self.own(task):
            return name
        return self.t("unit.room" if name.startswith("Phòng") else "unit.other")

    def addressed(self, unit_id: int | None) -> str:
        """A unit as one speaks to its reader: phòng for their own one, every other by its name."""
        name = self.unit_name(unit_id)
        return self.t("unit.room") if unit_id in self.own_units and name.startswith("Phòng") else name

    def name(self, person_id: int | None) -> str:
        """A person's name; empty for none."""
        return self._who(person_id)[0]

    def title(self, person_id: int | None) -> str:
        """The title of a person's post: Phó Giám đốc."""
        return self._who(person_id)[1]

    def comrade(self, person_id: int | None, *, named: bool = True) -> str:
        """đồng chí Phó Giám đốc Lê Thị Hà; without the name: đồng chí Phó Giám đốc."""
        name, title = self._who(person_id)
        if not title:
            return self.t("comrade.name", name=name)
        return self.t("comrade.title_name" if named else "comrade.title", name=name, title=title)

    def _who(self, person_id: int | None) -> tuple[str, str]:
        return ("", "") if person_id is None else self.office.who(person_id)

    def joined(self, parts: Sequence[str]) -> str:
        """NV22 và NV34; NV1, NV2 và NV3."""
        if len(parts) < 2:
            return "".join(parts)
        return self.t("and", first=", ".join(parts[:-1]), last=parts[-1])

    def more(self, left: int) -> list[str]:
        """The line that says how many a list leaves out."""
        return [self.t("more", count=two(left))] if left > 0 else []


def two(number: int) -> str:
    """05: counts and days in two figures, as offices write them."""
    return f"{number:02d}"


def shortened(text: str, width: int) -> str:
    """A title within `width` letters, cut between words, without its full stop."""
    text = " ".join(text.split()).rstrip(" .;:/")
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,.;:") + "…"


def codes(tasks: Iterable[Task]) -> list[str]:
    """NV22, NV34."""
    return [task.code for task in tasks]
