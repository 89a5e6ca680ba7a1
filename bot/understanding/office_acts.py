"""What the Office types: decisions on reports, orders about tasks, and what came by telephone or on paper."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.acts import Act, Do, Scene, Verb
from bot.understanding import decide, extensions, finish, orders, reckon, talk
from bot.understanding import lexicon as lex
from bot.understanding.clauses import bare, is_question, read, split
from bot.understanding.names import people_named, unit_meant, units_named
from bot.understanding.tasks import codes, named
from bot.understanding.words import vn

_PHONE = vn(r"qua (?:điện thoại|đt)|điện thoại|gọi|gọi điện|alo|nghe máy|call|phone")
_PAPER = vn(r"bản giấy|giấy|bản cứng|trực tiếp|bản in")
_MAIL = vn(r"qua (?:mail|email|thư|ioffice|zalo)|email|mail|ioffice|zalo")
_LACK = vn(r"thiếu|mờ|chưa (?:có|đủ|được|đạt|rõ|đúng|ký|đóng)|không (?:rõ|đọc được|đúng|đạt|hợp lệ|đủ|có)|bổ sung|trả lại|làm lại|sai|nhầm|return|xem lại|chỉnh sửa|sửa lại|không xác nhận|chưa xác nhận|yêu cầu")
_ACCEPT = vn(r"8|xác nhận|xn|ok|oke|okie|đồng ý|duyệt|chấp nhận|accept|đạt|được|hoàn thành|công nhận|nhất trí|đủ rồi|tốt|vâng")
_BARE_RETURN = vn(r"9|trả lại|đề nghị bổ sung|bổ sung|chưa được|chưa đạt|không đạt|không được|không|return|làm lại|xem lại|không đồng ý|không xác nhận|chưa|yêu cầu bổ sung|cần bổ sung")
_FROM_DAY = vn(r"(?:từ|ngày|tính từ|hôm|vào)(?: ngày)?")


def office_acts(text: str, raw: str, scene: Scene) -> tuple[Act, ...]:
    """The acts of the Office."""
    if (answer := decide.read_back(text, scene)) is not None:
        return (answer,)
    if (whole := talk.whole(text, scene)) is not None:
        return (whole,)
    leave = talk.leave(text, scene)
    for act in (leave if leave is not None and leave.verb is Verb.ABSENCE else None, orders.task_order(text, scene),
                orders.forward(text, scene), orders.hold(text, scene), orders.reassign(text, scene)):
        if act is not None:
            return (act,)
    if (granted := _own_extension(text, scene)) is not None:
        return (granted,)
    if re.match(r"(?:giao|phân công|phan cong)(?!\w)", text) and (new := orders.assign(text, raw, scene, Verb.ASSIGN)) is not None:
        return (new,)
    if spoken := _on_behalf(text, raw, scene):
        return spoken
    for act in (orders.remind(text, scene, ask=False), orders.assign(text, raw, scene, Verb.ASSIGN)):
        if act is not None:
            return (act,)
    return _decision_or_question(text, raw, scene)


def _decision_or_question(text: str, raw: str, scene: Scene) -> tuple[Act, ...]:
    if not is_question(text) and (decided := _each(text, scene) or _decision(text, scene)) is not None:
        return decided if isinstance(decided, tuple) else (decided,)
    if (asked := talk.question(text, scene)) is not None:
        return (asked,)
    if leave := talk.leave(text, scene):
        return (leave,)
    if codes(text) and not is_question(text):
        return _noted(text, raw, scene)
    labels = {clause.label for clause in read(text, scene)}
    if "greeting" in labels and labels <= {"greeting", "none", "ok"}:
        return (Act(Verb.GREETING, Do.ACT, words=text),)
    return (Act(Verb.NONE, Do.QUIET, words=text),)


def _each(text: str, scene: Scene) -> tuple[Act, ...] | None:
    """'nv12 ok, nv9 thiếu phụ lục': each code with its own word."""
    parts = [part for part in split(text) if codes(part)]
    if len(parts) < 2 or len(parts) != len(split(text)):
        return None
    acts = [_decision(part, scene) for part in parts]
    verbs = {act.verb for act in acts if act is not None}
    return tuple(act for act in acts if act is not None) if len(verbs) > 1 and None not in acts else None


def _decision(text: str, scene: Scene) -> Act | None:
    """8 or 9, ok, 'thiếu phụ lục, đề nghị bổ sung': on a report; on an extension of the Office's own dates too."""
    asked = [prompt for prompt in scene.prompts if prompt.kind == "extension_asked"]
    waiting = [prompt for prompt in scene.prompts if prompt.kind != "extension_asked"]
    reported = tuple(t.number for t in scene.tasks if t.has_open_report or t.state == "reported")
    meant = named(text, scene)
    if asked and not waiting:
        return _extension(text, scene)
    if not waiting and not meant.tasks:
        return None
    verb = _verdict(text)
    if verb is None or (meant.tasks and not set(meant.tasks) & set(reported) and not waiting):
        return None
    tasks, missing = decide.decided_tasks(text, waiting, scene)
    if missing is not None:
        return Act(verb, Do.ASK, then=missing, task_unknown=True, unknown_code=meant.unknown, words=text)
    return _on_report(verb, text, tasks, scene)


def _verdict(text: str) -> Verb | None:
    if _LACK.search(text) or _BARE_RETURN.fullmatch(bare(text)):
        return Verb.RETURN
    if re.match(r"9(?!\w)", text):
        return Verb.RETURN
    return Verb.ACCEPT if _ACCEPT.search(text) or lex.OK.fullmatch(bare(text) + " ") else None


def _on_report(verb: Verb, text: str, tasks: tuple[int, ...], scene: Scene) -> Act:
    if verb is Verb.RETURN:
        reason = None if _BARE_RETURN.fullmatch(bare(text)) else _lack_of(text)
        return Act(verb, Do.ACT if reason else Do.ASK, tasks, then=None if reason else "reason", reason=reason, words=text)
    day = reckon.past_day(text, scene)
    if day is not None and day != reckon.today(scene) and _FROM_DAY.search(text):
        return Act(verb, Do.ASK, tasks, then="confirm", reason=f"{day:%d/%m/%Y}", words=text)
    return Act(verb, Do.ACT, tasks, words=text)


def _lack_of(text: str) -> str | None:
    """What is missing: the words without code, digit and the request itself; the request alone is no reason."""
    left = re.sub(r"(?:,\s*)?(?<!\w)(?:đề nghị|de nghi|yêu cầu|yeu cau)? ?(?:bổ sung|bo sung|trả lại|tra lai|làm lại|lam lai)(?= *$| *,)", " ", re.sub(r"nv\d+", " ", text))
    left = re.sub(r"^\s*(?:9|không|chưa được|chưa đạt|trả lại|tra lai|return|không đạt)(?=[\s,.:]|$)[\s,.:]*", "", left.strip()).strip(" ,.:;")
    left = re.sub(r"^(?:vì|vi|do|lý do|ly do)[\s:]+", "", left)
    return left if len(left) > 2 else None


def _extension(text: str, scene: Scene) -> Act | None:
    """A date that the Office set, the Office decides; another goes to who set it, with the Office's opinion."""
    word = decide.yes_no(text)
    asked = [prompt for prompt in scene.prompts if prompt.kind == "extension_asked"]
    tasks, missing = decide.decided_tasks(text, asked, scene)
    if word is None:
        return None
    verb = Verb.APPROVE if word == "yes" else Verb.DENY
    if missing is not None:
        return Act(verb, Do.ASK, then=missing, task_unknown=True, words=text)
    views = [view for number in tasks if (view := orders.view(number, scene)) is not None]
    if any(view.due_set_by != "office" for view in views):
        return Act(Verb.FORWARD, Do.ACT, tasks, reason=None if decide.nothing_more(text) else text, words=text)
    return with_day(Act(verb, Do.ACT, tasks, reason=decide.reason_of(text) if word == "no" else None, words=text), text, scene)


def with_day(act: Act, text: str, scene: Scene) -> Act:
    """The day that a decider names, else the one that was asked for; his day meets the same doubts as a unit's."""
    if act.verb is not Verb.APPROVE or not act.tasks:
        return act
    due = next((t.due for t in scene.tasks if t.number == act.tasks[0]), None)
    wanted = reckon.extension(text, due, scene)
    if wanted.date is None and wanted.offer is None:
        asked = next((p for p in reversed(scene.prompts) if set(act.tasks) & set(p.tasks) and p.about.get("date")), None)
        from_prompt = decide_date(asked.about.get("date")) if asked is not None else None
        return replace(act, date=from_prompt, date_kind="due" if from_prompt else None)
    if wanted.then is not None:
        return replace(act, do=Do.ASK, then=wanted.then, date=wanted.date, time=wanted.time, date_kind="due" if wanted.date else None, offer=wanted.offer)
    return replace(act, date=wanted.date, time=wanted.time, date_kind="due")


def decide_date(value: object) -> reckon.date | None:
    return reckon.date.fromisoformat(value[:10]) if isinstance(value, str) else value if isinstance(value, reckon.date) else None


def _own_extension(text: str, scene: Scene) -> Act | None:
    """'gia hạn NV9 đến 4/12' from the Office, no unit speaking: read back, recorded as the Office's or refused as not its date."""
    target = named(text, scene)
    if not re.match(r"(?:cho )?(?:gia hạn|gia han|lùi hạn|lui han)", text) or target.how == "none" or is_question(text):
        return None
    if target.unknown is not None:
        return Act(Verb.APPROVE, Do.ASK, then="badcode", task_unknown=True, unknown_code=target.unknown, words=text)
    act = with_day(Act(Verb.APPROVE, Do.ASK, target.tasks, then="confirm", words=text), text, scene)
    return act if act.then not in (None, "confirm") else replace(act, do=Do.ASK, then="confirm")


def _how(text: str) -> str | None:
    return "phone" if _PHONE.search(text) else "paper" if _PAPER.search(text) else "mail" if _MAIL.search(text) else None


def _on_behalf(text: str, raw: str, scene: Scene) -> tuple[Act, ...]:
    """'a Long nhận NV22 qua đt': a unit's person or the unit itself does something, the Office enters it."""
    first = min([start for start, _ in people_named(text, scene)] + [hit[0] for hit in units_named(text, scene) if hit[2] != scene.own_unit],
                default=None)
    if first is None or first > 30 or is_question(text) or orders.remind(text, scene, ask=False) is not None:
        return ()
    unit = unit_meant(text, scene)
    theirs = replace(scene, role="unit", own_unit=unit, prompts=(), tasks=tuple(t for t in scene.tasks if t.unit == unit))
    labels = {clause.label for clause in read(text, theirs)}
    who = next((person.id for _, person in people_named(text, scene) if person.unit == unit), None)
    act = _spoken(labels, text, raw, theirs)
    if act is None or act.verb is Verb.NONE:
        return ()
    return (replace(act, on_behalf=True, how=_how(text), person=who, unit=unit),)


def _spoken(labels: set[str], text: str, raw: str, theirs: Scene) -> Act | None:
    """What the unit is said to have said; several tasks of it without a code are asked for."""
    if "extension" in labels or extensions.asked(text, reckon.today(theirs)):
        return finish.extension(text, text, theirs)[0]
    if "refuse" in labels:
        return finish.refuse(text, theirs)
    if labels & {"promise", "progress", "unfinished", "later"} and not labels & {"report"} and finish.product_in(raw) is None:
        return finish.progress(text, text, theirs)
    if labels & {"report", "nil"} or finish.product_in(raw) is not None:
        return finish.report(text, raw, theirs, nil="nil" in labels)
    if labels & {"ack", "ok"} or re.search(r"(?<!\w)(?:biết|nắm|biet|nam|nhận|nhan)(?!\w)", text):
        return finish.acknowledge(text, theirs)
    return None


def _noted(text: str, raw: str, scene: Scene) -> tuple[Act, ...]:
    """'NV9: đã gọi điện, a Long hứa thứ 6': the result of a contact, kept as the unit's progress."""
    target = named(text, scene)
    if target.unknown is not None:
        return (Act(Verb.LIST, Do.ASK, then="badcode", task_unknown=True, unknown_code=target.unknown, words=text),)
    if not bare(text):
        return (Act(Verb.LIST, Do.ACT, target.tasks, words=text),)
    theirs = replace(scene, role="unit", prompts=(), tasks=tuple(t for t in scene.tasks if t.number in target.tasks))
    act = _spoken({clause.label for clause in read(text, theirs)}, text, raw, theirs) or finish.progress(text, text, theirs)
    return (replace(act, on_behalf=True, how=_how(text)),)
