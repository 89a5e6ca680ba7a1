"""What the pages of this room share: who may, the fields of forms, and refusals of the models as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from sqlmodel import Session, col, func, select
from starlette.responses import Response

from models.event import Event
from models.indicator import Indicator
from models.inserting import looked_up
from models.organisation import Person, Post, Role, Unit
from models.organising import NotPossible, held_on
from models.recipients import Directory
from web.asking import Ask, Page, Stop
from web.guards import for_office_and_admin
from web.task.acts import day
from web.words import day_words, moment_words

LONGEST = 300
"""Letters of a line that is typed here."""
MOST_LINES = 20
HISTORY = 30


@dataclass(frozen=True)
class Done:
    """One line of a history."""

    at: datetime
    verb: str
    who: str
    facts: Mapping[str, Any]


def act(answer: Page) -> Page:
    """A page that changes something: for the Office and the administrator; what is not possible is one sentence."""

    @wraps(answer)
    def page(ask: Ask) -> Response:
        for_office_and_admin(ask)
        return refused(answer)(ask)

    return page


def refused(answer: Page) -> Page:
    """A page whose refusals by the models become sentences; who may is its own business."""

    @wraps(answer)
    def page(ask: Ask) -> Response:
        try:
            return answer(ask)
        except NotPossible as error:
            raise Stop(409, f"web.office.not.{error.why}", **said(ask, error.values)) from error

    return page


def said(ask: Ask, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a refusal as people write them."""
    return {name: day_words(value, ask.language) if isinstance(value, date) else value
            for name, value in values.items()}  # fmt: skip


def line(ask: Ask, name: str, needed: bool = False) -> str:
    """One line of text, blanks within it single. Raises Stop when it is missing or longer than is kept."""
    given = " ".join(ask.form.get(name).split())
    called = f"web.office.field.{name.rstrip('0123456789')}"  # of several alike each bears its number
    if needed and not given:
        raise Stop(400, "web.stop.field_missing", field=ask.text(called))
    if len(given) > LONGEST:
        raise Stop(400, "web.stop.field_long", field=ask.text(called))
    return given


def lines(ask: Ask, name: str) -> list[str]:
    """The lines of a field, each once."""
    found = [" ".join(one.split()) for one in ask.form.get(name).split("\n")]
    if len(found) > MOST_LINES or any(len(one) > LONGEST for one in found):
        raise Stop(400, "web.stop.field_long", field=ask.text(f"web.office.field.{name}"))
    return list(dict.fromkeys(one for one in found if one))


def needed_day(ask: Ask, name: str) -> date:
    """A date that must be given."""
    given = day(ask, name)
    if given is None:
        raise Stop(400, "web.stop.field_missing", field=ask.text(f"web.office.field.{name}"))
    return given


def ids(ask: Ask, name: str) -> list[int]:
    """Whole numbers that were ticked."""
    return [int(one) for one in ask.form.all(name) if one.isascii() and one.isdecimal() and len(one) < 10]


def history_of(ask: Ask, subject: str) -> list[Done]:
    """What was done to a subject, the latest first."""
    query = (
        select(Event, Person.name)
        .outerjoin(Person, col(Person.id) == Event.actor_id)
        .where(Event.subject == subject)
        .order_by(col(Event.seq).desc())
        .limit(HISTORY)
    )
    found = ask.session.exec(query).all()
    units = looked_up(ask.session, Unit, {_number(one, "unit", "unit_id", "owner") for one, _ in found})
    people = looked_up(ask.session, Person, {_number(one, "deputy", "leader_id", "leader") for one, _ in found})
    done = []
    for one, name in found:
        unit = units.get(_number(one, "unit", "unit_id", "owner"))
        person = people.get(_number(one, "deputy", "leader_id", "leader"))
        named = {"in_unit": unit.name} if unit is not None and subject != f"unit:{unit.id}" else {}
        named |= {"who": person.name} if person is not None else {}
        done.append(Done(one.at, one.verb, name or "", (one.facts or {}) | named))
    return done


def so_far(ask: Ask, subject: str) -> int:
    """How much has happened to a subject: what a form of its page carries along as `seen`."""
    return ask.session.exec(select(func.max(Event.seq)).where(Event.subject == subject)).one() or 0


def unchanged(ask: Ask, row: Unit | Person | Indicator, subject: str) -> None:
    """Raise Stop if anything has happened since the page of this form was made: it comes back with what was typed and
    the history, and the person decides. The row is locked, so that nothing happens from here on either."""
    seen = ask.form.number("seen")
    if seen is None:
        return
    ask.session.refresh(row, with_for_update=True)
    if so_far(ask, subject) == seen:
        return
    last = history_of(ask, subject)[0]
    raise Stop(409, "web.office.changed", who=last.who or "–", at=moment_words(last.at, ask.language))


def _number(happened: Event, *names: str) -> int | None:
    """The first of these facts that is the id of a row."""
    facts = happened.facts or {}
    return next((facts[name] for name in names if isinstance(facts.get(name), int)), None)


def heads_on(session: Session, on: date) -> dict[int, Person]:
    """Unit → its head on a day, in one question."""
    query = select(Post.unit_id, Person).join(Person, col(Person.id) == Post.person_id)
    held = session.exec(query.where(Post.role == Role.HEAD, *held_on(on)).order_by(col(Post.id).desc()))
    return {unit: person for unit, person in held if unit is not None}  # of two the first post comes last


def acting_for(directory: Directory, unit: Unit) -> list[str]:
    """Names of those who get what is meant for the unit's head when it is not the head."""
    told = directory.for_head(unit.id or 0)
    if told and told[0].why is None:
        return []
    people = [directory.session.get(Person, one.person_id) for one in told]
    return [person.name for person in people if person is not None]
