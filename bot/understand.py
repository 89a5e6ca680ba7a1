"""Typed words → Acts, with or without accents. Pure: no database, no chat library; rules R1–R10 and D1–D10."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.acts import Act, Do, PromptView, Scene, Verb
from bot.understanding.clauses import bare
from bot.understanding.leader_acts import leader_acts
from bot.understanding.office_acts import office_acts
from bot.understanding.steps import step
from bot.understanding.tasks import named, with_codes
from bot.understanding.unit_acts import unit_acts
from bot.understanding.words import clean

_MENTION = re.compile(r"^\s*@(?:Đôn Đốc|Don Doc|\S+)\s*[,:]?\s*", re.IGNORECASE)
UNIT_VERBS = frozenset({Verb.ACKNOWLEDGE, Verb.REPORT, Verb.PROGRESS, Verb.EXTENSION, Verb.REFUSE, Verb.FOCAL})
_ORDINALS = {
    "đầu": 0,
    "đầu tiên": 0,
    "thứ nhất": 0,
    "thứ 2": 1,
    "thứ hai": 1,
    "sau": -1,
    "cuối": -1,
    "dau": 0,
    "thu 2": 1,
}


def understand(words: str, scene: Scene) -> tuple[Act, ...]:
    """What a message means to this speaker at this moment: one Act or more, in the order said, never none.

    `words` as typed (a caption for a picture, "" for none). The same words and scene give the same acts.
    """
    raw = _MENTION.sub("", words) if scene.group or words.lstrip().startswith("@") else words
    text = with_codes(clean(raw), scene)
    if scene.role == "stranger":
        return (_stranger(text),)
    if (chosen := _which_task(text, scene)) is not None:
        return chosen
    if scene.role == "leader":
        return leader_acts(text, raw, scene)
    if scene.role == "office":
        acts = office_acts(text, raw, scene)
        aside = all(act.verb in (Verb.LIST, Verb.NONE) or act.on_behalf for act in acts)
        return (_own_work(text, raw, scene) if aside else ()) or acts
    return step(text, raw, scene) or unit_acts(text, raw, scene)


def _own_work(text: str, raw: str, scene: Scene) -> tuple[Act, ...]:
    """What somebody of the Office says as head of it, about its own tasks: one person may hold both posts."""
    own = tuple(task for task in scene.tasks if task.unit == scene.own_unit)
    numbers = {task.number for task in own}
    meant = named(text, scene).tasks or (scene.prompts[-1].tasks if scene.prompts else ())
    if not meant or not numbers.issuperset(meant):
        return ()
    prompts = tuple(prompt for prompt in scene.prompts if prompt.tasks and numbers.issuperset(prompt.tasks))
    theirs = replace(scene, role="unit", tasks=own, prompts=prompts)
    acts = step(text, raw, theirs) or unit_acts(text, raw, theirs)
    return acts if all(act.verb in UNIT_VERBS for act in acts) else ()


def _stranger(text: str) -> Act:
    """Somebody not linked: whatever is typed, the code from the Office is asked for."""
    greeting = re.match(r"(?:xin )?(?:chào|chao|alo|hi|hello|hey)(?!\w)|.*(?<!\w)(?:ơi|oi)$", text) is not None
    return Act(Verb.GREETING if greeting else Verb.NONE, Do.ASK, then="link", words=text)


def _which_task(text: str, scene: Scene) -> tuple[Act, ...] | None:
    """The answer to 'việc nào?': the message asked about is understood again, now with its task (R9)."""
    prompt = scene.prompts[-1] if scene.prompts and scene.prompts[-1].kind == "which_task" else None
    if prompt is None or not prompt.about.get("words"):
        return None
    tasks = _chosen(text, prompt, scene)
    if not tasks:
        return None
    again = replace(scene, reply_to=tasks, prompts=tuple(p for p in scene.prompts if p is not prompt))
    return understand(f"{prompt.about['words']}{', tất cả' if len(tasks) > 1 else ''}", again)


def _chosen(text: str, prompt: PromptView, scene: Scene) -> tuple[int, ...]:
    if (target := named(text, scene)).tasks and not re.search(r"[^\W\d_]{2,}", bare(text)):
        return target.tasks
    if (number := re.fullmatch(r"(?:nv ?)?(\d{1,4})(?: nhé| ạ)?", text)) and int(number.group(1)) in prompt.tasks:
        return (int(number.group(1)),)
    if re.fullmatch(r"(?:1 )?(?:tất cả|tat ca|cả hai|ca hai|cả 2|ca 2|cả|hết|het|all|cả 3)", text):
        return prompt.tasks
    place = _ORDINALS.get(re.sub(r"^(?:việc|viec|cái|cai) ", "", text))
    return (prompt.tasks[place],) if place is not None and len(prompt.tasks) > place else ()
