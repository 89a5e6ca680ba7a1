"""Read-backs: what would be done is said in full, and done only after 8."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot import deciding, texts
from bot.acts import Act, PromptView, Verb
from bot.orders import deputy_of
from bot.scene import TaskRow
from bot.tell import tell
from bot.turn import Turn
from models import clock
from models.message import Kind
from models.moves import move
from models.report import open_extension
from models.task import DueSetBy

MEANT_WORDS = 3
"""So many words beside codes and numbers are a reason in themselves ("không phải việc của phòng")."""


def read_back(turn: Turn, act: Act) -> None:
    """Ask for 8 or 9; the act waits in the prompt with all that it knows."""
    act = _with_reason(turn, act)
    if act.verb is Verb.NONE:
        _consult(turn, act)
        return
    if act.verb is Verb.ABSENCE:
        _absence(turn, act)
        return
    row = turn.row(act.tasks[0]) if act.tasks else None
    if row is not None and act.verb is Verb.APPROVE and row.due_set_by is DueSetBy.AUTHORITY and not act.product:
        deciding.ask_permit(turn, act, row)
        return
    named = act.date or act.offer
    day = texts.due_words(named, act.time, turn.language) if named else ""
    values: dict[str, Any] = {
        "task": turn.label(row) if row and len(act.tasks) == 1 else texts.codes(act.tasks),
        "unit": turn.unit_name(act.unit) or "",
        "from_unit": row.unit_name if row else "",
        "words": turn.words(act),
        "reason": act.reason or "",
        "day": day,
        "due": turn.text("due", due=day) if act.date else turn.text("due.none"),
        "name": turn.person_name(act.person) or "",
        "stands": turn.due(row) if row else "",
    }
    turn.say(_key(act, row), **values)
    if act.verb in (Verb.SUSPEND, Verb.WITHDRAW, Verb.REFUSE, Verb.REOPEN, Verb.CORRECT) and not act.reason:
        turn.say("confirm.add_reason")
    turn.say("confirm.how")
    turn.ask("confirm", act.tasks, act, taps=(8, 9))


def consulted(turn: Turn, step: PromptView) -> None:
    """The leader asks another leader's opinion: kept on the task, the other is told; the decision stays with him."""
    person = int(str(step.about["consult"]))
    for number in step.tasks:
        row = turn.row(number)
        if row is None:
            continue
        words = str(step.about.get("words") or "")
        move(turn.session, row.id, "instruct", turn.actor(), facts={"words": words, "consult": person})
        asked = open_extension(turn.session, row.id)
        due = texts.due_words(asked.to_due, asked.to_time, turn.language) if asked else turn.text("due.none")
        tell(
            turn.session,
            f"consult:{turn.inbox_id}:{row.id}",
            Kind.EXTENSION_ASKED,
            person,
            "consult",
            task_id=row.id,
            facts={"for_role": "leader"},
            name=turn.speaker.name,
            task=turn.label(row),
            due=due,
        )
        turn.acted.add(number)
        turn.say("consult.done", task=turn.label(row), name=turn.person_name(person) or "")


def _key(act: Act, row: TaskRow | None) -> str:
    if act.verb is Verb.APPROVE and row is not None and row.asked_to is None:
        return "confirm.approve_unasked"
    if act.verb is Verb.REFUSE:
        return "confirm.refuse_to" if act.unit else "confirm.refuse"
    if act.verb is Verb.ACCEPT and act.offer is not None:
        return "confirm.accept_moment"
    if act.verb is Verb.ORDER and act.tasks:
        return "confirm.instruct"
    if act.verb is Verb.ORDER and act.unit is None:
        return "confirm.order_no_unit"
    return f"confirm.{act.verb.value}"


def _with_reason(turn: Turn, act: Act) -> Act:
    """The words of a refusal are its reason, unless they are a bare command ("5", "từ chối NV12")."""
    if act.verb is not Verb.REFUSE or act.reason:
        return act
    said = [word for word in act.words.split() if not any(letter.isdigit() for letter in word)]
    return replace(act, reason=turn.words(act)) if len(said) >= MEANT_WORDS else act


def _absence(turn: Turn, act: Act) -> None:
    absent = act.absent or turn.speaker.id
    start = act.date or clock.today()
    end = act.until or start
    deputy = turn.person_name(act.person or deputy_of(turn, absent)) or turn.text("absence.nobody")
    turn.say(
        "confirm.absence", name=turn.person_name(absent) or "", start=turn.day(start), end=turn.day(end), deputy=deputy
    )
    turn.say("confirm.how")
    turn.ask("confirm", (), replace(act, absent=absent, date=start, until=end), taps=(8, 9))


def _consult(turn: Turn, act: Act) -> None:
    if act.person is None or not act.tasks:
        turn.say("which_act.leader" if turn.speaker.role == "leader" else "which_act.unit")
        return
    turn.say("confirm.consult", task=texts.codes(act.tasks), name=turn.person_name(act.person) or "")
    turn.say("confirm.how")
    turn.ask("confirm", act.tasks, act, taps=(8, 9), special="consult", consult=act.person)
