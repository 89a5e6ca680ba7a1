"""Asking for more time: the date is said back, who decides is said at once, a claim is never a grant."""

from __future__ import annotations

from bot import texts
from bot.acts import Act
from bot.scene import TaskRow
from bot.turn import Turn
from models import extending
from models.report import Extension, open_extension
from models.task import DueSetBy


def extension(turn: Turn, act: Act) -> None:
    """Record a request with its date, or the reason of one that is open."""
    if act.date is None:
        turn.say("ask.extension_date", codes=texts.codes(act.tasks))
        turn.ask("ask_date", act.tasks, act)
        return
    reasonless = []
    for row in turn.named_rows(act):
        with turn.refusing():
            asked = _recorded(turn, act, row)
            turn.acted.add(row.number)
            turn.say(
                "extension.done",
                task=turn.label(row),
                due=texts.due_words(asked.to_due, asked.to_time, turn.language),
                reason=turn.text("extension.reason", reason=asked.reason) if asked.reason else "",
                ordinal=turn.ordinal(asked.ordinal),
            )
            _who_decides(turn, act, row)
            if not asked.reason and act.then not in ("leader", "office"):
                reasonless.append(row.number)
    if reasonless:
        turn.say("ask.extension_reason", codes=texts.codes(reasonless))
        turn.ask("ask_reason", reasonless, act)


def _recorded(turn: Turn, act: Act, row: TaskRow) -> Extension:
    """The same date with a reason completes the open request; another date replaces it."""
    actor = turn.actor_for(act, row)
    open_one = open_extension(turn.session, row.id)
    if open_one is not None and (open_one.to_due, open_one.to_time) == (act.date, act.time) and act.reason:
        extending.add_reason(turn.session, row.id, actor, act.reason)
        return open_one
    assert act.date is not None
    reason = act.reason or (open_one.reason if open_one else None)
    claim = (turn.words(act)) if act.then in ("leader", "office") else None
    return extending.ask_extension(
        turn.session,
        row.id,
        actor,
        act.date,
        to_time=act.time,
        reason=reason,
        claim=claim,
        claim_leader=act.person if act.then == "leader" else None,
    )


def _who_decides(turn: Turn, act: Act, row: TaskRow) -> None:
    """Office, a leader, or nobody here: said at once."""
    if row.due_set_by is DueSetBy.AUTHORITY:
        turn.say(
            "extension.permit" if act.then == "office" else "extension.higher",
            issuer=row.issuer or row.directive or "",
            number=row.directive or "",
        )
    elif act.then == "leader":
        turn.say("extension.claim", **_leader(turn, act.person or row.due_leader_id))
    elif row.due_set_by is DueSetBy.LEADER:
        turn.say("extension.leader", due=turn.due(row), **_leader(turn, row.due_leader_id))
    else:
        turn.say("extension.office", due=turn.due(row))


def _leader(turn: Turn, person_id: int | None) -> dict[str, str]:
    """A leader with title and name, and after that by the title."""
    return {"leader": turn.titled(person_id), "title": turn.title(person_id) or turn.person_name(person_id) or ""}
