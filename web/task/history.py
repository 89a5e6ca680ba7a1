"""What happened to a task, line by line: who, in which capacity (trưởng, phó, thay, Văn phòng ghi thay), and what it
changed; and the course of its dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlmodel import col, select

from models.capacity import Who
from models.event import Event
from models.move_table import MOVES
from models.organisation import Absence, Person, Post, Role
from models.rules import OFFICE_ZONE
from models.task import DueSetBy, Task
from web.asking import Ask

TOLD_FACTS = ("words", "reason", "reason_given", "product", "product_date", "claimed_on", "result", "promised_on",
              "waiting_for", "to_due", "old_due", "due_on", "due_time", "internal_due", "review_on", "title", "permit",
              "opinion", "claim", "hold_until", "objective_cause", "said_by", "how", "undone", "authority_code",
              "updated_there_on", "authority_confirmed_on")  # fmt: skip
FACTS_OF_UNDOING = ("undone",)
"""Of an undoing the columns that it put back are no news."""
DATES = ("due_on", "due_time", "internal_due", "review_on")
CAPACITIES = ("behalf", "head", "deputy", "stand_in", "focal", "co_unit", "leader", "office", "other", "schedule")


@dataclass(frozen=True)
class Step:
    """One line of the history. `id`: the event's; `seq`: its place. `capacity`: one of CAPACITIES. `told`: (fact name,
    value) worth showing, in a fixed order."""

    id: int | None
    seq: int
    at: datetime
    verb: str
    who: str
    capacity: str
    channel: str
    told: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class DateStep:
    """A date of the task that became another one: `name` is due_on, internal_due or review_on. `why`: words, reason or
    permitting document."""

    step: Step
    name: str
    old: date | None
    old_time: time | None
    new: date | None
    new_time: time | None
    why: tuple[str, ...]


def steps(ask: Ask, task: Task, events: Sequence[Event]) -> list[Step]:
    """The events of a task, oldest first, with the names and capacities of that day."""
    acting = _Acting(ask, task, events)
    return [Step(one.id, one.seq, one.at, one.verb, acting.name(one.actor_id), acting.capacity(one), one.channel,
                 _told(one)) for one in events]  # fmt: skip


def dates(events: Sequence[Event], told: Sequence[Step]) -> list[DateStep]:
    """Every change of a date, oldest first: what it was, what it became, by whom and why."""
    found = []
    for event, step in zip(events, told, strict=True):
        facts = event.facts or {}
        before = facts.get("before", {})
        why = tuple(str(facts[name]) for name in ("permit", "reason", "words") if facts.get(name))
        for name in ("due_on", "internal_due", "review_on"):
            hour = name == "due_on" and before.get("due_time") != facts.get("due_time")
            if name in before and (before[name] != facts.get(name) or hour):
                old, new = before[name], facts.get(name)
                hours = (before.get("due_time"), facts.get("due_time")) if name == "due_on" else (None, None)
                found.append(DateStep(step, name, _day(old), _hour(hours[0]), _day(new), _hour(hours[1]), why))
    return found


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _hour(value: Any) -> time | None:
    return time.fromisoformat(value) if value else None


def _told(event: Event) -> tuple[tuple[str, Any], ...]:
    facts = event.facts or {}
    names = FACTS_OF_UNDOING if event.verb in ("undo_bulk", "take_back") else TOLD_FACTS
    return tuple((name, facts[name]) for name in names if facts.get(name) not in (None, "", [], False))


def names_of(ask: Ask, people: Iterable[int | None]) -> dict[int | None, str]:
    """The names of these people, in one question; nobody for one who was forgotten."""
    wanted = {one for one in people if one is not None}
    return dict(ask.session.exec(select(Person.id, Person.name).where(col(Person.id).in_(wanted))).all())


class _Acting:
    """Who the people of a history were on the days on which they acted: asked in three questions for all of it."""

    def __init__(self, ask: Ask, task: Task, events: Sequence[Event]) -> None:
        self.task = task
        self.owners = _owners(task, events)
        people = {one.actor_id for one in events if one.actor_id is not None}
        self.names = names_of(ask, people)
        heads = col(Post.unit_id).in_(set(self.owners.values())) & (col(Post.role) == Role.HEAD)
        self.posts = ask.session.exec(select(Post).where(col(Post.person_id).in_(people) | heads)).all()
        absent = select(Absence).where(col(Absence.person_id).in_({post.person_id for post in self.posts}))
        self.absences = ask.session.exec(absent).all()

    def name(self, person_id: int | None) -> str:
        """The person's name; empty for nobody."""
        return self.names.get(person_id, "")

    def capacity(self, event: Event) -> str:
        """In which capacity the person acted, of those that the move may be made in."""
        facts = event.facts or {}
        if event.actor_id is None:
            return "schedule"
        if facts.get("behalf"):
            return "behalf"
        day = event.at.astimezone(OFFICE_ZONE).date()
        held = self._held(event.actor_id, self.owners[event.seq], day)
        may = MOVES[event.verb].who if event.verb in MOVES else (Who.OFFICE,)
        order = [self._plain(one) for one in may] + ["head", "deputy", "focal", "co_unit", "leader", "office"]
        found = next((one for one in order if one in held), "other")
        if found == "deputy" and (facts.get("thay") or self._head_away(self.owners[event.seq], day)):
            return "stand_in"
        return found

    def _plain(self, who: Who) -> str:
        if who is Who.SETTER:
            return "leader" if self.task.due_set_by is DueSetBy.LEADER else "office"
        return "leader" if who is Who.ANY_LEADER else who.value

    def _held(self, person_id: int, owner: int | None, day: date) -> set[str]:
        held = {"focal"} if self.task.focal_id == person_id else set()
        for post in self._valid(day):
            if post.person_id != person_id:
                continue
            if post.role in (Role.HEAD, Role.DEPUTY):
                held.add(post.role.value if post.unit_id == owner else "co_unit")
            elif post.role in (Role.LEADER, Role.OFFICE):
                held.add(post.role.value)
        away = [one for one in self.absences if one.start <= day <= one.end]
        acts_for = {one.person_id for one in away if one.deputy_id == person_id}
        if any(p.person_id in acts_for and p.role is Role.HEAD and p.unit_id == owner for p in self._valid(day)):
            held.add("deputy")
        return held

    def _head_away(self, owner: int | None, day: date) -> bool:
        """Was the head's post vacant, or its holder on leave?"""
        heads = {p.person_id for p in self._valid(day) if p.role is Role.HEAD and p.unit_id == owner}
        away = {one.person_id for one in self.absences if one.start <= day <= one.end}
        return heads <= away

    def _valid(self, day: date) -> list[Post]:
        return [post for post in self.posts
                if (post.valid_from is None or post.valid_from <= day)
                and (post.valid_to is None or post.valid_to >= day)]  # fmt: skip


def _owners(task: Task, events: Sequence[Event]) -> dict[int, int | None]:
    """Event's place → the unit that owned the task when it happened."""
    moved = [(one.facts or {}) for one in events if "unit_id" in (one.facts or {}).get("before", {})]
    owner = moved[0]["before"]["unit_id"] if moved else task.unit_id
    found = {}
    for event in events:
        found[event.seq] = owner
        owner = (event.facts or {}).get("unit_id", owner) if "before" in (event.facts or {}) else owner
    return found
