"""A move that cannot be made, as the one sentence a person reads: what stands in the way and what to do instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.texts import day, text
from catalogue import sentences
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


def sentence(error: Refusal, language: str = "vi", *, on_board: bool = False) -> str:
    """One sentence in the language asked for. The bot and the board say the same, but for answers in chat."""
    said = _on_board if on_board else text
    if isinstance(error, NotConfirmable):
        return said(f"refused.draft.{error.why}", language, questions="; ".join(error.questions))
    if isinstance(error, EvidenceTooLarge):
        return said("refused.too_large", language)
    code = _code(error)
    if isinstance(error, OthersOpen):
        return said("refused.others_open", language, code=code)
    if isinstance(error, NotAllowed):
        return said(_not_allowed(error), language, code=code)
    if isinstance(error, NotFromHere):
        return _not_from_here(error, code, language, said)
    if isinstance(error, BadDate):
        due = error.details.get("due") or (error.task.due_on if error.task else None)
        return said(
            f"refused.date.{error.details.get('why')}", language, code=code, due=day(due, language) if due else ""
        )
    for kind, key in (
        (NoSuchTask, "no_task"),
        (ReasonMissing, "reason"),
        (TooLateToTakeBack, "too_late"),
        (UnitUnknown, "no_unit"),
    ):
        if isinstance(error, kind):
            return said(f"refused.{key}", language, code=code)
    return said("refused.other", language, code=code)


def _on_board(key: str, language: str, **values: Any) -> str:
    return text(f"board.{key}" if f"bot.board.{key}" in sentences(language) else key, language, **values)


def _code(error: MoveError) -> str:
    number = error.task.number if isinstance(error.task, Task) else error.details.get("number")
    return f"NV{number}" if number is not None else ""


def _not_allowed(error: NotAllowed) -> str:
    if isinstance(error, DateNotOurs):
        return "refused.not_ours"
    if error.verb in ("extend", "decline") and error.task is not None:
        return "refused.not_your_date" if error.task.due_set_by is DueSetBy.LEADER else "refused.office_date"
    return "refused.not_allowed"


def _not_from_here(error: NotFromHere, code: str, language: str, said: Callable[..., str]) -> str:
    task = error.task
    if task is None:
        return said("refused.no_task", language, code=code)
    if task.is_parent:
        return said("refused.parent", language, code=code)
    state = text(f"state.{task.state.value}", language)
    if TWICE.get(error.verb) is task.state:
        return said("refused.twice", language, code=code, state=state)
    return said("refused.state", language, code=code, state=state, verb=text(f"verb.{error.verb}", language))
