"""What every paper of the office bears (Decree 30/2020/NĐ-CP, Appendix I), who signs it, and where it is set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

import config
import founding
from config_file import ConfigError
from models import clock, officers
from models.event import Event
from models.officers import Letterhead, LetterheadMissing, Signer
from models.organisation import Department, Post, Role
from papers.decree.layout import Paper, Paragraph, Rule, Section
from papers.decree.letterhead import above, addressed, ended, head, signature, title
from papers.decree.measure import Style, width_of
from papers.decree.pdf import pdf
from tests.office import Office
from tests.paper_files import pdf_pages
from tests.test_config import SMALL
from tests.web_stage import Stage, said, stage

OURS = Letterhead("Ủy ban nhân dân tỉnh Thái Bình", "Sở Văn hóa, Thể thao và Du lịch Thái Bình", "Thái Bình", "SVHTTDL")
SIGNER = Signer(1, ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Lê Thị Hà")


@pytest.fixture
def desk() -> Iterator[Stage]:
    with stage() as made:
        yield made


@pytest.fixture
def office() -> Iterator[Office]:
    yield Office("2026-11-30 08:00")
    clock.run_free()


def lines(*blocks: object) -> list[tuple[str, Paragraph]]:
    """Every paragraph of these blocks with its words."""
    found: list[tuple[str, Paragraph]] = []
    for block in blocks:
        cells = getattr(block, "cells", ((block,),))
        found += [("".join(run.text for run in one.runs), one) for cell in cells for one in cell
                  if isinstance(one, Paragraph)]  # fmt: skip
    return found


def test_the_head_has_each_line_in_its_size_and_kind() -> None:
    found = dict(lines(*head(OURS, "SVHTTDL-VP", 2026, "V/v đôn đốc")))
    kinds = {words: (one.size, one.runs[0].bold, one.runs[0].italic, one.align)
             for words, one in found.items() if words}  # fmt: skip
    assert kinds == {
        "UBND TỈNH THÁI BÌNH": (12, False, False, "center"),
        "SỞ VĂN HÓA, THỂ THAO\nVÀ DU LỊCH": (12, True, False, "center"),
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": (12, True, False, "center"),
        "Độc lập - Tự do - Hạnh phúc": (13, True, False, "center"),
        "Số: ……/SVHTTDL-VP": (13, False, False, "center"),
        "V/v đôn đốc": (12, False, False, "center"),
        "Thái Bình, ngày …… tháng …… năm 2026": (13, False, True, "center"),
    }


def test_the_lines_beneath_are_as_long_as_the_decree_says() -> None:
    names, *_ = head(OURS, "BC-SVHTTDL", 2026)
    left, right = ([one for one in cell if isinstance(one, Rule)] for cell in names.cells)  # type: ignore[union-attr]
    office = width_of("SỞ VĂN HÓA, THỂ THAO", Style(True, False, 12))
    assert office / 3 <= left[0].length <= office / 2
    assert right[0].length == width_of("Độc lập - Tự do - Hạnh phúc", Style(True, False, 13))
    subject = "Tình hình thực hiện nhiệm vụ"
    under = next(one for one in title("BÁO CÁO", subject) if isinstance(one, Rule)).length
    assert width_of(subject, Style(True, False, 14)) / 3 <= under <= width_of(subject, Style(True, False, 14)) / 2


def test_kind_and_subject_stand_bold_in_the_middle() -> None:
    kind, subject = lines(*title("BÁO CÁO", "Tình hình"))[:2]
    assert [(words, one.size, one.runs[0].bold, one.align) for words, one in (kind, subject)] == [
        ("BÁO CÁO", 14, True, "center"), ("Tình hình", 14, True, "center")]  # fmt: skip


@pytest.mark.parametrize(
    ("letterhead", "parent", "office"),
    [
        (OURS, "UBND TỈNH THÁI BÌNH", "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"),
        (Letterhead("Bộ Nội vụ", "Cục Văn thư", "Hà Nội", "VTLTNN"), "BỘ NỘI VỤ", "CỤC VĂN THƯ"),
        (Letterhead("UBND tỉnh Hưng Yên", "Sở Y tế tỉnh Hưng Yên", "Hưng Yên", "SYT"), "UBND TỈNH HƯNG YÊN", "SỞ Y TẾ"),
        (Letterhead("UBND tỉnh X", "Sở Y tế Hưng Yên", "Hưng Yên", "SYT"), "UBND TỈNH X", "SỞ Y TẾ HƯNG YÊN"),
    ],
)
def test_names_at_the_head(letterhead: Letterhead, parent: str, office: str) -> None:
    assert above(letterhead) == (parent, office)


def test_one_addressee_stands_on_the_line_several_beneath_it() -> None:
    assert [words for words, _ in lines(*addressed(["Thanh tra Sở"], "tất cả")) if words] == ["Kính gửi: Thanh tra Sở"]
    found = [(words, one.left) for words, one in lines(*addressed(["Phòng A", "Phòng B"], "tất cả")) if words]
    assert [words for words, _ in found] == ["Kính gửi:", "- Phòng A;", "- Phòng B."]
    assert found[1][1] == found[2][1] > found[0][1]
    many = [words for words, _ in lines(*addressed([f"Phòng {n}" for n in range(30)], "Các phòng")) if words]
    assert many == ["Kính gửi: Các phòng"]


def test_who_receives_it_and_who_signs_stand_side_by_side() -> None:
    block = signature(SIGNER, ["Như trên;", "Lưu: VT, VP."])
    left, right = block.cells
    assert [(words, one.size, one.runs[0].bold, one.runs[0].italic) for words, one in lines(*left)] == [
        ("Nơi nhận:", 12, True, True), ("- Như trên;", 11, False, False),
        ("- Lưu: VT, VP.", 11, False, False)]  # fmt: skip
    assert [(words, one.size, one.runs[0].bold, one.align) for words, one in lines(*right)] == [
        ("KT. GIÁM ĐỐC", 14, True, "center"), ("PHÓ GIÁM ĐỐC", 14, True, "center"),
        ("Lê Thị Hà", 14, True, "center")]  # fmt: skip


def test_the_text_ends_with_its_sign() -> None:
    from papers.decree.layout import body

    *_, (words, last) = lines(*ended([body("Một."), body("Trân trọng.")]))
    assert words == "Trân trọng./." and last.keep
    assert (last.align, last.size, last.first, last.after) == ("justify", 14, 12.7, 6)


def test_number_and_day_stand_on_one_line() -> None:
    made = Paper("x", "y", (Section(head(OURS, "BC-SVHTTDL", 2026)),))
    lines_ = pdf_pages(pdf(made, clock.now()))[0].split("\n")
    assert any("Số: ……/BC-SVHTTDL" in line and "Thái Bình, ngày" in line for line in lines_)


def test_leaders_and_the_head_of_the_office_may_sign(office: Office) -> None:
    with office.database.read() as session:
        found = [(one.lines, one.name) for one in officers.signers(session)]
        usual = officers.signer(session, None)
        chosen = officers.signer(session, office.people["pgd1"])
    assert found == [
        (("GIÁM ĐỐC",), "Trần Văn Thành"),
        (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Lê Thị Hà"),
        (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Phạm Quốc Việt"),
        (("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"), "Nguyễn Thu Lan"),
        (("TL. GIÁM ĐỐC", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"), "Đặng Minh Đức"),
    ]
    assert usual is not None and usual.name == "Nguyễn Thu Lan"
    assert chosen is not None and chosen.name == "Lê Thị Hà"


def test_who_has_left_signs_no_more(office: Office) -> None:
    with office.database.write() as session:
        mine = select(Post).where(Post.person_id == office.people["pgd1"], Post.role == Role.LEADER)
        for one in session.exec(mine):
            one.valid_to = date(2026, 11, 29)
    with office.database.read() as session:
        assert "Lê Thị Hà" not in [one.name for one in officers.signers(session)]


def test_the_shipped_file_sets_the_head_and_the_database_gives_it_back() -> None:
    department = config.load(environ={}).department
    assert (department.parent, department.place, department.symbol) == (OURS.parent, OURS.place, OURS.symbol)
    written = founding.written(department)
    assert 'parent = "Ủy ban nhân dân tỉnh Thái Bình"\nplace = "Thái Bình"\nsymbol = "SVHTTDL"\n' in written


def test_the_three_keys_are_optional(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(SMALL, encoding="utf-8")
    department = config.load(file, {}).department
    assert (department.parent, department.place, department.symbol) == (None, None, None)
    assert "parent" not in founding.written(department)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('place = ""', "department.place"),
        (f'symbol = "{"X" * 41}"', "department.symbol"),
        ("parent = 3", "department.parent"),
        ('plaec = "x"', "place"),
    ],
)
def test_a_wrong_head_is_named(tmp_path: Path, line: str, wrong: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(SMALL.replace("[department]\n", f"[department]\n{line}\n"), encoding="utf-8")
    with pytest.raises(ConfigError, match=wrong):
        config.load(file, {})


def test_a_changed_head_is_a_difference(office: Office) -> None:
    with office.database.write() as session:
        officers.set_letterhead(session, {"parent": "UBND tỉnh Hưng Yên", "place": "Hưng Yên", "symbol": "SVHTTDL"},
                                office.who("vp.vanthu"))  # fmt: skip
    with office.database.read() as session:
        held = founding.held(session)
    assert founding.differences(config.load(environ={}).department, held) == ["department.parent", "department.place"]


def test_what_is_missing_is_said_by_name(office: Office) -> None:
    with office.database.write() as session:
        row = session.get_one(Department, 1)
        row.place, row.symbol = None, None
    with office.database.read() as session, pytest.raises(LetterheadMissing) as missing:
        officers.letterhead(session)
    assert missing.value.parts == ("place", "symbol")


def test_without_a_head_no_paper_is_made_until_the_office_enters_it(desk: Stage) -> None:
    with desk.database.write() as session:
        session.get_one(Department, 1).place = None
    desk.order("TTS", due=date(2023, 7, 21))
    clerk = desk.browser("vp.vanthu")
    refused = clerk.get("/reports/letter.docx")
    assert refused.status_code == 409 and "Địa danh" in said(refused)
    assert "/reports/letterhead" in clerk.get("/reports/letter").text
    entered = {"parent": "Ủy ban nhân dân tỉnh Thái Bình", "place": "Thái Bình", "symbol": "SVHTTDL"}
    assert said(clerk.post("/reports/letterhead", entered)) == "Đã lưu phần đầu văn bản."
    assert clerk.get("/reports/letter.docx").status_code == 200
    with desk.database.read() as session:
        event = session.exec(select(Event).where(Event.verb == "letterhead")).one()
        assert event.actor_id == desk.person("vp.vanthu") and (event.facts or {})["before"]["place"] is None


def test_only_the_office_sets_the_head_and_nothing_empty(desk: Stage) -> None:
    full = {"parent": "a", "place": "b", "symbol": "c"}
    assert desk.browser("gd").post("/reports/letterhead", full).status_code == 403
    clerk = desk.browser("vp.vanthu")
    for wrong in (full | {"place": "  "}, full | {"symbol": "x" * 41}):
        assert clerk.post("/reports/letterhead", wrong).status_code == 400
    with desk.database.read() as session:
        assert officers.letterhead(session) == OURS
