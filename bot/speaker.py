"""Who speaks: posts held today, the unit spoken for, and who of the department may be named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, exists, select
from sqlmodel import Session

from bot.acts import PersonView, UnitView
from models import clock
from models.base import Database, connection_of, database_of
from models.capacity import acting_posts
from models.organisation import Absence, Person, Post, Role, Unit

_person, _post, _unit, _absence = (table.__table__ for table in (Person, Post, Unit, Absence))
_HELD = (_post.c.valid_from.is_(None) | (_post.c.valid_from <= bindparam("day"))) & (
    _post.c.valid_to.is_(None) | (_post.c.valid_to >= bindparam("day"))
)
_AWAY = exists().where(
    _absence.c.person_id == _post.c.person_id,
    _absence.c.start <= bindparam("day"),
    _absence.c.end >= bindparam("day"),
)
_HEADS = select(_AWAY).where(_post.c.unit_id.in_(bindparam("units", expanding=True)), _post.c.role == Role.HEAD, _HELD)
"""Of each head of these units: is he on leave?"""
_UNITS = (
    select(_unit.c.code, _unit.c.name, _unit.c.aliases).where(_unit.c.valid_to.is_(None)).order_by(_unit.c.position)
)
_PEOPLE = (
    select(_person.c.id, _person.c.name, _unit.c.code, _post.c.role)
    .select_from(_post.join(_person, _person.c.id == _post.c.person_id).outerjoin(_unit, _unit.c.id == _post.c.unit_id))
    .where(_HELD)
    .order_by(_post.c.id)
)
FRESH_SECONDS = 5.0
STANDING = {role: place for place, role in enumerate(Role)}
UNIT_ROLES = (Role.HEAD, Role.DEPUTY)


@dataclass(frozen=True)
class Speaker:
    """Somebody in front of us. `role`: unit, office, leader, stranger. `units`: ids of those he heads or is deputy of;
    `focal_units`: where he does the work. `head_away`: a deputy whose head is on leave or whose unit has none, or
    somebody whom an absent head named to act."""

    id: int | None
    name: str = ""
    role: str = "stranger"
    language: str = "vi"
    title: str = ""
    units: tuple[int, ...] = ()
    focal_units: tuple[int, ...] = ()
    unit_code: str | None = None
    unit_name: str = ""
    head_away: bool = False


def speaker_of(session: Session, person_id: int | None, language: str = "vi") -> Speaker:
    """The person as of today; a stranger for None."""
    if person_id is None:
        return Speaker(None, language=language)
    posts = acting_posts(session, person_id)
    mine = [post for post in posts if post.holder == person_id]
    roles = {post.role for post in posts if post in mine or post.role is Role.LEADER}
    led = [post for post in posts if post.role in UNIT_ROLES and post.unit_id is not None]
    own = led or [post for post in posts if post.unit_id is not None]
    role = "leader" if Role.LEADER in roles else "office" if Role.OFFICE in roles else "unit"
    stands_in = any(post not in mine for post in led)
    deputies = tuple(post.unit_id for post in led if post.role is Role.DEPUTY) if role == "unit" else ()
    asked = {"units": deputies, "day": clock.today()}
    heads = connection_of(session).execute(_HEADS, asked).scalars().all() if deputies else []
    return Speaker(
        id=person_id,
        name=posts[0].name,
        role=role,
        language=posts[0].language or language,
        title=next((post.title for post in posts if post.title), ""),
        units=tuple(dict.fromkeys(post.unit_id for post in led)),
        focal_units=tuple(post.unit_id for post in mine if post.role is Role.FOCAL and post.unit_id),
        unit_code=own[0].code if own else None,
        unit_name=own[0].unit_name if own else "",
        head_away=role == "unit" and (stands_in or (bool(deputies) and all(heads))),
    )


@dataclass(frozen=True)
class Named:
    """Units and people that words may name, as they were read from the database."""

    read_at: float
    day: date
    units: tuple[UnitView, ...]
    people: tuple[PersonView, ...]


_named: WeakKeyDictionary[Database, Named] = WeakKeyDictionary()


def named(session: Session) -> Named:
    """Units with their aliases and people with their posts, kept for five seconds: they hardly ever change, and every
    message would pay for reading them."""
    database, now, today = database_of(session), clock.elapsed(), clock.today()
    kept = _named.get(database)
    if kept is None or kept.day != today or now - kept.read_at > FRESH_SECONDS:
        connection = connection_of(session)
        units = tuple(UnitView(row.code, row.name, tuple(row.aliases)) for row in connection.execute(_UNITS))
        people: dict[int, PersonView] = {}
        rows = connection.execute(_PEOPLE, {"day": today}).all()
        for row in sorted(rows, key=lambda one: STANDING[one.role]):
            people.setdefault(row.id, PersonView(row.id, row.name, row.code, row.role.value))
        kept = Named(now, today, units, tuple(people.values()))
        _named[database] = kept
    return kept
