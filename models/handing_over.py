"""Doing a merger or a split: the units first, then their open work, one move and one event a task; then posts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import event
from models.group_chat import GroupChat
from models.indicator import Indicator
from models.joining import ApiToken
from models.move_table import MOVES
from models.moves import Actor, move
from models.organisation import GroupMember, Person, Post, Unit
from models.organising import (
    NotPossible,
    add_unit,
    close_post,
    posts_written,
    record_office,
    record_unit,
    refuse_empty_office,
    refuse_taken,
)
from models.personnel import add_post, record_person
from models.reorganising import Change, Newcomer, Plan, Seat, check, check_day, plan
from models.task import CoUnit, Task


def carry_out(session: Session, change: Change, actor: Actor, reason: str, seen: str) -> list[Unit]:
    """Do it; the targets. `reason` stands in each task's history. `seen`: the fingerprint of the plan that was shown:
    raises NotPossible("moved_on") when something has changed since. Raises NotPossible and MoveError."""
    check(session, change)
    check_day(change)
    work = plan(session, change)
    if work.fingerprint != seen:
        raise NotPossible("moved_on")
    last = change.since - timedelta(1)
    ending = [session.get_one(Unit, one) for one in change.ending]
    for unit in ending:
        unit.valid_to = last
        session.add(unit)
    session.flush()
    into = [_target(session, one, change.since, actor) for one in change.into]
    _succeed(session, ending, into[0], work)
    given = _tasks(session, change, work.tasks, into, actor, reason)
    main = {unit.id or 0: into[0].id or 0 for unit in ending}
    _co_units(session, work.co_tasks, main, actor, reason)
    _rest(session, change, work, into, main)
    _members(session, ending, into, work)
    posts = _posts(session, change, work.posts, into, last, actor)
    refuse_empty_office(session)
    _tell(session, change, work, into, given, posts, actor)
    return into


def _target(session: Session, one: int | Newcomer, since: date, actor: Actor) -> Unit:
    if isinstance(one, int):
        return session.get_one(Unit, one)
    return add_unit(session, actor, code=one.code, name=one.name, aliases=(), leader_id=one.leader_id, start=since)


def _succeed(session: Session, ending: Sequence[Unit], heir: Unit, work: Plan) -> None:
    """The old names lead to the heir: documents go on using them."""
    names = [name for unit in ending for name in (unit.name, unit.code, *unit.aliases)]
    known = {one.casefold() for one in (heir.code, heir.name, *heir.aliases)}
    new = {name.casefold(): name for name in reversed(names) if name.casefold() not in known}
    refuse_taken(session, new.values(), but=(heir.id or 0,))
    heir.aliases = [*heir.aliases, *reversed(new.values())]
    session.add(heir)
    for unit in ending:
        unit.successor_id = heir.id
        session.add(unit)
    session.flush()


def _tasks(session: Session, change: Change, tasks: Sequence[Task], into: Sequence[Unit], actor: Actor,
           reason: str) -> dict[tuple[int, int], list[str]]:  # fmt: skip
    """Give each open task to its target; (from, to) → codes. A unit that goes on is told which were taken from it."""
    given: dict[tuple[int, int], list[str]] = {}
    for task in tasks:
        before, to = task.unit_id or 0, into[change.tasks.get(task.id or 0, 0)].id or 0
        if before == to:
            continue
        told = {"to_unit": to, "handed_over_from": before}
        told |= {} if before in change.ending else {"from_unit": before}
        # What lies with the Office, or is suspended, keeps its state and its report: only the owner is another.
        verb = "reassign" if task.state in MOVES["reassign"].of else "correct"
        values: dict[str, Any] = {"unit_id": to}
        if verb == "reassign" and task.late_counted_version == task.due_version:
            values["late_counted_version"] = task.due_version + 1  # the same date is not late twice
        move(session, task.id or 0, verb, actor, reason=reason, values=values, facts=told)
        given.setdefault((before, to), []).append(task.code)
        session.execute(delete(CoUnit).where(col(CoUnit.task_id) == task.id, col(CoUnit.unit_id) == to))
    return given


def _co_units(session: Session, tasks: Sequence[Task], main: Mapping[int, int], actor: Actor, reason: str) -> None:
    for task in tasks:
        session.exec(select(Task.id).where(Task.id == task.id).with_for_update()).one()
        rows = set(session.exec(select(CoUnit.unit_id).where(CoUnit.task_id == task.id)))
        new = set(_mapped(rows, main)) - {task.unit_id or 0}
        session.execute(delete(CoUnit).where(col(CoUnit.task_id) == task.id, col(CoUnit.unit_id).in_(rows - new)))
        session.add_all(CoUnit(task_id=task.id or 0, unit_id=one) for one in sorted(new - rows))
        session.flush()
        event.record(session, f"task:{task.id}", "co_unit_moved", actor_id=actor.person_id, channel=actor.channel,
                     facts={"co_units": sorted(new), "before": sorted(rows), "reason": reason}, task_id=task.id,
                     directive_id=task.directive_id, announced=True)  # fmt: skip


def _rest(session: Session, change: Change, work: Plan, into: Sequence[Unit], main: Mapping[int, int]) -> None:
    """Series, drafts, indicators, remembered names, group chats and programs' keys."""
    for series in work.series:
        heir = into[change.series.get(series.id or 0, 0)].id or 0
        theirs = dict.fromkeys(change.old, heir) if series.id in change.series else main
        series.unit_ids = _mapped(series.unit_ids, theirs)
        others = _mapped(series.pattern.get("co_unit_ids") or (), main)
        series.pattern = series.pattern | {"co_unit_ids": [one for one in others if one not in series.unit_ids]}
        session.add(series)
    for item in work.drafts:
        item.unit_ids = _mapped(item.unit_ids, main)
        item.co_unit_ids = [one for one in _mapped(item.co_unit_ids, main) if one not in item.unit_ids]
        item.version += 1
        session.add(item)
    for name in work.remembered:
        name.unit_ids = _mapped(name.unit_ids, main)
        session.add(name)
    owned: tuple[Indicator | GroupChat | ApiToken, ...] = (*work.indicators, *work.chats, *work.tokens)
    for one in owned:
        one.unit_id = main[one.unit_id or 0]
        session.add(one)
    session.flush()


def _members(session: Session, ending: Sequence[Unit], into: Sequence[Unit], work: Plan) -> None:
    """Every target belongs to the groups that the ended units belonged to."""
    session.execute(delete(GroupMember).where(col(GroupMember.unit_id).in_([unit.id for unit in ending])))
    for group in work.groups:
        there = set(session.exec(select(GroupMember.unit_id).where(GroupMember.group_id == group.id)))
        session.add_all(GroupMember(group_id=group.id or 0, unit_id=unit.id or 0)
                        for unit in into if unit.id not in there)  # fmt: skip
    session.flush()


def _posts(session: Session, change: Change, posts: Sequence[Post], into: Sequence[Unit], last: date,
           actor: Actor) -> list[dict[str, Any]]:  # fmt: skip
    """End the old posts, then let those go on that have a seat: a head's seat is free only when the old one is left."""
    going: list[tuple[Post, Seat, date | None]] = []
    told = []
    for post in posts:
        stays = Seat(change.into.index(post.unit_id), post.role, post.title) if post.unit_id in change.into else None
        seat = change.posts.get(post.id or 0, stays)
        if seat is not None and seat == stays:
            continue
        end = post.valid_to
        closed = close_post(session, post, last)
        record_person(session, post.person_id, "post_ended", actor, {"post": post.id, **closed})
        told.append(closed)
        if seat is not None:
            going.append((post, seat, end))
    done: set[tuple[int, int, str]] = set()
    for post, seat, end in going:
        key = (post.person_id, seat.target, seat.role.value)
        if key not in done:  # the head of both becomes the head once
            add_post(session, session.get_one(Person, post.person_id), actor, unit=into[seat.target], role=seat.role,
                     title=seat.title, start=max(change.since, post.valid_from or change.since), end=end)  # fmt: skip
        done.add(key)
    posts_written(session)
    return told


def _tell(session: Session, change: Change, work: Plan, into: Sequence[Unit],
          given: Mapping[tuple[int, int], list[str]], posts: list[dict[str, Any]], actor: Actor) -> None:  # fmt: skip
    """One event of the Office, and what each unit gave and took in its own history."""
    ids = [unit.id or 0 for unit in into]
    facts = {
        "from": list(change.old), "into": ids, "ended": list(change.ending), "since": change.since.isoformat(),
        "basis": change.basis, "posts": posts,
        "tasks": [{"from": before, "to": to, "codes": codes} for (before, to), codes in given.items()],
        "co_tasks": [task.code for task in work.co_tasks], "series": [one.id for one in work.series],
        "drafts": [one.id for one in work.drafts], "indicators": [one.id for one in work.indicators],
        "remembered": [one.id for one in work.remembered], "groups": [one.id for one in work.groups],
        "chats": [one.id for one in work.chats], "tokens": [one.id for one in work.tokens],
    }  # fmt: skip
    record_office(session, "merged" if len(into) == 1 else "split", actor, facts)
    for one in dict.fromkeys((*change.old, *ids)):
        gave = [{"to": to, "codes": codes} for (before, to), codes in given.items() if before == one]
        took = [{"from": before, "codes": codes} for (before, to), codes in given.items() if to == one]
        took += [{"from": old, "codes": []} for old in change.ending
                 if one == ids[0] and old != one and (old, one) not in given]  # fmt: skip
        record_unit(session, session.get_one(Unit, one), "unit_ended" if one in change.ending else "unit_reorganised",
                    actor, {"since": change.since.isoformat(), "basis": change.basis, "into": ids, "gave": gave,
                            "took": took})  # fmt: skip


def _mapped(ids: Iterable[int], main: Mapping[int, int]) -> list[int]:
    """Ids with each ended unit replaced by its heir, each once, in their order."""
    return list(dict.fromkeys(main.get(one, one) for one in ids))
