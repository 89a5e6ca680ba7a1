"""Texts built to make a reader slow are read right; how long whole ones take is measured in bench/hostile.py."""

from __future__ import annotations

import pytest

from tests.hostile_texts import texts
from tests.reading_office import letter

TEXTS = texts(1 / 20)


@pytest.mark.parametrize("name", TEXTS)
def test_the_spans_of_a_hostile_text_are_right(name: str) -> None:
    reading = letter(TEXTS[name])
    whole, last = reading.files[0].text, 0
    for item in reading.items:
        start, end = item.span
        assert last <= start < end
        assert item.text == " ".join(whole[start:end].split())
        last = end
