"""Where an agency's name begins and ends, though Vietnamese has no endings and verbs stand in names."""

from __future__ import annotations

import pytest

from reading.naming.known import names_of
from reading.owners import co_units, find_owner
from tests.reading_office import OFFICE


def leads(text: str) -> list[str]:
    with names_of(OFFICE):
        own = find_owner(text)
    return list(own.units) if own else []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Giao thông vận tải, Công an tỉnh, Ban An toàn giao thông tỉnh tăng cường tuần tra.",
         ["Sở Giao thông vận tải", "Công an tỉnh", "Ban An toàn giao thông tỉnh"]),
        ("Chủ tịch Ủy ban nhân dân các huyện, thị xã, thành phố tổ chức tổng vệ sinh.",
         ["Chủ tịch Ủy ban nhân dân các huyện, thị xã, thành phố"]),
        ("Phòng Hậu cần chuẩn bị phương tiện.", ["Phòng Hậu cần"]),
        ("Trung tâm Trợ giúp pháp lý nhà nước tổ chức truyền thông.", ["Trung tâm Trợ giúp pháp lý nhà nước"]),
        ("Công ty TNHH MTV Khai thác công trình thủy lợi vận hành trạm bơm.",
         ["Công ty TNHH MTV Khai thác công trình thủy lợi"]),
        ("Trung tâm Xúc tiến thương mại tổ chức hội chợ.", ["Trung tâm Xúc tiến thương mại"]),
        ("Phòng Theo dõi thi hành pháp luật báo cáo.", ["Phòng Theo dõi thi hành pháp luật"]),
        ("Trung tâm Kiểm soát bệnh tật tỉnh giám sát dịch.", ["Trung tâm Kiểm soát bệnh tật tỉnh"]),
        ("Ban Tiếp công dân tỉnh bố trí lịch.", ["Ban Tiếp công dân tỉnh"]),
        ("Chi cục Chăn nuôi và Thú y kiểm tra.", ["Chi cục Chăn nuôi và Thú y"]),
        ("Quỹ Bảo vệ và phát triển rừng chi trả.", ["Quỹ Bảo vệ và phát triển rừng"]),
        ("Chi cục Thủy lợi - cơ quan thường trực Ban Chỉ huy tổng hợp, báo cáo.", ["Chi cục Thủy lợi"]),
        ("Sở Nông nghiệp và Môi trường (cơ quan thường trực) tổng hợp.", ["Sở Nông nghiệp và Môi trường"]),
        ("Thủ trưởng cơ quan được phân công soạn thảo chịu trách nhiệm về tiến độ.",
         ["Thủ trưởng cơ quan được phân công soạn thảo"]),
        ("Các doanh nghiệp trong khu kinh tế, khu công nghiệp báo cáo nhu cầu.",
         ["Các doanh nghiệp trong khu kinh tế, khu công nghiệp"]),
        ("Các đơn vị trong ngành rà soát.", ["Các đơn vị trong ngành"]),
        ("Các cơ sở lưu trú trên địa bàn tỉnh niêm yết giá.", ["Các cơ sở lưu trú trên địa bàn tỉnh"]),
        ("Các đơn vị trong tháng 10 rà soát tài sản.", ["Các đơn vị"]),
        ("Các chi bộ trực thuộc cụ thể hoá Chương trình này.", ["Các chi bộ trực thuộc"]),
        ("Ban điều hành các khu phố thu của người lao động tự do.", ["Ban điều hành các khu phố"]),
        ("Công chức phụ trách Lao động - Thương binh và Xã hội nhập dữ liệu.",
         ["Công chức phụ trách Lao động - Thương binh và Xã hội"]),
        ("Trưởng Ban điều hành các khu phố tổ chức họp dân.", ["Trưởng Ban điều hành các khu phố"]),
        ("Các đơn vị hưởng ứng Ngày Pháp luật.", ["Các đơn vị"]),
        ("các hộ kinh doanh dịch vụ bãi biển thu gom rác.", ["các hộ kinh doanh dịch vụ bãi biển"]),
        ("VNPT Sơn La, Viettel Sơn La rà soát máy chủ.", ["VNPT Sơn La", "Viettel Sơn La"]),
        ("Thành phố Huế tổ chức lễ hội.", ["Thành phố Huế"]), ("UBND tỉnh chỉ đạo.", ["UBND tỉnh"]),
        ("Sở Y tế cử bác sĩ trực.", ["Sở Y tế"]), ("Cục Thuế tỉnh đôn đốc thu nộp.", ["Cục Thuế tỉnh"]),
        ("Tỉnh đoàn phát động phong trào.", ["Tỉnh đoàn"]), ("Nhà hát Chèo dựng vở.", ["Nhà hát Chèo"]),
        ("Hội Luật gia tỉnh phối hợp với Sở Tư pháp tuyên truyền.", ["Hội Luật gia tỉnh"]),
        ("Bộ Chỉ huy Quân sự tỉnh điều động lực lượng.", ["Bộ Chỉ huy Quân sự tỉnh"]),
        ("Giao Sở Xây dựng chủ trì, phối hợp với Công an tỉnh kiểm tra.", ["Sở Xây dựng"]),
    ],
)  # fmt: skip
def test_a_name_goes_on_through_its_own_verbs_and_ends_before_its_predicate(text: str, names: list[str]) -> None:
    assert leads(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Giao thông trên tuyến bảo đảm thông suốt.", "Giao dịch điện tử được đẩy mạnh.",
        "Giao ban hằng tuần vào thứ Hai.", "Giao lưu văn nghệ quần chúng.", "Đề nghị công nhận 05 gia đình văn hóa.",
        "Ban hành kế hoạch kiểm tra.", "Báo cáo kết quả trước ngày 15/8/2023.", "Hội nghị tổng kết năm 2023.",
        "Tổ chức lớp tập huấn.", "Khoa học và công nghệ là động lực.", "Bộ máy được tinh gọn.",
        "Vụ Đông Xuân đạt năng suất cao.", "Phòng, chống thiên tai.", "Thanh tra, kiểm tra việc chấp hành.",
        "Hội thảo khoa học cấp tỉnh.", "Đoàn kết nội bộ.", "Đội ngũ cán bộ được củng cố.", "Trường hợp có vướng mắc.",
    ],
)  # fmt: skip
def test_false_friends_are_nobodys_names(text: str) -> None:
    assert leads(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Chủ trì, phối hợp với Sở Tài chính, Sở Nội vụ và UBND các xã, phường rà soát.",
         ["Sở Tài chính", "Sở Nội vụ", "UBND các xã, phường"]),
        ("cùng Tổ trưởng tổ dân phố chủ trì cuộc họp.", ["Tổ trưởng tổ dân phố"]),
        ("phối hợp cùng Công an xã kiểm tra.", ["Công an xã"]),
        ("Phối hợp với Công ty TNHH MTV Khai thác công trình thủy lợi điều tiết nước.",
         ["Công ty TNHH MTV Khai thác công trình thủy lợi"]),
        ("phối hợp chặt chẽ với các cơ quan, đơn vị liên quan triển khai.", ["các cơ quan, đơn vị liên quan"]),
        ("phối hợp nhịp nhàng, hiệu quả.", []),
    ],
)  # fmt: skip
def test_who_joins(text: str, names: list[str]) -> None:
    with names_of(OFFICE):
        assert list(co_units(text)) == names
