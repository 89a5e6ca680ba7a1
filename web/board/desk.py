"""What waits for the Office: how many there are of each, the first few of them, and what can be done to them at once.

The numbers are those of the lists that they link to. The rows are the longest waiting; who may act on one is asked
again when the form comes in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import and_, bindparam, func, select, text
from sqlmodel import Session

from models import clock
from models.base import connection_of
from models.directive import Directive, DirectiveState
from models.event import Event
from models.kept import kept
from models.lateness import ASKED, CAN_BE_LATE, DUTY, NOT_TOLD, UNCONFIRMED, WAITING, leaders_units
from models.message import Attempt, Message
from models.organisation import Person, Post, Role, Unit
from models.owing import Block, Owing, for_office, owings, refused, silent, waiting
from models.report import OPEN_REQUEST, CompletionReport, Extension
from models.task import WITH_UNIT, DueSetBy, State, Task, Waiting
from web.board.filtering import list_link

FEW = 5
"""Rows of each kind that stand on the first page."""

_task, _unit, _extension, _directive = (one.__table__.c for one in (Task, Unit, Extension, Directive))
_report, _post, _event = (one.__table__.c for one in (CompletionReport, Post, Event))


_NO_PARENT = text("NOT task.is_parent")


def _many(*conditions: Any, table: Any = Task.__table__) -> Any:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()


# One question, of literal conditions, so that partial indexes answer it.
_COUNTS = select(
    _many(ASKED, DUTY, _task.state == State.REPORTED).label("reports"),
    _many(DUTY, _task.id.in_(select(_extension.task_id).where(OPEN_REQUEST))).label("extensions"),
    _many(ASKED, DUTY, _task.state == State.REFUSED).label("refusals"),
    _many(WAITING, DUTY, _task.waiting == Waiting.SUBMITTED, _task.state.in_(WITH_UNIT)).label("signature"),
    _many(WAITING, DUTY, _task.waiting == Waiting.CO_UNIT, _task.state.in_(WITH_UNIT)).label("co_unit"),
    # Each in words that leave the planner the small index of its own: DUTY would offer it that of all duties, and what
    # asks for no more than an index of all units holds would be read from there.
    _many(NOT_TOLD, _NO_PARENT).label("authority"),
    _many(UNCONFIRMED, CAN_BE_LATE, _task.assigned_at.is_not(None)).label("unconfirmed"),
    _many(text("directive.state = 'draft'"), table=Directive.__table__).label("drafts"),
)
_NOT_TOLD = select(Task.__table__).where(NOT_TOLD, _NO_PARENT).order_by(_task.completed_at).limit(bindparam("limit"))
_DRAFTS = (
    select(_directive.id, _directive.number, _directive.source, _directive.subject, _directive.issuer,
           _directive.received_on)
    .where(text("directive.state = 'draft'"))
    .order_by(_directive.id)
    .limit(bindparam("limit"))
)  # fmt: skip
_asker, _setter = Person.__table__.alias("asker"), Person.__table__.alias("setter")
_ASKED_TIME = (
    select(
        _extension.id, _extension.from_due, _extension.to_due, _extension.to_time, _extension.reason, _extension.claim,
        _extension.asked_at, _extension.ordinal, _extension.opinion, _extension.forwarded_at,
        _task.id.label("task_id"), _task.number, _task.title, _task.state, _task.due_set_by, _task.due_leader_id,
        _unit.name.label("unit"), _unit.code.label("unit_code"), _asker.c.name.label("asker"),
        _setter.c.name.label("setter"),
    )
    .select_from(
        Extension.__table__.join(Task.__table__, _task.id == _extension.task_id)
        .outerjoin(Unit.__table__, _unit.id == _task.unit_id)
        .outerjoin(_asker, _asker.c.id == _extension.asked_by)
        .outerjoin(_setter, _setter.c.id == _task.due_leader_id)
    )
    .where(OPEN_REQUEST, DUTY)
)  # fmt: skip
_FOR_OFFICE = _ASKED_TIME.order_by(_extension.forwarded_at.is_not(None), _extension.id).limit(bindparam("limit"))
_FOR_LEADERS = (
    _ASKED_TIME.where(and_(_task.due_set_by == DueSetBy.LEADER,
                           _task.due_leader_id.in_(bindparam("leaders", expanding=True))))
    .order_by(_extension.id)
    .limit(bindparam("limit"))
)  # fmt: skip
_REPORTS = select(
    _report.task_id, _report.made_at, _report.product_number, _report.product_date, _report.result, _report.words,
    _report.nil,
).where(_report.task_id.in_(bindparam("ids", expanding=True)), _report.voided_at.is_(None))  # fmt: skip
_TOLD = select(
    select(func.max(Attempt.__table__.c.id)).scalar_subquery(),
    _many(text("message.state IN ('queued','sending')"), table=Message.__table__),
)
_SEEN = (
    select(_event.subject, func.max(_event.seq))
    .where(_event.subject.in_(bindparam("subjects", expanding=True)))
    .group_by(_event.subject)
)
_OFFICES_OWN = select(_post.unit_id).where(
    _post.role == Role.OFFICE,
    _post.valid_from.is_(None) | (_post.valid_from <= bindparam("day")),
    _post.valid_to.is_(None) | (_post.valid_to >= bindparam("day")),
)


@dataclass(frozen=True)
class Asked:
    """A request for more time. `setter`: the leader whose date it is. `idle`: nothing to decide now, for the task was
    reported, or refused, meanwhile."""

    id: int
    code: str
    title: str
    unit: str
    unit_code: str
    due_set_by: DueSetBy
    setter: str
    asker: str
    asked_at: datetime
    from_due: date
    to_due: date
    to_time: time | None
    reason: str
    claim: str
    ordinal: int
    opinion: str
    forwarded_at: datetime | None
    idle: bool


@dataclass(frozen=True)
class Reported:
    """A report to accept. `own`: the Office's own task, which the leader in charge confirms."""

    task: Owing
    made: Any
    own: bool


@dataclass(frozen=True)
class Desk:
    """What waits for the Office. `counts`: by kind, each the length of the list that `links` leads to."""

    counts: dict[str, int]
    reports: tuple[Reported, ...]
    extensions: tuple[Asked, ...]
    refusals: tuple[Owing, ...]
    signature: tuple[Owing, ...]
    co_unit: tuple[Owing, ...]
    silent: Block
    drafts: tuple[Any, ...]
    authority: tuple[Owing, ...]
    """Done, and not yet entered in the system of the authority that asked for it."""

    @property
    def shown(self) -> list[tuple[int, str]]:
        """Tasks that can be acted on here: (id, code)."""
        tasks: list[Owing | Asked] = [one.task for one in self.reports]
        tasks += (*self.extensions, *self.refusals, *self.silent.tasks, *self.authority)
        return [(task.id, task.code) for task in tasks]


LINKS = {
    "reports": list_link(state=State.REPORTED.value),
    "extensions": list_link(extension=True),
    "refusals": list_link(state=State.REFUSED.value),
    "drafts": f"/directives?state={DirectiveState.DRAFT.value}",
    "signature": list_link(waiting=Waiting.SUBMITTED.value),
    "co_unit": list_link(waiting=Waiting.CO_UNIT.value),
    "unconfirmed": list_link(unconfirmed=True),
    "authority": list_link(authority_open=True),
}
"""What waits → the list of it, in the order of the page."""


def office_desk(session: Session, now: datetime) -> Desk:
    """The whole desk; made again when anything has happened."""
    return kept(session, ("desk", told(session)), now, lambda: _desk(session, now))


def told(session: Session) -> tuple[int, int]:
    """Changes whenever a message has gone out: no event says so, and rows say on which days a unit was reminded."""
    last, waits = connection_of(session).execute(_TOLD).one()
    return last or 0, waits


def _counts(session: Session, now: datetime) -> dict[str, int]:
    connection, asked = connection_of(session), {"leaders_units": leaders_units(session)}
    found = kept(session, "desk counts", now, lambda: connection.execute(_COUNTS, asked).mappings().one())
    return {name: found[name] for name in LINKS}


def _desk(session: Session, now: datetime) -> Desk:
    connection = connection_of(session)
    return Desk(
        counts=_counts(session, now),
        reports=reported(session, for_office(session, now, limit=FEW).tasks),
        extensions=tuple(map(_asked, connection.execute(_FOR_OFFICE, {"limit": FEW}))),
        refusals=refused(session, now, limit=FEW).tasks,
        signature=waiting(session, now, Waiting.SUBMITTED, limit=FEW).tasks,
        co_unit=waiting(session, now, Waiting.CO_UNIT, limit=FEW).tasks,
        silent=silent(session, now, limit=FEW),
        drafts=tuple(connection.execute(_DRAFTS, {"limit": FEW}).all()),
        authority=owings(session, connection.execute(_NOT_TOLD, {"limit": FEW}).all()),
    )


def reported(session: Session, tasks: tuple[Owing, ...]) -> tuple[Reported, ...]:
    """Tasks that are reported, with the report that counts."""
    if not tasks:
        return ()
    connection = connection_of(session)
    made = {row.task_id: row for row in connection.execute(_REPORTS, {"ids": [task.id for task in tasks]})}
    own = offices_units(session)
    codes = {code for (code,) in connection.execute(select(_unit.code).where(_unit.id.in_(own)))}
    return tuple(Reported(task, made.get(task.id), task.unit in codes) for task in tasks)


def offices_units(session: Session) -> list[int]:
    """Units of those who hold the Office's role today: nobody confirms their own work."""
    rows = connection_of(session).execute(_OFFICES_OWN, {"day": clock.today()}).scalars()
    return [unit for unit in dict.fromkeys(rows) if unit is not None]


def asked_of(session: Session, leaders: list[int], limit: int = FEW) -> tuple[Asked, ...]:
    """Open requests about dates that these leaders set: theirs alone to decide."""
    return tuple(map(_asked, connection_of(session).execute(_FOR_LEADERS, {"leaders": leaders, "limit": limit})))


def seen(session: Session, shown: Iterable[tuple[int, str]]) -> dict[str, int]:
    """(id, code) of tasks → code → how far their history had come when the page was made: a form says so, and is not
    carried out when somebody has acted since."""
    codes = {f"task:{task_id}": code for task_id, code in shown}
    rows = connection_of(session).execute(_SEEN, {"subjects": list(codes)}) if codes else ()
    return {codes[subject]: seq for subject, seq in rows}


def _asked(row: Any) -> Asked:
    return Asked(
        id=row.task_id, code=f"NV{row.number}", title=row.title, unit=row.unit or "", unit_code=row.unit_code or "",
        due_set_by=row.due_set_by, setter=row.setter or "", asker=row.asker or "", asked_at=row.asked_at,
        from_due=row.from_due, to_due=row.to_due, to_time=row.to_time, reason=row.reason or "", claim=row.claim or "",
        ordinal=row.ordinal, opinion=row.opinion or "", forwarded_at=row.forwarded_at,
        idle=row.state not in WITH_UNIT,
    )  # fmt: skip
