"""What an event is news of: by its verb, who is told of it and as what kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session

from jobs.notices import AtOnce, Occasion, plan
from models import clock
from models.base import connection_of
from models.calendar import Calendar
from models.event import Event
from models.message import Kind
from models.moves import office_owns
from models.organisation import Role, Unit
from models.recipients import Directory, Recipient
from models.report import CompletionReport
from models.task import CoUnit, DueSetBy, State, Task, is_late

# Built once, of plain columns: putting a statement together costs as much as running it.
_co_unit, _report = CoUnit.__table__.c, CompletionReport.__table__.c
_CO_UNITS = select(_co_unit.unit_id).where(_co_unit.task_id == bindparam("task"))
_REPORTERS = select(_report.by_id).where(_report.task_id == bindparam("task")).order_by(_report.id.desc()).limit(1)


@dataclass(frozen=True)
class News:
    """One event about a task, with what its announcement needs."""

    session: Session
    event: Event
    task: Task
    unit: Unit
    directory: Directory
    calendar: Calendar
    slot: datetime
    at_once: AtOnce

    def tell(self, kind: Kind, recipients: list[Recipient], for_role: str, *, at_once: bool = False,
             any_hour: bool = False, skip_actor: bool = True) -> None:  # fmt: skip
        """Plan this event's notice of one kind; the person who acted is not told of their own act."""
        others = [r for r in recipients if not (skip_actor and r.person_id == self.event.actor_id)]
        key, facts = f"event:{self.event.id}:{kind.value}", dict(self.event.facts or {})
        occasion = Occasion(key, kind, self.slot, self.task, self.event.id, at_once, any_hour, facts)
        plan(self.session, occasion, others, for_role, self.at_once)


def _assigned(news: News) -> None:
    _owner_told(news)
    for unit_id in _co_units(news):
        news.tell(Kind.COORDINATION, news.directory.for_head(unit_id), "head")


def _reported(news: News) -> None:
    if office_owns(news.session, news.task):
        news.tell(Kind.REPORTED, news.directory.for_leader(news.unit.leader_id), "leader")
    else:
        news.tell(Kind.REPORTED, news.directory.for_office(), "office")
    _head_told(news)


def _refused(news: News) -> None:
    news.tell(Kind.REFUSED, news.directory.for_office(), "office")
    _head_told(news)


def _accepted(news: News) -> None:
    news.tell(Kind.ACCEPTED, _reporter(news), "head", at_once=True)


def _returned(news: News) -> None:
    news.tell(Kind.RETURNED, _reporter(news), "head", at_once=True)


def _reassigned(news: News) -> None:
    facts = news.event.facts or {}
    if facts.get("from_unit") and facts["from_unit"] != news.task.unit_id:
        news.tell(Kind.REASSIGNED, news.directory.for_head(facts["from_unit"]), "head", at_once=True)
    _owner_told(news)


def _suspended(news: News) -> None:
    news.tell(Kind.SUSPENDED, _head(news), "head", at_once=True)


def _withdrawn(news: News) -> None:
    news.tell(Kind.WITHDRAWN, _head(news), "head", at_once=True)
    for unit_id in _co_units(news):
        news.tell(Kind.COORDINATION, news.directory.for_head(unit_id), "head")


def _carried_over(news: News) -> None:
    """Under another directive now: the owner hears which, and the co-operating units as of a new task."""
    news.tell(Kind.DUE_CHANGED, _head(news), "head")
    for unit_id in _co_units(news):
        news.tell(Kind.COORDINATION, news.directory.for_head(unit_id), "head")


def _extension_asked(news: News) -> None:
    facts = news.event.facts or {}
    news.tell(Kind.EXTENSION_ASKED, news.directory.for_office(), "office")
    if news.task.due_set_by is DueSetBy.AUTHORITY:
        news.tell(Kind.EXTENSION_ASKED, news.directory.for_leader(news.unit.leader_id), "leader")
    elif facts.get("claim"):
        # Words of a grant are checked with the leader who is said to have spoken, never taken for one.
        leader = facts.get("claim_leader") or news.task.due_leader_id or news.unit.leader_id
        news.tell(Kind.EXTENSION_ASKED, news.directory.for_leader(leader), "leader")
    _head_told(news)


def _forwarded(news: News) -> None:
    leader = news.task.due_leader_id or news.unit.leader_id
    news.tell(Kind.EXTENSION_ASKED, news.directory.for_leader(leader), "leader")


def _extended(news: News) -> None:
    if (news.event.facts or {}).get("asked"):
        news.tell(Kind.EXTENSION_DECIDED, _asker(news), "head", at_once=True)
    else:
        news.tell(Kind.DUE_CHANGED, _head(news), "head")


def _declined(news: News) -> None:
    news.tell(Kind.EXTENSION_DECIDED, _asker(news), "head", at_once=True)


def _corrected(news: News) -> None:
    if "due_version" in (news.event.facts or {}):  # a date was put right, not only words
        news.tell(Kind.DUE_CHANGED, _head(news), "head")


def _reopened(news: News) -> None:
    news.tell(Kind.RETURNED, _head(news), "head")


def _focal_named(news: News) -> None:
    focal = news.task.focal_id
    if focal is not None:
        news.tell(Kind.COORDINATION, [Recipient(focal)], "focal")
    _head_told(news)


def _reminded(news: News) -> None:
    """ "Nhắc ngay": the message that fits where the task stands, now if the head has had none today."""
    task = news.task
    if task.state is State.ASSIGNED:
        kind = Kind.UNCONFIRMED
    elif is_late(task, news.calendar, clock.now()):
        kind = Kind.OVERDUE
    else:
        kind = Kind.DUE_TODAY if task.due_on == clock.today() else Kind.DUE_SOON
    if task.due_on is None and kind is Kind.DUE_SOON:
        kind = Kind.REVIEW
    news.tell(kind, _head(news), "head", at_once=True)


def _co_units(news: News) -> Sequence[int]:
    return connection_of(news.session).execute(_CO_UNITS, {"task": news.task.id}).scalars().all()


def _owner_told(news: News) -> None:
    urgent = news.task.urgency == "HỎA TỐC"
    news.tell(Kind.ASSIGNED, _head(news), "head", any_hour=urgent, skip_actor=False)


def _head(news: News) -> list[Recipient]:
    return news.directory.for_head(news.unit.id or 0)


def _head_told(news: News) -> None:
    """What a deputy, or the Office for the unit, does is told to a head who is there."""
    head, deputies = news.directory.head(news.unit.id or 0), news.directory.holders(news.unit.id, Role.DEPUTY)
    for_the_unit = news.event.actor_id in deputies or (news.event.facts or {}).get("behalf")
    if head is not None and for_the_unit and news.directory.there(head):
        news.tell(Kind.HANDOVER, [Recipient(head)], "head")


def _reporter(news: News) -> list[Recipient]:
    """Who gets the answer to a report: whoever made it, unless it was the Office for them."""
    return _own_act(news, connection_of(news.session).execute(_REPORTERS, {"task": news.task.id}).scalar())


def _asker(news: News) -> list[Recipient]:
    return _own_act(news, (news.event.facts or {}).get("asked_by"))


def _own_act(news: News, person_id: int | None) -> list[Recipient]:
    of_the_unit = [p for role in (Role.HEAD, Role.DEPUTY) for p in news.directory.holders(news.unit.id, role)]
    if person_id is None or person_id not in of_the_unit or not news.directory.there(person_id):
        return _head(news)
    return [Recipient(person_id)]


TELLERS: dict[str, Callable[[News], None]] = {
    "assigned": _assigned,
    "acknowledge": _head_told,
    "progress": _head_told,
    "wait": _head_told,
    "report": _reported,
    "refuse": _refused,
    "accept": _accepted,
    "return": _returned,
    "reassign": _reassigned,
    "suspend": _suspended,
    "resume": lambda news: news.tell(Kind.RESUMED, _head(news), "head"),
    "withdraw": _withdrawn,
    "carry_over": _carried_over,
    "ask_extension": _extension_asked,
    "forward": _forwarded,
    "extend": _extended,
    "decline": _declined,
    "correct": _corrected,
    "reopen": _reopened,
    "instruct": lambda news: news.tell(Kind.DUE_CHANGED, _head(news), "head"),
    "name_focal": _focal_named,
    "remind": _reminded,
}
