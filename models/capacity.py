"""In what capacity somebody acts on a task: by the posts held today, by being named on the task, by standing in."""

from enum import StrEnum

from sqlalchemy import Date, Integer, bindparam, exists, or_, select
from sqlmodel import Session

from models import clock
from models.organisation import Absence, Post, Role, Unit
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
# running it, and every move asks this.
_post, _absence, _co_unit = Post.__table__.c, Absence.__table__.c, CoUnit.__table__.c
_today, _person = bindparam("today", type_=Date), bindparam("person", type_=Integer)
_HELD_TODAY = (
    or_(_post.valid_from == None, _post.valid_from <= _today),  # noqa: E711
    or_(_post.valid_to == None, _post.valid_to >= _today),  # noqa: E711
)
_STOOD_IN_FOR = select(_absence.person_id).where(
    _absence.deputy_id == _person, _absence.start <= _today, _absence.end >= _today
)
_CO_OPERATES = exists().where(_co_unit.task_id == bindparam("task"), _co_unit.unit_id == _post.unit_id)
_POSTS = select(_post.person_id, _post.unit_id, _post.role, _CO_OPERATES).where(
    or_(_post.person_id == _person, _post.person_id.in_(_STOOD_IN_FOR)), *_HELD_TODAY
)
_OFFICE_POST = (
    select(_post.id).where(_post.unit_id == bindparam("unit"), _post.role == Role.OFFICE, *_HELD_TODAY).limit(1)
)


def capacities(session: Session, person_id: int | None, task: Task) -> set[Who]:
    """In which capacities a person may act on a task today.

    Whom an absent head or leader named to act may do what they may: a head's stand-in as a deputy of the unit, a
    leader's as that leader. Nobody (None, the schedule) holds none.
    """
    if person_id is None:
        return set()
    asked = {"person": person_id, "today": clock.today(), "task": task.id}
    posts = session.connection().execute(_POSTS, asked).all()
    found: set[Who] = {Who.FOCAL} if task.focal_id == person_id else set()
    leaders: set[int] = set()
    for holder, unit_id, role, co_operates in posts:
        own = holder == person_id
        if role is Role.LEADER:
            leaders.add(holder)
        elif role is Role.OFFICE and own:
            found.add(Who.OFFICE)
        elif role in (Role.HEAD, Role.DEPUTY) and unit_id is not None:
            if unit_id == task.unit_id:
                found.add(Who(role.value) if own else Who.DEPUTY)
            if co_operates:
                found.add(Who.CO_UNIT)
    if leaders:
        found |= _as_leader(session, leaders, task)
    if task.due_set_by is DueSetBy.LEADER:
        if task.due_leader_id in leaders or task.due_leader_id == person_id:
            found.add(Who.SETTER)
    elif Who.OFFICE in found:
        found.add(Who.SETTER)
    return found


def office_owns(session: Session, task: Task) -> bool:
    """Is the owner the Office's own unit? Then the leader in charge confirms, not the Office itself."""
    if task.unit_id is None:
        return False
    asked = {"unit": task.unit_id, "today": clock.today()}
    return session.connection().execute(_OFFICE_POST, asked).first() is not None


def _as_leader(session: Session, leaders: set[int], task: Task) -> set[Who]:
    unit = session.get(Unit, task.unit_id) if task.unit_id else None
    in_charge = unit is not None and unit.leader_id in leaders
    return {Who.ANY_LEADER, Who.LEADER} if in_charge else {Who.ANY_LEADER}

