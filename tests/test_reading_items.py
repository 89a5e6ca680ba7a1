"""Directives in the layouts that offices write are read point by point, each with who, with whom and by when."""

from __future__ import annotations

from datetime import date

from reading.model import Item, Reading
from reading.reader import read_documents
from tests.reading_elsewhere import OFFICE, TOP

LETTER = f"""UBND TỈNH AN BÌNH
SỞ VĂN HÓA VÀ THỂ THAO
Số: 1205/SVHTT-VP
V/v triển khai công tác cải cách
hành chính cuối năm 2025
{TOP}An Bình, ngày 05 tháng 8 năm 2025
KHẨN

Kính gửi:
- Trưởng các phòng chuyên môn;
- Thủ trưởng các đơn vị trực thuộc Sở.

Thực hiện Công văn số 2210/UBND-NC ngày 28/7/2025, Sở Văn hóa và Thể thao yêu cầu các phòng, đơn vị:

1. Phòng Quản lý văn hóa
a) Chủ trì, phối hợp với Bảo tàng tỉnh rà soát thủ tục, báo cáo Giám đốc Sở trước 17 giờ ngày 20/8/2025.
b) Tham mưu ban hành quy chế hoạt động; hoàn thành trong quý III năm 2025.
2. Văn phòng Sở:
a) Tổng hợp kết quả, báo cáo UBND tỉnh trước ngày 25 hằng tháng.
đ) Trong vòng 05 ngày làm việc kể từ ngày ký công văn này, thông báo đường dây nóng.
3. Giao Phòng TCCB xây dựng đề án vị trí việc làm, trình chậm nhất ngày 10 tháng 9 năm 2025; giao Văn phòng theo dõi.
4. Các đơn vị thuộc Sở:
- Thường xuyên công khai thủ tục hành chính.
- Báo cáo kết quả gồm các nội dung:
+ Việc đã làm;
+ Khó khăn.
Nhận được công văn này, đề nghị Trưởng các phòng, Thủ trưởng các đơn vị nghiêm túc triển khai thực hiện./.

Nơi nhận:
- Như trên;
- Văn phòng Sở chủ trì lưu trước ngày 01/9/2025.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
(Đã ký)
Trần Thị Hồng Nhung
"""


def read(*texts: str) -> Reading:
    return read_documents([(f"{n}.txt", text.encode()) for n, text in enumerate(texts)], OFFICE)


def item(reading: Reading, label: str) -> Item:
    return next(i for i in reading.items if i.label == label)


def units(leads: tuple) -> list[str]:
    return [lead.text for lead in leads]


def test_a_letterhead_gives_number_date_issuer_subject_urgency_and_signer() -> None:
    head = read(LETTER).header
    assert (head.kind, head.number, head.issued_on) == ("cong_van", "1205/SVHTT-VP", date(2025, 8, 5))
    assert head.issuer == "Sở Văn hóa và Thể thao tỉnh An Bình"
    assert head.subject == "triển khai công tác cải cách hành chính cuối năm 2025"
    assert (head.urgency, head.signer) == ("KHẨN", "Trần Thị Hồng Nhung")
    assert head.addressees == ("Trưởng các phòng chuyên môn", "Thủ trưởng các đơn vị trực thuộc Sở")


def test_points_under_a_unit_heading_belong_to_it_and_nothing_else_is_a_point() -> None:
    reading = read(LETTER)
    assert [i.label for i in reading.items] == ["1.a", "1.b", "2.a", "2.đ", "3#1", "3#2", "4.-1", "4.-2"]
    assert [[code for lead in i.leads for code in lead.codes] for i in reading.items] == [
        ["QLVH"],
        ["QLVH"],
        ["VP"],
        ["VP"],
        ["TCCB"],
        ["VP"],
        ["BT"],
        ["BT"],
    ]
    assert [i.klass for i in reading.items] == [
        "dated",
        "dated",
        "recurring",
        "dated",
        "dated",
        "standing",
        "standing",
        "standing",
    ]
    assert units(item(reading, "1.a").co) == ["Bảo tàng tỉnh"]
    assert item(reading, "1.a").due[0].time == "17:00"
    assert item(reading, "4.-2").text.endswith("Khó khăn.")


PLAN = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH AN BÌNH                 Độc lập - Tự do - Hạnh phúc

Số: 210/KH-UBND          An Bình, ngày 12 tháng 01 năm 2026

KẾ HOẠCH
Thực hiện công tác gia đình năm 2026

I. MỤC ĐÍCH, YÊU CẦU
1. Các sở, ngành phối hợp chặt chẽ trong tổ chức thực hiện.
II. NỘI DUNG
1. Tổ chức Ngày Gia đình Việt Nam 28/6
- Đơn vị chủ trì: Sở Văn hóa và Thể thao.
- Đơn vị phối hợp: Hội Liên hiệp Phụ nữ tỉnh, Tỉnh đoàn.
- Thời gian hoàn thành: trước ngày 28/6/2026.
III. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính
Phối hợp với Sở Văn hóa và Thể thao tham mưu bố trí kinh phí.
2. UBND các xã, phường, đặc khu định kỳ trước ngày 01/6 và 15/11 hằng năm báo cáo kết quả.
Nếu có vướng mắc, đề nghị các đơn vị phản ánh về Sở Văn hóa và Thể thao trước ngày 01/12/2026./.

Nơi nhận:                    TM. ỦY BAN NHÂN DÂN
- Lưu: VT.                   PHÓ CHỦ TỊCH

                             Lê Khắc Nam

PHỤ LỤC
| STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành |
|---|---|---|---|---|
| 1 | Khảo sát bạo lực gia đình | Sở Văn hóa và Thể thao | Công an tỉnh | Tháng 9/2026 |
TT
Nội dung
Cơ quan
chủ trì
Thời hạn
hoàn thành
1
Rà soát các thiết chế
văn hóa trên địa bàn
Sở Văn hóa
và Thể thao
Trước
ngày
01/3/2027
"""


def test_a_plan_gives_units_and_dates_from_companion_lines_and_tables() -> None:
    reading = read(PLAN)
    assert (reading.header.issued_on, reading.header.signer) == (date(2026, 1, 12), "Lê Khắc Nam")
    assert [i.label for i in reading.items] == ["II.1", "III.1", "III.2", "PL.1", "PL.1"]
    first = item(reading, "II.1")
    assert units(first.co) == ["Hội Liên hiệp Phụ nữ tỉnh", "Tỉnh đoàn"]
    assert [str(due.date) for due in first.due] == ["2026-06-28"]
    assert units(item(reading, "III.1").leads) == ["Sở Tài chính"]
    assert [(due.day, due.months) for due in item(reading, "III.2").due] == [(1, (6,)), (15, (11,))]
    assert [str(i.due[0].date) for i in reading.items[3:]] == ["2026-09-30", "2027-03-01"]
    assert units(reading.items[4].leads) == ["Sở Văn hóa và Thể thao"]


def test_a_short_letter_without_points_is_one_item_of_its_addressees() -> None:
    text = f"""SỞ NỘI VỤ
Số: 88/SNV-CCHC
{TOP}An Bình, ngày 01 tháng 6 năm 2026
Kính gửi: Các sở, ban, ngành; UBND các xã, phường.

Căn cứ Kế hoạch số 15/KH-UBND ngày 10/01/2026, Sở Nội vụ đề nghị các sở, ban, ngành,
UBND các xã, phường báo cáo
kết quả 6 tháng đầu năm 2026 (số liệu tính đến ngày 31/5/2026), gửi về Sở Nội vụ trước ngày 10/6/2026.

Rất mong nhận được sự phối hợp của quý cơ quan./.
"""
    (only,) = read(text).items
    assert (only.label, only.ours, only.klass) == ("¶1", True, "dated")
    assert units(only.leads) == ["các sở, ban, ngành", "UBND các xã, phường"]
    assert [str(due.date) for due in only.due] == ["2026-06-10"]


def test_lines_broken_by_a_page_are_one_point_and_its_span_covers_them() -> None:
    text = """Thực hiện ý kiến của UBND tỉnh, đề nghị các đơn vị thực hiện như sau:
1. Phòng Quản lý văn hóa chủ trì xây dựng kế hoạch kiểm
tra các lễ hội, hoàn thành
trước ngày 20/3/2026.
2. Văn phòng Sở thường xuyên theo dõi, đôn đốc việc thực
hiện.
"""
    reading = read(text)
    assert [i.label for i in reading.items] == ["1", "2"]
    assert text[slice(*reading.items[0].span)].endswith("trước ngày 20/3/2026.")
    assert str(reading.items[0].due[0].date) == "2026-03-20"
    assert reading.items[1].klass == "monitor"


def test_a_report_that_asks_nothing_has_no_items_and_says_so() -> None:
    reading = read("Trong tháng 9, đơn vị đã tổ chức 12 buổi biểu diễn.\n")
    assert reading.items == ()
    assert reading.warnings == ("Không tìm thấy nội dung giao nhiệm vụ",)


def test_an_annex_that_came_along_is_not_missing_and_its_items_say_their_file() -> None:
    main = LETTER.replace("đường dây nóng.", "đường dây nóng (có phụ lục gửi kèm theo).")
    assert read(main).warnings == ("Thiếu phụ lục kèm theo",)
    both = read(main, "PHỤ LỤC\n1. Bảo tàng tỉnh gửi danh mục hiện vật trước ngày 30/9/2025.\n")
    assert both.warnings == ()
    assert [i.file for i in both.items][-2:] == [0, 1]
