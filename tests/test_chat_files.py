"""Pictures and documents from a chat: which are kept, with what, and what is said of the others."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from models.linking import CHAT, new_code
from models.report import Evidence
from models.task import State
from tests.chat_channels import on_telegram, on_zalo
from tests.chat_office import PICTURE, SECRET, ChatOffice
from tests.chat_trouble import HEAD, begun, said, waiting

MARKED = "TỐI MẬT\nSố: 1/BC\nSơ đồ hầm trú ẩn".encode()

pytest_plugins = ["tests.chat_fixtures"]


async def test_an_album_is_one_question(there: ChatOffice) -> None:
    before = said(there)
    for _ in range(3):
        there.people[HEAD].person.sends_photo(PICTURE, album="a1")
    await there.turn()
    assert said(there) == before, "pictures wait for each other"
    there.later(1)
    await there.turn()
    assert said(there) == before + 1 and there.count(Evidence) == 3 and waiting(there) == 0


async def test_on_zalo_three_pictures_one_after_the_other_are_one_question(zalo: ChatOffice) -> None:
    before = said(zalo)
    for _ in range(3):
        zalo.people[HEAD].sends_photo(PICTURE)
    await zalo.turn()
    assert said(zalo) == before
    zalo.later(1)
    await zalo.turn()
    assert said(zalo) == before + 1 and zalo.count(Evidence) == 3 and waiting(zalo) == 0


@pytest.mark.parametrize("on", [on_telegram, on_zalo])
async def test_words_right_after_pictures_do_not_wait(on: Any) -> None:
    async with begun(on) as there:
        for _ in range(2):
            there.people[HEAD].sends_photo(PICTURE)
        there.people[HEAD].says("xong NV1, số 145/BC-TTS ngày 21/7/2023")
        await there.turn()
        assert there.office.task(1).state is State.REPORTED and waiting(there) == 0
        with there.office.database.read() as session:
            evidence = session.exec(select(Evidence.task_id)).all()
        assert len(evidence) == 2


async def test_a_file_that_is_too_big_is_refused_with_its_name(there: ChatOffice) -> None:
    there.people[HEAD].person.sends_file("lon.pdf", b"%PDF-1.7", "NV1", size=30 << 20)
    await there.turn()
    assert any("lon.pdf lớn hơn 20 MB" in text for text in there.people[HEAD].sees()) and there.count(Evidence) == 0


async def test_a_file_with_a_secrecy_mark_is_refused_and_nothing_of_it_is_kept(there: ChatOffice) -> None:
    there.people[HEAD].person.sends_file("mat.txt", MARKED)
    await there.turn()
    assert "mat.txt có dấu mức độ mật" in there.heard(HEAD) and there.count(Evidence) == 0
    with there.office.database.read() as session:
        driver = session.connection().connection.driver_connection
        whole = b"\n".join(line.encode() for line in driver.iterdump())  # type: ignore[union-attr]
    assert b"mat.txt" in whole and "hầm trú ẩn".encode() not in whole and MARKED.hex().encode() not in whole.lower()


async def test_a_file_that_cannot_be_fetched_is_tried_for_a_minute_and_then_asked_for_again(there: ChatOffice) -> None:
    before = said(there)
    there.server.upset(502, "file", times=99)
    there.people[HEAD].person.sends_file("bc.txt", b"bao cao")
    for _ in range(8):
        await there.turn()
        there.later(1)
    assert said(there) == before + 1 and "bc.txt không còn tải về được" in there.heard(HEAD) and waiting(there) == 0


async def test_a_file_that_comes_late_is_kept(there: ChatOffice) -> None:
    there.server.upset("drop_before", "file", times=2)
    there.people[HEAD].person.sends_file("bc.txt", b"bao cao")
    for _ in range(3):
        await there.turn()
        there.later(1)
    assert there.count(Evidence) == 1 and waiting(there) == 0


async def test_a_picture_in_the_same_breath_as_the_yes_that_links_is_kept() -> None:
    async with on_telegram(HEAD) as there:
        with there.office.database.write() as session:
            code = new_code(session, SECRET, there.office.people[HEAD], CHAT)
        for words in (code, "1"):
            there.people[HEAD].says(words)
        there.people[HEAD].sends_photo(PICTURE)
        await there.turn()
        with there.office.database.read() as session:
            (evidence,) = session.exec(select(Evidence)).all()
        assert evidence.by_id == there.office.people[HEAD]
