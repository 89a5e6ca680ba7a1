"""In what capacity somebody acts on a task: by the posts held today, by being named on the task, by standing in."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, Integer, and_, bindparam, or_, select
from sqlmodel import Session

from models import clock
from models.base import connection_of
from models.inserting import by_id
from models.organisation import Absence, Person, Post, Role, Unit
from models.task import CoUnit, DueSetBy, Task


class Who(StrEnum):
    """In what capacity somebody may act on a task."""

    HEAD = "head"
    DEPUTY = "deputy"
    FOCAL = "focal"
    CO_UNIT = "co_unit"
    OFFICE = "office"
    SETTER = "setter"
    LEADER = "leader"
    ANY_LEADER = "any_leader"


# Built once, of plain columns: putting a statement together, or passing it through the mapper, costs as much as
# running it, and every message and every move asks this.
_who, _post, _unit = Person.__table__, Post.__table__, Unit.__table__
_absence, _co_unit = Absence.__table__.c, CoUnit.__table__.c
_today, _person = bindparam("today", type_=Date), bindparam("person", type_=Integer)
_HELD_TODAY = (
    or_(_post.c.valid_from == None, _post.c.valid_from <= _today),  # noqa: E711
    or_(_post.c.valid_to == None, _post.c.valid_to >= _today),  # noqa: E711
)
_STOOD_IN_FOR = select(_absence.person_id).where(
    _absence.deputy_id == _person, _absence.start <= _today, _absence.end >= _today
)
_THEIRS = (_post.c.person_id == _who.c.id) | _post.c.person_id.in_(_STOOD_IN_FOR)
_POSTS = (
    select(
        _who.c.name, _who.c.language, _post.c.person_id.label("holder"), _post.c.role, _post.c.unit_id, _post.c.title,
        _unit.c.code, _unit.c.name.label("unit_name"),
    )
    .select_from(_who.outerjoin(_post, _THEIRS & and_(*_HELD_TODAY)).outerjoin(_unit, _unit.c.id == _post.c.unit_id))
    .where(_who.c.id == _person)
    .order_by(_post.c.person_id != _who.c.id, _post.c.id)
)  # fmt: skip
_CO_OPERATES = (
    select(_co_unit.unit_id)
    .where(_co_unit.task_id == bindparam("task"), _co_unit.unit_id.in_(bindparam("units", expanding=True)))
    .limit(1)
)
_OFFICE_POST = (
    select(_post.c.id).where(_post.c.unit_id == bindparam("unit"), _post.c.role == Role.OFFICE, *_HELD_TODAY).limit(1)
)


def acting_posts(session: Session, person_id: int) -> Sequence[Any]:
    """The posts by which a person acts today: their own first, then those of absent people who named them to act.

    Rows (name, language, holder, role, unit_id, title, code, unit_name), one with role None for a person without any.
    Read once in a transaction: whoever writes an absence or a post there calls `forget_posts`.
    """
    asked = (person_id, clock.today())
    kept: dict[tuple[int, date], Sequence[Any]] = session.info.setdefault("acting_posts", {})
    if asked not in kept:
        kept[asked] = connection_of(session).execute(_POSTS, dict(zip(("person", "today"), asked, strict=True))).all()
    return kept[asked]


def forget_posts(session: Session) -> None:
    """An absence or a post has been written: who acts for whom is looked up anew."""
    session.info.pop("acting_posts", None)


def capacities(session: Session, person_id: int | None, task: Task) -> set[Who]:
    """In which capacities a person may act on a task today.

    Whom an absent head or leader named to act may do what they may: a head's stand-in as a deputy of the unit, a
    leader's as that leader. Nobody (None, the schedule) holds none.
    """
    if person_id is None:
        return set()
    posts = acting_posts(session, person_id)
    # Whose last post has ended is nobody here any more, whatever still names them.
    here = any(post.holder == person_id and post.role is not None for post in posts)
    found: set[Who] = {Who.FOCAL} if here and task.focal_id == person_id else set()
    leaders: set[int] = set()
    other_units: list[int] = []
    for post in posts:
        own = post.holder == person_id
        if post.role is Role.LEADER:
            leaders.add(post.holder)
        elif post.role is Role.OFFICE and own:
            found.add(Who.OFFICE)
        elif post.role in (Role.HEAD, Role.DEPUTY) and post.unit_id is not None:
            if post.unit_id == task.unit_id:
                found.add(Who(post.role.value) if own else Who.DEPUTY)
            else:
                other_units.append(post.unit_id)
    if other_units and _co_operates(session, other_units, task):
        found.add(Who.CO_UNIT)
    if leaders:
        found |= _as_leader(session, leaders, task)
    if task.due_set_by is DueSetBy.LEADER:
        if task.due_leader_id in leaders:
            found.add(Who.SETTER)
    elif Who.OFFICE in found:
        found.add(Who.SETTER)
    return found


def _co_operates(session: Session, units: list[int], task: Task) -> bool:
    return connection_of(session).execute(_CO_OPERATES, {"task": task.id, "units": units}).first() is not None


def office_owns(session: Session, task: Task) -> bool:
    """Is the owner the Office's own unit? Then the leader in charge confirms, not the Office itself."""
    if task.unit_id is None:
        return False
    asked = {"unit": task.unit_id, "today": clock.today()}
    return connection_of(session).execute(_OFFICE_POST, asked).first() is not None


def _as_leader(session: Session, leaders: set[int], task: Task) -> set[Who]:
    unit = by_id(session, Unit, task.unit_id) if task.unit_id else None
    in_charge = unit is not None and unit.leader_id in leaders
    return {Who.ANY_LEADER, Who.LEADER} if in_charge else {Who.ANY_LEADER}

