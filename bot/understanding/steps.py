"""Answers inside a dialogue: the product asked for, the day, the reason, a read-back. None: read it as any message."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.acts import Act, Do, PromptView, Scene, TaskView, Verb
from bot.understanding import finish, reckon
from bot.understanding import lexicon as lex
from bot.understanding.clauses import bare, is_question, read
from bot.understanding.dates import find
from bot.understanding.names import people_named
from bot.understanding.readback import about_date, about_text, about_time, about_verb, as_read_back
from bot.understanding.tasks import codes
from bot.understanding.words import vn

YES = vn(
    r"8|đúng|đồng ý|xác nhận|chính xác|chuẩn|nhất trí|ừ đúng|phải|yes|ok|đúng vậy|đúng rồi|confirm|duyệt|"
    r"gửi đi|vâng|dạ|có"
)
NO = vn(r"9|không|sai|nhầm|thôi|hủy|không phải|không đúng|khỏi|no|cancel|đừng|bỏ|không đồng ý|thôi không|chưa")
_NO_PAPER = vn(
    r"(?:không|chẳng|chả)(?: có| cần| phải| ra| phát hành| ban hành)+ (?:văn bản|số|công văn|giấy|sản phẩm|"
    r"tài liệu|ký hiệu)|không văn bản|không có$|không$|báo cáo miệng|không ra văn bản"
)
_NOT_YET = vn(
    r"chưa(?: \w+)? (?:số|dấu|ký|phát hành|ban hành|ngày|đóng dấu)|chưa có$|đang (?:trình|chờ) (?:ký|số|"
    r"dấu)|chờ (?:số|ký|dấu)"
)
_DROP = vn(
    r"(?:thôi|à thôi|khỏi|không)(?: \w+)? ?(?:không )?(?:cần|xin|lùi|gia hạn|nữa)(?: \w+)*|thôi|khỏi|hủy|"
    r"bỏ qua|không xin nữa|cancel"
)
_CHANGE = vn(r"đổi|sửa|chuyển|thay|à không|lại|thành|nhầm")
_NUMBER = re.compile(r"(?:số |so |là |văn bản |công văn |báo cáo )*(\d{1,5}[a-z]?)(?: nhé| ạ)?")
_SIGN = re.compile(r"(?:ký hiệu |ky hieu )?/?([a-zđ]{2,}(?:-[a-zđ&]{2,})+)(?!\w)")
_FIRM = frozenset(("report", "extension", "refuse", "risk"))


def step(text: str, raw: str, scene: Scene) -> tuple[Act, ...] | None:
    """The answer to the last open question, when the message is one."""
    if not scene.prompts or not text:
        return None
    prompt = scene.prompts[-1]
    answer = {
        "ask_product": _product,
        "ask_result": _result,
        "ask_date": _date,
        "ask_reason": _reason,
        "ask_progress": _progress,
        "confirm": _confirm,
        "which_task": None,
        "ask_absence": _absence,
    }.get(prompt.kind)
    acts = None if answer is None else answer(text, raw, prompt, scene)
    return None if acts is None else acts


def _leaves(text: str, scene: Scene) -> bool:
    """Whether the message is no answer: a question, another task's code, one digit of the menu with a code."""
    return (
        is_question(text)
        or bool(codes(text))
        or any(c.label in ("greeting", "thanks", "chat") for c in read(text, scene))
    )


def _product(text: str, raw: str, prompt: PromptView, scene: Scene) -> tuple[Act, ...] | None:
    product = finish.product_in(raw)
    words = Act(Verb.REPORT, Do.ACT, prompt.tasks, words=text)
    if product is None and codes(text):
        return None
    if _NOT_YET.search(text):
        return (Act(Verb.NONE, Do.ASK, prompt.tasks, then="which_act", words=text),)
    if product is not None:
        day = reckon.past_day(text.replace(product.lower(), " "), scene)
        return (replace(words, product=product, date=day, date_kind="product" if day else None),)
    if _NO_PAPER.search(bare(text)):
        return (replace(words, then="result"),)
    if (number := _NUMBER.fullmatch(bare(text))) is not None and len(number.group(1)) > 1:
        return (replace(words, product=number.group(1), then="product"),)
    before, sign = about_text(prompt, "product") or "", _SIGN.match(text)
    if before.isdigit() and sign is not None:
        day = reckon.past_day(text[sign.end() :], scene)
        whole = f"{before}/{sign.group(1).upper()}"
        return (replace(words, product=whole, date=day, date_kind="product" if day else None),)
    day = reckon.past_day(text, scene)
    if day is not None and len(text) < 20 and not _FIRM.intersection(c.label for c in read(text, scene)):
        return (replace(words, date=day, date_kind="product"),)
    return None


def _result(text: str, raw: str, prompt: PromptView, scene: Scene) -> tuple[Act, ...] | None:
    """One sentence on the result, for a report without a document or for '3 Tiến độ'."""
    if (
        _leaves(text, scene)
        or re.fullmatch(r"\d", text)
        or all(c.label in ("ok", "none") and len(text) < 12 for c in read(text, scene))
    ):
        return None
    verb = about_verb(prompt, Verb.REPORT)
    if verb is Verb.PROGRESS:
        return None
    product = finish.product_in(raw)
    day = reckon.past_day(text, scene) if product else None
    return (
        Act(verb, Do.ACT, prompt.tasks, words=text, product=product, date=day, date_kind="product" if day else None),
    )


def _progress(text: str, raw: str, prompt: PromptView, scene: Scene) -> tuple[Act, ...] | None:
    if _leaves(text, scene) or re.fullmatch(r"\d", text) or _FIRM.intersection(c.label for c in read(text, scene)):
        return None
    return (replace(finish.progress(text, text, scene), tasks=prompt.tasks, words=text),)


def _date(text: str, raw: str, prompt: PromptView, scene: Scene) -> tuple[Act, ...] | None:
    """In this step a number is a day, and a length runs as an extension does."""
    labels = {clause.label for clause in read(text, scene)}
    verb = about_verb(prompt, Verb.EXTENSION)
    if codes(text) or labels & {"report", "refuse", "nil"}:
        return None
    if _DROP.fullmatch(bare(text)):
        return (Act(Verb.NONE, Do.QUIET, prompt.tasks, then="cancelled", words=text),)
    short = re.sub(r"^(?:ngày|ngay|đến|den|tới|toi|hôm|khoảng)\s+", "", bare(text))
    wanted = f"ngày {short}" if re.fullmatch(r"\d{1,2}", short) else text
    if is_question(text) or not find(wanted, reckon.today(scene)):
        return None
    if verb in (Verb.PROGRESS, Verb.NONE):
        day, at = reckon.promised(wanted, scene)
        return (
            Act(
                Verb.PROGRESS,
                Do.ACT if day else Do.ASK,
                prompt.tasks,
                then=None if day else "date",
                date=day,
                time=at,
                date_kind="promised" if day else None,
                words=text,
            ),
        )
    views = [task for task in scene.tasks if task.number in prompt.tasks]
    reason = about_text(prompt, "reason")
    return tuple(_extended(task, wanted, text, reason, scene) for task in views) or None


def _extended(task: TaskView, wanted: str, text: str, reason: str | None, scene: Scene) -> Act:
    found = reckon.extension(wanted, task.due, scene)
    return finish.extended(task, found, text, scene, reason or _told_reason(text))


def _told_reason(text: str) -> str | None:
    found = lex.REASON.search(text)
    return text[found.end() :].strip() if found is not None and len(text) > found.end() + 2 else None


def _reason(text: str, raw: str, prompt: PromptView, scene: Scene) -> tuple[Act, ...] | None:
    """Any words are the reason, verbatim: the decider judges it. A new day changes the day."""
    core = bare(text)
    labels = {clause.label for clause in read(text, scene)}
    verb = about_verb(prompt, Verb.EXTENSION)
    if re.fullmatch(r"\d", core) or codes(text) or labels & {"report", "thanks", "greeting", "nil"} or "?" in text:
        return None
    if _DROP.fullmatch(core):
        return (Act(Verb.NONE, Do.QUIET, prompt.tasks, then="cancelled", words=text),)
    if labels <= {"ok", "none"} and lex.OK.fullmatch(core + " "):
        return (Act(Verb.NONE, Do.QUIET, words=text),)
    if verb is not Verb.EXTENSION:
        return (Act(verb, Do.ACT, prompt.tasks, reason=text, words=text, date=about_date(prompt)),)
    mentions = find(text, reckon.today(scene))
    alone = mentions and len(core) - sum(m.end - m.start for m in mentions) < 3
    if mentions and (alone or _CHANGE.search(text) or "extension" in labels) and not lex.REASON.match(text):
        acts = tuple(_extended(task, text, text, None, scene) for task in scene.tasks if task.number in prompt.tasks)
        return tuple(replace(act, do=Do.ASK) if act.then == "reason" else act for act in acts)
    stated = re.sub(r"^(?:lý do|ly do|vì|vi|do|tại|bởi|là)[\s:]+", "", text)
    return (
        Act(
            Verb.EXTENSION,
            Do.ACT,
            prompt.tasks,
            date=about_date(prompt),
            time=about_time(prompt),
            date_kind="due",
            reason=stated,
            words=text,
        ),
    )


def _confirm(text: str, raw: str, prompt: PromptView, scene: Scene) -> tuple[Act, ...] | None:
    """8 or 9, đúng or không, on what was read back: the act itself, or nothing."""
    core = bare(text) or text
    verb = about_verb(prompt, Verb.NONE)
    if NO.fullmatch(core):
        return (Act(Verb.NONE, Do.QUIET, prompt.tasks, then="cancelled", words=text),)
    if YES.fullmatch(core) or (lex.OK.fullmatch(core + " ") and lex.OK_WORD.search(core)):
        return (as_read_back(verb, prompt, text),)
    if verb is Verb.REFUSE and not codes(text) and not _leaves(text, scene) and not re.fullmatch(r"\d", core):
        labels = {clause.label for clause in read(text, scene)}
        if labels <= {"work", "none", "progress", "unfinished", "refuse"}:
            return (Act(Verb.REFUSE, Do.ACT, prompt.tasks, reason=text, words=text),)
    return None


def _absence(text: str, raw: str, prompt: PromptView, scene: Scene) -> tuple[Act, ...] | None:
    """'đúng, c Mai thay' or only a name: who stands in."""
    people = people_named(text, scene)
    mentions = [m for m in find(text, reckon.today(scene)) if m.ahead is not None]
    core = bare(text)
    if NO.fullmatch(core):
        return (Act(Verb.NONE, Do.QUIET, then="cancelled", words=text),)
    if not people and not mentions and not YES.fullmatch(core):
        return None
    first = mentions[0].ahead if len(mentions) > 1 else about_date(prompt, "from") or reckon.today(scene)
    last = mentions[-1].ahead if mentions else about_date(prompt)
    return (
        Act(
            Verb.ABSENCE,
            Do.ACT,
            date=first,
            until=last,
            date_kind="absence",
            absent=scene.me,
            words=text,
            person=people[-1][1].id if people else None,
        ),
    )
