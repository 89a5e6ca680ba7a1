"""Which paragraphs may hold duties: after the letterhead, before "./." and the signature, and in annexes."""

from __future__ import annotations

import re

from reading.letterhead.signature import POST
from reading.points.paragraphs import MARKER, Paragraph, is_title
from reading.words import UPPER, rx

LONG_ENOUGH = 60  # letters of a paragraph that is text and no letterhead

TAIL = rf"Nơi nhận\s*:?|(?:TM|KT|TL|TUQ)\.\s*[{UPPER}]|T/[ML]\s"
# What a web page puts under the text.
PAGE_TAIL = (
    r"(?:(?:Các )?(?:tin|bài)(?: viết)? (?:liên quan|khác|cùng chuyên mục|mới|cũ)|Tác giả\s*:|Nguồn\s*:|Tin\s*:|"
    r"Tổng số (?:lượt|điểm)|(?:Số )?lượt (?:truy cập|xem)|Thống kê truy cập|Bình luận|Ý kiến bạn đọc|Chia sẻ)"
)
ANNEX_TITLE = (
    r"(?:KẾ HOẠCH|CHƯƠNG TRÌNH|DANH MỤC|PHÂN CÔNG|BẢNG |QUY CHẾ|QUY ĐỊNH|PHƯƠNG ÁN|ĐỀ ÁN|BIỂU |NHIỆM VỤ|"
    r"DANH SÁCH|NỘI QUY|HƯỚNG DẪN|ĐỀ CƯƠNG|MẪU |LỊCH )"
)
NUMBER_LINE = r"[|\s]*S[ốỐ]\s*:?\s*[\d….]{0,8}\s*[-/]\s*[\w/&-]{2,30}(?:\W|$)"
# What a person must fill in or attend orders nothing by itself.
FORM = r"(?:ĐỀ CƯƠNG|MẪU|BIỂU MẪU|LỊCH|CHƯƠNG TRÌNH (?:HỘI NGHỊ|LÀM VIỆC|TẬP HUẤN|LỄ)|DANH SÁCH ĐẠI BIỂU|PHIẾU)\b"


def body(found: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs where duties may stand."""
    kept: list[Paragraph] = []
    inside, text_seen, form = True, False, False
    for paragraph in found[address_end(found) :]:
        text = paragraph.text
        annex = begins_annex(text)
        if annex:
            inside, form = True, False
        elif not inside and rx(NUMBER_LINE).match(text):
            inside, text_seen = True, False  # the letterhead of a document that stands after another's text
        if annex or is_title(text):
            form = form or (text_seen and bool(rx(rf"\W*(?:PHỤ LỤC[^:]*:?\s*)?{FORM}").match(text)))
        if inside and text_seen and begins_tail(text):
            inside = False
        if inside and not form:
            kept.append(paragraph)
        if inside:
            text_seen = text_seen or (not text.isupper() and (len(text) > LONG_ENOUGH or bool(rx(MARKER).match(text))))
            inside = not ends_body(text)
    return kept


def address_end(found: list[Paragraph]) -> int:
    """How many paragraphs the letterhead takes, down to the last name of the "Kính gửi" block."""
    motto = motto_end(found)
    for place, paragraph in enumerate(found[motto:40], start=motto):
        if rx(r"(?:Kính gửi|Gửi)\s*:|.{3,90}\sđiện\s*:\s*$", re.I).match(paragraph.text):
            place += 1
            while (
                place < len(found)
                and rx(r"[-–+]\s*\S").match(found[place].text)
                and len(found[place].text) < 160
                and rx(r"[;.,]\s*$").search(found[place].text)
            ):
                place += 1
            return place
    return motto


MOTTO = r"CỘNG HÒA XÃ HỘI|CHỦ NGHĨA VIỆT NAM|(?i:độc lập\s*[-–]\s*tự do\s*[-–]\s*hạnh phúc)|ĐẢNG CỘNG SẢN VIỆT NAM"
LETTERHEAD = 30  # paragraphs


def motto_end(found: list[Paragraph]) -> int:
    """How many paragraphs stand down to the nation's name and motto: a page's lead and its table of data oblige nobody.

    0 where points or an address come first: there the motto is another document's, or printed beside the text.
    """
    last = 0
    for place, paragraph in enumerate(found[:LETTERHEAD]):
        if rx(MOTTO).search(toned(paragraph.text)):
            last = place + 1
        elif rx(r"(?:Kính gửi|Gửi)\s*:|Điều\s+\d|[IVX]{1,5}\.\s|\d{1,2}\.\s|[a-zđ]\)\s").match(paragraph.text):
            break
    return last


def toned(text: str) -> str:
    """ "HOÀ" is written "HÒA" too."""
    return text.replace("HOÀ", "HÒA")


def ends_body(paragraph: str) -> bool:
    return bool(rx(r"\./\.?\W*$").search(paragraph[-12:].rstrip()))


def begins_tail(paragraph: str) -> bool:
    """A paragraph after which no duty stands until an annex begins."""
    first = paragraph[:200].strip(" |\t*_")
    return bool(
        rx(TAIL, re.I if first[:1] == "N" else 0).match(first)
        or (len(first) < LONG_ENOUGH and rx(PAGE_TAIL, re.I).match(first))
        or (first.isupper() and len(first) < 60 and rx(POST).match(first) and not first.endswith(":"))
    )


def begins_annex(paragraph: str) -> bool:
    """ "Phụ lục I", "(Kèm theo Quyết định số …)", or the title line of an annexed plan."""
    first = paragraph[:400].strip(" |\t*_")
    return bool(
        rx(
            r"(?:NAY )?QUYẾT (?:ĐỊNH|NGHỊ)\s*:?$|PHỤ LỤC\b|Phụ lục(?:\s+(?:số\s+)?[IVX\d]+)?\s*[:.]?\s*$|"
            r"\(?\s*(?:Ban hành )?[Kk]èm theo\s"
        ).match(first)
        or (first.isupper() and rx(ANNEX_TITLE).match(first))
    )
