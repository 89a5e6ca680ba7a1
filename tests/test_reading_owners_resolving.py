"""Whom a name means: our own unit, ourselves, a group we belong to, somebody else, or nobody can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reading.model import GroupNames, OfficeNames, UnitNames
from reading.naming.ours import Resolver
from tests.reading_elsewhere import OFFICE as ELSEWHERE
from tests.reading_office import OFFICE

US = "Sở Văn hóa, Thể thao và Du lịch Thái Bình"
PROVINCE = "Ủy ban nhân dân tỉnh Thái Bình"
ROOMS = ["QLVH", "QLTT", "QLDL", "NSVH"]
HOUSES = ["BT", "TV", "TTVH", "NHC"]


def codes(text: str, issuer: str | None = US, office: OfficeNames = OFFICE) -> list[str]:
    return list(Resolver(office, issuer).lead(text).codes)


def ours(text: str, issuer: str | None = PROVINCE, office: OfficeNames = OFFICE) -> bool | None:
    resolver = Resolver(office, issuer)
    return resolver.ours((resolver.lead(text),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trưởng phòng Quản lý Văn hóa", ["QLVH"]), ("Trưởng phòng Quản lý văn hoá", ["QLVH"]),
        ("Trưởng Phòng QLVH", ["QLVH"]), ("Quyền Trưởng phòng Quản lý Văn hóa", ["QLVH"]),
        ("Phó Trưởng phòng phụ trách Phòng Quản lý Văn hóa", ["QLVH"]),
        ("đồng chí Phó Trưởng phòng Quản lý Du lịch", ["QLDL"]), ("Lãnh đạo Phòng Quản lý Thể thao", ["QLTT"]),
        ("Giám đốc Trung tâm Văn hóa tỉnh", ["TTVH"]), ("Giám đốc Trung tâm Văn hóa", ["TTVH"]),
        ("Phó Giám đốc Bảo tàng tỉnh", ["BT"]), ("Chánh Văn phòng", ["VP"]), ("Chánh Văn phòng Sở", ["VP"]),
        ("Phó Chánh Văn phòng Sở", ["VP"]), ("Chánh Thanh tra", ["TTS"]), ("Đồng chí Chánh Thanh tra Sở", ["TTS"]),
        ("Đồng chí Nguyễn Văn An, Chánh Thanh tra Sở", ["TTS"]),
        ("đồng chí Phạm Thị Hồng - Trưởng phòng Tổ chức cán bộ", ["TCCB"]),
        ("Ông Lê Văn Bình, Giám đốc Nhà hát Chèo", ["NHC"]), ("Văn phòng Sở Văn hóa, Thể thao và Du lịch", ["VP"]),
        ("Thanh tra Sở VHTTDL", ["TTS"]), ("Phòng Tổ chức cán bộ Sở", ["TCCB"]),
        ("Phòng Tổ chức cán bộ thuộc Sở", ["TCCB"]), ("Phòng Tổ chức, cán bộ", ["TCCB"]),
        ("Phòng Xây dựng nếp sống văn hóa và gia đình", ["NSVH"]), ("Phòng XDNSVH&GĐ", ["NSVH"]),
        ("Thư viện Khoa học tổng hợp tỉnh", ["TV"]), ("Thư viện Khoa học tổng hợp", ["TV"]), ("THANH TRA SỞ", ["TTS"]),
        ("Các phòng chuyên môn", ROOMS), ("các phòng chuyên môn thuộc Sở", ROOMS),
        ("Trưởng các phòng chuyên môn", ROOMS), ("Thủ trưởng các đơn vị trực thuộc Sở", HOUSES),
        ("Giám đốc các đơn vị sự nghiệp thuộc Sở", HOUSES), ("Các đồng chí Lãnh đạo Sở", ["LDS"]),
        ("Ban Giám đốc", ["LDS"]), ("Giám đốc Sở", ["LDS"]), ("Phòng Kế hoạch - Tài chính", []),
        ("Trung tâm Bảo tồn di sản", []), ("Văn phòng UBND tỉnh", []), ("Thanh tra tỉnh", []),
        ("Thanh tra Sở Y tế", []), ("Văn phòng Sở Nội vụ", []), ("Bảo tàng tỉnh Nam Định", []), ("Sở Tài chính", []),
        ("Phòng Văn hóa - Xã hội xã Bình Minh", []), ("Trung tâm Văn hóa huyện Kiến Xương", []),
        ("Bảo tàng Hà Nội", []), ("Phòng Quản lý", []), ("các đơn vị liên quan", []), ("Thư viện các trường học", []),
    ],
)  # fmt: skip
def test_a_name_in_our_own_letter_means_the_unit_whose_it_is_and_never_a_likely_one(
    text: str, expected: list[str]
) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Văn phòng", []), ("Chánh Văn phòng", []), ("Thanh tra", []), ("các phòng chuyên môn", []),
        ("các đơn vị trực thuộc", []), ("Văn phòng Sở Văn hóa, Thể thao và Du lịch", ["VP"]),
        ("Thanh tra Sở Văn hóa, Thể thao và Du lịch", ["TTS"]), ("Bảo tàng tỉnh", ["BT"]),
        ("Giám đốc Bảo tàng tỉnh", ["BT"]), ("Nhà hát Chèo Thái Bình", ["NHC"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("issuer", [PROVINCE, "Bộ Nội vụ", "Sở Y tế tỉnh Thái Bình", "Tỉnh ủy Thái Bình"])
def test_in_anothers_letter_plain_words_mean_its_own_rooms(text: str, expected: list[str], issuer: str) -> None:
    assert codes(text, issuer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (US, True), ("Sở Văn hóa, Thể thao và Du lịch", True), ("Sở Văn hoá, Thể thao và Du lịch", True),
        ("Sở VHTTDL", True), ("Sở Văn hóa Thể thao và Du lịch", True),
        ("Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình", True), ("Giám đốc Sở Văn hóa, Thể thao và Du lịch", True),
        ("Giám đốc Sở VHTTDL", True), ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", True), ("Sở VH,TT&DL", True),
        ("các sở, ban, ngành", True), ("Các Sở, ban, ngành", True), ("các Sở, Ban, ngành tỉnh", True),
        ("Thủ trưởng các sở, ban, ngành", True), ("Giám đốc các sở", True),
        ("Giám đốc các sở, thủ trưởng các ban, ngành", True), ("các sở, ngành liên quan", True),
        ("các sở, ban, ngành, đoàn thể cấp tỉnh", True), ("các sở", True), ("Các sở, ngành", True),
        ("các cơ quan chuyên môn thuộc UBND tỉnh", True), ("các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh", True),
        ("Thủ trưởng các cơ quan chuyên môn thuộc UBND tỉnh", True), ("các sở, ban, ngành tỉnh Thái Bình", True),
        ("Các sở: Y tế, Văn hóa, Thể thao và Du lịch", True), ("Các sở: Tài chính, Nội vụ", False),
        ("Sở Văn hóa, Thể thao và Du lịch các tỉnh, thành phố", True), ("các Sở Văn hóa, Thể thao và Du lịch", True),
        ("Bảo tàng tỉnh", True), ("Thanh tra Sở Văn hóa, Thể thao và Du lịch", True),
        ("Sở Văn hóa, Thể thao và Du lịch Nam Định", False), ("Sở Văn hóa, Thể thao và Du lịch tỉnh Nam Định", False),
        ("Giám đốc Sở VHTTDL tỉnh Hưng Yên", False), ("Sở Văn hóa và Thể thao", False), ("Sở Du lịch", False),
        ("các sở, ban, ngành tỉnh Nam Định", False), ("Bảo tàng tỉnh Nam Định", False), ("Sở Y tế", False),
        ("Công an tỉnh", False), ("UBND các xã, phường", False), ("Chủ tịch UBND các xã, phường, đặc khu", False),
        ("các xã, phường", False), ("Văn phòng UBND tỉnh", False), ("Văn phòng Sở Y tế", False),
        ("Phòng Tổ chức cán bộ Sở Y tế", False), ("Bộ Nội vụ", False), ("các bộ, ngành", False),
        ("Ban Quản lý Khu kinh tế", False), ("Ban Tổ chức Tỉnh ủy", False), ("Tỉnh đoàn", False),
        ("Bệnh viện Đa khoa tỉnh", False), ("Hội Liên hiệp Phụ nữ tỉnh", False), ("Tòa án nhân dân tỉnh", False),
        ("Viện Kiểm sát nhân dân tỉnh", False), ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", False),
        ("Liên đoàn Lao động tỉnh", False), ("Trường Chính trị tỉnh", False), ("Công ty Điện lực Thái Bình", False),
        ("Chi cục Thủy lợi", False), ("Báo Thái Bình", False),
        ("Đồng chí Trần Văn Hùng, Phó Chủ tịch UBND tỉnh", False), ("Thuế tỉnh", False), ("Bưu điện tỉnh", False),
        ("các cơ quan, đơn vị", None), ("các đơn vị liên quan", None), ("các đồng chí", None),
        ("Bộ phận Một cửa", None), ("Đồng chí Trần Văn Hùng", None), ("Tổ công tác", None),
        ("các cơ quan liên quan", None),
    ],
)  # fmt: skip
def test_whose_an_item_is(text: str, expected: bool | None) -> None:
    assert ours(text) is expected


def test_the_letter_of_a_namesake_in_another_province_is_not_our_own() -> None:
    for issuer in ("Sở Văn hóa, Thể thao và Du lịch tỉnh Nam Định", "Sở Văn hóa, Thể thao và Du lịch Nam Định"):
        assert not Resolver(OFFICE, issuer).internal
        assert codes("Văn phòng Sở", issuer) == []
    for issuer in (
        US,
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình",
        "Văn phòng Sở",
    ):
        assert Resolver(OFFICE, issuer).internal
    others: tuple[str | None, ...] = (
        "Văn phòng Ủy ban nhân dân tỉnh Thái Bình",
        "Thanh tra tỉnh Thái Bình",
        "Thanh tra Chính phủ",
        None,
        "",
    )
    for one in others:
        assert not Resolver(OFFICE, one).internal


def test_an_office_that_is_a_commune_knows_itself_in_both_spellings() -> None:
    commune = OfficeNames(
        "Ủy ban nhân dân xã Bình Minh", ("UBND xã",), ("UBND các xã, phường", "các xã, phường"),
        (UnitNames("KT", "Phòng Kinh tế"), UnitNames("VP", "Văn phòng HĐND và UBND", ("Văn phòng",))),
    )  # fmt: skip
    assert ours("UBND xã Bình Minh", PROVINCE, commune) is True
    assert ours("Chủ tịch UBND xã Bình Minh", PROVINCE, commune) is True
    assert ours("UBND các xã, phường", PROVINCE, commune) is True
    assert ours("UBND xã Tân Tiến", PROVINCE, commune) is False
    assert ours("Sở Nội vụ", PROVINCE, commune) is False
    assert codes("Phòng Kinh tế xã", "Ủy ban nhân dân xã Bình Minh", commune) == ["KT"]
    assert codes("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã", "UBND xã Bình Minh", commune) == ["VP"]


DATED = replace(
    ELSEWHERE,
    units=(
        *ELSEWHERE.units,
        UnitNames("TTS", "Thanh tra Sở", ("Thanh tra",), ended=date(2025, 6, 30), successor="VP"),
        UnitNames("OLD", "Phòng Tổ chức cán bộ", (), ended=date(2024, 12, 31), successor="TCCB"),
        UnitNames("QLVH", "Phòng Nếp sống văn hóa", (), ended=date(2025, 2, 28), successor="QLVH"),
        UnitNames("GONE", "Đội Thông tin lưu động", (), ended=date(2023, 12, 31)),
    ),
)


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Thanh tra Sở", date(2025, 7, 5), ["VP"]),
        ("Chánh Thanh tra Sở", date(2026, 1, 5), ["VP"]),
        ("Thanh tra Sở", date(2025, 6, 30), ["TTS"]),
        ("Thanh tra Sở", date(2025, 3, 1), ["TTS"]),
        ("Thanh tra Sở", None, ["VP"]),
        ("Phòng Tổ chức cán bộ", date(2025, 7, 5), ["TCCB"]),
        ("Phòng Nếp sống văn hóa", date(2025, 7, 5), ["QLVH"]),
        ("Phòng Nếp sống văn hóa", date(2025, 1, 5), ["QLVH"]),
        ("Đội Thông tin lưu động", date(2025, 7, 5), []),
    ],
)
def test_a_unit_that_ended_gives_way_to_its_successor_in_later_documents(
    text: str, day: date | None, expected: list[str]
) -> None:
    assert list(Resolver(DATED, "Sở Văn hóa và Thể thao tỉnh An Bình", day).lead(text).codes) == expected


def test_what_a_clerk_corrected_for_this_issuer_goes_before_everything_else() -> None:
    taught = replace(
        OFFICE,
        remembered=(("phòng nghiệp vụ du lịch", ("QLDL",)), ("Thanh tra Sở", ("VP",)), ("các phòng", ("QLVH", "QLTT"))),
    )
    assert codes("Phòng Nghiệp vụ du lịch", PROVINCE, taught) == ["QLDL"]
    assert codes("Thanh tra Sở", US, taught) == ["VP"]
    lead = Resolver(taught, PROVINCE).lead("Các phòng")
    assert (lead.codes, lead.group) == (("QLVH", "QLTT"), True)
    assert ours("Phòng Nghiệp vụ du lịch", PROVINCE, taught) is True
    assert codes("Trưởng phòng Nghiệp vụ du lịch", US, taught) == ["QLDL"]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("Phòng Quản lý Văn hóa và Thể thao", {"QLVH", "QLTT"}),
        ("Phòng Quản lý Du lich và Lữ hành", {"QLDL"}),
        ("Phòng Tổ chức", {"TCCB"}),
        ("Nhà hát Chèo Việt", {"NHC"}),
        ("Trung tâm Văn hóa - Điện ảnh", {"TTVH"}),
    ],
)
def test_an_unknown_unit_is_offered_its_nearest_ones_and_given_none(text: str, nearest: set[str]) -> None:
    lead = Resolver(OFFICE, US).lead(text)
    assert lead.codes == ()
    assert nearest <= set(lead.nearest) and len(lead.nearest) <= 3


@pytest.mark.parametrize(
    "text", ["Sở Tài chính", "UBND tỉnh", "các đơn vị liên quan", "Đồng chí Trần Văn Hùng", "Tổ công tác", US]
)
def test_nothing_is_near_a_name_that_is_no_unit_of_ours(text: str) -> None:
    assert Resolver(OFFICE, US).lead(text).nearest == ()


def test_nearest_units_are_not_printed() -> None:
    assert GroupNames("x")  # the shape of --json holds names and codes only
    assert "nearest" not in str(Resolver(OFFICE, US).lead("Phòng Tổ chức").codes)
