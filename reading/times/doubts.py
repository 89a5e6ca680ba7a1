"""Days that stand on words which recognition is unsure of: kept as read, and asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reading.extracted import Extracted
from reading.model import Due, Item

UNSURE = "nhận dạng từ bản quét chưa chắc chắn, có đúng như bản gốc không?"


def with_doubts(items: Sequence[Item], files: Sequence[Extracted]) -> tuple[Item, ...]:
    """The items, with a question at each day whose words are doubtful: a figure misread gives another day, silently."""
    return tuple(replace(item, due=tuple(_asked(due, files[item.file]) for due in item.due)) for item in items)


def _asked(due: Due, file: Extracted) -> Due:
    if due.question is not None or due.kind == "standing" or not _doubtful(due.text, file):
        return due
    return replace(due, question=UNSURE)


def _doubtful(words: str, file: Extracted) -> bool:
    said = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
    places = [match.span() for match in said.finditer(file.text)] if file.doubtful else []
    return any(start < last and first < end for start, end in places for first, last in file.doubtful)
