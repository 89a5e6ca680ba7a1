"""Words of those who decide, Office and leaders alike: yes, no, and what is read back (R3: 8 and 9)."""

from __future__ import annotations

import re

from bot.acts import Act, Do, PromptView, Scene, Verb
from bot.understanding import lexicon as lex
from bot.understanding.clauses import bare
from bot.understanding.extensions import reason_in
from bot.understanding.readback import as_read_back
from bot.understanding.steps import NO, YES
from bot.understanding.tasks import CODE, named, says_all
from bot.understanding.words import vn

_PASSING = vn(
    r"nv\d+|cho|cả|hai|ba|các|tất cả|hết|việc|này|kia|báo cáo|hoàn thành|của|đề nghị|gia hạn|lùi|và|kết quả|"
    r"đạt|được|rồi|nhé|ạ|em|anh|chị|lan|tôi|phép|thêm|\d|all|ý kiến"
)
_SAYS_NO = vn(
    r"(?:không|chưa|chẳng)(?: \w+)? (?:đồng ý|duyệt|cho|được|nhất trí|gia hạn|chấp nhận|chấp thuận|xác nhận|"
    r"đạt|phù hợp|cho phép|lùi|hợp lý)|không|bác|từ chối|deny|denied|reject|no|làm đúng hạn|đúng hạn|"
    r"giữ nguyên(?: hạn)?|9|không được|chưa được|cứ đúng hạn"
)
_SAYS_YES = vn(
    r"8|đồng ý|duyệt|nhất trí|chấp thuận|chấp nhận|cho(?: phép)? (?:lùi|gia hạn|hoãn|đến|tới|hết|thêm)|"
    r"cho đi|cho(?= nv|$)|được|ok|oke|okie|xác nhận|thống nhất|approve|approved|accept|accepted|vâng|ừ|uh|"
    r"yes|confirm|đạt|tốt|đủ rồi|công nhận|hoàn thành|gia hạn cho|cho"
)


def yes_no(text: str) -> str | None:
    """'yes', 'no' or None; 'đồng ý' inside a negation is a no."""
    if _SAYS_NO.search(text):
        return "no"
    if _SAYS_YES.search(text) or lex.OK.fullmatch(bare(text) + " "):
        return "yes"
    return None


def nothing_more(text: str) -> bool:
    """Whether only the decision and codes are said, no reason and no day."""
    left = _PASSING.sub(" ", _SAYS_NO.sub(" ", _SAYS_YES.sub(" ", CODE.sub(" ", text))))
    return not re.search(r"\w{2,}", left)


def reason_of(text: str) -> str | None:
    """The reason of a no: what is stated, else what is said beside the no."""
    if (stated := reason_in(text)) is not None:
        return stated
    return None if nothing_more(text) else CODE.sub("", text).strip(" ,.:;") or None


def read_back(text: str, scene: Scene) -> Act | None:
    """The answer to a confirm prompt."""
    prompt = scene.prompts[-1] if scene.prompts else None
    if prompt is None or prompt.kind != "confirm":
        return None
    core = bare(text) or text
    if NO.fullmatch(core):
        return Act(Verb.NONE, Do.QUIET, prompt.tasks, then="cancelled", words=text)
    if YES.fullmatch(core) or (lex.OK.fullmatch(core + " ") and lex.OK_WORD.search(core)):
        return as_read_back(Verb(str(prompt.about.get("verb", Verb.NONE))), prompt, text)
    return None


def decided_tasks(text: str, prompts: list[PromptView], scene: Scene) -> tuple[tuple[int, ...], str | None]:
    """The tasks that a decision is about, and what is missing: which_task or badcode."""
    meant = named(text, scene)
    if meant.unknown is not None:
        return (), "badcode"
    if meant.tasks:
        return meant.tasks, None
    if scene.reply_to:
        return scene.reply_to, None
    waiting = tuple(dict.fromkeys(number for prompt in prompts for number in prompt.tasks))
    if len(waiting) == 1 or (waiting and says_all(text)):
        return waiting, None
    return (), "which_task"
