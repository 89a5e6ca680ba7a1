"""Orders about tasks: remind, hold, suspend, resume, move, withdraw, reopen, correct, forward, assign, instruct."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time

from bot.acts import Act, Do, Scene, TaskView, Verb
from bot.understanding import reckon
from bot.understanding.clauses import is_question
from bot.understanding.dates import find
from bot.understanding.lexicon import REASON
from bot.understanding.names import people_named, unit_meant, units_named
from bot.understanding.tasks import Target, named, says_all
from bot.understanding.words import vn

_REMIND = vn(r"(?:nhắc|đôn đốc|giục|thúc|hối|remind|gọi nhắc)(?! lại việc)")
_HOLD = vn(r"(?:giữ|hoãn báo cáo|dừng báo cáo|khoan(?: báo cáo)?|chưa báo cáo|hold)(?! nguyên)")
_VERBS = (
    (Verb.RESUME, vn(r"(?:cho )?tiếp tục|khôi phục|resume|làm tiếp|bỏ tạm dừng|hết tạm dừng|thôi tạm dừng")),
    (Verb.SUSPEND, vn(r"tạm dừng|tạm ngừng|tạm hoãn|tạm đình chỉ|dừng|suspend|tạm thôi|ngừng theo dõi")),
    (Verb.REOPEN, vn(r"mở lại|reopen|làm lại từ đầu|chưa xong mở lại")),
    (Verb.WITHDRAW, vn(r"thu hồi|rút(?: lại)?|hủy(?: bỏ)?|withdraw|bãi bỏ|bỏ(?= nv| việc| nhiệm vụ)|xóa")),
    (
        Verb.CORRECT,
        vn(
            r"(?:sửa|đính chính|điều chỉnh|chỉnh|đổi|chữa|correct|cập nhật)(?: lại)?(?: \w+){0,3} (?:hạn|ngày|tên|"
            r"thời hạn|nội dung|đơn vị|số|tiêu đề|due)|nv\d+ hạn (?:đúng )?(?:là|phải là)|"
            r"hạn (?:đúng )?(?:của )?nv\d+ (?:là|đúng là)|đính chính"
        ),
    ),
)
_MOVE = vn(r"(?:chuyển|giao|giao lại|chuyển lại|phân lại|điều chuyển|reassign|phân công lại)")
_ASSIGN = vn(r"(?:giao|phân công|yêu cầu|đề nghị|giao cho)(?: phòng| đơn vị| cho)*")
_OPINION = vn(r"(?:ý kiến(?: văn phòng| của văn phòng| vp)?|văn phòng(?: có)? ý kiến)\s*[:,]?\s*")
_FORWARD = vn(
    r"(?:chuyển|trình|gửi|báo cáo|xin ý kiến|forward)(?: \w+){0,3} (?:giám đốc|phó giám đốc|gđ|pgđ|gd|pgd|"
    r"lãnh đạo|lãnh đạo sở|sếp|anh thành|chị hà|bgđ)"
)
_TITLE_END = re.compile(
    r"\s*[,;.]?\s*(?:hạn|han|thời hạn|thoi han|trước|truoc|xong trước|hoàn thành|chậm nhất|đến ngày|"
    r"trong ngày)(?: là| xong| trước| ngày| chót)?\s*[:]?\s*(?=\S*\s?\S*\d|thứ|thu|t\d|mai|cuối|hết|ngày|cn|"
    r"hôm).*$"
)
_LEAVE_OUT = frozenset(("withdrawn", "completed"))


def after(text: str, scene: Scene) -> str | None:
    """The reason after 'vì, do, lý do' or in what follows 'chờ'."""
    if (found := REASON.search(text)) is not None and len(text) > found.end() + 2:
        return text[found.end() :].strip(" :,")
    waiting = re.search(r"(?<!\w)(?:chờ|đợi|để) .+", text)
    return waiting.group() if waiting is not None else None


def task_order(text: str, scene: Scene) -> Act | None:
    """Suspend, resume, withdraw, reopen, correct: named by code, read back before they are done."""
    target = named(text, scene)
    if target.how == "none" and not scene.reply_to:
        return None
    tasks = target.tasks or scene.reply_to
    for verb, pattern in _VERBS:
        if pattern.search(text) is None or is_question(text):
            continue
        if target.unknown is not None:
            return _unknown(verb, target, text)
        day = _new_day(text, tasks, scene) if verb is Verb.CORRECT else None
        return Act(
            verb,
            Do.ASK,
            tasks,
            then="confirm",
            date=day,
            date_kind="due" if day else None,
            reason=after(text, scene),
            words=text,
        )
    return None


def _unknown(verb: Verb, target: Target, text: str) -> Act:
    return Act(verb, Do.ASK, then="badcode", task_unknown=True, unknown_code=target.unknown, words=text)


def _new_day(text: str, tasks: tuple[int, ...], scene: Scene) -> date | None:
    """The day after 'thành, là, sang'; a correction may name any day, so it is not judged as an extension is."""
    cause = REASON.search(text)
    stated = text[: cause.start()] if cause else text
    days = [m.ahead or m.back for m in find(stated, reckon.today(scene)) if m.kind in ("day", "end")]
    return days[-1] if days else None


def reassign(text: str, scene: Scene) -> Act | None:
    """'nv9 chuyển qlvh': a code and a unit of ours."""
    target = named(text, scene)
    if target.how == "none" or not _MOVE.search(text) or is_question(text):
        return None
    moved = _MOVE.search(text)
    units = [hit for hit in units_named(text, scene) if moved is not None and hit[0] >= moved.start()]
    if not units:
        return None
    if target.unknown is not None:
        return _unknown(Verb.REASSIGN, target, text)
    return Act(
        Verb.REASSIGN, Do.ASK, target.tasks, then="confirm", unit=units[-1][2], reason=after(text, scene), words=text
    )


def remind(text: str, scene: Scene, *, ask: bool) -> Act | None:
    """The tasks named, else the unit's overdue ones, else those not confirmed."""
    if not _REMIND.search(text) or is_question(text):
        return None
    target = named(text, scene)
    if target.unknown is not None:
        return _unknown(Verb.REMIND, target, text)
    unit = unit_meant(text, scene)
    tasks = (
        target.tasks
        or scene.reply_to
        or (owed(unit, scene) if unit else _all_late(scene) if says_all(text) else _prompted(scene))
    )
    if not tasks and unit is None:
        return Act(Verb.REMIND, Do.ASK, then="which_task", task_unknown=True, words=text)
    return Act(Verb.REMIND, Do.ASK if ask else Do.ACT, tasks, then="confirm" if ask else None, unit=unit, words=text)


def _all_late(scene: Scene) -> tuple[int, ...]:
    now = reckon.today(scene)
    return tuple(
        t.number for t in scene.tasks if t.due is not None and t.due < now and t.state in ("assigned", "acknowledged")
    )


def _prompted(scene: Scene) -> tuple[int, ...]:
    return scene.prompts[-1].tasks if len(scene.prompts) == 1 else ()


def owed(unit: str, scene: Scene) -> tuple[int, ...]:
    """A unit's overdue tasks; when there is none, those it has not confirmed; else all its open ones."""
    theirs = [task for task in scene.tasks if task.unit == unit and task.state not in _LEAVE_OUT]
    late = [
        t
        for t in theirs
        if t.due is not None and t.due < reckon.today(scene) and t.state in ("assigned", "acknowledged")
    ]
    silent = [t for t in theirs if t.state == "assigned"]
    return tuple(task.number for task in late or silent or theirs)


def hold(text: str, scene: Scene) -> Act | None:
    """'giữ NV41 đến mai': nothing goes up until that working day, by default the next one."""
    if not _HOLD.search(text) or is_question(text):
        return None
    target = named(text, scene)
    tasks = target.tasks or scene.reply_to or _prompted(scene)
    if target.unknown is not None:
        return _unknown(Verb.HOLD, target, text)
    if not tasks:
        return Act(Verb.HOLD, Do.ASK, then="which_task", task_unknown=True, words=text)
    day, _ = reckon.promised(text, scene)
    return Act(
        Verb.HOLD, Do.ACT, tasks, date=day, date_kind="hold" if day else None, reason=after(text, scene), words=text
    )


def forward(text: str, scene: Scene) -> Act | None:
    """An extension sent on to the leader who decides, with the Office's opinion."""
    opinion = _OPINION.search(text)
    sent = _FORWARD.search(text)
    if (sent is None and opinion is None) or is_question(text):
        return None
    target = named(text, scene)
    asked = tuple(dict.fromkeys(n for p in scene.prompts if p.kind == "extension_asked" for n in p.tasks))
    tasks = target.tasks or scene.reply_to or asked
    if not tasks or (sent is None and not asked):
        return None
    said = text[opinion.end() :].strip(" :,.") if opinion is not None else None
    return Act(
        Verb.FORWARD, Do.ACT if len(tasks) == 1 or target.tasks else Do.ASK, tasks, reason=said or None, words=text
    )


def assign(text: str, raw: str, scene: Scene, verb: Verb) -> Act | None:
    """'giao TTS: báo cáo …, hạn 30/11': a new task (Office) or order (leader). Title as typed, without the date."""
    start = _ASSIGN.match(text)
    if start is None or named(text, scene).how != "none" or is_question(text):
        return None
    units = [hit for hit in units_named(text, scene) if hit[0] <= start.end() + 3]
    led = [
        person.unit
        for place, person in people_named(text, scene)
        if place <= start.end() + 10 and person.role != "leader"
    ]
    if not units and not led:
        return None
    days = [m for m in find(text, reckon.today(scene)) if m.kind in ("day", "end", "length")]
    day, at = (None, None) if not days else _order_day(text, scene)
    return Act(
        verb,
        Do.ASK,
        then="confirm",
        date=day,
        time=at,
        date_kind="due" if day else None,
        unit=units[0][2] if units else led[0],
        words=_title(text[units[0][1] if units else start.end() :], raw),
    )


def _order_day(text: str, scene: Scene) -> tuple[date | None, time | None]:
    mention = find(text, reckon.today(scene))[-1]
    if mention.kind == "length":
        return reckon.length_from(mention, reckon.today(scene), scene.calendar), None
    return mention.ahead, mention.at


def _title(rest: str, raw: str) -> str:
    """The words of the task, with the capitals that were typed when they can be found again."""
    title = _TITLE_END.sub("", rest.strip(" :,-"))
    title = re.sub(r"^(?:chủ trì|tham mưu giúp)?\s*[,:]\s*", "", title).strip(" ,.;:") or rest.strip(" :,-")
    place = raw.lower().find(title)
    return raw[place : place + len(title)] if place >= 0 else title


def instruct(text: str, raw: str, scene: Scene) -> Act | None:
    """A leader's words on a task, or in answer to a message about it: they go to its head and into the history."""
    target = named(text, scene)
    if target.unknown is not None:
        return _unknown(Verb.INSTRUCT, target, text)
    tasks = target.tasks or scene.reply_to
    if not tasks or is_question(text):
        return None
    words = re.sub(r"^\s*nv\s?\d+\s*[:,.-]?\s*", "", raw.strip(), flags=re.IGNORECASE)
    if len(words.split()) < 2:
        return None
    act = Act(Verb.INSTRUCT, Do.ACT, tasks, words=words)
    day, _ = reckon.promised(text, scene)
    return replace(act, date=day, date_kind="due" if day else None)


def view(number: int, scene: Scene) -> TaskView | None:
    return next((task for task in scene.tasks if task.number == number), None)
