"""Stamps as forms, crowded letterheads and signs of all kinds show them; and what only looks like one."""

from __future__ import annotations

import unicodedata

import pytest

from reading.extract import clean
from reading.secrecy import bears_mark
from tests.test_secrecy_marks import letter

STAMPS = [
    # forms with a label
    "Độ mật.: Mật", "Độ mật… Mật", "Độ mật = Mật", "Độ mật (Mật)", "Độ bảo mật: Mật", "Cấp độ mật: Tối mật",
    "Mức độ bảo mật: Tuyệt mật", "Phân loại: Mật", "Phân loại mật: Mật", "Chế độ: MẬT", "Độ mật: 1. Mật",
    "DẤU CHỈ ĐỘ MẬT: TỐI MẬT", "Dấu chỉ mức độ mật: Mật", "Độ mật: A (Tuyệt mật)", "Độ khẩn: Hỏa tốc; Độ mật: Mật",
    "Độ khẩn: Thường\tĐộ mật: Mật", "Độ khẩn: Hỏa tốc. Độ mật: Tối mật.", "Độ mật: Mật   Độ khẩn: Khẩn",
    "Độ mật: Mật, độ khẩn: khẩn", "Độ mật: Mật (Hỏa tốc)", "☑ Mật ☐ Tối mật ☐ Tuyệt mật", "[x] Mật [ ] Tối mật",
    "(x) Mật",
    # envelopes, kinds, drafts, copies
    "A - TUYỆT MẬT", "B - TỐI MẬT", "C - MẬT", "Chỉ người có tên mới được bóc bì", "BẢN SAO MẬT", "BẢN MẬT",
    "BÁO CÁO MẬT",
    "KẾ HOẠCH TỐI MẬT", "CÔNG ĐIỆN MẬT", "ĐIỆN MẬT", "DỰ THẢO MẬT", "DỰ THẢO - MẬT", "MẬT, DỰ THẢO 2", "MẬT số 12",
    "MẬT - THU HỒI SAU HỘI NGHỊ", "TÀI LIỆU TỐI MẬT - THU HỒI", "TÀI LIỆU MẬT, KHÔNG PHỔ BIẾN", "TUYỆT MẬT - CHỈ ĐỌC",
    "MẬT - BẢN SỐ 01", "MẬT - Trang 1",
    # a letterhead on one line
    "SỞ NỘI VỤ MẬT", "UBND TỈNH AN BÌNH MẬT", "MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc MẬT",
    # other letters, other signs between them
    "𝐌Ậ𝐓", "ⓂẬⓉ", "ТỐІ МẬТ", "M…Ậ…T", "M•Ậ•T", "M/Ậ/T", "M—Ậ—T", "【MẬT】", "█ MẬT █", "MÃT", "MÄT", "M\tẬ\tT",
]  # fmt: skip


@pytest.mark.parametrize("stamp", STAMPS)
def test_a_stamp_refuses_the_document(stamp: str) -> None:
    for form in ("NFC", "NFD"):
        assert bears_mark(clean(unicodedata.normalize(form, letter(stamp))))


NUMBERS = [
    "Số: .../QĐ-UBND(M)", "Số: …/QĐ-UBND(M)", "Số:      /QĐ-UBND(M)", "Số: 45/SNV–M", "Số: 45/SNV—M", "Số 45/SNV-M",
    "Số: 45/MẬT", "Số: 45/SNV-MẬT", "Số: 45/QĐ-UBND (Mật)", "Số: 45/QĐ-UBND (TM)", "Số: 45/QĐ-UBND.M",
    "Số: 45/QĐ-UBND_M",
    "Số: 45/QĐ-UBND [M]", "Số: 45/QĐ-UBND-М", "Sô: 45/QĐ-UBND-M", "So: 45/QD-UBND-M", "45/QĐ-UBND-M", "45/QĐ-UBND(M)",
    "UBND TỈNH A Số: 45/QĐ-UBND-M", "Số: 45 /QĐ-UBND-M", "Số: 45/QĐ - UBND - M",
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_a_sign_with_the_secret_tail_refuses_the_document(number: str) -> None:
    assert bears_mark(clean(letter(number)))


OTHER_STAMPS = [
    "CỤC QUẢN LÝ KỸ THUẬT NGHIỆP VỤ MẬT MÃ", "CỤC QUẢN LÝ NGHIỆP VỤ MẬT\nMÃ", "HỌC VIỆN KỸ THUẬT MẬT MÃ",
    "PHÒNG BẢO MẬT",
    "PHÒNG CƠ YẾU - BẢO MẬT", "UBND XÃ BÌNH MẬT", "ỦY BAN NHÂN DÂN XÃ MẬT SƠN", "ĐẢNG ỦY XÃ BÌNH MẬT",
    "HỢP TÁC XÃ ONG MẬT",
    "CÔNG TY MẬT ONG BẮC SƠN", "BỆNH VIỆN GAN MẬT", "TRƯỜNG THPT MẬT SƠN", "BAN QUẢN LÝ MẶT BẰNG", "MẶT TRẬN TỔ QUỐC",
    "Độ khẩn: Hỏa tốc", "Độ mật: Không; Độ khẩn: Khẩn", "Độ mật: Thường; độ khẩn: Hỏa tốc", "Độ mật: ☐", "Không mật",
    "☐ Mật ☐ Tối mật ☐ Tuyệt mật ☑ Thường", "KHÔNG MẬT", "VĂN BẢN KHÔNG MẬT", "ĐÃ GIẢI MẬT",
    "Đã giải mật ngày 12/5/2025",
    "MẬT ĐỘ XÂY DỰNG", "MẬT ONG", "CỠ M",
]  # fmt: skip


@pytest.mark.parametrize("stamp", OTHER_STAMPS)
def test_other_words_of_a_letterhead_are_no_stamp(stamp: str) -> None:
    assert not bears_mark(clean(letter(stamp)))


OTHER_NUMBERS = [
    "45/SNV-TM", "…/QĐ-UBND", ".../QĐ-UBND", "…/SNV-VP", "45/TB-M2", "45/CV-BM", "45/QĐ-BMT", "45/SNV-MT",
    "45/UBND-KTTM",
    "45/SNV-M&E", "12-CV/TM", "45/GM", "45/SKHCN-ĐMST", "45/GM-UBND", "45/BC-SVHTTDL",
]  # fmt: skip


@pytest.mark.parametrize("number", OTHER_NUMBERS)
def test_an_ordinary_sign_is_no_secret_one(number: str) -> None:
    assert not bears_mark(letter(number=number))


BODIES = [
    "Căn cứ Quyết định số 12/QĐ-BCA(M) ngày 1/2/2025.", "Thực hiện Chỉ thị số 12-CT/TU-M.", "Số lượng: 45/M.",
    "Triển khai Kế hoạch số 45/KH-BCA–M của Bộ Công an.", "Số: 45 chiếc áo cỡ M", "a) Loại A - tuyệt mật; C - mật.",
    "A - TUYỆT MẬT, B - TỐI MẬT, C - MẬT là ký hiệu bì thư.", "Dấu chỉ độ mật gồm dấu Tuyệt mật, Tối mật, Mật.",
    "STT\tTên tài liệu\tĐộ mật\n1\tKế hoạch A\tMật\n2\tKế hoạch B\tTối mật",
    "Cột 3: ghi độ mật (Mật, Tối mật, Tuyệt mật).",
    "Mật: 12 văn bản; Tối mật: 3 văn bản.", "Văn bản mật: 15", "Số văn bản mật đến: 12", "Bảo vệ BÍ MẬT\nNHÀ NƯỚC",
    "3. Gan, mật: bình thường", "Siêu âm: gan\tmật\tlách", "Gan\nMật\nTụy", "sản lượng\nMật ong", "Bà Lê Thị Mật",
    "Trưởng thôn\nNGUYỄN VĂN MẬT", "Nơi nhận:\n- Ông Trần Văn Mật;", "Đóng dấu “MẬT” ở góc trái.",
    "Đóng dấu:\nMẬT KHẨU",
    "Danh sách vắng\nmặt", "Lập sổ đăng ký văn bản mật đi, văn bản mật đến.", "M T\nA B", "Chữ cái\nM\nẬ",
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES)
def test_a_body_with_such_words_is_no_stamp(body: str) -> None:
    assert not bears_mark(clean(letter(body=body)))


@pytest.mark.parametrize("line", ["M\t", "M  ", "Độ mật ", "S", "số:", "MẬT. ", "SỞ ", "TUYỆT "])
def test_a_line_without_end_is_searched_in_time(line: str) -> None:
    """It would take a minute if every place of it were tried against all that follows."""
    assert not bears_mark(line * 50_000)
