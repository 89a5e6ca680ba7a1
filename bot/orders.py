"""Leaders' instructions and orders, tasks assigned by hand, and who is away."""

from __future__ import annotations

import hashlib
import re

from sqlmodel import col, select

from bot import texts
from bot.acts import Act
from bot.office_acts import tell_office
from bot.turn import Turn
from models import clock, event
from models.capacity import forget_posts
from models.confirm import Order, assign
from models.directive import Directive, DraftItem, Instruction
from models.moves import move
from models.organisation import Absence, Department, Unit
from models.recipients import Directory
from models.task import TaskClass

LONGEST_TITLE = 160


def instruct(turn: Turn, act: Act) -> None:
    """A leader's words on a task: into the history, to its head."""
    words = turn.words(act)
    for row in turn.named_rows(act):
        with turn.refusing():
            move(turn.session, row.id, "instruct", turn.actor(), facts={"words": words})
            turn.session.add(
                Instruction(
                    task_id=row.id,
                    leader_id=turn.actor().person,
                    said_on=clock.today(),
                    words=words,
                    entered_by=turn.speaker.id,
                    entered_at=clock.now(),
                )
            )
            turn.acted.add(row.number)
            turn.say("instruct.done", task=turn.label(row), unit=row.unit_name, words=words)
    turn.session.flush()


def order(turn: Turn, act: Act) -> None:
    """A new order becomes a draft on the Office's review page, never a task at once; the Office is told."""
    if act.tasks:  # "đưa việc này vào giao ban": words on a task that there is
        instruct(turn, act)
        return
    words = turn.words(act)
    directive_id = _draft(turn, act, words)
    turn.session.add(
        Instruction(
            directive_id=directive_id,
            leader_id=turn.actor().person,
            said_on=clock.today(),
            words=words,
            entered_by=turn.speaker.id,
            entered_at=clock.now(),
        )
    )
    turn.session.flush()
    event.record(
        turn.session,
        f"directive:{directive_id}",
        "ordered",
        actor_id=turn.speaker.id,
        channel=turn.channel,
        facts={"words": words},
        directive_id=directive_id,
        announced=True,
    )
    tell_office(turn, "order", None, name=turn.speaker.name, title=turn.speaker.title, words=words)
    turn.say("order.done", words=words)


def _draft(turn: Turn, act: Act, words: str) -> int:
    """The order as a document of its own with one item, for the Office to check; its id."""
    office = turn.session.get(Department, 1)
    directive = Directive(
        sha256=hashlib.sha256(f"chat:{turn.inbox_id}:{turn.at.isoformat()}:{words}".encode()).hexdigest(),
        source="chat",
        kind="other",
        issued_on=clock.today(),
        subject=words[:LONGEST_TITLE],
        issuer=office.name if office else None,
        signer=turn.speaker.name,
        text=words,
        received_on=clock.today(),
        registered_by=turn.speaker.id,
        registered_at=clock.now(),
    )
    turn.session.add(directive)
    turn.session.flush()
    unit_id = _unit_id(turn, act.unit)
    item = DraftItem(
        directive_id=directive.id or 0,
        position=1,
        text=words,
        title=_title(turn, act),
        ours=True,
        unit_ids=[unit_id] if unit_id else [],
        task_class=(TaskClass.DATED if act.date else TaskClass.STANDING).value,
        due_on=act.date,
        due_time=act.time,
        questions={} if unit_id else {"owner": turn.text("order.owner")},
    )
    turn.session.add(item)
    return directive.id or 0


def assign_by_hand(turn: Turn, act: Act) -> None:
    """The Office makes a task without a document, after the read-back."""
    unit_id = _unit_id(turn, act.unit)
    if unit_id is None:
        turn.say("assign.no_unit")
        return
    title = _title(turn, act)
    kind = TaskClass.DATED if act.date else TaskClass.STANDING
    made = assign(
        turn.session, Order(title, turn.words(act), (unit_id,), kind, due_on=act.date, due_time=act.time), turn.actor()
    )
    for task in made:
        turn.acted.add(task.number)
        due = (
            turn.text("due", due=texts.due_words(task.due_on, task.due_time, turn.language))
            if task.due_on
            else turn.text("due.none")
        )
        turn.say("assign.done", code=task.code, title=task.title, unit=turn.unit_name(act.unit) or "", due=due)


def absence(turn: Turn, act: Act) -> None:
    """Record who is away and who stands in: one's own, or another's by the Office."""
    person_id = act.absent or turn.speaker.id
    start, end = act.date or clock.today(), act.until or act.date
    if person_id is None or end is None or end < start:
        turn.say("absence.dates")
        return
    if person_id != turn.speaker.id and turn.speaker.role != "office":
        turn.say("absence.not_yours")
        return
    deputy = act.person or deputy_of(turn, person_id)
    turn.session.add(Absence(person_id=person_id, start=start, end=end, deputy_id=deputy))
    turn.session.flush()
    forget_posts(turn.session)
    facts = {"start": start.isoformat(), "end": end.isoformat(), "deputy": deputy, "words": turn.words(act)}
    event.record(
        turn.session,
        f"person:{person_id}",
        "absent",
        actor_id=turn.speaker.id,
        channel=turn.channel,
        facts=facts,
        announced=True,
    )
    turn.say(
        "absence.done",
        name=turn.person_name(person_id) or turn.speaker.name,
        start=turn.day(start),
        end=turn.day(end),
        deputy=turn.person_name(deputy) or turn.text("absence.nobody"),
    )


def deputy_of(turn: Turn, person_id: int | None) -> int | None:
    """The deputy of an absent head's unit, who acts when nobody else is named."""
    person = next((one for one in turn.stage.named.people if one.id == person_id), None)
    unit_id = _unit_id(turn, person.unit) if person else None
    deputy = Directory(turn.session, clock.today()).deputy(unit_id) if unit_id else None
    return deputy if deputy != person_id else None


def _title(turn: Turn, act: Act) -> str:
    """What is to be done: the words without "giao" and the unit's name in front."""
    words = turn.words(act)
    rest = re.sub(r"(?i)^\s*(?:đề nghị\s+)?(?:giao|phân công)\s+(?:cho\s+)?", "", words)
    unit = next((one for one in turn.stage.named.units if one.code == act.unit), None)
    for name in sorted((unit.code, unit.name, *unit.aliases) if unit else (), key=len, reverse=True):
        if rest != words and rest.casefold().startswith(f"{name.casefold()} "):
            rest = rest[len(name) + 1 :]
            break
    return f"{rest[:1].upper()}{rest[1:]}"[:LONGEST_TITLE]


def _unit_id(turn: Turn, code: str | None) -> int | None:
    if code is None:
        return None
    return turn.session.exec(select(Unit.id).where(Unit.code == code, col(Unit.valid_to) == None)).first()  # noqa: E711
