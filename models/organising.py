"""What the Office does to its units: add one, rename it, say who is in charge and what it is also called, end it.

A name, an alias or a code means one unit or one group only, in any case of letters: documents and chats find units by
them, and `config.toml` refuses anything else.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import Session, col, or_, select

from models import clock, event
from models.capacity import forget_posts
from models.moves import Actor
from models.organisation import Department, GroupMember, Person, Post, Role, Unit, UnitGroup
from models.task import OPEN, Task


class NotPossible(Exception):
    """An act that would leave the office in no good order: `why` names it, `values` are for its sentence."""

    def __init__(self, why: str, **values: Any) -> None:
        super().__init__(f"{why} {values or ''}".strip())
        self.why, self.values = why, values


def current_units(session: Session) -> Sequence[Unit]:
    """The units that there are today, in their order; one that ends today is still there."""
    today = clock.today()
    there = (or_(col(Unit.valid_from).is_(None), col(Unit.valid_from) <= today),
             or_(col(Unit.valid_to).is_(None), col(Unit.valid_to) >= today))  # fmt: skip
    return session.exec(select(Unit).where(*there).order_by(col(Unit.position), col(Unit.id))).all()


def leaders(session: Session) -> list[Person]:
    """Those who may be in charge of a unit: who hold a leader's post today."""
    held = select(Post.person_id).where(Post.role == Role.LEADER, *held_on(clock.today()))
    return list(session.exec(select(Person).where(col(Person.id).in_(held)).order_by(col(Person.id))))


def held_on(day: date) -> tuple[Any, Any]:
    """Conditions on Post: held on this day."""
    return (or_(col(Post.valid_from).is_(None), col(Post.valid_from) <= day),
            or_(col(Post.valid_to).is_(None), col(Post.valid_to) >= day))  # fmt: skip


def add_unit(session: Session, actor: Actor, *, code: str, name: str, aliases: Sequence[str], leader_id: int,
             groups: Iterable[int] = (), start: date | None = None) -> Unit:  # fmt: skip
    """A new unit, the last in the order. Raises NotPossible."""
    if not code or not name:
        raise NotPossible("unit_needs_names")
    refuse_taken(session, (code, name, *aliases))
    last = session.exec(select(func.coalesce(func.max(Unit.position), 0))).one()
    unit = Unit(code=code, name=name, aliases=_clean(aliases, code, name), position=last + 1, leader_id=leader_id,
                valid_from=start)  # fmt: skip
    _refuse_leader(session, leader_id)
    session.add(unit)
    session.flush()
    set_groups(session, unit.id or 0, groups)
    facts = {"unit": unit.id, "code": code, "name": name, "aliases": unit.aliases, "leader": leader_id,
             "from": start.isoformat() if start else None}  # fmt: skip
    record_unit(session, unit, "unit_added", actor, facts)
    return unit


def change_unit(session: Session, unit: Unit, actor: Actor, *, name: str, aliases: Sequence[str], leader_id: int,
                position: int, groups: Iterable[int], since: date | None = None) -> bool:  # fmt: skip
    """Write down what has changed of a unit; False when nothing has. A new name keeps the old one as an alias, since
    documents go on using it. `since`: from when the name is another (for the history). Raises NotPossible."""
    if not name:
        raise NotPossible("unit_needs_names")
    wanted = [*aliases, unit.name] if name != unit.name else list(aliases)
    refuse_taken(session, (name, *wanted), but=(unit.id or 0,))
    if leader_id != unit.leader_id:
        _refuse_leader(session, leader_id)
    new = {"name": name, "aliases": _clean(wanted, unit.code, name), "leader_id": leader_id, "position": position}
    old = {key: getattr(unit, key) for key in new}
    members, before = sorted(set(groups)), groups_of(session, unit.id or 0)
    changed = {key: value for key, value in new.items() if old[key] != value}
    if not changed and members == before:
        return False
    for key, value in changed.items():
        setattr(unit, key, value)
    session.add(unit)
    session.flush()
    set_groups(session, unit.id or 0, members)
    facts: dict[str, Any] = {"unit": unit.id, **changed, "before": {key: old[key] for key in changed}}
    facts |= {"groups": members, "groups_before": before} if members != before else {}
    facts |= {"since": since.isoformat()} if since is not None and "name" in changed else {}
    record_unit(session, unit, "unit_renamed" if "name" in changed else "unit_changed", actor, facts)
    return True


def end_unit(session: Session, unit: Unit, last: date, actor: Actor) -> None:
    """Its last day. Its posts end with it. Raises NotPossible while it has open tasks: those are handed over by a
    merger, or given to others, first."""
    if unit.is_leaders:
        raise NotPossible("unit_of_leaders")
    if last > clock.today():
        raise NotPossible("not_yet")
    left = open_tasks(session, unit.id or 0)
    if left:
        raise NotPossible("unit_has_tasks", count=left)
    ended = [close_post(session, post, last) for post in held_posts(session, unit.id or 0, last + timedelta(1))]
    unit.valid_to = last
    session.add(unit)
    session.flush()
    session.execute(delete(GroupMember).where(col(GroupMember.unit_id) == unit.id))
    posts_written(session)
    refuse_empty_office(session)
    record_unit(session, unit, "unit_ended", actor, {"unit": unit.id, "last": last.isoformat(), "posts": ended})


def open_tasks(session: Session, unit_id: int) -> int:
    """How many tasks of the unit are open."""
    return session.exec(select(func.count()).select_from(Task)
                        .where(Task.unit_id == unit_id, col(Task.state).in_(OPEN))).one()  # fmt: skip


def held_posts(session: Session, unit_id: int, day: date) -> Sequence[Post]:
    """The unit's posts that are not over by `day`."""
    over = or_(col(Post.valid_to).is_(None), col(Post.valid_to) >= day)
    return session.exec(select(Post).where(Post.unit_id == unit_id, over).order_by(col(Post.id))).all()


def close_post(session: Session, post: Post, last: date) -> dict[str, Any]:
    """End a post with this day; one that had not begun by then never was. What is told of it."""
    told = {"person": post.person_id, "unit": post.unit_id, "role": post.role.value, "last": last.isoformat()}
    if post.valid_from is not None and post.valid_from > last:
        session.delete(post)
    else:
        post.valid_to = last
        session.add(post)
    session.flush()
    return told


def posts_written(session: Session) -> None:
    """Posts have changed in this transaction: what was read of them before is read again."""
    forget_posts(session)
    session.info.pop("posts", None)


def refuse_empty_office(session: Session) -> None:
    """Raise NotPossible if on some day from now on nobody holds the Office's role: then nobody could give it again."""
    today = clock.today()
    posts = session.exec(select(Post).where(Post.role == Role.OFFICE)).all()
    ends = [one.valid_to for one in posts if one.valid_to is not None and one.valid_to >= today]
    days = {today, *(end + timedelta(1) for end in ends)}
    for day in sorted(days):
        if not any((one.valid_from or day) <= day <= (one.valid_to or day) for one in posts):
            raise NotPossible("office_empty", day=day)


def groups_of(session: Session, unit_id: int) -> list[int]:
    """Ids of the groups that the unit belongs to."""
    return sorted(session.exec(select(GroupMember.group_id).where(GroupMember.unit_id == unit_id)))


def set_groups(session: Session, unit_id: int, groups: Iterable[int]) -> None:
    """Let the unit belong to these groups."""
    known = set(session.exec(select(UnitGroup.id)))
    session.execute(delete(GroupMember).where(col(GroupMember.unit_id) == unit_id))
    session.add_all(GroupMember(group_id=one, unit_id=unit_id) for one in sorted(set(groups)) if one in known)
    session.flush()


def refuse_taken(session: Session, names: Iterable[str], but: Sequence[int] = ()) -> None:
    """Raise NotPossible for a name that another unit of today, or a group, already goes by."""
    owners: dict[str, str] = {}
    for unit in session.exec(select(Unit).where(col(Unit.valid_to).is_(None), col(Unit.id).not_in(list(but)))):
        owners |= {one.casefold(): unit.name for one in (unit.code, unit.name, *unit.aliases)}
    for group in session.exec(select(UnitGroup)):
        owners |= {one.casefold(): group.name for one in (group.name, *group.aliases)}
    for name in names:
        if name.casefold() in owners:
            raise NotPossible("name_taken", name=name, owner=owners[name.casefold()])


def record_unit(session: Session, unit: Unit, verb: str, actor: Actor, facts: dict[str, Any]) -> None:
    """Into the unit's own history. Of two who change it, one waits: history is numbered."""
    session.exec(select(Unit.id).where(Unit.id == unit.id).with_for_update()).one()
    event.record(session, f"unit:{unit.id}", verb, actor_id=actor.person_id, channel=actor.channel, facts=facts,
                 announced=True)  # fmt: skip


def record_office(session: Session, verb: str, actor: Actor, facts: dict[str, Any]) -> None:
    """Into the Office's history."""
    session.exec(select(Department.id).with_for_update()).one()
    event.record(session, "office", verb, actor_id=actor.person_id, channel=actor.channel, facts=facts,
                 announced=True)  # fmt: skip


def _clean(aliases: Iterable[str], code: str, name: str) -> list[str]:
    """Each way of calling it once, without its code and its name."""
    own = {code.casefold(), name.casefold()}
    kept: dict[str, str] = {}
    for alias in (one.strip() for one in aliases):
        if alias and alias.casefold() not in own:
            kept.setdefault(alias.casefold(), alias)
    return list(kept.values())


def _refuse_leader(session: Session, leader_id: int) -> None:
    if all(one.id != leader_id for one in leaders(session)):
        raise NotPossible("no_leader")
