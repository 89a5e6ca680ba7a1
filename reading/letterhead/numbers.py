"""Numbers, signs and dates of documents as NĐ 30/2020/NĐ-CP and the Party write them."""

from __future__ import annotations

from datetime import date

from reading.words import UPPER, rx

CODES = {"CT": "chi_thi", "KH": "ke_hoach", "TB": "thong_bao", "CĐ": "cong_dien", "QĐ": "quyet_dinh", "CV": "cong_van"}

# The other type codes of NĐ 30/2020 and of Party rules; a sign that begins with none of all these is a công văn.
OTHER_CODES = frozenset(
    (
        "NQ",
        "QC",
        "QyĐ",
        "TC",
        "HD",
        "CTr",
        "PA",
        "ĐA",
        "DA",
        "BC",
        "BB",
        "TTr",
        "HĐ",
        "BGN",
        "BTT",
        "GUQ",
        "GM",
        "GGT",
        "GNP",
        "PG",
        "PC",
        "PB",
        "KL",
        "NĐ",
        "TT",
        "QyĐi",
        "TL",
        "CTHĐ",
    )
)

SIGN = rf"[{UPPER}][\w&]*(?:(?:[ \u00a0]?[\-–/][ \u00a0]?|\.)[{UPPER}\d][\w&]*)*"

NUMBER = rf"\d{{1,6}}[a-zA-Z]?(?:\s?/\s?(?:19|20)\d\d)?\s*(?:/\s?{SIGN}|-{SIGN}/{SIGN})"

# Before Decree 30/2020 and those it followed: "242-TTg", "59-HĐBT", one dash and the one who signs.
OLD_NUMBER = rf"(\d{{1,5}}\s?-\s?[{UPPER}]{{2,}}\w{{0,7}}(?:-[{UPPER}]\w{{0,9}})?)"

KIND_WORDS = (
    r"văn bản|công văn|công điện|chỉ thị|kế hoạch|thông báo|quyết định|nghị quyết|tờ trình|chương trình|hướng dẫn"
)

DATE_WORDS = r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})"

DATE_DIGITS = r"ngày\s*(\d{1,2})\s?[/\-.]\s?(\d{1,2})\s?[/\-.]\s?(\d{4})"


DATE_BARE = r"(?:ngày\s*)?(\d{1,2})\s?[/\-.]\s?(\d{1,2})\s?[/\-.]\s?(\d{4})"


def tidy_number(number: str) -> str:
    return rx(r"\s").sub("", number).replace("–", "-").rstrip(".-/")


def as_date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def kind_by_sign(number: str | None) -> str:
    if not number:
        return "cong_van"
    party = rx(r"\d+[a-zA-Z]?-(\w+)/").match(number)
    code = party.group(1) if party else rx(r"[/\-]").split(rx(r"^\d+\w?/(?:\d{4}/)?").sub("", number))[0]
    # "5348/CT-CS": Cục Thuế and its room; a Chỉ thị is signed for an authority.
    authority = r"/CT-(?:(?:CT)?UB|CTUBND|TTg|TU|ĐU|HU|TW|B\w+|CP|HĐ|S\w+|TLĐ|TƯ|VKS|TA|KT)"
    if code == "CT" and not party and not rx(authority).search(number):
        return "cong_van"
    return CODES.get(code, "other" if code in OTHER_CODES else "cong_van")
