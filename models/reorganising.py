"""A merger (A, B → C) or a split (A → B, C) of units from a day on: what is asked, what exactly would move, and what
stands in the way. `models/handing_over.py` does it.

Open work moves, what is completed stays with the unit that completed it. A unit that is also a target goes on: it only
gives away, or takes in.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import clock
from models.directive import Directive, DirectiveState, DraftItem
from models.group_chat import GroupChat
from models.indicator import Indicator
from models.joining import ApiToken
from models.organisation import GroupMember, Post, Role, Unit, UnitGroup
from models.organising import NotPossible, held_posts
from models.remembered import RememberedName
from models.series import Series
from models.task import OPEN, CoUnit, State, Task


@dataclass(frozen=True)
class Newcomer:
    """A unit that is to be made. `leader_id`: the leader in charge."""

    code: str
    name: str
    leader_id: int


@dataclass(frozen=True)
class Seat:
    """Where a post goes: which target (place in `Change.into`), as what, under which title."""

    target: int
    role: Role
    title: str


@dataclass(frozen=True)
class Change:
    """What the Office decided. `old`: units whose open work moves; `into`: ids of units there are, or new ones, the
    first of which is the successor. `since`: the first day. `basis`: the deciding document.

    `tasks`, `series`: id → place in `into`, the first where nothing is said. `posts`: id → its seat, None: it ends.
    """

    old: tuple[int, ...]
    into: tuple[int | Newcomer, ...]
    since: date
    basis: str
    tasks: Mapping[int, int] = field(default_factory=dict)
    series: Mapping[int, int] = field(default_factory=dict)
    posts: Mapping[int, Seat | None] = field(default_factory=dict)

    @property
    def ending(self) -> tuple[int, ...]:
        """Units that there are no more from that day on."""
        return tuple(one for one in self.old if one not in self.into)


@dataclass(frozen=True)
class Plan:
    """What would move. `co_tasks`: open tasks of others in which one of the units co-operates. `stays`: how many tasks
    each unit completed, or had withdrawn, that remain its own."""

    tasks: tuple[Task, ...]
    co_tasks: tuple[Task, ...]
    series: tuple[Series, ...]
    drafts: tuple[DraftItem, ...]
    indicators: tuple[Indicator, ...]
    remembered: tuple[RememberedName, ...]
    groups: tuple[UnitGroup, ...]
    chats: tuple[GroupChat, ...]
    tokens: tuple[ApiToken, ...]
    posts: tuple[Post, ...]
    stays: Mapping[int, int]

    @property
    def fingerprint(self) -> str:
        """Another one means that something has changed since this was shown."""
        parts = (self.tasks, self.co_tasks, self.series, self.drafts, self.indicators, self.remembered, self.groups,
                 self.chats, self.tokens, self.posts)  # fmt: skip
        spelled = ";".join(",".join(str(one.id) for one in part) for part in parts)
        spelled += ";" + ",".join(f"{task.unit_id}:{task.state.value}" for task in self.tasks)
        return hashlib.sha256(spelled.encode()).hexdigest()[:16]


def check(session: Session, change: Change) -> None:
    """Raise NotPossible for what cannot be done whatever the rest says."""
    if not change.basis:
        raise NotPossible("no_basis")
    if len(set(change.into)) < len(change.into) or not change.into:
        raise NotPossible("same_target")
    if not set(change.old) - set(change.into) and len(change.into) < 2:
        raise NotPossible("nothing_ends")
    if not change.old:
        raise NotPossible("no_unit_chosen")
    for one in (*change.old, *(into for into in change.into if isinstance(into, int))):
        unit = session.get(Unit, one)
        if unit is None or unit.valid_to is not None:
            raise NotPossible("unit_gone")
        if unit.is_leaders:
            raise NotPossible("unit_of_leaders")
        if unit.valid_from is not None and unit.valid_from >= change.since and one in change.ending:
            raise NotPossible("unit_began_later", unit=unit.name)
    for place in {*change.tasks.values(), *change.series.values(), *(s.target for s in change.posts.values() if s)}:
        if not 0 <= place < len(change.into):
            raise NotPossible("same_target")


def check_day(change: Change) -> None:
    """Raise NotPossible before the day has come: until then the old units work on."""
    if change.since > clock.today():
        raise NotPossible("not_before", day=change.since)


def plan(session: Session, change: Change) -> Plan:
    """What would move, as everything stands now. Changes nothing."""
    old, ending = list(change.old), list(change.ending)
    mine = select(Task).where(col(Task.unit_id).in_(old), col(Task.state).in_(OPEN))
    return Plan(
        tasks=tuple(session.exec(mine.order_by(col(Task.number)))),
        co_tasks=_co_tasks(session, ending),
        series=tuple(one for one in session.exec(select(Series).where(col(Series.next_due).is_not(None))
                                                 .order_by(col(Series.id)))
                     if {*one.unit_ids, *(one.pattern.get("co_unit_ids") or ())} & set(old)),
        drafts=_drafts(session, set(ending)),
        indicators=tuple(session.exec(select(Indicator).where(col(Indicator.unit_id).in_(ending))
                                      .order_by(col(Indicator.id)))),
        remembered=tuple(one for one in session.exec(select(RememberedName).order_by(col(RememberedName.id)))
                         if set(one.unit_ids) & set(ending)),
        groups=_groups(session, ending),
        chats=tuple(session.exec(select(GroupChat).where(col(GroupChat.unit_id).in_(ending))
                                 .order_by(col(GroupChat.id)))),
        tokens=tuple(session.exec(select(ApiToken).where(col(ApiToken.unit_id).in_(ending),
                                                         col(ApiToken.revoked_at).is_(None))
                                  .order_by(col(ApiToken.id)))),
        posts=tuple(post for unit in old for post in held_posts(session, unit, change.since)),
        stays=_stays(session, old),
    )  # fmt: skip


def _co_tasks(session: Session, ending: Sequence[int]) -> tuple[Task, ...]:
    with_them = select(CoUnit.task_id).where(col(CoUnit.unit_id).in_(ending))
    query = select(Task).where(col(Task.id).in_(with_them), col(Task.state).in_(OPEN))
    return tuple(session.exec(query.order_by(col(Task.number))))


def _drafts(session: Session, ending: set[int]) -> tuple[DraftItem, ...]:
    """Items still in review that one of the units is to own, or to co-operate in."""
    query = (
        select(DraftItem)
        .join(Directive, col(Directive.id) == DraftItem.directive_id)
        .where(col(Directive.state) == DirectiveState.DRAFT)
        .order_by(col(DraftItem.id))
    )
    return tuple(item for item in session.exec(query) if {*item.unit_ids, *item.co_unit_ids} & ending)


def _groups(session: Session, ending: Sequence[int]) -> tuple[UnitGroup, ...]:
    theirs = select(GroupMember.group_id).where(col(GroupMember.unit_id).in_(ending))
    return tuple(session.exec(select(UnitGroup).where(col(UnitGroup.id).in_(theirs)).order_by(col(UnitGroup.id))))


def _stays(session: Session, old: Sequence[int]) -> Mapping[int, int]:
    over = (State.COMPLETED, State.WITHDRAWN)
    query = select(Task.unit_id, func.count()).where(col(Task.unit_id).in_(old), col(Task.state).in_(over))
    return {unit or 0: count for unit, count in session.exec(query.group_by(col(Task.unit_id)))}
