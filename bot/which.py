"""Which task, which act: asked when the words leave it open, with the tasks and the numbers to choose from."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col

from bot import showing, texts
from bot.acts import Act, Verb
from bot.prompts import MESSAGE_KINDS
from bot.turn import Turn
from models.report import Evidence, current_report
from models.task import WITH_UNIT, State, TaskClass

NUMBER = {
    Verb.ACKNOWLEDGE: 1,
    Verb.REPORT: 2,
    Verb.PROGRESS: 3,
    Verb.EXTENSION: 4,
    Verb.REFUSE: 5,
    Verb.ACCEPT: 8,
    Verb.RETURN: 9,
    Verb.APPROVE: 8,
    Verb.DENY: 9,
    Verb.LIST: 0,
}
MOST = 8
"""Tasks offered when it must be asked which one."""


def offered(turn: Turn, act: Act) -> tuple[int, ...]:
    """The tasks among which it must be asked: those of the act, of the last message, else all that it fits."""
    if act.tasks:
        return act.tasks
    for prompt in reversed(turn.prompts):
        if prompt.kind in MESSAGE_KINDS and prompt.tasks and len(turn.prompts) == 1:
            return prompt.tasks
    rows = turn.stage.rows.values()
    if act.verb in (Verb.ACCEPT, Verb.RETURN):
        return tuple(row.number for row in rows if row.state is State.REPORTED)
    if act.verb in (Verb.APPROVE, Verb.DENY, Verb.FORWARD):
        return tuple(row.number for row in rows if row.asked_to is not None)
    if act.verb is Verb.ACKNOWLEDGE:
        return tuple(row.number for row in rows if row.state is State.ASSIGNED)
    return tuple(row.number for row in rows if row.state in WITH_UNIT)


def which_task(turn: Turn, act: Act) -> None:
    numbers = offered(turn, act)[:MOST]
    if not numbers:
        turn.say("which_task.none")
        return
    turn.say("which_task", what=turn.text(f"act.{act.verb.value}"))
    for number in numbers:
        row = turn.row(number)
        if row is not None:
            turn.say("task.line", task=turn.label(row), due=turn.due(row))
    tap = NUMBER.get(act.verb)
    turn.say("which_task.example", example=f"{'' if tap is None else tap} NV{numbers[0]}".strip())
    if act.verb is Verb.ACKNOWLEDGE:
        turn.say("which_task.all")
    turn.ask("which_task", numbers, act, taps=() if tap is None else (tap,), each=True)


def which_act(turn: Turn, act: Act) -> None:
    """Hoàn thành, tiến độ, hay gia hạn? As the task stands, and as the message came (photo, voice)."""
    numbers = act.tasks or _only_prompted(turn)
    row = turn.row(numbers[0]) if numbers else None
    attached = turn.incoming.attachments
    if "voice" in attached:
        turn.say("which_act.voice")
    elif "photo" in attached or "file" in attached:
        _evidence(turn, act, numbers)
        return
    elif row is None:
        turn.say(f"which_act.{turn.speaker.role}")
        return
    elif act.show == "doc":
        showing.document(turn, row)
        turn.say("which_act.assigned", code=texts.codes(numbers))
    elif row.task_class is TaskClass.STANDING and row.state is State.ACKNOWLEDGED:
        asked_for_time = act.date_kind == "due" and row.due_on is None
        key = "which_act.no_due" if asked_for_time else "which_act.standing"
        turn.say(key, task=turn.label(row), due=turn.due(row))
    elif act.date is not None and act.date_kind == "due":
        turn.say("which_act.until", task=turn.label(row), day=turn.day(act.date))
    else:
        turn.say("which_act.assigned" if row.state is State.ASSIGNED else "which_act.open", code=texts.codes(numbers))
    turn.ask(
        "which_act", numbers, act, taps=(1, 2, 3) if row is not None and row.state is State.ASSIGNED else (2, 3, 4)
    )


def _evidence(turn: Turn, act: Act, numbers: tuple[int, ...]) -> None:
    """A picture without words: kept, its moment too; a second one joins the first."""
    before = next(
        (p for p in reversed(turn.prompts) if p.kind == "ask_evidence" and set(p.tasks) == set(numbers)), None
    )
    if before is not None:
        move_evidence(turn, before.about.get("inbox"))
        turn.began = before
    elif numbers and _added_to_report(turn, numbers[0]):
        return
    turn.say(
        "evidence",
        count=f"{len(turn.incoming.attachments):02d}",
        codes=texts.codes(numbers) or turn.text("evidence.no_task"),
        at=texts.moment(turn.at, turn.language),
    )
    turn.ask("ask_evidence", numbers, act, taps=(2, 3) if numbers else ())


def move_evidence(turn: Turn, inbox_id: object) -> None:
    """Pictures of this message stand with those of an earlier one, so that both go to the same report."""
    update_to = update(Evidence).where(col(Evidence.inbox_id) == turn.inbox_id)
    turn.session.execute(update_to.values(inbox_id=inbox_id))


def _added_to_report(turn: Turn, number: int) -> bool:
    """A picture sent while the report still waits for its document belongs to that report."""
    step = next((p for p in turn.prompts if p.kind == "ask_product" and number in p.tasks), None)
    row = turn.row(number)
    made = current_report(turn.session, row.id) if step is not None and row is not None else None
    if made is None or row is None:
        return False
    update_to = update(Evidence).where(col(Evidence.inbox_id) == turn.inbox_id)
    turn.session.execute(update_to.values(task_id=row.id, report_id=made.id))
    turn.say("evidence.added", count=f"{len(turn.incoming.attachments):02d}", task=turn.label(row))
    turn.say("ask.product", codes=f"NV{number}")
    return True


def _only_prompted(turn: Turn) -> tuple[int, ...]:
    return turn.prompts[0].tasks if len(turn.prompts) == 1 else ()
