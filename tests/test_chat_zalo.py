"""Zalo in every way in which it may be: the same life, nothing applied twice, nothing said twice."""

from __future__ import annotations

import re
from functools import partial
from itertools import product
from typing import Any

import pytest
from sqlmodel import col, or_, select

from models.event import Event
from models.message import Inbox, InboxState, Message
from models.organisation import Contact
from models.report import CompletionReport, Evidence
from models.task import State, Task
from tests.chat_channels import on_zalo
from tests.chat_office import ChatOffice
from tests.zalo_people import Group
from tests.zalo_server import Switches

HEAD = "tts.truong"
PAPER = ("files", ("Báo cáo.txt", "Báo cáo số 145/BC-TTS".encode(), "text/plain"))
SWITCHES = ("http_errors", "replay", "wrapped_webhook")
WAYS = [dict(zip(SWITCHES, one, strict=True)) for one in product((False, True), repeat=3)]


async def a_life(there: ChatOffice) -> None:
    """Linked and confirmed by numbers, a picture, a document through its page, a report."""
    await there.link(HEAD)
    there.at("2023-07-24 09:00")
    there.office.assign("TTS", due="2023-08-04")
    there.at("2023-07-24 13:30")
    await there.turn()
    person = there.people[HEAD]
    for act in (partial(person.says, "1"), person.sends_photo, partial(person.says, "2 số 145/BC-TTS ngày 31/7/2023"),
                person.sends_file):  # fmt: skip
        there.later(1)
        act()
        await there.comes()
        await there.sender.deliver()
    await leaves(there, HEAD)


async def leaves(there: ChatOffice, who: str) -> None:
    """A document, on the page whose address was just said."""
    found = re.search(r"https://dondoc\.example(/t/\S+)", there.heard(who))
    assert found is not None, there.heard(who)
    page = await there.browser.get(found[1])
    token = re.search(r'name="form_token" value="(\w+)"', page.text)
    assert token is not None
    answer = await there.browser.post(found[1], data={"form_token": token[1]}, files=[PAPER])
    assert answer.status_code == 200
    await there.turn()


def outcome(there: ChatOffice) -> dict[str, Any]:
    """What is in the database, and what was said."""
    with there.office.database.read() as session:
        task = session.exec(select(Task)).one()
        rows = session.exec(select(Inbox).order_by(col(Inbox.id))).all()
        said = "\n".join(there.people[HEAD].sees())
        return {
            "task": (task.state, task.due_on),
            "events": [one.verb for one in session.exec(select(Event).order_by(col(Event.id)))],
            "reports": [one.product_number for one in session.exec(select(CompletionReport))],
            "evidence": [(one.name[-4:], one.media_type, one.task_id) for one in session.exec(select(Evidence))],
            "inbox": [(one.state, one.payload["text"], one.payload["attachments"]) for one in rows if one.tries][2:],
            "said": re.sub(r"/t/\S+|photo-?\S*|\w+\.jpg", "…", said),
        }


_found: dict[str, Any] = {}


@pytest.mark.parametrize("hooked", [False, True])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: "-".join(name for name, on in way.items() if on) or "plain")
async def test_a_life_is_the_same_in_every_way(way: dict[str, bool], hooked: bool) -> None:
    async with on_zalo(HEAD, hooked=hooked, switch=Switches(**way)) as there:
        await a_life(there)
        found = outcome(there)
        assert found == _found.setdefault("first", found)
        assert found["task"][0] is State.REPORTED and found["reports"] == ["145/BC-TTS"]
        assert sorted(kind for _, kind, _ in found["evidence"]) == ["image/jpeg", "text/plain"]
        assert there.count(Contact, col(Contact.channel) == "zalo") == 1
        assert there.count(Inbox, col(Inbox.state) != InboxState.DONE) == 0
        to_him = or_(col(Message.channel) == "zalo", col(Message.person_id) == there.office.people[HEAD])
        assert len(there.server.sent) == there.count(Message, to_him), "nothing was said twice"
        assert there.server.strange == []


@pytest.mark.parametrize("hooked", [False, True])
@pytest.mark.parametrize("groups", [False, True])
async def test_in_a_group_only_the_answer_goes_to_the_private_chat(groups: bool, hooked: bool) -> None:
    async with on_zalo(HEAD, hooked=hooked, switch=Switches(groups=groups)) as there:
        there.linked(HEAD)
        there.office.assign("TTS", due="2023-08-04")
        group = Group(there.server)
        said = len(there.people[HEAD].sees())
        there.people[HEAD].says("đã nhận NV1", group)
        await there.turn()
        assert there.office.task(1).state is (State.ACKNOWLEDGED if groups else State.ASSIGNED)
        assert group.sees() == [] and len(there.people[HEAD].sees()) == said + groups


async def test_two_who_send_pictures_in_a_group_are_not_taken_for_one() -> None:
    async with on_zalo(HEAD, "qlvh.truong") as there:
        for who in there.people:
            there.linked(who)
        group = Group(there.server)
        for who in (HEAD, "qlvh.truong", HEAD):
            there.people[who].sends_photo(group=group)
        await there.comes()
        there.later(1)
        await there.turn()
        with there.office.database.read() as session:
            by = [there.office.names[one.by_id] for one in session.exec(select(Evidence))]
        assert sorted(by) == ["qlvh.truong", HEAD, HEAD]
