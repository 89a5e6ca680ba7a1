"""Who acts, where a sentence, a page or a broken table does not say it first; and what a page without a head is."""

from __future__ import annotations

from datetime import date

import pytest

from reading.deadlines import find_due
from reading.header import read_header
from reading.model import Item, codes_of
from tests.reading_office import END, OURS, STEM, province, read, short
from tests.reading_times import ISSUED, the_only

PAGE = "Tin hoạt động của tỉnh\nNgày 12/7/2023, UBND tỉnh ban hành Công văn số 56/UBND-NC.\n"
ORDER = "UBND tỉnh yêu cầu Sở Công Thương kiểm tra các chợ.\n"
ANNEX = "1. Sở Y tế lập báo cáo.\n./.\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n(Kèm theo Kế hoạch số 12/KH-UBND)\n"
TABLE = "TT\nNhiệm vụ\nCơ quan chủ trì\nCơ quan phối hợp\nThời gian\n"


def page(sentences: str) -> tuple[Item, ...]:
    """The duties of a news page."""
    return read(PAGE + sentences + "\n").items


def leads(items: tuple[Item, ...]) -> list[list[str]]:
    return [[lead.text for lead in item.leads] for item in items]


def rows(lines: str) -> list[tuple[str, list[str], list[str], list[str]]]:
    """Label, who leads, who helps, until when, of each row of an annexed table."""
    return [
        (item.label, [one.text for one in item.leads], [one.text for one in item.co], [short(due) for due in item.due])
        for item in province("12/KH-UBND", ANNEX + lines).items[1:]
    ]


@pytest.mark.parametrize(("sentence", "names"), [
    ("Mức thưởng cho vận động viên do Sở Tài chính quy định cụ thể.", ["Sở Tài chính"]),
    ("Việc kiểm đếm đàn lợn do Trạm Thú y cùng với UBND các xã thực hiện.", ["Trạm Thú y"]),
    ("Công tác hậu cần của lễ hội do Văn phòng Sở đảm nhiệm.", ["Văn phòng Sở"]),
    ("Thời gian thực hiện từ ngày 05/8/2023 đến ngày 25/8/2023 các trường tổ chức rà soát.", ["các trường"]),
    ("Từ ngày 01/8 đến hết tháng 9/2023, các hợp tác xã tiến hành kiểm kê máy.", ["các hợp tác xã"]),
    ("Về kè sông Trà, trước mắt Sở Xây dựng khẩn trương gia cố chân kè.", ["Sở Xây dựng"]),
    ("Từ nay các chủ tàu không được neo đậu ngoài khu tránh bão.", ["các chủ tàu"]),
    ("Thời gian tới Sở Y tế tập trung tiêm vắc xin cho trẻ em.", ["Sở Y tế"]),
])  # fmt: skip
def test_who_acts_may_stand_behind_the_work_or_its_time(sentence: str, names: list[str]) -> None:
    assert leads(page(sentence)) == [names]


@pytest.mark.parametrize("sentence", [
    "Việc chậm giải ngân do các đơn vị chưa lập hồ sơ thanh toán.",
    "Việc giải phóng mặt bằng chậm do các xã triển khai chưa quyết liệt.",
    "Việc xây cầu do Ban Quản lý dự án thực hiện có tổng vốn 5 tỷ đồng.",
    "Kinh phí do ngân sách tỉnh bảo đảm.",
    "Từ ngày 01/6 đến ngày 30/6/2023, các đơn vị đã kiểm tra 12 cơ sở.",
    "Về dự hội nghị có lãnh đạo Sở Y tế, Công an tỉnh tham gia.",
    "Về công tác tuyển sinh, các trường đã hoàn thành.",
    "Hiện nay các doanh nghiệp gặp khó khăn.",
    "Thủ tướng yêu cầu bảo đảm đủ điện.",
    "Hiệu trưởng quyết định: Học viên được nghỉ từ ngày 15/8/2023.",
    "Phòng thủ dân sự là nhiệm vụ của toàn dân.",
    "Để chống hạn, Công ty Thủy lợi có công văn 35/CTTL-KT về việc bơm nước.",
])  # fmt: skip
def test_a_cause_a_report_or_a_wish_tells_nobody_to_act(sentence: str) -> None:
    assert page(sentence) == ()


@pytest.mark.parametrize("sentence", [
    "Tiếp tục rà soát phương án chữa cháy tại các chợ.",
    "Ngoài ra phải có phương án bảo vệ ban đêm.",
    "Không để xảy ra cháy lan sang khu dân cư.",
    "Khẩn trương thực hiện các nhiệm vụ đã giao, nhất là việc sửa bể nước.",
])  # fmt: skip
def test_a_paragraph_without_a_subject_is_of_those_whom_the_one_before_it_told(sentence: str) -> None:
    assert leads(page(ORDER + sentence)) == [["Sở Công Thương"], ["Sở Công Thương"]]


@pytest.mark.parametrize("sentence", [
    "Phát biểu tại hội nghị, đồng chí Chủ tịch UBND tỉnh nhấn mạnh vai trò của chợ.",
    "Từ đầu năm đến nay, toàn tỉnh xảy ra 5 vụ cháy chợ.",
    "Tăng cường phòng cháy là nhiệm vụ quan trọng.",
    "Kiểm tra cho thấy nhiều chợ thiếu bể nước.",
    "Xây dựng chợ văn minh giúp đời sống người dân đổi thay.",
    "Thực hiện nghiêm túc nội dung trên.",
    "Đã có 5 xã hoàn thành việc này.",
])  # fmt: skip
def test_what_goes_on_to_tell_how_things_are_is_no_duty(sentence: str) -> None:
    assert leads(page(ORDER + sentence)) == [["Sở Công Thương"]]


def test_a_subject_is_not_carried_over_a_paragraph_between() -> None:
    assert len(page(f"{ORDER}Toàn tỉnh có 120 chợ.\nTiếp tục rà soát phương án chữa cháy.")) == 1


@pytest.mark.parametrize(("sentence", "names"), [
    ("Cán bộ, nhân viên và học sinh toàn trường dọn vệ sinh.", ["Cán bộ, nhân viên và học sinh toàn trường"]),
    ("Trong thời gian nghỉ lễ, công chức, người lao động trong cơ quan chấp hành nội quy.",
     ["công chức, người lao động trong cơ quan"]),
    ("Các thành viên trong tiểu ban chuẩn bị hồ sơ.", ["Các thành viên trong tiểu ban"]),
    ("Phòng Văn hóa, thể thao tổ chức giải bóng đá.", ["Phòng Văn hóa, thể thao"]),
    ("Phòng Tổ chức, hành chính và kế toán lập dự toán.", ["Phòng Tổ chức, hành chính và kế toán"]),
    ("Các xã có hộ bị thiệt hại lập danh sách gửi huyện.", ["Các xã có hộ bị thiệt hại"]),
    ("Các tổng công ty cấp nước, công ty thủy lợi rà soát công trình.",
     ["Các tổng công ty cấp nước", "công ty thủy lợi"]),
    ("Các công ty, nhà máy nước rà soát đường ống.", ["Các công ty, nhà máy nước"]),
    ("Trung tâm Giáo dục thường xuyên tỉnh mở lớp xóa mù chữ.", ["Trung tâm Giáo dục thường xuyên tỉnh"]),
    ("Trưởng các khoa đào tạo, Phòng Khảo thí rà soát lịch thi.", ["Trưởng các khoa đào tạo", "Phòng Khảo thí"]),
    ("Hiệu trưởng có thể bố trí học trực tuyến nhưng phải báo cáo.", ["Hiệu trưởng"]),
    ("Các sở: Xây dựng, Nội vụ, Y tế rà soát vị trí việc làm.", ["Các sở: Xây dựng, Nội vụ, Y tế"]),
    ("Bộ Y tế quy định chi tiết việc cấp giấy phép.", ["Bộ Y tế"]),
    ("Phòng Đào tạo sau đại học điều chỉnh lịch học.", ["Phòng Đào tạo sau đại học"]),
])  # fmt: skip
def test_a_name_ends_where_its_duty_begins(sentence: str, names: list[str]) -> None:
    assert leads(page(sentence)) == [names]


def test_a_unit_behind_a_semicolon_with_its_own_must_is_told_apart() -> None:
    told = "Các khoa có trách nhiệm phổ biến quy chế thi; Ban Ký túc xá có trách nhiệm giữ trật tự."
    assert leads(page(told)) == [["Các khoa"], ["Ban Ký túc xá"]]


def test_quotation_marks_may_open_before_the_first_number() -> None:
    told = "“1. Giao Công an tỉnh tuần tra ven biển trước ngày 15/8/2023.\n2. Sở Y tế chuẩn bị thuốc”./."
    first, second = page(f"Nội dung công văn như sau:\n{told}")
    assert (first.label, first.text[:13], second.label) == ("1", "Giao Công an ", "2")


def test_a_counter_with_a_bullet_of_a_page_is_no_point() -> None:
    counted = (
        "  • 10:51 - 26/07/2023\n  • 842\n\nSở yêu cầu các phòng thực hiện nội dung sau:\n1/ Lập danh sách trực.\n"
    )
    assert [
        item.label for item in page(counted + "2/ Khóa kho vật tư.\nYêu cầu các phòng nhanh chóng triển khai.")
    ] == [
        "1",
        "2",
    ]


@pytest.mark.parametrize(("text", "day"), [
    ("Trạm Thú y kiểm kê đàn gia súc từ ngày 01/10 đến ngày 15/10/2025.", "2025-10-15"),
    ("Hội đồng xét duyệt danh sách từ ngày 10/11 đến ngày 20/11/2025.", "2025-11-20"),
    ("Thời gian rà soát từ ngày 05/10/2025 đến ngày 25/10/2025 các trường tổ chức rà soát.", "2025-10-25"),
    ("Từ ngày 05/10 đến hết tháng 11/2025, các xã tiến hành rà soát hộ nghèo.", "2025-11-30"),
    ("Trong tháng 12 năm 2025 phải có kế hoạch chống hạn.", "2025-12-31"),
    ("Trong quý IV/2025 phải xong việc cắm mốc.", "2025-12-31"),
])  # fmt: skip
def test_the_last_day_of_work_that_ends_is_its_limit(text: str, day: str) -> None:
    assert str(the_only(text).date) == day


@pytest.mark.parametrize("text", [
    "báo cáo kết quả kiểm tra từ ngày 01/10 đến ngày 15/10/2025.",
    "trực bảo vệ dịp lễ từ ngày 01/10 đến ngày 15/10/2025.",
    "Thanh tra đã kiểm tra các dự án từ ngày 01/10 đến ngày 15/10/2025.",
    "thành lập đoàn kiểm tra từ ngày 01/10 đến ngày 15/10/2025.",
    "rà soát số liệu phát sinh từ ngày 01/10 đến ngày 15/10/2025.",
    "Thời gian tổ chức lễ hội từ ngày 05/10/2025 đến ngày 25/10/2025.",
    "Trung tâm Giáo dục thường xuyên mở lớp xóa mù chữ.",
    "bố trí kế hoạch vốn trung hạn giai đoạn 05 năm và hằng năm, bảo đảm đúng quy định.",
])  # fmt: skip
def test_a_time_that_something_covers_limits_nothing(text: str) -> None:
    assert find_due(text, ISSUED) == ()


def test_rows_left_out_between_two_do_not_join_them() -> None:
    table = (
        f"{TABLE}1\nCấp nước sạch\nSở Xây dựng\nCác xã\nHằng năm\n4\nTrồng rừng\nven biển\nSở Nông nghiệp\nCác xã\n"
        "Quý IV/2023\n5\nNuôi tôm\nSở Nông nghiệp\nQuý III/2023\n"
    )
    assert rows(table) == [
        ("PL.1", ["Sở Xây dựng"], ["Các xã"], ["yearly"]),
        ("PL.4", ["Sở Nông nghiệp"], ["Các xã"], ["2023-12-31"]),
        ("PL.5", ["Sở Nông nghiệp"], [], ["2023-09-30"]),
    ]


@pytest.mark.parametrize("between", ["3\n", "3\nDanh mục công trình\n"])
def test_the_number_of_a_page_begins_no_row(between: str) -> None:
    table = (
        f"{TABLE}1\nCấp nước sạch\nSở Xây dựng\nCác xã\nTháng 9/2023\n{between}2\nTrồng rừng\nSở Nông nghiệp\nCác xã\n"
        "Quý IV/2023\n"
    )
    assert [row[0] for row in rows(table)] == ["PL.1", "PL.2"]


def test_small_letters_go_on_and_phong_ngua_is_no_room() -> None:
    table = (
        f"{TABLE}1\nMở lớp nâng cao kỹ năng\nphòng ngừa đuối nước\nSở Giáo dục và Đào tạo\nHằng năm\n2\nDiễn tập\n"
        "Ban Chỉ đạo\nPhòng thủ dân sự tỉnh\nCác xã\nQuý IV/2023\n"
    )
    assert [row[1] for row in rows(table)] == [["Sở Giáo dục và Đào tạo"], ["Ban Chỉ đạo Phòng thủ dân sự tỉnh"]]


def test_a_cell_may_number_those_who_share_the_work() -> None:
    table = (
        "TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n1\tXây dựng đề án\t1. Sở Y tế lập phần y tế 2. Sở Tài chính cân đối "
        "vốn\tQuý IV/2023\n2\tLàm đường\tSở Xây dựng\t30/9/2023\n"
    )
    assert [row[1] for row in rows(table)] == [["Sở Y tế", "Sở Tài chính"], ["Sở Xây dựng"]]


# What a page begins with, its kind, number, issuer and signer.
BEGINNINGS = [
    ("Thông báo nghỉ lễ Quốc khánh\nCác phòng trực đủ người.\n", "thong_bao", None, None, None),
    ("Kế hoạch gặt lúa\nSở Y tế vừa ban hành Kế hoạch số 45/KH-SYT.\n", "ke_hoach", "45/KH-SYT", "Sở Y tế", None),
    ("Giám đốc Sở Y tế Lê Văn An ký công điện yêu cầu trực bão.\n", "cong_dien", None, "Sở Y tế", "Lê Văn An"),
    ("Bộ trưởng Bộ Y tế Đào Thị Lan ký công văn về tiêm chủng.\n", "cong_van", None, "Bộ Y tế", "Đào Thị Lan"),
    ("Thủ tướng Trần Văn Bình ký chỉ thị về hạn.\n", "chi_thi", None, "Thủ tướng Chính phủ", "Trần Văn Bình"),
    ("Ủy ban nhân dân (UBND) xã vừa có chỉ thị yêu cầu tát nước.\n", "chi_thi", None, "Ủy ban nhân dân xã", None),
    ("Sở Y tế đã gửi văn bản đến các bệnh viện về việc bảo đảm thuốc\n", "cong_van", None, "Sở Y tế", None),
    ("Theo đó, Giám đốc Sở Xây dựng yêu cầu các phòng đo đạc.\n", "other", None, "Sở Xây dựng", None),
    ("Ngoài ra, Bộ Y tế cũng yêu cầu các sở báo cáo.\n", "other", None, "Bộ Y tế", None),
    ("Sở Y tế đề nghị các bệnh viện thực hiện:\n1. Dự trữ thuốc.\n", "other", None, "Sở Y tế", None),
    ("Triển khai Chỉ thị số 9/CT-SYT\nSở Y tế ra Chỉ thị số 9/CT-SYT.\n", "chi_thi", "9/CT-SYT", "Sở Y tế", None),
    ("SỞ Y TẾ THÔNG BÁO THỰC HIỆN CHỈ THỊ 15/CT-TTg\n(Chỉ thị 15/CT-TTg.)\n", "thong_bao", None, "Sở Y tế", None),
    ("Công ty Điện A triển khai Công văn số 12/EVN-KT của Tập đoàn B\n", "other", None, "Công ty Điện A", None),
]  # fmt: skip


@pytest.mark.parametrize("told", BEGINNINGS, ids=[told[0][:30] for told in BEGINNINGS])
def test_a_page_without_a_head_says_what_it_is_in_its_first_words(told: tuple[str | None, ...]) -> None:
    found = read_header(told[0] or "")
    assert (found.kind, found.number, found.issuer, found.signer) == told[1:]


def test_old_signs_have_one_dash_and_a_street_is_none() -> None:
    head = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nội, ngày 5 tháng 7 năm 1994\nQUYẾT ĐỊNH\nVề giá nhà\n"
    old = read_header(f"BỘ XÂY DỰNG\nSố: 59-BXD\n{head}")
    assert (old.number, old.issued_on, old.issuer) == ("59-BXD", date(1994, 7, 5), "Bộ Xây dựng")
    assert read_header(f"BỘ XÂY DỰNG\nSố: 15-Trần Phú\n{head}").number is None


def test_a_part_of_a_body_is_named_with_the_body_above_it() -> None:
    letter = OURS.replace(
        "UBND TỈNH THÁI BÌNH\nSỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "ĐẢNG ỦY XÃ AN BÌNH\nTIỂU BAN HẬU CẦN"
    )
    assert read_header(letter).issuer == "Tiểu ban hậu cần, Đảng ủy xã An Bình"


def test_a_group_may_be_named_before_it_is_said_who_is_left_out() -> None:
    told = "1. Giao các đơn vị thuộc Sở gửi báo cáo{} đối chiếu.\n"
    whole, less = (
        codes_of(read(OURS + STEM + told.format(rest) + END).items[0].leads)
        for rest in (" để", " để các đơn vị thuộc Sở (trừ Nhà hát Chèo)")
    )
    assert set(less) < set(whole)
