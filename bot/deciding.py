"""Requests for more time, decided by whoever set the date, or passed on with the Office's opinion."""

from __future__ import annotations

import re

from bot import texts
from bot.acts import Act
from bot.scene import TaskRow
from bot.turn import Turn
from models import extending
from models.handling import BadDate
from models.report import Extension, open_extension
from models.task import DueSetBy, Task

_PASSED_ON = re.compile(r"(?i)\A\s*(?:8|chuyển|chuyen|trình|trinh)?(?:\s*(?:nv\s?\d+|,|và|va|;))*\s*[:,\-–]*\s*")

def approve(turn: Turn, act: Act) -> None:
    """Grant the open request, with the decider's own date if he names one, or move the date without a request."""
    for row in turn.named_rows(act):
        with turn.refusing():
            asked = open_extension(turn.session, row.id)
            due = act.date or (asked.to_due if asked else None)
            if due is None:
                raise BadDate("extend", turn.session.get(Task, row.id), why="no_request")
            if row.due_set_by is DueSetBy.AUTHORITY and not act.product:
                ask_permit(turn, act, row)
                return
            _grant(turn, act, row, asked)


def ask_permit(turn: Turn, act: Act, row: TaskRow) -> None:
    """A higher authority's date moves only by its own document: which one?"""
    if turn.speaker.role == "leader":
        turn.say("refused.not_ours", code=f"NV{row.number}")
        return
    turn.say("ask.permit", task=turn.label(row))
    turn.ask("ask_product", (row.number,), act)


def _grant(turn: Turn, act: Act, row: TaskRow, asked: Extension | None) -> None:
    due = act.date or (asked.to_due if asked else None)
    assert due is not None
    at = act.time or (asked.to_time if asked and not act.date else None)
    permit = _permit(turn, act) if row.due_set_by is DueSetBy.AUTHORITY else None
    task = extending.extend(turn.session, row.id, turn.actor(), due, due_time=at, permit=permit, words=turn.words(act))
    turn.acted.add(row.number)
    turn.say(
        "extension.granted",
        task=turn.label(row),
        due=texts.due_words(due, at, turn.language),
        ordinal=turn.ordinal(task.extensions),
        original=turn.day(task.original_due or due),
        permit=turn.text("extension.by_permit", permit=permit) if permit else "",
    )


def deny(turn: Turn, act: Act) -> None:
    """Decline the open request; the date stands."""
    for row in turn.named_rows(act):
        with turn.refusing():
            extending.decline(turn.session, row.id, turn.actor(), act.reason or turn.words(act))
            turn.acted.add(row.number)
            turn.say("extension.declined", task=turn.label(row), due=turn.due(row))


def forward(turn: Turn, act: Act) -> None:
    """The Office passes a request to the leader who set the date."""
    for row in turn.named_rows(act):
        with turn.refusing():
            extending.forward(turn.session, row.id, turn.actor(), _opinion(act.reason or turn.words(act)))
            turn.acted.add(row.number)
            leader = turn.person_name(row.due_leader_id) or turn.person_name(row.leader_id) or ""
            turn.say("extension.forwarded", task=turn.label(row), name=leader)


def _opinion(words: str) -> str:
    """What the Office thinks of it: the words without those that only pass it on ("chuyển NV9: …", "8 NV9 …")."""
    return _PASSED_ON.sub("", words).strip()


def _permit(turn: Turn, act: Act) -> str:
    """The permitting document's number and date, as they were said."""
    day = act.until if act.date_kind != "product" else act.date
    return f"{act.product} ({texts.day(day, turn.language)})" if day else str(act.product)
