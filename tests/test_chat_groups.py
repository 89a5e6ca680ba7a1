"""A group that becomes a supergroup, and the menu that each chat has."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from jobs.menus import set_menus
from models.group_chat import GroupChat
from models.message import Message
from models.organisation import Post, Role
from tests.chat_channels import on_telegram, on_zalo
from tests.chat_office import ChatOffice

HEAD, OFFICE, LEADER = "tts.truong", "vp.vanthu", "gd"


async def in_group(there: ChatOffice, who: str, words: str, group: Any) -> None:
    there.people[who].person.says(f"@dondoc_bot {words}", there=group)
    await there.comes()


def heard(group: Any) -> list[str]:
    """What the bot said there, not Telegram itself."""
    return [text for text in group.sees() if text]


async def test_a_reply_that_waits_goes_to_the_supergroup_that_its_group_became_once() -> None:
    async with on_telegram(OFFICE) as there:
        there.linked(OFFICE)
        group = there.server.group("Sở")
        await in_group(there, OFFICE, "/nhom sở", group)
        await there.turn()
        said = len(heard(group))
        there.server.upset(429, "sendMessage", retry_after=20)
        await in_group(there, OFFICE, "ai còn nợ việc gì", group)
        new = group.becomes_supergroup()
        for _ in range(4):
            there.later(1)
            there._seconds += 60
            await there.turn()
        assert len(heard(group)) == said and len(heard(new)) == 1
        with there.office.database.read() as session:
            assert [one.chat_id for one in session.exec(select(GroupChat))] == [str(new.id)]
        assert there.count(Message, col(Message.chat_id) == str(group.id), Message.state != "sent") == 0


async def test_a_group_that_moved_unheard_is_found_by_what_telegram_answers() -> None:
    async with on_telegram(OFFICE) as there:
        there.linked(OFFICE)
        group = there.server.group("Sở")
        there.people[OFFICE].person.says("@dondoc_bot /nhom sở", there=group)
        new = group.becomes_supergroup()
        there.server.updates.waiting = there.server.updates.waiting[:1]  # the two that tell it are lost
        for _ in range(3):
            await there.turn()
            there.later(1)
            there._seconds += 60
        assert heard(group) == [] and len(heard(new)) == 1


# Menus


def menu(there: ChatOffice, who: str) -> list[str]:
    return [name for name, _ in there.people[who].person.menu]


async def test_each_chat_has_the_menu_of_its_persons_role_in_vietnamese() -> None:
    async with on_telegram(HEAD, OFFICE, LEADER) as there:
        for who in there.people:
            there.linked(who)
        assert await set_menus(there.office.database, there.channels) == 3
        assert menu(there, HEAD)[0] == "viec" and menu(there, OFFICE)[0] == "no" and "viec" not in menu(there, LEADER)
        assert all(not words.isascii() for who in there.people for _, words in there.people[who].person.menu)
        assert await set_menus(there.office.database, there.channels) == 0, "once is enough"


async def test_a_menu_changes_with_the_role() -> None:
    async with on_telegram(HEAD) as there:
        there.linked(HEAD)
        await set_menus(there.office.database, there.channels)
        before = menu(there, HEAD)
        with there.office.database.write() as session:
            mine = update(Post).where(col(Post.person_id) == there.office.people[HEAD])
            session.execute(mine.values(role=Role.LEADER))
        assert await set_menus(there.office.database, there.channels) == 1 and menu(there, HEAD) != before


async def test_a_chat_that_takes_no_menu_holds_up_no_other() -> None:
    async with on_telegram(HEAD, OFFICE) as there:
        for who in there.people:
            there.linked(who)
        there.people[HEAD].person.closed = "Forbidden: bot was blocked by the user"
        await set_menus(there.office.database, there.channels)
        assert menu(there, OFFICE) and not menu(there, HEAD)
        calls = len(there.server.calls)
        await set_menus(there.office.database, there.channels)
        assert len(there.server.calls) == calls, "and is not asked again and again"


async def test_menus_wait_for_a_service_that_does_not_answer() -> None:
    async with on_telegram(HEAD) as there:
        there.linked(HEAD)
        there.server.upset(502, "setMyCommands")
        assert await set_menus(there.office.database, there.channels) == 0
        assert await set_menus(there.office.database, there.channels) == 1 and menu(there, HEAD)


async def test_a_channel_without_menus_is_not_asked() -> None:
    async with on_zalo(HEAD) as there:
        there.linked(HEAD)
        assert await set_menus(there.office.database, there.channels) == 0
