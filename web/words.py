"""How the pages write dates, hours, shares and people; every word from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from catalogue import text
from models.rules import OFFICE_ZONE


def weekday(day: date, language: str) -> str:
    """thứ Tư, Chủ nhật."""
    return text(f"web.weekday.{day.isoweekday()}", language)


def day_words(day: date | None, language: str) -> str:
    """thứ Tư 02/12/2026; empty for no date."""
    return f"{weekday(day, language)} {day:%d/%m/%Y}" if day else ""


def hour_words(at: time | None, language: str) -> str:
    """16 giờ; 16 giờ 30; empty for no hour."""
    if at is None:
        return ""
    return text("web.hour" if at.minute == 0 else "web.hour_minute", language, hour=at.hour, minute=f"{at.minute:02d}")


def due_words(day: date | None, at: time | None, language: str) -> str:
    """16 giờ thứ Hai 30/11/2026."""
    return " ".join(part for part in (hour_words(at, language), day_words(day, language)) if part)


def moment_words(moment: datetime | None, language: str) -> str:
    """10 giờ 12, thứ Sáu 27/11/2026, on the office's wall."""
    if moment is None:
        return ""
    local = moment.astimezone(OFFICE_ZONE)
    return f"{hour_words(local.time(), language)}, {day_words(local.date(), language)}"


def share_words(part: int, whole: int, language: str) -> str:
    """71,4%; a dash when there is nothing to divide by: no rate is made of nothing."""
    if whole == 0:
        return "–"
    share = f"{100 * part / whole:.1f}%"
    return share.replace(".", ",") if language == "vi" else share


def value_words(value: Any, language: str) -> str:
    """A value of an event's facts as people write it: ISO days and instants become dates, yes and no words."""
    if isinstance(value, bool):
        return text("web.yes" if value else "web.no", language)
    if isinstance(value, str):
        for parse, words in ((date.fromisoformat, day_words), (datetime.fromisoformat, moment_words)):
            try:
                return words(parse(value), language)  # type: ignore[arg-type]
            except ValueError:
                continue
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def filters(language: str) -> Mapping[str, Any]:
    """The functions that templates use, for one language."""
    return {
        "day": lambda value: day_words(value, language),
        "due": lambda value, at=None: due_words(value, at, language),
        "moment": lambda value: moment_words(value, language),
        "share": lambda part, whole: share_words(part, whole, language),
        "value": lambda value: value_words(value, language),
    }
