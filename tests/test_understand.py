"""What people type means what the table says, in any case, with a full stop, and fast."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.understand import understand
from tests.scenes import Row, rows, scene_of, seen

HERE = Path(__file__).parent
TABLE = rows(HERE / "utterances.tsv")
MORE = rows(HERE / "more_utterances.tsv")


def _variants(words: str) -> list[str]:
    return list(dict.fromkeys((words, words.upper(), words + " ", words + "."))) if words else [words]


@pytest.mark.parametrize("row", TABLE + MORE, ids=lambda row: f"{row.id}-{row.ctx}")
def test_words_mean_what_the_table_says(row: Row) -> None:
    words, scene = scene_of(row)
    wanted = (row.act, row.task, row.date, row.do)
    for variant in _variants(words):
        got = seen(understand(variant, scene))
        assert got[:4] == wanted, f"{variant!r}: {got}"
        assert got[4] == row.then, f"{variant!r}: then {got[4]!r}"
