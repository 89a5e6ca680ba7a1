"""What a unit says: its clauses put together into acts (R4, R5, R7, R8)."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.acts import Act, Do, Scene, Verb
from bot.understanding import finish, menu, reckon, talk
from bot.understanding import lexicon as lex
from bot.understanding.clauses import bare, read
from bot.understanding.dates import find
from bot.understanding.groups import Group, bare_day, groups
from bot.understanding.leave import leave as leave_of
from bot.understanding.tasks import codes, named, resolve
from bot.understanding.words import vn

_PROMISING = vn(r"hẹn|dự kiến|hứa")
_MISTAKE = vn(r"nhầm|thôi|lộn|à quên")
_SPEAKING = frozenset(
    ("report", "nil", "extension", "progress", "promise", "unfinished", "later", "risk", "refuse", "ack", "told")
)


def unit_acts(text: str, raw: str, scene: Scene) -> tuple[Act, ...]:
    """The acts of a head, deputy or focal point. `text` is cleaned and has codes written out; `raw` as typed."""
    if scene.attachments and (media := menu.media(text, scene)) is not None:
        return (media,)
    if not text:
        return (Act(Verb.NONE, Do.QUIET),)
    if parts := menu.several(text):
        return tuple(act for part in parts for act in unit_acts(part, part, scene))
    if (number := menu.number(text, raw, scene)) is not None:
        return number
    if (whole := talk.whole(text, scene)) is not None:
        return (whole,)
    if (focal := menu.focal(text, scene)) is not None:
        return (focal,)
    clauses = read(text, scene)
    silent = not _SPEAKING.intersection(clause.label for clause in clauses)
    if silent and (leave := leave_of(text, scene)) is not None:
        return (leave,)
    acts: list[Act] = []
    for group in groups(clauses, scene):
        acts.extend(_group_acts(group, raw, scene))
    return _tidy(acts, text)


def _group_acts(group: Group, raw: str, scene: Scene) -> list[Act]:
    labels, text = group.labels, group.text
    asked = [
        act
        for clause in group.clauses
        if clause.label in ("question", "work", "none", "chat", "greeting", "told")
        and (act := talk.question(clause.text, scene)) is not None
    ]
    if set(labels) <= {"question", "work", "none", "greeting", "thanks", "ok", "chat"} and asked:
        first = [finish.acknowledge(text, scene)] if "ok" in labels else []
        return [act for act in first if act.do is Do.ACT] + asked[:1]
    acts = _said(group, raw, scene)
    if acts and "question" in labels:
        acts += [act for act in asked if act.verb in (Verb.LIST, Verb.OVERDUE)][:1]
    return acts or _default(group, scene)


def _said(group: Group, raw: str, scene: Scene) -> list[Act]:
    """The acts of a subject's clauses, in the order: received, under way, more time; or done; or not ours."""
    has, text = set(group.labels), group.text
    received = (
        [act for act in [finish.acknowledge(text, scene)] if act.verb is Verb.ACKNOWLEDGE]
        if has & {"ack", "ok"}
        else []
    )
    if "refuse" in has:
        return [finish.refuse(text, scene)]
    if "extension" in has:
        state = [finish.progress(text, "", scene)] if "unfinished" in has or "đang làm" in text else []
        return [*received, *state, *finish.extension(group.only("extension"), text, scene)]
    if "unsure_until" in has:
        return [_unsure(text, scene)]
    if has & {"asif", "unclear", "same"}:
        return [_which_act(group, scene)]
    if "nil" in has:
        return [_nothing_new(text, raw, scene)]
    if "report" in has:
        return _reported(group, raw, scene, received)
    if has & {"progress", "promise", "unfinished", "later", "risk", "told"}:
        return [*received, _moving(group, scene)]
    if "unissued" in has:
        doubtful = scene.attachments or (scene.prompts and scene.prompts[-1].kind in ("ask_product", "ask_evidence"))
        return [_which_act(group, scene) if doubtful else finish.progress(text, "", scene)]
    return _attitude(group, scene, received)


def _attitude(group: Group, scene: Scene, received: list[Act]) -> list[Act]:
    """Nothing about the work itself: received, perhaps received, seen, or ok with or without a day."""
    has, text = set(group.labels), group.text
    if "ack" in has:
        return received or [finish.acknowledge(text, scene)]
    if "not_ack" in has:
        act = finish.acknowledge(text, scene)
        return [replace(act, do=Do.ASK, then="confirm") if act.verb is Verb.ACKNOWLEDGE and act.tasks else act]
    if "seen" in has:
        return [_seen(text, scene)]
    if "ok" not in has or "work" in has:
        return []
    day = bare_day(group, scene)
    return [*received, day] if day is not None else [finish.acknowledge(text, scene)]


def _nothing_new(text: str, raw: str, scene: Scene) -> Act:
    """'không phát sinh' is a full report of a period; on a standing task, which stays open, it is its line for now."""
    meant = [task for task in scene.tasks if task.number in _meant(text, scene)]
    if meant and all(task.task_class == "standing" for task in meant):
        return finish.progress(text, "", scene)
    return finish.report(text, raw, scene, nil=True)


def _meant(text: str, scene: Scene) -> tuple[int, ...]:
    return resolve(text, scene, finish.fitting(Verb.REPORT, scene), many=True).tasks


def _reported(group: Group, raw: str, scene: Scene, received: list[Act]) -> list[Act]:
    """Done, unless the same breath says that it is not issued yet, or only 'ok xong'."""
    has, text = set(group.labels), group.text
    if "unissued" in has or (has & {"unfinished", "promise"}):
        return [_which_act(group, scene)]
    if "progress" in has and lex.SUBMITTED.search(group.only("progress")) and not lex.BUT.search(raw.lower()):
        return [_moving(group, scene)]
    if "progress" in has and (lex.BUT.search(raw.lower()) or lex.WAITING.search(text) or "đang" in text):
        return [_which_act(group, scene)]
    if [c.text for c in group.clauses if c.label != "none"] in _OK_DONE and group.labels.count("ok"):
        return [_which_act(group, scene)]
    act = finish.report(text, raw if len(codes(raw.lower())) <= 1 else text, scene)
    return [*(received if "ack" in has else []), act]


_OK_DONE = [[ok, done] for ok in ("ok", "oke", "okie", "okê", "okay", "oki") for done in ("xong", "done", "hoàn thành")]


def _moving(group: Group, scene: Scene) -> Act:
    has, text = set(group.labels), group.text
    promise = group.only("promise", "unfinished", "later") or (text if _PROMISING.search(text) else "")
    then = "date" if has & {"unfinished", "later"} and not _MISTAKE.search(text) and _plainly_not(group) else None
    if any(mention.kind == "vague" for mention in find(promise, reckon.today(scene))):
        then = "date"
    act = finish.progress(text, promise, scene, then=then)
    return replace(act, do=Do.ASK, then="which_act") if "risk" in has and act.tasks else act


def _plainly_not(group: Group) -> bool:
    """'chưa xong' and 'bao giờ xong thì báo' name no day; 'sắp xong' needs none."""
    return re.search(r"(?<!\w)(?:chưa|chua|không|khong|bao|khi|lúc|thì|thi|báo)(?!\w)", group.text) is not None


def _which_act(group: Group, scene: Scene) -> Act:
    day, at = reckon.promised(group.only("progress", "promise"), scene)
    target = resolve(group.text, scene, finish.fitting(Verb.PROGRESS, scene), many=True)
    return Act(
        Verb.NONE,
        Do.ASK,
        target.tasks,
        then="which_act",
        date=day,
        time=at,
        words=group.text,
        date_kind="promised" if day else None,
    )


def _unsure(text: str, scene: Scene) -> Act:
    target = resolve(text, scene, finish.fitting(Verb.EXTENSION, scene), many=True)
    due = next((task.due for task in scene.tasks if task.number in target.tasks), None)
    wanted = reckon.extension(text, due, scene)
    return Act(
        Verb.NONE,
        Do.ASK,
        target.tasks,
        then="which_act",
        date=wanted.date,
        time=wanted.time,
        words=text,
        date_kind="due" if wanted.date else None,
    )


def _seen(text: str, scene: Scene) -> Act:
    """Seen is not accepted: a task that waits is asked for its 1."""
    target, asking = finish.aim(Verb.ACKNOWLEDGE, text, scene, many=True)
    if asking is not None or not {t.number for t in finish.fitting(Verb.ACKNOWLEDGE, scene)} & set(target.tasks):
        return Act(Verb.NONE, Do.QUIET, words=text)
    return Act(Verb.NONE, Do.ASK, target.tasks, then="which_act", words=text)


def _default(group: Group, scene: Scene) -> list[Act]:
    """Words about work are kept as progress of the open prompt; small talk, greetings and other questions are not."""
    has = set(group.labels)
    product = finish.product_in(group.text.upper())
    if product is None and not has & {"question", "chat", "greeting"} and (day := bare_day(group, scene)) is not None:
        return [day]
    if product is not None and "question" not in has and finish.fitting(Verb.REPORT, scene, product):
        return [finish.report(group.text, group.text.upper(), scene)]
    asked = bool(scene.prompts) and scene.prompts[-1].kind == "review"
    if (
        ("work" in has or asked)
        and not has & {"chat", "question", "greeting", "thanks", "ok"}
        and len(bare(group.text).split(" ")) >= 3 - asked
    ):
        target = resolve(group.text, scene, finish.fitting(Verb.PROGRESS, scene), many=True)
        if target.tasks and (scene.prompts or target.how in ("code", "reply", "directive")):
            return [finish.progress(group.text, "", scene)]
    if codes(group.text) and not bare(group.text):
        target = named(group.text, scene)
        return [
            Act(Verb.NONE, Do.ASK, target.tasks, then="which_act", words=group.text)
            if target.tasks
            else Act(Verb.LIST, Do.ASK, then="badcode", task_unknown=True, unknown_code=target.unknown)
        ]
    return [
        Act(
            Verb.GREETING if "greeting" in has and not has & {"chat", "thanks"} else Verb.NONE,
            Do.ACT if "greeting" in has and not has & {"chat", "thanks"} else Do.QUIET,
            words=group.text,
        )
    ]


def _tidy(acts: list[Act], text: str) -> tuple[Act, ...]:
    """R7: beside another act greetings and silences are dropped; an act is not said twice."""
    real = [act for act in acts if act.verb not in (Verb.NONE, Verb.GREETING) or act.do is Do.ASK]
    kept: list[Act] = []
    for act in real or acts[:1]:
        if act not in kept:
            kept.append(act)
    if len(kept) > 1:
        kept = [replace(act, then=None) if act.verb is Verb.PROGRESS and act.then == "date" else act for act in kept]
    return tuple(kept) if kept else (Act(Verb.NONE, Do.QUIET, words=text),)
