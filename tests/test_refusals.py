"""Every refusal is one clear sentence, in both languages, and every sentence the bot names is in the catalogues."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

import catalogue
from bot.refusals import Refusal, sentence
from models.confirm import NotConfirmable
from models.handling import BadDate, UnitUnknown
from models.moves import (
    MOVES,
    DateNotOurs,
    NoSuchTask,
    NotAllowed,
    NotFromHere,
    OthersOpen,
    ReasonMissing,
    TooLateToTakeBack,
)
from models.report import EvidenceTooLarge
from models.task import DueSetBy, State, Task
from tests.test_layout import ROOT


def task(state: State = State.REPORTED, **more: Any) -> Task:
    return Task(number=12, title="Báo cáo", state=state, due_on=date(2026, 11, 27), **more)


ERRORS: list[Refusal] = [
    NoSuchTask("report", number=99),
    NotAllowed("report", task()),
    NotAllowed("extend", task(due_set_by=DueSetBy.LEADER)),
    NotAllowed("decline", task(due_set_by=DueSetBy.OFFICE)),
    DateNotOurs("extend", task()),
    OthersOpen("report", task()),
    ReasonMissing("return", task()),
    TooLateToTakeBack("take_back", task()),
    UnitUnknown("reassign", task()),
    EvidenceTooLarge(21 << 20),
    NotFromHere("report", task(is_parent=True)),
    *(BadDate("extend", task(), why=why) for why in ("earlier", "no_due", "no_request", "internal_after_due")),
    *(NotConfirmable(why, ["Mục 2?"]) for why in ("assigned", "recalled", "missing", "empty", "questions")),
    *(NotFromHere(verb, task(state)) for verb in MOVES for state in State),
]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_refusal_is_a_sentence(language: str) -> None:
    said = [sentence(error, language) for error in ERRORS]
    assert [one for one in said if not one.endswith(".") or "{" in one or len(one) < 20] == []


def test_a_move_that_came_twice_is_told_from_one_that_is_too_early() -> None:
    assert "từ trước" in sentence(NotFromHere("report", task(State.REPORTED)))
    assert "không thể báo cáo hoàn thành" in sentence(NotFromHere("report", task(State.SUSPENDED)))


def test_every_sentence_named_in_the_conversation_is_in_the_catalogue() -> None:
    # What an adapter says for its own service stands under "channel.".
    named = re.compile(r'(?<!catalogue\.)\b(?:say|text)\(\s*"(?!channel\.)([a-z_.0-9]+)"')
    keys = {key for path in (ROOT / "bot").glob("*.py") for key in named.findall(path.read_text(encoding="utf-8"))}
    assert len(keys) > 100 and {key for key in keys if f"bot.{key}" not in catalogue.sentences("vi")} == set()
