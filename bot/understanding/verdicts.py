"""The Office's decisions on reports and on extensions of its own dates, and the day a decider names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.acts import Act, Do, Scene, Verb
from bot.understanding import decide, orders, reckon
from bot.understanding import lexicon as lex
from bot.understanding.clauses import bare, split
from bot.understanding.tasks import codes, named
from bot.understanding.words import vn, vn_source

_LACK = vn(
    r"thiếu|mờ|chưa (?:có|đủ|được|đạt|rõ|đúng|ký|đóng)|không (?:rõ|đọc được|đúng|đạt|hợp lệ|đủ|có)|bổ sung|"
    r"trả lại|làm lại|sai|nhầm|return|xem lại|chỉnh sửa|sửa lại|không xác nhận|chưa xác nhận|yêu cầu"
)
_ACCEPT = vn(
    r"8|xác nhận|xn|ok|oke|okie|đồng ý|duyệt|chấp nhận|accept|đạt|được|hoàn thành|công nhận|nhất trí|đủ rồi|"
    r"tốt|vâng"
)
_BARE_RETURN = vn(
    r"9|trả lại|đề nghị bổ sung|bổ sung|chưa được|chưa đạt|không đạt|không được|không|return|làm lại|xem lại|"
    r"không đồng ý|không xác nhận|chưa|yêu cầu bổ sung|cần bổ sung"
)
DECIDED = ("reported", "extension_asked", "refused", "which_task", "confirm")
_CAUSE = re.compile(
    rf"(?<!\w)(?:{vn_source('do|vì|nguyên nhân(?: khách quan)?')})(?!\w)[\s:,]*(?:(?:do|là|la) )?(\w.{{2,}})"
)
"""What is said beside an acceptance: the objective cause of lateness, confirmed in the same act."""
_FROM_DAY = vn(r"(?:từ|ngày|tính từ|hôm|vào)(?: ngày)?")


def each(text: str, scene: Scene) -> tuple[Act, ...] | None:
    """'nv12 ok, nv9 thiếu phụ lục': each code with its own word."""
    parts = [part for part in split(text) if codes(part)]
    if len(parts) < 2 or len(parts) != len(split(text)):
        return None
    acts = [decision(part, scene) for part in parts]
    verbs = {act.verb for act in acts if act is not None}
    return tuple(act for act in acts if act is not None) if len(verbs) > 1 and None not in acts else None


def decision(text: str, scene: Scene) -> Act | None:
    """8 or 9, ok, 'thiếu phụ lục, đề nghị bổ sung': on a report; on an extension of the Office's own dates too."""
    reported = tuple(t.number for t in scene.tasks if t.has_open_report or t.state == "reported")
    meant = named(text, scene)
    # What is asked of the Office as a unit waits beside it, and is nothing that it decides.
    about = [p for p in scene.prompts if p.kind in DECIDED and (not meant.tasks or set(meant.tasks) & set(p.tasks))]
    asked = [prompt for prompt in about if prompt.kind == "extension_asked"]
    waiting = [prompt for prompt in about if prompt.kind != "extension_asked"]
    requested = {t.number for t in scene.tasks if t.has_open_extension and t.number not in reported}
    if meant.tasks and requested.issuperset(meant.tasks):
        return _extension(text, scene)
    if asked and not (waiting and (not meant.tasks or set(meant.tasks) & set(reported))):
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
    if re.match(r"8(?!\w)", text) and _CAUSE.search(text):
        return Verb.ACCEPT
    if _LACK.search(text) or _BARE_RETURN.fullmatch(bare(text)):
        return Verb.RETURN
    if re.match(r"9(?!\w)", text):
        return Verb.RETURN
    return Verb.ACCEPT if _ACCEPT.search(text) or lex.OK.fullmatch(bare(text) + " ") else None


def _on_report(verb: Verb, text: str, tasks: tuple[int, ...], scene: Scene) -> Act:
    if verb is Verb.RETURN:
        reason = None if _BARE_RETURN.fullmatch(bare(text)) else _lack_of(text)
        return Act(
            verb, Do.ACT if reason else Do.ASK, tasks, then=None if reason else "reason", reason=reason, words=text
        )
    if (cause := _CAUSE.search(text)) is not None:
        return Act(verb, Do.ACT, tasks, reason=cause.group(1), words=text)
    day = reckon.past_day(text, scene)
    if day is not None and day != reckon.today(scene) and _FROM_DAY.search(text):
        return Act(verb, Do.ASK, tasks, then="confirm", offer=day, words=text)
    return Act(verb, Do.ACT, tasks, words=text)


def _lack_of(text: str) -> str | None:
    """What is missing: the words without code, digit and the request itself; the request alone is no reason."""
    left = re.sub(
        r"(?:,\s*)?(?<!\w)(?:đề nghị|de nghi|yêu cầu|yeu cau)? ?(?:bổ sung|bo sung|trả lại|tra lai|làm lại|"
        r"lam lai)(?= *$| *,)",
        " ",
        re.sub(r"nv\d+", " ", text),
    )
    left = re.sub(
        r"^\s*(?:9|không|chưa được|chưa đạt|trả lại|tra lai|return|không đạt)(?=[\s,.:]|$)[\s,.:]*", "", left.strip()
    ).strip(" ,.:;")
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
    return with_day(
        Act(verb, Do.ACT, tasks, reason=decide.reason_of(text) if word == "no" else None, words=text), text, scene
    )


def with_day(act: Act, text: str, scene: Scene) -> Act:
    """The day that a decider names, else the one that was asked for; his day meets the same doubts as a unit's."""
    if act.verb is not Verb.APPROVE or not act.tasks:
        return act
    due = next((t.due for t in scene.tasks if t.number == act.tasks[0]), None)
    wanted = reckon.extension(text, due, scene)
    if wanted.date is None and wanted.offer is None:
        asked = next(
            (p for p in reversed(scene.prompts) if set(act.tasks) & set(p.tasks) and p.about.get("date")), None
        )
        from_prompt = decide_date(asked.about.get("date")) if asked is not None else None
        return replace(act, date=from_prompt, date_kind="due" if from_prompt else None)
    if wanted.then is not None:
        return replace(
            act,
            do=Do.ASK,
            then=wanted.then,
            date=wanted.date,
            time=wanted.time,
            date_kind="due" if wanted.date else None,
            offer=wanted.offer,
        )
    return replace(act, date=wanted.date, time=wanted.time, date_kind="due")


def decide_date(value: object) -> date | None:
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value if isinstance(value, date) else None
