"""A message cut into clauses, each with the one thing it says. The order of the tests is the order of certainty."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.acts import Scene
from bot.understanding import extensions, refusals
from bot.understanding import lexicon as lex
from bot.understanding.reckon import lies_ahead, today
from bot.understanding.tasks import CODE
from bot.understanding.words import vn

_BREAK = re.compile(r"\s*(?:(?<!\d)[,;!\n]+|[,;](?!\d)|\.(?=\s|$)|(?<=\?)\s+)\s*")
_JOIN = re.compile(
    r" (?=(?:nhưng|nhung|tuy nhiên|tuy nhien|đồng thời|dong thoi|(?<!chỉ )(?<!vẫn )còn(?= (?:nv|việc kia|"
    r"việc còn|cái kia|nhiệm vụ kia|lại|mục|\d))|"
    r"con(?= (?:nv|viec (?:kia|con)|cai kia))|(?:và|va)(?= (?:xin|cho|đề nghị|de nghi|đang|dang|sẽ|se|đã|"
    r"da|lùi|lui|gia hạn|gia han|nhận|nhan))|"
    r"thế(?= (?:ai|còn))|(?<=rồi )(?:đang|còn)|(?<=roi )dang)(?!\w))"
)
_LEAD = re.compile(
    r"^(?:nhưng mà|nhung ma|nhưng|nhung|và|va|còn(?! việc gì| gì| việc nào| bao| những| ai| nợ)|con(?= nv)|"
    r"đồng thời|tuy nhiên|thì|mà|à)\s+"
)
_LOOSE = re.compile(
    r"^(ok|oke|okê|okie|okay|oki|okla|vâng|vang|dạ|rõ|uh|ừ)(?: (?:em|e|anh|a|chị|c|ạ|nhé|rồi))*\s+(?=\w)"
)
_ACKED = vn(
    r"^(?:(?:em|anh|phòng|tôi|bên em) )?(?:đã )?(?:tiếp )?nhận(?: được)?(?: việc| nhiệm vụ|"
    r" nv\d+)?(?: rồi)?(?: ạ| nhé)? (?=(?:đang|sẽ|mai|xin|cho|nhưng|hẹn|dự kiến)(?: |$))"
)
_ASKING = vn(
    r"lần (?:thứ )?mấy|(?:việc|cái|nội dung) gì|(?:hạn|ngày|công văn|văn bản) nào|hạn .*(?:mà|chứ|cơ mà)$|"
    r"bao giờ|khi nào|lúc nào|hôm nào|ngày nào|mấy giờ|thế nào|ra sao|làm sao|sao lại|tại sao|vì sao|sao|"
    r"kiểu gì|cách nào|(?:là|có|cần|còn|phải|gồm|thiếu|làm|được) (?:\w+ )?gì|gì (?:thế|vậy|nữa|đấy|đây)|"
    r"đâu rồi|đến đâu|tới đâu|đâu|(?<!c )(?<!chị )(?<!bà )(?<!cô )hả(?=$|[?,.;])|hử|"
    r"phải không|đúng không|được không|hay chưa|được chưa|xong chưa|đã .* chưa|"
    r"chưa (?:vậy|nhỉ|thế|hả|em|anh|ạ)$|có .* không(?: em| anh| e| a| ạ| nhỉ| vậy)?$|không (?:vậy|nhỉ|em|"
    r"anh|e)$|(?:rồi|hạn|nhận|duyệt|ký|số) chưa(?=$|[?]| (?:em|anh|ạ|vậy|nhỉ|thế|hả))|"
    r"ai|(?:việc|phòng|đơn vị|nv|nhiệm vụ|cái|công văn|văn bản|mục|chỗ) nào|bao nhiêu|mấy (?:việc|nv|"
    r"nhiệm vụ|cái)|what|when|who|how|where|why|which"
)
_NOT_ASKING = vn(
    r"(?:không|chưa) (?:\w+ )?gì|(?:chưa|không) biết|không phải|không (?:\w+ )?nào|không ai|ai cũng|đâu có|"
    r"không biết|(?:bao giờ|khi nào|lúc nào|chừng nào) .*(?:thì|sẽ|em|tôi|anh|báo)|đâu(?=$| ạ| em| anh| nhé)|"
    r"sao cũng"
)
_NEGATED = vn(r"không|chưa|chẳng|chả")
_LATER_TODAY = vn(
    r"(?:chiều|tối|trưa|hôm|bữa) nay|trong ngày|hết ngày|cuối ngày|cuối giờ|trước \d{1,2} ?(?:h|giờ)\d*|"
    r"(?:lát|tí|tý|chút|xíu) nữa|^chiều|^tối|^trưa"
)
_UNSENT = vn(
    r"(?:xong|hoàn thành)(?: rồi| thì| mà| nhưng)*(?: \w+)? chưa (?:gửi|nộp|trình|in|ký|đóng|phát hành|"
    r"ban hành|kịp gửi|có số|có dấu|duyệt)"
)
_GIVEN_ON = vn(r"giao|phân công|nhờ|bảo")
_FOR_US = vn(r"(?:cho|giúp|hộ) (?:em|anh|tôi|chị|mình|phòng|đơn vị|e|a|c)(?: \w+)?$")
_CLAIMED = vn(r"(?:không|chẳng) .*đâu|kịp đâu|nhận đâu")


_WORDS = re.compile(r"\w")
_AND = vn(r"và|với|cùng|cả|&")


@dataclass(frozen=True)
class Clause:
    """`label`: question, refuse, extension, unsure_until; risk, later, promise, report, unfinished, asif, unclear,
    unissued, progress, nil, same; ack, not_ack, told, seen, ok, thanks, greeting, chat, work, none."""

    text: str
    label: str


def split(text: str) -> list[str]:
    """The clauses of a text; an opening ok or 'đã nhận' is a clause by itself."""
    parts: list[str] = []
    for piece in _BREAK.split(text):
        for part in _JOIN.split(piece):
            part = _LEAD.sub("", part.strip())
            for opening in (_LOOSE, _ACKED):
                if (m := opening.search(part)) is not None and m.start() == 0:
                    parts.append(part[: m.end()].strip())
                    part = _LEAD.sub("", part[m.end() :].strip())
            parts.extend(_by_code(part))
    return _join_lone_codes([part for part in parts if part])


def _by_code(part: str) -> list[str]:
    """'nv12 xong nv15 dang lam': each code with the words after it."""
    found = list(CODE.finditer(part))
    if len(found) < 2 or _WORDS.search(part[: found[0].start()]):
        return [part]
    cuts = [0]
    for before, after in pairwise(found):
        if _WORDS.search(_AND.sub(" ", part[before.end() : after.start()])):
            cuts.append(after.start())
    return [part[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(part)], strict=True)]


def _join_lone_codes(parts: list[str]) -> list[str]:
    """'nv12', 'nv15 đã hoàn thành': a list of codes belongs to what is said after it."""
    joined: list[str] = []
    waiting = ""
    for part in parts:
        if CODE.search(part) and not _WORDS.search(_AND.sub(" ", CODE.sub(" ", part))):
            waiting += part + ", "
        else:
            joined.append(waiting + part)
            waiting = ""
    return [*joined, waiting.strip(", ")] if waiting else joined


def bare(text: str) -> str:
    """The clause without address, particles and codes: what is left of 'dạ em nhận NV12 rồi ạ' is 'em nhận'."""
    text = re.sub(r"\s+", " ", CODE.sub(" ", text)).strip(" ,.:;-()")
    for _ in range(3):
        short = lex.TAIL.sub("", lex.HEAD.sub("", text + " ").strip())
        if short == text:
            break
        text = short.strip(" ,.")
    return text


def is_question(text: str) -> bool:
    """R10. A real question mark, or asking words that are not part of a statement."""
    if "?" in text or text.endswith((" à", " hả", " hử", " ư")):
        return True
    return _ASKING.search(text) is not None and not _NOT_ASKING.search(text) and not _CLAIMED.search(text)


def label(text: str, scene: Scene) -> str:
    """What one clause says."""
    core = bare(text)
    if extensions.ambiguous(text):
        return "unsure_until"
    if (
        extensions.asked(text, today(scene))
        and not lex.RISK.search(text)
        and not extensions.asks_how(text)
        and not lex.NIL.search(text)
    ):
        return "extension"
    if lex.LATER.search(text) and "?" not in text and not lex.BUT.search(text):
        return "later"
    if refusals.refused(text, scene) and "?" not in text and not text.startswith("sao "):
        return "refuse"
    if is_question(text):
        return "question"
    return _state(text, core, scene) or _attitude(text, core)


def _state(text: str, core: str, scene: Scene) -> str | None:
    """What is said about the work itself: done, not done, under way (R4)."""
    finish = lex.FINISH.search(text) is not None and not lex.ELSEWHERE.search(text)
    if lex.RISK.search(text):
        return "risk"
    if finish and lex.AS_IF.search(text):
        return "asif"
    if lex.NIL.search(text):
        return "nil"
    if lex.SAME_AS_BEFORE.search(text):
        return "same"
    if finish and _UNSENT.search(text):
        return "unclear"
    if finish and (lex.CHUA_ROI.search(text) or lex.CHUA_AMBIGUOUS.search(text)):
        return "unclear"
    if lex.UNFINISHED.search(text) or core in ("chưa", "chua", "not yet", "thôi chưa", "chưa đâu"):
        return "unfinished"
    if lex.NO_OBSTACLE.search(text):
        return "progress"
    if finish and (lex.PARTLY.search(text) or lex.PERCENT.search(text) or lex.SOME.search(text)):
        return "progress"
    done = finish or _delivered(text) or lex.SUPPLIED.search(text) is not None
    done = done or (lex.DID.search(text) is not None and _GIVEN_ON.search(text) is None)
    if lex.SUBMITTED.search(text):
        return "progress"
    if (done or lex.SENT.search(text)) and _ahead(text, scene):
        return "promise"
    if done:
        return "report"
    if lex.NOT_ISSUED.search(core) and re.search(
        r"(?<!\w)(?:số|so|dấu|dau|ký|ky|phát hành|phat hanh|ban hành)(?!\w)", text
    ):
        return "unissued"
    if lex.PROGRESS.search(text) or lex.PERCENT.search(text) or lex.OBSTACLE.search(text) or lex.WAITING.search(text):
        return None if lex.CHAT.search(text) else "progress"
    return None


def _delivered(text: str) -> bool:
    """Sent or issued, by words of the past; what went to third parties is a step of the work, no report."""
    if lex.ISSUED.search(text) and not re.search(r"(?<!\w)(?:chưa|chua|chờ|không|đang)(?!\w)", text):
        return True
    if (
        lex.SENT.search(text) is None
        or lex.THIRD.search(text)
        or re.search(r"(?<!\w)(?:chưa|quên|chờ|cho biết)(?!\w)", text)
    ):
        return False
    return lex.PAST.search(text) is not None or (
        _SENDING.match(bare(text)) is not None and _FOR_US.search(text) is None
    )


_SENDING = vn(
    rf"(?:(?:{lex.PRON}) )?(?:xin )?(?:gửi|nộp|gởi)(?: {lex.PRON}| lại| cho)*(?: (?!cái|lại|xem|"
    r"bản)\w+)? (?:báo cáo|văn bản|kết quả|công văn|sản phẩm|file)"
)


def _ahead(text: str, scene: Scene) -> bool:
    """A day ahead, or will-words, before a finishing word make it a promise."""
    if _LATER_TODAY.search(text) and not re.search(r"(?<!\w)(?:đã|da|rồi|roi|vừa|vua)(?!\w)", text):
        return True
    if lies_ahead(text, scene) and not re.search(r"(?<!\w)từ (?:thứ|hôm|ngày)", text):
        return True
    return lex.WILL.search(text) is not None and not re.search(r"(?<!\w)(?:rồi|roi)(?!\w)", text)


def _attitude(text: str, core: str) -> str:
    """What is said about the message: received, seen, noted, thanks, small talk."""
    if any(lex.OK.fullmatch(words + " ") and lex.OK_WORD.search(words) for words in (core, text)):
        return "ok"
    if lex.TOLD.search(text) and not re.search(r"(?<!\w)nhan(?!\w)", text):
        return "told"
    if lex.ACK.search(text) and not _NEGATED.search(text):
        return "ack"
    if lex.NOT_QUITE_ACK.search(text):
        return "not_ack"
    if lex.SEEN.search(text):
        return "seen"
    if lex.THANKS.search(text) and len(core) < 40:
        return "thanks"
    if lex.CHAT.search(text):
        return "chat"
    if lex.GREETING.search(text) and len(core.split(" ")) <= 5:
        return "greeting"
    if not core or lex.PARTICLE.fullmatch(core + " "):
        return "none"
    return "work" if lex.WORK.search(text) or lex.PROGRESS.search(text) else "none"


def read(text: str, scene: Scene) -> list[Clause]:
    """The labelled clauses of a text."""
    return [Clause(part, label(part, scene)) for part in split(text)]
