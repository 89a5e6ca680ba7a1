"""Questions and whole-message requests: help, who owes, lists, a task's words, silence, undo, leave (R10)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.acts import Act, Do, Scene, Verb
from bot.understanding import lexicon as lex
from bot.understanding import talk_words as ask
from bot.understanding.clauses import bare, is_question
from bot.understanding.dates import find
from bot.understanding.names import people_named, unit_meant, units_named
from bot.understanding.reckon import on_or_before, today
from bot.understanding.tasks import codes, named, resolve


def whole(text: str, scene: Scene) -> Act | None:
    """What a whole message asks for, whoever speaks; None when it is something else."""
    core = bare(text)
    if (
        (core.strip("? ") == "" and "?" in text and not codes(text))
        or ask.HELP.fullmatch(core.strip("? "))
        or text in ("/help", "/start", "/")
    ):
        return Act(Verb.HELP, Do.ACT, words=text)
    if ask.MUTE.search(core) and not codes(text) and len(text) < 60 and not lex.UNFINISHED.search(text):
        return Act(Verb.NONE, Do.ASK, then="mute", words=text)
    if ask.UNDO.fullmatch(core) and (scene.role == "unit" or not codes(text)):
        return takeback(text, scene)
    if ask.DEBT_ALONE.fullmatch(core.strip("? ")):
        return overdue(text, scene)
    if scene.role != "unit" and re.match(r"0(?:$| nv\d)", text):
        tasks = named(text, scene).tasks or (scene.prompts[-1].tasks if scene.prompts else ())
        return Act(
            Verb.LIST,
            Do.ACT,
            tasks,
            then="doc" if tasks else "all units",
            show="doc" if tasks else "all units",
            words=text,
        )
    return None


def takeback(text: str, scene: Scene) -> Act:
    """Undo the speaker's own last act: at once within the take-back time, after that the Office is asked."""
    meant = named(text, scene).tasks or scene.last_acted
    if (
        not meant
        and len(own := tuple(t.number for t in scene.tasks if t.has_open_report)) == 1
        and scene.role == "unit"
    ):
        meant = own
    if not meant:
        return Act(Verb.NONE, Do.ASK, then="takeback", words=text)
    in_time = scene.can_take_back or not scene.last_acted
    return Act(Verb.TAKEBACK, Do.ACT if in_time else Do.ASK, meant, then=None if in_time else "office", words=text)


def overdue(text: str, scene: Scene) -> Act:
    """R10. In a group totals only; a head sees his own unit; a leader or the Office all, or the unit named."""
    if scene.group:
        return _show(Verb.OVERDUE, "totals", text)
    if scene.role == "unit":
        return _show(Verb.OVERDUE, "own unit", text)
    unit = unit_meant(text, scene)
    if unit is None:
        return _show(Verb.OVERDUE, "all units", text)
    late = tuple(
        t.number for t in scene.tasks if t.unit == unit and t.due and t.due < today(scene) and t.state in ask.STATE
    )
    return _show(Verb.OVERDUE, unit, text, late, unit)


def question(text: str, scene: Scene) -> Act | None:
    """What a question, or a request to see, asks for. None when it asks nothing that we know."""
    core = bare(text).strip("? ")
    about = named(text, scene)
    if ask.HELP.fullmatch(core) or (
        ask.HELP.search(text) and about.how == "none" and not ask.DOCUMENT.search(text) and is_question(text)
    ):
        return Act(Verb.HELP, Do.ACT, words=text)
    if about.unknown is not None:
        return Act(Verb.LIST, Do.ASK, then="badcode", task_unknown=True, unknown_code=about.unknown, words=text)
    if ask.UNCONFIRMED.search(text) and scene.role != "unit":
        return _show(Verb.LIST, "unconfirmed", text, tuple(t.number for t in scene.tasks if t.state == "assigned"))
    if about.how == "none" and (
        ask.OVERDUE.search(text)
        or (scene.role != "unit" and ask.WHY_LATE.search(text))
        or ask.DEBT_ALONE.fullmatch(core)
    ):
        return overdue(text, scene)
    if ask.WHY_US.search(text) and scene.role == "unit":
        tasks = _here(text, scene)
        return Act(Verb.NONE, Do.ASK, tasks, then="which_act", words=text) if tasks else None
    if ask.DOCUMENT.search(text) or ask.DOC_ONLY.fullmatch(core):
        return _document(text, scene)
    return _listing(text, core, scene)


def _document(text: str, scene: Scene) -> Act | None:
    tasks = named(text, scene).tasks or _here(text, scene)
    waiting = any(t.state == "assigned" for t in scene.tasks if t.number in tasks)
    if re.search(r"(?<!\w)(?:chưa|chua|không|khong)(?!\w)", text) and not waiting:
        return None
    return Act(Verb.LIST, Do.ACT, tasks, then="doc", show="doc", words=text)


def _listing(text: str, core: str, scene: Scene) -> Act | None:
    about = named(text, scene)
    if about.tasks and (is_question(text) or scene.role != "unit" or ask.LOOK.match(text)):
        then = _directive_of(about.tasks, scene) if about.how == "directive" and scene.role != "unit" else None
        return Act(Verb.LIST, Do.ACT, about.tasks, then=then, show=then, words=text)
    if (
        (period := ask.PERIOD.search(text)) is not None
        and (_alone(core, period, scene) or is_question(text) or ask.OWN.search(text))
        and (
            _alone(core, period, scene)
            or ask.WHAT_LEFT.search(text)
            or re.search(r"(?<!\w)(?:gì|gi)(?!\w)", text)
            or (scene.role != "unit" and "hạn" in text)
        )
    ):
        return _due_within(period.group(1), text, scene)
    if scene.role != "unit" and (units_named(text, scene) or people_named(text, scene)):
        unit = unit_meant(text, scene)
        if unit is None:
            return None
        theirs = tuple(t.number for t in scene.tasks if t.unit == unit)
        return _show(Verb.LIST, unit, text, theirs, unit)
    if ask.OWN.fullmatch(core) or ask.WHAT_LEFT.search(text):
        return _show(Verb.LIST, "own unit" if scene.role == "unit" else "all units", text)
    if is_question(text) and ask.ABOUT_TASK.search(text) and (tasks := _here(text, scene)):
        return Act(Verb.LIST, Do.ACT, tasks, words=text)
    return None


def _alone(core: str, period: re.Match[str], scene: Scene) -> bool:
    """A leader's bare 'tuần này' asks what is due; a unit's would be a promise."""
    return scene.role != "unit" and core == period.group()


def _due_within(period: str, text: str, scene: Scene) -> Act:
    first, last = today(scene), today(scene)
    for mention in find(period, last):
        first = last = mention.ahead or last
    if "tu" in period[:2] or "tuần" in period:
        first = last - timedelta(days=last.weekday())
        last = on_or_before(scene.calendar, first + timedelta(days=6))
    elif period.startswith(("tháng", "thang")):
        first, last = _month(period, today(scene))
    due = tuple(t.number for t in scene.tasks if t.due is not None and first <= t.due <= last)
    return _show(Verb.LIST, first.isoformat() if first == last else f"{first}..{last}", text, due)


def _month(period: str, now: date) -> tuple[date, date]:
    word = period.split(" ")[1]
    month = int(word) if word.isdigit() else now.month + (word == "sau")
    year = now.year + (month > 12 or month < now.month)
    month = (month - 1) % 12 + 1
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _here(text: str, scene: Scene) -> tuple[int, ...]:
    """The tasks of the open prompt, or the only one: what 'việc này' means in a question."""
    return resolve(text, scene, scene.tasks, many=True).tasks if scene.role == "unit" or scene.prompts else ()


def _directive_of(tasks: tuple[int, ...], scene: Scene) -> str | None:
    return next((t.directive.split(" ")[0] for t in scene.tasks if t.number in tasks and t.directive), None)


def _show(verb: Verb, what: str, text: str, tasks: tuple[int, ...] = (), unit: str | None = None) -> Act:
    return Act(verb, Do.ACT, tasks, then=what, show=what, unit=unit, words=text)
