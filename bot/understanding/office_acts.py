"""What the Office types: decisions on reports, orders about tasks, and what came by telephone or on paper."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.acts import Act, Do, Scene, Verb
from bot.understanding import decide, extensions, finish, orders, reckon, talk
from bot.understanding.clauses import bare, is_question, read
from bot.understanding.leave import leave as leave_of
from bot.understanding.names import people_named, unit_meant, units_named
from bot.understanding.tasks import codes, named
from bot.understanding.verdicts import decision, each, with_day
from bot.understanding.words import vn

_PHONE = vn(r"qua (?:điện thoại|đt)|điện thoại|gọi|gọi điện|alo|nghe máy|call|phone")
_PAPER = vn(r"bản giấy|giấy|bản cứng|trực tiếp|bản in")
_UNIT = vn(r"đơn vị|phòng|bên (?:ấy|đó|kia)")
_MAIL = vn(r"qua (?:mail|email|thư|ioffice|zalo)|email|mail|ioffice|zalo")


def office_acts(text: str, raw: str, scene: Scene) -> tuple[Act, ...]:
    """The acts of the Office."""
    if (answer := decide.read_back(text, scene)) is not None:
        return (answer,)
    if (whole := talk.whole(text, scene)) is not None:
        return (whole,)
    leave = leave_of(text, scene)
    for act in (
        leave if leave is not None and leave.verb is Verb.ABSENCE else None,
        orders.task_order(text, scene),
        orders.forward(text, scene),
        orders.hold(text, scene),
        orders.reassign(text, scene),
    ):
        if act is not None:
            return (act,)
    if (granted := _own_extension(text, scene)) is not None:
        return (granted,)
    if (
        re.match(r"(?:giao|phân công|phan cong)(?!\w)", text)
        and (new := orders.assign(text, raw, scene, Verb.ASSIGN)) is not None
    ):
        return (new,)
    if spoken := _on_behalf(text, raw, scene):
        return spoken
    for act in (orders.remind(text, scene, ask=False), orders.assign(text, raw, scene, Verb.ASSIGN)):
        if act is not None:
            return (act,)
    return _decision_or_question(text, raw, scene)


def _decision_or_question(text: str, raw: str, scene: Scene) -> tuple[Act, ...]:
    if not is_question(text) and (decided := each(text, scene) or decision(text, scene)) is not None:
        return decided if isinstance(decided, tuple) else (decided,)
    if codes(text) and not is_question(text) and (_how(text) or _UNIT.search(text)):
        noted = _noted(text, raw, scene)
        if noted[0].verb is not Verb.NONE:
            return noted
    if (asked := talk.question(text, scene)) is not None:
        return (asked,)
    if leave := leave_of(text, scene):
        return (leave,)
    if codes(text) and not is_question(text):
        return _noted(text, raw, scene)
    labels = {clause.label for clause in read(text, scene)}
    if "greeting" in labels and labels <= {"greeting", "none", "ok"}:
        return (Act(Verb.GREETING, Do.ACT, words=text),)
    return (Act(Verb.NONE, Do.QUIET, words=text),)


def _own_extension(text: str, scene: Scene) -> Act | None:
    """'gia hạn NV9 đến 4/12' from the Office itself: read back; whether the date is its own is checked when done."""
    target = named(text, scene)
    if not re.match(r"(?:cho )?(?:gia hạn|gia han|lùi hạn|lui han)", text) or target.how == "none" or is_question(text):
        return None
    if target.unknown is not None:
        return Act(Verb.APPROVE, Do.ASK, then="badcode", task_unknown=True, unknown_code=target.unknown, words=text)
    act = with_day(Act(Verb.APPROVE, Do.ASK, target.tasks, then="confirm", words=text), text, scene)
    return act if act.then not in (None, "confirm") else replace(act, do=Do.ASK, then="confirm")


def _how(text: str) -> str | None:
    return (
        "phone" if _PHONE.search(text) else "paper" if _PAPER.search(text) else "mail" if _MAIL.search(text) else None
    )


def _on_behalf(text: str, raw: str, scene: Scene) -> tuple[Act, ...]:
    """'a Long nhận NV22 qua đt': a unit's person or the unit itself does something, the Office enters it."""
    first = min(
        [start for start, _ in people_named(text, scene)]
        + [hit[0] for hit in units_named(text, scene) if hit[2] != scene.own_unit],
        default=None,
    )
    if first is None or first > 30 or is_question(text) or orders.remind(text, scene, ask=False) is not None:
        return ()
    unit = unit_meant(text, scene)
    theirs = replace(
        scene, role="unit", own_unit=unit, prompts=(), tasks=tuple(t for t in scene.tasks if t.unit == unit)
    )
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
    if (
        labels & {"promise", "progress", "unfinished", "later"}
        and not labels & {"report"}
        and finish.product_in(raw) is None
    ):
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
    act = _spoken({clause.label for clause in read(text, theirs)}, text, raw, theirs) or finish.progress(
        text, text, theirs
    )
    return (replace(act, on_behalf=True, how=_how(text)),)
