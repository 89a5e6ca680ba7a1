"""A document changed in one thing is read changed in that thing and in nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reading.reader import read_documents
from tests.reading_office import END, OFFICE, OURS, STEM

FOLDER = Path(__file__).parent / "documents"
LETTER = (
    OURS
    + STEM
    + "1. Phòng Quản lý Văn hóa chủ trì, phối hợp với Bảo tàng tỉnh xây dựng kế hoạch, trình Giám đốc Sở "
    "trước ngày 15/8/2023.\n"
    "2. Thanh tra Sở thường xuyên kiểm tra; báo cáo trước ngày 25 hằng tháng.\n"
    "3. Văn phòng Sở theo dõi, đôn đốc việc thực hiện." + END
)


def reading(text: str) -> dict[str, Any]:
    return read_documents([("a.txt", text.encode())], OFFICE).to_json()


def differing(before: Any, after: Any, path: str = "") -> set[str]:
    """The paths at which two readings differ; places in lists as numbers."""
    if isinstance(before, dict) and isinstance(after, dict):
        return {p for key in before for p in differing(before[key], after[key], f"{path}.{key}".lstrip("."))}
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return {p for n, (a, b) in enumerate(zip(before, after, strict=True)) for p in differing(a, b, f"{path}.{n}")}
    return set() if before == after else {path}


def without_words(paths: set[str]) -> set[str]:
    """Spans move and texts repeat the words that were changed."""
    return {p for p in paths if ".span." not in p and not p.endswith(".text") and not p.startswith("questions")}


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("812/SVHTTDL-VP", "1045/SVHTTDL-VP", {"number"}),
        ("ngày 01 tháng 8 năm 2023", "ngày 02 tháng 8 năm 2023", {"issued_on"}),
        ("V/v nhiệm vụ tháng 8", "V/v công việc tháng 8", {"subject"}),
        ("Trần Văn Thành", "Lê Thị Thu", {"signer"}),
        ("trước ngày 15/8/2023", "trước ngày 21/8/2023", {"items.0.due.0.date"}),
        ("trước ngày 15/8/2023", "trước 16 giờ 30 phút ngày 15/8/2023", {"items.0.due.0.time"}),
        ("trước ngày 25 hằng tháng", "trước ngày 20 hằng tháng", {"items.1.due.1.day"}),
        ("1. Phòng Quản lý Văn hóa", "1. Phòng Quản lý Du lịch", {"items.0.lead_units.0", "items.0.lead_codes.0"}),
        ("với Bảo tàng tỉnh", "với Thư viện tỉnh", {"items.0.co_units.0", "items.0.co_codes.0"}),
        ("2. Thanh tra Sở", "2. Phòng Tổ chức cán bộ", {"items.1.lead_units.0", "items.1.lead_codes.0"}),
        ("xây dựng kế hoạch", "xây dựng đề án", {"items.0.deliverables.0"}),
    ],
)
def test_one_change_changes_one_field(old: str, new: str, changed: set[str]) -> None:
    assert LETTER.count(old) >= 1
    assert without_words(differing(reading(LETTER), reading(LETTER.replace(old, new, 1)))) == changed


@pytest.mark.parametrize(
    "turn",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("hóa", "hoá").replace("Hóa", "Hoá").replace("Ủy", "Uỷ"),
        lambda text: text + "\n\n\n",
        lambda text: "\ufeff" + text,
    ],
    ids=["line ends", "no-break blanks", "tone marks", "blank lines", "byte order mark"],
)
def test_how_a_text_is_written_down_changes_no_meaning(turn: Callable[[str], str]) -> None:
    told = ("lead_codes", "co_codes", "class", "due", "label", "ours")
    before, after = reading(LETTER), reading(turn(LETTER))
    assert [{k: i[k] for k in told} for i in after["items"]] == [{k: i[k] for k in told} for i in before["items"]]
    assert (after["number"], after["issued_on"], after["signer"]) == (
        before["number"],
        before["issued_on"],
        before["signer"],
    )


DOCUMENTS = sorted(FOLDER.glob("*.txt"))[::3]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem[:20])
def test_a_later_year_moves_every_date_by_that_much_and_nothing_else(path: Path) -> None:
    """Every four digits of a year 2020 to 2030 raised by 28: the same weekdays, the same leap years."""
    text = path.read_text(encoding="utf-8")
    moved = "".join(
        str(int(text[i : i + 4]) + 28)
        if is_year(text, i)
        else ""
        if any(is_year(text, i - k) for k in (1, 2, 3))
        else text[i]
        for i in range(len(text))
    )
    before, after = reading(text), reading(moved)
    for key in ("kind", "issuer", "signer", "urgency"):
        assert before[key] == after[key]
    assert [(i["label"], i["lead_codes"], i["co_codes"], i["ours"], i["class"]) for i in before["items"]] == [
        (i["label"], i["lead_codes"], i["co_codes"], i["ours"], i["class"]) for i in after["items"]
    ]
    for one, other in zip(before["items"], after["items"], strict=True):
        assert [later(due) for due in one["due"]] == [{**due, "text": ""} for due in other["due"]]


def is_year(text: str, at: int) -> bool:
    if at < 0 or not text[at : at + 4].isdigit() or not "2019" < text[at : at + 4] < "2031":
        return False
    return not (text[at - 1 : at].isdigit() or text[at + 4 : at + 5].isdigit())


def later(due: dict[str, Any]) -> dict[str, Any]:
    date = due["date"] and f"{int(due['date'][:4]) + 28}{due['date'][4:]}"
    return {**due, "text": "", "date": date}


def test_the_readings_are_plain_values() -> None:
    assert json.loads(json.dumps(reading(LETTER))) == reading(LETTER)
