"""The figures promised for reading, over every document written for the project with its gold reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from reading import extract
from reading.reader import read_documents
from tests.reading_office import OFFICE
from tests.scoring import Score, load, rate, score

FOLDER = Path(__file__).parent / "documents"


def read_and_score(path: Path) -> Score:
    """The marks of one document, read as the department of config.toml reads it."""
    text, gold = load(path)
    reading = read_documents([(f"{path.stem}.txt", text.encode())], OFFICE)
    return score(gold, reading.to_json(), extract.clean(text))


@pytest.fixture(scope="module")
def total() -> Score:
    together = Score()
    for path in sorted(FOLDER.glob("*.json")):
        together.add(read_and_score(path))
    return together


def test_nearly_every_duty_is_found_and_nearly_nothing_else(total: Score) -> None:
    assert total.gold > 0
    assert total.f1 >= 0.95, total.problems


def test_those_who_lead_and_those_who_cooperate_are_named(total: Score) -> None:
    assert rate(total.leads) >= 0.95, total.problems
    assert rate(total.co) >= 0.90, total.problems


def test_deadlines_are_read_and_none_is_invented(total: Score) -> None:
    assert total.invented == 0, total.problems
    assert rate(total.deadlines) >= 0.95, total.problems
    assert rate(total.kinds) >= 0.90, total.problems


def test_headers_are_read(total: Score) -> None:
    assert rate(total.header) >= 0.98, total.problems


def test_every_span_holds_its_items_words(total: Score) -> None:
    assert rate(total.spans) == 1.0
