"""A document in, a Reading out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from reading.extract import extract_all
from reading.extracted import Extracted, Progress
from reading.header import read_header
from reading.items import find_items
from reading.marks.circulation import restriction
from reading.model import Due, Header, Item, Lead, OfficeNames, Reading, codes_of
from reading.naming.known import names_of
from reading.naming.ours import Resolver
from reading.points import indicators, outline, paragraphs, tables
from reading.points.body import body
from reading.points.cuts import cuts
from reading.points.deliverables import deliverables
from reading.points.duties import Found
from reading.points.phrases import MONITOR
from reading.points.rows import rows_to_items
from reading.times.doubts import with_doubts
from reading.words import mentions, rx


def read_files(paths: Sequence[Path], office: OfficeNames) -> Reading:
    """Read one dispatch: the first file is the main document, the others its annexes.

    Raises a ReadingError (empty, broken, protected, secret, …) that carries no content; OSError if a file cannot be
    opened.
    """
    return read_documents([(path.name, path.read_bytes()) for path in paths], office)


def read_documents(
    documents: Sequence[tuple[str, bytes]], office: OfficeNames, progress: Progress | None = None
) -> Reading:
    """The same from (name, bytes). Every document is screened for secrecy before any is read.

    `progress` hears of each page that is being recognised; what it raises ends the reading.
    """
    return read_extracted(documents[0][0], extract_all(documents, progress), office)


def read_extracted(source: str, files: Sequence[Extracted], office: OfficeNames) -> Reading:
    """The same from what came out of the files; `source` is the name of the first."""
    texts = [file.text for file in files]
    header = read_header(texts[0])
    resolver = Resolver(office, header.issuer, header.issued_on)
    with names_of(office):
        items = tuple(item for number, text in enumerate(texts) for item in read_items(text, number, header, resolver))
    items = with_doubts(items, files)
    return Reading(
        source,
        header,
        items,
        tuple(i for text in texts for i in indicators.indicators(text)),
        (*kept_inside(texts), *questions(items)),
        (*warnings(texts, items), *recognised(files)),
        tuple(files),
    )


def recognised(files: Sequence[Extracted]) -> tuple[str, ...]:
    """What the Office must know of a text that was recognised from pictures."""
    if not any(file.recognised for file in files):
        return ()
    count = sum(len(file.doubtful) for file in files)
    check = f"đối chiếu {count} từ chưa chắc chắn được đánh dấu" if count else "đối chiếu với bản gốc"
    return (f"Văn bản được nhận dạng từ bản quét: {check}",)


def read_items(text: str, number: int, header: Header, resolver: Resolver) -> list[Item]:
    lines = paragraphs.lines_of(text)
    rows, rest = tables.take_tables(text, lines)
    found = find_items(outline.build(body(paragraphs.paragraphs(text, rest)), text), text, header)
    found = sorted(found + rows_to_items(rows, text, header.issued_on), key=lambda f: f.start)
    return [replace(to_item(f, number, resolver), cuts=cuts(text, f.start, f.end)) for f in cut_overlaps(found, text)]


def cut_overlaps(found: list[Found], text: str) -> list[Found]:
    """A span ends before the next item begins."""
    kept: list[Found] = []
    for place, item in enumerate(found):
        limit = found[place + 1].start if place + 1 < len(found) else len(text)
        if item.start >= item.end or item.start == limit:
            continue
        end = item.start + len(text[item.start : min(item.end, limit)].rstrip())
        kept.append(
            Found(
                item.label,
                item.start,
                end,
                " ".join(text[item.start : end].split()),
                item.units,
                item.co,
                item.due,
                item.duty,
            )
        )
    return kept


def to_item(found: Found, number: int, resolver: Resolver) -> Item:
    leads = tuple(without_excepted(resolver.lead(name), found.text, resolver) for name in found.units)
    return Item(
        found.label,
        found.text,
        (found.start, found.end),
        number,
        resolver.ours(leads),
        leads,
        # "các đơn vị liên quan": nobody can say which, so none is told
        tuple(Lead(name) if rx(r"liên quan$").search(name) else resolver.lead(name) for name in found.co),
        klass(found, leads),
        deliverables(found.text),
        found.due,
    )


def without_excepted(lead: Lead, text: str, resolver: Resolver) -> Lead:
    """ "Các đơn vị thuộc Sở (trừ Nhà hát Chèo)": the group without those left out."""
    said = rx(r"\s*[,(]?\s*(?:trừ|không bao gồm|ngoại trừ)\s+([^();.]+)").finditer(text) if lead.group else ()
    left_out = next((m for m in said if text.endswith(lead.text, 0, m.start())), None)
    if left_out is None:
        return lead
    named = rx(r",\s|\svà\s(?=[A-ZĐ])").split(left_out.group(1))
    gone = {code for name in named for code in resolver.lead(name.strip()).codes}
    return Lead(lead.text, tuple(code for code in lead.codes if code not in gone), True)


def klass(found: Found, leads: tuple[Lead, ...]) -> str:
    """monitor: the Office's own duty to follow the others up; else by what the deadlines say."""
    office = len(leads) == 1 and rx(r"(?:Chánh )?Văn phòng", re.I).search(leads[0].text)
    if office and rx(rf"^.{{0,80}}?{MONITOR}").match(found.duty) and rx(r"đôn đốc|giám sát").search(found.duty):
        return "monitor"
    if any(due.kind in ("date", "relative") for due in found.due):
        return "dated"
    return "recurring" if any(stated(due) for due in found.due) else "standing"


def stated(due: Due) -> bool:
    return due.kind == "recurring" and due.day is not None


def kept_inside(texts: list[str]) -> tuple[str, ...]:
    """The question about a document that is marked "Lưu hành nội bộ": no secret, but nobody else's to pass on."""
    words = next((found for text in texts if (found := restriction(text))), None)
    return (f"Văn bản ghi “{words}”: có được giao việc và nhắc việc qua hệ thống này không?",) if words else ()


def questions(items: tuple[Item, ...]) -> tuple[str, ...]:
    """What the Office must settle before tasks are made."""
    asked: list[str] = []
    for item in items:
        if item.ours is False:
            continue
        name = spoken(item.label)
        if item.klass != "monitor" and all(due.kind == "standing" or open_series(due) for due in item.due):
            asked.append(f"{name}: văn bản không nêu thời hạn")
        asked.extend(f"{name}: “{due.text}” – {due.question}" for due in item.due if due.question)
        if not codes_of(item.leads):
            asked.append(f"{name}: chưa rõ đơn vị chủ trì")
    return tuple(dict.fromkeys(asked))


def spoken(label: str) -> str:
    """ "II.1.-2" → "Mục II.1, gạch đầu dòng 2"; "¶1" → "Đoạn 1"."""
    point = rx(r"[.]?[¶+-].*$").sub("", label)
    rest = [
        f"{'đoạn' if mark == '¶' else 'gạch đầu dòng'} {number}"
        for mark, number in rx(r"([¶+-])([\d#]+)").findall(label[len(point) :])
    ]
    said = ", ".join([*([f"Mục {point}"] if point else []), *rest])
    return said[:1].upper() + said[1:]


def open_series(due: Due) -> bool:
    return due.kind == "recurring" and due.question is not None and due.day is None


ANNEX = (
    r"(?:phụ lục|danh mục|biểu mẫu|mẫu biểu|đề cương)[^.;\n]{0,80}?(?:gửi kèm|kèm theo|đính kèm)|(?:kèm "
    r"theo|gửi kèm|đính kèm)[^.;\n]{0,40}(?:phụ lục|danh mục|biểu mẫu|đề cương)"
)


def warnings(texts: list[str], items: tuple[Item, ...]) -> tuple[str, ...]:
    found: list[str] = []
    has_annex = len(texts) > 1 or any(
        rx(r"^\s*PHỤ LỤC|^\s*Phụ lục(?: [IVX\d]+)?\s*$", re.M).search(text) for text in texts
    )
    if not has_annex and mentions(texts[0], ("kèm",)) and rx(ANNEX, re.I).search(texts[0]):
        found.append("Thiếu phụ lục kèm theo")
    if kept_inside(texts):
        found.append("Văn bản ghi lưu hành nội bộ hoặc hạn chế phổ biến: kiểm tra trước khi giao việc")
    if not items:
        found.append("Không tìm thấy nội dung giao nhiệm vụ")
    return tuple(found)
