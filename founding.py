"""The department of config.toml into an empty database, once; and what the database holds, as the file writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, select

from department import LETTERHEAD, Department, GroupEntry, PersonEntry, PostEntry, UnitEntry
from models import clock, event, organisation
from models.calendar import set_days
from models.organisation import Contact, GroupMember, Person, Post, Role, Unit, UnitGroup

LEADERS_UNIT = "LDS"
SHIPPED_NOTE = "config.toml"


def is_founded(session: Session) -> bool:
    """Has a department been loaded?"""
    return session.get(organisation.Department, 1) is not None


def found(session: Session, department: Department, days_off: Sequence[date], workdays: Sequence[date]) -> None:
    """Load units, people, groups and the office's calendar into an empty database. The caller holds the transaction."""
    session.add(
        organisation.Department(name=department.name, aliases=list(department.aliases),
                                member_of=list(department.member_of), loaded_at=clock.now(),
                                parent=department.parent, place=department.place, symbol=department.symbol)
    )  # fmt: skip
    people = {entry.id: Person(short_id=entry.id, name=entry.name, email=entry.email) for entry in department.people}
    session.add_all(people.values())
    session.flush()
    units: dict[str, Unit] = {}
    for position, entry in enumerate(department.units):
        units[entry.code] = Unit(code=entry.code, name=entry.name, aliases=list(entry.aliases), position=position,
                                 is_leaders=entry.code == LEADERS_UNIT, leader_id=people[entry.leader].id)  # fmt: skip
    session.add_all(units.values())
    session.flush()
    for person in department.people:
        for post in person.posts:
            session.add(Post(person_id=people[person.id].id or 0, unit_id=units[post.unit].id, role=Role(post.role),
                             title=person.title, valid_from=post.starts_on, valid_to=post.ends_on))  # fmt: skip
    for group in department.groups:
        row = UnitGroup(name=group.name, aliases=list(group.aliases))
        session.add(row)
        session.flush()
        session.add_all(GroupMember(group_id=row.id or 0, unit_id=units[code].id or 0) for code in group.units)
    set_days(
        session, [*((day, False, SHIPPED_NOTE) for day in days_off), *((day, True, SHIPPED_NOTE) for day in workdays)]
    )
    event.record(session, "office", "founded", actor_id=None, facts={"name": department.name}, announced=True)


def link_all_to_web(session: Session) -> None:
    """Give everyone the browser chat: in the demo, in rehearsals and for `say`."""
    linked = set(session.exec(select(Contact.person_id).where(Contact.channel == "web")).all())
    for person in session.exec(select(Person)).all():
        if person.id not in linked:
            now = clock.now()
            session.add(Contact(person_id=person.id or 0, channel="web", chat_id=person.short_id, linked_at=now))
    session.flush()


def held(session: Session) -> Department:
    """What the database holds now, in the shape of the file. Units that have ended are left out, and people who hold
    no post in those there are."""
    row = session.get(organisation.Department, 1)
    if row is None:
        raise LookupError("no department")
    units = session.exec(select(Unit).where(Unit.valid_to == None).order_by(col(Unit.position))).all()  # noqa: E711
    people = session.exec(select(Person).order_by(col(Person.id))).all()
    code = {unit.id: unit.code for unit in units}
    entries = [_person(session, person, code) for person in people]
    short = {person.id: person.short_id for person in people}
    groups = []
    for group in session.exec(select(UnitGroup).order_by(col(UnitGroup.id))).all():
        members = session.exec(select(GroupMember.unit_id).where(GroupMember.group_id == group.id)).all()
        groups.append(GroupEntry(group.name, tuple(group.aliases), tuple(code[m] for m in members if m in code)))
    return Department(
        row.name, tuple(row.aliases), tuple(row.member_of),
        tuple(UnitEntry(u.code, u.name, tuple(u.aliases), short.get(u.leader_id, "")) for u in units),
        tuple(groups), tuple(one for one in entries if one.posts), row.parent, row.place, row.symbol,
    )  # fmt: skip


def _person(session: Session, person: Person, code: dict[int | None, str]) -> PersonEntry:
    posts = session.exec(select(Post).where(Post.person_id == person.id).order_by(col(Post.id))).all()
    entries = tuple(PostEntry(code[post.unit_id], post.role.value, post.valid_from, post.valid_to)
                    for post in posts if post.unit_id in code)  # fmt: skip
    held_now = sorted(posts, key=lambda post: post.valid_to is not None)
    title = next((post.title for post in held_now if post.title), person.name)
    return PersonEntry(person.short_id, person.name, title, person.email, entries)


def differences(file: Department, database: Department) -> list[str]:
    """Names of what the file and the database say differently: `units.TTS`, `people.tts.truong`, `department.name`."""
    found_: list[str] = [f"department.{name}" for name in ("name", "aliases", "member_of", *LETTERHEAD)
                         if getattr(file, name) != getattr(database, name)]  # fmt: skip
    pairs = (("units", "code"), ("groups", "name"), ("people", "id"))
    for part, key in pairs:
        left = {getattr(entry, key): entry for entry in getattr(file, part)}
        right = {getattr(entry, key): entry for entry in getattr(database, part)}
        if part == "groups":
            left, right = (
                {k: replace(g, units=tuple(sorted(g.units))) for k, g in side.items()} for side in (left, right)
            )
        found_ += [f"{part}.{name}" for name in sorted(left.keys() | right.keys()) if left.get(name) != right.get(name)]
    return found_


def written(department: Department) -> str:
    """The department as config.toml writes it."""
    lines = ["[department]", f"name = {_text(department.name)}", f"aliases = {_texts(department.aliases)}",
             f"member_of = {_texts(department.member_of)}"]  # fmt: skip
    lines += [f"{key} = {_text(value)}" for key in LETTERHEAD if (value := getattr(department, key))]
    for unit in department.units:
        lines += ["", "[[units]]", f"code = {_text(unit.code)}", f"name = {_text(unit.name)}",
                  f"aliases = {_texts(unit.aliases)}", f"leader = {_text(unit.leader)}"]  # fmt: skip
    for group in department.groups:
        lines += ["", "[[groups]]", f"name = {_text(group.name)}", f"aliases = {_texts(group.aliases)}",
                  f"units = {_texts(group.units)}"]  # fmt: skip
    for person in department.people:
        lines += ["", "[[people]]", f"id = {_text(person.id)}", f"name = {_text(person.name)}",
                  f"title = {_text(person.title)}"]  # fmt: skip
        lines += [f"email = {_text(person.email)}"] if person.email else []
        lines += [f"posts = [{', '.join(map(_post, person.posts))}]"]
    return "\n".join(lines) + "\n"


def _post(post: PostEntry) -> str:
    dates = [f"{key} = {day.isoformat()}" for key, day in (("from", post.starts_on), ("to", post.ends_on)) if day]
    return "{ " + ", ".join([f"unit = {_text(post.unit)}", f"role = {_text(post.role)}", *dates]) + " }"


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _texts(values: Sequence[str]) -> str:
    return "[" + ", ".join(map(_text, values)) + "]"
