"""Words that limit who may see a document without making it a state secret: the Office decides before it assigns."""

from __future__ import annotations

import re

from reading.words import mentions, rx

MARK = (
    r"(?:tài liệu\s+|văn bản\s+)?(?:chỉ\s+)?(?:lưu hành|sử dụng|dùng|phổ biến)\s+(?:trong\s+)?nội bộ|"
    r"(?:tài liệu|văn bản)\s+(?:mang tính\s+)?nội bộ|không\s+(?:được\s+)?(?:phổ biến|sao chụp|"
    r"chuyển phát)(?:\s+rộng rãi)?"
    r"(?:\s+dưới mọi hình thức)?|nội bộ|hạn chế\s+(?:lưu hành|phổ biến|tiếp cận)|thu hồi sau (?:hội nghị|"
    r"cuộc họp|khi họp)"
)
# A stamp stands alone: a line, a cell or a bracket of its own, perhaps after a label.
ALONE = rf"[\W_]*(?:(?:lưu ý|ghi chú|phạm vi lưu hành|chế độ sử dụng)\s*:\s*)?(?P<mark>{MARK})[\W_]*"
# In a sentence about this very document it says the same.
SAID = (
    r"(?:văn bản|tài liệu|công văn|kế hoạch|thông báo|báo cáo|kết luận)\s+này\s+(?:chỉ\s+|được\s+|là\s+|không\s+)*"
    r"(?:lưu hành|sử dụng|dùng|phổ biến|tài liệu)\s+(?:trong\s+)?(?:nội bộ|rộng rãi|ra ngoài)"
)
LIMITS = ("nội", "không", "chỉ", "hạn chế", "thu hồi", "này")  # what every mark has in it
LONGEST = 120


def restriction(text: str) -> str | None:
    """The words, verbatim, that keep the document inside ("LƯU HÀNH NỘI BỘ", "Không phổ biến"); None if there are none.

    The rest of a title ("Quy chế chi tiêu nội bộ", "kiểm toán nội bộ") limits nothing.
    """
    before = ""
    for line in text.split("\n"):
        if not mentions(line, LIMITS):
            before = line.strip() or before
            continue
        cells = [line.strip()] + [cell.strip() for cell in rx(r"\||\t|\s{3,}").split(line)]
        for cell in cells:
            if cell and len(cell) <= LONGEST and (found := rx(ALONE, re.I).fullmatch(cell)):
                mark = found.group("mark")
                if not _rest_of_a_title(mark, before):
                    return mark
        if said := rx(SAID, re.I).search(line):
            return said.group()
        before = line.strip() or before
    return None


def _rest_of_a_title(mark: str, before: str) -> bool:
    """ "… quy chế chi tiêu" / "nội bộ": small letters after a line that did not end, or the bare word."""
    wrapped = mark[:1].islower() and before[-1:].isalpha()
    return wrapped or (mark.lower() == "nội bộ" and not mark.isupper())
