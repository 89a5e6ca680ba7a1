"""Every command: what it prints, in exactly which shape, and with which exit status."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

import config
from models import clock
from models.event import Event
from models.linking import CHAT, WEB, consume
from models.organisation import Contact, Person
from tests.cli import Cli
from tests.letters import SEED, letter

READ_KEYS = ["source", "kind", "number", "issued_on", "issuer", "signer", "subject", "urgency", "items", "indicators",
             "questions", "warnings"]  # fmt: skip
ITEM_KEYS = ["label", "text", "span", "file", "ours", "lead_units", "lead_codes", "co_units", "co_codes", "class",
             "deliverables", "due"]  # fmt: skip
DUE_KEYS = ["text", "kind", "date", "time", "recurrence", "day", "months", "amount", "unit", "from", "question"]
TASK_KEYS = ["code", "title", "unit", "co_units", "state", "class", "category", "due", "due_time", "internal_due",
             "due_set_by", "original_due", "review_on", "late_events", "returns", "extensions", "directive", "item",
             "parent", "children"]  # fmt: skip
ALL_CODES = [f"NV{number}" for number in range(1, 16)]


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Cli]:
    """A new folder; office time is Monday 24 July 2023, 07:10."""
    yield Cli(tmp_path)
    clock.run_free()


@pytest.fixture
def cli(tmp_path: Path) -> Iterator[Cli]:
    """A department without a task, at that time."""
    yield Cli.founded(tmp_path)
    clock.run_free()


@pytest.fixture
def assigned(tmp_path: Path) -> Iterator[Cli]:
    """The seed, imported and assigned."""
    yield Cli.with_seed(tmp_path)
    clock.run_free()


# read


def test_read_prints_exactly_the_agreed_keys_and_stores_nothing(new: Cli) -> None:
    said = new.json("read", SEED)
    assert list(said) == READ_KEYS
    assert [list(item) for item in said["items"]] == [ITEM_KEYS] * 6
    assert {tuple(due) for item in said["items"] for due in item["due"]} == {tuple(DUE_KEYS)}
    assert [list(one) for one in said["indicators"]] == [["name", "value", "target", "unit"]] * 2
    assert not (new.folder / "var").exists()


def test_read_is_the_same_with_a_database(new: Cli) -> None:
    before = new.json("read", SEED)
    assert new.run("migrate").exit_code == 0
    assert new.json("read", SEED) == before


def test_read_goes_by_the_units_of_the_database(cli: Cli) -> None:
    database = cli.database()
    with database.write() as session:
        from models.organisation import Unit

        unit = session.exec(select(Unit).where(Unit.code == "TTS")).one()
        unit.code = "TTX"
        session.add(unit)
    database.close()
    assert cli.json("read", SEED)["items"][1]["lead_codes"] == ["TTX"]


def test_spans_count_in_what_text_prints(new: Cli) -> None:
    text = new.run("read", SEED, "--text").stdout
    for item in new.json("read", SEED)["items"]:
        begin, end = item["span"]
        assert text[begin:end] == item["text"]


def test_read_for_people_names_owners_dates_and_questions(new: Cli) -> None:
    shown = new.run("read", SEED)
    assert shown.exit_code == 0
    assert "2. Thanh tra Sở (TTS) · thường xuyên" in shown.stdout
    assert "- Mục 2: “hàng năm” – Có phải hạn báo cáo không?" in shown.stdout


def test_a_text_without_items_is_read_with_a_warning(new: Cli) -> None:
    said = new.json("read", new.file("thanks.txt", "Trân trọng cảm ơn."))
    assert (said["items"], said["warnings"]) == ([], ["Không tìm thấy nội dung giao nhiệm vụ"])


def test_several_files_are_one_dispatch(new: Cli) -> None:
    annex = new.file("pl.txt", "PHỤ LỤC\n1. Thanh tra Sở báo cáo trước ngày 20/8/2023.\n")
    said = new.json("read", SEED, annex)
    assert {item["file"] for item in said["items"]} == {0, 1}


# import and assign


def test_import_gives_a_draft_with_its_questions(new: Cli) -> None:
    said = new.json("import", SEED, "--received", "2023-07-24")
    assert list(said) == ["draft", "items", "questions", "duplicate_of"]
    assert (said["draft"], said["items"], said["duplicate_of"], len(said["questions"])) == (1, 6, None, 6)


def test_the_same_directive_again_is_refused_by_name(cli: Cli) -> None:
    cli.json("import", SEED)
    assert "788/SVHTTDL-VP ngày 23/07/2023 (dự thảo số 1)" in cli.refused(1, "import", SEED)
    again = cli.run("import", SEED, "--json")
    assert (again.exit_code, json.loads(again.stdout)["duplicate_of"]) == (1, 1)


def test_assign_refuses_open_questions_and_names_them(cli: Cli) -> None:
    cli.json("import", SEED)
    told = cli.refused(1, "assign", "1")
    assert "còn 6 câu hỏi" in told and "Mục 2: “hàng năm” – Có phải hạn báo cáo không?" in told
    assert cli.json("tasks") == []


def test_assign_with_waive_makes_every_code(cli: Cli) -> None:
    cli.json("import", SEED)
    assert cli.json("assign", "1", "--waive") == {"tasks": ALL_CODES}
    assert "đã giao rồi" in cli.refused(1, "assign", "1", "--waive")


def test_a_draft_without_an_owner_makes_nothing(cli: Cli) -> None:
    cli.json("import", cli.file("thanks.txt", "Trân trọng cảm ơn."))
    assert "không có nội dung nào giao được" in cli.refused(1, "assign", "1", "--waive")


# tasks


def test_tasks_prints_exactly_the_agreed_keys(assigned: Cli) -> None:
    found = assigned.json("tasks")
    assert [list(one) for one in found] == [TASK_KEYS] * 15
    by_code = {one["code"]: one for one in found}
    title = "Triển khai kế hoạch cụ thể kiểm tra cải cách hành chính tại các đơn vị thuộc Sở"
    assert by_code["NV2"] == {
        "code": "NV2", "title": title, "unit": "TTS", "co_units": [], "state": "assigned", "class": "standing",
        "category": "khong_han", "due": None, "due_time": None, "internal_due": None, "due_set_by": "leader",
        "original_due": None, "review_on": "2023-08-31", "late_events": 0, "returns": 0, "extensions": 0,
        "directive": "788/SVHTTDL-VP", "item": "2", "parent": None, "children": [],
    }  # fmt: skip
    parent = by_code["NV3"]
    assert (parent["unit"], parent["category"], parent["children"]) == (None, None, ["NV4", "NV5", "NV6", "NV7", "NV8"])
    assert by_code["NV4"]["parent"] == "NV3"


def test_tasks_of_one_unit_and_overdue_ones(assigned: Cli) -> None:
    assigned.json("import", assigned.file("cv.txt", letter("Thanh tra Sở báo cáo trước ngày 26/7/2023.")))
    assigned.json("assign", "2", "--waive")
    assert [one["code"] for one in assigned.json("tasks", "--unit", "tts")] == ["NV2", "NV16"]
    assert assigned.json("tasks", "--overdue") == []
    assigned.env["DONDOC_NOW"] = "2023-07-28T09:00:00+07:00"
    (late,) = assigned.json("tasks", "--overdue")
    assert (late["code"], late["category"], late["due"], late["late_events"]) == ("NV16", "qua_han", "2023-07-26", 1)
    assert "NV16    TTS     Đang thực hiện quá hạn  hạn 26/07/2023" in assigned.run("tasks", "--overdue").stdout


# digest


def test_digest_writes_its_files_into_a_folder(assigned: Cli) -> None:
    shown = assigned.run("digest", "--out", assigned.folder / "report")
    files = [Path(line).name for line in shown.stdout.splitlines()]
    assert shown.exit_code == 0 and {"digest.json", "digest.txt"} < set(files)
    said = json.loads((assigned.folder / "report" / "digest.json").read_text(encoding="utf-8"))
    assert said["rates"]["done"] == {"of": 13, "count": 0, "rate": 0}
    words = (assigned.folder / "report" / "digest.txt").read_text(encoding="utf-8")
    assert "trên 13 tổng số" in words and "Thanh tra Sở" in words


def test_digest_without_a_folder_prints_its_words_and_writes_nothing(assigned: Cli) -> None:
    shown = assigned.run("digest")
    assert shown.exit_code == 0 and "trên 13 tổng số" in shown.stdout
    assert [one.name for one in assigned.folder.iterdir()] == ["var"]


# People


def test_say_prints_the_replies_and_the_event_says_where_it_came_from(assigned: Cli) -> None:
    said = assigned.json("say", "tts.truong", "nhận NV2")
    assert list(said) == ["replies"] and "NV2" in said["replies"][0]["text"]
    assert assigned.json("tasks", "--unit", "TTS")[0]["state"] == "acknowledged"
    database = assigned.database()
    with database.read() as session:
        told = session.exec(select(Event).where(Event.verb == "acknowledge")).one()
        linked = session.exec(select(Contact)).all()
        assert (told.channel, len(linked)) == ("cli", len(session.exec(select(Person)).all()))
    database.close()


def test_say_takes_a_file_and_refuses_one_with_a_secrecy_mark(assigned: Cli) -> None:
    picture = assigned.file("a.png", b"\x89PNG\r\n\x1a\n")
    assert assigned.run("say", "tts.truong", "NV2 xong", "--file", picture).exit_code == 0
    secret = assigned.file("thầm kín.txt", "MẬT\nNội dung thầm kín.")
    told = assigned.refused(1, "say", "tts.truong", "NV2 xong", "--file", secret)
    assert "độ mật" in told and "thầm" not in told


def test_link_prints_only_a_code_that_works_once(cli: Cli) -> None:
    code = cli.run("link", "tts.truong").stdout
    database = cli.database()
    with database.write() as session:
        person = consume(session, cli.settings().secret(), code.strip(), CHAT)
        assert session.get_one(Person, person).short_id == "tts.truong"
        assert consume(session, cli.settings().secret(), code.strip(), CHAT) is None
    database.close()
    assert len(code.splitlines()) == 1


def test_login_prints_only_a_link_that_works_once(cli: Cli) -> None:
    shown = cli.run("login", "gd", DONDOC_PORT="8020").stdout
    start = "http://127.0.0.1:8020/login/"
    assert shown.startswith(start) and len(shown.splitlines()) == 1
    database = cli.database()
    with database.write() as session:
        assert consume(session, cli.settings().secret(), shown.strip().removeprefix(start), WEB) is not None
    database.close()


def test_department_writes_what_config_toml_can_read_again(cli: Cli) -> None:
    shown = cli.run("department", "--export").stdout
    file = cli.file("again.toml", shown)
    again, first = config.load(file, {}), cli.settings()
    assert (again.department, again.days_off, again.workdays) == (first.department, first.days_off, first.workdays)
    assert "calendar" not in tomllib.loads(cli.run("department").stdout)


# rehearse


def test_rehearse_prints_exactly_the_agreed_keys_and_stores_nothing(new: Cli) -> None:
    answers = [{"at": "2023-07-25T09:00:00+07:00", "who": "tts.truong", "say": "nhan NV2", "files": []}]
    file = new.file("answers.json", json.dumps(answers))
    said = new.json("rehearse", SEED, "--from", "2023-07-24", "--days", "2", "--answers", file)
    assert (said["directive"], said["from"], said["days"], said["tasks"]) == ("788/SVHTTDL-VP", "2023-07-24", 2, 13)
    keys = ["at", "to_id", "to", "role", "unit", "kind", "kinds", "tasks", "text"]
    assert [list(message) for message in said["messages"]] == [keys] * len(said["messages"])
    first = next(message for message in said["messages"] if message["to_id"] == "tts.truong")
    assert (first["at"], first["role"], first["unit"]) == ("2023-07-24T07:30:00+07:00", "head", "TTS")
    assert (first["kind"], first["tasks"]) == ("assigned", ["NV2"])
    assert not (new.folder / "var").exists()
