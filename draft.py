"""One item as it was read → the columns of its draft: title, class, dates, and what the Office must still settle.

Nothing is invented: what the text does not state stays empty and becomes a question. The questions are worded as
`dondoc read` words them; the others stand beside them here, in the same language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from models.calendar import Calendar
from models.rules import OFFICE_ZONE
from reading.model import Due, Item
from reading.reader import open_series

LONGEST = 110
SHORTEST = 40
ORDER = re.compile(r"(?:Giao(?: cho)?|Yêu cầu|Đề nghị|Phân công|Riêng|Đối với)\s+", re.I)
BETWEEN = re.compile(r"(?:\s|[,;:–-]|và(?!\w)|cùng(?!\w))+")
CLAUSE_END = re.compile(r"[;:]|\s\(|\.(?=\s|$)|\./")
# A phrase may end before these; what they open tells how, where or why, and is the first to go from a title.
OPENS_A_PHRASE = re.compile(
    r"\s(?=(?:đảm bảo|bảo đảm|theo|nhằm|để|trong đó|tại|do|khi|trên cơ sở|phục vụ|gắn với|trước|chậm nhất|"
    r"trên địa bàn|nhất là|đồng thời|kịp thời)\s)"
)
COMMA = re.compile(r",\s|\s(?=và\s)")
DANGLING = re.compile(r"(?:\s|,)+(?:và|của|các|những|cho|trong|theo|về|để|do|với|tại|từ|đến|là|thuộc|có|được|bị|"
                      r"đảm bảo|bảo đảm)$")


@dataclass(frozen=True)
class Arrival:
    """When the document was signed and when it reached the office; `now` is the moment of the import."""

    issued_on: date | None
    received_on: date
    now: datetime


def title_of(item: Item) -> str:
    """The first clause in the item's own words, without the name of the unit that stands beside it anyway."""
    text = _without_owner(item)
    end = CLAUSE_END.search(text, SHORTEST // 2)
    clause = text[: end.start()] if end else text
    if len(clause) > LONGEST:
        clause = clause[: _cut(clause)]
    clause = clause.rstrip(" ,.;:–-")
    while (dangling := DANGLING.search(clause)) is not None:
        clause = clause[: dangling.start()]
    return clause[:1].upper() + clause[1:]


def _cut(clause: str) -> int:
    """Where a clause that is too long ends best: before a phrase, at a comma, between words, or just there."""
    for mark in (OPENS_A_PHRASE, COMMA):
        cuts = [cut.start() for cut in mark.finditer(clause, SHORTEST, LONGEST)]
        if cuts:
            return cuts[-1]
    return max(clause.rfind(" ", SHORTEST, LONGEST), 0) or LONGEST


def _without_owner(item: Item) -> str:
    """ "Giao Văn phòng Sở thường xuyên kiểm tra" → "thường xuyên kiểm tra"; whole where the owner is not said first."""
    order = ORDER.match(item.text)
    at = order.end() if order else 0
    named = False
    for lead in item.leads:
        if not item.text.startswith(lead.text, at):
            break
        at, named = at + len(lead.text), True
        between = BETWEEN.match(item.text, at)
        at = between.end() if between else at
    rest = item.text[at:].strip()
    return rest if named and len(rest) >= SHORTEST // 2 else item.text


def columns(item: Item, unit_ids: list[int], calendar: Calendar, arrival: Arrival) -> dict[str, Any]:
    """Class, dates, series, review date and questions of a draft item, as keyword values of DraftItem."""
    dates = [moment for due in item.due if (moment := moment_of(due, calendar, arrival)) is not None]
    due_on, due_time = min(dates, key=lambda one: (one[0], one[1] or time.max)) if dates else (None, None)
    series = next((due for due in item.due if due.kind == "recurring" and due.day and due.recurrence), None)
    task_class = item.klass if item.klass != "recurring" or series else "standing"
    today = arrival.now.astimezone(OFFICE_ZONE).date()
    asked: dict[str, str] = {}
    if item.ours is not False:
        asked = questions(item, calendar, arrival) | _about_dates(item, dates, today)
        if not unit_ids:
            asked["owner"] = f"{name_of(item)}: chưa rõ đơn vị chủ trì"
    return {
        "title": title_of(item), "task_class": task_class, "due_on": due_on, "due_time": due_time,
        "recurrence": _pattern(series) if series else None, "questions": asked,
        "review_on": calendar.review_date(today) if due_on is None and task_class in ("standing", "dated") else None,
    }  # fmt: skip


def moment_of(due: Due, calendar: Calendar, arrival: Arrival) -> tuple[date, time | None] | None:
    """The day, and the hour if there is one, that a stated or counted time limit falls on; None if it is not known.

    The first day is not counted (Bộ luật Dân sự, Điều 147). Hours can be counted only from a known hour: from an
    arrival that is today.
    """
    if due.kind == "date" and due.date is not None:
        return due.date, time.fromisoformat(due.time) if due.time and due.time < "24" else None
    start = {"signing": arrival.issued_on, "receipt": arrival.received_on}.get(due.from_ or "")
    if due.kind != "relative" or due.amount is None or start is None:
        return None
    if due.unit == "hours":
        local = arrival.now.astimezone(OFFICE_ZONE)
        if due.from_ != "receipt" or start != local.date():
            return None
        end = local + timedelta(hours=due.amount)
        return end.date(), end.time().replace(second=0, microsecond=0)
    return (calendar.add(start, due.amount) if due.unit == "working_days" else start + timedelta(due.amount)), None


def name_of(item: Item) -> str:
    """How the item is called in a question: "Mục 2", or "Đoạn 1" where nothing is numbered."""
    return f"Đoạn {item.label[1:]}" if item.label.startswith("¶") else f"Mục {item.label}"


def questions(item: Item, calendar: Calendar, arrival: Arrival) -> dict[str, str]:
    """What the text leaves open about time: `due` (no deadline) and `due:<n>` (the n-th expression is doubtful)."""
    asked: dict[str, str] = {}
    if item.klass != "monitor" and all(due.kind == "standing" or open_series(due) for due in item.due):
        asked["due"] = f"{name_of(item)}: văn bản không nêu thời hạn"
    for number, due in enumerate(item.due):
        open_ = "Thời hạn này là ngày nào?" if _uncounted(due, calendar, arrival) else None
        if question := due.question or open_:
            asked[f"due:{number}"] = f"{name_of(item)}: “{due.text}” – {question}"
    return asked


def _about_dates(item: Item, dates: list[tuple[date, time | None]], today: date) -> dict[str, str]:
    """`several` dates of which one task can have only one, and a date that has `past`."""
    days = sorted({day for day, _ in dates})
    series = any(due.kind == "recurring" and due.day for due in item.due)
    asked: dict[str, str] = {}
    if len(days) > 1 or (days and series):
        said = "; ".join(f"“{due.text}”" for due in item.due if due.kind in ("date", "relative", "recurring"))
        asked["several"] = f"{name_of(item)}: văn bản nêu nhiều thời hạn ({said}), nhiệm vụ theo thời hạn nào?"
    if days and days[0] < today:
        asked["past"] = f"{name_of(item)}: thời hạn {days[0]:%d/%m/%Y} đã qua, có giữ thời hạn này không?"
    return asked


def _uncounted(due: Due, calendar: Calendar, arrival: Arrival) -> bool:
    return due.kind in ("date", "relative") and moment_of(due, calendar, arrival) is None


def _pattern(due: Due) -> dict[str, Any]:
    months = list(due.months) if due.months else None
    return {"recurrence": due.recurrence, "day": due.day, "months": months, "text": due.text}
