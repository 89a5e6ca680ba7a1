"""The JSON API: who may ask what, the shapes that come back, cursors that lose nothing, and acts that happen once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select, update

from models import clock, handling, joining, listing
from models.directive import Directive
from models.joining import A_MINUTE, ApiToken, TokenRole
from models.moves import Actor
from models.organisation import Unit
from models.task import DueSetBy, State, Task
from models.weekly import WeeklyReport
from tests.web_stage import SECRET, Stage, stage
from web.joining import keys


@dataclass
class Program:
    """Another program with a key of this role."""

    office: Stage
    role: TokenRole | None = TokenRole.READ
    unit: str | None = None
    by: str = "vp.vanthu"
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = self.office.browser().client
        if self.role is None:
            return
        by = self.office.person(self.by)
        with self.office.database.write() as session:
            unit = session.exec(select(Unit.id).where(Unit.code == self.unit)).first() if self.unit else None
            self.key = joining.new_key(session, SECRET, name="CSDL tỉnh", role=self.role, unit_id=unit, by=by)
        self.headers = {"authorization": f"Bearer {self.key}"} | self.headers

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api{path}", params=query, headers=self.headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(f"/api{path}", json=body if body is not None else {}, headers=sent)


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def problem(response: Any, status: int) -> str:
    """The sentence of a refusal."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status and body["type"] == "about:blank" and body["title"]
    return str(body["detail"])


def codes(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    return [row["code"] for row in response.json()["tasks"]]


def test_tasks_are_as_the_command_line_lists_them(office: Stage) -> None:
    office.assign_seed()
    with office.database.read() as session:
        own = listing.task_rows(session)
    rows = Program(office).get("/tasks").json()
    assert rows["next"] is None and len(rows["tasks"]) == 15
    there = ("authority_code", "updated_there_on", "authority_confirmed_on")
    assert [{name: value for name, value in row.items() if name not in there} for row in rows["tasks"]] == own


def test_a_list_goes_on_where_it_ended_and_loses_nothing_while_it_grows(office: Stage) -> None:
    office.assign_seed()
    program, found, after = Program(office), list[str](), 0
    while after is not None:
        page = program.get("/tasks", after=after, limit=4).json()
        found += [row["code"] for row in page["tasks"]]
        after = page["next"]
        if len(found) == 4:
            late = office.order("TTS")
    assert found == [f"NV{n}" for n in range(1, 16)] + [late]


def test_filters_say_what_the_lists_say(office: Stage) -> None:
    office.assign_seed()
    late = office.order("TTS", due=date(2023, 7, 20), set_by=DueSetBy.OFFICE)
    soon = office.order("QLVH", due=date(2023, 7, 28))
    there = office.order("BT", due=date(2023, 7, 28), set_by=DueSetBy.AUTHORITY)
    with office.database.write() as session:
        mine = update(Task).where(col(Task.number) == int(there[2:]))
        session.execute(mine.values(state=State.COMPLETED, completed_at=clock.now(), authority_code="UB-77"))
    program = Program(office)
    assert codes(program.get("/tasks", overdue=True)) == codes(program.get("/tasks", category="qua_han")) == [late]
    assert codes(program.get("/tasks", unit="TTS", **{"class": "dated"})) == [late]
    assert codes(program.get("/tasks", due_from="2023-07-25", due_to="2023-07-28")) == [soon, there]
    assert codes(program.get("/tasks", authority_open=True)) == [there]
    assert codes(program.get("/tasks", state="completed")) == [there]
    assert codes(program.get("/tasks", category=["qua_han", "dung_han_xong"])) == [late, there]
    assert len(codes(program.get("/tasks", directive=1))) == 15
    assert codes(program.get("/tasks", unit="ABC")) == []


def test_a_task_brings_its_text_and_its_result(office: Stage) -> None:
    code = office.order("TTS")
    task, head = office.task(code).id or 0, Actor(office.person("tts.truong"), "test")
    with office.database.write() as session:
        handling.report(session, task, head, product_number="12/KH-TTr", product_date=date(2023, 7, 24))
    row = Program(office).get(f"/tasks/{code}").json()
    assert row["state"] == "reported" and row["text"] and row["address"].endswith(f"/tasks/{code}")
    assert row["result"]["product_number"] == "12/KH-TTr" and row["result"]["product_date"] == "2023-07-24"


def test_a_units_key_sees_the_units_own_alone(office: Stage) -> None:
    office.assign_seed()
    own, co, other = office.order("TTS"), office.order("QLVH", co=("TTS",)), office.order("BT")
    program = Program(office, TokenRole.UNIT, "TTS")
    seen = codes(program.get("/tasks"))
    assert own in seen and co in seen and other not in seen
    assert "không xem được" in problem(program.get(f"/tasks/{other}"), 404)
    assert [one["unit"] for one in program.get("/figures").json()["units"]] == ["TTS"]
    assert "của một đơn vị" in problem(program.get("/reports/2023-07-24"), 403)
    assert program.get("/directives/1").json()["tasks"] == [code for code in seen if code not in (own, co)]
    told = program.get("/events", after=0, limit=200).json()["events"]
    assert told and {one["task"]["code"] for one in told} <= set(seen)


def test_without_a_good_key_nothing_is_said(office: Stage) -> None:
    office.order("TTS")
    paths = ("/tasks", "/tasks/NV1", "/directives", "/units", "/figures", "/indicators", "/events",
             "/reports/2023-07-24")  # fmt: skip
    for headers in ({}, {"authorization": "Bearer dd_x"}, {"authorization": "Basic eDp4"}, {"authorization": "Bearer"}):
        for path in paths:
            answer = Program(office, None, headers=headers).get(path)
            assert "không kèm khóa" in problem(answer, 401) and answer.headers["www-authenticate"] == "Bearer"
    assert "không kèm khóa" in problem(Program(office, None).post("/tasks/NV1/progress"), 401)


def test_a_revoked_key_is_over_at_once_and_its_use_is_noted(office: Stage) -> None:
    program = Program(office)
    assert program.get("/units").status_code == 200
    with office.database.write() as session:
        row = session.exec(select(ApiToken)).one()
        assert row.used_at == clock.now() and program.key not in str(row)
        assert joining.revoke(session, row.id or 0) and not joining.revoke(session, row.id or 0)
    problem(program.get("/units"), 401)


def test_directives_are_shown_once_they_are_assigned(office: Stage) -> None:
    office.import_seed()
    program = Program(office)
    assert program.get("/directives").json() == {"directives": [], "next": None}
    assert "Không có văn bản" in problem(program.get("/directives/1"), 404)


def test_a_directive_tells_how_much_of_it_is_done(office: Stage) -> None:
    office.assign_seed()
    program = Program(office)
    row = program.get("/directives").json()["directives"][0]
    assert (row["number"], row["duties"], row["done"]) == ("788/SVHTTDL-VP", 13, 0)
    assert len(program.get("/directives/1").json()["tasks"]) == 15
    with office.database.read() as session:
        text = session.exec(select(Directive.text)).one()
    assert text[:200] not in program.get("/directives/1").text


def test_figures_add_up(office: Stage) -> None:
    office.assign_seed()
    made = Program(office).get("/figures").json()
    assert made["total"]["duties"] == sum(one["figures"]["duties"] for one in made["units"]) == 13


def test_the_weekly_report_is_the_frozen_one(office: Stage) -> None:
    program = Program(office)
    with office.database.write() as session:
        session.add(WeeklyReport(week=date(2023, 7, 24), note="Đề nghị lưu ý"))
        session.add(WeeklyReport(week=date(2023, 7, 17), frozen_at=clock.now(), snapshot={"total": {"overdue": 2}}))
    assert program.get("/reports/2023-07-17").json()["report"] == {"total": {"overdue": 2}}
    assert "chưa có báo cáo" in problem(program.get("/reports/2023-07-24"), 404)


def test_refusals_are_one_sentence_in_the_language_asked_for(office: Stage) -> None:
    english = Program(office, headers={"accept-language": "en-GB,en;q=0.9"})
    unknown = "There is no task NV99, or this key may not see it; please check the code."
    assert problem(english.get("/tasks/NV99"), 404) == unknown
    assert problem(english.get("/nothing"), 404).startswith("There is no such address")
    assert problem(english.get("/tasks", overdu=True), 422) == "There is no parameter overdu; please see /api/docs."
    wrong = english.get("/tasks", limit=0)
    assert problem(wrong, 422) and wrong.json()["errors"][0].startswith("query.limit: ")
    assert problem(Program(office).get("/tasks/NV99"), 404).startswith("Không có nhiệm vụ NV99")
    assert problem(english.client.put("/api/tasks", headers=english.headers), 405)


def test_a_key_that_asks_too_often_waits(office: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "A_MINUTE", 3)
    program = Program(office)
    for _ in range(3):
        last = program.get("/units")
    assert last.status_code == 200
    answer = program.get("/units")
    assert "quá nhiều lần" in problem(answer, 429) and 0 < int(answer.headers["retry-after"]) <= 60
    assert Program(office).get("/units").status_code == 200


def test_a_minute_later_it_may_ask_again() -> None:
    now = 0.0
    pace = keys.Pace(lambda: now)
    assert [pace.take(1) for _ in range(A_MINUTE)] == [0.0] * A_MINUTE
    now = 59.0
    assert pace.take(1) == 1.0 and pace.take(2) == 0.0
    now = 60.0
    assert pace.take(1) == 0.0


def test_its_page_tells_every_operation_without_anybody_elses_script(office: Stage) -> None:
    program = Program(office)
    document = program.client.get("/api/openapi.json").json()
    page = program.client.get("/api/docs")
    assert document["openapi"].startswith("3.1") and document["servers"] == [{"url": "/api"}]
    assert page.status_code == 200 and "default-src 'self'" in page.headers["content-security-policy"]
    for path, methods in document["paths"].items():
        assert f"/api{path}" in page.text.replace("&#34;", '"')
        for method in methods.values():
            assert method["security"] == [{"HTTPBearer": []}]
    assert 'src="http' not in page.text and 'style="' not in page.text
