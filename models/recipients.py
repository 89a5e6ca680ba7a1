"""Who is meant: heads, deputies, leaders, the Office, by date; who stands in; and who can be reached.

No obligation without a reachable person: what an absent, missing or unreachable head would get goes to the deputy
who acts, then to the Office.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import sqlalchemy
from sqlalchemy import bindparam
from sqlmodel import Session, or_

from models.base import connection_of
from models.inserting import by_id, rows_of
from models.organisation import Absence, Contact, ContactState, Person, Post, Role, Unit
from models.task import Task, Waiting

# Built once: every message, page and rung asks these, and putting a statement together costs as much as running it.
_post, _absence, _person, _unit = (table.__table__.c for table in (Post, Absence, Person, Unit))
_VALID = (
    or_(_post.valid_from.is_(None), _post.valid_from <= bindparam("day")),
    or_(_post.valid_to.is_(None), _post.valid_to >= bindparam("day")),
)
_HOLDERS = sqlalchemy.select(_post.person_id).where(_post.role == bindparam("role"), *_VALID).order_by(_post.id)
_HOLDERS_IN_UNIT = _HOLDERS.where(_post.unit_id == bindparam("unit"))
_POSTS_OF = sqlalchemy.select(Post.__table__).where(_post.person_id == bindparam("person"), *_VALID).order_by(_post.id)
_POSTS_OF_ALL = (
    sqlalchemy.select(Post.__table__)
    .where(_post.person_id.in_(bindparam("people", expanding=True)), *_VALID)
    .order_by(_post.id)
)
_ABSENT = sqlalchemy.select(_absence.person_id, _absence.deputy_id).where(
    _absence.start <= bindparam("day"), _absence.end >= bindparam("day")
)
_REACHABLE = sqlalchemy.select(Contact.__table__.c.person_id).where(Contact.__table__.c.state == ContactState.ACTIVE)
_LEADERS = (
    sqlalchemy.select(_post.person_id, _person.name, _post.title)
    .select_from(Post.__table__.join(Person.__table__, _person.id == _post.person_id))
    .where(_post.role == Role.LEADER, *_VALID)
)
_UNITS = sqlalchemy.select(Unit.__table__).where(_unit.valid_to.is_(None))
_TITLE = (
    sqlalchemy.select(_post.title)
    .where(_post.person_id == bindparam("person"), _post.title != "")
    .order_by(_post.valid_to.is_not(None), _post.id)  # a post that has ended gives no title while another is held
    .limit(1)
)
_TITLES = (
    sqlalchemy.select(_post.person_id, _post.title)
    .where(_post.person_id.in_(bindparam("people", expanding=True)), _post.title != "")
    .order_by(_post.valid_to.is_(None), _post.id.desc())
)
_BY_SHORT_ID = sqlalchemy.select(Person).where(_person.short_id == bindparam("short"))


@dataclass(frozen=True)
class Recipient:
    """A person to tell, and the one they stand in for (`meant_for`), with why: absent, vacant or unreachable."""

    person_id: int
    meant_for: int | None = None
    why: str | None = None


class Directory:
    """Answers about people on one day, each asked of the database once. Lives as long as its session."""

    def __init__(self, session: Session, day: date) -> None:
        self.session = session
        self.day = day
        self._posts: dict[tuple[int | None, Role], list[int]] = {}
        self._absent: dict[int, int | None] | None = None
        self._reachable: set[int] | None = None

    def holders(self, unit_id: int | None, role: Role) -> list[int]:
        """People who hold the role in the unit on this day, in the order of their posts; unit None: anywhere."""
        key = (unit_id, role)
        if key not in self._posts:
            asked = {"day": self.day, "role": role, "unit": unit_id}
            query = _HOLDERS if unit_id is None else _HOLDERS_IN_UNIT
            self._posts[key] = list(dict.fromkeys(connection_of(self.session).execute(query, asked).scalars()))
        return self._posts[key]

    def head(self, unit_id: int) -> int | None:
        """The head of the unit, if the post is held."""
        return next(iter(self.holders(unit_id, Role.HEAD)), None)

    def deputy(self, unit_id: int) -> int | None:
        """The first deputy of the unit, if the post is held."""
        return next(iter(self.holders(unit_id, Role.DEPUTY)), None)

    def office(self) -> list[int]:
        """Everyone who holds the Office's role."""
        return self.holders(None, Role.OFFICE)

    def leaders(self) -> list[int]:
        """Every leader."""
        return self.holders(None, Role.LEADER)

    def leader_of(self, unit_id: int) -> int | None:
        """The leader in charge of the unit."""
        unit = by_id(self.session, Unit, unit_id)
        return unit.leader_id if unit else None

    def absent(self, person_id: int) -> bool:
        """On leave on this day."""
        return person_id in self._absences()

    def stands_in_for(self, person_id: int) -> int | None:
        """Whom the absent person named to act."""
        return self._absences().get(person_id)

    def reachable(self, person_id: int) -> bool:
        """Has a chat that takes messages."""
        if self._reachable is None:
            self._reachable = set(connection_of(self.session).execute(_REACHABLE).scalars())
        return person_id in self._reachable

    def there(self, person_id: int) -> bool:
        """Not on leave, and can be reached."""
        return not self.absent(person_id) and self.reachable(person_id)

    def for_head(self, unit_id: int) -> list[Recipient]:
        """Who gets what is meant for the unit's head."""
        head, deputy = self.head(unit_id), self.deputy(unit_id)
        if head is None:
            return self._deputy_or_office((deputy,), None, "vacant")
        if self.absent(head):
            return self._deputy_or_office((self.stands_in_for(head), deputy), head, "absent")
        if not self.reachable(head):
            return self._deputy_or_office((deputy,), head, "unreachable")
        return [Recipient(head)]

    def for_deputy(self, unit_id: int) -> list[Recipient]:
        """The deputy's own copy; nobody when he already gets the head's."""
        deputy = self.deputy(unit_id)
        if deputy is None or not self.there(deputy):
            return []
        return [] if any(r.person_id == deputy for r in self.for_head(unit_id)) else [Recipient(deputy)]

    def for_leader(self, leader_id: int | None) -> list[Recipient]:
        """A leader, the one who acts for an absent one, or the Office."""
        if leader_id is None:
            return []
        if self.absent(leader_id):
            return self._deputy_or_office((self.stands_in_for(leader_id),), leader_id, "absent")
        if not self.reachable(leader_id):
            return self._deputy_or_office((), leader_id, "unreachable")
        return [Recipient(leader_id)]

    def for_office(self) -> list[Recipient]:
        """Each person of the Office who is there; all of them if none is."""
        there = [p for p in self.office() if self.there(p)]
        return [Recipient(p) for p in there or self.office()]

    def for_desk(self, task: Task) -> list[Recipient]:
        """Who has what a task waits for: the leader it was submitted to, the head of the unit that is waited for, or
        who acts for them; nobody when it was not said, or is outside. The Office in their stead has its daily list."""
        if task.waiting is Waiting.SUBMITTED:
            people = self.for_leader(self.leader_called(task.waiting_for))
        else:
            unit = self.unit_called(task.waiting_for)
            away = unit is not None and unit.id != task.unit_id and not unit.is_leaders
            people = self.for_head(unit.id or 0) if unit is not None and away else []
        return [r for r in people if r.why is None or r.person_id not in self.office()]

    def leader_called(self, words: str | None) -> int | None:
        """The one leader whom words name: by name ("Lê Thị Hà"), or by a title that no other leader has."""
        said = (words or "").casefold()
        if not said:
            return None
        found = {person for person, name, title in self._leaders
                 if (name.casefold() in said or title.casefold() == said)}  # fmt: skip
        return found.pop() if len(found) == 1 else None

    def unit_called(self, words: str | None) -> Unit | None:
        """The one unit of today that has this code, name or alias."""
        said = (words or "").casefold()
        if not said:
            return None
        found = [unit for unit in self._units
                 if said in {name.casefold() for name in (unit.code, unit.name, *unit.aliases)}]  # fmt: skip
        return found[0] if len(found) == 1 else None

    @cached_property
    def _leaders(self) -> list[tuple[int, str, str]]:
        rows = connection_of(self.session).execute(_LEADERS, {"day": self.day})
        return [(person, name, title) for person, name, title in rows]

    @cached_property
    def _units(self) -> list[Unit]:
        return rows_of(self.session, Unit, _UNITS)

    def _deputy_or_office(self, next_in_line: Sequence[int | None], meant_for: int | None, why: str) -> list[Recipient]:
        for person in next_in_line:
            if person is not None and self.there(person):
                return [Recipient(person, meant_for, why)]
        return [Recipient(r.person_id, meant_for, why) for r in self.for_office()]

    def _absences(self) -> dict[int, int | None]:
        if self._absent is None:
            rows = connection_of(self.session).execute(_ABSENT, {"day": self.day})
            self._absent = dict(rows.all())
        return self._absent


def know_posts(session: Session, people: Sequence[int], day: date) -> None:
    """Ask for the posts of these people in one question: `posts_of` has them from here, in this transaction. For those
    who change none in it."""
    known: dict[tuple[int, date], list[Post]] = session.info.setdefault("posts", {})
    known |= {(person, day): [] for person in people}
    for post in rows_of(session, Post, _POSTS_OF_ALL, people=list(people), day=day) if people else ():
        known[post.person_id, day].append(post)


def posts_of(session: Session, person_id: int, day: date) -> Sequence[Post]:
    """The posts a person holds on a day."""
    known: dict[tuple[int, date], list[Post]] = session.info.get("posts", {})
    if (person_id, day) in known:
        return known[person_id, day]
    return rows_of(session, Post, _POSTS_OF, person=person_id, day=day)


def title_of(session: Session, person_id: int) -> str:
    """The title of a person's first post that has one: Phó Giám đốc; empty for none."""
    return connection_of(session).execute(_TITLE, {"person": person_id}).scalar() or ""


def titles_of(session: Session, people: Sequence[int]) -> dict[int, str]:
    """`title_of` for each of these people who has one, in one question."""
    rows = connection_of(session).execute(_TITLES, {"people": list(people)})
    return {row.person_id: row.title for row in rows}  # the first post comes last


def standing_role(posts: Sequence[Post]) -> Role | None:
    """The role that stands for a person with several posts: leader, head, deputy, office, the first that applies."""
    held = {post.role for post in posts}
    return next((role for role in Role if role in held), None)


def person_by_short_id(session: Session, short_id: str) -> Person | None:
    """`tts.truong` → the person, or None."""
    return session.execute(_BY_SHORT_ID, {"short": short_id}).scalars().first()
