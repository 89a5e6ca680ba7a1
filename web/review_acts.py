"""What the review page does: keep the Office's work on a draft, record a leader's instruction, assign."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import update
from sqlmodel import col
from starlette.responses import Response

from models import clock, event
from models.confirm import confirm, items_of
from models.directive import Directive, DirectiveState, DraftItem, Instruction
from models.recipients import Directory
from models.task import TaskClass
from web.asking import Ask, Stop
from web.directives import directive_asked_for, for_office
from web.task_acts import day, hour
from web.task_page import units_today
from web.uploads import whole_number


def save(ask: Ask) -> Response:
    """POST /directives/<id>/review: everything typed is kept; with `assign`, the tasks are made in the same step.

    `assign=waive` waives what is still open in this person's name; review dates then stand by default.
    """
    directive = _draft(ask)
    changed = _keep(ask, directive)
    if ask.form.get("assign"):
        confirm(ask.session, directive.id or 0, ask.actor, waive=ask.form.get("assign") == "waive")
        return ask.go(f"/directives/{directive.id}/review", done="assigned")
    return ask.go(f"/directives/{directive.id}/review", done="saved" if changed else "same")


def instruct(ask: Ask) -> Response:
    """POST /directives/<id>/instruction: what a leader wrote on it, verbatim, with who and when."""
    directive = directive_asked_for(ask)
    if not (ask.me.office or ask.me.leader):
        raise Stop(403, "web.stop.office_does")
    words, said_on, leader = ask.form.get("words"), day(ask, "said_on") or clock.today(), ask.form.number("leader")
    if not words or leader not in Directory(ask.session, clock.today()).leaders():
        raise Stop(400, "web.stop.instruction_empty")
    if not ask.me.office and leader != ask.me.id:
        raise Stop(403, "web.stop.own_words")
    if said_on > clock.today():
        raise Stop(400, "web.stop.said_later")
    ask.session.add(Instruction(directive_id=directive.id, leader_id=leader, said_on=said_on, words=words,
                                entered_by=ask.me.id, entered_at=clock.now()))  # fmt: skip
    ask.session.flush()
    facts = {"leader": leader, "said_on": said_on.isoformat(), "words": words}
    event.record(ask.session, f"directive:{directive.id}", "instruction", actor_id=ask.me.id, facts=facts,
                 channel=ask.actor.channel, directive_id=directive.id, announced=True)  # fmt: skip
    return ask.go(f"/directives/{directive.id}/review", done="instruction")


def _draft(ask: Ask) -> Directive:
    """The draft, taken in the version that the form was made from. Raises Stop when somebody has saved since."""
    for_office(ask)
    directive = directive_asked_for(ask)
    if directive.state is not DirectiveState.DRAFT:
        raise Stop(409, "web.stop.not_draft")
    changed = ask.session.execute(
        update(Directive)
        .where(col(Directive.id) == directive.id, col(Directive.version) == (ask.form.number("version") or 0))
        .values(version=Directive.version + 1)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Stop(409, "web.stop.draft_changed")
    ask.session.refresh(directive)
    return directive


def _keep(ask: Ask, directive: Directive) -> list[str]:
    """Write what was typed; the names of what changed stand in the directive's history."""
    changed = _keep_header(ask, directive)
    for item in items_of(ask.session, directive.id or 0):
        if f"i{item.id}.title" not in ask.form.fields:
            continue  # the form did not show it: an input that was not sent says nothing
        values = _columns(ask, item)
        different = [name for name, value in values.items() if value != getattr(item, name)]
        for name in different:
            setattr(item, name, values[name])
        if different:
            item.version += 1
            ask.session.add(item)
            changed += [f"{item.label}.{name}" for name in different]
    ask.session.flush()
    if changed:
        event.record(ask.session, f"directive:{directive.id}", "draft_saved", actor_id=ask.me.id,
                     facts={"changed": changed}, channel=ask.actor.channel,
                     directive_id=directive.id, announced=True)  # fmt: skip
    return changed


def _keep_header(ask: Ask, directive: Directive) -> list[str]:
    """The document's own data and its arrival, put right where it was read wrongly or not at all."""
    if "arrival_number" not in ask.form.fields:
        return []
    values: dict[str, Any] = {
        "arrival_number": ask.form.get("arrival_number") or None,
        "received_on": day(ask, "received_on") or directive.received_on,
        "number": ask.form.get("number") or None,
        "issued_on": day(ask, "issued_on"),
        "issuer": ask.form.get("issuer") or None,
        "from_above": bool(ask.form.get("from_above")),
    }
    different = [name for name, value in values.items() if value != getattr(directive, name)]
    for name in different:
        setattr(directive, name, values[name])
    ask.session.add(directive)
    ask.session.flush()
    return different


def _columns(ask: Ask, item: DraftItem) -> dict[str, Any]:
    """The columns of an item as typed. Raises Stop for a date that cannot be."""
    form, name = ask.form, f"i{item.id}."
    known = {unit.id for unit in units_today(ask)}
    owners = [unit for one in form.all(name + "owner") if (unit := whole_number(one)) in known and unit]
    task_class = form.get(name + "class")
    due, internal = day(ask, name + "due"), day(ask, name + "internal")
    if internal is not None and due is not None and internal > due:
        raise Stop(409, "web.stop.internal_late", item=item.label)
    values: dict[str, Any] = {
        "title": form.get(name + "title") or item.title,
        "unit_ids": owners,
        "co_unit_ids": [
            unit for one in form.all(name + "co") if (unit := whole_number(one)) in known - set(owners) and unit
        ],
        "task_class": task_class if task_class in _classes(item) else item.task_class,
        "due_on": due,
        "due_time": hour(ask, name + "time"),
        "internal_due": internal,
        "review_on": day(ask, name + "review"),
        "deliverables": [line.strip() for line in form.get(name + "deliverables").split("\n") if line.strip()],
        "dropped": bool(form.get(name + "dropped")),
        "ours": True if form.get(name + "take") else item.ours,
    }
    if due is not None and values["task_class"] == TaskClass.STANDING:
        values["task_class"] = TaskClass.DATED.value  # a date was given: the words "thường xuyên" no longer say when
    values["answers"] = _answers(ask, item, owners, due)
    return values


def _classes(item: DraftItem) -> set[str]:
    """Only an item with a stated day can be a series."""
    return {one.value for one in TaskClass if one is not TaskClass.RECURRING or item.recurrence is not None}


def _answers(ask: Ask, item: DraftItem, owners: list[int], due: date | None) -> dict[str, Any]:
    """A question is closed by what it asked for, by an answer in words, or by a waiver in this person's name."""
    found: dict[str, Any] = {}
    for key in item.questions:
        words = ask.form.get(f"i{item.id}.answer.{key}")
        before = item.answers.get(key, {})
        if words:
            found[key] = before if before.get("answer") == words else {"answer": words, "by": ask.me.id}
        elif ask.form.get(f"i{item.id}.waive.{key}"):
            found[key] = before if "waived_by" in before else {"waived_by": ask.me.id}
        elif (key == "owner" and owners) or (key == "due" and due is not None):
            found[key] = before if "given" in before else {"given": True, "by": ask.me.id}
    return found
