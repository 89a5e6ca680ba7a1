"""An office that is not the demo's, so that rules of reading do not lean on its names."""

from __future__ import annotations

from reading.model import GroupNames, OfficeNames, UnitNames

OFFICE = OfficeNames(
    "Sở Văn hóa và Thể thao tỉnh An Bình",
    ("Sở Văn hóa và Thể thao",),
    ("các sở, ban, ngành",),
    (
        UnitNames("VP", "Văn phòng Sở", ("Văn phòng",)),
        UnitNames("QLVH", "Phòng Quản lý văn hóa"),
        UnitNames("TCCB", "Phòng Tổ chức cán bộ", ("Phòng TCCB",)),
        UnitNames("BT", "Bảo tàng tỉnh", ("Bảo tàng",)),
    ),
    (
        GroupNames("Các phòng chuyên môn", ("Các phòng",), ("QLVH", "TCCB")),
        GroupNames("Các đơn vị trực thuộc Sở", ("Các đơn vị thuộc Sở",), ("BT",)),
    ),
)
TOP = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
