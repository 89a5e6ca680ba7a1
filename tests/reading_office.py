"""The pretend department of config.toml as the reader knows it, and letters written for it in few words."""

from __future__ import annotations

import tomllib
from pathlib import Path

from reading.model import Due, GroupNames, Item, OfficeNames, Reading, UnitNames, codes_of
from reading.reader import read_documents

CONFIG = tomllib.loads((Path(__file__).parent.parent / "config.toml").read_text(encoding="utf-8"))
OFFICE = OfficeNames(
    CONFIG["department"]["name"],
    tuple(CONFIG["department"]["aliases"]),
    tuple(CONFIG["department"]["member_of"]),
    tuple(UnitNames(unit["code"], unit["name"], tuple(unit["aliases"])) for unit in CONFIG["units"]),
    tuple(GroupNames(group["name"], tuple(group["aliases"]), tuple(group["units"])) for group in CONFIG["groups"]),
)
TOP = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nThái Bình, ngày 01 tháng 8 năm 2023\n"
OURS = f"UBND TỈNH THÁI BÌNH\nSỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH\nSố: 812/SVHTTDL-VP\nV/v nhiệm vụ tháng 8\n{TOP}"
STEM = (
    "\nKính gửi: Các phòng, đơn vị thuộc Sở.\n\nSở Văn hóa, Thể thao và Du lịch yêu cầu các phòng, đơn vị thực hiện "
    "một số nội dung sau:\n\n"
)
END = "\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\n\nTrần Văn Thành\n"


def read(text: str) -> Reading:
    return read_documents([("a.txt", text.encode())], OFFICE)


def letter(points: str) -> Reading:
    """A letter of the department to its own units, of 01/8/2023."""
    return read(OURS + STEM + points + END)


def point(sentence: str) -> Item:
    """The only duty of a letter with one point."""
    (only,) = letter(f"1. {sentence}").items
    return only


def province(sign: str, body: str, title: str = "") -> Reading:
    """A document of UBND tỉnh, of 01/8/2023."""
    return read(f"ỦY BAN NHÂN DÂN\nTỈNH THÁI BÌNH\nSố: {sign}\n{TOP}\n{title}\n{body}{END}")


def said(reading: Reading) -> dict[str, tuple[list[str], list[str]]]:
    """By label: the codes of those who lead, and the deadlines in short."""
    return {item.label: (codes_of(item.leads), [short(due) for due in item.due]) for item in reading.items}


def short(due: Due) -> str:
    """ "2023-08-15 16:00", "monthly 25", "5 working_days receipt", "thường xuyên"."""
    if due.kind == "date":
        return " ".join(filter(None, [str(due.date), due.time]))
    if due.kind == "recurring":
        months = ",".join(map(str, due.months)) if due.months else ""
        return " ".join(filter(None, [due.recurrence or "daily", str(due.day or ""), months, due.time]))
    return f"{due.amount} {due.unit} {due.from_}" if due.kind == "relative" else due.text
