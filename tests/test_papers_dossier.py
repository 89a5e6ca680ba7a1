"""A directive's file: its code and retention, and everything said and done, with who acted in what capacity."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from sqlmodel import col, select

from bot.channel import Incoming
from bot.inbox import answer, receive
from bot.webchat import WebChat
from jobs import schedule
from jobs.deliver import deliver
from models import clock, event, filing, instructed
from models.directive import Directive
from models.event import Event
from models.organisation import Absence
from models.report import add_evidence
from models.rules import OFFICE_ZONE
from papers.decree.layout import Table
from tests.paper_files import pdf_pages, word_lines, word_rows
from tests.web_stage import Stage, said, stage

SCAN = b"%PDF-1.4 ke hoach"
WORDS = "Giao Văn phòng đôn đốc,\nbáo cáo tôi trước 31/8."


def at(moment: str) -> None:
    clock.stand_at(datetime.fromisoformat(f"2023-07-{moment}").replace(tzinfo=OFFICE_ZONE))


def says(desk: Stage, who: str, words: str) -> None:
    """In the browser's chat, answered at once."""
    person = desk.person(who)
    with desk.database.write() as session:
        row = receive(session, channel="web", bot="", message_key=f"{who}:{words}", chat_id=who,
                      incoming=Incoming(text=words), person_id=person)  # fmt: skip
    assert row is not None
    answer(desk.database, row)


def slot(desk: Stage, moment: str) -> None:
    at(moment)
    schedule.tick(desk.database)
    asyncio.run(deliver(desk.database, {"web": WebChat()}))


def lived(desk: Stage) -> None:
    """What happened with the seed directive from Monday to Friday."""
    desk.assign_seed()
    gd, clerk, tts, away = desk.person("gd"), desk.clerk(), desk.person("tts.truong"), desk.person("tccb.truong")
    with desk.database.write() as session:
        instructed.enter(session, session.get_one(Directive, 1), gd, date(2023, 7, 24), WORDS, clerk)
        session.add(Absence(person_id=away, start=date(2023, 7, 24), end=date(2023, 7, 28)))
    slot(desk, "24T13:30")
    at("24T14:00")
    says(desk, "tts.truong", "Đã nhận ạ")
    says(desk, "tccb.pho", "đã nhận")
    says(desk, "bt.pho", "nhan NV11")
    told = {"behalf": "1", "said_by": "Trưởng phòng", "how": "telephone"}
    desk.browser("vp.vanthu").post("/tasks/NV5/acknowledge", told)
    at("28T09:00")
    says(desk, "tts.truong", "NV2 xong rồi, số 12/KH-TTr ngày 27/7/2023")
    with desk.database.write() as session:
        add_evidence(session, by_id=tts, name="ke hoach.pdf", media_type="application/pdf", data=SCAN, task_id=2)
        event.seal(session)


@pytest.fixture
def desk() -> Iterator[Stage]:
    with stage() as made:
        lived(made)
        yield made


def file(desk: Stage, kind: str, who: str = "vp.vanthu") -> bytes:
    given = desk.browser(who).get(f"/directives/1/file.{kind}")
    assert given.status_code == 200
    found: bytes = given.content
    return found


def test_it_tells_who_acted_in_what_capacity(desk: Stage) -> None:
    acts = word_rows(file(desk, "docx"), 2)
    assert acts[0] == ["Thời điểm", "Người thực hiện", "Tư cách", "Việc", "Nội dung"]
    told = {(row[1], row[3]): row[2] for row in acts if len(row) == 5}
    assert told["Hoàng Minh Tuấn", "Xác nhận nhận việc"] == "Trưởng đơn vị"
    assert told["Bùi Văn Tâm", "Xác nhận nhận việc"] == "Phó đơn vị, thay Trưởng đơn vị"
    assert told["Trương Thị Hạnh", "Xác nhận nhận việc"] == "Phó đơn vị"
    assert told["Bùi Thị Ngọc", "Xác nhận nhận việc"] == "Văn phòng ghi thay đơn vị"
    assert told["Bùi Thị Ngọc", "Đăng ký văn bản"] == "Văn phòng"


def test_it_has_every_message_and_answer_word_for_word(desk: Stage) -> None:
    rows = word_rows(file(desk, "docx"), 3)
    assert rows[0] == ["Thời điểm", "Gửi, nhận", "Người gửi, người nhận", "Nhiệm vụ", "Nội dung tin"]
    mine = [(row[0], row[1], row[3], row[4]) for row in rows if row[2].startswith("Hoàng Minh Tuấn")]
    assert mine[0][:3] == ("13:30 24/07/2023", "Gửi", "NV2") and "Kính gửi: đồng chí Hoàng Minh Tuấn" in mine[0][3]
    assert mine[1] == ("14:00 24/07/2023", "Nhận", "NV2", "Đã nhận ạ")
    assert mine[2][1:3] == ("Gửi", "NV2")
    assert ("09:00 28/07/2023", "Nhận", "NV2", "NV2 xong rồi, số 12/KH-TTr ngày 27/7/2023") in mine
    assert len([row for row in rows if row[1] == "Gửi" and row[0] == "13:30 24/07/2023"]) == 11


def test_it_has_instruction_items_evidence_and_seal(desk: Stage) -> None:
    data = file(desk, "docx")
    lines = word_lines(data)
    assert f"“{WORDS}”" in lines and "Trần Văn Thành, 24/07/2023:" in lines
    duties = {row[1]: row for row in word_rows(data, 1)}
    assert duties["NV2"][0] == "2" and duties["NV2"][3:] == ["Thanh tra Sở", "Không hạn", "Chờ Văn phòng xác nhận"]
    assert duties["NV4"][2] == "Như NV3" and duties["NV3"][5] == "Gồm các nhiệm vụ thành phần"
    proofs = word_rows(data, 4)
    assert proofs[1][0] == "ke hoach.pdf" and proofs[1][3] == hashlib.sha256(SCAN).hexdigest()
    with desk.database.read() as session:
        seal = session.exec(select(event.Seal)).one().hash
        last = session.exec(select(Event).where(Event.subject == "task:2").order_by(col(Event.seq).desc())).first()
    assert any(seal in line for line in lines)
    assert last is not None and f"NV2: {last.seq} sự kiện, mã {last.hash}" in lines


def test_the_pdf_holds_the_same(desk: Stage) -> None:
    text = " ".join(pdf_pages(file(desk, "pdf")))
    for part in ("HỒ SƠ THEO DÕI THỰC HIỆN VĂN BẢN", "hiệu hồ sơ: ……", "788/SVHTTDL-VP", "thay Trưởng", "Như NV3"):
        assert part in text.replace("\n", " ")


def test_excel_has_a_sheet_for_each_kind(desk: Stage) -> None:
    book = openpyxl.load_workbook(BytesIO(file(desk, "xlsx")))
    assert book.sheetnames == ["Văn bản", "Ý kiến chỉ đạo", "Nhiệm vụ", "Diễn biến", "Tin nhắn", "Minh chứng"]
    assert any("Đã nhận ạ" in row for row in book["Tin nhắn"].iter_rows(values_only=True))


def test_the_office_files_it_and_it_is_written_as_an_event(desk: Stage) -> None:
    clerk = desk.browser("vp.vanthu")
    done = clerk.post("/directives/1/file", {"file_code": " 01.VP ", "retention": "10 năm"})
    assert said(done) == "Đã lưu số, ký hiệu và thời hạn bảo quản của hồ sơ."
    assert 'value="01.VP"' in done.text
    lines = word_lines(file(desk, "docx"))
    assert "Số và ký hiệu hồ sơ: 01.VP" in lines and "Thời hạn bảo quản: 10 năm" in lines
    with desk.database.read() as session:
        made = session.exec(select(Event).where(Event.verb == "filed")).one()
        assert made.actor_id == desk.people["vp.vanthu"] and (made.facts or {})["file_code"] == "01.VP"
        assert list(event.broken(session)) == []


def test_what_another_clerk_entered_is_shown_first(desk: Stage) -> None:
    clerk = desk.browser("vp.vanthu")
    clerk.post("/directives/1/file", {"file_code": "01.VP", "retention": "10 năm"})
    second = desk.browser("vp.pho").post("/directives/1/file", {"file_code": "02.VP", "retention": ""})
    assert second.status_code == 409 and "01.VP" in said(second)
    seen = {"seen_code": "01.VP", "seen_retention": "10 năm", "file_code": "", "retention": ""}
    assert desk.browser("vp.pho").post("/directives/1/file", seen).status_code == 200
    with desk.database.read() as session:
        assert session.get_one(Directive, 1).file_code is None


def test_only_the_office_files_and_only_overseers_look(desk: Stage) -> None:
    assert desk.browser("gd").post("/directives/1/file", {"file_code": "1"}).status_code == 403
    assert desk.browser("vp.vanthu").post("/directives/1/file", {"file_code": "x" * 81}).status_code == 400
    head = desk.browser("tts.truong")
    assert [head.get(f"/directives/1/file{end}").status_code for end in ("", ".docx", ".pdf", ".xlsx")] == [403] * 4
    assert desk.browser("gd").get("/directives/77/file.docx").status_code == 404


def test_the_page_says_it_all_in_english_too(desk: Stage) -> None:
    with desk.database.write() as session:
        from models.organisation import Person

        session.get_one(Person, desk.people["vp.vanthu"]).language = "en"
    page = desk.browser("vp.vanthu").get("/directives/1/file").text
    assert "Instructions of leaders (verbatim)" in page and "Đã nhận ạ" in page
    assert "Số và ký hiệu hồ sơ: ……" in word_lines(file(desk, "docx"))


def test_a_draft_without_tasks_has_a_file_too() -> None:
    with stage() as made:
        made.import_seed()
        lines = word_lines(made.browser("gd").get("/directives/1/file.docx").content)
        assert "I. VĂN BẢN" in lines and "VII. NIÊM PHONG LỊCH SỬ" in lines and "Chưa có niêm phong." in lines


def test_words_that_mean_harm_are_only_words(desk: Stage) -> None:
    says(desk, "tts.truong", "NV2 đang triển khai <script>x</script> \x07\u202eabc " + "y" * 3000)
    page = desk.browser("gd").get("/directives/1/file").text
    assert "<script>x" not in page
    assert any("<script>x</script>" in line for line in word_lines(file(desk, "docx")))
    assert len(pdf_pages(file(desk, "pdf"))) > 5


def test_letters_are_of_these_tasks_only(desk: Stage) -> None:
    people = {desk.person("tts.truong"), desk.person("bt.pho")}
    with desk.database.read() as session:
        found = filing.letters(session, {2: 2}, people, datetime.fromisoformat("2023-07-01T00:00:00+00:00"))
        assert {one.tasks for one in found} == {(2,)}
        assert filing.letters(session, {}, set(), clock.now()) == []


def test_no_table_is_wider_than_its_page() -> None:
    from papers import dossier

    for columns in (dossier.FACTS, dossier.DUTIES, dossier.ACTS, dossier.LETTERS, dossier.PROOFS):
        assert sum(column.width for column in columns) == 165
    assert Table(dossier.FACTS, []).columns
