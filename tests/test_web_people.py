"""The page of people and their chats: for the Office and the administrator, and every act of it is in the history."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import clock, pairing
from models.event import Event
from models.organisation import Contact, ContactState, Person
from models.pairing import Chat
from tests.web_stage import SECRET, Stage, said, stage
from web.site import make_site

MAY, NOT = ("vp.vanthu", "vp.truong", "quantri"), ("qlvh.truong", "qlvh.pho", "gd", "pgd1")
HUNG = "qlvh.truong"


@pytest.fixture
def office() -> Iterator[Stage]:
    """Hùng has Telegram, Zalo (blocked) and the browser, in this order."""
    with stage() as made:
        hung = made.person(HUNG)
        with made.database.write() as session:
            pairing.link(session, Chat("telegram", "b", "77"), hung, 1, clock.now())
            pairing.link(session, Chat("zalo", "z", "88"), hung, 2, clock.now())
            zalo = session.exec(select(Contact).where(Contact.channel == "zalo")).one()
            zalo.state = ContactState.DEAD
            session.add(zalo)
        yield made


def chats(office: Stage) -> list[tuple[str, int]]:
    """(channel, id) of Hùng's chats, the preferred first."""
    hung = office.person(HUNG)
    with office.database.read() as session:
        return [(one.channel, one.id or 0) for one in pairing.chats_of(session, hung)]


def events(office: Stage) -> list[tuple[str, int | None, str]]:
    """What was done about Hùng's chats, by whom and where."""
    hung = office.person(HUNG)
    with office.database.read() as session:
        query = select(Event).where(Event.subject == f"person:{hung}").order_by(col(Event.id))
        return [(one.verb, one.actor_id, one.channel) for one in session.exec(query)]


def row(page: str, person_id: int) -> str:
    """A person's row of the table."""
    found = re.search(rf'<tr id="person-{person_id}">.*?</tr>', page, re.S)
    assert found is not None
    return found.group(0)


def test_everybody_is_listed_with_unit_title_and_chats_in_their_order(office: Stage) -> None:
    page = office.browser("vp.vanthu").get("/people").text
    hung = row(page, office.person(HUNG))
    assert "Nguyễn Văn Hùng" in hung and "Trưởng phòng Quản lý Văn hóa" in hung and "Phòng Quản lý Văn hóa" in hung
    assert re.findall(r"<strong>(Telegram|Zalo|Trình duyệt)</strong>", hung) == ["Telegram", "Zalo", "Trình duyệt"]
    assert hung.count(">nhận tin<") == 2 and hung.count(">không nhận tin<") == 1
    with office.database.read() as session:
        assert page.count('<tr id="person-') == len(session.exec(select(Person)).all())
    assert page.index("Lãnh đạo Sở</td>") < page.index("Phòng Quản lý Văn hóa</td>")


def test_whoever_cannot_be_reached_is_named_first(office: Stage) -> None:
    assert "chưa có kênh nhận tin" not in office.browser("quantri").get("/people").text
    linked = [chat for _, chat in chats(office)]
    with office.database.write() as session:
        pairing.unlink(session, linked, None, "cli")
    page = office.browser("quantri").get("/people").text
    assert "01 người chưa có kênh nhận tin:" in page and "Chưa liên kết." in row(page, office.person(HUNG))


@pytest.mark.parametrize("act", ["code", "unlink", "prefer"])
def test_role_and_act(office: Stage, act: str) -> None:
    chat = str(chats(office)[1][1])
    for who in NOT:
        someone, before = office.browser(who), events(office)
        page = someone.get("/people")
        assert page.status_code == 403 and "do Văn phòng Sở và quản trị sử dụng" in page.text
        answer = someone.post(f"/people/{office.person(HUNG)}/{act}", {"chat": chat})
        assert answer.status_code == 403 and events(office) == before and 'href="/people"' not in answer.text
    someone = office.browser("quantri")
    assert f'action="/people/{office.person(HUNG)}/{act}"' in someone.get("/people").text
    assert someone.post(f"/people/{office.person(HUNG)}/{act}", {"chat": chat}).status_code == 200
    assert len(events(office)) == 1
    assert office.browser("vp.vanthu").post(f"/people/{office.person(HUNG)}/{act}", {"chat": chat}).status_code == 200


def test_the_page_is_in_the_navigation_of_those_who_may_use_it(office: Stage) -> None:
    rooms = ['href="/people"' in office.browser(who).get("/office").text for who in (*MAY, *NOT)]
    assert rooms == [True] * 3 + [False] * 4
    ways = ['href="/office"' in office.browser(who).get("/").text for who in (*MAY, *NOT)]
    assert ways == [True] * 3 + [False] * 2 + [True] * 2  # the leaders see units, calendar and indicators there


def test_a_form_of_another_visit_does_nothing(office: Stage) -> None:
    for act in ("code", "unlink", "prefer"):
        answer = office.browser("vp.vanthu").post(f"/people/{office.person(HUNG)}/{act}", {"chat": chats(office)[1][1]},
                                                  token="x")  # fmt: skip
        assert answer.status_code == 403
    assert office.browser().get("/people").status_code == 401 and events(office) == []


def test_a_code_is_shown_once_and_links_a_chat(office: Stage) -> None:
    page = office.browser("vp.vanthu").post(f"/people/{office.person(HUNG)}/code").text
    found = re.search(r'code-big">([A-Z2-9]{8})<', page)
    assert found is not None and "Nguyễn Văn Hùng" in page and "15 phút" in page and "t.me" not in page
    hung = office.person(HUNG)
    with office.database.write() as session:
        assert pairing.enter(session, SECRET, found.group(1), Chat("telegram", "b", "99")).id == hung
    assert found.group(1) not in office.browser("vp.vanthu").get("/people").text
    assert events(office) == [("link_code", office.person("vp.vanthu"), "web")]


def test_the_links_of_the_services_are_given_with_the_code_where_they_are_known(office: Stage) -> None:
    zalo = "https://bot.zaloplatforms.com/bots/123"
    ways = lambda code: {"telegram": f"https://t.me/DonDocBot?start={code}", "zalo": zalo}  # noqa: E731
    office.site = make_site(replace(office.context, ways_in=ways))
    page = office.browser("vp.vanthu").post(f"/people/{office.person(HUNG)}/code").text
    assert re.search(r'href="https://t\.me/DonDocBot\?start=[A-Z2-9]{8}"', page)
    assert f'href="{zalo}"' in page


def test_a_chat_moves_one_place_up_and_back(office: Stage) -> None:
    clerk, before = office.browser("vp.vanthu"), chats(office)
    answer = clerk.post(f"/people/{office.person(HUNG)}/prefer", {"chat": before[1][1]})
    assert said(answer) == "Đã đổi thứ tự kênh." and chats(office) == [before[1], before[0], before[2]]
    again = clerk.post(f"/people/{office.person(HUNG)}/prefer", {"chat": before[1][1]})
    assert said(again).startswith("Kênh đã như vậy") and len(events(office)) == 1
    clerk.post(f"/people/{office.person(HUNG)}/prefer", {"chat": before[0][1]})
    assert chats(office) == before


def test_the_browser_stays_last_whatever_is_asked(office: Stage) -> None:
    clerk, before = office.browser("vp.vanthu"), chats(office)
    answer = clerk.post(f"/people/{office.person(HUNG)}/prefer", {"chat": before[2][1]})
    assert said(answer).startswith("Kênh đã như vậy") and chats(office) == before and before[2][0] == "web"
    assert row(clerk.get("/people").text, office.person(HUNG)).count("/prefer") == 2


def test_unlinking_takes_the_chat_away_and_signs_the_person_out(office: Stage) -> None:
    hung, clerk = office.browser(HUNG), office.browser("vp.vanthu")
    assert hung.get("/").status_code == 200
    clock.stand_at(clock.now() + timedelta(minutes=1))
    answer = clerk.post(f"/people/{office.person(HUNG)}/unlink", {"chat": chats(office)[0][1]})
    assert said(answer) == "Đã hủy liên kết kênh." and [name for name, _ in chats(office)] == ["zalo", "web"]
    assert events(office) == [("unlinked", office.person("vp.vanthu"), "web")]
    assert hung.get("/").status_code == 401
    assert clerk.get("/").status_code == 200


def test_a_chat_that_is_gone_or_anothers_is_not_touched(office: Stage) -> None:
    clerk, chat = office.browser("vp.vanthu"), chats(office)[0][1]
    for act in ("unlink", "prefer"):
        for person, given in ((office.person("gd"), chat), (office.person(HUNG), ""), (office.person(HUNG), 99999),
                              (99999, chat)):  # fmt: skip
            assert clerk.post(f"/people/{person}/{act}", {"chat": given}).status_code == 404
    assert clerk.post("/people/99999/code").status_code == 404
    clerk.post(f"/people/{office.person(HUNG)}/unlink", {"chat": chat})
    again = clerk.post(f"/people/{office.person(HUNG)}/unlink", {"chat": chat})
    assert said(again).startswith("Kênh đã như vậy") and len(events(office)) == 1


def test_the_page_speaks_english_to_who_reads_english(office: Stage) -> None:
    clerk_id = office.person("vp.vanthu")
    with office.database.write() as session:
        clerk = session.get_one(Person, clerk_id)
        clerk.language = "en"
        session.add(clerk)
    page = office.browser("vp.vanthu").get("/people").text
    assert "People and their channels" in page and ">takes no messages<" in page
