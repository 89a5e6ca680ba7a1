"""What a leader types: decisions on dates he set, questions, reminders, words on a task, new orders."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.acts import Act, Do, Scene, Verb
from bot.understanding import decide, orders, talk
from bot.understanding.clauses import bare, is_question, read
from bot.understanding.leave import leave as leave_of
from bot.understanding.names import people_named, unit_meant
from bot.understanding.tasks import named
from bot.understanding.verdicts import with_day
from bot.understanding.words import vn

_ASK_OTHER = vn(r"(?:hỏi|xin ý kiến|chuyển|để|trình|tùy|theo)(?: ý kiến)?(?: cho)?")
_DECIDES = vn(r"quyết(?: định)?|cho ý kiến|xem xét|xử lý|phụ trách")
_GRANT = vn(r"(?:cho |đồng ý )?(?:gia hạn|lùi(?: hạn)?|hoãn|cho (?:đến|thêm)|cho (?:\w+ ){1,4}(?:đến|tới|thêm|lùi))")
_AGENDA = vn(r"(?:đưa|đem|cho)(?: \w+){0,3} (?:vào|ra) (?:giao ban|cuộc họp|họp|chương trình|nội dung họp)(?: \w+)*")
_CALL = vn(
    r"để (?:tôi|anh|chị|a|c|mình) (?:gọi|hỏi|xem|nói|làm việc|kiểm tra|nhắc)(?: \w+)*|tôi (?:sẽ )?(?:gọi|"
    r"hỏi|nói)(?: \w+)*"
)


def leader_acts(text: str, raw: str, scene: Scene) -> tuple[Act, ...]:
    """The acts of a leader."""
    if (answer := decide.read_back(text, scene)) is not None:
        return (answer,)
    if (whole := talk.whole(text, scene)) is not None:
        return (whole,)
    if _AGENDA.search(text):
        return (_agenda(text, scene),)
    if (decided := _decision(text, scene)) is not None:
        return (decided,)
    if _CALL.match(text):
        return (Act(Verb.NONE, Do.QUIET, words=text),)
    for act in (
        _grant(text, scene),
        orders.remind(text, scene, ask=True),
        orders.assign(text, raw, scene, Verb.ORDER),
        _asked(text, scene),
        orders.instruct(text, raw, scene),
    ):
        if act is not None:
            return (act,)
    leave = leave_of(text, scene)
    labels = {clause.label for clause in read(text, scene)}
    if leave is not None:
        return (leave,)
    if "greeting" in labels and labels <= {"greeting", "none", "ok"}:
        return (Act(Verb.GREETING, Do.ACT, words=text),)
    return (Act(Verb.NONE, Do.QUIET, words=text),)


def _asked(text: str, scene: Scene) -> Act | None:
    """A question by itself or after a courtesy ('ok em, thế ai còn nợ?')."""
    if (asked := talk.question(text, scene)) is not None and (
        is_question(text) or asked.verb is not Verb.LIST or not _tells(text, scene)
    ):
        return asked
    for clause in read(text, scene):
        if clause.label == "question" and (asked := talk.question(clause.text, scene)) is not None:
            return asked
    return None


def _tells(text: str, scene: Scene) -> bool:
    """'NV12: làm kỹ phần số liệu' names a task and says more than its name: words on a task, no wish to see it."""
    return (
        (named(text, scene).how != "none" or bool(scene.reply_to))
        and len(bare(text).split()) >= 2
        and not re.match(r"(?:xem|tình hình|tinh hinh|cho xem|tiến độ|tien do|báo cáo)(?!\w)", text)
    )


def _decision(text: str, scene: Scene) -> Act | None:
    """8, 9, another day, or words, on what lies before him: an extension, or a report of the Office's own."""
    waiting = [p for p in scene.prompts if p.kind in ("extension_asked", "reported", "refused", "which_task")]
    if not waiting or is_question(text):
        return None
    reported = waiting[-1].kind == "reported"
    word = _word(text, scene)
    if word is None:
        return _pass_on(text, waiting[-1].tasks, scene)
    verb = {
        ("yes", True): Verb.ACCEPT,
        ("no", True): Verb.RETURN,
        ("yes", False): Verb.APPROVE,
        ("no", False): Verb.DENY,
    }[word, reported]
    tasks, missing = decide.decided_tasks(text, waiting, scene)
    if missing is not None:
        return Act(verb, Do.ASK, then=missing, task_unknown=True, unknown_code=named(text, scene).unknown, words=text)
    reason = decide.reason_of(text) if word == "no" else None
    if verb is Verb.RETURN and reason is None:
        return Act(verb, Do.ASK, tasks, then="reason", words=text)
    return with_day(Act(verb, Do.ACT, tasks, reason=reason, words=text), text, scene)


def _word(text: str, scene: Scene) -> str | None:
    """Yes, no, or a bare day ('đến 2/12 thôi', '4/12')."""
    if people_named(text, scene) and (_ASK_OTHER.match(text) or _DECIDES.search(text)):
        return None
    if (word := decide.yes_no(text)) is not None:
        return word
    probe = with_day(Act(Verb.APPROVE, Do.ACT, scene.prompts[-1].tasks), text, replace(scene, prompts=()))
    return "yes" if probe.date is not None and len(text) < 30 else None


def _pass_on(text: str, tasks: tuple[int, ...], scene: Scene) -> Act | None:
    """'hỏi c Hà': the decision goes to another leader after one confirmation."""
    others = [person for _, person in people_named(text, scene) if person.role == "leader"]
    if not others or not (_ASK_OTHER.search(text) or _DECIDES.search(text)):
        return None
    return Act(Verb.NONE, Do.ASK, tasks, then="confirm", person=others[0].id, words=text)


def _grant(text: str, scene: Scene) -> Act | None:
    """A grant without a request: confirmed once, then recorded as the leader's decision."""
    if not _GRANT.search(text) or is_question(text) or re.search(r"(?<!\w)(?:không|khong|đừng|dung)(?!\w)", text):
        return None
    target, unit = named(text, scene), unit_meant(text, scene)
    if target.unknown is not None:
        return Act(Verb.APPROVE, Do.ASK, then="badcode", task_unknown=True, unknown_code=target.unknown, words=text)
    dated = {task.number for task in scene.tasks if task.due is not None}
    tasks = target.tasks or scene.reply_to or tuple(n for n in (orders.owed(unit, scene) if unit else ()) if n in dated)
    if len(tasks) != 1:
        return Act(Verb.APPROVE, Do.ASK, then="which_task", task_unknown=True, unit=unit, words=text)
    act = with_day(Act(Verb.APPROVE, Do.ASK, tasks, then="confirm", unit=unit, words=text), text, scene)
    return act if act.date is not None else replace(act, then="date")


def _agenda(text: str, scene: Scene) -> Act:
    """'đưa việc này vào giao ban': which one, unless it is named or answered to."""
    target = named(text, scene)
    tasks = target.tasks or scene.reply_to or (scene.prompts[-1].tasks if len(scene.prompts) == 1 else ())
    if len(tasks) == 1:
        return Act(Verb.ORDER, Do.ASK, tasks, then="confirm", words=text)
    return Act(Verb.ORDER, Do.ASK, then="which_task", words=text)
