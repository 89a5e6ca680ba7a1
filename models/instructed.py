"""A leader's instruction on a draft: kept verbatim, and what a clerk takes of its proposals into the items."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from models import clock, event
from models.assigning import NotConfirmable
from models.confirm import usable_items
from models.directive import Directive, DirectiveState, DraftItem, Instruction
from models.draft_acts import keep_act
from models.moves import Actor
from models.task import TaskClass


@dataclass
class Taken:
    """Labels of the items that changed, and of those whose date could not be set, with why: `later` (it is after the
    date that the text sets), `unknown_due` (that date is not settled yet) or `no_date` (a series, or a duty to follow
    the others up)."""

    changed: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


def enter(session: Session, directive: Directive, leader_id: int, said_on: date, words: str,
          actor: Actor) -> Instruction:  # fmt: skip
    """Keep what a leader wrote on a directive, verbatim, with who and when."""
    made = Instruction(directive_id=directive.id, leader_id=leader_id, said_on=said_on, words=words,
                       entered_by=actor.person_id, entered_at=clock.now())  # fmt: skip
    session.add(made)
    session.flush()
    facts = {"leader": leader_id, "said_on": said_on.isoformat(), "words": words, "instruction": made.id}
    event.record(session, f"directive:{directive.id}", "instruction", actor_id=actor.person_id, facts=facts,
                 channel=actor.channel, directive_id=directive.id, announced=True)  # fmt: skip
    return made


def take(session: Session, directive: Directive, instruction: Instruction, item_ids: Sequence[int], actor: Actor, *,
         unit_ids: Sequence[int] = (), co_unit_ids: Sequence[int] = (), day: date | None = None) -> Taken:  # fmt: skip
    """Set owners, co-operating units and the inner date of these items as the leader's words say.

    The date that a higher authority set is never touched: a day after it is left out. Where the text states no date at
    all, the day becomes the task's date, set by this leader. Done twice it changes nothing. Raises NotConfirmable when
    the directive is no draft any more.
    """
    changed = session.execute(
        update(Directive)
        .where(col(Directive.id) == directive.id, col(Directive.state) == DirectiveState.DRAFT)
        .values(version=Directive.version + 1)
    )
    session.refresh(directive)
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise NotConfirmable(directive.state.value)
    taken = Taken()
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    given = {"given": True, "by": actor.person_id, "instruction": instruction.id}
    for item in usable_items(session, directive.id or 0):
        if item.id not in item_ids:
            continue
        values = _units(item, unit_ids, co_unit_ids, given)
        if day is not None:
            dates, why = _dates(item, day, given | {"leader": instruction.leader_id, "date": day.isoformat()})
            values |= dates | {"answers": {**values.get("answers", item.answers), **dates.get("answers", {})}}
            if why:
                taken.skipped[item.label] = why
        new = {name: value for name, value in values.items() if value != getattr(item, name)}
        if not new:
            continue
        before[str(item.id)], after[str(item.id)] = {name: getattr(item, name) for name in new}, new
        for name, value in new.items():
            setattr(item, name, value)
        item.version += 1
        session.add(item)
        taken.changed.append(item.label)
    _told(session, directive, instruction, taken, before, after, actor)
    return taken


def settled(item: DraftItem, instruction: Instruction, unit_ids: Sequence[int], co_unit_ids: Sequence[int],
            day: date | None) -> bool:  # fmt: skip
    """Does the item stand already as this proposal would set it, or can it not be set?"""
    values = _units(item, unit_ids, co_unit_ids, {})
    if day is not None:
        given = {"leader": instruction.leader_id, "date": day.isoformat()}
        values |= _dates(item, day, given)[0]
    return all(getattr(item, name) == value for name, value in values.items() if name not in ("answers", "review_on"))


def _units(item: DraftItem, unit_ids: Sequence[int], co_unit_ids: Sequence[int],
           given: dict[str, Any]) -> dict[str, Any]:  # fmt: skip
    values: dict[str, Any] = {}
    owners = list(unit_ids) or item.unit_ids
    if unit_ids:
        values = {"unit_ids": owners, "grouped": item.grouped and len(owners) > 1}
        if owners != item.unit_ids or "owner" in item.questions:
            values["answers"] = {**item.answers, "owner": given}
    co = dict.fromkeys([*item.co_unit_ids, *co_unit_ids])
    return values | {"co_unit_ids": [one for one in co if one not in owners]}


def _dates(item: DraftItem, day: date, given: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The columns that the leader's day sets, or why it sets none."""
    if item.task_class in (TaskClass.RECURRING.value, TaskClass.MONITOR.value):
        return {}, "no_date"
    said = item.answers.get("due") if isinstance(item.answers.get("due"), dict) else None
    if item.due_on is None or (said and said.get("leader") and said.get("date") == item.due_on.isoformat()):
        if any(key.startswith("due:") for key in item.questions):
            return {}, "unknown_due"
        return {"due_on": day, "task_class": TaskClass.DATED.value, "review_on": None, "answers": {"due": given}}, ""
    return ({"internal_due": day}, "") if day <= item.due_on else ({}, "later")


def _told(session: Session, directive: Directive, instruction: Instruction, taken: Taken, before: dict[str, Any],
          after: dict[str, Any], actor: Actor) -> None:  # fmt: skip
    """The act in the draft's memory, so that it can be undone, and in the directive's history."""
    if not taken.changed:
        return
    keep_act(session, directive.id or 0, actor, "instruction", before, after)
    facts = {"instruction": instruction.id, "changed": taken.changed, "skipped": taken.skipped}
    event.record(session, f"directive:{directive.id}", "instruction_taken", actor_id=actor.person_id, facts=facts,
                 channel=actor.channel, directive_id=directive.id, announced=True)  # fmt: skip
