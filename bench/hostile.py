"""Texts built to make a reader slow: the longest that any of them takes to be read.

Each takes about a second; a rule that looks at everything from everywhere takes minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.figure import Figure, timed
from tests.hostile_texts import texts
from tests.reading_office import letter


def measure() -> Iterator[Figure]:
    """The slowest of the texts at full length."""
    seconds = [timed(partial(letter, text), 1)[0] / 1000 for text in texts(1.0).values()]
    yield Figure("hostile texts, the slowest", max(seconds), 10, "s", (min(seconds), max(seconds)))
