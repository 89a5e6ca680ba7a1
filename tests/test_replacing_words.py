"""Which words of a document name one that it replaces or takes back; others only mention it."""

from __future__ import annotations

import pytest

import replacing
from models.directive import Directive, DirectiveState
from tests.office import Office
from tests.test_confirm import draft

KNOWN = ("45/UBND-VX", "1788/SVHTTDL-VP", "12/KH-UBND")


@pytest.fixture(scope="module")
def office() -> Office:
    made = Office("2023-07-24 08:00")
    for number in KNOWN:
        draft(made, number=number, state=DirectiveState.ASSIGNED)
    draft(made, number="77/UBND-VX")  # still a draft: there is nothing of it to be replaced
    return made


def named(office: Office, text: str) -> list[tuple[str | None, bool]]:
    with office.database.read() as session:
        new = Directive(id=99, sha256="x", source="x", kind="cong_van", text=text, received_on=office.now().date(),
                        registered_at=office.now())  # fmt: skip
        return [(one.directive.number, one.recalled) for one in replacing.mentions(session, new)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công văn này thay thế Công văn số 45/UBND-VX ngày 20/7/2023.", [("45/UBND-VX", False)]),
        ("thay thế cho Kế hoạch số 12/KH-UBND ngày 01/02/2023 của UBND tỉnh", [("12/KH-UBND", False)]),
        ("và thay thế các văn bản: Công văn số 45/UBND-VX, Kế hoạch số 12/KH-UBND.",
         [("45/UBND-VX", False), ("12/KH-UBND", False)]),
        ("THAY THẾ CÔNG VĂN SỐ 1788/SVHTTDL–VP", [("1788/SVHTTDL-VP", False)]),
        ("Thu hồi Công văn số 45 /UBND-VX ngày 20/7/2023.", [("45/UBND-VX", True)]),
        ("bãi bỏ Kế hoạch số: 12/KH-UBND", [("12/KH-UBND", True)]),
        ("Căn cứ Công văn số 45/UBND-VX ngày 20/7/2023;", []),
        ("thay thế Công văn số 99/UBND-VX", []),
        ("thay thế Công văn số 77/UBND-VX", []),
        ("thay thế các thiết bị hỏng. Công văn số 45/UBND-VX đã nêu", []),
        ("bố trí cán bộ thay thế; Kế hoạch số 12/KH-UBND vẫn có hiệu lực", []),
    ],
)  # fmt: skip
def test_words_that_name_a_directive_known_here(
    office: Office, text: str, expected: list[tuple[str | None, bool]]
) -> None:
    assert named(office, text) == expected


def test_a_long_text_is_read_in_a_line_of_time(office: Office) -> None:
    assert named(office, "thay thế " * 20_000 + "Công văn " * 20_000) == []
