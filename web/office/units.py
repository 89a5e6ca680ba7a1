"""Units: the list, what one is called, who is in it, what it gave and took; adding, renaming, ending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select
from starlette.responses import Response

from models import clock, organising
from models.event import Event
from models.inserting import looked_up
from models.organisation import Person, Post, Role, Unit, UnitGroup
from models.recipients import Directory
from models.task import OPEN, State, Task
from web.asking import Ask, Stop
from web.guards import for_overseers
from web.office.doing import act, acting_for, heads_on, history_of, ids, line, lines, needed_day, so_far, unchanged
from web.task.acts import day

STATES = (State.COMPLETED, *OPEN)


@dataclass(frozen=True)
class Line:
    """A unit in the list. `told`: who gets the head's messages while nobody is the head."""

    unit: Unit
    head: Person | None
    told: tuple[str, ...]
    leader: Person | None
    open: int


@dataclass(frozen=True)
class Passed:
    """What went over to, or came from, another unit: codes of the tasks, and how many that one completed itself."""

    unit: Unit
    since: date
    codes: tuple[str, ...]
    completed: int
    basis: str


def index(ask: Ask) -> Response:
    """GET /office/units."""
    for_overseers(ask)
    lists, vacant = _lists(ask), ask.request.query_params.get("only") == "vacant"
    if vacant:
        lists = lists | {"rows": [row for row in lists["rows"] if row.head is None]}
    return ask.page("units.html", **lists, vacant=vacant, typed=ask.form.flat(), may_change=ask.me.links_people)


@act
def add(ask: Ask) -> Response:
    """POST /office/units."""
    unit = organising.add_unit(
        ask.session, ask.actor, code=line(ask, "code", needed=True), name=line(ask, "name", needed=True),
        aliases=lines(ask, "aliases"), leader_id=ask.form.number("leader") or 0, groups=ids(ask, "group"),
        start=day(ask, "since"),
    )  # fmt: skip
    organising.record_office(ask.session, "unit_added", ask.actor, {"unit": unit.id, "code": unit.code})
    return ask.go(f"/office/units/{unit.id}", done="unit_added")


def show(ask: Ask) -> Response:
    """GET /office/units/<id>."""
    for_overseers(ask)
    unit = unit_of(ask)
    number, today = unit.id or 0, clock.today()
    directory = Directory(ask.session, today)
    history = history_of(ask, f"unit:{number}")
    return ask.page(
        "unit_edit.html", unit=unit, over=(unit.valid_to or today) < today, people=_people(ask.session, number),
        told=acting_for(directory, unit) if directory.head(number) is None else [], leaders=_leaders(ask.session, unit),
        groups=ask.session.exec(select(UnitGroup).order_by(col(UnitGroup.id))).all(),
        members=organising.groups_of(ask.session, number), counts=_counts(ask.session, number), states=STATES,
        took=_passed(ask.session, number, "took"), gave=_passed(ask.session, number, "gave"), history=history,
        successor=ask.session.get(Unit, unit.successor_id) if unit.successor_id else None, today=today,
        may_change=ask.me.links_people, typed=ask.form.flat(), seen=so_far(ask, f"unit:{number}"),
    )  # fmt: skip


@act
def change(ask: Ask) -> Response:
    """POST /office/units/<id>."""
    unit, position = unit_of(ask), ask.form.number("position")
    if unit.valid_to is not None:
        raise Stop(409, "web.office.not.unit_gone")
    unchanged(ask, unit, f"unit:{unit.id}")
    done = organising.change_unit(
        ask.session, unit, ask.actor, name=line(ask, "name", needed=True), aliases=lines(ask, "aliases"),
        leader_id=ask.form.number("leader") or 0, position=unit.position if position is None else position,
        groups=ids(ask, "group"), since=day(ask, "since") or clock.today(),
    )  # fmt: skip
    return ask.go(f"/office/units/{unit.id}", done="office_saved" if done else "office_same")


@act
def end(ask: Ask) -> Response:
    """POST /office/units/<id>/end with the last day: for a unit without open tasks."""
    unit = unit_of(ask)
    if unit.valid_to is not None:
        raise Stop(409, "web.office.not.unit_gone")
    organising.end_unit(ask.session, unit, needed_day(ask, "last"), ask.actor)
    organising.record_office(ask.session, "unit_ended", ask.actor, {"unit": unit.id, "code": unit.code})
    return ask.go(f"/office/units/{unit.id}", done="unit_ended")


def unit_of(ask: Ask) -> Unit:
    """The unit in the address. Raises Stop when there is none."""
    unit = ask.session.get(Unit, ask.number("id"))
    if unit is None:
        raise Stop(404, "web.office.no_unit")
    return unit


def _lists(ask: Ask) -> dict[str, Any]:
    """Units of today in their order, and those that have ended, the latest first."""
    session, today = ask.session, clock.today()
    directory = Directory(session, today)
    units = organising.current_units(session)
    ids_ = [unit.id or 0 for unit in units]
    counted = select(Task.unit_id, func.count()).where(col(Task.unit_id).in_(ids_), col(Task.state).in_(OPEN))
    counts: dict[int | None, int] = dict(session.exec(counted.group_by(col(Task.unit_id))).all())
    heads = heads_on(session, today)
    in_charge = looked_up(session, Person, (unit.leader_id for unit in units))
    rows = [Line(unit, heads.get(unit.id or 0), () if unit.id in heads else tuple(acting_for(directory, unit)),
                 in_charge.get(unit.leader_id), counts.get(unit.id, 0)) for unit in units]  # fmt: skip
    ended = select(Unit).where(col(Unit.valid_to) < today).order_by(col(Unit.valid_to).desc(), col(Unit.id)).limit(100)
    past = [(unit, session.get(Unit, unit.successor_id) if unit.successor_id else None) for unit in session.exec(ended)]
    return {"rows": rows, "past": past, "leaders": organising.leaders(session),
            "groups": session.exec(select(UnitGroup).order_by(col(UnitGroup.id))).all()}  # fmt: skip


def _people(session: Session, unit_id: int) -> Sequence[tuple[Post, Person]]:
    """Posts of the unit that are not over, by role."""
    held = organising.held_posts(session, unit_id, clock.today())
    people = [(post, session.get_one(Person, post.person_id)) for post in held]
    roles = list(Role)
    return sorted(people, key=lambda one: (roles.index(one[0].role), one[0].id or 0))


def _leaders(session: Session, unit: Unit) -> list[Person]:
    """Who may be in charge, and who is."""
    found = organising.leaders(session)
    if unit.leader_id is not None and all(one.id != unit.leader_id for one in found):
        found.append(session.get_one(Person, unit.leader_id))
    return found


def _counts(session: Session, unit_id: int) -> dict[State, int]:
    query = select(Task.state, func.count()).where(Task.unit_id == unit_id).group_by(col(Task.state))
    return {State(state): count for state, count in session.exec(query)}


def _passed(session: Session, unit_id: int, way: str) -> list[Passed]:
    """What the unit took over ("took") or gave away ("gave"), as its own history tells it."""
    verbs = ("unit_ended", "unit_reorganised")
    query = select(Event).where(Event.subject == f"unit:{unit_id}", col(Event.verb).in_(verbs))
    found = []
    for happened in session.exec(query.order_by(col(Event.seq))):
        facts = happened.facts or {}
        for part in facts.get(way, ()):
            other = session.get(Unit, part["from" if way == "took" else "to"])
            if other is not None and other.id is not None:
                done = _counts(session, other.id).get(State.COMPLETED, 0)
                found.append(Passed(other, date.fromisoformat(facts["since"]), tuple(part["codes"]), done,
                                    facts.get("basis", "")))  # fmt: skip
    return found
