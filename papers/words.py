"""How papers write days, shares and counts; every word from the catalogue."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import catalogue
from models.figures import Figures
from models.rules import OFFICE_ZONE


def text(key: str, language: str, **values: Any) -> str:
    """A sentence of a paper: the key without its "papers." in front."""
    return catalogue.text(f"papers.{key}", language, **values)


def day(value: date, language: str) -> str:
    """thứ Hai 30/11/2026; the names of the days are the conversation's."""
    return f"{catalogue.text(f'bot.weekday.{value.isoweekday()}', language)} {value:%d/%m/%Y}"


def hour(value: time, language: str) -> str:
    """07 giờ; 07 giờ 30."""
    key = "hour" if value.minute == 0 else "hour_minute"
    return text(key, language, hour=f"{value.hour:02d}", minute=f"{value.minute:02d}")


def moment(value: datetime, language: str) -> str:
    """07 giờ 30 thứ Hai 30/11/2026, on the office's wall."""
    local = value.astimezone(OFFICE_ZONE)
    return f"{hour(local.time(), language)} {day(local.date(), language)}"


def share(part: int, whole: int, language: str, digits: int = 1) -> str:
    """71,4%; a dash when there is nothing to divide by. Never printed without its denominator."""
    if whole == 0:
        return "–"
    found = f"{100 * part / whole:.{digits}f}%"
    return found.replace(".", ",") if language == "vi" else found


def two(number: int) -> str:
    """05."""
    return f"{number:02d}"


def rates(total: Figures, language: str) -> str:
    """Both rates with their denominators, in the one wording that text and picture share."""
    return text(
        "rates",
        language,
        on_time=share(total.done_on_time, total.came_due, language),
        count=two(total.done_on_time),
        of=two(total.came_due),
        done=share(total.completed, total.duties, language),
        completed=two(total.completed),
        duties=two(total.duties),
    )
