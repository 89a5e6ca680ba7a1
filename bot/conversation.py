"""The conversation: (who, what they sent) → replies. One function for every channel; it knows no chat library.

Words become Acts (`understand.py`), each Act is carried out through the models, and one reply says what was done, what
is asked and what comes next. Every step lies in a row: nothing is remembered between two messages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot import asking, deciding, extending_acts, office_acts, orders, reporting, showing, steps, unit_acts
from bot.acts import Act, Do, Verb
from bot.channel import Incoming
from bot.scene import Stage
from bot.speaker import speaker_of
from bot.texts import codes, cut
from bot.turn import Question, Turn
from bot.understand import understand

Handler = Callable[[Turn, Act], None]

DOES: dict[Verb, Handler] = {
    Verb.ACKNOWLEDGE: unit_acts.acknowledge,
    Verb.REPORT: reporting.report,
    Verb.PROGRESS: unit_acts.progress,
    Verb.EXTENSION: extending_acts.extension,
    Verb.REFUSE: unit_acts.refuse,
    Verb.FOCAL: unit_acts.focal,
    Verb.TAKEBACK: unit_acts.take_back,
    Verb.ACCEPT: office_acts.accept,
    Verb.RETURN: office_acts.give_back,
    Verb.REASSIGN: office_acts.reassign,
    Verb.SUSPEND: office_acts.suspend,
    Verb.RESUME: office_acts.resume,
    Verb.WITHDRAW: office_acts.withdraw,
    Verb.REOPEN: office_acts.reopen,
    Verb.CORRECT: office_acts.correct,
    Verb.HOLD: office_acts.hold,
    Verb.REMIND: office_acts.remind,
    Verb.ABSENCE: orders.absence,
    Verb.ASSIGN: orders.assign_by_hand,
    Verb.ORDER: orders.order,
    Verb.INSTRUCT: orders.instruct,
    Verb.APPROVE: deciding.approve,
    Verb.DENY: deciding.deny,
    Verb.FORWARD: deciding.forward,
    Verb.OVERDUE: showing.who_owes,
    Verb.LIST: showing.listed,
    Verb.HELP: showing.help_for,
    Verb.GREETING: showing.greet,
    Verb.NONE: asking.unclear,
}


@dataclass(frozen=True)
class Answer:
    """One reply. `taps`: for each question its buttons, (label, number, task). `private`: to the person's own chat."""

    text: str
    questions: tuple[Question, ...] = ()
    taps: tuple[tuple[tuple[str, int, int | None], ...], ...] = ()
    tasks: tuple[int, ...] = ()
    private: bool = False


def respond(
    session: Session,
    person_id: int | None,
    incoming: Incoming,
    *,
    inbox_id: int | None,
    at: datetime,
    channel: str,
    language: str = "vi",
    hears: tuple[int | None, ...] = (None,),
) -> list[Answer]:
    """Carry out what one message says, in the caller's transaction, and word the replies (none for a mere "ok").

    `at`: when it came (UTC, aware); `inbox_id`: the row whose evidence it brought; `hears`: in a group, whose totals.
    """
    speaker = speaker_of(session, person_id, language)
    stage = Stage(session, speaker, incoming)
    turn = Turn(session, speaker, stage, incoming, inbox_id, at, channel, hears)
    if speaker.role == "stranger":
        return [] if incoming.group else [Answer(turn.text("link"))]
    for act in _acts(turn):
        carry_out(turn, act)
    turn.close_moot()
    return _worded(turn)


def carry_out(turn: Turn, act: Act) -> None:
    """One act; a move that cannot be made becomes one sentence, and the other acts of the message go on."""
    if act.reason or act.product:
        act = replace(act, reason=turn.verbatim(act.reason), product=turn.verbatim(act.product))
    with turn.refusing():
        if act.do is Do.QUIET:
            asking.quiet(turn)
        elif act.do is Do.ASK:
            asking.ask(turn, act)
        else:
            DOES[act.verb](turn, act)


def _acts(turn: Turn) -> Sequence[Act]:
    if turn.incoming.press is not None:
        return steps.pressed(turn, understand)
    return steps.answered(turn, understand)


def _name_what_is_asked(turn: Turn) -> None:
    """A question names its task: where nobody can reply to one message (Zalo), only its code says what an answer is
    about."""
    whole = "\n".join(turn.lines)
    unnamed = [question for question in turn.questions
               if question.tasks and not any(f"NV{number}" in whole for number in question.tasks)]  # fmt: skip
    if unnamed and turn.lines:
        turn.lines[-1] = f"{codes(unnamed[-1].tasks)}: {turn.lines[-1]}"


def _worded(turn: Turn) -> list[Answer]:
    """The replies. In a group only totals are said; everything else goes to the speaker's own chat."""
    _name_what_is_asked(turn)
    if turn.undoable:
        turn.say("undo")
    head = [turn.text("to_leader", title=turn.speaker.title)] if turn.speaker.role == "leader" else []
    taps = tuple(tuple(asking.taps(turn, question)) for question in turn.questions)
    tasks = tuple(sorted(turn.acted | {n for question in turn.questions for n in question.tasks}))
    answers = [Answer(cut("\n".join(head + turn.totals)))] if turn.totals else []
    if turn.lines:
        whole = cut("\n".join(head + turn.lines))
        answers.append(Answer(whole, tuple(turn.questions), taps, tasks, private=turn.incoming.group))
    return answers
