"""Texts built to make a reader slow are read in a time that grows with their length."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from tests.reading_office import letter

SECONDS = 20  # each takes about one; a rule that looks at everything from everywhere takes minutes

TEXTS = {
    "a sentence at every semicolon": "1. " + "Sở Y tế rà soát; " * 20_000,
    "a name at every comma": "1. " + "Sở Y tế, " * 40_000,
    "orders without names": "yêu cầu " * 30_000 + ":\n- rà soát thủ tục hành chính",
    "bullets in bullets": "- rà soát thủ tục\n+ báo cáo kết quả\n" * 4_000,
    "brackets that never close": "1. Xây dựng (Cơ quan chủ trì: Sở Y tế; " * 8_000,
    "heads of tables": "STT\n" * 20_000,
    "one long row": "STT\nNội dung\nChủ trì\nThời hạn\n1\n" + "Việc phải làm\n" * 20_000,
    "cells": "|" * 200_000,
    "one word": "a" * 500_000,
    "inline numbers": "Giao: " + "".join(f"({n}) Sở Y tế rà soát; " for n in range(1, 8_000)),
}


@pytest.fixture
def limit() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise AssertionError("too slow")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("limit")
@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_read_in_time(name: str) -> None:
    text = TEXTS[name]
    for item in letter(text).items:
        assert item.span[0] < item.span[1]
