"""A sign-in link from a chat: to the person's own chat, once, only when asked for."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from models import linking
from models.event import Event
from tests.chat_stage import GROUP, SECRET, Chats
from tests.stage import HUNG


@pytest.fixture
def office() -> Chats:
    made = Chats(base_url="https://dondoc.example")
    made.said("phone", made.code(HUNG))
    made.said("phone", "1")
    return made


def token(said: str) -> str:
    found = re.search(r"/login/([\w-]+)", said)
    return found.group(1) if found else ""


@pytest.mark.parametrize("words", ["mở bảng", "Mở bảng ạ.", "mo bang", "MO BANG", "đăng nhập", "link đăng nhập",
                                   "dang nhap giup", "vào bảng theo dõi", "/bang"])  # fmt: skip
def test_whoever_asks_gets_a_link_of_his_own_that_works_once(office: Chats, words: str) -> None:
    code = token(office.said("phone", words))
    with office.database.write() as session:
        assert linking.consume(session, SECRET, code, linking.WEB) == office.people[HUNG]
        assert linking.consume(session, SECRET, code, linking.WEB) is None


def test_the_report_is_opened_where_it_lies(office: Chats) -> None:
    assert re.search(r"/login/[\w-]+\?next=/reports\n", office.said("phone", "mở báo cáo"))


def test_it_is_written_down_that_a_link_was_given_and_the_link_is_not(office: Chats) -> None:
    code = token(office.said("phone", "mở bảng"))
    with office.database.read() as session:
        kept = session.exec(select(Event).where(Event.verb == "signin_link")).one()
        assert kept.facts == {"channel": "telegram"} and kept.actor_id == office.people[HUNG]
        assert code not in str(kept.model_dump())


@pytest.mark.parametrize("words", ["mở bảng chấm công cho em", "đã đăng nhập được rồi", "báo cáo NV12 xong", "mở"])
def test_other_words_mean_something_else(office: Chats, words: str) -> None:
    assert not token(office.said("phone", words))


def test_a_stranger_and_a_group_get_none(office: Chats) -> None:
    assert not token(office.said("another phone", "mở bảng"))
    assert not any(token(reply.text) for reply in office.in_group("phone", "mở bảng", GROUP))


def test_without_a_public_address_it_says_whom_to_ask() -> None:
    chats = Chats()
    chats.link(HUNG, "phone")
    assert chats.said("phone", "mở bảng").endswith("đề nghị liên hệ Văn phòng Sở để được cấp liên kết đăng nhập.")
