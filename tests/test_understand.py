"""What people type means what the table says, in any case, with a full stop, and fast."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.understand import understand
from models import clock
from tests.scenes import Row, rows, scene_of, scenes, seen

HERE = Path(__file__).parent
TABLE = rows(HERE / "utterances.tsv")
MORE = rows(HERE / "more_utterances.tsv")


def _variants(words: str) -> list[str]:
    return list(dict.fromkeys((words, words.upper(), words + " ", words + "."))) if words else [words]


@pytest.mark.parametrize("table", [TABLE, MORE], ids=["utterances", "more_utterances"])
def test_words_mean_what_the_table_says(table: list[Row]) -> None:
    wrong = []
    for row in table:
        words, scene = scene_of(row)
        wanted = (row.act, row.task, row.date, row.do, row.then)
        for variant in _variants(words):
            if (got := seen(understand(variant, scene))) != wanted:
                wrong.append(f"{row.id} {row.ctx} {variant!r}: {got} instead of {wanted}")
    assert not wrong, "\n".join(wrong)


def test_a_short_message_is_understood_in_well_under_a_millisecond() -> None:
    cases = [scene_of(row) for row in TABLE]
    for words, scene in cases:
        understand(words, scene)
    started = clock.elapsed()
    for words, scene in cases:
        understand(words, scene)
    assert (clock.elapsed() - started) / len(cases) < 0.003


@pytest.mark.parametrize(
    "words", ["1" * 2000, "chưa " * 400, "đã " * 500 + "chưa", "nv12 " * 400, "bao giờ " * 250, "1/" * 900, "(" * 500]
)
def test_a_hostile_message_is_read_quickly(words: str) -> None:
    started = clock.elapsed()
    understand(words, scenes()["B2"])
    assert clock.elapsed() - started < 0.5


@pytest.mark.parametrize("ctx", sorted(scenes()))
def test_nothing_typed_anywhere_breaks_the_reading(ctx: str) -> None:
    for row in TABLE[::3]:
        words, scene = scene_of(replace(row, ctx=ctx))
        acts = understand(words, scene)
        known = {task.number for task in scene.tasks}
        assert acts
        assert all(set(act.tasks) <= known for act in acts), (row.utterance, acts)
