"""What programs do by the JSON API: as the Office, in the name of who made the key, and once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import col, select, update

from models import clock
from models.event import Event
from models.indicator import Indicator, IndicatorValue
from models.joining import TokenRole
from models.organisation import Post
from models.task import DueSetBy, State, Task
from tests.test_api import Program, problem
from tests.web_stage import Stage, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def test_only_an_office_key_acts(office: Stage) -> None:
    code = office.order("TTS")
    for role, unit in ((TokenRole.READ, None), (TokenRole.UNIT, "TTS")):
        answer = Program(office, role, unit).post(f"/tasks/{code}/progress", {"words": "x", "said_by": "y"})
        assert "quyền Văn phòng" in problem(answer, 403)


def test_progress_is_entered_for_the_unit_in_the_name_of_who_made_the_key(office: Stage) -> None:
    code = office.order("TTS")
    word = {"words": "Đã xong dự thảo", "said_by": "ông Tuấn", "promised_on": "2023-07-27"}
    answer = Program(office, TokenRole.OFFICE).post(f"/tasks/{code}/progress", word)
    assert answer.status_code == 200 and answer.json()["state"] == "acknowledged"
    with office.database.read() as session:
        told = session.exec(select(Event).where(Event.verb == "progress")).one()
    facts = told.facts or {}
    assert (told.actor_id, told.channel) == (office.person("vp.vanthu"), "api")
    assert facts["behalf"] is True and (facts["said_by"], facts["how"]) == ("ông Tuấn", "CSDL tỉnh")
    assert facts["words"] == "Đã xong dự thảo" and facts["promised_on"] == "2023-07-27"


def test_a_key_whose_maker_has_left_the_office_acts_no_more(office: Stage) -> None:
    code, program = office.order("TTS"), Program(office, TokenRole.OFFICE)
    with office.database.write() as session:
        indicator = Indicator(name="Tỷ lệ", target=Decimal(85))
        session.add(indicator)
        session.execute(update(Post).values(valid_to=date(2023, 7, 1)))
    problem(program.post(f"/tasks/{code}/progress", {"words": "x", "said_by": "y"}), 403)
    problem(program.post("/indicators/1/values", {"day": "2023-07-24", "value": "1", "source": "x"}), 403)


def test_what_stands_in_the_authoritys_system_is_entered_and_confirmed(office: Stage) -> None:
    code = office.order("TTS", set_by=DueSetBy.AUTHORITY)
    program = Program(office, TokenRole.OFFICE)
    assert code in problem(program.post(f"/tasks/{code}/updated-there"), 409)
    with office.database.write() as session:
        done = update(Task).where(col(Task.number) == int(code[2:]))
        session.execute(done.values(state=State.COMPLETED, completed_at=clock.now()))
    row = program.post(f"/tasks/{code}/updated-there", {"code": "UB-77"}).json()
    assert (row["authority_code"], row["updated_there_on"]) == ("UB-77", "2023-07-24")
    row = program.post(f"/tasks/{code}/authority-confirmed", {"on": "2023-07-24"}).json()
    assert row["authority_confirmed_on"] == "2023-07-24"
    assert problem(program.post(f"/tasks/{code}/authority-confirmed", {"on": "2023-07-23"}), 409)
    with office.database.read() as session:
        verbs = session.exec(select(Event.verb).where(Event.channel == "api").order_by(col(Event.id))).all()
    assert verbs == ["name_code", "update_there", "confirm_there"]


def test_the_same_key_twice_does_it_once_and_gives_the_same_answer(office: Stage) -> None:
    code, program = office.order("TTS"), Program(office, TokenRole.OFFICE)
    body = {"words": "Đã xong dự thảo", "said_by": "ông Tuấn"}
    first = program.post(f"/tasks/{code}/progress", body, idempotency_key="k1")
    clock.stand_at(clock.now() + timedelta(minutes=5))
    again = program.post(f"/tasks/{code}/progress", body, idempotency_key="k1")
    assert (first.status_code, again.status_code) == (200, 200) and first.json() == again.json()
    assert "yêu cầu khác" in problem(program.post(f"/tasks/{code}/progress", body | {"words": "y"},
                                                  idempotency_key="k1"), 409)  # fmt: skip
    assert program.post(f"/tasks/{code}/progress", body, idempotency_key="k2").status_code == 200
    assert Program(office, TokenRole.OFFICE).post(f"/tasks/{code}/progress", body,
                                                  idempotency_key="k1").status_code == 200  # fmt: skip
    with office.database.read() as session:
        assert len(session.exec(select(Event).where(Event.verb == "progress")).all()) == 3


def test_a_refused_act_leaves_its_key_free(office: Stage) -> None:
    code, program = office.order("TTS"), Program(office, TokenRole.OFFICE)
    path = f"/tasks/{code}/updated-there"
    problem(program.post(path, {}, idempotency_key="k"), 409)
    with office.database.write() as session:
        session.execute(update(Task).values(state=State.COMPLETED, completed_at=clock.now()))
    assert program.post(path, {}, idempotency_key="k").status_code == 200


def test_a_value_of_an_indicator_is_entered_once_a_day(office: Stage) -> None:
    office.assign_seed()
    program = Program(office, TokenRole.OFFICE)
    first = program.get("/indicators").json()[0]
    assert (first["target"], first["unit"]) == ("85", "%") and first["values"]
    path = f"/indicators/{first['id']}/values"
    body = {"day": "2023-07-24", "value": "70.5", "source": "Cổng dịch vụ công"}
    with office.database.write() as session:
        session.execute(update(IndicatorValue).values(day=date(2023, 6, 30)))
    row = program.post(path, body)
    assert row.status_code == 200 and row.json()["values"][0] == body
    assert "đã có số liệu" in problem(program.post(path, body), 409)
    assert "chưa đến" in problem(program.post(path, body | {"day": "2023-07-25"}), 409)
    assert "Không có chỉ tiêu" in problem(program.post("/indicators/999/values", body), 404)
    for wrong in ("abc", "NaN", "1e9", "1.23456", None):
        problem(program.post(path, body | {"value": wrong}), 422)
