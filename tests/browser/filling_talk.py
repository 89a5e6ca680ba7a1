"""What the people of `filling.py` say in their chats, and the files they send."""

from __future__ import annotations

from io import BytesIO

CLERK = "vp.vanthu"


def talk() -> list[tuple[str, str, str]]:
    """What people say in their chats."""
    return [
        *[("24/7 14:0" + str(n), f"{unit}.truong", "đã nhận")
          for n, unit in enumerate(("tts", "qlvh", "qltt", "nsvh", "bpmc", "tccb", "bt", "tv", "nhc"))],
        ("25/7 16:00", "qldl.truong", "NV6 đang rà soát, đã gửi các huyện mẫu tổng hợp"),
        *[("26/7 08:1" + str(n), f"{unit}.truong", f"đã nhận NV{number}")
          for n, (unit, number) in enumerate((("tts", 16), ("tccb", 17), ("qlvh", 18), ("qldl", 20), ("nsvh", 21),
                                              ("bpmc", 22), ("tv", 24), ("ttvh", 26), ("vp", 28)))],
        ("28/7 10:00", "tts.truong", "NV16 xong rồi, số 45/KH-TTr ngày 28/7/2023"),
        ("28/7 15:00", CLERK, "xác nhận NV16"),
        ("31/7 09:00", "qldl.truong", "giao c Phương làm đầu mối NV20"),
        ("1/8 14:00", "tccb.truong", "NV17 xin gia hạn đến 11/8 vì chờ ý kiến Sở Nội vụ"),
        ("1/8 14:30", CLERK, "NV17 chuyển lãnh đạo"),
        ("2/8 09:00", "nsvh.truong", "NV21 xong rồi, số 63/BC-NSVH ngày 2/8/2023"),
        ("2/8 10:00", "bpmc.truong", "đã nhận NV29"),
        ("2/8 10:05", "qlvh.truong", "đã nhận NV30"),
        ("2/8 10:30", CLERK, "trả lại NV21: thiếu phụ lục hồ sơ trễ hạn theo từng tháng"),
        ("7/8 16:00", "nsvh.truong", "NV21 xong rồi, số 66/BC-NSVH ngày 7/8/2023"),
        ("8/8 08:30", CLERK, "xác nhận NV21"),
        ("8/8 09:00", "qlvh.truong", "NV18 đang chờ số liệu của huyện Tiền Hải, thứ 5 xong"),
        ("8/8 16:00", "bt.truong", "đã nhận NV23"),
        ("9/8 15:00", "bt.truong", "NV23 xong rồi, số 31/BC-BT ngày 9/8/2023"),
        ("9/8 16:00", CLERK, "xác nhận NV23"),
        ("10/8 10:00", "ttvh.truong", "NV26 xong rồi, số 40/BC-TTVH ngày 10/8/2023"),
        ("10/8 14:00", CLERK, "xác nhận NV26"),
        ("10/8 15:00", "qlvh.truong", "NV18 xong rồi, số 52/BC-QLVH ngày 10/8/2023"),
        ("10/8 16:30", CLERK, "xác nhận NV18"),
        ("11/8 10:00", "tccb.truong", "NV17 xong rồi, số 28/TTr-TCCB ngày 11/8/2023"),
        ("11/8 11:00", "tccb.truong", "em nghỉ phép từ 21/8 đến hết 25/8, a Tâm thay"),
        ("11/8 11:01", "tccb.truong", "8"),
        ("11/8 15:00", CLERK, "xác nhận NV17"),
        ("11/8 16:00", "bpmc.truong", "NV29 xong rồi, số 19/BC-BPMC ngày 11/8/2023"),
        ("14/8 09:00", CLERK, "xác nhận NV29"),
        ("14/8 10:00", "qldl.truong", "NV20 đang làm, chờ Bảo tàng gửi danh mục, thứ 6 xong"),
        ("15/8 10:00", "bpmc.truong", "NV22 đang làm, đã số hóa 3.120/4.050 hồ sơ, thứ 3 xong"),
        ("16/8 09:00", "tv.truong", "NV24 xin gia hạn đến 25/8 vì chờ nghiệm thu phần mềm"),
        ("16/8 10:00", CLERK, "đồng ý NV24"),
        ("18/8 09:00", "qlvh.truong", "NV30 xin gia hạn đến 31/8 vì trùng lịch bầu trưởng thôn"),
        ("18/8 10:00", "nhc.truong", "NV33 không đúng chức năng của Nhà hát, đề nghị chuyển TTVH"),
        ("18/8 10:01", "nhc.truong", "8"),
        ("21/8 09:00", "tts.truong", "NV32 xin lùi đến 30/8 vì chờ kết quả kiểm tra tại Bảo tàng"),
        ("21/8 10:00", "nsvh.truong", "NV35 xong rồi, số 71/BC-NSVH ngày 21/8/2023"),
        ("21/8 14:00", "qltt.pho", "NV34 đang làm, còn 2 huyện chưa gửi"),
        ("22/8 09:10", "qldl.truong", "NV20 xong rồi, số 58/KH-QLDL ngày 22/8/2023"),
    ]  # fmt: skip


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def signed_copy() -> bytes:
    """A short document as a unit sends it."""
    from docx import Document

    made, kept = Document(), BytesIO()
    made.add_heading("BIÊN BẢN NGHIỆM THU", 1)
    made.add_paragraph("Phần mềm cấp thẻ bạn đọc trực tuyến đã chạy ổn định từ ngày 14/8/2023, cấp 412 thẻ.")
    made.save(kept)
    return kept.getvalue()


def photo() -> bytes:
    """A picture as a phone sends it."""
    import resvg_py

    drawn = ('<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400"><rect width="640" height="400" '
             'fill="#dfe7ef"/><rect x="40" y="40" width="560" height="60" fill="#1c4f8c"/></svg>')  # fmt: skip
    return bytes(resvg_py.svg_to_bytes(svg_string=drawn))
