"""Words that ask for more time, that claim somebody has already granted it, and the reason given."""

from __future__ import annotations

import re
from datetime import date

from bot.acts import PersonView, Scene
from bot.understanding.dates import find
from bot.understanding.lexicon import BECAUSE, PRON, REASON, WAITING
from bot.understanding.names import people_named
from bot.understanding.words import vn

_ASK = vn(
    r"gia hạn|lùi(?! xe)|hoãn(?! thành| tất| toàn| thiện| chỉnh)|khất|giãn (?:tiến độ|thời gian|hạn|ra|thêm|"
    r"cho)|kéo dài (?:thời|hạn|thêm)|nới (?:hạn|thêm|thời|cho)|dời (?:sang|đến|lại|hạn|ngày|qua|tới|thêm)|"
    r"delay|extend|extension|postpone|more time|(?:trễ|muộn|chậm|quá)(?: hạn)?(?: lại)? (?:\d+|mấy|vài|ít|một|"
    r"hai|ba|nửa)(?: (?:ngày|hôm|tuần|bữa))|(?:không|chẳng|khó|chả|hổng)(?: thể| có| đâu| làm| mà| báo cáo|"
    r" nộp)* kịp(?! thời)|khó (?:mà )?kịp|chắc (?:là )?(?:trễ|muộn|chậm)|sẽ (?:trễ|muộn|chậm)|(?:thêm|"
    r"cho) thời gian|thêm (?:\d+|vài|mấy|ít|một|hai|ba|bốn|nửa|chút|tí)(?! xã| hồ sơ| người| số liệu)|cho nợ|"
    rf"xin nợ|nợ (?:đến|tới|lại)|(?:xin|cho|đề nghị)(?: {PRON})?(?: \w+)? (?:lùi|thêm (?:hạn|ngày)|chậm|muộn|"
    rf"trễ|nộp muộn|nộp chậm)|(?:xin|xin phép|xin được)(?: {PRON})* (?:đến|tới|sang|hết|qua|hẹn|giữa|đầu|cuối|"
    rf"(?:\d+|vài|mấy|ít|nửa|một|hai|ba) (?:ngày|hôm|tuần|bữa|tháng))|cho {PRON}(?: {PRON})* (?:đến|tới|sang|"
    r"thêm|hết|qua|(?:\d+|vài|mấy|ít|nửa|một|hai|ba) (?:ngày|hôm|tuần|bữa|tháng))|cho (?:vài|mấy|ít|\d+|nửa|"
    r"một|hai) (?:ngày|hôm|tuần|bữa|tháng)(?: nữa)?"
)
_CHO = re.compile(r"(?<!\w)cho (?:đến|tới|hết|sang)(?!\w)|(?<!\w)cho den (?=.*[^\x00-\x7f])")
_CHO_AMBIGUOUS = re.compile(r"(?<!\w)cho (?:den|toi) ")
_UNTIL = vn(r"(?:thôi |vậy |thế |ok |à )?(?:đến|tới|sang|để đến|để sang|qua)(?: hết| ngày| tận)*")
_XIN = vn(r"xin(?! ý kiến| chỉ đạo| lỗi| chào| cảm ơn| báo cáo| gửi| nộp| phép báo cáo| hứa)|đề nghị cho")
_GRANTED = vn(
    r"(?:cho|đồng ý|cho phép|nhất trí|duyệt|ok|bảo)(?: \w+){0,2} (?:lùi|gia hạn|hoãn|thêm|dời|đến|giãn|"
    r"kéo dài)"
)
_SUPERIOR = vn(r"sếp|giám đốc|phó giám đốc|lãnh đạo(?: sở)?|gđ|pgđ|gd|bgđ|ban giám đốc|thủ trưởng")
_AUTHORITY = vn(r"tỉnh|ubnd(?: tỉnh)?|ủy ban|chủ tịch|bộ|trung ương|cục")
_LETTER = re.compile(r"\d+[a-z]?/(?:\d{4}/)?[a-zđ][\w-]*")
_QUESTION_ONLY = vn(
    r"(?:gia hạn|lùi|xin thêm|hoãn|khất)(?: \w+){0,3} (?:kiểu gì|thế nào|như thế nào|làm sao|ra sao|"
    r"bằng cách nào|cách nào|sao)"
)


def asked(text: str, today: date) -> bool:
    """Whether a clause asks for more time."""
    if _ASK.search(text) or _CHO.search(text):
        return True
    if _UNTIL.match(text) and find(text, today):
        return True
    return _XIN.search(text) is not None and any(m.kind != "week" for m in find(text, today))


def ambiguous(text: str) -> bool:
    """'cho den thu 6' without marks: cho đến (extension) or chờ đến (waiting)? R5."""
    return text.isascii() and _CHO_AMBIGUOUS.search(text) is not None and _ASK.search(text) is None


def asks_how(text: str) -> bool:
    return _QUESTION_ONLY.search(text) is not None


def granted_by(text: str, scene: Scene) -> tuple[str | None, PersonView | None]:
    """A claim that somebody granted it: ('leader', who) or ('office', None) when a letter of the authority is named."""
    grant = _GRANTED.search(text)
    if grant is None:
        return None, None
    before = text[: grant.start()]
    if _AUTHORITY.search(before):
        return ("office", None) if _LETTER.search(text) else (None, None)
    leader = next((person for _, person in people_named(before, scene) if person.role == "leader"), None)
    return ("leader", leader) if leader is not None or _SUPERIOR.search(before) else (None, None)


def asking_words(text: str) -> re.Match[str] | None:
    return _ASK.search(text) or _CHO.search(text)


def reason_in(text: str) -> str | None:
    """The words that give the reason: after 'vì, do, lý do', or the clause that says what is missing."""
    stated = REASON.search(text)
    if stated is not None and len(text[stated.end() :].strip(" :")) > 1:
        return text[stated.end() :].strip(" :,.")
    for clause in re.split(r"[,;]|\.(?=\s)", text):
        cause, ask = BECAUSE.search(clause) or WAITING.search(clause), asking_words(clause)
        if cause is not None and ask is None:
            return clause.strip()
        if cause is not None and ask is not None and cause.start() > ask.end():
            return clause[cause.start() :].strip()
    return None
