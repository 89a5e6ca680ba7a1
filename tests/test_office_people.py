"""The page of one person: posts with dates, details, absences and who acts, signing out everywhere, and forgetting."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

import founding
from config_file import Section
from department import read_department
from models import clock, event
from models.capacity import Who, capacities
from models.event import Event
from models.message import Inbox, Message, MessageState
from models.organisation import Absence, Contact, ContactState, Person, Post, Role, Unit
from models.recipients import Directory
from models.task import Task
from tests.web_stage import Stage, said, stage
from web.site import make_site

HUNG = "qlvh.truong"


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def unit(office: Stage, code: str) -> int:
    """The id of a unit."""
    with office.database.read() as session:
        return session.exec(select(Unit.id).where(Unit.code == code)).one() or 0


def post_of(office: Stage, who: str, role: Role) -> Post:
    """The person's post of this role."""
    person = office.person(who)
    with office.database.read() as session:
        return session.exec(select(Post).where(Post.person_id == person, Post.role == role)).one()


def verbs(office: Stage, who: str) -> list[str]:
    """What was done about a person."""
    person = office.person(who)
    with office.database.read() as session:
        query = select(Event.verb).where(Event.subject == f"person:{person}").order_by(col(Event.seq))
        return list(session.exec(query))


@pytest.mark.parametrize("act", ["", "/posts", "/posts/1/end", "/absences", "/absences/1/end", "/signout", "/forget"])
def test_nobody_but_the_office_and_the_administrator(office: Stage, act: str) -> None:
    hung, before = office.person(HUNG), office.changes()
    for who in (HUNG, "gd", "tts.pho"):
        someone = office.browser(who)
        assert someone.get(f"/people/{hung}").status_code == 403
        form = {"sure": HUNG, "name": "x", "last": "2023-07-24"}
        assert someone.post(f"/people/{hung}{act}", form).status_code == 403
    assert office.browser("quantri").post(f"/people/{hung}{act}", token="x").status_code == 403
    assert office.changes() == before


def test_a_new_head_takes_the_post_when_the_old_one_has_left_it(office: Stage) -> None:
    clerk, qlvh = office.browser("vp.vanthu"), unit(office, "QLVH")
    made = clerk.post("/people", {"name": "Phạm  Thị Mới", "short_id": "Qlvh.Moi", "email": "moi@so.example"})
    assert said(made).startswith("Đã thêm người;") and "Phạm Thị Mới" in made.text
    form = {"unit": qlvh, "role": "head", "title": "Trưởng phòng Quản lý Văn hóa", "start": "2023-08-01"}
    path = f"/people/{office.person('qlvh.moi')}"
    refused = clerk.post(f"{path}/posts", form)
    assert refused.status_code == 409 and "Nguyễn Văn Hùng đang là trưởng đơn vị" in said(refused)
    old = post_of(office, HUNG, Role.HEAD)
    clerk.post(f"/people/{office.person(HUNG)}/posts/{old.id}/end", {"last": "2023-07-31"})
    assert said(clerk.post(f"{path}/posts", form)) == "Đã thêm chức vụ."
    with office.database.read() as session:
        heads = [Directory(session, day).head(qlvh) for day in (date(2023, 7, 31), date(2023, 8, 1))]
    assert heads == [office.person(HUNG), office.person("qlvh.moi")]
    assert verbs(office, "qlvh.moi") == ["person_added", "post_added"] and verbs(office, HUNG) == ["post_ended"]


def test_a_vacant_head_post_says_who_gets_the_messages(office: Stage) -> None:
    clerk, old = office.browser("vp.vanthu"), post_of(office, HUNG, Role.HEAD)
    page = clerk.post(f"/people/{office.person(HUNG)}/posts/{old.id}/end", {"last": "2023-07-23"}).text
    assert "đã kết thúc" in page
    deputy = office.person("qlvh.pho")
    with office.database.read() as session:
        name = session.get_one(Person, deputy).name
    told = clerk.get(f"/office/units/{unit(office, 'QLVH')}").text
    assert "hiện chưa có người đứng đầu" in told and name in told
    assert "hiện chưa có người đứng đầu" in clerk.get(f"/people/{deputy}").text
    listed = clerk.get("/office/units?only=vacant").text
    assert "Phòng Quản lý Văn hóa" in listed and "Thanh tra Sở" not in listed
    assert "<strong>01</strong> đơn vị chưa có người đứng đầu" in clerk.get("/office").text


def test_the_office_is_never_left_empty(office: Stage) -> None:
    admin = office.browser("quantri")
    for who in ("vp.pho", "vp.vanthu"):
        ended = admin.post(f"/people/{office.person(who)}/posts/{post_of(office, who, Role.OFFICE).id}/end",
                           {"last": "2023-08-31"})  # fmt: skip
        assert said(ended) == "Đã kết thúc chức vụ."
    last = post_of(office, "vp.truong", Role.OFFICE)
    path = f"/people/{office.person('vp.truong')}"
    refused = admin.post(f"{path}/posts/{last.id}/end", {"last": "2023-09-30"})
    assert refused.status_code == 409 and "thứ Sáu 01/09/2023" not in said(refused) and "01/10/2023" in said(refused)
    assert post_of(office, "vp.truong", Role.OFFICE).valid_to is None


def test_a_leader_in_charge_of_units_hands_them_over_first(office: Stage) -> None:
    clerk, post = office.browser("vp.vanthu"), post_of(office, "pgd1", Role.LEADER)
    refused = clerk.post(f"/people/{office.person('pgd1')}/posts/{post.id}/end", {"last": "2023-07-31"})
    assert refused.status_code == 409 and "còn phụ trách" in said(refused)


def test_details_are_changed_and_what_they_were_is_kept(office: Stage) -> None:
    clerk, path = office.browser("vp.vanthu"), f"/people/{office.person(HUNG)}"
    form = {"name": "Nguyễn Văn Hưng", "email": "hung@so.example", "address": "anh", "language": "en"}
    assert said(clerk.post(path, form)) == "Đã lưu." and said(clerk.post(path, form)) == "Không có gì thay đổi."
    assert clerk.post(path, form | {"email": "không phải"}).status_code == 409
    assert clerk.post(path, form | {"address": "bạn"}).status_code == 409
    assert clerk.post(path, form | {"name": " "}).status_code == 400
    page = clerk.get(path).text
    assert "Nguyễn Văn Hưng" in page and "Tên trước đó: Nguyễn Văn Hùng" in page
    assert verbs(office, HUNG) == ["person_changed"]


def test_an_absence_warns_at_once_of_dates_inside_and_of_a_deputy_who_is_away(office: Stage) -> None:
    clerk, path = office.browser("vp.vanthu"), f"/people/{office.person(HUNG)}"
    code = office.order("QLVH", due=date(2023, 7, 28))
    away = {"start": "2023-07-26", "end": "2023-07-31"}
    clerk.post(f"/people/{office.person('qlvh.pho')}/absences", away)
    page = clerk.post(f"{path}/absences", away)
    assert said(page) == "Đã ghi ngày vắng mặt."
    assert "01 nhiệm vụ đến hạn trong thời gian vắng mặt" in page.text and f'href="/tasks/{code}"' in page.text
    assert "Người thay cũng vắng mặt" in page.text
    again = clerk.post(f"{path}/absences", away)
    assert again.status_code == 409 and "Đã ghi vắng mặt" in said(again)


def test_a_deputy_whom_nothing_reaches_is_said(office: Stage) -> None:
    clerk, deputy = office.browser("vp.vanthu"), office.person("tts.pho")
    with office.database.write() as session:
        for contact in session.exec(select(Contact).where(Contact.person_id == deputy)):
            contact.state = ContactState.UNLINKED
            session.add(contact)
    form = {"start": "2023-07-26", "end": "2023-07-27", "deputy": deputy}
    page = clerk.post(f"/people/{office.person(HUNG)}/absences", form).text
    assert "Người thay chưa có kênh nhận tin" in page
    form = {"start": "2023-08-01", "end": "2023-08-02", "deputy": office.person(HUNG)}
    own = clerk.post(f"/people/{office.person(HUNG)}/absences", form)
    assert own.status_code == 409 and "không thể tự thay" in said(own)


def test_the_deputy_who_acts_may_and_no_longer_when_it_ends_early(office: Stage) -> None:
    clerk, code = office.browser("vp.vanthu"), office.order("QLVH")
    acting = office.browser("tts.truong")
    form = {"start": "2023-07-24", "end": "2023-07-31", "deputy": office.person("tts.truong")}
    clerk.post(f"/people/{office.person(HUNG)}/absences", form)
    with office.database.read() as session:
        task = session.exec(select(Task).where(Task.number == int(code[2:]))).one()
        assert Who.DEPUTY in capacities(session, acting.visit.person_id, task)
    with office.database.read() as session:
        absence = session.exec(select(Absence)).one()
    ended = clerk.post(f"/people/{office.person(HUNG)}/absences/{absence.id}/end")
    assert said(ended) == "Đã kết thúc thời gian vắng mặt."
    with office.database.read() as session:
        assert session.exec(select(Absence)).all() == []
        assert capacities(session, acting.visit.person_id, task) == set()
    assert verbs(office, HUNG) == ["absent", "back_early"]
    assert clerk.post(f"/people/{office.person(HUNG)}/absences/{absence.id}/end").status_code == 404


def test_signing_out_everywhere_ends_every_session(office: Stage) -> None:
    hung, clerk = office.browser(HUNG), office.browser("vp.vanthu")
    assert hung.get("/").status_code == 200
    clock.stand_at(clock.now() + timedelta(minutes=1))
    assert said(clerk.post(f"/people/{office.person(HUNG)}/signout")) == "Đã kết thúc mọi phiên đăng nhập."
    assert hung.get("/").status_code == 401 and verbs(office, HUNG) == ["signed_out"]


def test_a_person_is_forgotten_and_the_history_still_verifies(office: Stage) -> None:
    clerk, hung = office.browser("vp.vanthu"), office.person(HUNG)
    code = office.order("QLVH")
    office.browser(HUNG).post(f"/tasks/{code}/acknowledge")
    clerk.post(f"/people/{hung}", {"name": "Nguyễn Văn Hưng", "email": "hung@so.example"})
    with office.database.write() as session:
        session.add(Message(key="m", person_id=hung, chat_id="77", not_before=clock.now(), created_at=clock.now(),
                            text="Kính gửi: đồng chí Nguyễn Văn Hùng, nay là Nguyễn Văn Hưng: NV1"))  # fmt: skip
        session.add(Inbox(channel="telegram", message_key="1", chat_id="77", person_id=hung, received_at=clock.now()))
    early = clerk.post(f"/people/{hung}/forget", {"sure": HUNG})
    assert early.status_code == 409 and "còn giữ chức vụ" in said(early)
    clerk.post(f"/people/{hung}/posts/{post_of(office, HUNG, Role.HEAD).id}/end", {"last": "2023-07-23"})
    assert clerk.post(f"/people/{hung}/forget", {"sure": "x"}).status_code == 400
    page = clerk.post(f"/people/{hung}/forget", {"sure": HUNG})
    assert said(page) == "Đã xóa thông tin cá nhân." and "(đã xóa)" in page.text
    with office.database.read() as session:
        person = session.get_one(Person, hung)
        assert (person.name, person.email, person.short_id) == ("(đã xóa)", None, f"erased.{hung}")
        chats = session.exec(select(Contact).where(Contact.person_id == hung)).all()
        assert {one.chat_id for one in chats} == {f"erased:{one.id}" for one in chats}
        kept = session.exec(select(Message).where(Message.key == "m")).one()
        assert kept.chat_id is None and kept.text == "Kính gửi: đồng chí (đã xóa), nay là (đã xóa): NV1"
        assert session.exec(select(Inbox.chat_id)).one() == ""
        facts = session.exec(select(Event.verb, Event.facts).where(Event.subject == f"person:{hung}")).all()
        assert dict(facts) == {"person_changed": None, "post_ended": None, "forgotten": {}}
        assert list(event.broken(session)) == []
        acted = session.exec(select(Event).where(Event.verb == "acknowledge")).one()
        assert acted.actor_id == hung and acted.facts is not None
    assert "(đã xóa)" in clerk.get(f"/tasks/{code}").text and "Hùng" not in clerk.get("/people").text
    assert clerk.post(f"/people/{hung}/code").status_code == 409
    assert clerk.post(f"/people/{hung}", {"name": "Ai đó"}).status_code == 409


def test_the_code_is_drawn_for_the_telephone_where_there_is_a_link(office: Stage) -> None:
    ways = lambda code: {"telegram": f"https://t.me/DonDocBot?start={code}"}  # noqa: E731
    office.site = make_site(replace(office.context, ways_in=ways))
    page = office.browser("vp.vanthu").post(f"/people/{office.person(HUNG)}/code").text
    drawn = re.search(r"<svg[^>]*>.*?</svg>", page, re.S)
    assert drawn is not None and "<title>Mã QR mở Telegram</title>" in drawn.group(0)
    assert "style=" not in drawn.group(0) and "http" not in drawn.group(0)


def test_what_was_sent_lately_is_counted_and_listed(office: Stage) -> None:
    hung = office.person(HUNG)
    with office.database.write() as session:
        for n, state in enumerate((MessageState.SENT, MessageState.SENT, MessageState.FAILED)):
            session.add(Message(key=f"m{n}", person_id=hung, kinds=["assigned"], tasks=[n + 1], state=state,
                                not_before=clock.now(), created_at=clock.now(), sent_at=clock.now()))  # fmt: skip
    page = office.browser("vp.vanthu").get(f"/people/{hung}").text
    assert "<strong>02</strong> đã gửi" in page and "<strong>01</strong> không gửi được" in page


def test_the_export_shows_who_there_is_now(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    clerk.post("/people", {"name": "Phạm Thị Mới", "short_id": "tts.moi"})  # no post yet: nothing to write down
    clerk.post(f"/people/{office.person('tts.pho')}/posts", {"unit": unit(office, "BPMC"), "role": "focal",
                                                           "title": "Đầu mối", "start": "2023-08-01"})  # fmt: skip
    with office.database.read() as session:
        held = founding.held(session)
    again = read_department(Section(tomllib.loads(founding.written(held)), "", "config.toml"))
    assert founding.differences(again, held) == []
    roles = {one.id: [post.role for post in one.posts] for one in again.people}
    assert roles["tts.pho"] == ["deputy", "focal"] and "tts.moi" not in roles
