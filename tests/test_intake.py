"""A document becomes a draft with its owners; and what is refused leaves no trace."""

from __future__ import annotations

import logging
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import col, select

import intake
from draft import LONGEST
from models import event
from models.confirm import confirm
from models.directive import Directive, DraftItem
from models.event import Event
from models.indicator import Indicator, IndicatorValue
from models.organisation import Unit
from models.task import Task
from reading.errors import BinaryDocument, EmptyDocument, SecretDocument
from tests.letters import REPORT, SEED, codes, count, directive, items, letter, one, take_in
from tests.office import Office


@pytest.fixture
def office() -> Office:
    """On Monday 24 July 2023, just before the first slot."""
    return Office("2023-07-24 07:10")


def test_the_seed_becomes_six_items_with_their_owners(office: Office) -> None:
    made = take_in(office, SEED.read_bytes(), SEED.name)
    assert (made.directive_id, made.items) == (1, 6)
    assert [(item.label, codes(office, item.unit_ids), item.grouped, item.task_class) for item in items(office)] == [
        ("1", ["LDS"], False, "standing"),
        ("2", ["TTS"], False, "standing"),
        ("3", ["QLVH", "QLTT", "QLDL", "NSVH", "BPMC"], True, "standing"),
        ("4", ["TCCB"], False, "standing"),
        ("5", ["BT", "TV", "TTVH", "NHC"], True, "standing"),
        ("6", ["VP"], False, "monitor"),
    ]


def test_the_seed_gives_no_date_but_questions_and_review_dates(office: Office) -> None:
    made = take_in(office, SEED.read_bytes(), SEED.name)
    assert [(item.due_on, item.due_time, item.recurrence) for item in items(office)] == [(None, None, None)] * 6
    assert [item.review_on for item in items(office)] == [date(2023, 8, 31)] * 5 + [None]
    asked = [["due"], ["due", "due:0"], ["due"], ["due"], ["due"], []]
    assert [list(item.questions) for item in items(office)] == asked
    assert made.questions == directive(office).reading["questions"]
    assert made.warnings == ["Thiếu phụ lục kèm theo"]


def test_the_seed_ends_as_the_thirteen_duties_under_their_codes(office: Office) -> None:
    take_in(office, SEED.read_bytes(), SEED.name)
    with office.database.write() as session:
        made = confirm(session, 1, office.who("vp.truong"), waive=True)
        unit = {number: code for code, number in office.units.items()}
        code = {task.id: task.code for task in made}
        told = [(t.code, unit.get(t.unit_id or 0), code.get(t.parent_id), t.task_class.value) for t in made]
    assert told == [
        ("NV1", "LDS", None, "standing"), ("NV2", "TTS", None, "standing"), ("NV3", None, None, "standing"),
        ("NV4", "QLVH", "NV3", "standing"), ("NV5", "QLTT", "NV3", "standing"), ("NV6", "QLDL", "NV3", "standing"),
        ("NV7", "NSVH", "NV3", "standing"), ("NV8", "BPMC", "NV3", "standing"), ("NV9", "TCCB", None, "standing"),
        ("NV10", None, None, "standing"), ("NV11", "BT", "NV10", "standing"), ("NV12", "TV", "NV10", "standing"),
        ("NV13", "TTVH", "NV10", "standing"), ("NV14", "NHC", "NV10", "standing"), ("NV15", "VP", None, "monitor"),
    ]  # fmt: skip
    assert sum(not task.is_parent for task in made) == 13


def test_the_seed_is_the_offices_own_and_its_words_are_kept(office: Office) -> None:
    take_in(office, SEED.read_bytes(), SEED.name)
    kept = directive(office)
    assert (kept.number, kept.issued_on, kept.received_on) == ("788/SVHTTDL-VP", date(2023, 7, 23), date(2023, 7, 24))
    assert kept.from_above is False
    for item in items(office):
        assert kept.text[item.span_start : item.span_end] == item.text


def test_titles_are_the_items_own_words_without_the_owner(office: Office) -> None:
    take_in(office, SEED.read_bytes(), SEED.name)
    titles = [item.title for item in items(office)]
    assert titles[1] == "Triển khai kế hoạch cụ thể kiểm tra cải cách hành chính tại các đơn vị thuộc Sở"
    assert titles[4] == "Triển khai thực hiện hiệu quả công tác cải cách hành chính của đơn vị"
    for item in items(office):
        assert len(item.title) <= LONGEST
        assert item.title.lower() in item.text.lower()


def test_the_figures_of_the_seed_are_kept_with_their_targets(office: Office) -> None:
    take_in(office, SEED.read_bytes(), SEED.name)
    with office.database.read() as session:
        kept = session.exec(select(Indicator, IndicatorValue).join(IndicatorValue).order_by(col(Indicator.id))).all()
    assert [(figure.target, value.value, value.day) for figure, value in kept] == [
        (Decimal("85"), Decimal("68.42"), date(2023, 7, 23)),
        (Decimal("100"), Decimal("79.3"), date(2023, 7, 23)),
    ]


def test_the_registration_stands_in_the_history(office: Office) -> None:
    take_in(office, SEED.read_bytes(), SEED.name)
    with office.database.read() as session:
        told = session.exec(select(Event).where(Event.subject == "directive:1")).one()
        assert list(event.broken(session)) == []
    assert (told.verb, told.actor_id, told.channel) == ("registered", office.people["vp.vanthu"], "test")
    assert told.facts is not None and told.facts["items"] == 6


def test_a_group_of_one_is_still_a_parent_and_ended_units_own_nothing(office: Office) -> None:
    with office.database.write() as session:
        for unit in session.exec(select(Unit).where(col(Unit.code).in_(["TV", "TTVH", "NHC"]))):
            unit.valid_to = date(2023, 6, 30)
            session.add(unit)
    item = one(office, "Các đơn vị thuộc Sở báo cáo kết quả trước ngày 15/8/2023.")
    assert (codes(office, item.unit_ids), item.grouped) == (["BT"], True)


def test_a_co_operating_unit_is_known_and_never_also_the_lead(office: Office) -> None:
    item = one(office, "Phòng Văn hóa chủ trì, phối hợp với Phòng Quản lý Du lịch báo cáo trước ngày 15/8/2023.")
    assert (codes(office, item.unit_ids), codes(office, item.co_unit_ids)) == (["QLVH"], ["QLDL"])


def test_an_item_for_the_office_as_a_whole_asks_who_owns_it(office: Office) -> None:
    item = one(office, "Sở Văn hóa, Thể thao và Du lịch báo cáo kết quả trước ngày 15/8/2023.")
    assert (item.ours, item.unit_ids) == (True, [])
    assert item.questions["owner"] == "Mục 1: chưa rõ đơn vị chủ trì"


def test_an_item_of_another_agency_is_context_and_asks_nothing(office: Office) -> None:
    take_in(office, letter("Sở Tài chính bố trí kinh phí trước ngày 01/8/2023.", REPORT))
    others, ours = items(office)
    assert (others.ours, others.questions, ours.ours) == (False, {}, True)
    with office.database.write() as session:
        assert len(confirm(session, 1, office.who("vp.truong"))) == 1


def test_what_comes_from_outside_is_from_above(office: Office) -> None:
    take_in(office, letter(REPORT))
    assert directive(office).from_above is True
    with office.database.write() as session:
        (task,) = confirm(session, 1, office.who("vp.truong"))
    assert task.due_set_by.value == "authority"


def test_annexes_are_kept_beside_the_main_document(office: Office) -> None:
    annex = "PHỤ LỤC\n1. Thanh tra Sở báo cáo trước ngày 20/8/2023.\n".encode()
    with office.database.write() as session:
        documents = [("cv.txt", letter("Phòng Tổ chức cán bộ báo cáo trước ngày 15/8/2023.")), ("pl.txt", annex)]
        intake.import_documents(session, documents, received_on=date(2023, 7, 24), actor=office.who("vp.vanthu"))
    kept = directive(office)
    for item in items(office):
        text = kept.text if item.file == 0 else kept.other_texts[item.file - 1]
        assert text[item.span_start : item.span_end] == item.text
    assert {item.file for item in items(office)} == {0, 1}


def test_the_same_bytes_twice_are_refused_by_name(office: Office) -> None:
    take_in(office, SEED.read_bytes(), SEED.name)
    with pytest.raises(intake.Duplicate) as refused:
        take_in(office, SEED.read_bytes(), "another-name.txt")
    assert (refused.value.directive.id, refused.value.directive.number) == (1, "788/SVHTTDL-VP")
    assert count(office, Directive) == 1


def test_the_same_issuer_number_and_date_are_the_same_document(office: Office) -> None:
    take_in(office, letter(REPORT))
    with pytest.raises(intake.Duplicate):
        take_in(office, letter("Thanh tra Sở báo cáo  trước ngày 15/8/2023."))
    assert count(office, DraftItem) == 1


def test_the_same_number_of_another_day_is_another_document(office: Office) -> None:
    take_in(office, letter(REPORT))
    take_in(office, letter(REPORT, on=date(2023, 7, 21)))
    assert count(office, Directive) == 2


REFUSED = [(b"", EmptyDocument), (b" \n", EmptyDocument), (b"\x00\x01", BinaryDocument)]


@pytest.mark.parametrize(("data", "error"), REFUSED)
def test_an_empty_or_binary_file_leaves_nothing(office: Office, data: bytes, error: type[Exception]) -> None:
    before = count(office, Event)
    with pytest.raises(error):
        take_in(office, data)
    assert (count(office, Directive), count(office, Event)) == (0, before)


def test_a_secrecy_mark_leaves_no_row_and_no_word_in_a_log(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = ("MẬT\n" + letter("Thanh tra Sở báo cáo về việc thầm kín trước ngày 15/8/2023.").decode()).encode()
    before = count(office, Event)
    with pytest.raises(SecretDocument) as refused:
        take_in(office, secret, "thầm kín.txt")
    assert (count(office, Directive), count(office, DraftItem), count(office, Event)) == (0, 0, before)
    assert "thầm" not in caplog.text and "thầm" not in str(refused.value)


def test_a_mark_on_an_annex_refuses_the_whole(office: Office) -> None:
    documents = [("cv.txt", letter(REPORT)), ("pl.txt", "TỐI MẬT\nPhụ lục".encode())]
    with pytest.raises(SecretDocument), office.database.write() as session:
        intake.import_documents(session, documents, received_on=date(2023, 7, 24), actor=office.who("vp.vanthu"))
    assert count(office, Directive) == 0


def test_a_text_without_items_is_an_empty_draft_with_a_warning(office: Office) -> None:
    made = take_in(office, "Trân trọng cảm ơn.".encode())
    assert (made.items, made.questions) == (0, [])
    assert made.warnings == ["Không tìm thấy nội dung giao nhiệm vụ"]
    assert count(office, Task) == 0


def test_names_come_from_the_database_as_it_is_today(office: Office) -> None:
    with office.database.write() as session:
        unit = session.exec(select(Unit).where(Unit.code == "TTS")).one()
        unit.valid_to = date(2023, 6, 30)
        session.add_all([unit, Unit(code="KTNB", name="Phòng Kiểm tra nội bộ", position=2)])
        session.flush()
        names = intake.office_names(session)
    known = {unit.code: unit for unit in names.units}
    assert "TTS" not in known and known["KTNB"].name == "Phòng Kiểm tra nội bộ"
    assert known["QLVH"].aliases[0] == "Phòng QLVH"
    assert names.groups[0].members == ("QLVH", "QLTT", "QLDL", "NSVH")


def test_the_file_of_a_directive_is_the_name_it_came_under(office: Office) -> None:
    take_in(office, SEED.read_bytes(), "so-788.txt")
    assert directive(office).source == "so-788.txt"
