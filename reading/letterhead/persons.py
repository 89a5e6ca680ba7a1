"""Who signs, as a page tells it: the person behind the post."""

from __future__ import annotations

from reading.words import UPPER, rx

SURNAMES = (
    r"(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trịnh|Trương|Lâm|Mai|Cao|Hà|"
    r"Tạ|Tô|Lương|Đào|Phùng|Quách|Thái|Vương|Lưu|Nông|Triệu|Chu|Châu|La|Thân|Kiều|Giàng|Lò|Hầu|Tống|Doãn|Khuất|Nghiêm|Lại)"
)


def signs(line: str) -> str | None:
    """ "Phó Chủ tịch UBND tỉnh Trần Văn An vừa ký …", "đồng chí Trần Văn An, Giám đốc Sở, đã ký …"."""
    signs = rx(r"\s(?:vừa |đã |mới )*(?:thay mặt [^,.;]{3,60} )?ký(?= |$)").search(line)
    if signs is None:
        return None
    before = line[: signs.start()]
    polite = rx(rf"(?:[Đđ]ồng chí|[ÔôBb][\w]+)((?: [{UPPER}]\w*){{2,4}})\s*[,–-][^.;]{{3,90}}$").search(before)
    return polite.group(1).strip() if polite else person(before)


def person(before: str) -> str | None:
    """The person's name that ends the words: from its surname on, since a place may stand right before it."""
    posts = (
        r"(?<!\w)(?:Chủ tịch|Giám đốc|Chánh|Trưởng|Bí thư|Thủ trưởng|Thủ tướng|Bộ trưởng|Thứ trưởng|"
        r"đồng chí|Đồng chí|ông|bà)\s"
    )
    post = rx(posts).search(before)
    for surname in rx(rf"(?<!\w){SURNAMES} ").finditer(before, post.end() if post else len(before)):
        name = before[surname.start() :]
        place = rf"(?:tỉnh|phố|TP|TP\.|huyện|xã|phường|Sở \S+) (?:[{UPPER}]\w* )?$"
        in_place = rx(place).search(before[: surname.start()])
        if (not in_place or len(name.split()) < 4) and rx(rf"[{UPPER}]\w*(?: [{UPPER}]\w*){{2,3}}").fullmatch(name):
            return name
    return None
