"""Questions back: what is doubtful is asked once, in a sentence that says what to type; nothing is recorded yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import time

from sqlmodel import col, select

from bot import extending_acts, orders, readback, texts, which
from bot.acts import Act, Do, PromptView, Verb
from bot.lastact import last_acted
from bot.office_acts import tell_office
from bot.turn import Question, Turn
from models import clock
from models.calendar import calendar_of
from models.message import Message
from models.organisation import Person


def ask(turn: Turn, act: Act) -> None:
    """The one question that this act needs before it can be carried out."""
    ASKS.get(act.then or "which_act", which.which_act)(turn, act)


def unclear(turn: Turn, act: Act) -> None:
    """Words that mean no act here."""
    which.which_act(turn, act)


def quiet(turn: Turn) -> None:
    """At most one short line a day, so that thanks do not make a conversation. A number is meant to do something: when
    nothing waits for it, that is said."""
    if turn.incoming.text.strip(" .)") in set("0123456789"):
        turn.say("number.nothing")
        return
    line = turn.text("quiet")
    start = clock.at_local(clock.today(), time(0))
    query = (
        select(Message.id)
        .where(Message.person_id == turn.speaker.id, col(Message.created_at) >= start, col(Message.text).endswith(line))
        .limit(1)
    )
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
        turn.say(
            "ask.extension_new_date",
            codes=texts.codes(act.tasks),
            due=texts.due_words(act.date, act.time, turn.language),
        )
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
    """ "Gửi nhầm": offers to undo the last act, or says that there is nothing."""
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
    turn.say(
        "absence.ask",
        start=turn.day(start),
        end=turn.day(until),
        deputy=turn.person_name(deputy) or turn.text("absence.nobody"),
    )
    turn.ask("ask_absence", (), known, taps=(8, 9))


def _office(turn: Turn, act: Act) -> None:
    """Only the Office can do this now."""
    showing_row = turn.row(act.tasks[0]) if act.tasks else None
    turn.say("takeback.late", task=turn.label(showing_row) if showing_row else "")
    turn.ask("confirm", act.tasks, act, taps=(8, 9), special="takeback")


ASKS: dict[str, Callable[[Turn, Act], None]] = {
    "which_task": which.which_task,
    "which_act": which.which_act,
    "confirm": readback.read_back,
    "date": _date,
    "dayoff": _day_off,
    "earlier": _earlier,
    "far": _far,
    "result": _result,
    "product": _product,
    "reason": _reason,
    "higher": _higher,
    "badcode": _bad_code,
    "upload": _upload,
    "link": _link,
    "takeback": _take_back,
    "mute": _mute,
    "absence": _absence,
    "office": _office,
}


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
