"""A point with several duties says where it may be cut; it is not cut."""

from __future__ import annotations

import pytest

from reading.points.cuts import cuts


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Sở Y tế rà soát thủ tục hành chính; báo cáo UBND tỉnh trước ngày 20/8/2023.", ["báo cáo UBND tỉnh"]),
        ("Rà soát tài sản công tại đơn vị. Kịp thời xử lý tài sản dôi dư theo quy định.", ["Kịp thời xử lý"]),
        (
            "Thanh tra Sở có trách nhiệm: (1) kiểm tra cơ sở karaoke; (2) báo cáo kết quả kiểm tra.",
            ["kiểm tra", "báo cáo"],
        ),
        ("Lập hồ sơ (gồm tờ trình; báo cáo thuyết minh và dự toán) gửi Văn phòng Sở.", []),
        ("Báo cáo số liệu về di tích; số lượng hiện vật; kinh phí năm 2023.", []),
        ("Báo cáo kết quả.", []),
    ],
)
def test_a_cut_is_offered_where_another_duty_begins(text: str, second: list[str]) -> None:
    found = cuts(f"xx {text}", 3, 3 + len(text))
    assert len(found) == len(second)
    assert all(f"xx {text}"[at:].startswith(words) for at, words in zip(found, second, strict=True))
