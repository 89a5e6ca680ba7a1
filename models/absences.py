"""Who is away and who acts meanwhile, and what is to be thought of at once: dates of theirs that fall into it, and a
deputy who is away too or whom nothing reaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from models import clock
from models.capacity import forget_posts
from models.moves import Actor
from models.organisation import Absence, Person, Post, Role, Unit
from models.organising import NotPossible, held_on
from models.personnel import record_person
from models.recipients import Directory
from models.task import WITH_UNIT, Task

LONGEST = 366
"""Days of one absence: more than a year is a mistake in the date, or the end of a post."""
MOST_SHOWN = 50


@dataclass(frozen=True)
class Worries:
    """What an absence leaves open. `due`: open tasks of the person's units, or in their own hands, whose date falls
    into it, at most 50; `due_count`: how many there are. `deputies`: who gets the messages on its first day. `why`:
    absent, unreachable or nobody, when that is not the deputy who was named, or one of the unit."""

    due: tuple[Task, ...]
    due_count: int
    deputies: tuple[int, ...]
    why: str | None


def add(session: Session, person: Person, actor: Actor, *, start: date, end: date, deputy_id: int | None) -> Absence:
    """Away from `start` to `end`, both included. Raises NotPossible."""
    if end < start or (end - start).days > LONGEST:
        raise NotPossible("dates_turned")
    if deputy_id == person.id:
        raise NotPossible("own_deputy")
    if deputy_id is not None and session.get(Person, deputy_id) is None:
        raise NotPossible("no_deputy")
    same = select(Absence.id).where(Absence.person_id == person.id, Absence.start <= end, Absence.end >= start)
    if session.exec(same.limit(1)).first() is not None:
        raise NotPossible("away_already")
    absence = Absence(person_id=person.id or 0, start=start, end=end, deputy_id=deputy_id)
    session.add(absence)
    session.flush()
    forget_posts(session)
    facts = {"absence": absence.id, "start": start.isoformat(), "end": end.isoformat(), "deputy": deputy_id}
    record_person(session, person.id or 0, "absent", actor, facts)
    return absence


def end_early(session: Session, absence: Absence, actor: Actor) -> bool:
    """Back: yesterday was the absence's last day. One that had not begun by then is taken away. False when it is over
    already."""
    last = clock.today() - timedelta(1)
    if absence.end <= last:
        return False
    facts = {"absence": absence.id, "start": absence.start.isoformat(), "end": absence.end.isoformat(),
             "last": last.isoformat()}  # fmt: skip
    if absence.start > last:
        session.delete(absence)
    else:
        absence.end = last
        session.add(absence)
    session.flush()
    forget_posts(session)
    record_person(session, absence.person_id, "back_early", actor, facts)
    return True


def of_person(session: Session, person_id: int) -> Sequence[Absence]:
    """The absences of a person, the latest first."""
    query = select(Absence).where(Absence.person_id == person_id).order_by(col(Absence.start).desc())
    return session.exec(query.limit(MOST_SHOWN)).all()


def worries(session: Session, absence: Absence) -> Worries:
    """What this absence leaves open, as the office stands on its first day (today, if it has begun)."""
    day = max(absence.start, clock.today())
    directory = Directory(session, day)
    units = headed(session, absence.person_id, day)
    inside = (
        or_(col(Task.unit_id).in_(units), Task.focal_id == absence.person_id),
        col(Task.state).in_(WITH_UNIT), col(Task.is_parent) == False,  # noqa: E712
        col(Task.due_on) >= day, col(Task.due_on) <= absence.end,
    )  # fmt: skip
    count = session.exec(select(func.count()).select_from(Task).where(*inside)).one()
    due = session.exec(select(Task).where(*inside).order_by(col(Task.due_on), col(Task.number)).limit(MOST_SHOWN)).all()
    acting = _acting(directory, absence, units)
    return Worries(tuple(due), count, tuple(acting), _why(directory, absence, units, acting))


def headed(session: Session, person_id: int, day: date) -> list[int]:
    """The units that the person is the head of on this day."""
    query = select(Post.unit_id).where(Post.person_id == person_id, Post.role == Role.HEAD, *held_on(day))
    return [unit for unit in session.exec(query) if unit is not None]


def _acting(directory: Directory, absence: Absence, units: Sequence[int]) -> list[int]:
    """Who gets on that day what is meant for the absent person."""
    leads = directory.session.exec(select(Unit.id).where(Unit.leader_id == absence.person_id).limit(1)).first()
    told = [one for unit in units for one in directory.for_head(unit)]
    if leads is not None:
        told += directory.for_leader(absence.person_id)
    return list(dict.fromkeys(one.person_id for one in told))


def _why(directory: Directory, absence: Absence, units: Sequence[int], acting: Sequence[int]) -> str | None:
    """Why it is not the deputy who acts: named, or of the unit. None when it is, or when nobody needs to."""
    if not acting:
        return None
    named = absence.deputy_id
    meant = {named} if named is not None else {directory.deputy(unit) for unit in units} - {None}
    if not meant:
        return "nobody"
    if meant & set(acting):
        return None
    return "absent" if any(one is not None and directory.absent(one) for one in meant) else "unreachable"
