"""From a mention to a day: lengths (D4), days off (D5), not later (D6), vague (D7), which of several (D9)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.acts import Scene, WorkingDays
from bot.understanding.dates import Mention, find
from bot.understanding.words import vn

_FAR = 90
_TARGET = vn(r"(?:đến|tới|sang|thành|hết|qua|vào)(?: hết| tận| ngày| hôm)*")
_FROM = vn(r"từ(?: ngày)?|hạn|hạn là|thay vì")
_OR = vn(r"hoặc|hay|hay là")
_REASON = vn(r"lý do|vì|do|bởi|tại|nguyên nhân|để chờ|do là|nhằm|để")
_OTHERS = vn(r"nghỉ|công tác|đi vắng|gửi|trình|họp|nhận được|xin ý kiến")
_PAST = vn(r"đã|rồi|vừa|từ|hôm(?! sau| tới)")
_SHIFT = vn(r"thêm|lùi|gia hạn|hoãn|dời|khất|giãn|kéo dài|trễ|muộn|chậm|nới|nợ|delay|extend")


@dataclass(frozen=True)
class Wanted:
    """The day an extension asks for; `then` is what stands in its way: date, dayoff, earlier, far."""

    date: dt.date | None = None
    time: dt.time | None = None
    then: str | None = None
    offer: dt.date | None = None


def today(scene: Scene) -> date:
    return scene.now.date()


def on_or_after(calendar: WorkingDays, day: date) -> date:
    """The day itself if it is worked, else the next working day."""
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def on_or_before(calendar: WorkingDays, day: date) -> date:
    """The day itself if it is worked, else the working day before."""
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def length_from(mention: Mention, start: date, calendar: WorkingDays) -> date:
    """The first day is not counted; an end on a day off moves on (BLDS Đ.147, 148)."""
    if not mention.working:
        return on_or_after(calendar, start + timedelta(days=mention.amount))
    day, left = start, mention.amount
    while left > 0:
        day += timedelta(days=1)
        left -= calendar.is_working(day)
    return day


def extension(text: str, due: date | None, scene: Scene) -> Wanted:
    """Which day the text asks for. `due` is the present one; None when several tasks have different ones."""
    mentions = _without_others(find(text, today(scene)), text, due)
    if not mentions:
        return Wanted(then="date")
    if len(mentions) > 1:
        if _OR.search(text, mentions[0].end, mentions[-1].start):
            return Wanted(then="date")
        mentions = _targets(mentions, text)
    if len({(m.kind, m.ahead, m.amount) for m in mentions}) > 1:
        return Wanted(then="date")
    return _wanted(mentions[-1], text, due, scene)


def _without_others(mentions: list[Mention], text: str, due: date | None) -> list[Mention]:
    """Leave out days that belong to a reason, a leave or a letter, and the present due date beside a new one (D9)."""
    kept = []
    for mention in mentions:
        clause = max(text.rfind(sign, 0, mention.start) for sign in ",;.") + 1
        before = text[clause : mention.start]
        reason = _REASON.search(before)
        if reason is not None and not _SHIFT.search(before, reason.end()):
            continue
        if _OTHERS.search(before) and not _SHIFT.search(before):
            continue
        kept.append(mention)
    others = [m for m in kept if not _is_due(m, due, text)]
    return others or kept


def _is_due(mention: Mention, due: date | None, text: str) -> bool:
    left = text[: mention.start].rstrip()
    if any(m.end() == len(left) for m in _FROM.finditer(left)):
        return True
    return due is not None and mention.kind == "day" and due in (mention.ahead, mention.back)


def _targets(mentions: list[Mention], text: str) -> list[Mention]:
    """Of several, those after "đến, tới, sang"; else the exact ones before the vague."""
    aimed = [
        m
        for m in mentions
        if any(t.end() == len(text[: m.start].rstrip()) for t in _TARGET.finditer(text[: m.start].rstrip()))
    ]
    days = [m for m in mentions if m.kind in ("day", "end")]
    return aimed or days or mentions


def _wanted(mention: Mention, text: str, due: date | None, scene: Scene) -> Wanted:
    calendar, now = scene.calendar, today(scene)
    if mention.kind in ("vague", "bad", "week") or (mention.kind == "length" and mention.amount == 0):
        offer = None if mention.ahead is None else on_or_after(calendar, mention.ahead)
        return Wanted(then="date", offer=offer if offer is None or due is None or offer > due else None)
    if mention.kind == "length":
        from_now = mention.more and not _SHIFT.search(text)
        day = length_from(mention, now if due is None or from_now else max(due, now), calendar)
    elif mention.ahead is None:
        return Wanted(mention.back, mention.at, "earlier")
    else:
        day = on_or_before(calendar, mention.ahead) if mention.kind == "end" else mention.ahead
    if (due is not None and day <= due) or day < now:
        return Wanted(day, mention.at, "earlier")
    if day > now + timedelta(days=_FAR):
        return Wanted(day, mention.at, "far")
    if not calendar.is_working(day):
        return Wanted(day, mention.at, "dayoff", on_or_after(calendar, day))
    return Wanted(day, mention.at)


def promised(text: str, scene: Scene) -> tuple[date | None, time | None]:
    """The day a unit promises; on a day off it moves to the next working day (D5). Vague words promise nothing."""
    calendar, now = scene.calendar, today(scene)
    for mention in reversed(find(text, now)):
        if mention.kind == "length":
            return length_from(mention, now, calendar), None
        if mention.kind in ("day", "end", "week") and mention.ahead is not None and mention.ahead >= now:
            if mention.kind == "day":
                return on_or_after(calendar, mention.ahead), mention.at
            return on_or_before(calendar, mention.ahead), mention.at
    return None, None


def past_day(text: str, scene: Scene) -> date | None:
    """The last day named that is not after today: the date of a document, or the day on which it is said to be done."""
    now = today(scene)
    days = [m.back for m in find(text, now) if m.kind in ("day", "end") and m.back is not None and m.back <= now]
    return days[-1] if days else None


def lies_ahead(text: str, scene: Scene) -> bool:
    """Whether a day named lies ahead: a relative one by itself, a date by what is nearer to today."""
    now, past = today(scene), _PAST.search(text) is not None
    for mention in find(text, now):
        if mention.kind in ("week", "end") and mention.ahead is not None:
            return True
        if (mention.kind == "length" and mention.more) or (mention.kind == "vague" and not past):
            return True
        if mention.kind != "day" or mention.ahead is None or mention.ahead <= now:
            continue
        if mention.back is None or mention.back > now:
            return True
        if not past if mention.weekday else (mention.ahead - now) <= (now - mention.back):
            return True
    return False
