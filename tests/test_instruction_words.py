"""What a leader's words on a directive propose: units in their part, an inner day; and what proposes nothing."""

from __future__ import annotations

from datetime import date

import pytest

import instructing
from models import clock
from models.directive import DraftItem, Instruction
from tests.office import Office


@pytest.fixture(scope="module")
def office() -> Office:
    return Office("2023-07-24 08:00")


def proposed(office: Office, words: str) -> list[str]:
    """`TCCB + VP 20/08 @2`: leads, co-units, day, the items that the clause names."""
    codes = {number: code for code, number in office.units.items()}
    with office.database.read() as session:
        said = Instruction(leader_id=1, said_on=date(2023, 7, 24), words=words, entered_at=clock.now())
        return [
            " ".join([*(codes[one] for one in offer.unit_ids), *(f"+{codes[one]}" for one in offer.co_unit_ids),
                      *([f"{offer.day:%d/%m}"] if offer.day else []), *(f"@{label}" for label in offer.labels)])
            for offer in instructing.proposals(session, said)
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Giao TCCB chủ trì, phối hợp VP", ["TCCB +VP"]),
        ("chuyển P.QLDL", ["QLDL"]),
        ("anh Bình TTS xử lý", ["TTS"]),
        ("anh Tuấn xử lý", ["TTS"]),
        ("Giao P. QLVH", ["QLVH"]),
        ("QLVH chủ trì, VP phối hợp", ["QLVH +VP"]),
        ("giao qlvh, qltt, qldl thuc hien", ["QLVH QLTT QLDL"]),
        ("Phòng Quản lý Văn hóa và Phòng Quản lý Du lịch phối hợp với Bảo tàng thực hiện", ["QLVH QLDL +BT"]),
        ("Kính chuyển đ/c Hồng TCCB chủ trì tham mưu cùng VP", ["TCCB +VP"]),
        ("VP: theo dõi, đôn đốc", ["VP"]),
        ("TCCB, VP nghiên cứu", ["TCCB VP"]),
        ("Đ/c Hùng QLVH chỉ đạo, phối hợp với Thanh tra và VP", ["QLVH +TTS +VP"]),
        ("VP xin ý kiến TTS rồi báo cáo", ["VP"]),
        ("không giao TTS, chuyển VP", ["VP"]),
        ("Giao TCCB chủ trì, phối hợp VP; xong trước 20/8", ["TCCB +VP 20/08"]),
        ("QLVH chủ trì, VP phối hợp; trình LĐS trước 01/8.", ["QLVH +VP 01/08"]),
        ("Giao Văn phòng tham mưu, gửi TCCB trước ngày 28/7", ["VP 28/07"]),
        ("giao TTS báo cáo tôi trong tuần này", ["TTS 28/07"]),
        ("VP tổng hợp, hoàn thành trong ngày 26/7", ["VP 26/07"]),
        ("Giao TTS. Báo cáo LĐS trước 16h ngày 28/7", ["TTS 28/07"]),
        ("Mục 2: TCCB; mục 3 giao BT, TV; chậm nhất 15/8", ["TCCB @2", "BT TV @3", "15/08"]),
        ("Giao mục 1 và 3 cho QLVH", ["QLVH @1 @3"]),
    ],
)
def test_units_their_part_and_the_day(office: Office, words: str, expected: list[str]) -> None:
    assert proposed(office, words) == expected


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("báo cáo tôi trong tuần này", "28/07"), ("xong trước 20/8", "20/08"), ("báo cáo trước thứ sáu", "28/07"),
        ("trong 3 ngày", "27/07"), ("báo cáo trong 05 ngày làm việc", "31/07"), ("hạn 15/8/2023", "15/08"),
        ("hoàn thành trong tháng 8", "31/08"), ("chậm nhất ngày 10/8", "10/08"), ("xong trong tháng này", "31/07"),
        ("trình tôi chiều 26/7", "26/07"),
    ],
)  # fmt: skip
def test_the_inner_day(office: Office, words: str, day: str) -> None:
    assert proposed(office, words) == [day]


@pytest.mark.parametrize(
    "words",
    [
        "Đồng ý", "Chuyển Thanh tra để biết", "Họp ngày 28/7 bàn", "ai làm việc này?", "sau Tết báo cáo",
        "Chị Hà cho ý kiến", "Rà soát di tích văn hóa, du lịch", "Xem lại Công văn số 12/SVH-VP ngày 20/7/2023",
        "Chuyển các phòng thực hiện", "xong trước 20/7", "trước 20/8 hoặc 25/8", "Báo cáo Giám đốc Sở", "",
        "Lưu", "Đã xem. Kính chuyển", "Giao Sở Y tế chủ trì",
    ],
)  # fmt: skip
def test_words_that_name_no_unit_of_ours_and_no_day_propose_nothing(office: Office, words: str) -> None:
    assert proposed(office, words) == []


def test_a_clause_that_names_items_fits_only_those(office: Office) -> None:
    offer = instructing.Proposal(0, "", labels=("2", "ii.1"))
    items = [DraftItem(directive_id=1, position=0, text="", title="", label=label) for label in ("2.", "II.1", "3")]
    assert [offer.fits(item) for item in items] == [True, True, False]
    assert instructing.Proposal(0, "").fits(items[2])
