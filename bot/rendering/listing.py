"""The lists: the Office's day, the weekly report and its draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, partial
from typing import Protocol

from sqlmodel import Session

from bot.rendering.view import Detail, Section, View, two
from models.message import Kind, Notice
from models.organisation import Person
from models.owing import Block, Owing, overdue, waiting
from models.queries import OfficeDesk, ledger, reviews_due, silent, unreachable, waiting_for_office
from models.rules import OFFICE_ZONE
from models.task import DueSetBy, Waiting


class Report(Protocol):
    """The weekly report as one reader is told it: `report(most)` is its text with so many lines to a list, `at` the
    moment it speaks of. `page`: where it and what belongs to it are opened, empty without a public address; `lists`:
    name (page, overdue, due_week) → address, of those that have something to show."""

    @property
    def at(self) -> datetime: ...

    @property
    def page(self) -> str: ...

    @property
    def lists(self) -> Mapping[str, str]: ...

    def __call__(self, most: int) -> str: ...


Weekly = Callable[[Session, datetime, date, int | None, str], Report]
"""(session, moment, first day of the week it is for, leader or None, language) → the weekly report: as it was frozen,
or, before it goes out, as it stands. Papers makes it; jobs hands it in, because bot knows no papers."""


class Desk:
    """The Office's list of one morning. Each block is asked for when it is needed, and once: most mornings the first
    one already says that the list is not empty."""

    def __init__(self, session: Session, at: datetime) -> None:
        self.session, self.at, self.day = session, at, at.astimezone(OFFICE_ZONE).date()

    @cached_property
    def desk(self) -> OfficeDesk:
        return waiting_for_office(self.session, self.at)

    @cached_property
    def overdue(self) -> Block:
        return overdue(self.session, self.at)

    @cached_property
    def silent(self) -> Block:
        return silent(self.session, self.at)

    @cached_property
    def for_signature(self) -> Block:
        return waiting(self.session, self.at, Waiting.SUBMITTED)

    @cached_property
    def for_co_unit(self) -> Block:
        return waiting(self.session, self.at, Waiting.CO_UNIT)

    @cached_property
    def reviews(self) -> Block:
        return reviews_due(self.session, self.day)

    @cached_property
    def unreachable(self) -> list[tuple[Person, str]]:
        return unreachable(self.session, self.day)

    def is_empty(self) -> bool:
        """Is there nothing for the Office to do this morning?"""
        if self.silent.total or self.overdue.total:
            return False
        desk, blocks = self.desk, (self.for_signature, self.for_co_unit, self.reviews)
        asked = desk.reports.total or desk.refusals.total or desk.extensions or desk.drafts
        return not (asked or any(block.total for block in blocks) or self.unreachable)


def desk_of(session: Session, at: datetime) -> Desk:
    """The list as this transaction sees it: whether it still holds and what it says are asked one after the other."""
    kept: Desk | None = session.info.get("office_list")
    if kept is None or kept.at != at:
        kept = session.info["office_list"] = Desk(session, at)
    return kept


def daily_office(view: View, made: Desk, detail: Detail) -> Section:
    """One line to a block that is not empty (in one message with the weekly report, what is overdue stands there);
    at its foot what became of yesterday's messages."""
    desk, in_report = made.desk, any(notice.kind is Kind.DIGEST for notice in view.notices)
    lines = [
        *_block(view, "reports", desk.reports, detail, lambda row: _with_days(view, row)),
        *_extensions(view, desk, detail),
        *_block(view, "refusals", desk.refusals, detail, _with_unit),
        *_block(view, "for_signature", made.for_signature, detail, partial(_waits, view, Waiting.SUBMITTED)),
        *_block(view, "for_co_unit", made.for_co_unit, detail, partial(_waits, view, Waiting.CO_UNIT)),
        *([] if in_report else _block(view, "overdue", made.overdue, detail, lambda row: _with_days(view, row))),
        *_block(view, "silent", made.silent, detail, lambda row: _assigned(view, row)),
        *_block(view, "reviews", made.reviews, detail, _with_unit),
        *_plain(view, "unreachable", [f"{person.name} ({unit})" for person, unit in made.unreachable], detail),
        *_plain(view, "drafts", [number for _, number in desk.drafts], detail),
        _foot(view),
    ]
    return Section(Kind.DAILY_OFFICE, view.t("title.daily_office", day=view.day(view.today)), tuple(lines), asks="list")


def _block(view: View, key: str, block: Block, detail: Detail, item: Callable[[Owing], str]) -> list[str]:
    if not block.total:
        return []
    return [_line(view, key, [item(row) for row in block.tasks], block.total, detail)]


def _plain(view: View, key: str, items: list[str], detail: Detail) -> list[str]:
    return [_line(view, key, items, len(items), detail)] if items else []


def _extensions(view: View, desk: OfficeDesk, detail: Detail) -> list[str]:
    items = [
        task.code + (view.t("daily.above") if task.due_set_by is DueSetBy.AUTHORITY else "")
        for task, _ in desk.extensions
    ]
    return _plain(view, "extensions", items, detail)


def _line(view: View, key: str, items: list[str], total: int, detail: Detail) -> str:
    most = max(detail.most, 2)
    rest = view.t("daily.more", count=two(total - most)) if total > most and len(items) > most else ""
    return view.t(f"daily.{key}", count=two(total), tasks=", ".join(items[:most]) + rest)


def _with_unit(row: Owing) -> str:
    return f"{row.code} ({row.unit})"


def _with_days(view: View, row: Owing) -> str:
    return f"{row.code} ({row.unit}, {view.t('days', days=two(row.days))})" if row.days else _with_unit(row)


def _waits(view: View, kind: Waiting, row: Owing) -> str:
    """NV32 (QLVH, trình đồng chí Phó Giám đốc Lê Thị Hà từ 01/12); another unit by its full name."""
    since = f"{row.since:%d/%m}" if row.since else ""
    whom = row.waiting_for or view.t(f"daily.someone.{kind.value}")
    if kind is Waiting.SUBMITTED and (leader := view.directory.leader_called(row.waiting_for)) is not None:
        whom = view.comrade(leader)
    elif kind is Waiting.CO_UNIT and (unit := view.directory.unit_called(row.waiting_for)) is not None:
        whom = unit.name
    return view.t(f"daily.waits.{kind.value}", code=row.code, unit=row.unit, whom=whom, since=since)


def _assigned(view: View, row: Owing) -> str:
    return view.t("daily.assigned", code=row.code, unit=row.unit, day=f"{row.assigned_on:%d/%m}")


def _foot(view: View) -> str:
    """Planned = sent + refused + waiting, of the last working day."""
    day = view.calendar.add(view.today, -1)
    sums = ledger(view.session, day)
    return view.t(
        "daily.foot",
        day=view.day(day),
        planned=two(sums.planned),
        sent=two(sums.sent),
        refused=two(sums.refused),
        waiting=two(sums.waiting),
    )


def weekly(view: View, kind: Kind, report: Report, detail: Detail) -> Section:
    """The weekly report's own words, or its draft's with what will become of it and how a sentence is added to it."""
    lines = report(detail.most).split("\n")
    links = tuple((view.t(f"tap.{name}"), address) for name, address in report.lists.items())
    if kind is Kind.DIGEST_DRAFT:
        goes = view.slot(view.calendar.first_slot(view.calendar.add(view.today, 1)))
        how = view.t("digest_draft.add" if report.page else "digest_draft.add_there", link=report.page)
        head = (view.t("digest_draft.goes", moment=goes), how)
        return Section(kind, view.t("title.digest_draft"), (*head, *lines), asks="draft", links=links)
    title = view.t("title.digest", at=_until(view, report.at))
    return Section(kind, title, tuple(lines), asks="unit" if view.is_leader else "list", links=links)


def _until(view: View, at: datetime) -> str:
    local = at.astimezone(OFFICE_ZONE)
    return f"{view.hour(local.time())} {view.day(local.date())}"


def told(view: View, notices: Sequence[Notice], detail: Detail) -> Section:
    """Notices that bring their own sentence (from a chat)."""
    lines = [str(notice.facts["line"]) for notice in notices]
    numbers = tuple(dict.fromkeys(view.tasks[n.task_id].number for n in notices if n.task_id in view.tasks))
    shown = lines[: detail.most]
    return Section(notices[0].kind, view.t("title.told"), (*shown, *view.more(len(lines) - len(shown))), numbers)
