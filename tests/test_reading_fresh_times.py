"""Times that describe, follow an event or have gone by; heads that are told, broken or lost."""

from __future__ import annotations

from datetime import date

import pytest

from reading.deadlines import find_due
from reading.header import read_header
from tests.reading_times import ISSUED, the_only


@pytest.mark.parametrize(
    "text",
    [
        "rà soát 44 nhiệm vụ có thời hạn hoàn thành trong quý IV năm 2025, phân công rõ người.",
        "tập trung xử lý các nhiệm vụ đến hạn trước ngày 31/12/2025.",
        "đôn đốc các đề án có thời hạn trình trước ngày 15/12/2025.",
        "đôn đốc các chỉ tiêu phải hoàn thành trong năm 2025 theo Nghị quyết.",
        "báo cáo số liệu tính đến hết ngày 31/12/2025.",
        "số liệu báo cáo từ ngày 15/12/2024 đến hết ngày 14/12/2025.",
        "phổ biến chính sách giảm thuế giá trị gia tăng đến hết ngày 31/12/2026.",
        "thẻ bảo hiểm y tế có giá trị sử dụng đến hết ngày 31/12/2025.",
        "cán bộ nghỉ hưu trước ngày 31/12/2025 lập danh sách.",
        "Người dân trồng rừng trước ngày 01/11/2025 được hỗ trợ giống.",
        "phục vụ Đại hội tổ chức trong tháng 12/2025.",
        "báo cáo kết quả thực hiện trong năm 2025.",
        "chủ động phối hợp thường xuyên với thành phố.",
    ],
)
def test_a_time_that_tells_what_a_thing_is_like_limits_nothing(text: str) -> None:
    assert find_due(text, ISSUED) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tuyên truyền tại trụ sở từ nay cho đến hết tháng 11 năm 2025.", "2025-11-30"),
        ("duy trì trực từ nay cho đến hết ngày 15/11/2025.", "2025-11-15"),
        ("tuyên truyền từ nay tới cuối tháng 12/2025.", "2025-12-31"),
        ("trình Chính phủ trong tháng 11 năm 2025 để trình Quốc hội.", "2025-11-30"),
        ("Hoàn thành phân bổ vốn trong quý IV năm 2025, bảo đảm giải ngân.", "2025-12-31"),
        ("Trong quý IV/2025, hoàn thành cắt giảm thủ tục.", "2025-12-31"),
        ("Quý IV/2025 trình UBND tỉnh phê duyệt.", "2025-12-31"),
        ("Trong năm 2025, xây dựng Đề án trình Chính phủ.", "2025-12-31"),
        ("nộp báo cáo vào thứ Sáu (31/10/2025).", "2025-10-31"),
        ("gửi trước lúc 17 giờ ngày 10/10/2025.", "2025-10-10"),
        ("Thời hạn gửi báo cáo: ngày 20/11/2025.", "2025-11-20"),
        ("Hạn nộp bài dự thi là ngày 20/11/2025.", "2025-11-20"),
        ("Thời gian nhận hồ sơ: từ ngày 15/10/2025 đến ngày 20/11/2025.", "2025-11-20"),
        ("các dự án phải hoàn thành trước ngày 30/11/2025.", "2025-11-30"),
        ("giải ngân 90% kinh phí được giao đến hết ngày 30/11/2025.", "2025-11-30"),
    ],
)
def test_a_time_limit_may_be_said_in_these_words_too(text: str, day: str) -> None:
    assert str(the_only(text).date) == day


@pytest.mark.parametrize(
    "text",
    [
        "báo cáo UBND tỉnh ngay sau khi kết thúc đợt kiểm tra.",
        "tổng hợp số liệu ngay sau sự kiện tắt đèn.",
        "Kết thúc cuộc bầu cử, Ban Thường trực tổng hợp báo cáo.",
        "Sau khi kết thúc Hội nghị, gửi báo cáo về Sở.",
        "sau 03 ngày kết thúc chương trình, báo cáo kết quả.",
        "báo cáo trong vòng 24h kể từ khi xảy ra sự việc.",
        "Hoàn thành trước khai giảng năm học mới.",
    ],
)
def test_what_follows_an_event_is_asked_for(text: str) -> None:
    due = the_only(text)
    assert (due.kind, due.date, bool(due.question)) == ("relative", None, True)


def test_telling_of_something_over_is_no_time_to_act() -> None:
    assert find_due("Sau khi nghe báo cáo, Giám đốc kết luận.", ISSUED) == ()
    assert find_due("bảo vệ cây sau khi trồng.", ISSUED) == ()


def test_a_bracket_that_explains_a_date_is_no_second_time() -> None:
    due = the_only("Chậm nhất ngày 03/02/2026 (trước ngày bầu cử 40 ngày).")
    assert str(due.date) == "2026-02-03"


def test_a_month_in_a_column_that_has_gone_by_is_kept_and_asked_about() -> None:
    (due,) = find_due("Tháng 9/2025", ISSUED, labelled=True)
    assert (str(due.date), bool(due.question)) == ("2025-09-30", True)
    assert find_due("hoàn thành trong tháng 9/2025.", ISSUED) == ()
    assert find_due("2015", ISSUED, labelled=True) == ()


def test_a_series_may_have_its_day_far_behind() -> None:
    due = the_only("định kỳ hằng tháng báo cáo tình hình triển khai từng nhiệm vụ, gửi Sở Tài chính trước ngày 25.")
    assert (due.recurrence, due.day) == ("monthly", 25)


@pytest.mark.parametrize(
    ("text", "kind", "number", "issuer"),
    [
        (
            "Phòng dịch tại trường học (Công văn số 409/UBND-VX ngày 15/5/2021)\nUBND tỉnh yêu cầu:\n"
            "1. Sở Y tế sao gửi Thông báo số 21/TB-UBND đến các trường.",
            "cong_van", "409/UBND-VX", "Ủy ban nhân dân tỉnh",
        ),
        (
            "Ngày 11/6/2012, Cục Quản lý giá đã có công văn về việc kê khai giá.\nTheo Quyết định số 73/QĐ-BTC.",
            "cong_van", None, "Cục Quản lý giá",
        ),
        ("Theo đó, UBND tỉnh yêu cầu các sở trực Tết.", "other", None, "Ủy ban nhân dân tỉnh"),
        (
            "Ngày 3/3/2024, Bộ Y tế có Công văn số 12/BYT-DP về phòng dịch. Về việc này, UBND tỉnh có ý kiến như sau:\n"
            "1. Sở Y tế rà soát.",
            "cong_van", None, "Ủy ban nhân dân tỉnh",
        ),
        ("Theo Công văn số 12/SGDĐT-VP của Sở Giáo dục và Đào tạo.\nSở yêu cầu các trường rà soát.", "cong_van", None,
         "Sở Giáo dục và Đào tạo"),
        (
            "Tin từ UBND tỉnh cho biết, Văn phòng UBND tỉnh đã có Văn bản số 45/VPUBND-KT về thu phí.",
            "cong_van", "45/VPUBND-KT", "Văn phòng UBND tỉnh",
        ),
        (
            "Công văn số 55/UBND-VX ngày 02/02/2024 của UBND huyện Tân Bình về việc tổ chức lễ hội.\nCác phòng trực.",
            "cong_van", "55/UBND-VX", "Ủy ban nhân dân huyện Tân Bình",
        ),
    ],
)  # fmt: skip
def test_a_page_names_the_document_that_it_shows(text: str, kind: str, number: str | None, issuer: str | None) -> None:
    header = read_header(text)
    assert (header.kind, header.number, header.issuer) == (kind, number, issuer)


def test_a_text_without_its_opening_is_known_by_its_end() -> None:
    header = read_header(
        "2. Ban công tác Mặt trận phối hợp.\n3. Các thôn rà soát.\n4. Đài xã đưa tin.\n5. Văn phòng trực.\n"
        "Trên đây là Kế hoạch của Ban Thường trực Ủy ban MTTQ Việt Nam xã An Bình "
        "về tham gia bầu cử./.\nTM. BAN THƯỜNG TRỰC\nCHỦ TỊCH\nLê Thị Hoa\n"
    )
    assert (header.kind, header.number, header.signer) == ("ke_hoach", None, "Lê Thị Hoa")
    assert header.issuer == "Ban Thường trực Ủy ban MTTQ Việt Nam xã An Bình"


def test_the_signature_of_a_union_is_told_in_full_by_the_text() -> None:
    header = read_header(
        "Căn cứ chương trình của BCH Công đoàn Trường Cao đẳng An Bình.\nCác bộ phận đăng ký.\n"
        "TM/BCH CÔNG ĐOÀN TRƯỜNG\nPHÓ CHỦ TỊCH\n"
    )
    assert header.issuer == "BCH Công đoàn Trường Cao đẳng An Bình"


def test_a_letterhead_broken_inside_its_words_is_read() -> None:
    header = read_header(
        "TỈNH\nĐOÀN AN BÌNH\nBCH ĐOÀN HUYỆN TÂN BÌNH\n***\nSố:\n74-CV/ĐTN\n“V/v Ra quân\nNgày Chủ nhật\nxanh”\n|\n"
        "ĐOÀN\nTNCS HỒ CHÍ MINH\nTân Bình,\nngày 17 tháng 7 năm 2018\n|\nKính gửi: Đoàn các xã.\n"
        "Thực hiện Kế hoạch số 5-KH/ĐTN ngày 25/5/2018, đề nghị các xã ra quân.\n"
    )
    assert (header.kind, header.number, header.issued_on) == ("cong_van", "74-CV/ĐTN", date(2018, 7, 17))
    assert header.issuer is not None
    assert header.issuer.lower() == "bch đoàn huyện tân bình"
    assert header.subject == "Ra quân Ngày Chủ nhật xanh"


def test_the_authority_under_a_title_is_no_part_of_the_subject() -> None:
    header = read_header(
        "THỦ TƯỚNG CHÍNH PHỦ\nSố: 12/QĐ-TTg\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nội, ngày 5 tháng 5 năm 2023\n"
        "QUYẾT ĐỊNH\nPHÊ DUYỆT ĐỀ ÁN ĐỌC SÁCH\nTHỦ TƯỚNG CHÍNH PHỦ\nCăn cứ Luật Xuất bản;\n"
    )
    assert header.subject == "PHÊ DUYỆT ĐỀ ÁN ĐỌC SÁCH"


def test_a_signature_that_has_lost_its_capitals_is_one() -> None:
    points = "".join(f"{n}. Phòng số {n} trực.\n" for n in range(1, 6))
    header = read_header(f"{points}KT. Chủ tịch\nPhó Chủ tịch\nNguyễn Văn An\n")
    assert header.signer == "Nguyễn Văn An"
