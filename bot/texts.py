"""Words that replies are made of: days with their weekday, hours, codes. The sentences are in locale/*/bot.po."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

import catalogue
from models.rules import OFFICE_ZONE

LONGEST = 3500
"""Letters of one reply; every channel's own limit is kept by its adapter, this keeps lists readable."""


def text(key: str, language: str, **values: Any) -> str:
    """A sentence of this conversation: the key without its "bot." in front."""
    return catalogue.text(f"bot.{key}", language, **values)


def day(value: date, language: str) -> str:
    """thứ Sáu 27/11/2026: a date never goes without its weekday."""
    return f"{text(f'weekday.{value.isoweekday()}', language)} {value:%d/%m/%Y}"


def hour(value: time, language: str) -> str:
    """16 giờ, 08 giờ 05: in two figures, as the notices have it."""
    key = "hour.sharp" if value.minute == 0 else "hour"
    return text(key, language, hour=f"{value.hour:02d}", minute=f"{value.minute:02d}")


def moment(value: datetime, language: str) -> str:
    """10 giờ 12 thứ Sáu 27/11/2026, on the wall of the office."""
    local = value.astimezone(OFFICE_ZONE)
    return text("moment", language, hour=hour(local.time(), language), day=day(local.date(), language))


def due_words(due: date, at: time | None, language: str) -> str:
    """A due date as it is said: with its hour in front when it has one."""
    return f"{hour(at, language)} {day(due, language)}" if at else day(due, language)


def codes(numbers: Iterable[int]) -> str:
    """NV12, NV13."""
    return ", ".join(f"NV{number}" for number in numbers)


def cut(whole: str) -> str:
    """No reply is longer than a screen or two; a list that is says so itself."""
    return whole if len(whole) <= LONGEST else whole[: LONGEST - 1].rsplit("\n", 1)[0] + "\n…"
