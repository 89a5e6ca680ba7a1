"""From a verb and its words to an Act: which tasks, which day, what is still to be asked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.acts import Act, Do, Scene, TaskView, Verb
from bot.understanding import extensions, reckon
from bot.understanding import lexicon as lex
from bot.understanding.names import people_named, units_named
from bot.understanding.refusals import proposed_unit
from bot.understanding.tasks import Target, resolve
from bot.understanding.words import vn

_PRODUCT = re.compile(r"(?<![\w/])(\d{1,5}[a-zđ]?(?:/20\d\d)?/[^\W\d_][\w&]*(?:-[^\W\d_][\w&]*)*)", re.IGNORECASE)
_STAND_IN = vn(r"thay(?: mặt)?|thay cho|ủy quyền|hộ")
_OUTSIDE = vn(
    r"(?:chờ|đợi|chờ bên) ((?:phòng |bên )?(?:sở|ubnd|bộ|tỉnh|xã|các|phòng|đơn vị|cục|ban|huyện|"
    r"phường)(?: [\w&]+){0,3})"
)
_OPEN = frozenset(("assigned", "acknowledged"))


def fitting(verb: Verb, scene: Scene, product: str | None = None) -> tuple[TaskView, ...]:
    """Tasks of the speaker that the verb fits, by their state."""
    states = {"assigned"} if verb is Verb.ACKNOWLEDGE else _OPEN
    if verb is Verb.PROGRESS or (verb is Verb.REPORT and product is not None):
        states = _OPEN | {"reported"}
    return tuple(task for task in scene.tasks if task.state in states)


def product_in(raw: str) -> str | None:
    """The number and sign of a document as it was typed ('145/BC-QLVH', '12/KH-TTr'); nothing is completed."""
    found = [m for m in _PRODUCT.finditer(raw) if m.group(1).split("/")[-1].upper().split("-")[0] not in ("NV",)]
    return found[-1].group(1) if found else None


def aim(verb: Verb, text: str, scene: Scene, *, many: bool, product: str | None = None) -> tuple[Target, Act | None]:
    """The tasks meant, or the Act that asks for them."""
    fits = fitting(verb, scene, product)
    target = resolve(text, scene, fits, many=many)
    if target.how == "other":
        target = Target(target.tasks[1:], "prompt")
    if target.unknown is not None:
        return target, Act(verb, Do.ASK, then="badcode", task_unknown=True, unknown_code=target.unknown, words=text)
    if target.tasks:
        return target, None
    if not fits:
        return target, Act(Verb.NONE, Do.QUIET, words=text)
    return target, Act(verb, Do.ASK, then="which_task", task_unknown=True, words=text)


def confirmed(act: Act, target: Target) -> Act:
    """A task only likely (title words, NVI2) is read back before anything is recorded."""
    return replace(act, do=Do.ASK, then="confirm") if target.how in ("title", "blurred") else act


def stands_in(text: str, scene: Scene) -> bool:
    return scene.head_absent or _STAND_IN.search(text) is not None


def acknowledge(text: str, scene: Scene) -> Act:
    """R2, R8: all tasks of a prompt. When nothing waits: an overdue task is asked for its day, else silence."""
    waiting = fitting(Verb.ACKNOWLEDGE, scene)
    target, asking = aim(Verb.ACKNOWLEDGE, text, scene, many=True)
    if target.unknown is None and (
        not waiting or (target.tasks and not set(target.tasks) & {t.number for t in waiting})
    ):
        last = scene.prompts[-1] if scene.prompts else None
        if last is not None and last.kind == "overdue" and fitting(Verb.REPORT, scene):
            return Act(Verb.NONE, Do.ASK, last.tasks, then="date", words=text)
        return Act(Verb.NONE, Do.QUIET, words=text)
    if asking is not None:
        return asking
    return confirmed(
        Act(Verb.ACKNOWLEDGE, Do.ACT, target.tasks, words=text, standing_in=stands_in(text, scene)), target
    )


def report(text: str, raw: str, scene: Scene, *, nil: bool = False) -> Act:
    """A report. Its product's date is the last such day (D1); a bare 'xong' does not close a standing task."""
    product = product_in(raw)
    target, asking = aim(Verb.REPORT, text, scene, many=False, product=product)
    if asking is not None:
        return asking
    views = [task for task in scene.tasks if task.number in target.tasks]
    if product is None and not nil and any(task.task_class == "standing" for task in views):
        return Act(Verb.NONE, Do.ASK, target.tasks, then="which_act", words=text)
    day, kind = _report_day(text, product, scene)
    then = None if product is not None or nil else "product"
    act = Act(
        Verb.REPORT,
        Do.ACT,
        target.tasks,
        then=then,
        date=day,
        date_kind=kind,
        product=product,
        nil=nil,
        words=text,
        standing_in=stands_in(text, scene),
    )
    return confirmed(act, target)


def _report_day(text: str, product: str | None, scene: Scene) -> tuple[date | None, str | None]:
    if product is not None:
        after = text[text.find(product.lower()) + len(product) :]
        day = reckon.past_day(after, scene) or reckon.past_day(text, scene)
        return day, "product" if day else None
    day = reckon.past_day(text, scene)
    return day, "done" if day else None


def progress(text: str, promise: str, scene: Scene, *, then: str | None = None) -> Act:
    """Words kept on all tasks of a prompt. `promise`: the clauses that may name a promised day."""
    target, asking = aim(Verb.PROGRESS, text, scene, many=True)
    if asking is not None:
        return asking
    day, at = reckon.promised(promise, scene) if promise else (None, None)
    waiting, waiting_for = waiting_in(text, scene)
    obstacle = lex.OBSTACLE.search(lex.NO_OBSTACLE.sub(" ", text)) is not None
    act = Act(
        Verb.PROGRESS,
        Do.ACT,
        target.tasks,
        then=None if day else then,
        date=day,
        time=at,
        date_kind="promised" if day else None,
        words=text,
        waiting=waiting,
        waiting_for=waiting_for,
        obstacle=obstacle,
        standing_in=stands_in(text, scene),
    )
    return confirmed(act, target)


def waiting_in(text: str, scene: Scene) -> tuple[str | None, str | None]:
    """('signature', whom) for đã trình, ('unit', which) for chờ đơn vị phối hợp."""
    if lex.SUBMITTED.search(text):
        leader = next((person.name for _, person in people_named(text, scene) if person.role == "leader"), None)
        return "signature", leader
    if lex.WAITING.search(text):
        if units := [hit for hit in units_named(text, scene) if hit[2] != scene.own_unit]:
            return "unit", units[0][2]
        if (outside := _OUTSIDE.search(text)) is not None:
            return "unit", outside.group(1)
    return None, None


def refuse(text: str, scene: Scene) -> Act:
    """A refusal is always read back once; its words are its reason."""
    target, asking = aim(Verb.REFUSE, text, scene, many=False)
    if asking is not None:
        return asking
    return Act(
        Verb.REFUSE,
        Do.ASK,
        target.tasks,
        then="confirm",
        reason=text if re.sub(r"nv\d+|\W", "", text) else None,
        unit=proposed_unit(text, scene),
        words=text,
    )


def extension(asks: str, text: str, scene: Scene) -> list[Act]:
    """An extension of one task, or of several from their own dates. `asks`: the clauses that ask; `text`: all of it."""
    target, asking = aim(Verb.EXTENSION, text, scene, many=False)
    if asking is not None:
        return [asking]
    views = [task for number in target.tasks for task in scene.tasks if task.number == number]
    acts = [confirmed(_extend(task, asks, text, scene), target) for task in views]
    first = acts[0]
    same = all(replace(act, tasks=()) == replace(first, tasks=()) for act in acts)
    return [replace(first, tasks=target.tasks)] if same else acts


def _extend(task: TaskView, asks: str, text: str, scene: Scene) -> Act:
    if task.due is None:
        return Act(Verb.NONE, Do.ASK, (task.number,), then="which_act", date_kind="due", words=text)
    wanted = reckon.extension(asks, task.due, scene)
    if wanted.date is None and wanted.offer is None and asks != text and len(text) < 400:
        wanted = reckon.extension(text, task.due, scene)
    return extended(task, wanted, text, scene, extensions.reason_in(text))


def extended(task: TaskView, wanted: reckon.Wanted, text: str, scene: Scene, reason: str | None) -> Act:
    """What the day asked for leads to: recorded, or one question (dayoff, earlier, far, higher, date)."""
    by, leader = extensions.granted_by(text, scene)
    then = wanted.then or ("leader" if by == "leader" else None if reason else "reason")
    do = Do.ASK if wanted.then else Do.ACT
    if task.due_set_by == "authority":
        then, do = ("office", do) if by == "office" and wanted.then is None else ("higher", Do.ASK)
    product = product_in(text.upper()) if by == "office" else None
    return Act(
        Verb.EXTENSION,
        do,
        (task.number,),
        then=then,
        date=wanted.date,
        time=wanted.time,
        date_kind="due" if wanted.date else None,
        reason=reason,
        words=text,
        offer=wanted.offer,
        product=product,
        person=leader.id if leader is not None else None,
    )
