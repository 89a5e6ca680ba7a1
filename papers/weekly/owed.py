"""The exceptions of the weekly report in words: who is late with what, who was reminded when, what they last said."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from models.owing import Owing
from models.rules import OFFICE_ZONE
from papers.words import text, two

if TYPE_CHECKING:
    from papers.weekly.frozen import Digest

OF_THE_UNIT = ("head", "head_stand_in", "deputy", "deputy_stand_in", "focal")
"""Who of a unit is reminded, in the order in which it is said."""
DAYS = 3
"""The last days that are named; how many there were is always said."""
BRIEF = 8
"""With no more lines to a list than this a message has no room: one day is named, and of a word its beginning."""
LONGEST_WORD, SHORT_WORD = 200, 60
"""Letters of a unit's word in a message; the page has all of it."""


def overdue_lines(digest: Digest, language: str, most: int) -> list[str]:
    """How many, then a line to each, the longest late first."""
    block = digest.overdue
    if not block.total:
        return [text("overdue.none", language)]
    lines = [text("overdue", language, count=two(block.total))]
    for task in block.tasks[:most]:
        lines.append(text("overdue.item", language, unit=task.unit_name, code=task.code, days=two(task.days),
                          reminded=_reminded(digest, task, language, most <= BRIEF),
                          word=_word(task, language, most <= BRIEF)))  # fmt: skip
    left = block.total - min(most, len(block.tasks))
    return [*lines, text("more", language, count=two(left))] if left else lines


def reminded(digest: Digest, task: Owing, language: str, most: int = DAYS) -> str:
    """Whom, how often and when last: "trưởng đơn vị 05 lần, gần nhất 24/11, 25/11, 26/11; phó đơn vị 01 lần: 25/11";
    empty of a unit that was not reminded yet. `most`: days that are named."""
    roles = digest.reminded_whom.get(task.code, {})
    return "; ".join(_days(text(f"role.{role}", language), roles[role], language, most)
                     for role in OF_THE_UNIT if role in roles)  # fmt: skip


def _reminded(digest: Digest, task: Owing, language: str, brief: bool) -> str:
    said = reminded(digest, task, language, 1 if brief else DAYS)
    return text("reminded", language, whom=said) if said else ""


def _days(whom: str, days: tuple[date, ...], language: str, most: int) -> str:
    key = "reminded.last" if days[most:] else "reminded.days"
    named = ", ".join(f"{on:%d/%m}" for on in days[-most:])
    return text(key, language, whom=whom, count=two(len(days)), dates=named)


def _word(task: Owing, language: str, brief: bool) -> str:
    """The unit's last word with its day; of a long one in a message its beginning."""
    if task.word is None:
        return text("word.none", language)
    said, words = task.word.at.astimezone(OFFICE_ZONE), " ".join(task.word.words.split()).rstrip(".")
    longest = SHORT_WORD if brief else LONGEST_WORD
    if len(words) > longest:
        words = f"{words[:longest].rsplit(' ', 1)[0]}…"
    return text("word", language, day=f"{said:%d/%m}", words=words)
