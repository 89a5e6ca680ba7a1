"""What Zalo's plain text asks for: NFC, 2,000 UTF-16 units a message, and numbers to type in place of buttons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import catalogue
from bot.channel import Button

LIMIT = 2000
"""UTF-16 units of one message. Zalo does not say what it counts; its style ranges are in these, the longest count."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HALF_PAIR = re.compile(r"[\ud800-\udfff]")
_ASKS = re.compile(
    r"(?:trả lời|reply)(?: (?:kèm|with)[^\d\n:(]{0,30})?[ :(]*(?:ví dụ: |for example: )?(\d)(?![\d/])", re.IGNORECASE
)
_TAIL_LINES = 3
BLANK = " \n\t"
_ZERO_WIDTH_JOINER = "\u200d"


def plain(text: str) -> str:
    """NFC, lines apart by \\n, without what no wire takes: control characters and halves of surrogate pairs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _HALF_PAIR.sub("\ufffd", text)))


def units(text: str) -> int:
    """Its length in UTF-16 units: an emoji counts two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parts_of(text: str, *, first_line: str, fresh: bool) -> list[str]:
    """The messages that a text becomes, always the same ones: what a later try skips depends on it.

    Every part leaves room for `first_line`, which a repeat puts before the first part it sends; but a `fresh` text
    (no part of it sent, no repeat) that fits without one stays whole.
    """
    if fresh and units(text) <= LIMIT:
        return [text] if text.strip() else []
    return split(text, LIMIT - units(first_line) - 1)


def split(text: str, limit: int) -> list[str]:
    """Cut at a paragraph, else a line, else a word; inside a word only when it is longer than a part, and never inside
    what is read as one letter. No part is empty."""
    parts, start = [], 0
    while start < len(text):
        if text[start] in BLANK:
            start += 1
            continue
        end = _reach(text, start, limit)
        if end < len(text):
            end = _cut(text, start, end)
        if part := text[start:end].strip(BLANK):
            parts.append(part)
        start = end
    return parts


def with_answers(text: str, buttons: Sequence[Button]) -> str:
    """The text with the numbers of its buttons in a last line, unless it already ends by telling them. Of those that
    open a page the text itself has the address."""
    buttons = [button for button in buttons if not button.url]
    if not buttons or _tells(text, buttons):
        return text
    answers = " · ".join(dict.fromkeys(_answer(button) for button in buttons))
    return f"{text}\n\n{catalogue.text('channel.answers', answers=answers)}".lstrip("\n")


def _answer(button: Button) -> str:
    """ "1 Đã nhận", "1 NV12", "2 NV12 Báo cáo hoàn thành": what to type stands first, with the code if it is needed."""
    label = re.sub(r"^\d\s+", "", plain(button.label).strip())
    if button.task is None:
        return f"{button.number} {label}".strip()
    code = f"NV{button.task}"
    return f"{button.number} {code} {label.removesuffix(code).strip()}".strip()


def _tells(text: str, buttons: Sequence[Button]) -> bool:
    """Do the last lines say what to answer: "trả lời" and one of the numbers, or each number with its label?"""
    lines = [line for line in text.split("\n") if line.strip()]
    tail = "\n".join(lines[-_TAIL_LINES:])
    numbers = {button.number for button in buttons if button.number} or {button.number for button in buttons}
    if any(int(number) in numbers for number in _ASKS.findall(tail)):
        return True
    return all(_answer(button).casefold() in tail.casefold() for button in buttons if button.number in numbers)


def _reach(text: str, start: int, limit: int) -> int:
    """The furthest end of a part that begins at `start`."""
    window = text[start : start + limit]
    if max(window) <= "\uffff":
        return start + len(window)
    left = limit
    for offset, letter in enumerate(window):
        left -= 2 if letter > "\uffff" else 1
        if left < 0:
            return start + max(offset, 1)
    return start + len(window)


def _cut(text: str, start: int, end: int) -> int:
    half = start + (end - start) // 2
    for separator in ("\n\n", "\n", " "):
        if (at := _last(text, separator, half, end)) is not None:
            return at
    for separator in ("\n", " "):
        if (at := _last(text, separator, start + 1, end)) is not None:
            return at
    for at in range(end, start, -1):
        if not _joined(text, at):
            return at
    return end


def _last(text: str, separator: str, start: int, end: int) -> int | None:
    """Where the last separator begins that leaves the part before it short enough and no mark without its letter."""
    at = text.rfind(separator, start, end + len(separator))
    while at > 0 and _joined(text, at + len(separator)):
        at = text.rfind(separator, start, at + len(separator) - 1)
    return at if at > 0 else None


def _joined(text: str, at: int) -> bool:
    """Are the characters before and at `at` read as one: a letter with its marks, an emoji of several, a flag?"""
    if not 0 < at < len(text):
        return False
    before, here = text[at - 1], text[at]
    if unicodedata.category(here).startswith("M") or _ZERO_WIDTH_JOINER in (before, here):
        return True
    if "\U0001f3fb" <= here <= "\U0001f3ff" or "\U000e0020" <= here <= "\U000e007f":
        return True
    if not (_regional(before) and _regional(here)):
        return False
    first = at
    while first and _regional(text[first - 1]):
        first -= 1
    return (at - first) % 2 == 1


def _regional(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"
