"""One person: posts with their dates, details, chats, absences, what was sent to them, signing out and forgetting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select
from starlette.responses import Response

from models import absences, clock, pairing, personnel
from models.message import Message, MessageState
from models.organisation import Absence, ContactState, Person, Post, Role, Unit
from models.organising import current_units
from models.recipients import Directory, standing_role
from web.asking import Ask, Stop
from web.guards import for_office_and_admin
from web.office.doing import act, acting_for, history_of, line, needed_day, so_far, unchanged
from web.office.people import person_of
from web.task.acts import day

LATELY = timedelta(days=30)
MOST_MESSAGES = 200


@dataclass(frozen=True)
class Held:
    """A post with its unit. `over`: it has ended; `ahead`: it has not begun."""

    post: Post
    unit: Unit | None
    over: bool
    ahead: bool


@dataclass(frozen=True)
class Vacant:
    """A unit without a head today, and who gets the head's messages."""

    unit: Unit
    told: tuple[str, ...]


@dataclass(frozen=True)
class Away:
    """An absence with what it leaves open. `told`: names of those who act on its first day."""

    absence: Absence
    deputy: str
    over: bool
    worries: absences.Worries | None
    told: tuple[str, ...]


def show(ask: Ask) -> Response:
    """GET /people/<id>."""
    for_office_and_admin(ask)
    person = person_of(ask)
    posts = posts_of(ask.session, person)
    number = person.id or 0
    return ask.page(
        "person.html", person=person, posts=posts, units=current_units(ask.session), roles=tuple(Role),
        title=_title(posts), vacant=vacant_units(ask.session, [one.unit for one in posts if one.unit is not None]),
        chats=pairing.chats_of(ask.session, number), active=ContactState.ACTIVE, browser=pairing.BROWSER,
        away=_away(ask.session, person), others=_others(ask.session, person), today=clock.today(),
        sent=_sent(ask.session, number), forgotten=person.name == personnel.FORGOTTEN, typed=ask.form.flat(),
        history=history_of(ask, f"person:{number}"), addresses=personnel.ADDRESS, languages=personnel.LANGUAGES,
        seen=so_far(ask, f"person:{number}"),
    )  # fmt: skip


@act
def change(ask: Ask) -> Response:
    """POST /people/<id>: name, e-mail, address form, language."""
    person = _known(ask)
    unchanged(ask, person, f"person:{person.id}")
    done = personnel.change_person(ask.session, person, ask.actor, name=line(ask, "name", needed=True),
                                   email=line(ask, "email") or None, address=line(ask, "address") or None,
                                   language=line(ask, "language") or None)  # fmt: skip
    return ask.go(f"/people/{person.id}", done="office_saved" if done else "office_same")


@act
def add_post(ask: Ask) -> Response:
    """POST /people/<id>/posts."""
    person, unit, role = _known(ask), ask.session.get(Unit, ask.form.number("unit") or 0), ask.form.get("role")
    if unit is None or role not in set(Role):
        raise Stop(400, "web.stop.broken_form")
    personnel.add_post(ask.session, person, ask.actor, unit=unit, role=Role(role),
                       title=line(ask, "title", needed=True), start=day(ask, "start"), end=day(ask, "end"))  # fmt: skip
    return ask.go(f"/people/{person.id}", done="post_added")


@act
def end_post(ask: Ask) -> Response:
    """POST /people/<id>/posts/<post>/end with the last day."""
    person = person_of(ask)
    post = ask.session.get(Post, ask.number("post"))
    if post is None or post.person_id != person.id:
        raise Stop(404, "web.office.no_post")
    unchanged(ask, person, f"person:{person.id}")
    personnel.end_post(ask.session, post, needed_day(ask, "last"), ask.actor)
    return ask.go(f"/people/{person.id}", done="post_ended")


@act
def add_absence(ask: Ask) -> Response:
    """POST /people/<id>/absences: what it leaves open stands on the page at once."""
    person = _known(ask)
    absences.add(ask.session, person, ask.actor, start=needed_day(ask, "start"), end=needed_day(ask, "end"),
                 deputy_id=ask.form.number("deputy"))  # fmt: skip
    return ask.go(f"/people/{person.id}", done="absence_added")


@act
def end_absence(ask: Ask) -> Response:
    """POST /people/<id>/absences/<absence>/end: back today, or it does not take place."""
    person, absence = person_of(ask), ask.session.get(Absence, ask.number("absence"))
    if absence is None or absence.person_id != person.id:
        raise Stop(404, "web.office.no_absence")
    done = absences.end_early(ask.session, absence, ask.actor)
    return ask.go(f"/people/{person.id}", done="absence_ended" if done else "office_same")


@act
def sign_out(ask: Ask) -> Response:
    """POST /people/<id>/signout."""
    person = person_of(ask)
    personnel.sign_out(ask.session, person, ask.actor)
    return ask.go(f"/people/{person.id}", done="signed_out")


@act
def forget(ask: Ask) -> Response:
    """POST /people/<id>/forget: asks for the person's own id to be typed, since nothing brings it back."""
    person = _known(ask)
    if line(ask, "sure") != person.short_id:
        raise Stop(400, "web.office.not_sure", short_id=person.short_id)
    personnel.forget(ask.session, person, ask.actor)
    return ask.go(f"/people/{person.id}", done="person_erased")


def posts_of(session: Session, person: Person) -> list[Held]:
    """Every post of the person, what is held today first."""
    today = clock.today()
    query = select(Post, Unit).outerjoin(Unit, col(Unit.id) == Post.unit_id).where(Post.person_id == person.id)
    found = [Held(post, unit, (post.valid_to or today) < today, (post.valid_from or today) > today)
             for post, unit in session.exec(query.order_by(col(Post.id)))]  # fmt: skip
    return sorted(found, key=lambda one: (one.over, one.ahead))


def vacant_units(session: Session, units: Sequence[Unit]) -> list[Vacant]:
    """Those of the units that nobody heads today, with who gets what would be the head's."""
    directory, today = Directory(session, clock.today()), clock.today()
    there = {unit.id: unit for unit in units if (unit.valid_to or today) >= today}
    return [Vacant(unit, tuple(acting_for(directory, unit)))
            for unit in there.values() if directory.head(unit.id or 0) is None]  # fmt: skip


def _known(ask: Ask) -> Person:
    """The person, of whom there is still something to change."""
    person = person_of(ask)
    if person.name == personnel.FORGOTTEN:
        raise Stop(409, "web.office.not.forgotten")
    return person


def _title(posts: Sequence[Held]) -> str:
    held = [one.post for one in posts if not one.over and not one.ahead]
    role = standing_role(held)
    return next((post.title for post in held if post.role is role), "")


def _away(session: Session, person: Person) -> list[Away]:
    today, found = clock.today(), []
    for absence in absences.of_person(session, person.id or 0):
        over = absence.end < today
        worries = None if over else absences.worries(session, absence)
        found.append(Away(absence, _name(session, absence.deputy_id), over, worries,
                          tuple(_name(session, one) for one in (worries.deputies if worries else ()))))  # fmt: skip
    return found


def _name(session: Session, person_id: int | None) -> str:
    person = session.get(Person, person_id) if person_id else None
    return person.name if person else ""


def _others(session: Session, person: Person) -> list[Person]:
    """Who may act for the person: everybody else who holds a post."""
    held = select(Post.person_id).where((col(Post.valid_to).is_(None)) | (col(Post.valid_to) >= clock.today()))
    query = select(Person).where(col(Person.id).in_(held), Person.id != person.id)
    return list(session.exec(query.order_by(col(Person.name))))


def _sent(session: Session, person_id: int) -> dict[MessageState, list[Message]]:
    """The messages of the last thirty days by what became of them, at most 200; replies to the person left out."""
    since = clock.now() - LATELY
    query = select(Message).where(Message.person_id == person_id, col(Message.inbox_id).is_(None))
    found: dict[MessageState, list[Message]] = {}
    for message in session.exec(query.where(Message.created_at >= since).order_by(col(Message.id).desc())
                                .limit(MOST_MESSAGES)):  # fmt: skip
        found.setdefault(message.state, []).append(message)
    return found
