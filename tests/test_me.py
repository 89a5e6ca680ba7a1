"""One's own page: the language, chats, the calendar's address, signing out everywhere; and keys of programs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import clock, pairing
from models.event import Event
from models.joining import ApiToken
from models.linking import CHAT, digest
from models.organisation import Contact, ContactState, LinkCode
from models.pairing import Chat
from tests.web_stage import SECRET, Stage, said, stage
from web.site import make_site

TUAN = "tts.truong"


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def verbs(office: Stage, who: str) -> list[str]:
    subject = f"person:{office.person(who)}"
    with office.database.read() as session:
        return list(session.exec(select(Event.verb).where(Event.subject == subject).order_by(col(Event.seq))))


def test_everyone_sees_who_they_are_here(office: Stage) -> None:
    page = office.browser(TUAN).get("/me")
    assert page.status_code == 200
    for words in ("Hoàng Minh Tuấn", "Chánh Thanh tra, Thanh tra Sở", "trưởng đơn vị", "91/2025/QH15"):
        assert words in page.text
    assert office.browser().get("/me").status_code == 401


def test_the_language_is_ones_own_and_one_stays_where_one_was(office: Stage) -> None:
    browser, other = office.browser(TUAN), office.browser("tts.pho")
    answer = browser.post("/me/language", {"language": "en", "back": "/tasks?unit=TTS"}, follow=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/tasks?unit=TTS")
    assert '<html lang="en">' in browser.get("/me").text and '<html lang="vi">' in other.get("/me").text
    browser.post("/me/language", {"language": "vi"})
    assert '<html lang="vi">' in browser.get("/me").text
    assert said(browser.post("/me/language", {"language": "fr"})).startswith("Chỉ có tiếng Việt")


@pytest.mark.parametrize(("form", "page"), [("/me/feed", "/me"), ("/office/programs/keys", "/office/programs"),
                                            ("/tasks/NV2/accept", "/tasks/NV2"), ("/nothing/at/all?x=1", "/"),
                                            ("/api/docs", "/api/docs"), ("/", "/")])  # fmt: skip
def test_from_the_answer_to_a_form_one_goes_to_its_page(office: Stage, form: str, page: str) -> None:
    answer = office.browser(TUAN).post("/me/language", {"language": "en", "back": form}, follow=False)
    assert answer.headers["location"] == page


@pytest.mark.parametrize("elsewhere", ["https://x.example/", "//x.example", "/\\x.example", "\\\\x.example", "x", "",
                                       "javascript:alert(1)", "/a\r\nset-cookie: b=c"])  # fmt: skip
def test_the_way_back_leads_nowhere_else(office: Stage, elsewhere: str) -> None:
    answer = office.browser(TUAN).post("/me/language", {"language": "en", "back": elsewhere}, follow=False)
    assert answer.headers["location"] == "/me" and "set-cookie" not in answer.headers


def test_a_form_of_another_visit_changes_nothing(office: Stage) -> None:
    for path in ("language", "code", "unlink", "feed", "feed/end", "sign-out"):
        assert office.browser(TUAN).post(f"/me/{path}", {"language": "en"}, token="x").status_code == 403


def test_a_code_of_ones_own_comes_with_the_way_in_and_its_picture(office: Stage) -> None:
    office.site = make_site(replace(office.context, ways_in=lambda code: {"telegram": f"https://t.me/bot?start={code}"}))
    page = office.browser(TUAN).post("/me/code")
    code = re.search(r'class="code-big">(\w+)<', page.text)
    assert code and f"https://t.me/bot?start={code[1]}" in page.text
    assert 'role="img" aria-label="Mã QR mở Telegram để liên kết"' in page.text and "<svg" in page.text
    assert 'style="' not in page.text
    with office.database.read() as session:
        assert session.get(LinkCode, digest(SECRET, code[1], CHAT)) is not None
    assert verbs(office, TUAN)[-1] == "link_code"


def test_ones_own_chat_is_unlinked_and_one_is_signed_out(office: Stage) -> None:
    tuan = office.person(TUAN)
    with office.database.write() as session:
        pairing.link(session, Chat("telegram", "b", "77"), tuan, 1, clock.now())
        chat = session.exec(select(Contact.id).where(Contact.channel == "telegram")).one()
    browser = office.browser(TUAN)
    clock.stand_at(clock.now() + timedelta(seconds=1))
    answer = browser.post("/me/unlink", {"chat": str(chat)}, follow=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert browser.get("/me").status_code == 401
    with office.database.read() as session:
        assert session.get_one(Contact, chat).state is ContactState.UNLINKED
    assert verbs(office, TUAN)[-1] == "unlinked"


def test_nobody_unlinks_another(office: Stage) -> None:
    hung = office.person("qlvh.truong")
    with office.database.read() as session:
        chat = session.exec(select(Contact.id).where(Contact.person_id == hung)).one()
    for given in (str(chat), "999", "x", ""):
        assert office.browser(TUAN).post("/me/unlink", {"chat": given}).status_code == 404
    assert office.browser("qlvh.truong").get("/me").status_code == 200


def test_signing_out_everywhere_ends_every_browser_but_not_the_chats(office: Stage) -> None:
    here, there, another = office.browser(TUAN), office.browser(TUAN), office.browser("tts.pho")
    clock.stand_at(clock.now() + timedelta(seconds=1))
    here.post("/me/sign-out")
    assert here.get("/me").status_code == there.get("/me").status_code == 401
    assert another.get("/me").status_code == 200 and office.browser(TUAN).get("/me").status_code == 200
    assert verbs(office, TUAN)[-1] == "signed_out"
    tuan = office.person(TUAN)
    with office.database.read() as session:
        mine = select(Contact).where(Contact.person_id == tuan)
        assert session.exec(mine).one().state is ContactState.ACTIVE


def test_the_calendars_address_is_shown_once_and_can_be_ended(office: Stage) -> None:
    browser = office.browser(TUAN)
    page = browser.post("/me/feed")
    path = re.search(r"/ics/[\w-]+\.ics", page.text)
    assert path and "Mã QR của địa chỉ lịch" in page.text and "style=" not in page.text
    later = browser.get("/me").text
    assert path[0] not in later and "Địa chỉ đang dùng được tạo lúc" in later
    assert said(browser.post("/me/feed/end")) == "Địa chỉ lịch đã hết hiệu lực."
    assert office.browser().get(path[0]).status_code == 404
    assert verbs(office, TUAN)[-2:] == ["feed_made", "feed_ended"]


def test_what_is_kept_is_counted(office: Stage) -> None:
    browser = office.browser(TUAN)
    browser.post("/me/feed")
    page = html.unescape(browser.get("/me").text)
    assert "1 kênh đã liên kết" in page and "0 tin đã gửi" in page
    assert re.search(r"[12] việc đã làm trên hệ thống", page)


def test_a_programs_key_is_shown_once_works_and_is_revoked(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    page = clerk.post("/office/programs/keys", {"name": "CSDL  tỉnh", "role": "unit", "unit": "TTS"})
    key = re.search(r"dd_[\w-]+", page.text)
    assert page.status_code == 200 and key and "Khóa của CSDL tỉnh" in page.text
    listed = clerk.get("/office/programs").text
    assert key[0] not in listed and "Đọc của một đơn vị: Thanh tra Sở" in listed and "chưa dùng" in listed
    program = office.browser().client
    asked = {"authorization": f"Bearer {key[0]}"}
    assert program.get("/api/tasks", headers=asked).status_code == 200
    assert said(clerk.post("/office/programs/keys/1/revoke")) == "Khóa đã được thu hồi."
    assert program.get("/api/tasks", headers=asked).status_code == 401
    with office.database.read() as session:
        told = session.exec(select(Event).where(Event.subject == "office").order_by(col(Event.seq).desc())).all()
        row = session.exec(select(ApiToken)).one()
    assert [one.verb for one in told[:2]] == ["api_key_revoked", "api_key_made"]
    assert key[0] not in str(told) and key[0] not in str(row)


@pytest.mark.parametrize(("form", "words"), [
    ({"name": "", "role": "read"}, "Tên phần mềm"), ({"name": "x" * 81, "role": "read"}, "Tên phần mềm"),
    ({"name": "x", "role": "all"}, "quyền của khóa"), ({"name": "x", "role": "unit"}, "đề nghị chọn đơn vị"),
    ({"name": "x", "role": "unit", "unit": "ABC"}, "đề nghị chọn đơn vị"),
])  # fmt: skip
def test_a_key_that_cannot_be_is_refused_with_what_was_typed(office: Stage, form: dict[str, str], words: str) -> None:
    answer = office.browser("vp.vanthu").post("/office/programs/keys", form)
    assert answer.status_code == 400 and words in said(answer)
    assert f'value="{form["name"]}"' in answer.text and office.rows(ApiToken) == 0
