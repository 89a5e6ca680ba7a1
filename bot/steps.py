"""Answers to open questions, and presses of buttons: what they complete is taken from the prompt's row.

A plain yes or no, a bare code, a reason: what a step waits for is taken here; everything else goes to `understand`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time

from bot import asking
from bot.acts import Act, Do, PromptView, Scene, Verb
from bot.prompts import ALONE, DECIDED, STEPS, close, versions
from bot.turn import Turn, act_of
from bot.understanding.words import clean
from models import clock
from models.message import Prompt

Understand = Callable[[str, Scene], tuple[Act, ...]]

YES = re.compile(
    r"8|(?:ok|oke|okie|vâng|vang|dạ|da|ừ|uh|có|co|đúng|dung|đúng rồi|dung roi|đồng ý|dong y|xác nhận|xac nhan|"
    r"được|duoc|phải|phai|gửi đi|gui di|yes)(?: (?:ạ|a|em|anh|chị|nhé|nhe|rồi|roi))*"
)
NO = re.compile(
    r"9|(?:không|khong|thôi|thoi|hủy|huy|bỏ|bo|sai rồi|sai roi|không đồng ý|khong dong y|không phải|khong phai|no)"
    r"(?: (?:ạ|a|em|nhé|nhe))*"
)
ALL = re.compile(r"(?:cả|ca) (?:2|3|4|hai|ba|bốn|bon)|tất cả|tat ca|hết|het|all")
DOCUMENT = re.compile(r"(?i)\d+\s?[a-z]?\s?/\s?[A-ZĐ]{2,}|^\s*s[oố]\s+\d+|kh[oô]ng c[oó] v[aă]n b[aả]n")
REASON = re.compile(r"(?:vì|vi|do|tại|bởi|lý do|ly do|chờ|cho)(?!\w)")
TASKS = re.compile(r"(?:nv)?\s?(\d{1,6})")
BY_NUMBER = {1: Verb.ACKNOWLEDGE, 2: Verb.REPORT, 3: Verb.PROGRESS, 4: Verb.EXTENSION, 5: Verb.REFUSE}
NEEDS_WORDS = frozenset({"ask_reason", "ask_result", "ask_progress"})
COMMANDS = frozenset({Verb.LIST, Verb.OVERDUE, Verb.HELP, Verb.TAKEBACK, Verb.ORDER, Verb.ABSENCE})
BEGINNINGS = frozenset({"ask_evidence", "which_task", "which_act", "confirm", "ask_date", "ask_progress"})


def answered(turn: Turn, understand: Understand) -> Sequence[Act]:
    """The acts of typed words: the newest step's answer if they are one, else what they mean by themselves."""
    prompts = _meant_last(turn)
    step = prompts[-1] if prompts and prompts[-1].kind in STEPS and not turn.incoming.reply_to else None
    plain = clean(turn.incoming.text)
    if (draft := _draft(prompts, plain)) is not None:
        step, plain = draft, plain[0]
    if step is not None and turn.incoming.text.strip() and not turn.incoming.attachments:
        acts = _answer(turn, step, plain)
        if acts is not None:
            close(turn.session, [step.id])
            turn.began = step
            return acts
    scene = turn.stage.scene
    if prompts is not scene.prompts:
        scene = replace(scene, prompts=prompts)
    return _completed(turn, step, understand(turn.incoming.text, scene))


def _draft(prompts: Sequence[PromptView], plain: str) -> PromptView | None:
    """The đầu mối's report that 8 or 9 is about: the one named, else the newest, unless something else to be decided
    was asked since. It waits for its head below whatever the same message, or a later one, asks of the unit."""
    said = re.fullmatch(r"[89](?: nv ?(\d+))?", plain)
    drafts = [prompt for prompt in prompts if prompt.kind == "draft"]
    if said is None or not drafts:
        return None
    if said.group(1) is not None:
        return next((prompt for prompt in reversed(drafts) if int(said.group(1)) in prompt.tasks), None)
    return drafts[-1] if prompts[-1].kind not in (STEPS | DECIDED) - {"draft"} else None


def _meant_last(turn: Turn) -> tuple[PromptView, ...]:
    """Open questions with the one that these words answer last: of a document's number and a reason, asked together,
    each is known by its look."""
    prompts = turn.prompts
    kind = "ask_product" if DOCUMENT.search(turn.incoming.text) else "ask_reason"
    if (
        len(prompts) < 2
        or {prompts[-1].kind, prompts[-2].kind} != {"ask_product", "ask_reason"}
        or prompts[-1].kind == kind
    ):
        return prompts
    return (*prompts[:-2], prompts[-1], prompts[-2])


def pressed(turn: Turn, understand: Understand) -> Sequence[Act]:
    """A button: only the person asked may press it, only while its question is open and its task stands as asked."""
    press = turn.incoming.press or {}
    row = turn.session.get(Prompt, press.get("prompt") or 0)
    number, task = int(press.get("number") or 0), press.get("task")
    if row is None or row.person_id != turn.speaker.id:
        turn.say("press.not_yours")
        return ()
    prompt = next((one for one in turn.prompts if one.id == row.id), None)
    if prompt is None:
        turn.say("press.expired" if row.expires_at <= clock.now() else "press.closed")
        return ()
    asked = prompt.about.get("versions")
    if number in (8, 9) and isinstance(asked, dict):
        now = versions(turn.session, prompt.tasks)
        moved = [n for n in prompt.tasks if task in (None, n) and now.get(str(n)) != asked.get(str(n))]
        if moved:
            turn.say("press.moved", codes=", ".join(f"NV{n}" for n in moved))
            return ()
    if prompt.kind in STEPS:
        acts = _answer(turn, prompt, f"nv{task}" if prompt.kind == "which_task" and task else str(number))
        if acts is not None:
            close(turn.session, [prompt.id])
            turn.began = prompt
            return acts
    words = f"{number} NV{task}" if task is not None else str(number)
    return _completed(turn, prompt, understand(words, replace(turn.stage.scene, prompts=(prompt,), reply_to=())))


def _answer(turn: Turn, step: PromptView, plain: str) -> Sequence[Act] | None:
    """What a step's plain answer completes; None when it is no plain answer."""
    kept = step.about.get("act")
    stored = act_of(kept) if isinstance(kept, dict) else None
    if step.kind in ("confirm", "ask_absence", "draft"):
        return _confirmed(turn, step, stored, plain)
    if step.kind == "ask_date" and step.about.get("offer") and stored is not None and YES.fullmatch(plain):
        offer, at = str(step.about["offer"]), step.about.get("time")
        return [
            replace(
                stored,
                date=date.fromisoformat(offer),
                time=time.fromisoformat(str(at)) if at else None,
                date_kind="due" if stored.verb is Verb.EXTENSION else "promised",
            )
        ]
    permit = step.kind == "ask_product" and stored is not None and stored.verb is Verb.APPROVE
    if permit and stored is not None and re.search(r"\d+\s?/\s?\w", turn.incoming.text):
        return [replace(stored, product=turn.incoming.text.strip())]
    if step.kind == "which_task" and stored is not None:
        numbers = _chosen(step, turn, plain)
        return [replace(stored, tasks=numbers)] if numbers else None
    if step.kind in ("which_act", "ask_evidence") and plain in ("1", "2", "3", "4", "5") and step.tasks:
        return [_by_number(turn, int(plain), step, stored)]
    return None


def _confirmed(turn: Turn, step: PromptView, stored: Act | None, plain: str) -> Sequence[Act] | None:
    if stored is None:
        return None
    if YES.fullmatch(plain):
        special = step.about.get("special")
        if special:
            asking.SPECIAL[str(special)](turn, step)
            return ()
        return [stored]
    if NO.fullmatch(plain):
        turn.say("confirm.dropped")
        return ()
    with_reason = re.fullmatch(r"8[ .,:;-]+(.+)", turn.incoming.text.strip())
    return [replace(stored, reason=with_reason.group(1))] if with_reason else None


def _chosen(step: PromptView, turn: Turn, plain: str) -> tuple[int, ...]:
    """The tasks named in answer to "which?": codes alone, or all of them."""
    offered = step.tasks or tuple(turn.stage.rows)
    if ALL.fullmatch(plain):
        return tuple(step.tasks)
    if re.fullmatch(r"(?:\d )?(?:(?:nv)?\s?\d{1,6}(?:\s*(?:,|và|va|với)?\s+|$))+", plain):
        found = [int(n) for n in TASKS.findall(plain)]
        return tuple(n for n in found if n in offered)
    return ()


def _by_number(turn: Turn, number: int, step: PromptView, stored: Act | None) -> Act:
    """ "2" to "hoàn thành hay tiến độ?": the act of that number on what was said before."""
    words = str(step.about.get("words") or "")
    base = stored or Act(Verb.NONE, Do.ACT, words=words)
    verb = BY_NUMBER[number]
    if verb is Verb.PROGRESS and step.kind == "ask_evidence" and not words:
        words = turn.text("photo_words")
    act = replace(base, verb=verb, do=Do.ACT, tasks=step.tasks, words=words, then=None)
    if verb is Verb.EXTENSION and act.date is None:
        return replace(act, do=Do.ASK, then="date")
    if verb is Verb.REFUSE:
        return replace(act, do=Do.ASK, then="confirm")
    return replace(act, date_kind="due") if verb is Verb.EXTENSION else act


def _completed(turn: Turn, step: PromptView | None, acts: Sequence[Act]) -> Sequence[Act]:
    """Acts as understood; free words that a step waits for complete its act, and a report keeps its first moment."""
    if step is None:
        return acts
    if step.kind in NEEDS_WORDS and turn.incoming.press is None and not _is_command(turn, step, acts):
        close(turn.session, [step.id])
        turn.began = step
        return [_with_words(turn, step)]
    if any(act.then == "cancelled" for act in acts):
        close(turn.session, [step.id])
        turn.say("confirm.dropped")
        return ()
    answers = [act for act in acts if act.do is Do.ACT and (not step.tasks or set(step.tasks) & set(act.tasks))]
    if step.kind in BEGINNINGS and any(act.verb in (Verb.REPORT, Verb.PROGRESS) for act in answers):
        turn.began = step
    if any(act.verb.value == step.about.get("verb") or step.kind in ALONE for act in answers):
        close(turn.session, [step.id])
    return acts


def _is_command(turn: Turn, step: PromptView, acts: Sequence[Act]) -> bool:
    """Did they turn to something else instead of answering?"""
    plain = clean(turn.incoming.text)
    if plain in set("0123456789") or not plain or YES.fullmatch(plain):
        return True
    verb = str(step.about.get("verb") or "")
    coded = re.match(r"(?:nv ?)?\d", plain) is not None  # a code further on may be part of a reason: "trùng với NV15"
    return any(
        (act.verb in COMMANDS and (act.verb is not Verb.LIST or not act.tasks or coded or "?" in plain))
        or (coded and act.tasks and not set(act.tasks) <= set(step.tasks))
        or (act.verb is Verb.REPORT and verb == Verb.EXTENSION.value and not REASON.match(plain))
        or (act.verb.value == verb and (act.product if step.kind == "ask_result" else act.do is Do.ACT or act.date))
        for act in acts
    )


def _with_words(turn: Turn, step: PromptView) -> Act:
    words = turn.incoming.text.strip()
    kept = step.about.get("act")
    verb = Verb(str(step.about.get("verb") or Verb.PROGRESS.value))
    base = act_of(kept) if isinstance(kept, dict) else Act(verb, Do.ACT, tasks=step.tasks)
    base = replace(base, tasks=step.tasks or base.tasks)
    if step.kind == "ask_reason":
        return replace(base, reason=words)
    return replace(base, words=words, reason=words if step.kind == "ask_result" else base.reason)
