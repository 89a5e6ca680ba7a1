"""What the columns of a table of duties hold, by their titles, in whatever order they stand."""

from __future__ import annotations

from reading.words import rx

# The first that fits; a title that begins with what is done ("Nội dung thực hiện") is no one's name.
TITLES = (
    ("number", r"(?:s?tt|số tt|số thứ tự|stt/mã)\W*$"),
    ("content", r"(?:nội dung|nhiệm vụ|tên (?:nhiệm|công|đề|văn|hoạt)|công việc|hoạt động|đầu việc|việc |giải pháp)"),
    ("lead", r".*chủ trì.*phối hợp"),
    ("co", r".*phối hợp"),
    ("other", r"(?:kinh phí|ngân sách|địa điểm|ghi chú|lãnh đạo|cấp (?:trình|phê|có)|căn cứ|số lượng|đơn vị tính|đvt)"),
    ("other", r".*(?:đã giao|cũ\b|trước đây|văn bản giao|được giao$)"),
    ("due", r"(?:thời|hạn|tiến độ|ngày|hoàn thành|lộ trình)"),
    ("product", r".*(?:sản phẩm|kết quả|đầu ra)"),
    ("lead", r".*(?:chủ trì|thực hiện|đầu mối|chịu trách nhiệm|phụ trách|phân công|tham mưu|trách nhiệm)"),
    ("unit", r"(?:cơ quan|đơn vị|phòng|bộ phận|người|tổ chức|cá nhân)"),
    ("content", r".*(?:nội dung|nhiệm vụ|công việc|hoạt động)"),
)
# "Đơn vị thực hiện" over "Chủ trì" and "Phối hợp": a title above titles.
ABOVE = r"(?:đơn vị|cơ quan|phân công|tổ chức|trách nhiệm)(?:[,/]? ?(?:đơn vị|cơ quan))?(?: thực hiện| nhiệm vụ)?$"
PEOPLE = r"(?:người|cá nhân|cán bộ|chuyên viên|công chức)"
GOES_ON = r"(?:chủ trì|phối hợp|thực hiện|hoàn thành|công việc|nhiệm vụ|chịu trách nhiệm)"
LONGEST_TITLE = 60


def column(title: str) -> str:
    """number, content, lead, co, due, product, unit (one who is not said to lead) or other."""
    plain = " ".join(title.lower().replace("*", "").split()).strip(" .:")
    return next((name for name, pattern in TITLES if rx(pattern).match(plain)), "other")


def columns_of(titles: list[str]) -> list[str] | None:
    """The columns of a header row; None where the titles are none of a table of duties."""
    if not 2 <= len(titles) <= 12 or any(len(title) > LONGEST_TITLE for title in titles):
        return None
    names = [column(title) for title in titles]
    if "lead" not in names and names.count("unit") == 1:
        names[names.index("unit")] = "lead"
    people = next((n for n, title in enumerate(titles) if names[n] == "lead" and rx(PEOPLE).match(title.lower())), None)
    if people is not None and names.count("unit") == 1:  # the unit is told, whoever does it there
        names[people], names[names.index("unit")] = "other", "lead"
    return names if "lead" in names and "content" in names else None


def joined(titles: list[str]) -> list[str]:
    """Titles from lines of their own: a title over two lines is one, and a title above other titles is none."""
    whole: list[str] = []
    for title in titles:
        goes_on = title[:1].islower() or rx(rf"{GOES_ON}\W*$").match(title.lower())
        if whole and goes_on and (title[:1].islower() or rx(ABOVE).match(whole[-1].lower())):
            below = [t.lower().strip(" .:") for t in titles]
            if not (title[:1].isupper() and "chủ trì" in below and "phối hợp" in below):
                whole[-1] += " " + title
                continue
        whole.append(title)
    return without_above(whole)


def without_above(titles: list[str]) -> list[str]:
    plain = [title.lower().strip(" .:") for title in titles]
    over = next((n for n, title in enumerate(plain) if rx(ABOVE).match(title)), None)
    if over is None or "chủ trì" not in plain or "phối hợp" not in plain:
        return titles
    below = [plain.index("chủ trì"), plain.index("phối hợp")]
    rest = [title for n, title in enumerate(titles) if n not in (*below, over)]
    return [*rest[:over], *(titles[n] for n in sorted(below)), *rest[over:]]
