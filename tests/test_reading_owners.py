"""Whose an item is: ours, another agency's, or not said."""

from __future__ import annotations

from reading.model import Item, Reading
from reading.reader import read_documents
from tests.reading_elsewhere import OFFICE, TOP


def read(*texts: str) -> Reading:
    return read_documents([(f"{n}.txt", text.encode()) for n, text in enumerate(texts)], OFFICE)


def item(reading: Reading, label: str) -> Item:
    return next(i for i in reading.items if i.label == label)


def units(leads: tuple) -> list[str]:
    return [lead.text for lead in leads]


TELEGRAM = f"""ỦY BAN NHÂN DÂN
TỈNH AN BÌNH

Số: 07/CĐ-UBND

{TOP}
An Bình, ngày 10 tháng 9 năm 2025

CÔNG ĐIỆN
Về việc tập trung ứng phó với bão số 8

HỎA TỐC

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN BÌNH điện:
- Giám đốc các sở;
- Chủ tịch UBND các xã, phường.

Hiện nay, bão số 8 đã đi vào Biển Đông.

Để chủ động ứng phó, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu Giám đốc các sở, ban, ngành,
Chủ tịch UBND các xã, phường thực hiện các nhiệm vụ sau:

1. Tổ chức trực ban 24/24 giờ; theo dõi chặt chẽ diễn biến của bão.

2. Giám đốc Sở Nông nghiệp và Môi trường chỉ đạo kiểm tra đê điều, hoàn thành trước 12 giờ 00 ngày 11/9/2025.

3. Sở Văn hóa và Thể thao phối hợp với Công an tỉnh và UBND các xã, phường hướng dẫn các cơ sở lưu trú.

4. Giao Văn phòng UBND tỉnh theo dõi, đôn đốc việc thực hiện Công điện này./.

Nơi nhận:
- Như trên.

CHỦ TỊCH

Nguyễn Văn Phúc
"""


def test_whose_an_item_is_follows_from_whom_it_names() -> None:
    reading = read(TELEGRAM)
    assert (reading.header.kind, reading.header.urgency) == ("cong_dien", "HỎA TỐC")
    assert [(i.label, i.ours) for i in reading.items] == [("1", True), ("2", False), ("3", True), ("4", False)]
    assert units(item(reading, "1").leads) == ["Giám đốc các sở, ban, ngành", "Chủ tịch UBND các xã, phường"]
    assert units(item(reading, "3").co) == ["Công an tỉnh", "UBND các xã, phường"]
    assert item(reading, "4").klass == "monitor"
    assert "Mục 3: chưa rõ đơn vị chủ trì" in reading.questions


def test_units_of_another_department_are_not_taken_for_ours() -> None:
    text = f"""SỞ Y TẾ
Số: 5/SYT-VP
{TOP}An Bình, ngày 02 tháng 3 năm 2026
1. Văn phòng Sở tổng hợp báo cáo.
2. Các đơn vị rà soát hồ sơ.
3. Bảo tàng tỉnh phối hợp với Phòng Tổ chức cán bộ cung cấp số liệu.
"""
    assert [[code for lead in i.leads for code in lead.codes] for i in read(text).items] == [[], [], ["BT"]]
