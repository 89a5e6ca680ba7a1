"""Questions back: what is doubtful is asked once, in one sentence that says what to type; nothing is recorded meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import time

from sqlmodel import col, select

from bot import extending_acts, orders, readback, showing, texts
from bot.acts import Act, Do, PromptView, Verb
from bot.lastact import last_acted
from bot.office_acts import tell_office
from bot.prompts import MESSAGE_KINDS
from bot.turn import Question, Turn
from models import clock
from models.calendar import calendar_of
from models.message import Message
from models.organisation import Person
from models.task import WITH_UNIT, State, TaskClass

NUMBER = {Verb.ACKNOWLEDGE: 1, Verb.REPORT: 2, Verb.PROGRESS: 3, Verb.EXTENSION: 4, Verb.REFUSE: 5, Verb.ACCEPT: 8,
          Verb.RETURN: 9, Verb.APPROVE: 8, Verb.DENY: 9, Verb.LIST: 0}  # fmt: skip
MOST = 8
"""Tasks offered when it must be asked which one."""


def ask(turn: Turn, act: Act) -> None:
    """The one question that this act needs before it can be carried out."""
    ASKS.get(act.then or "which_act", _which_act)(turn, act)


def unclear(turn: Turn, act: Act) -> None:
    """Words that mean no act here."""
    _which_act(turn, act)


def quiet(turn: Turn) -> None:
    """At most one short line a day, so that thanks do not make a conversation."""
    line = turn.text("quiet")
    start = clock.at_local(clock.today(), time(0))
    query = select(Message.id).where(
        Message.person_id == turn.speaker.id, col(Message.created_at) >= start, col(Message.text).endswith(line)
    ).limit(1)  # fmt: skip
    if turn.session.exec(query).first() is None:
        turn.lines.append(line)


def taps(turn: Turn, question: Question) -> Iterator[tuple[str, int, int | None]]:
    """The buttons of a question: (label, number, task)."""
    for number in question.taps:
        if question.each:
            for task in question.tasks:
                yield f"NV{task}", number, task
        else:
            yield turn.text(f"tap.{number}"), number, None


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


def _which_task(turn: Turn, act: Act) -> None:
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


def _which_act(turn: Turn, act: Act) -> None:
    """Hoàn thành, tiến độ, hay gia hạn? As the task stands, and as the message came (photo, voice)."""
    numbers = act.tasks or _only_prompted(turn)
    row = turn.row(numbers[0]) if numbers else None
    attached = turn.incoming.attachments
    if "voice" in attached:
        turn.say("which_act.voice")
    elif "photo" in attached or "file" in attached:
        _which_evidence(turn, act, numbers)
        return
    elif row is None:
        turn.say(f"which_act.{turn.speaker.role}")
        return
    elif act.show == "doc":
        showing.document(turn, row)
        turn.say("which_act.assigned", code=texts.codes(numbers))
    elif row.task_class is TaskClass.STANDING and row.state is State.ACKNOWLEDGED:
        turn.say("which_act.standing", task=turn.label(row), due=turn.due(row))
    elif act.date is not None and act.date_kind == "due":
        turn.say("which_act.until", task=turn.label(row), day=turn.day(act.date))
    else:
        turn.say("which_act.assigned" if row.state is State.ASSIGNED else "which_act.open", code=texts.codes(numbers))
    turn.ask("which_act", numbers, act, taps=(1, 2, 3) if row is not None and row.state is State.ASSIGNED else (2, 3, 4))


def _which_evidence(turn: Turn, act: Act, numbers: tuple[int, ...]) -> None:
    """A picture without words: kept, its moment too; a second one joins the first."""
    before = next((p for p in reversed(turn.prompts) if p.kind == "ask_evidence" and set(p.tasks) == set(numbers)), None)
    turn.began = before or turn.began
    turn.say("evidence", count=f"{len(turn.incoming.attachments):02d}", codes=texts.codes(numbers) or turn.text("evidence.no_task"),
             at=texts.moment(turn.at, turn.language))  # fmt: skip
    turn.ask("ask_evidence", numbers, act, taps=(2, 3) if numbers else ())


def _only_prompted(turn: Turn) -> tuple[int, ...]:
    return turn.prompts[0].tasks if len(turn.prompts) == 1 else ()


def _date(turn: Turn, act: Act) -> None:
    """Until when? For an extension, or the day on which it will be done."""
    if act.verb is Verb.EXTENSION:
        offer = act.offer or act.date
        turn.say("ask.extension_date", codes=texts.codes(act.tasks))
        if offer is not None:
            turn.say("ask.offer", day=turn.day(offer))
        turn.ask("ask_date", act.tasks, act, offer=offer.isoformat() if offer else None)
        return
    turn.say("ask.promise")
    turn.ask("ask_date", act.tasks, replace(act, verb=Verb.PROGRESS))


def _day_off(turn: Turn, act: Act) -> None:
    assert act.date is not None
    calendar = calendar_of(turn.session)
    after, before = act.offer or calendar.next_working(act.date), calendar.previous_working(act.date)
    turn.say("ask.day_off", day=turn.day(act.date), before=turn.day(before), after=turn.day(after))
    turn.ask("ask_date", act.tasks, act, offer=after.isoformat())


def _earlier(turn: Turn, act: Act) -> None:
    assert act.date is not None
    row = turn.row(act.tasks[0]) if act.tasks else None
    turn.say("ask.earlier", day=turn.day(act.date), due=turn.due(row) if row else "")
    turn.ask("ask_date", act.tasks, act)


def _far(turn: Turn, act: Act) -> None:
    assert act.date is not None
    turn.say("ask.far", day=turn.day(act.date))
    turn.ask("ask_date", act.tasks, act, offer=act.date.isoformat())


def _result(turn: Turn, act: Act) -> None:
    turn.say("ask.progress", codes=texts.codes(act.tasks))
    turn.ask("ask_progress", act.tasks, act)


def _product(turn: Turn, act: Act) -> None:
    turn.say("ask.product", codes=texts.codes(act.tasks))
    turn.ask("ask_product", act.tasks, act)


def _reason(turn: Turn, act: Act) -> None:
    """A reason before anything is recorded: of a return, or of a request whose date was just changed."""
    if act.verb is Verb.EXTENSION and act.date is not None:
        turn.say("ask.extension_new_date", codes=texts.codes(act.tasks), due=texts.due_words(act.date, act.time, turn.language))
    else:
        turn.say(f"ask.{act.verb.value}_reason", codes=texts.codes(act.tasks))
    turn.ask("ask_reason", act.tasks, act)


def _higher(turn: Turn, act: Act) -> None:
    """A higher authority's date: the request is kept for the leader in charge, the date does not move here."""
    extending_acts.extension(turn, replace(act, do=Do.ACT, then="higher"))


def _bad_code(turn: Turn, act: Act) -> None:
    turn.say("badcode", code=act.unknown_code or "")


def _upload(turn: Turn, act: Act) -> None:
    turn.say("upload")


def _link(turn: Turn, act: Act) -> None:
    turn.say("link")


def _take_back(turn: Turn, act: Act) -> None:
    """"Gửi nhầm": offers to undo the last act, or says that there is nothing."""
    row = turn.row(next(iter(last_acted(turn.session, turn.speaker.id).tasks), 0))
    if row is None:
        turn.say("takeback.nothing")
        return
    turn.say("takeback.offer", task=turn.label(row), what=turn.text(f"state.{row.state.value}"))
    turn.ask("confirm", (row.number,), replace(act, verb=Verb.TAKEBACK, tasks=(row.number,)), taps=(8, 9))


def _mute(turn: Turn, act: Act) -> None:
    """Nothing is silenced: one message a day is offered, and the Office learns of it."""
    turn.say("mute")
    tell_office(turn, "mute", None, name=turn.speaker.name)
    turn.ask("confirm", (), act, taps=(8, 9), special="mute")


def _absence(turn: Turn, act: Act) -> None:
    until = act.until or act.date
    start = act.date if act.until else clock.today()
    known = replace(act, verb=Verb.ABSENCE, absent=act.absent or turn.speaker.id, date=start, until=until)
    if until is None or start is None:
        turn.say("absence.dates")
        turn.ask("ask_absence", (), known)
        return
    deputy = act.person or orders.deputy_of(turn, known.absent)
    turn.say("absence.ask", start=turn.day(start), end=turn.day(until), deputy=turn.person_name(deputy) or turn.text("absence.nobody"))
    turn.ask("ask_absence", (), known, taps=(8, 9))


def _office(turn: Turn, act: Act) -> None:
    """Only the Office can do this now."""
    showing_row = turn.row(act.tasks[0]) if act.tasks else None
    turn.say("takeback.late", task=turn.label(showing_row) if showing_row else "")
    turn.ask("confirm", act.tasks, act, taps=(8, 9), special="takeback")


ASKS: dict[str, Callable[[Turn, Act], None]] = {
    "which_task": _which_task, "which_act": _which_act, "confirm": readback.read_back, "date": _date, "dayoff": _day_off,
    "earlier": _earlier, "far": _far, "result": _result, "product": _product, "reason": _reason, "higher": _higher,
    "badcode": _bad_code, "upload": _upload, "link": _link, "takeback": _take_back, "mute": _mute, "absence": _absence,
    "office": _office,
}  # fmt: skip


def _muted(turn: Turn, step: PromptView) -> None:
    person = turn.session.get(Person, turn.speaker.id)
    if person is not None:
        person.daily_only = True
        turn.session.add(person)
        turn.session.flush()
    turn.say("mute.done")


def _to_office(turn: Turn, step: PromptView) -> None:
    row = turn.row(step.tasks[0]) if step.tasks else None
    tell_office(turn, "takeback", row.id if row else None, name=turn.speaker.name, task=turn.label(row) if row else "")
    turn.say("takeback.asked")


def _consulted(turn: Turn, step: PromptView) -> None:
    readback.consulted(turn, step)


SPECIAL: dict[str, Callable[[Turn, PromptView], None]] = {"mute": _muted, "takeback": _to_office, "consult": _consulted}
"""Confirmations that carry out something else than an act of the table."""

