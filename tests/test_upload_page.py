"""The one-time upload page: a document goes the way of its person's chat, once, without signing in and without a look
by whoever only fetches the link."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from models import clock, linking
from models.message import Inbox, InboxState, Message
from models.organisation import Contact, ContactState, LinkCode
from models.report import Evidence, blob_chunks
from tests.hostile_files import docx
from tests.web_stage import SECRET, Browser, Stage, said, stage

HEAD, CHAT = "qlvh.truong", {"channel": "zalo", "bot": "7", "chat_id": "z-1"}
PLAN = ("Kế hoạch.txt", "Kế hoạch số 12/KH-SVHTTDL".encode())
OVER = "Liên kết gửi tệp đã được dùng, đã hết 30 phút hoặc không đúng"


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        link_zalo(made, HEAD)
        yield made


def link_zalo(office: Stage, who: str) -> None:
    person_id = office.person(who)
    with office.database.write() as session:
        session.add(Contact(person_id=person_id, linked_at=clock.now(), channel="zalo", bot="7", chat_id="z-1"))


def link(office: Stage, task: str | None = None, who: str = HEAD) -> str:
    """The address that the chat was given."""
    about = {"task": int(task.removeprefix("NV")) if task else None} | CHAT
    person_id = office.person(who)
    with office.database.write() as session:
        return f"/t/{linking.new_code(session, SECRET, person_id, linking.UPLOAD, about)}"


def leave(visitor: Browser, path: str, *files: tuple[str, bytes]) -> Any:
    """Open the page and send its form."""
    found = re.search(r'name="form_token" value="(\w+)"', visitor.get(path).text)
    return visitor.post(path, None, [("files", one) for one in files], token=found.group(1) if found else "")


def rows(office: Stage, table: type[Any]) -> list[Any]:
    with office.database.read() as session:
        return list(session.exec(select(table)).all())


def used(office: Stage) -> bool:
    return rows(office, LinkCode)[0].used_at is not None


def test_the_page_tells_whose_message_it_is_about_which_task_and_what_is_taken(office: Stage) -> None:
    code = office.order("QLVH", "Báo cáo <kết quả> rà soát")
    page = office.browser().get(link(office, code))
    words = html.unescape(page.text)
    assert page.status_code == 200 and "Người gửi: đồng chí Nguyễn Văn Hùng, Trưởng phòng Quản lý Văn hóa" in words
    assert f"Nhiệm vụ {code}: Báo cáo <kết quả> rà soát" in words and "<kết quả>" not in page.text
    assert "20 MB" in words and "dấu mật" in words and "trong 30 phút" in words


def test_a_link_for_no_task_names_none(office: Stage) -> None:
    assert "Nhiệm vụ NV" not in office.browser().get(link(office)).text


def test_looking_uses_nothing_up_and_nothing_is_kept_by_a_cache_or_told_to_other_sites(office: Stage) -> None:
    path = link(office)
    for _ in range(3):
        page = office.browser().get(path)
        assert page.status_code == 200
        assert page.headers["cache-control"] == "no-store" and page.headers["referrer-policy"] == "no-referrer"
    assert not used(office) and rows(office, Inbox) == []


def test_the_page_is_a_plain_form(office: Stage) -> None:
    page = office.browser().get(link(office)).text
    assert page.count("<script") == 1 and 'src="/static/site.js" defer' in page and "accept=" not in page
    assert re.search(r'<form method="post" action="/t/[\w-]+" enctype="multipart/form-data">', page)


def test_a_file_is_the_persons_message_of_that_chat_and_is_answered_there(office: Stage) -> None:
    code = office.order("QLVH")
    answer = leave(office.browser(), link(office, code), PLAN)
    assert answer.status_code == 200 and said(answer) == "Đã nhận 01 tệp." and "<form" not in answer.text
    inbox, evidence = rows(office, Inbox)[0], rows(office, Evidence)[0]
    assert (inbox.channel, inbox.bot, inbox.chat_id) == ("zalo", "7", "z-1")
    assert inbox.person_id == evidence.by_id == office.person(HEAD) and inbox.state is InboxState.DONE
    assert inbox.payload["text"] == code and inbox.payload["attachments"] == ["file"]
    assert inbox.message_key == f"upload:{rows(office, LinkCode)[0].digest}"
    assert (evidence.name, evidence.media_type, evidence.inbox_id) == ("Kế hoạch.txt", "text/plain", inbox.id)
    with office.database.read() as session:
        assert b"".join(blob_chunks(session, evidence.sha256)) == PLAN[1]
    reply = rows(office, Message)[0]
    assert (reply.channel, reply.chat_id, reply.inbox_id) == ("zalo", "z-1", inbox.id) and code in reply.text


def test_several_files_are_one_message(office: Stage) -> None:
    files = (PLAN, ("phu luc.docx", docx("Phụ lục")), ("anh.gif", b"GIF89a" + b"0" * 40))
    assert said(leave(office.browser(), link(office), *files)) == "Đã nhận 03 tệp."
    assert rows(office, Inbox)[0].payload["attachments"] == ["file", "file", "photo"]
    assert rows(office, Inbox)[0].payload["text"] == "" and len(rows(office, Evidence)) == 3


def test_a_link_works_once_and_then_says_where_to_ask(office: Stage) -> None:
    path = link(office)
    visitor = office.browser()
    found = re.search(r'name="form_token" value="(\w+)"', visitor.get(path).text)
    assert found is not None
    answers = [visitor.post(path, None, {"files": PLAN}, token=found.group(1)) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 410] and said(answers[1]).startswith(OVER)
    again = office.browser().get(path)
    assert again.status_code == 410 and said(again).startswith(OVER) and "nhắn lại ở đó" in said(again)
    assert len(rows(office, Inbox)) == len(rows(office, Evidence)) == 1


def test_a_link_is_over_after_30_minutes_of_the_databases_time(office: Stage) -> None:
    path = link(office)
    with office.database.read() as session:
        left = session.exec(select(LinkCode)).one().expires_at - clock.database_time(session)
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    clock.stand_at(clock.now() + timedelta(days=3))  # the office's clock has no say
    assert office.browser().get(path).status_code == 200
    with office.database.write() as session:
        session.execute(update(LinkCode).values(expires_at=clock.database_time(session) - timedelta(seconds=1)))
    assert office.browser(HEAD).post(path, None, {"files": PLAN}).status_code == 410 and rows(office, Inbox) == []
    assert said(office.browser().get(path)).startswith(OVER)


@pytest.mark.parametrize("token", ["x", "A" * 32, "%00", "đ", "a" * 3000])
def test_a_token_that_nobody_was_given_opens_nothing(office: Stage, token: str) -> None:
    page = office.browser().get(f"/t/{token}")
    assert page.status_code == 410 and said(page).startswith(OVER)


def test_a_code_for_something_else_is_no_upload_and_an_upload_signs_nobody_in(office: Stage) -> None:
    person_id = office.person(HEAD)
    with office.database.write() as session:
        for purpose in (linking.WEB, linking.CHAT):
            code = linking.new_code(session, SECRET, person_id, purpose)
            assert linking.looked_at(session, SECRET, code, linking.UPLOAD) is None
    token = link(office).removeprefix("/t/")
    with office.database.write() as session:
        assert linking.consume(session, SECRET, token, linking.WEB) is None
        assert linking.consume(session, SECRET, token.upper(), linking.UPLOAD) is None
        assert token not in session.exec(select(LinkCode.digest)).all()
    visitor = office.browser()
    leave(visitor, f"/t/{token}", PLAN)
    assert visitor.get("/tasks").status_code == 401


@pytest.mark.parametrize(
    ("files", "status", "sentence"),
    [
        ((), 400, "Chưa chọn tệp nào"),
        ((("a.exe", b"MZ\x90"),), 400, "không đúng loại"),
        ((("a.pdf", b"MZ\x90"),), 400, "không khớp với phần đuôi"),
        ((("a.txt", b""),), 400, "không có nội dung"),
        ((("a.txt", "TỐI MẬT\nnội dung kín".encode()),), 400, "dấu mật"),
        ((PLAN, ("a.docx", docx("MẬT", "nội dung kín"))), 400, "dấu mật"),
    ],
)
def test_what_is_not_taken_is_one_sentence_above_the_form_and_the_link_stays_good(
    office: Stage, files: tuple[tuple[str, bytes], ...], status: int, sentence: str
) -> None:
    path = link(office)
    visitor = office.browser()
    refused = leave(visitor, path, *files)
    assert refused.status_code == status and sentence in said(refused) and 'type="file"' in refused.text
    assert rows(office, Inbox) == rows(office, Evidence) == [] and not used(office)
    assert said(leave(visitor, path, PLAN)) == "Đã nhận 01 tệp."


def test_more_than_20_mb_is_refused(office: Stage) -> None:
    answer = leave(office.browser(), link(office), ("a.pdf", b"%PDF-" + b"0" * (23 << 20)))
    assert answer.status_code == 413 and "20 MB" in said(answer) and not used(office)


def test_nothing_is_opened_for_a_link_that_is_over(office: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("web.evidence.refuse_marked", lambda name, data: opened.append(name))
    path = link(office)
    visitor = office.browser()
    leave(visitor, path, PLAN)
    found = re.search(r'name="form_token" value="(\w+)"', visitor.get(link(office)).text)
    assert found is not None and visitor.post(path, None, {"files": PLAN}, token=found.group(1)).status_code == 410
    assert opened == [PLAN[0]]


def test_a_form_of_another_visit_is_refused(office: Stage) -> None:
    path = link(office)
    office.browser().get(path)
    answer = office.browser().post(path, None, {"files": PLAN}, token="0" * 64)
    assert answer.status_code == 403 and rows(office, Inbox) == [] and not used(office)


def test_somebody_else_signed_in_at_the_browser_sends_in_the_name_of_the_link(office: Stage) -> None:
    path = link(office)
    assert said(office.browser("vp.vanthu").post(path, None, {"files": PLAN})) == "Đã nhận 01 tệp."
    assert rows(office, Inbox)[0].person_id == rows(office, Evidence)[0].by_id == office.person(HEAD)


def test_a_chat_that_was_unlinked_meanwhile_takes_no_file(office: Stage) -> None:
    path = link(office)
    with office.database.write() as session:
        session.execute(update(Contact).where(col(Contact.channel) == "zalo").values(state=ContactState.UNLINKED))
    assert office.browser().get(path).status_code == 410
    assert office.browser(HEAD).post(path, None, {"files": PLAN}).status_code == 410
    assert rows(office, Inbox) == [] and not used(office)


def test_a_fault_while_answering_loses_nothing(office: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("bot.inbox.respond", fails)
    assert said(leave(office.browser(), link(office), PLAN)) == "Đã nhận 01 tệp."
    assert rows(office, Inbox)[0].state is InboxState.RECEIVED and len(rows(office, Evidence)) == 1
