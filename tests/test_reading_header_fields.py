"""The letterhead, the number, the day, the subject, the signature: what offices of every kind put around the text."""

from __future__ import annotations

import pytest

from reading.header import read_header
from reading.model import Header

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
BODY = "\n\nSở Nội vụ yêu cầu các phòng thực hiện:\n1. Văn phòng Sở rà soát, báo cáo./.\n"


def header(
    left: str, *, place: str = "An Bình, ngày 12 tháng 5 năm 2025", title: str = "", foot: str = "", to: str = ""
) -> Header:
    return read_header(
        f"{left}\n\n{NATION}{place}\n\n{title}\n{to}{BODY}\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\n{foot}"
    )


@pytest.mark.parametrize(
    ("written", "number", "kind"),
    [
        ("Số: 2820/QĐ-UBND", "2820/QĐ-UBND", "quyet_dinh"), ("Số: 624/TB-VPCP", "624/TB-VPCP", "thong_bao"),
        ("Số: 230/CĐ-TTg", "230/CĐ-TTg", "cong_dien"), ("Số: 162/2025/QĐ-UBND", "162/2025/QĐ-UBND", "quyet_dinh"),
        ("Số: 118/2025/NĐ-CP", "118/2025/NĐ-CP", "other"), ("Số: 10989/BNV-TCBC", "10989/BNV-TCBC", "cong_van"),
        ("Số: 4240/UBND-VX", "4240/UBND-VX", "cong_van"),
        ("Số: 5095/SGDĐT-CTTTHSSV", "5095/SGDĐT-CTTTHSSV", "cong_van"), ("Số: 5348/CT-CS", "5348/CT-CS", "cong_van"),
        ("Số: 983/TB-CT", "983/TB-CT", "thong_bao"), ("Số: 12/CT-UBND", "12/CT-UBND", "chi_thi"),
        ("Số: 012/CT-UBND", "012/CT-UBND", "chi_thi"), ("Số: 32/CT-TTg", "32/CT-TTg", "chi_thi"),
        ("Số: 05/CT-BGDĐT", "05/CT-BGDĐT", "chi_thi"), ("Số: 07/CT-CTUBND", "07/CT-CTUBND", "chi_thi"),
        ("Số: 1234/CT-TTHT", "1234/CT-TTHT", "cong_van"), ("Số: 57-NQ/TW", "57-NQ/TW", "other"),
        ("Số: 14-KH/TU", "14-KH/TU", "ke_hoach"), ("Số: 30-TB/TGV", "30-TB/TGV", "thong_bao"),
        ("Số: 62-KL/ĐU", "62-KL/ĐU", "other"), ("Số: 14612-CV/VPTW", "14612-CV/VPTW", "cong_van"),
        ("Số: 08-CT/TU", "08-CT/TU", "chi_thi"), ("Số: 0125/KH-UBND", "0125/KH-UBND", "ke_hoach"),
        ("Số: 01779/QĐ-UBND", "01779/QĐ-UBND", "quyet_dinh"), ("Số: 364a/QĐ-SNV", "364a/QĐ-SNV", "quyet_dinh"),
        ("Số: 14634/TTr-SXD-BTKT", "14634/TTr-SXD-BTKT", "other"),
        ("Số: 515/KH-BCA-BNN&MT", "515/KH-BCA-BNN&MT", "ke_hoach"),
        ("Số: 1314/NQ-UBTVQH15", "1314/NQ-UBTVQH15", "other"), ("Số: 73 /2005/QĐ-UB", "73/2005/QĐ-UB", "quyet_dinh"),
        ("Số : 45 / SNV - VP", "45/SNV-VP", "cong_van"), ("Số:45/SNV-VP", "45/SNV-VP", "cong_van"),
        ("Số 45/SNV-VP", "45/SNV-VP", "cong_van"), ("SỐ: 45/SNV-VP", "45/SNV-VP", "cong_van"),
        ("Số: 45/SNV–VP", "45/SNV-VP", "cong_van"), ("Số: 45/SNV-VP.", "45/SNV-VP", "cong_van"),
        ("Số: 08/HD-SYT", "08/HD-SYT", "other"), ("Số: 12/GM-UBND", "12/GM-UBND", "other"),
        ("Số: 3/BC-THCS", "3/BC-THCS", "other"), ("Số: 21/CTr-UBND", "21/CTr-UBND", "other"),
        ("Số: 88/PA-CAT-PC07", "88/PA-CAT-PC07", "other"), ("Số: 45/TAND-VP", "45/TAND-VP", "cong_van"),
        ("Số: 19/VKS-P8", "19/VKS-P8", "cong_van"), ("Số: 101/BV-KHTH", "101/BV-KHTH", "cong_van"),
        ("Số: 77/CV-THPT", "77/CV-THPT", "cong_van"), ("Số: 9/EVNNPC-AT", "9/EVNNPC-AT", "cong_van"),
        ("Số: 301/CAT-PV01", "301/CAT-PV01", "cong_van"),
        ("Số: 45/SNV-VP\tAn Bình, ngày 12 tháng 5 năm 2025", "45/SNV-VP", "cong_van"),
    ],
)  # fmt: skip
def test_the_number_as_written_and_the_kind_that_its_sign_tells(written: str, number: str, kind: str) -> None:
    found = header(f"SỞ NỘI VỤ\n{written}\nV/v rà soát hồ sơ")
    assert (found.number, found.kind) == (number, kind)


@pytest.mark.parametrize("written", ["Số:        /SNV-VP", "Số: ……/SNV-VP", "Số: ..../SNV-VP", "Số: ___/KH-SNV", "Số:"])
def test_a_blank_number_is_no_number(written: str) -> None:
    assert header(f"SỞ NỘI VỤ\n{written}\nV/v rà soát hồ sơ").number is None


@pytest.mark.parametrize(
    ("place", "day"),
    [
        ("An Bình, ngày 12 tháng 5 năm 2025", "2025-05-12"), ("An Bình, ngày 02 tháng 01 năm 2025", "2025-01-02"),
        ("TP. Hồ Chí Minh, ngày 12 tháng 5 năm 2025", "2025-05-12"),
        ("Thành phố Hồ Chí Minh, ngày 12 tháng 05 năm 2025", "2025-05-12"),
        ("Bà Rịa - Vũng Tàu, ngày 12 tháng 5 năm 2025", "2025-05-12"), ("An Bình, ngày 12 /5 /2025", "2025-05-12"),
        ("An Bình, ngày 12/5/2025", "2025-05-12"), ("An Bình,  ngày  12  tháng  5  năm  2025", "2025-05-12"),
        ("An Bình, Ngày 12 tháng 5 năm 2025", "2025-05-12"), ("An Bình, ngày12 tháng5 năm2025", "2025-05-12"),
        ("ngày 12 tháng 5 năm 2025", "2025-05-12"), ("Đắk Lắk, ngày 12 tháng 5 năm 2025.", "2025-05-12"),
        ("An Bình, ngày    tháng 5 năm 2025", None), ("An Bình, ngày 31 tháng 2 năm 2025", None),
        ("An Bình, ngày … tháng … năm 2025", None),
    ],
)  # fmt: skip
def test_the_day_beside_the_place(place: str, day: str | None) -> None:
    found = header("SỞ NỘI VỤ\nSố: 45/SNV-VP", place=place).issued_on
    assert (str(found) if found else None) == day


@pytest.mark.parametrize(
    ("left", "issuer"),
    [
        ("UBND TỈNH AN BÌNH\nSỞ NỘI VỤ", "Sở Nội vụ tỉnh An Bình"),
        ("ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH", "Ủy ban nhân dân tỉnh An Bình"),
        ("ỦY BAN NHÂN DÂN TỈNH AN BÌNH", "Ủy ban nhân dân tỉnh An Bình"),
        ("UBND TỈNH AN BÌNH\nTHANH TRA TỈNH", "Thanh tra tỉnh An Bình"),
        ("UBND TỈNH AN BÌNH\nVĂN PHÒNG", "Văn phòng UBND tỉnh An Bình"),
        ("UBND XÃ BÌNH MINH", "Ủy ban nhân dân xã Bình Minh"),
        ("UBND XÃ BÌNH MINH\nPHÒNG KINH TẾ", "Phòng Kinh tế xã Bình Minh"),
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG TÂN HÒA", "Ủy ban nhân dân phường Tân Hòa"),
        ("ỦY BAN NHÂN DÂN\nĐẶC KHU PHÚ QUỐC", "Ủy ban nhân dân đặc khu Phú Quốc"),
        ("TỈNH ỦY AN BÌNH", "Tỉnh ủy An Bình"), ("TỈNH ỦY AN BÌNH\nBAN TỔ CHỨC\n*", "Ban Tổ chức Tỉnh ủy An Bình"),
        ("BỘ NỘI VỤ", "Bộ Nội vụ"), ("BỘ CÔNG AN\nCÔNG AN TỈNH AN BÌNH", "Công an tỉnh An Bình"),
        ("BỘ TÀI CHÍNH\nCỤC THUẾ", "Cục Thuế"), ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
        ("CHÍNH PHỦ", "Chính phủ"), ("VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ"),
        ("TÒA ÁN NHÂN DÂN\nTỈNH AN BÌNH", "Tòa án nhân dân tỉnh An Bình"),
        ("VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO\nVIỆN KIỂM SÁT NHÂN DÂN\nTỈNH AN BÌNH", "Viện kiểm sát nhân dân tỉnh An Bình"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO AN BÌNH\nTRƯỜNG THPT NGUYỄN TRÃI", "Trường THPT Nguyễn Trãi"),
        ("SỞ Y TẾ AN BÌNH\nBỆNH VIỆN ĐA KHOA TỈNH", "Bệnh viện Đa khoa tỉnh"),
        ("TẬP ĐOÀN ĐIỆN LỰC VIỆT NAM\nTỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC", "Tổng công ty Điện lực miền Bắc"),
        ("HỘI ĐỒNG NHÂN DÂN\nTỈNH AN BÌNH", "Hội đồng nhân dân tỉnh An Bình"),
        ("BẢO HIỂM XÃ HỘI VIỆT NAM\nBẢO HIỂM XÃ HỘI TỈNH AN BÌNH", "Bảo hiểm xã hội tỉnh An Bình"),
        ("SỞ VĂN HÓA, THỂ THAO\nVÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("UBND TỈNH AN BÌNH\nBAN QUẢN LÝ KHU KINH TẾ", "Ban Quản lý Khu kinh tế tỉnh An Bình"),
        ("UBND TỈNH AN BÌNH\nSỞ LAO ĐỘNG - THƯƠNG BINH\nVÀ XÃ HỘI", "Sở Lao động - Thương binh và Xã hội tỉnh An Bình"),
        ("ĐẢNG BỘ TỈNH AN BÌNH\nĐẢNG ỦY XÃ BÌNH MINH", "Đảng ủy xã Bình Minh"),
        ("MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH AN BÌNH\nBAN THƯỜNG TRỰC",
         "Ban Thường trực Mặt trận Tổ quốc Việt Nam tỉnh An Bình"),
    ],
)  # fmt: skip
def test_the_issuer_of_one_or_two_letterhead_lines(left: str, issuer: str) -> None:
    found = header(f"{left}\nSố: 45/SNV-VP").issuer
    assert (found or "").casefold() == issuer.casefold()
    assert found and found[0].isupper()


@pytest.mark.parametrize(
    ("foot", "signer"),
    [
        ("GIÁM ĐỐC\n\n\nTrần Văn Thành", "Trần Văn Thành"),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\n(Đã ký)\n\nLê Thị Hà", "Lê Thị Hà"),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An", "Nguyễn Văn An"),
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLưu Bá Tùng", "Lưu Bá Tùng"),
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n\nĐỗ Minh Khôi", "Đỗ Minh Khôi"),
        ("TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG TỔ CHỨC\n\nBùi Thu Hằng", "Bùi Thu Hằng"),
        ("Q. GIÁM ĐỐC\n\nHoàng Minh Tuấn", "Hoàng Minh Tuấn"), ("GIÁM ĐỐC\n\nTS. Phạm Quang Huy", "Phạm Quang Huy"),
        ("GIÁM ĐỐC\n\nThS. Phạm Quang Huy", "Phạm Quang Huy"),
        ("GIÁM ĐỐC\n\nPGS.TS. Phạm Quang Huy", "Phạm Quang Huy"), ("GIÁM ĐỐC\n\nBS.CKII. Vũ Thị Lan", "Vũ Thị Lan"),
        ("GIÁM ĐỐC\n\nBS.CKII Vũ Thị Lan", "Vũ Thị Lan"), ("GIÁM ĐỐC\n\nBSCKI. Vũ Thị Lan", "Vũ Thị Lan"),
        ("GIÁM ĐỐC\n\nThượng tá Đinh Công Tráng", "Đinh Công Tráng"),
        ("GIÁM ĐỐC\n\nĐại tá Đinh Công Tráng", "Đinh Công Tráng"),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nThượng tá, ThS. Đinh Công Tráng", "Đinh Công Tráng"),
        ("GIÁM ĐỐC\n\nThiếu tướng Đinh Công Tráng", "Đinh Công Tráng"),
        ("TM. BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nNguyễn Thị Thu Hà", "Nguyễn Thị Thu Hà"),
        ("T/M BAN CHẤP HÀNH\nBÍ THƯ\n\nNguyễn Thị Thu Hà", "Nguyễn Thị Thu Hà"),
        ("HIỆU TRƯỞNG\n\nNgô Thị Kim Liên", "Ngô Thị Kim Liên"), ("CHÁNH ÁN\n\nNgô Thị Kim Liên", "Ngô Thị Kim Liên"),
        ("VIỆN TRƯỞNG\n\nNgô Thị Kim Liên", "Ngô Thị Kim Liên"),
        ("TL. TRƯỞNG BAN\nTRƯỞNG PHÒNG QUẢN LÝ DOANH NGHIỆP\nVÀ LAO ĐỘNG\n\nKim Sa Rây", "Kim Sa Rây"),
        ("GIÁM ĐỐC\n\nTRẦN VĂN THÀNH", "Trần Văn Thành"), ("CHỦ TỊCH\n\nY Thanh Hà Niê Kđăm", "Y Thanh Hà Niê Kđăm"),
        ("THỦ TƯỚNG\n\nPhạm Văn Minh", "Phạm Văn Minh"), ("BỘ TRƯỞNG\n\n[Đã ký]\nPhạm Văn Minh", "Phạm Văn Minh"),
        ("TỔNG GIÁM ĐỐC\n\nPhạm Văn Minh", "Phạm Văn Minh"), ("CHI CỤC TRƯỞNG\n\nPhạm Văn Minh", "Phạm Văn Minh"),
        ("TRƯỞNG ĐOÀN\n\nPhạm Văn Minh", "Phạm Văn Minh"),
        ("KT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n\nPhạm Văn Minh", "Phạm Văn Minh"), ("GIÁM ĐỐC", None), ("", None),
        ("TM. ĐOÀN CHỦ TỊCH\nCHỦ TỊCH\n\nPhạm Văn Minh", "Phạm Văn Minh"),
        ("TM. BAN THƯỜNG TRỰC\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nPhạm Văn Minh", "Phạm Văn Minh"),
    ],
)  # fmt: skip
def test_the_person_under_the_signature_block(foot: str, signer: str | None) -> None:
    assert header("SỞ NỘI VỤ\nSố: 45/SNV-VP", foot=foot).signer == signer


@pytest.mark.parametrize(
    ("left", "title", "subject"),
    [
        ("SỞ NỘI VỤ\nSố: 45/SNV-VP\nV/v rà soát hồ sơ", "", "rà soát hồ sơ"),
        ("SỞ NỘI VỤ\nSố: 45/SNV-VP\nV/v: rà soát hồ sơ", "", "rà soát hồ sơ"),
        ("SỞ NỘI VỤ\nSố: 45/SNV-VP\nVề việc rà soát hồ sơ", "", "rà soát hồ sơ"),
        ("SỞ NỘI VỤ\nSố: 45/SNV-VP\nv/v rà soát hồ sơ", "", "rà soát hồ sơ"),
        ("SỞ NỘI VỤ\nSố: 45/SNV-VP\nV/v rà soát hồ sơ cán bộ,\ncông chức năm 2025",
         "", "rà soát hồ sơ cán bộ, công chức năm 2025"),
        ("SỞ NỘI VỤ\nSố: 45/KH-SNV", "KẾ HOẠCH\nRà soát hồ sơ cán bộ năm 2025", "Rà soát hồ sơ cán bộ năm 2025"),
        ("SỞ NỘI VỤ\nSố: 45/CT-UBND",
         "CHỈ THỊ\nVề việc tăng cường rà soát\nhồ sơ cán bộ", "Về việc tăng cường rà soát hồ sơ cán bộ"),
        ("SỞ NỘI VỤ\nSố: 45/QĐ-SNV", "QUYẾT ĐỊNH\nBan hành Quy chế làm việc", "Ban hành Quy chế làm việc"),
        ("SỞ NỘI VỤ\nSố: 45/TB-SNV",
         "THÔNG BÁO\nKết luận của Giám đốc Sở tại cuộc họp giao ban", "Kết luận của Giám đốc Sở tại cuộc họp giao ban"),
        ("SỞ NỘI VỤ\nSố: 45/KH-SNV", "KẾ HOẠCH\nRÀ SOÁT HỒ SƠ CÁN BỘ\nNĂM 2025", "RÀ SOÁT HỒ SƠ CÁN BỘ NĂM 2025"),
    ],
)  # fmt: skip
def test_the_subject_of_one_or_several_lines(left: str, title: str, subject: str) -> None:
    assert (
        header(left, title=title, to="Kính gửi: Các phòng." if not title else "Căn cứ Luật Cán bộ, công chức;").subject
        == subject
    )


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("CHỈ THỊ", "chi_thi"), ("KẾ HOẠCH", "ke_hoach"), ("THÔNG BÁO", "thong_bao"),
        ("THÔNG BÁO KẾT LUẬN", "thong_bao"), ("CÔNG ĐIỆN", "cong_dien"), ("QUYẾT ĐỊNH", "quyet_dinh"),
        ("NGHỊ QUYẾT", "other"), ("CHƯƠNG TRÌNH HÀNH ĐỘNG", "other"), ("HƯỚNG DẪN", "other"), ("KẾT LUẬN", "other"),
        ("PHƯƠNG ÁN", "other"), ("THÔNG TRI", "other"), ("C H Ỉ  T H Ị", "chi_thi"), ("K Ế  H O Ạ C H", "ke_hoach"),
    ],
)  # fmt: skip
def test_the_kind_is_named_by_the_title(title: str, kind: str) -> None:
    assert header("SỞ NỘI VỤ\nSố: 45/SNV-VP", title=f"{title}\nRà soát hồ sơ").kind == kind


@pytest.mark.parametrize(
    ("stamp", "urgency"),
    [
        ("HỎA TỐC", "HỎA TỐC"), ("HOẢ TỐC", "HOẢ TỐC"), ("THƯỢNG KHẨN", "THƯỢNG KHẨN"), ("KHẨN", "KHẨN"),
        ("[HỎA TỐC]", "HỎA TỐC"), ("ĐỘ KHẨN: KHẨN", "KHẨN"), ("HỎA TỐC HẸN GIỜ", "HỎA TỐC HẸN GIỜ"),
        ("Độ khẩn: Hỏa tốc", "Hỏa tốc"), ("H Ỏ A  T Ố C", "HỎA TỐC"), ("", None),
    ],
)  # fmt: skip
def test_the_urgency_as_stamped(stamp: str, urgency: str | None) -> None:
    assert header(f"SỞ NỘI VỤ\nSố: 45/SNV-VP\n{stamp}\nV/v rà soát hồ sơ").urgency == urgency


def test_the_letterheads_two_columns_may_share_their_lines() -> None:
    found = read_header(
        "UBND TỈNH AN BÌNH        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ        Độc lập - Tự do - Hạnh phúc\n"
        "Số: 45/SKHCN-CĐS        An Bình, ngày 12 tháng 5 năm 2025\nV/v rà soát hồ sơ\n\nKính gửi: Các sở." + BODY
    )
    assert (found.issuer, found.number, str(found.issued_on)) == (
        "Sở Khoa học và Công nghệ tỉnh An Bình",
        "45/SKHCN-CĐS",
        "2025-05-12",
    )
    found = read_header(
        "UBND TỈNH AN BÌNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ KHOA HỌC VÀ CÔNG NGHỆ Độc lập - Tự do - Hạnh phúc\n"
        "Số: 45 /SKHCN-CĐS An Bình, ngày 12 tháng 5 năm 2025\nV/v rà soát hồ sơ\n\nKính gửi: Các sở." + BODY
    )
    assert (found.issuer, found.number, str(found.issued_on)) == (
        "Sở Khoa học và Công nghệ tỉnh An Bình",
        "45/SKHCN-CĐS",
        "2025-05-12",
    )


@pytest.mark.parametrize(
    ("to", "names"),
    [
        ("Kính gửi: Các phòng chuyên môn.\n", ("Các phòng chuyên môn",)),
        ("Kính gửi:\n- Sở Y tế;\n- Sở Nội vụ.\n", ("Sở Y tế", "Sở Nội vụ")),
        ("Kính gửi: - Sở Y tế;\n- Sở Nội vụ.\n", ("Sở Y tế", "Sở Nội vụ")),
        ("Kính gửi :\n+ Sở Y tế\n+ Sở Nội vụ\n", ("Sở Y tế", "Sở Nội vụ")),
        ("Kính gửi:\nSở Y tế;\nSở Nội vụ.\n", ("Sở Y tế", "Sở Nội vụ")),
        ("Kính gửi:\n- Các sở, ban, ngành,\nđoàn thể tỉnh;\n- Sở Nội vụ.\n",
         ("Các sở, ban, ngành, đoàn thể tỉnh", "Sở Nội vụ")),
    ],
)  # fmt: skip
def test_the_addressees_of_the_kinh_gui_block(to: str, names: tuple[str, ...]) -> None:
    assert header("SỞ NỘI VỤ\nSố: 45/SNV-VP", to=to).addressees == names
