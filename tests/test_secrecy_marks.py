"""A secrecy mark refuses the document in every shape it may take; words about secrets, honey or faces do not."""

from __future__ import annotations

import unicodedata

import pytest

from reading.secrecy import bears_mark

LETTER = """UBND TỈNH AN BÌNH
SỞ NỘI VỤ
{stamp}
Số: {number}
V/v {subject}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Bình, ngày 12 tháng 5 năm 2025

Kính gửi: Các phòng chuyên môn.

Sở Nội vụ yêu cầu các phòng thực hiện:
1. {body}
2. Văn phòng Sở tổng hợp, báo cáo trước ngày 30/5/2025./.
{tail}
Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC

Nguyễn Văn Mật
"""


def letter(
    stamp: str = "", subject: str = "rà soát hồ sơ", number: str = "45/SNV-VP", body: str = "Rà soát.", tail: str = ""
) -> str:
    return LETTER.format(stamp=stamp, subject=subject, number=number, body=body, tail=tail)


STAMPS = [
    "MẬT", "TỐI MẬT", "TUYỆT MẬT", "Mật", "Tối mật", "Tuyệt mật", "mật\tSố đến: 15", "tối mật", "M Ậ T",
    "T Ố I  M Ậ T", "T U Y Ệ T   M Ậ T", "T Ố I   M Ậ T", "M.Ậ.T", "M-Ậ-T", "M_Ậ_T", "M*Ậ*T", "M·Ậ·T", "M . Ậ . T",
    "M\u200bẬ\u200bT", "MẬ\u200dT", "M\u2060ẬT", "M\ufeffẬT", "M\u00adẬT", "MA\u200b\u0323\u0302T", "M\u034fẬT",
    "M\u00a0Ậ\u00a0T", "M\u2003Ậ\u2003T", "ＭẬＴ", "МẬТ", "TỐI\u00a0MẬT", "[MẬT]", "(MẬT)", "** MẬT **",
    "*** TỐI MẬT ***", "<MẬT>", "« MẬT »", "“MẬT”", "┌─────┐\n│ MẬT │\n└─────┘", "╔═══════╗\n║TỐI MẬT║\n╚═══════╝",
    "| MẬT |", "|TUYỆT MẬT|", "--- MẬT ---", "==MẬT==", "•MẬT•", "★ MẬT ★", "MẬT.", "MAT", "MÂT", "MẶT", "MẠT", "MẤT",
    "TOI MAT", "TÔI MẬT", "TỐI MẶT", "TUYET MAT", "TUYÊT MÂT", "TỐl MẬT", "T0I MAT", "Độ mật: Mật", "Độ mật: Tối mật",
    "ĐỘ MẬT: MẬT", "ĐỘ MẬT - TUYỆT MẬT", "Độ mật\tMật", "Độ mật: độ Mật", "Mức độ mật: Tối mật", "Mức độ mật: MẬT",
    "Độ mật:\nMật", "Độ: Mật", "ĐỘ TỐI MẬT", "Dấu mật: Mật", "DẤU: MẬT", "TÀI LIỆU MẬT", "Tài liệu mật",
    "TÀI LIỆU TỐI MẬT", "VĂN BẢN MẬT", "CÔNG VĂN MẬT", "HỒ SƠ TUYỆT MẬT", "MẬT - HỎA TỐC", "TỐI MẬT   KHẨN",
    "HỎA TỐC - MẬT", "THƯỢNG KHẨN, MẬT", "MẬT (Bản số 02)", "MẬT\nBản số: 03/10", "TỐI\nMẬT", "TUYỆT\nMẬT", "M\nẬ\nT",
    "T\nỐ\nI\nM\nẬ\nT", "TU\nYỆT\nM\nẬT", "SỞ NỘI VỤ\tMẬT\tĐộc lập", "SỞ NỘI VỤ | Mật | Độc lập", "PHÒNG A\tTỐI MẬT",
    "MẬT  Ngày đến: 15/5/2025", "SỞ A    M Ậ T    Hạnh phúc", "M\tẬ\tT", "Trang 1 - MẬT",
]  # fmt: skip


@pytest.mark.parametrize("stamp", STAMPS)
def test_a_stamp_in_the_letterhead_refuses_the_document(stamp: str) -> None:
    for form in ("NFC", "NFD"):
        assert bears_mark(unicodedata.normalize(form, letter(stamp)))


@pytest.mark.parametrize(
    "number",
    [
        "45/SNV-VP-M", "45/SNV-M", "45/SNV/M", "45/M", "045/KH-SNV-M", "45/QĐ-SNV - M", "45/SNV-VP(M)", "45/SNV-VP (M)",
        "45-KH/TU-M", "45/2025/SNV-M", "/SNV-VP-M", "45/SNV-VP-M\tAn Bình, ngày 12 tháng 5 năm 2025",
        "45/SNV-VP MẬT", "45/SNV-VP   TỐI MẬT",
    ],
)  # fmt: skip
def test_a_sign_with_the_secret_tail_refuses_the_document(number: str) -> None:
    assert bears_mark(letter(number=number))


@pytest.mark.parametrize(
    "stamp", ["MẬT", "TỐI MẬT", "T U Y Ệ T  M Ậ T", "[ MẬT ]", "TÀI LIỆU MẬT", "2\tMẬT", "TỐI\nMẬT"]
)
def test_a_stamp_on_a_later_page_or_in_an_annex_refuses_the_document(stamp: str) -> None:
    assert bears_mark(letter(tail=f"\n{stamp}\nPHỤ LỤC\n1. Danh sách"))
    assert bears_mark(letter(body="Rà soát.\n" * 80 + stamp + "\nTiếp theo."))
    assert bears_mark(f"PHỤ LỤC\n{stamp}\nDanh sách kèm theo")
    assert bears_mark(f"PHỤ LỤC\t\t{stamp}\nDanh sách kèm theo")


SUBJECTS = [
    "tăng cường BẢO VỆ BÍ MẬT NHÀ NƯỚC", "BẢO VỆ BÍ\nMẬT NHÀ NƯỚC", "bảo vệ BÍ\nMẬT",
    "công tác bảo vệ bí\nmật nhà nước", "BẢO VỆ  BÍ  MẬT  NHÀ NƯỚC", "B Ả O   V Ệ   B Í   M Ậ T   N H À   N Ư Ớ C",
    "quản lý văn bản mật, bảo mật thông tin", "quản lý hồ sơ\nmật", "quản lý, lưu trữ\ntài liệu mật",
    "xác định độ mật của văn bản", "cấp độ mật và thời hạn bảo vệ",
    "danh mục bí mật nhà nước độ Tuyệt mật, Tối mật, Mật", "giải mật tài liệu lưu trữ",
    "đóng dấu MẬT, TỐI MẬT trên tài liệu", "rà soát văn bản có đóng dấu “Mật”", "BẢO MẬT\nTHÔNG TIN",
    "AN TOÀN, BẢO MẬT", "CƠ\nMẬT", "tổ chức Hội nghị ngành mật mã",
    "sử dụng chứng thư số của Ban Cơ yếu, Cục Quản lý kỹ thuật nghiệp vụ mật mã", "MẬT MÃ DÂN SỰ",
    "quản lý mật mã dân sự", "thay đổi mật khẩu", "MẬT KHẨU HỆ THỐNG", "kiểm tra mật độ xây dựng", "MẬT ĐỘ DÂN CƯ",
    "nuôi ong lấy mật", "mật ong rừng", "phát triển nghề nuôi ong mật", "GIẢI PHÓNG MẶT BẰNG", "GIẢI PHÓNG MẶT\nBẰNG",
    "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", "ỦY BAN\nMẶT\nTRẬN TỔ QUỐC", "danh sách CÓ\nMẶT", "CÓ MẶT", "VẮNG MẶT",
    "TIỀN MẶT", "TIỀN\nMẶT", "BỆNH VIỆN\nMẮT\nTỈNH AN BÌNH", "khám bệnh về mắt", "GẶP MẶT đầu xuân", "BỀ MẶT ĐƯỜNG",
    "chống MẤT CÂN BẰNG GIỚI TÍNH", "xử lý tài sản bị mất", "trật tự, mỹ quan", "thân mật gặp gỡ kiều bào",
    "tiệt trùng, mật gấu", "viêm túi mật", "phẫu thuật nội soi túi mật", "bí mật kinh doanh", "bảo vệ bí mật đời tư",
    "bí mật công tác", "thông tin tuyệt mật trên mạng xã hội là bịa đặt", "phim “Tối mật”",
]  # fmt: skip


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_with_such_words_is_no_stamp(subject: str) -> None:
    for form in ("NFC", "NFD"):
        assert not bears_mark(unicodedata.normalize(form, letter(subject=subject)))


@pytest.mark.parametrize(
    "body",
    [
        "Rà soát danh mục bí mật nhà nước độ Tuyệt mật, Tối mật, Mật.",
        "Rà soát tài liệu độ Tuyệt mật, Tối mật,\nMật.",
        "Xác định độ mật: tuyệt mật, tối mật, mật theo quy định.",
        "Độ mật: Tuyệt mật, Tối mật hoặc Mật do người ký quyết định.",
        "Mức độ mật gồm: tuyệt mật, tối mật, mật.",
        "Đóng dấu chỉ độ mật trên tài liệu.",
        "Tài liệu mật\nphải được bảo quản riêng.",
        "Thực hiện nghiêm Luật Bảo vệ bí mật nhà nước.",
        "Thực hiện Kế hoạch số 12/KH-BCA-M của Bộ Công an.",
        "Căn cứ Công văn\nsố 12/BCA-M ngày 02/4/2025 của Bộ Công an.",
        "Giao đồng chí Nguyễn Thị Mật chủ trì.",
        "Ông Trần Mật, thôn Bình Mật, xã Mật Sơn.",
        "1\tNguyễn Văn\tMật\t1980\n2\tTrần Thị\tHoa\t1985",
        "Đồng chí Trần Văn\nMật chủ trì.",
        "Xã Bình Mật rà soát.\nMật độ dân cư cao.",
        "Mật\nđộ dân cư cao.",
        "Thu hoạch mật\nong.",
        "Hộ nuôi ong | Mật | 200 lít",
        "Danh sách có mặt: 15; vắng mặt: 02.",
        "Mặt\nbằng dự án.",
        "BÍ MẬT NHÀ NƯỚC",
        "Luật BẢO VỆ BÍ\nMẬT NHÀ NƯỚC",
        "Khoản 3 (M) của bảng kê.",
        "Công thức M/T và M-T.",
        "Kích thước: 45 m/T.",
        "Cỡ áo: M, L, XL.",
        "Cỡ áo\nM\nL\nXL",
        "Mã hiệu: 45/M.",
        "Độ mật: Không.",
        "Độ mật: Thường",
        "Độ mật:",
        "Độ mật",
        "Tổ chức Hội nghị Cơ yếu, mật mã toàn quốc.",
        "Nhập mật khẩu một lần (OTP).",
        "MẬT KHẨU",
        "MẬT ĐỘ",
        "BÍ MẬT",
        "BẢO MẬT",
        "BẢO\nMẬT",
        "TRANG TRÍ MẶT TIỀN",
        "TIỀN MẶT\tCHUYỂN KHOẢN",
        "Có mặt\tVắng mặt",
    ],
)
def test_a_body_with_such_words_is_no_stamp(body: str) -> None:
    assert not bears_mark(letter(body=body))


@pytest.mark.parametrize(
    "stamp",
    ["Độ mật:", "Độ mật: Không", "ĐỘ MẬT", "Độ mật: Thường", "KHẨN", "HỎA TỐC", "LƯU HÀNH NỘI BỘ", "M", "DỰ THẢO"],
)
def test_a_field_left_empty_or_another_stamp_is_none(stamp: str) -> None:
    assert not bears_mark(letter(stamp))


@pytest.mark.parametrize(
    "number", ["45/SNV-VP", "45/SCT-TM", "45/BC-MTTQ", "45/BC-MTTQ-BTT", "45/SNNMT-MT", "45/UBND-M1", "12/TM-VP"]
)
def test_an_ordinary_sign_is_no_secret_one(number: str) -> None:
    assert not bears_mark(letter(number=number))
