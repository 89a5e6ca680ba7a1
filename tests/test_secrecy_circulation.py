"""A document that is to stay inside is no secret, but the Office is asked before anything is assigned from it."""

from __future__ import annotations

import pytest

from reading.marks.circulation import restriction
from tests.reading_office import END, OURS, STEM, read
from tests.test_secrecy_marks import letter as other_letter

POINT = "1. Thanh tra Sở rà soát, báo cáo trước ngày 15/8/2023."


@pytest.mark.parametrize(
    "mark",
    [
        "LƯU HÀNH NỘI BỘ", "Lưu hành nội bộ", "TÀI LIỆU LƯU HÀNH NỘI BỘ", "(Lưu hành nội bộ)", "Tài liệu nội bộ",
        "KHÔNG PHỔ BIẾN", "Không phổ biến", "Chỉ dùng trong nội bộ", "CHỈ SỬ DỤNG NỘI BỘ", "[TÀI LIỆU NỘI BỘ]",
        "NỘI BỘ", "* Không sao chụp *", "Văn bản lưu hành nội bộ", "Phạm vi lưu hành: Lưu hành nội bộ",
        "SỞ A\tLƯU HÀNH NỘI BỘ\tĐộc lập", "HẠN CHẾ TIẾP CẬN", "Không phổ biến rộng rãi", "Thu hồi sau hội nghị",
    ],
)  # fmt: skip
def test_a_mark_of_inner_circulation_is_asked_about(mark: str) -> None:
    reading = read(OURS.replace("V/v", f"{mark}\nV/v") + STEM + POINT + END)
    words = restriction(f"{mark}\n")
    assert words and words in mark
    assert reading.questions[0] == (f"Văn bản ghi “{words}”: có được giao việc và nhắc việc qua hệ thống này không?")
    assert any("nội bộ" in warning.lower() or words in warning for warning in reading.warnings)


def test_a_sentence_that_keeps_this_document_inside_counts_too() -> None:
    assert restriction("Văn bản này chỉ lưu hành nội bộ, không đăng tải.") == "Văn bản này chỉ lưu hành nội bộ"
    assert restriction("Tài liệu này không phổ biến ra ngoài.")


@pytest.mark.parametrize(
    "text",
    [
        "Ban hành Quy chế chi tiêu nội bộ.", "QUY CHẾ CHI TIÊU\nNỘI BỘ CỦA SỞ", "kiểm tra nội bộ, kiểm toán nội bộ",
        "quy chế chi tiêu\nnội bộ", "Đoàn kết nội bộ", "Không phổ biến kiến thức sai lệch.", "mạng nội bộ (LAN)",
        "tăng cường phổ biến pháp luật", "giải quyết mâu thuẫn nội bộ", "bảo vệ chính trị nội bộ",
        "Phòng An ninh nội bộ", "lưu hành sản phẩm trong nước", "điều động nội bộ", "BẢO VỆ CHÍNH TRỊ NỘI BỘ",
    ],
)  # fmt: skip
def test_ordinary_words_ask_nothing(text: str) -> None:
    assert restriction(text) is None
    assert not any("giao việc và nhắc việc" in question for question in read(other_letter(body=text)).questions)
