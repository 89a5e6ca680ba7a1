"""How papers write documents, days and places of a task."""

from __future__ import annotations

from datetime import date, datetime, time

from models.rules import OFFICE_ZONE
from papers.decree.layout import plain
from papers.decree.letterhead import LANGUAGE, words
from papers.words import hour

KINDS = ("cong_van", "chi_thi", "ke_hoach", "thong_bao", "cong_dien", "quyet_dinh")


def short_day(day: date | None, at: time | None = None) -> str:
    """30/11/2026; 16 giờ 30/11/2026; empty for none."""
    if day is None:
        return ""
    return f"{hour(at, LANGUAGE)} {day:%d/%m/%Y}" if at else f"{day:%d/%m/%Y}"


def long_day(day: date) -> str:
    """ngày 30 tháng 11 năm 2026, as the decree writes it: days below 10 and the months 1 and 2 with a 0 before."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return words("day", day=f"{day.day:02d}", month=month, year=day.year)


def moment(at: datetime) -> str:
    """07 giờ 30 ngày 30/11/2026, on the office's wall."""
    local = at.astimezone(OFFICE_ZONE)
    return words("moment", hour=hour(local.time(), LANGUAGE), day=f"{local:%d/%m/%Y}")


def document(number: str | None, day: date | None, issuer: str | None = None, item: str | None = None) -> str:
    """4512/UBND-KGVX ngày 23/11/2026 của UBND tỉnh, mục 2; what is not known is left out."""
    found = plain(number or "")
    found += words("of_day", day=f"{day:%d/%m/%Y}") if day else ""
    found += words("of_issuer", issuer=plain(issuer)) if issuer else ""
    found += words("of_item", item=plain(item)) if item else ""
    return found.strip(" ,")


def kind_of(kind: str) -> str:
    """Công văn, Chỉ thị …; Văn bản for what is of no such kind."""
    return words(f"kind.{kind if kind in KINDS else 'other'}")


def product(number: str, day: date | None, result: str) -> str:
    """145/BC-QLVH ngày 27/11/2026; the result in words where there is no number."""
    return document(number, day) or plain(result)


def counted(number: int) -> str:
    """05; 1.234."""
    return f"{number:02d}" if number < 1000 else f"{number:,}".replace(",", ".")
