"""Answers to questions: who owes what, what a unit has, where a task stands, what can be done here. Changes nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from bot import texts
from bot.acts import Act
from bot.office_acts import tell_office
from bot.scene import TaskRow
from bot.turn import Turn
from models import clock, queries
from models.event import Event
from models.organisation import Unit
from models.owing import Block, Owed, Owing
from models.rules import OFFICE_ZONE
from models.task import OPEN, WITH_UNIT, DueSetBy, State, Task

PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?")
SHOWN = 12
"""Tasks of one block in a chat; the rest is a number."""


def who_owes(turn: Turn, act: Act) -> None:
    """ "Ai còn nợ việc gì": four blocks for leaders and the Office, one's own unit for a head, totals in a group."""
    now = clock.now()
    if turn.incoming.group:
        turn.totals += [_totals(turn, unit_id) for unit_id in turn.hears] or [turn.text("group.unnamed")]
    unit_id = _unit_id(turn, act.unit) if turn.speaker.role in ("office", "leader") else _own_unit(turn)
    _blocks(turn, queries.owed(turn.session, now, unit_id, limit=SHOWN))


def listed(turn: Turn, act: Act) -> None:
    """What a list or a question about a task asks for."""
    period = PERIOD.fullmatch(act.then or "")
    if act.tasks and act.unit is None and period is None and act.then != "unconfirmed":
        for number in act.tasks:
            row = turn.row(number)
            if row is None:
                turn.say("refused.not_yours", code=f"NV{number}")
            else:
                _about(turn, act, row)
        return
    turn.stage.look_at_all()
    rows = [row for row in turn.stage.rows.values() if row.state in OPEN]
    if act.then == "unconfirmed":
        _rows(turn, "list.unconfirmed", [row for row in rows if row.state is State.ASSIGNED])
    elif period is not None:
        start, end = (date.fromisoformat(day) for day in (period.group(1), period.group(2) or period.group(1)))
        inside = [row for row in rows if row.due_on and start <= row.due_on <= end and row.state in WITH_UNIT]
        _rows(turn, "list.week", inside, start=turn.day(start), end=turn.day(end))
    elif act.unit is not None and turn.speaker.role in ("office", "leader"):
        theirs = [row for row in rows if row.unit == act.unit]
        _rows(turn, "list.unit", theirs, unit=turn.unit_name(act.unit) or act.unit)
    else:
        own = [row for row in rows if row.unit_id in turn.speaker.units or row.focal_id == turn.speaker.id]
        everyone = turn.speaker.role in ("office", "leader") and act.then != "own unit"
        _rows(turn, "list.all" if everyone else "list.own", rows if everyone else own, unit=turn.speaker.unit_name)


def document(turn: Turn, row: TaskRow) -> None:
    """The words of the document, and who assigned."""
    task = turn.session.get(Task, row.id)
    assert task is not None
    turn.say(
        "doc",
        task=turn.label(row),
        directive=_directive(turn, row),
        words=task.text or task.title,
        due=turn.due(row),
        setter=_setter(turn, row),
    )


def help_for(turn: Turn, act: Act) -> None:
    """What can be typed here, by role."""
    turn.say(f"help.{turn.speaker.role}")


def greet(turn: Turn, act: Act) -> None:
    """Answer a greeting with what waits."""
    turn.stage.look_at_all()
    waiting = [
        row.number for row in turn.stage.rows.values() if row.unit_id in turn.speaker.units and row.state in WITH_UNIT
    ]
    turn.say("greeting.tasks" if waiting else "greeting", codes=texts.codes(waiting[:SHOWN]), count=len(waiting))


def _about(turn: Turn, act: Act, row: TaskRow) -> None:
    """Where one task stands: state, date, who set it, why it came back, the unit's last word."""
    if act.then == "doc" or act.show == "doc":
        document(turn, row)
        return
    turn.say(
        "about",
        task=turn.label(row),
        unit=row.unit_name,
        state=turn.text(f"state.{row.state.value}"),
        due=turn.due(row),
        setter=_setter(turn, row),
    )
    returned = _returned(turn, row)
    if returned is not None and row.state is State.ACKNOWLEDGED and row.reported_at is None:
        turn.say("about.returned", reason=returned[0], name=returned[1])
    word = queries.last_word(turn.session, row.id)
    if word is not None:
        turn.say("about.word", day=turn.day(word.at.astimezone(OFFICE_ZONE).date()), words=word.words)
    if act.then == "disputed" or act.show == "disputed":
        document(turn, row)
        turn.say("about.disputed")
        tell_office(turn, "disputed", row.id, name=turn.speaker.name, task=turn.label(row), words=turn.words(act))
    elif row.state in WITH_UNIT and row.unit_id in turn.speaker.units:
        known = "next.unit" if row.due_on else "next.standing"
        turn.say(known if row.state is State.ACKNOWLEDGED else "next.assigned")


def _returned(turn: Turn, row: TaskRow) -> tuple[str, str] | None:
    """(reason, by whom) of the last return."""
    query = select(Event).where(Event.task_id == row.id, Event.verb == "return").order_by(col(Event.id).desc()).limit(1)
    found = turn.session.exec(query).first() if row.returns else None
    if found is None:
        return None
    return str((found.facts or {}).get("reason", "")), turn.person_name(found.actor_id) or ""


def _setter(turn: Turn, row: TaskRow) -> str:
    if row.due_on is None:
        return ""
    if row.due_set_by is DueSetBy.AUTHORITY:
        return turn.text("setter.authority", issuer=row.issuer or row.directive or "")
    if row.due_set_by is DueSetBy.LEADER:
        return turn.text("setter.leader", name=turn.person_name(row.due_leader_id) or "")
    return turn.text("setter.office")


def _directive(turn: Turn, row: TaskRow) -> str:
    if row.directive is None:
        return turn.text("doc.none")
    return turn.text("doc.item", number=row.directive, item=row.item) if row.item else row.directive


def _rows(turn: Turn, key: str, rows: Sequence[TaskRow], **values: str) -> None:
    turn.say(key if rows else f"{key}.none", count=len(rows), **values)
    everyone = turn.speaker.role in ("office", "leader")
    for row in sorted(rows, key=lambda one: (one.due_on or date.max, one.number))[:SHOWN]:
        turn.say(
            "list.line.unit" if everyone else "list.line",
            task=turn.label(row),
            due=turn.due(row),
            unit=row.unit_name,
            state=turn.text(f"state.{row.state.value}"),
        )
    if len(rows) > SHOWN:
        turn.say("list.more", count=len(rows) - SHOWN)


def _blocks(turn: Turn, owed: Owed) -> None:
    lines = turn.lines
    now = texts.moment(clock.now(), turn.language)
    lines.append(turn.text("owed.head", at=now))
    for key, block in (("overdue", owed.overdue), ("due_today", owed.due_today), ("unconfirmed", owed.unconfirmed)):
        lines.append(turn.text(f"owed.{key}", count=f"{block.total:02d}"))
        lines.extend(_owing(turn, key, one) for one in block.tasks)
    for key, block in (
        ("for_office", owed.for_office),
        ("for_signature", owed.for_signature),
        ("for_co_unit", owed.for_co_unit),
    ):
        lines.append(turn.text(f"owed.{key}", count=f"{block.total:02d}", tasks=_named(block)))
    lines.append(turn.text("owed.not_owed"))
    if turn.speaker.role in ("office", "leader"):
        lines.append(turn.text("owed.next"))


def _owing(turn: Turn, key: str, one: Owing) -> str:
    word = (
        turn.text("owed.word", day=f"{one.word.at.astimezone(OFFICE_ZONE):%d/%m}", words=one.word.words)
        if one.word
        else turn.text("owed.no_word")
    )
    due = texts.due_words(one.due_on, one.due_time, turn.language) if one.due_on else turn.text("due.none")
    return turn.text(
        f"owed.line.{key}",
        unit=one.unit_name,
        code=one.code,
        title=one.title,
        due=due,
        days=f"{one.days:02d}",
        assigned=turn.day(one.assigned_on),
        reminded=len(one.reminded),
        word=word,
    )


def _named(block: Block) -> str:
    return f": {', '.join(f'{one.code} ({one.unit})' for one in block.tasks)}" if block.tasks else ""


def _totals(turn: Turn, unit_id: int | None) -> str:
    """What a group hears: the figures of its own unit, or of the whole office."""
    owed = queries.owed(turn.session, clock.now(), unit_id, limit=0)
    unit = turn.session.get_one(Unit, unit_id).name if unit_id is not None else ""
    return turn.text(
        "group.totals" if unit else "owed.totals",
        unit=unit,
        at=texts.moment(clock.now(), turn.language),
        overdue=owed.overdue.total,
        due_today=owed.due_today.total,
        unconfirmed=owed.unconfirmed.total,
        waiting=owed.for_office.total + owed.for_signature.total + owed.for_co_unit.total,
    )


def _unit_id(turn: Turn, code: str | None) -> int | None:
    if code is None:
        return None
    return turn.session.exec(select(Unit.id).where(Unit.code == code, col(Unit.valid_to) == None)).first()  # noqa: E711


def _own_unit(turn: Turn) -> int:
    """A head sees his own unit; somebody without one sees nothing."""
    return turn.speaker.units[0] if turn.speaker.units else 0
