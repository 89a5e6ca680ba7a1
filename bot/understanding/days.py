"""The day that a number, a month or a period means, seen from today: D1, D2, D4 and the Civil Code, Điều 146."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.words import fold


def week_shift(said: str) -> int:
    plain = fold(said)
    if plain.endswith("sau nua"):
        return 2
    return {"sau": 1, "toi": 1, "ke": 1, "truoc": -1, "roi": -1, "qua": -1}.get(plain.rsplit(" ", 1)[-1], 0)


def safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_month(day: int, month: int, year: str | None, today: date) -> tuple[date | None, date | None]:
    if year is not None:
        exact = safe(int(year) + (2000 if len(year) == 2 else 0), month, day)
        return exact, exact
    years = [found for shift in (-1, 0, 1) if (found := safe(today.year + shift, month, day))]
    return min((d for d in years if d >= today), default=None), max((d for d in years if d <= today), default=None)


def day_of_month(day: int, today: date) -> tuple[date | None, date | None]:
    months = [divmod(today.year * 12 + today.month - 1 + shift, 12) for shift in range(-3, 4)]
    days = [found for year, month in months if (found := safe(year, month + 1, day))]
    return min((d for d in days if d >= today), default=None), max((d for d in days if d <= today), default=None)


def month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def period_end(unit: str, which: str, today: date) -> date:
    unit, later = fold(unit), fold(which) in ("sau", "toi", "ke")
    if unit == "tuan":
        return today + timedelta(days=6 - today.weekday() + 7 * later)
    if unit == "nam":
        return date(today.year + later, 12, 31)
    if unit == "quy":
        quarter = int(which) * 3 if which.isdigit() and int(which) <= 4 else (today.month + 2) // 3 * 3 + 3 * later
        return month_end(today.year + (quarter > 12), (quarter - 1) % 12 + 1)
    month = int(which) if which.isdigit() and 1 <= int(which) <= 12 else today.month + later
    year = today.year + (which.isdigit() and month < today.month) + (month > 12)
    return month_end(year, (month - 1) % 12 + 1)


def period_about(m: re.Match[str], today: date) -> date | None:
    """The one date to offer for a vague word (D7): 1st or 15th (BLDS Đ.146), Monday or Wednesday."""
    part, unit, which = fold(m.group(1) or "sang"), fold(m.group(2) or m.group(4)), fold(m.group(3) or m.group(5) or "")
    if unit == "thang":
        month = (
            int(which)
            if which.isdigit() and 1 <= int(which) <= 12
            else today.month + (which in ("sau", "toi", "") and part != "giua")
        )
        day = date(today.year + (month - 1) // 12, (month - 1) % 12 + 1, 15 if part == "giua" else 1)
        return day if day >= today else day.replace(year=day.year + 1) if which.isdigit() else None
    if unit == "tuan":
        return today + timedelta(
            days=7 * (which not in ("nay",) or part != "giua") - today.weekday() + (2 if part == "giua" else 0)
        )
    return None
