"""What the Office does about people: a new one, a name put right, posts from and to, sign-out, and forgetting."""

import re
from datetime import date
from typing import Any

from sqlalchemy import delete, func, null, update
from sqlmodel import Session, col, or_, select

from models import clock, event
from models.event import Event
from models.joining import CalendarFeed
from models.message import Inbox, Message
from models.moves import Actor
from models.organisation import Contact, ContactState, LinkCode, Person, Post, Role, Unit
from models.organising import NotPossible, close_post, posts_written, refuse_empty_office
from models.recipients import person_by_short_id
from models.task import OPEN, Task

FORGOTTEN = "(đã xóa)"
"""In place of a name. It is no sentence: lists, exports and histories in both languages show it."""
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
SHORT_ID = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
ADDRESS = ("anh", "chị")
LANGUAGES = ("vi", "en")


def add_person(session: Session, actor: Actor, *, short_id: str, name: str, email: str | None = None) -> Person:
    """Somebody new, without a post. Raises NotPossible."""
    if not SHORT_ID.fullmatch(short_id) or len(short_id) > 60:
        raise NotPossible("short_id")
    if person_by_short_id(session, short_id) is not None:
        raise NotPossible("short_id_taken", short_id=short_id)
    person = Person(short_id=short_id, name=_name(name), email=_email(email))
    session.add(person)
    session.flush()
    record_person(session, person.id or 0, "person_added", actor, {"name": person.name, "short_id": short_id})
    return person


def change_person(session: Session, person: Person, actor: Actor, *, name: str, email: str | None,
                  address: str | None, language: str | None) -> bool:  # fmt: skip
    """Name, e-mail, address form (anh, chị or None) and language (vi, en or None for the office's); False when nothing
    is another. Raises NotPossible."""
    if address not in (None, *ADDRESS) or language not in (None, *LANGUAGES):
        raise NotPossible("person_setting")
    new = {"name": _name(name), "email": _email(email), "address": address, "language": language}
    changed = {key: value for key, value in new.items() if getattr(person, key) != value}
    if not changed:
        return False
    before = {key: getattr(person, key) for key in changed}
    for key, value in changed.items():
        setattr(person, key, value)
    session.add(person)
    session.flush()
    record_person(session, person.id or 0, "person_changed", actor, changed | {"before": before})
    return True


def choose_language(session: Session, person: Person, language: str, actor: Actor) -> None:
    """What somebody reads in (vi, en), chosen by themselves."""
    if person.language == language:
        return
    before, person.language = person.language, language
    session.add(person)
    session.flush()
    facts = {"language": language, "before": {"language": before}}
    record_person(session, person.id or 0, "person_changed", actor, facts)


def add_post(session: Session, person: Person, actor: Actor, *, unit: Unit, role: Role, title: str,
             start: date | None, end: date | None = None) -> Post:  # fmt: skip
    """A post from `start` (None: always held) to `end`, both days included. One head at a time: raises NotPossible."""
    if start is not None and end is not None and end < start:
        raise NotPossible("dates_turned")
    if unit.valid_to is not None and (end is None or end > unit.valid_to):
        raise NotPossible("unit_over", unit=unit.name)
    for other in overlapping(session, unit.id or 0, role, start, end):
        if other.person_id == person.id:
            raise NotPossible("post_held")
        if role is Role.HEAD:
            raise NotPossible("head_held", name=session.get_one(Person, other.person_id).name)
    post = Post(person_id=person.id or 0, unit_id=unit.id, role=role, title=title, valid_from=start, valid_to=end)
    session.add(post)
    session.flush()
    posts_written(session)
    facts = {"post": post.id, "unit": unit.id, "role": role.value, "title": title,
             "from": start.isoformat() if start else None, "to": end.isoformat() if end else None}  # fmt: skip
    record_person(session, person.id or 0, "post_added", actor, facts)
    return post


def end_post(session: Session, post: Post, last: date, actor: Actor) -> None:
    """Its last day. Raises NotPossible for a leader who would leave units without anybody in charge, and when nobody
    would hold the Office's role any more."""
    if post.role is Role.LEADER:
        _refuse_units_left(session, post, last)
    told = close_post(session, post, last)
    posts_written(session)
    refuse_empty_office(session)
    record_person(session, post.person_id, "post_ended", actor, {"post": post.id, **told})


def overlapping(session: Session, unit_id: int, role: Role, start: date | None, end: date | None) -> list[Post]:
    """Posts of this role in the unit, held on some day from `start` to `end`."""
    query = select(Post).where(
        Post.unit_id == unit_id, Post.role == role,
        or_(col(Post.valid_to).is_(None), col(Post.valid_to) >= (start or date.min)),
        or_(col(Post.valid_from).is_(None), col(Post.valid_from) <= (end or date.max)),
    )  # fmt: skip
    return list(session.exec(query.order_by(col(Post.id))))


def sign_out(session: Session, person: Person, actor: Actor) -> None:
    """End every browser session of the person."""
    person.sessions_from = clock.now()
    session.add(person)
    session.flush()
    record_person(session, person.id or 0, "signed_out", actor, {})


def forget(session: Session, person: Person, actor: Actor) -> None:
    """Erase name, address and contact data of somebody who holds no post any more (the right to erasure of Law
    91/2025/QH15). What they did stays in the history, without their name; the chains still verify.

    Raises NotPossible while a post, a unit in their charge or an open task that names them is left.
    """
    _refuse_forgetting(session, person)
    number = person.id or 0
    for contact in session.exec(select(Contact).where(Contact.person_id == number)):
        contact.chat_id, contact.facts, contact.state = f"erased:{contact.id}", {}, ContactState.UNLINKED
        session.add(contact)
    session.execute(delete(LinkCode).where(col(LinkCode.person_id) == number))
    session.execute(delete(CalendarFeed).where(col(CalendarFeed.person_id) == number))
    session.execute(update(Message).where(col(Message.person_id) == number).values(chat_id=None))
    for name in _names(session, person):  # as they were greeted; what they were told stays
        theirs = update(Message).where(col(Message.person_id) == number, col(Message.text).contains(name))
        session.execute(theirs.values(text=func.replace(col(Message.text), name, FORGOTTEN)))
    session.execute(update(Inbox).where(col(Inbox.person_id) == number).values(chat_id=""))
    session.execute(update(Event).where(col(Event.subject) == f"person:{number}").values(facts=null(), salt=null()))
    person.name, person.short_id = FORGOTTEN, f"erased.{number}"
    person.email = person.address = person.language = None
    person.sessions_from = clock.now()
    session.add(person)
    session.flush()
    record_person(session, number, "forgotten", actor, {})


def record_person(session: Session, person_id: int, verb: str, actor: Actor, facts: dict[str, Any]) -> None:
    """Into the person's own history. Of two who change it, one waits: history is numbered."""
    session.exec(select(Person.id).where(Person.id == person_id).with_for_update()).one()
    event.record(session, f"person:{person_id}", verb, actor_id=actor.person_id, channel=actor.channel, facts=facts,
                 announced=True)  # fmt: skip


def _refuse_units_left(session: Session, post: Post, last: date) -> None:
    others = [one for one in session.exec(select(Post).where(Post.person_id == post.person_id, Post.id != post.id,
                                                             Post.role == Role.LEADER))
              if one.valid_to is None or one.valid_to > last]  # fmt: skip
    units = session.exec(select(Unit.name).where(Unit.leader_id == post.person_id, col(Unit.valid_to).is_(None))).all()
    if units and not others:
        raise NotPossible("leads_units", units=", ".join(units))


def _refuse_forgetting(session: Session, person: Person) -> None:
    today = clock.today()
    held = select(Post.id).where(Post.person_id == person.id,
                                 or_(col(Post.valid_to).is_(None), col(Post.valid_to) >= today))  # fmt: skip
    if session.exec(held.limit(1)).first() is not None:
        raise NotPossible("still_holds")
    units = session.exec(select(Unit.name).where(Unit.leader_id == person.id, col(Unit.valid_to).is_(None))).all()
    if units:
        raise NotPossible("leads_units", units=", ".join(units))
    named = select(Task.number).where(Task.focal_id == person.id, col(Task.state).in_(OPEN)).limit(20)
    if numbers := session.exec(named).all():
        raise NotPossible("still_focal", tasks=", ".join(f"NV{number}" for number in numbers))


def _names(session: Session, person: Person) -> list[str]:
    """The name, and those it was before."""
    query = select(Event.facts).where(Event.subject == f"person:{person.id}", Event.verb == "person_changed")
    earlier = [(facts or {}).get("before", {}).get("name") for facts in session.exec(query)]
    return [person.name, *(name for name in earlier if name)]


def _name(given: str) -> str:
    name = " ".join(given.split())
    if not name or name == FORGOTTEN:
        raise NotPossible("person_needs_name")
    return name


def _email(given: str | None) -> str | None:
    if given and not (EMAIL.fullmatch(given) and len(given) <= 254):
        raise NotPossible("email", given=given)
    return given or None

