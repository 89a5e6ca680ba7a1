"""Names that go on in small letters, and the verbs that end them."""

from __future__ import annotations

import pytest

from tests.reading_office import point


@pytest.mark.parametrize(
    ("sentence", "leads"),
    [
        ("Phòng Giám sát, kiểm tra và xử lý sau thanh tra theo dõi việc thực hiện kết luận.",
         ["Phòng Giám sát, kiểm tra và xử lý sau thanh tra"]),
        ("Ban Công nghệ, chuyển đổi số và tự động hóa chủ trì xây dựng kế hoạch.",
         ["Ban Công nghệ, chuyển đổi số và tự động hóa"]),
        ("Phòng Quản lý xử lý vi phạm hành chính và theo dõi thi hành pháp luật tham mưu báo cáo.",
         ["Phòng Quản lý xử lý vi phạm hành chính và theo dõi thi hành pháp luật"]),
        ("Vụ Phổ biến, giáo dục pháp luật, Cục Công nghệ thông tin và các đơn vị liên quan rà soát hồ sơ.",
         ["Vụ Phổ biến, giáo dục pháp luật", "Cục Công nghệ thông tin", "các đơn vị liên quan"]),
        ("Phòng Kiểm tra, giải quyết khiếu nại, tố cáo lập hồ sơ vụ việc.",
         ["Phòng Kiểm tra, giải quyết khiếu nại, tố cáo"]),
        ("Trung tâm Ứng dụng, chuyển giao công nghệ và đo lường phối hợp với Sở Y tế lập kế hoạch.",
         ["Trung tâm Ứng dụng, chuyển giao công nghệ và đo lường"]),
        ("Các đảng ủy, chi bộ trực thuộc tổ chức quán triệt nghị quyết.", ["Các đảng ủy, chi bộ trực thuộc"]),
        ("Các huyện ủy, thị ủy, đảng ủy trực thuộc Tỉnh ủy xây dựng kế hoạch.",
         ["Các huyện ủy, thị ủy, đảng ủy trực thuộc Tỉnh ủy"]),
        ("Ban Thường vụ Đảng ủy, các chi bộ trực thuộc tổ chức sinh hoạt chuyên đề.",
         ["Ban Thường vụ Đảng ủy", "các chi bộ trực thuộc"]),
        ("Ban Chỉ huy Phòng thủ dân sự các ngành, các cấp tập trung thực hiện phương án.",
         ["Ban Chỉ huy Phòng thủ dân sự các ngành, các cấp"]),
        ("Ban QLDA đầu tư xây dựng các công trình Giao thông và Thủy lợi khẩn trương hoàn thiện hồ sơ.",
         ["Ban QLDA đầu tư xây dựng các công trình Giao thông và Thủy lợi"]),
        ("Các đơn vị được giao chủ trì soạn thảo gửi dự thảo về Văn phòng Sở.",
         ["Các đơn vị được giao chủ trì soạn thảo"]),
        ("Giáo viên được phân công thực hiện kế hoạch, tổ chức dạy học.", ["Giáo viên được phân công"]),
        ("Công chức được phân công chủ trì, phối hợp với các thôn lập danh sách.", ["Công chức được phân công"]),
        ("Các đơn vị được giao nhiệm vụ, khẩn trương báo cáo.", ["Các đơn vị được giao nhiệm vụ"]),
        ("Công chức Văn hóa - Xã hội, công chức Địa chính lập danh sách.",
         ["Công chức Văn hóa - Xã hội", "công chức Địa chính"]),
        ("Các trường học trên địa bàn xã, Trạm Y tế, HTX Quang Trung tự trang trí khẩu hiệu.",
         ["Các trường học trên địa bàn xã", "Trạm Y tế", "HTX Quang Trung"]),
        ("Đảng đoàn HĐND tỉnh lãnh đạo tăng cường giám sát.", ["Đảng đoàn HĐND tỉnh"]),
        ("UBND xã chỉ xem xét đơn thư gửi qua bưu điện.", ["UBND xã"]),
        ("Trưởng các phòng gửi kết quả về Văn phòng Sở.", ["Trưởng các phòng"]),
        ("Chế độ báo cáo: các địa phương báo cáo nhanh về Văn phòng Sở.", ["các địa phương"]),
        # A slip of the pen after a whole name begins no longer name.
        ("Phòng Quản lý Văn hóa, rà soát danh mục di tích báo cáo Giám đốc Sở.", ["Phòng Quản lý Văn hóa"]),
        ("Phòng Quản lý Du lịch rà soát, báo cáo kết quả.", ["Phòng Quản lý Du lịch"]),
    ],
)  # fmt: skip
def test_who_is_told_ends_before_the_duty(sentence: str, leads: list[str]) -> None:
    assert [lead.text for lead in point(sentence).leads] == leads


@pytest.mark.parametrize(
    ("sentence", "co"),
    [
        ("Sở Y tế chủ trì, phối hợp với các công ty thủy lợi tiêu rút nước đệm, bảo vệ lúa.", ["các công ty thủy lợi"]),
        ("Thanh tra Sở phối hợp với công chức Văn hóa - xã hội tuyên truyền.", ["công chức Văn hóa - xã hội"]),
        ("Sở Nội vụ phối hợp với Vụ Các vấn đề chung về xây dựng pháp luật và các đơn vị có liên quan lập đề án.",
         ["Vụ Các vấn đề chung về xây dựng pháp luật", "các đơn vị có liên quan"]),
        ("Sở Nội vụ chủ trì, phối hợp với Trung tâm Giám sát, điều hành đô thị thông minh nâng cấp hệ thống.",
         ["Trung tâm Giám sát, điều hành đô thị thông minh"]),
        ("Nhà trường phối hợp cha mẹ học sinh, giáo viên chủ nhiệm theo dõi học sinh.",
         ["cha mẹ học sinh", "giáo viên chủ nhiệm"]),
        ("Nhà trường phối hợp với nhân viên hỗ trợ giáo dục, các lực lượng có liên quan lập kế hoạch.",
         ["nhân viên hỗ trợ giáo dục", "các lực lượng có liên quan"]),
    ],
)  # fmt: skip
def test_who_helps_ends_before_the_duty(sentence: str, co: list[str]) -> None:
    assert [unit.text for unit in point(sentence).co] == co
