"""Search finds what is written with marks by what is typed without them; nothing that is typed breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql

from models import clock, search
from models.confirm import Order, assign
from models.directive import Directive
from models.task import Task, TaskClass
from models.task_indexes import MARKED, PLAIN
from tests.office import Office

TASK = Task.__table__.c
TITLES = {
    "NV1": "Đẩy mạnh chuyển đổi số trong lĩnh vực du lịch",
    "NV2": "Báo cáo kết quả rà soát di tích quốc gia đặc biệt",
    "NV3": "Tổng hợp BÁO CÁO quý III, gửi Ủy ban nhân dân tỉnh",
    "NV4": "Sửa chữa mái nhà kho: 02 hạng mục",
    "NV5": "Kiểm tra hồ bơi, bến thuyền; ưu tiên trẻ em",
}


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    made = Office("2023-11-20 08:00")
    with made.database.write() as session:
        for unit, title in zip(("QLDL", "QLVH", "BT", "TV", "NHC"), TITLES.values(), strict=True):
            order = Order(title, f"{title}, chậm nhất cuối năm.", (made.units[unit],), TaskClass.STANDING)
            assign(session, order, made.who("vp.vanthu"))
        session.add(Directive(sha256="1" * 64, source="a.pdf", kind="quyet_dinh", number="788/QĐ-SVHTTDL", text="",
                              received_on=clock.today(), registered_at=clock.now()))  # fmt: skip
        session.flush()
        directive = session.execute(select(Directive.__table__.c.id)).scalar_one()
        session.execute(update(Task).where(TASK.number == 4).values(directive_id=directive))
    yield made
    clock.run_free()


def found(office: Office, words: str) -> list[str]:
    with office.database.read() as session:
        query = select(TASK.number).where(search.matching(session, words)).order_by(TASK.number)
        return [f"NV{number}" for number in session.execute(query).scalars()]


@pytest.mark.parametrize(
    ("words", "codes"),
    [("bao cao", "NV2 NV3"), ("Báo cáo", "NV2 NV3"), ("BÁO CÁO", "NV2 NV3"), ("bao cao quy", "NV3"),
     ("day manh", "NV1"), ("đẩy", "NV1"), ("chuyen doi so", "NV1"), ("uy ban", "NV3"), ("ưu tiên", "NV5"),
     ("uu tien", "NV5"), ("soat ra", "NV2"), ("so", "NV1 NV2"), ("nv4", "NV4"), ("NV4", "NV4"),
     ("nv", "NV1 NV2 NV3 NV4 NV5"), ("88/SVHTTDL", ""), ("788/qd-svhttdl", "NV4"), ("788/QĐ", "NV4"), ("88/qđ", "NV4"),
     ("nha hat", "NV5"),
     ("QLDL", "NV1"), ("thu vien tinh khong co", ""), ("xyz", ""), ("cham nhat", "NV1 NV2 NV3 NV4 NV5"),
     ("02 hang", "NV4"), ("dac biet", "NV2"), ("***", ""), ("  báo   cáo  ", "NV2 NV3")],
)  # fmt: skip
def test_words_find_their_tasks(office: Office, words: str, codes: str) -> None:
    assert found(office, words) == codes.split()


def test_letters_that_are_put_together_and_apart_are_the_same(office: Office) -> None:
    assert found(office, normalize("NFD", "đẩy mạnh")) == ["NV1"]


HOSTILE = ['"', "'", '""*', "AND", "OR NOT", "a AND b", "NEAR(a b)", "*", "^a", "words:a", "{a b}:c", "-a", "a\x00b",
           "(",
           "%", "_", "\\", ";DROP TABLE task", "\ud7ff", "½", "ª", "①", "一", "🙂", "a" * 10_000, "a " * 5_000,
           "\u0301", "ﬁ", "İ", "ß", "nv99999999999999999999",
           "0" * 300, "\ud800 1",
           "a\x001", "%1", "_1\\"]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_typed_is_never_a_question_of_its_own(office: Office, words: str) -> None:
    assert isinstance(found(office, words), list)


@settings(max_examples=150, deadline=timedelta(seconds=2))
@given(st.text(max_size=60))
@example('"bao" OR "cao"')
def test_anything_at_all_can_be_typed(words: str) -> None:
    office = _one_office()
    assert isinstance(found(office, words), list)


_made: list[Office] = []


def _one_office() -> Office:
    if not _made:
        _made.append(Office("2023-11-20 08:00"))
        _made[0].assign("QLDL")
        clock.run_free()
    return _made[0]


def test_a_changed_title_is_found_anew_and_the_old_one_no_more() -> None:
    office = Office("2023-11-20 08:00")
    task = office.assign("QLDL")
    with office.database.write() as session:
        session.execute(update(Task).where(TASK.id == task.id).values(title="Đo đạc", text=""))
    assert (found(office, "do dac"), found(office, "bao cao")) == (["NV1"], [])
    with office.trial() as session:
        session.execute(update(Task).where(TASK.id == task.id).values(title="Khác"))
    assert (found(office, "do dac"), found(office, "khac")) == (["NV1"], [])
    clock.run_free()


def test_what_is_found_often_is_found_all_the_same(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {words: found(office, words) for words in ("bao cao", "nha hat", "cham nhat", "788/QĐ")}
    monkeypatch.setattr(search, "OFTEN", 0)
    assert {words: found(office, words) for words in before} == before
    with office.database.read() as session:
        newest = search.newest_or_oldest(session, "cham nhat", [], True, 1, 2)
        oldest = search.newest_or_oldest(session, "cham nhat", [], False, 1, 2)
    assert (len(newest), len(oldest)) == (2, 2) and newest == sorted(newest, reverse=True) and oldest == sorted(oldest)


def test_it_can_be_said_to_postgresql() -> None:
    said = str(search._on_server(["bao", "cao"]).compile(dialect=postgresql.dialect()))
    assert "to_tsvector('simple', translate(lower(task.title || ' ' || task.text)" in said and "@@ to_tsquery" in said
    assert len(search.folded(MARKED)) == len(MARKED) and search.folded(MARKED) == PLAIN
