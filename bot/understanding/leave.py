"""Who is away, from when to when, and who stands in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.acts import Act, Do, Scene, Verb
from bot.understanding.dates import Mention, find
from bot.understanding.names import people_named
from bot.understanding.reckon import on_or_before, today
from bot.understanding.words import vn

_LEAVE = vn(
    r"nghỉ phép|nghỉ ốm|nghỉ (?:từ|đến|hết|ngày|\d+|việc|không|chế độ|thai sản|mát|bù|lễ|tuần|mai|thứ|hôm)|"
    r"đi công tác|công tác|đi học|đi vắng|vắng mặt|đi nước ngoài|đi tập huấn|on leave|đi phép|đi họp|"
    r"nghỉ(?=$|,| rồi)|nằm viện|xin nghỉ|vắng"
)
_SELF = vn(r"nghỉ|tôi|anh|em|mình|chị|a|e|c|phòng tôi|xin|từ|tuần này|tuần sau|mai|ngày mai|hôm nay|thứ \w+|tớ|bác")
_STAFF = vn(
    r"phòng (?:em|anh|tôi)? ?(?:có )?\d+|\d+ (?:nv|người|cán bộ|chuyên viên|đồng chí|nhân viên|đ/c)|"
    r"chuyên viên|nhân viên|cán bộ"
)
_UP_TO = vn(r"đến|tới|hết")


def leave(text: str, scene: Scene) -> Act | None:
    """'tôi nghỉ phép 23-27/11, c Mai thay' is an absence to confirm; without a deputy it is asked."""
    if not _LEAVE.search(text) or _STAFF.search(text):
        return None
    others = people_named(text, scene)
    if not _SELF.match(text) and not others:
        return None
    mentions = [m for m in find(text, today(scene)) if m.ahead is not None]
    first, last = (mentions[0].ahead, mentions[-1].ahead) if mentions else (None, None)
    if mentions and mentions[-1].kind == "end" and last is not None:
        last = on_or_before(scene.calendar, last)
    deputy = next((person.id for start, person in reversed(others) if _stands_in(text, start)), None)
    if len(mentions) == 1:
        first = _first_day(text, mentions[0], scene)
    if scene.role == "unit" and deputy is None:
        asked = Act(Verb.NONE, Do.ASK, then="absence", date_kind="absence", absent=scene.me, words=text)
        later = first is not None and first > today(scene)
        return replace(asked, date=first, until=last) if later else replace(asked, date=last)
    away = next((person.id for _, person in others if person.id != deputy), scene.me)
    return Act(
        Verb.ABSENCE,
        Do.ASK,
        then="confirm",
        date=first,
        until=last,
        date_kind="absence",
        person=deputy,
        absent=away,
        words=text,
    )


def _first_day(text: str, mention: Mention, scene: Scene) -> date | None:
    """One day named: 'đến thứ 5' runs from today, 'tuần sau' from its Monday, 'mai' is that day alone."""
    now = today(scene)
    if mention.kind == "week" and mention.ahead is not None:
        return max(now, mention.ahead - timedelta(days=mention.ahead.weekday()))
    return now if mention.kind == "end" or _UP_TO.search(text[: mention.start]) else mention.ahead


def _stands_in(text: str, start: int) -> bool:
    near = text[max(0, start - 25) : start + 40]
    return (
        re.search(
            r"(?<!\w)(?:thay|điều hành|dieu hanh|phụ trách|phu trach|trực|truc|giao|ủy quyền|uy quyen|lo)(?!\w)", near
        )
        is not None
    )
