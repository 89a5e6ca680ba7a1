"""A move that cannot be made, as the one sentence a person reads: what stands in the way and what to do instead."""

from __future__ import annotations

from bot.texts import day, text
from models.confirm import NotConfirmable
from models.extending import BadDate
from models.handling import UnitUnknown
from models.moves import (
    DateNotOurs,
    MoveError,
    NoSuchTask,
    NotAllowed,
    NotFromHere,
    OthersOpen,
    ReasonMissing,
    TooLateToTakeBack,
)
from models.report import EvidenceTooLarge
from models.task import DueSetBy, State, Task

Refusal = MoveError | NotConfirmable | EvidenceTooLarge
TWICE = {
    "acknowledge": State.ACKNOWLEDGED,
    "report": State.REPORTED,
    "accept": State.COMPLETED,
    "refuse": State.REFUSED,
    "suspend": State.SUSPENDED,
    "withdraw": State.WITHDRAWN,
}
"""Verb → the state in which it has been done already."""


def sentence(error: Refusal, language: str = "vi") -> str:
    """One sentence in the language asked for. The bot and the board say the same."""
    if isinstance(error, NotConfirmable):
        return text(f"refused.draft.{error.why}", language, questions="; ".join(error.questions))
    if isinstance(error, EvidenceTooLarge):
        return text("refused.too_large", language)
    code = _code(error)
    if isinstance(error, OthersOpen):
        return text("refused.others_open", language, code=code)
    if isinstance(error, NotAllowed):
        return text(_not_allowed(error), language, code=code)
    if isinstance(error, NotFromHere):
        return _not_from_here(error, code, language)
    if isinstance(error, BadDate):
        due = error.details.get("due") or (error.task.due_on if error.task else None)
        return text(
            f"refused.date.{error.details.get('why')}", language, code=code, due=day(due, language) if due else ""
        )
    for kind, key in (
        (NoSuchTask, "no_task"),
        (ReasonMissing, "reason"),
        (TooLateToTakeBack, "too_late"),
        (UnitUnknown, "no_unit"),
    ):
        if isinstance(error, kind):
            return text(f"refused.{key}", language, code=code)
    return text("refused.other", language, code=code)


def _code(error: MoveError) -> str:
    number = error.task.number if isinstance(error.task, Task) else error.details.get("number")
    return f"NV{number}" if number is not None else ""


def _not_allowed(error: NotAllowed) -> str:
    if isinstance(error, DateNotOurs):
        return "refused.not_ours"
    if error.verb in ("extend", "decline") and error.task is not None:
        return "refused.not_your_date" if error.task.due_set_by is DueSetBy.LEADER else "refused.office_date"
    return "refused.not_allowed"


def _not_from_here(error: NotFromHere, code: str, language: str) -> str:
    task = error.task
    if task is None:
        return text("refused.no_task", language, code=code)
    if task.is_parent:
        return text("refused.parent", language, code=code)
    state = text(f"state.{task.state.value}", language)
    if TWICE.get(error.verb) is task.state:
        return text("refused.twice", language, code=code, state=state)
    return text("refused.state", language, code=code, state=state, verb=text(f"verb.{error.verb}", language))
