"""A corrected name is known at the next reading of the same issuer, says so, and can be forgotten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

import intake
import remembering
from models import clock
from models.confirm import confirm
from models.directive import Directive, DraftItem
from models.event import Event
from models.organisation import Unit
from models.remembered import RememberedName
from tests.letters import HEAD, codes, items, letter, take_in
from tests.office import Office

OURS = "UBND TỈNH THÁI BÌNH\nSỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH\nSố: {number}\n" + HEAD.split("\n", 2)[2]
WORDS = "Phòng Nghiệp vụ lữ hành"


@pytest.fixture
def office() -> Office:
    return Office("2023-07-24 08:00")


def document(office: Office, number: int, *lines: str, head: str = OURS) -> int:
    said = lines or (f"{WORDS} rà soát các điểm du lịch trước ngày 15/8/2023.",)
    return take_in(office, letter(*said, number=f"{number}/SVHTTDL-VP", head=head)).directive_id


def correct(office: Office, directive_id: int, *units: str, place: int = 0, **columns: object) -> None:
    with office.database.write() as session:
        item = session.exec(
            select(DraftItem).where(DraftItem.directive_id == directive_id, DraftItem.position == place)
        ).one()
        item.unit_ids, item.ours = [office.units[code] for code in units], True
        for name, value in columns.items():
            setattr(item, name, value)
        session.add(item)


def assign(office: Office, directive_id: int) -> list[str]:
    """The words that were remembered when it was assigned."""
    with office.database.write() as session:
        actor = office.who("vp.vanthu")
        confirm(session, directive_id, actor, waive=True)
        names = intake.office_names(session)
        return [row.said for row in remembering.remember(session, directive_id, names, actor)]


def owners(office: Office, directive_id: int) -> list[str]:
    return codes(office, items(office, directive_id)[0].unit_ids)


def test_the_next_document_of_the_issuer_goes_by_the_correction_and_says_so(office: Office) -> None:
    first = document(office, 1)
    assert owners(office, first) == []
    correct(office, first, "QLDL")
    assert assign(office, first) == [WORDS]
    second = document(office, 2)
    assert owners(office, second) == ["QLDL"]
    item = items(office, second)[0]
    assert item.reading["remembered"] == [WORDS] and "owner" not in item.questions
    with office.database.read() as session:
        told = session.exec(select(Event).where(Event.verb == "name_remembered")).one()
        assert told.subject == f"directive:{first}" and told.facts is not None
        assert (told.facts["words"], told.facts["units"]) == (WORDS, [office.units["QLDL"]])


def test_another_issuer_s_words_are_its_own(office: Office) -> None:
    first = document(office, 1)
    correct(office, first, "QLDL")
    assign(office, first)
    other = document(office, 3, head="CÔNG TY CỔ PHẦN DU LỊCH\n" + OURS.split("\n", 2)[2])
    assert owners(office, other) == [] and "remembered" not in items(office, other)[0].reading


def test_what_was_not_corrected_is_not_remembered(office: Office) -> None:
    first = document(office, 1, "Thanh tra Sở báo cáo trước ngày 15/8/2023.")
    assert assign(office, first) == []
    second = document(office, 2)  # nobody was chosen: the item made no task
    with office.database.write() as session:
        session.add(DraftItem(directive_id=second, position=1, text="", title="Việc", unit_ids=[office.units["BT"]]))
    assert assign(office, second) == []


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("Thanh tra Sở báo cáo trước ngày 15/8/2023.", ("BT",)),  # its own full name: a decision, not a reading
        ("Sở Văn hóa, Thể thao và Du lịch Thái Bình báo cáo trước ngày 15/8/2023.", ("BT",)),  # the office itself
        (f"{WORDS}, Phòng Nghiệp vụ khác báo cáo trước ngày 15/8/2023.", ("BT",)),  # which of the two?
        ("Các phòng chuyên môn báo cáo trước ngày 15/8/2023.", ("BT",)),  # a group
    ],
)
def test_words_that_cannot_tell_a_unit_are_not_remembered(office: Office, line: str, units: tuple[str, ...]) -> None:
    first = document(office, 1, line)
    correct(office, first, *units, grouped=False)
    assert assign(office, first) == []


def test_an_owner_whom_a_leader_named_is_no_correction(office: Office) -> None:
    first = document(office, 1)
    correct(office, first, "BT", answers={"owner": {"given": True, "by": 1, "instruction": 1}})
    assert assign(office, first) == []


def test_the_same_words_for_two_units_in_one_document_are_not_remembered(office: Office) -> None:
    line = f"{WORDS} báo cáo trước ngày 15/8/2023."
    first = document(office, 1, line, line.replace("báo cáo", "rà soát"))
    correct(office, first, "BT")
    correct(office, first, "TV", place=1)
    assert assign(office, first) == []


def test_the_last_correction_counts_and_one_that_is_forgotten_does_not(office: Office) -> None:
    for number, unit in ((1, "QLDL"), (2, "BT")):
        made = document(office, number)
        correct(office, made, unit)
        assign(office, made)
    assert owners(office, document(office, 3)) == ["BT"]
    with office.database.write() as session:
        row = session.exec(select(RememberedName)).one()
        assert remembering.forget(session, row.id or 0, office.who("vp.vanthu"))
        assert not remembering.forget(session, row.id or 0, office.who("vp.vanthu"))
    assert owners(office, document(office, 4)) == []


def test_a_unit_that_ended_gives_way_to_its_successor(office: Office) -> None:
    first = document(office, 1)
    correct(office, first, "QLDL")
    assign(office, first)
    with office.database.write() as session:
        old = session.exec(select(Unit).where(Unit.code == "QLDL")).one()
        old.valid_to, old.successor_id = clock.today() - timedelta(1), office.units["QLVH"]
        session.add(old)
    assert owners(office, document(office, 2)) == ["QLVH"]
    with office.database.write() as session:
        session.get_one(Unit, office.units["QLVH"]).valid_to = date(2023, 7, 1)
    assert owners(office, document(office, 3)) == []


def test_units_that_ended_stand_among_the_names_with_their_successor(office: Office) -> None:
    with office.database.write() as session:
        old = session.exec(select(Unit).where(Unit.code == "TTS")).one()
        old.valid_to, old.successor_id = date(2023, 6, 30), office.units["VP"]
        session.add(old)
        session.flush()
        names = {unit.code: unit for unit in intake.office_names(session).units}
    assert (names["TTS"].ended, names["TTS"].successor) == (date(2023, 6, 30), "VP")
    assert names["VP"].ended is None


def test_a_document_without_an_issuer_teaches_nothing(office: Office) -> None:
    first = document(office, 1)
    with office.database.write() as session:
        session.get_one(Directive, first).issuer = None
    correct(office, first, "QLDL")
    assert assign(office, first) == []
