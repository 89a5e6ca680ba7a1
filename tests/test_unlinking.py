"""A chat is taken away by words that are read back; whoever has none left is named; chats have an order."""

from __future__ import annotations

from datetime import date

import pytest

from models import pairing, queries
from models.organisation import Person
from tests.chat_stage import Chats
from tests.stage import HUNG, MAI
from web import visits

HOW = "Văn phòng Sở chưa biết đồng chí là ai"


@pytest.fixture
def office() -> Chats:
    return Chats()


def test_unlinking_is_read_back_and_then_done_and_the_browser_is_signed_out(office: Chats) -> None:
    office.link(HUNG, "phone")
    for words in ("hủy liên kết", "huỷ liên kết", "huy lien ket", "/huylienket"):
        assert "gõ: đồng ý hủy liên kết" in office.said("phone", words)
    assert office.chats(HUNG) == [("telegram", "phone")]
    visit = visits.begin(office.people[HUNG])
    office.at("2026-11-23 09:30")
    assert office.said("phone", "đồng ý hủy liên kết").startswith("Đã hủy liên kết")
    assert office.chats(HUNG) == [] and office.history(HUNG)[-1] == ("unlinked", HUNG)
    with office.database.read() as session:
        assert visits.over(session.get_one(Person, office.people[HUNG]), visit)
    assert office.said("phone", "NV12 xong").startswith(HOW)


def test_a_chat_that_was_taken_away_can_be_linked_to_somebody_else(office: Chats) -> None:
    office.link(HUNG, "phone")
    office.said("phone", "đồng ý hủy liên kết")
    office.link(MAI, "phone")
    assert (office.chats(HUNG), office.chats(MAI)) == ([], [("telegram", "phone")])


def test_whoever_has_no_chat_left_is_named_to_the_office(office: Chats) -> None:
    def unreachable() -> list[str]:
        with office.database.read() as session:
            return [person.short_id for person, _ in queries.unreachable(session, date(2026, 11, 23))]

    office.link(HUNG, "phone")
    _take_away(office, HUNG, "web")
    assert unreachable() == []
    office.hear("phone", service={"blocked": True})
    assert unreachable() == [HUNG]
    office.hear("phone", service={"blocked": False})
    office.said("phone", "đồng ý hủy liên kết")
    assert unreachable() == [HUNG]


def test_the_order_of_chats_is_the_offices_until_it_is_changed_and_a_new_chat_keeps_its_place(office: Chats) -> None:
    _take_away(office, HUNG, "web")
    office.link(HUNG, "zalo-phone", "zalo")
    office.link(HUNG, "phone")
    assert [channel for channel, _ in office.chats(HUNG)] == ["telegram", "zalo"]
    with office.database.write() as session:
        second = pairing.chats_of(session, office.people[HUNG])[1]
        assert pairing.prefer(session, second.id or 0, office.people["vp.vanthu"], "web")
        assert not pairing.prefer(session, second.id or 0, office.people["vp.vanthu"], "web"), "it is first"
        assert not pairing.prefer(session, 999, None, "web")
    office.link(HUNG, "new-phone")
    assert [channel for channel, _ in office.chats(HUNG)] == ["zalo", "telegram"]


def _take_away(office: Chats, who: str, channel: str) -> None:
    with office.database.write() as session:
        chats = [one.id or 0 for one in pairing.chats_of(session, office.people[who]) if one.channel == channel]
        pairing.unlink(session, chats, None, "cli")
