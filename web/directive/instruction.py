"""What leaders wrote on a directive: entered verbatim with a photo, shown with what it proposes; and what the whole
document asks. Nothing is set before the clerk presses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select
from starlette.responses import Response

import instructing
import intake
import remembering
from models import clock, event, instructed
from models.confirm import NotConfirmable, usable_items
from models.directive import Directive, DirectiveState, DraftItem, Instruction
from models.discarding import discard
from models.organisation import Person, Role, Unit
from models.recipients import Directory
from models.remembered import RememberedName
from models.report import Evidence
from web import evidence
from web.asking import Ask, Stop
from web.directive.directives import directive_asked_for
from web.guards import for_office
from web.task.acts import day
from web.task.view import name_of

LONGEST_WORDS = 2000
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Offer:
    """One proposal as it is shown: units by name, each item with whether it is ticked at first. `done`: it has been
    taken into every item that it fits."""

    number: int
    words: str
    leads: Sequence[str]
    co: Sequence[str]
    day: Any
    day_words: str
    labels: Sequence[str]
    items: Sequence[tuple[DraftItem, bool]]
    done: bool


@dataclass(frozen=True)
class Said:
    """An instruction with who said it, its photos and what it proposes."""

    row: Instruction
    leader: str
    photos: Sequence[Evidence]
    offers: Sequence[Offer]


@dataclass(frozen=True)
class Section:
    """All that review_instruction.html shows. `typed`: what a refused form held."""

    directive: Directive
    draft: bool
    said: Sequence[Said]
    leaders: Sequence[Person]
    can_enter: bool
    can_take: bool
    today: Any
    typed: dict[str, str]
    remembered: Sequence[tuple[RememberedName, str, str]]


def section(ask: Ask, directive: Directive) -> dict[str, Any]:
    """What the review page needs for review_instruction.html, under the one key `instructing`."""
    draft = directive.state is DirectiveState.DRAFT
    can_enter = (ask.me.office or ask.me.leader) and directive.state is not DirectiveState.DISCARDED
    rows = instructing.instructions_on(ask.session, directive.id or 0)
    items = usable_items(ask.session, directive.id or 0) if draft and rows else []
    units = _unit_names(ask) if rows else {}
    photos = _photos(ask, [one.id or 0 for one in rows])
    said = [Said(one, name_of(ask, one.leader_id), photos.get(one.id or 0, ()), _offers(ask, one, items, units))
            for one in rows]  # fmt: skip
    return {"instructing": Section(directive, draft, said, _leaders(ask) if can_enter else [], can_enter,
                                   draft and ask.me.office, clock.today(), ask.form.flat() if ask.error else {},
                                   _remembered(ask, directive))}  # fmt: skip


def enter(ask: Ask) -> Response:
    """POST /directives/<id>/instruction: what a leader wrote on it, verbatim, with who, when and photos."""
    directive = directive_asked_for(ask)
    if not (ask.me.office or ask.me.leader):
        raise Stop(403, "web.stop.office_does")
    if directive.state is DirectiveState.DISCARDED:
        raise Stop(409, "web.stop.not_draft")
    words, said_on, leader = ask.form.get("words"), day(ask, "said_on") or clock.today(), ask.form.number("leader")
    if not words or leader not in Directory(ask.session, clock.today()).leaders():
        raise Stop(400, "web.stop.instruction_empty")
    if not ask.me.office and leader != ask.me.id:
        raise Stop(403, "web.stop.own_words")
    if said_on > clock.today():
        raise Stop(400, "web.stop.said_later")
    if len(words) > LONGEST_WORDS:
        raise Stop(400, "web.stop.field_long", field=ask.text("web.field.instruction"))
    if intake.bears_mark(words):
        raise Stop(400, "web.stop.secret_file")
    files = evidence.taken(ask, ask.form.files)
    made = instructed.enter(ask.session, directive, leader, said_on, words, ask.actor)
    for photo in evidence.keep(ask, files):
        photo.instruction_id = made.id
        ask.session.add(photo)
    ask.session.flush()
    return ask.go(f"/directives/{directive.id}/review", done="instruction")


def take(ask: Ask) -> Response:
    """POST /directives/<id>/instruction/<one>/take: one proposal, for the ticked items or (`all`) for every one."""
    for_office(ask)
    directive = directive_asked_for(ask)
    row = ask.session.get(Instruction, ask.number("one"))
    number = ask.form.number("number")
    if row is None or row.directive_id != directive.id or number is None:
        raise Stop(404, "web.stop.broken_form")
    found = next((one for one in instructing.proposals(ask.session, row) if one.number == number), None)
    if found is None:
        raise Stop(409, "web.stop.proposal_gone")
    usable = usable_items(ask.session, directive.id or 0)
    chosen = [item.id or 0 for item in usable if ask.form.get("all") or str(item.id) in ask.form.all("item")]
    if not chosen:
        raise Stop(400, "web.stop.no_item_chosen")
    taken = instructed.take(ask.session, directive, row, chosen, ask.actor, unit_ids=found.unit_ids,
                            co_unit_ids=found.co_unit_ids, day=found.day)  # fmt: skip
    if taken.skipped and not taken.changed:
        why = next(iter(taken.skipped.values()))
        raise Stop(409, f"web.stop.instruction_{why}", items=", ".join(taken.skipped))
    done = "instruction_partly" if taken.skipped else "instruction_taken" if taken.changed else "same"
    return ask.go(f"/directives/{directive.id}/review", done=done)


def answer(ask: Ask) -> Response:
    """POST /directives/<id>/whole: what the document as a whole asks. Yes: it may be handled here; no: the draft is
    thrown away with its texts."""
    for_office(ask)
    directive = directive_asked_for(ask)
    key, said = ask.form.get("key"), ask.form.get("answer")
    if key not in directive.questions or said not in (YES, NO):
        raise Stop(400, "web.stop.broken_form")
    if directive.state is not DirectiveState.DRAFT:
        raise NotConfirmable(directive.state.value)
    if said == NO:
        discard(ask.session, directive.id or 0, ask.actor, key)
        return ask.go("/directives", done="discarded")
    if key not in directive.answers:
        directive.answers = {**directive.answers, key: {"answer": YES, "by": ask.me.id}}
        directive.version += 1
        ask.session.add(directive)
        ask.session.flush()
        event.record(ask.session, f"directive:{directive.id}", "question_answered", actor_id=ask.me.id,
                     facts={"question": key, "answer": said}, channel=ask.actor.channel,
                     directive_id=directive.id, announced=True)  # fmt: skip
    return ask.go(f"/directives/{directive.id}/review", done="answered")


def assigned(ask: Ask, directive_id: int) -> None:
    """After a draft has become tasks: remember the names that were corrected in it, for its issuer's next document."""
    remembering.remember(ask.session, directive_id, intake.office_names(ask.session), ask.actor)


def _offers(ask: Ask, row: Instruction, items: Sequence[DraftItem], units: dict[int, str]) -> list[Offer]:
    if not items:
        return []
    return [
        Offer(one.number, one.words, [units.get(unit, "?") for unit in one.unit_ids],
              [units.get(unit, "?") for unit in one.co_unit_ids], one.day, one.day_words, one.labels,
              [(item, one.fits(item)) for item in items],
              all(instructed.settled(item, row, one.unit_ids, one.co_unit_ids, one.day)
                  for item in items if one.fits(item)))
        for one in instructing.proposals(ask.session, row)
    ]  # fmt: skip


def _photos(ask: Ask, ids: Sequence[int]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = {}
    if ids:
        query = select(Evidence).where(col(Evidence.instruction_id).in_(ids)).order_by(col(Evidence.id))
        for one in ask.session.exec(query):
            found.setdefault(one.instruction_id or 0, []).append(one)
    return found


def _leaders(ask: Ask) -> list[Person]:
    if not ask.me.office:
        return [ask.me.person] if Role.LEADER in ask.me.roles else []
    return [ask.session.get_one(Person, one) for one in Directory(ask.session, clock.today()).leaders()]


def _unit_names(ask: Ask) -> dict[int, str]:
    return {unit.id: unit.name for unit in ask.session.exec(select(Unit)) if unit.id is not None}


def _remembered(ask: Ask, directive: Directive) -> list[tuple[RememberedName, str, str]]:
    """Earlier corrections for this issuer that this reading went by: row, units' names, who made it."""
    items = directive.reading.get("items") or []
    if not directive.issuer or not items or not ask.me.sees_all:
        return []
    rows = remembering.listed(ask.session, directive.issuer)
    if not rows:
        return []
    said = {words for item in ask.session.exec(select(DraftItem).where(DraftItem.directive_id == directive.id))
            for words in item.reading.get("remembered", ())}  # fmt: skip
    used = {remembering.key(words) for words in said}
    units = _unit_names(ask)
    return [(row, ", ".join(units.get(unit, "?") for unit in row.unit_ids), name_of(ask, row.person_id))
            for row in rows if row.words in used]  # fmt: skip
