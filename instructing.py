"""A leader's words on a directive (bút phê) → proposals for its items, which a clerk takes or leaves.

Nothing is set by itself and nothing invented: words that name no unit of ours, or no exact day, propose nothing. A day
becomes the office's own (inner) deadline; the date that a higher authority set is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from bot.acts import Scene
from bot.speaker import named
from bot.understanding.dates import Mention, find
from bot.understanding.names import people_named, units_named
from bot.understanding.reckon import length_from, on_or_before
from bot.understanding.words import clean, vn, vn_source
from models.calendar import Calendar, calendar_of
from models.directive import DraftItem, Instruction
from models.organisation import Unit
from models.rules import OFFICE_ZONE

CLAUSE = re.compile(r"[;\n]+|\.(?=\s|$)")
_LABEL = r"(?:\d[\w.]{0,7}|[ivx]{1,4}(?:\.\w{1,3})*(?!\w)|[a-zđ](?!\w))"
ITEMS = re.compile(rf"(?<!\w){vn_source('(?:mục|điểm|nội dung|khoản|ý)')} (?:số |so )?"
                   rf"({_LABEL}(?:(?:, | và |, và | va ){_LABEL})*)")  # fmt: skip
LABELS = re.compile(rf"(?<!\w){_LABEL}")
NEXT_CO = vn(r"(?:phối hợp(?:,? (?:cùng )?với| cùng(?: với)?| chặt chẽ với)?|cùng(?: với)?)(?: các đơn vị)?:?")
GOES_BEFORE = vn(
    r"(?:giao(?: lại)?|chuyển|yêu cầu|đề nghị|phân công|đồng chí|đ/c|anh|chị|a|c)(?: cho| sang| về)?(?: phòng)?|phòng|"
    r"phối hợp(?: cùng)?(?: với)?|cùng(?: với)?"
)
COMES_AFTER = vn(
    r"(?:chủ trì|phối hợp|xử lý|tham mưu|thực hiện|nghiên cứu|triển khai|giải quyết|làm|rà soát|tổng hợp|đề xuất|"
    r"chuẩn bị|soạn|dự thảo|khẩn trương|là đầu mối|đầu mối)"
)
NOT_TOLD = vn(
    r"(?:không|chưa|đừng|thay vì|khỏi)(?: phải| cần)?(?: giao| chuyển)?(?: cho)?|(?:báo cáo|trình|gửi|sao gửi|"
    r"xin ý kiến|lấy ý kiến|hỏi|mời|họp với)(?: cho| về| lên)?|của|thuộc|do"
)
ONLY_TO_KNOW = vn(r"(?:để )?(?:biết|theo dõi|nắm|tham khảo)")
PERSON_OF = re.compile(r"[^\s,;:]+(?: [^\s,;:]+){0,4}(?<! và)(?<! với) (?:\(|- ?)?")
OR = vn(r"hoặc|hay")
FAR = timedelta(days=180)
THAT_DAY = vn(r"trong ngày|hết ngày")
DUE_BEFORE = vn(
    r"(?:trước|hạn(?: chót| cuối)?|chậm nhất|muộn nhất|xong|hoàn thành|trong|nội trong|đến hết|hết|báo cáo|trình|gửi|"
    r"nộp)(?: tôi| đ/c| kết quả| lãnh đạo sở| lãnh đạo| giám đốc)*"
    r"(?: vào| là| hết| lúc| sáng| chiều| ngày| trong| trước)*(?: \d{1,2} ?(?:h|g|giờ) ?\d{0,2}(?: ngày)?)?:?"
)


@dataclass(frozen=True)
class Proposal:
    """What one clause of an instruction proposes. `number`: its place among the clauses that propose something.

    `labels`: items that the clause itself names; empty: all. `day_words`: the words of the day, in small letters.
    """

    number: int
    words: str
    unit_ids: tuple[int, ...] = ()
    co_unit_ids: tuple[int, ...] = ()
    day: date | None = None
    day_words: str = ""
    labels: tuple[str, ...] = ()

    def fits(self, item: DraftItem) -> bool:
        """Is the item one of those that the clause names?"""
        return not self.labels or _plain(item.label) in self.labels


@dataclass(frozen=True)
class Hit:
    """A unit of ours named in a clause, and in what part: lead, co, or none."""

    start: int
    end: int
    unit_id: int
    part: str = ""


def instructions_on(session: Session, directive_id: int) -> Sequence[Instruction]:
    """What leaders wrote on a directive, in the order in which it was entered."""
    query = select(Instruction).where(Instruction.directive_id == directive_id).order_by(col(Instruction.id))
    return session.exec(query).all()


def proposals(session: Session, instruction: Instruction) -> list[Proposal]:
    """What an instruction proposes, clause by clause; empty when it names neither a unit of ours nor a day."""
    known, calendar = named(session), calendar_of(session)
    at = datetime.combine(instruction.said_on, time(8), OFFICE_ZONE)
    scene = Scene(now=at, calendar=calendar, role="leader", units=known.units, people=known.people)
    units = {unit.code: unit for unit in session.exec(select(Unit).where(col(Unit.valid_to).is_(None)))}
    found: list[Proposal] = []
    for raw in (part.strip() for part in CLAUSE.split(instruction.words)):
        text = clean(raw)
        if not text or "?" in raw:
            continue
        labels, rest = _labels(text)
        hits = list(_hits(rest, scene, units))
        day, day_words = _day(rest, instruction.said_on, calendar)
        leads = tuple(dict.fromkeys(hit.unit_id for hit in hits if hit.part == "lead"))
        co = tuple(dict.fromkeys(hit.unit_id for hit in hits if hit.part == "co" and hit.unit_id not in leads))
        if leads or co or day:
            found.append(Proposal(len(found), raw, leads, co, day, day_words, labels))
    return _joined(found)


def _joined(found: list[Proposal]) -> list[Proposal]:
    """ "Giao TCCB; xong trước 20/8": a clause that gives only a day belongs to the one clause that names units."""
    owners = [one for one in found if one.unit_ids or one.co_unit_ids]
    days = [one for one in found if one.day and not (one.unit_ids or one.co_unit_ids)]
    if len(owners) != 1 or len(days) != 1 or owners[0].day or owners[0].labels != days[0].labels:
        return found
    first, last = owners[0], days[0]
    return [Proposal(0, f"{first.words}; {last.words}", first.unit_ids, first.co_unit_ids, last.day, last.day_words,
                     first.labels)]  # fmt: skip


def _labels(text: str) -> tuple[tuple[str, ...], str]:
    """Labels of items that a clause names, and the clause with those words blanked."""
    labels: list[str] = []
    for match in ITEMS.finditer(text):
        labels += [_plain(label) for label in LABELS.findall(match.group(1))]
    return tuple(dict.fromkeys(labels)), ITEMS.sub(lambda m: " " * len(m.group()), text)


def _plain(label: str) -> str:
    return label.casefold().strip(" .)/")


def _hits(text: str, scene: Scene, units: dict[str, Unit]) -> Iterator[Hit]:
    """Units named, and people by their unit, each with its part in the work."""
    firm = {clean(name) for unit in units.values() for name in (unit.code, unit.name)}
    places = [(start, end, code, text[start:end] in firm) for start, end, code in units_named(text, scene)]
    for start, person in people_named(text, scene):
        beside = any(a <= start < b or PERSON_OF.fullmatch(text[start:a]) for a, b, *_ in places)  # "anh Bình TTS"
        if person.role != "leader" and person.unit and not beside:
            places.append((start, start + 1, person.unit, True))
    starts = [start for start, *_ in places]
    places = sorted(place for place in places if starts.count(place[0]) == 1)  # two people of one name: nobody
    before: Hit | None = None
    for number, (start, end, code, sure) in enumerate(places):
        unit = units.get(code)
        if unit is None or unit.id is None or unit.is_leaders:
            continue
        ahead = text[end : places[number + 1][0]] if number + 1 < len(places) else text[end:]
        hit = Hit(start, end, unit.id, _part(text, start, ahead, before, sure, number + 1 < len(places)))
        if hit.part:
            yield hit
            before = hit


def _part(text: str, start: int, ahead: str, before: Hit | None, sure: bool, more: bool) -> str:
    """lead, co, or empty for a unit that is only mentioned."""
    behind = text[(before.end if before else 0) : start].rstrip()
    joined = before is not None and re.fullmatch(r"\s*(?:,|và|va|, và)?", behind) is not None
    told = joined or _ends(GOES_BEFORE, behind) or bool(re.match(r"[\s,:-]*$", behind)) or _starts(COMES_AFTER, ahead)
    if _ends(NOT_TOLD, behind) or _starts(ONLY_TO_KNOW, ahead.lstrip(" ,")) or not (sure or told):
        return ""
    if _starts(COMES_AFTER, ahead) and ahead.split()[0] in ("chủ", "chu"):
        return "lead"
    co_follows = _starts(NEXT_CO, ahead) and not (more and re.fullmatch(NEXT_CO.pattern, ahead.strip(" ,")))
    if co_follows or _ends(NEXT_CO, behind):
        return "co"
    if joined and before is not None:
        return before.part
    return "lead" if told or before is None else ""


def _ends(pattern: re.Pattern[str], text: str) -> bool:
    return any(match.end() == len(text.rstrip()) for match in pattern.finditer(text))


def _starts(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.match(text.lstrip()) is not None


def _day(text: str, said_on: date, calendar: Calendar) -> tuple[date | None, str]:
    """The one day by which something is to be done; None when there is none, or more than one."""
    found: dict[date, str] = {}
    mentions = find(text, said_on)
    if len(mentions) > 1 and OR.search(text, mentions[0].end, mentions[-1].start):
        return None, ""
    for mention in mentions:
        day = _meant(mention, said_on, calendar)
        said = text[mention.start : mention.end]
        if day is None or day < said_on or (THAT_DAY.fullmatch(said) and re.match(r" ?\d", text[mention.end :])):
            continue
        if mention.kind == "end" or _ends(DUE_BEFORE, text[: mention.start].rstrip()):
            found.setdefault(day, said)
    return next(iter(found.items())) if len(found) == 1 else (None, "")


def _meant(mention: Mention, said_on: date, calendar: Calendar) -> date | None:
    if mention.kind == "length" and mention.amount:
        return length_from(mention, said_on, calendar)
    if mention.kind in ("end", "week") and mention.ahead is not None:
        return on_or_before(calendar, mention.ahead)
    if mention.kind != "day" or mention.ahead is None:
        return None
    # "20/7" said on 24/7 is no day of next year: it has passed, and what was meant is not known.
    year_said = mention.back is None or mention.ahead == mention.back
    return mention.ahead if year_said or mention.ahead - said_on <= FAR else None
