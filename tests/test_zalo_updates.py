"""Zalo's events as Updates: those of its pages and those of its wire, and whatever else may come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channel import Incoming
from bot.zalo_updates import updates_of
from tests.zalo_people import Group, Person, the_bot
from tests.zalo_server import Switches, ZaloServer

NAME = "Bot Nhắc việc"
TEXT = {  # as Zalo's page has it
    "event_name": "message.text.received",
    "message": {
        "from": {"id": "6ede9afa66b88fe6d6a9", "display_name": "Ted", "is_bot": False},
        "chat": {"id": "6ede9afa66b88fe6d6a9", "chat_type": "PRIVATE"},
        "text": "Xin chào",
        "message_id": "2d758cb5e222177a4e35",
        "date": 1750316131602,
    },
}


@pytest.fixture
def server() -> Iterator[ZaloServer]:
    made = ZaloServer(Switches())
    yield made
    made.close()


def event(kind: str, **fields: Any) -> dict[str, Any]:
    """Of a private chat; `group`: of a group. Fields that are named replace those of the message."""
    group = fields.pop("group", False)
    chat = {"id": "b1c2d3" if group else "6ede9a", "chat_type": "GROUP" if group else "PRIVATE"}
    message = {"from": {"id": "6ede9a", "is_bot": False}, "chat": chat, "message_id": "3e758c", "date": 1, **fields}
    return {"event_name": f"message.{kind}.received", "message": message}


def said(body: Any, *names: str) -> Incoming:
    (update,) = updates_of(body, names)
    return update.incoming


def test_a_text_in_every_shape_it_may_have() -> None:
    (update,) = updates_of(TEXT, ())
    assert (update.key, update.chat_id, update.user_id) == ("2d758cb5e222177a4e35", *["6ede9afa66b88fe6d6a9"] * 2)
    assert (update.incoming, update.raw) == (Incoming("Xin chào"), TEXT)
    shapes: list[Any] = [[TEXT], {"ok": True, "result": TEXT}, {"ok": True, "result": [TEXT]}]
    for body in shapes:
        assert updates_of(body, ()) == [update]
    assert updates_of([TEXT, None, TEXT], ()) == [update, update]
    nothing: list[Any] = [None, [], {}, {"ok": True, "result": None}, "x", 1]
    assert [updates_of(body, ()) for body in nothing] == [[]] * 6


@pytest.mark.parametrize("name", ["photo", "photo_url"])
def test_a_photo_by_either_name(name: str) -> None:
    url = "https://photo-stal-1.zdn.vn/a/b/19f0c.jpg?x=1"
    made = said(event("image", **{name: url, "caption": "NV12 xong"}))
    photo = {"kind": "photo", "name": "19f0c.jpg", "url": url}
    assert made == Incoming("NV12 xong", attachments=("photo",), files=(photo,))


@pytest.mark.parametrize(
    ("came", "attachments", "text"),
    [
        (event("sticker", sticker="0e078a", url="https://s.invalid/1.png"), ("sticker",), ""),
        (event("voice", voice_url="https://v.zdn.vn/1.aac"), ("voice",), ""),
        (event("unsupported"), ("unsupported",), ""),
        (event("image"), ("unsupported",), ""),
        (event("image", photo=7, caption="NV12"), ("unsupported",), "NV12"),
        (event("text", text=["x"]), ("unsupported",), ""),
        (event("reaction", text="2 NV12"), ("unsupported",), ""),
        (event("edited", text="2 NV12"), ("unsupported",), ""),
        ({**event("text", text="x"), "event_name": "group.bot.added"}, ("unsupported",), ""),
        ({**event("text", text="x"), "event_name": None}, ("unsupported",), ""),
        (event("link", link="https://dichvucong.gov.vn"), (), "https://dichvucong.gov.vn"),
        (event("link", text="Xem https://a.vn", url="https://a.vn"), (), "Xem https://a.vn"),
        (event("link"), ("unsupported",), ""),
        (event("text", text=""), (), ""),
    ],
)
def test_what_comes_besides(came: dict[str, Any], attachments: tuple[str, ...], text: str) -> None:
    made = said(came)
    assert (made.attachments, made.text, made.files) == (attachments, text, ())


@pytest.mark.parametrize(
    "came",
    [
        {"event_name": "message.unsupported.received"},
        {"event_name": "message.text.received", "message": None},
        event("text", text="x", chat=None),
        event("text", text="x", chat={"id": ""}),
        event("text", text="x", chat={"id": True, "chat_type": "PRIVATE"}),
        event("text", text="x", chat={"id": "a\x00b", "chat_type": "PRIVATE"}),
        event("text", text="x", chat={"id": "x" * 500, "chat_type": "PRIVATE"}),
        event("text", text="x", **{"from": {"id": "6ede9a", "is_bot": True}}),
    ],
)
def test_without_a_chat_and_from_a_bot_there_is_no_update(came: dict[str, Any]) -> None:
    assert updates_of(came, ()) == []


def test_ids_are_text_and_a_missing_one_is_made_of_the_event() -> None:
    numbers = event("text", text="1", chat={"id": 17, "chat_type": "PRIVATE"}, message_id=99, **{"from": {"id": 17}})
    (update,) = updates_of(numbers, ())
    assert (update.key, update.chat_id, update.user_id) == ("99", "17", "17")
    nameless, other = event("text", text="1", message_id=None), event("text", text="2", message_id=None)
    keys = [updates_of(one, ())[0].key for one in (nameless, nameless, other)]
    assert keys[0] == keys[1] != keys[2] and len(keys[0]) == 64


def test_who_speaks_is_not_guessed() -> None:
    private, group = event("text", text="1"), event("text", group=True, text="1")
    del private["message"]["from"], group["message"]["from"]
    assert [updates_of(one, ())[0].user_id for one in (private, group)] == ["6ede9a", ""]
    unheard_of = event("text", text="1", chat={"id": "b1", "chat_type": "CHANNEL"})
    assert said(unheard_of).group
    assert said(event("text", text="1", chat={"id": "b1"})).group
    assert not said(event("text", text="1", chat={"id": "6ede9a"})).group


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("@Bot Nhắc việc NV12 xong", "NV12 xong"),
        ("  @Bot Nhắc việc   NV12 xong", "NV12 xong"),
        ("@Bot Nhắc việc: NV12 xong", "NV12 xong"),
        ("@Bot Nha\u0306\u0301c vie\u0323\u0302c 1", "1"),
        ("@Bot Nhắc việc", ""),
        ("@Bot Nhắc việc /nhom K7QPX2MN", "/nhom K7QPX2MN"),
        ("@bot.VDKyGxQvc 1", "1"),
        ("@Tên Cũ Của Bot /viec", "/viec"),
        ("@Anh Hùng xem giúp NV12", "@Anh Hùng xem giúp NV12"),
        ("@Bot Nhắc việc2 NV12", "@Bot Nhắc việc2 NV12"),
        ("NV12 xong @Bot Nhắc việc", "NV12 xong @Bot Nhắc việc"),
    ],
)
def test_its_own_mention_is_cut_off_in_groups(text: str, left: str) -> None:
    names = (NAME, "bot.VDKyGxQvc")
    assert said(event("text", group=True, text=text), *names).text == left
    assert said(event("image", group=True, photo_url="https://a.zdn.vn/1.jpg", caption=text), *names).text == left


def test_in_a_private_chat_a_name_in_front_is_what_was_said() -> None:
    assert said(event("text", text=f"@{NAME} NV12"), NAME).text == f"@{NAME} NV12"


@pytest.mark.parametrize("name", ["Bot Nhắc việc", "Bot QLVH/Văn phòng", "Bot"])
async def test_the_name_is_learnt_by_the_first_poll(server: ZaloServer, name: str) -> None:
    server.bot_name = name
    Person(server).says("NV12 xong", Group(server))
    async with the_bot(server) as bot:
        assert [update.incoming.text for update in await bot.poll()] == ["NV12 xong"]
        await bot.poll()
    assert [method for method, _ in server.calls].count("getMe") == 1


def test_text_is_nfc_however_it_was_typed() -> None:
    assert said(event("text", text="vie\u0323\u0302c \ud83d\x00")).text == "việc \ufffd"


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NEARLY = st.fixed_dictionaries(
    {},
    optional={
        "event_name": st.sampled_from(
            [f"message.{kind}.received" for kind in ("text", "image", "sticker", "voice", "link", "unsupported", "x")]
        )
        | VALUE,
        "message": st.fixed_dictionaries(
            {},
            optional={
                "from": st.fixed_dictionaries({}, optional={"id": VALUE, "is_bot": VALUE}) | VALUE,
                "chat": st.fixed_dictionaries({"id": st.text(min_size=1) | VALUE}, optional={"chat_type": VALUE})
                | VALUE,
                **dict.fromkeys(("text", "caption", "photo", "photo_url", "message_id", "link", "url"), VALUE),
            },
        )
        | VALUE,
    },
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(body=VALUE | NEARLY | st.lists(NEARLY, max_size=3) | st.fixed_dictionaries({"result": NEARLY}))
def test_no_event_raises_and_every_update_can_be_kept(body: Any) -> None:
    for update in updates_of(body, (NAME,)):
        assert all(isinstance(one, str) for one in (update.key, update.chat_id, update.user_id))
        assert update.key and update.chat_id
        kept = json.dumps([update.raw, update.incoming.as_json()], ensure_ascii=False, allow_nan=False)
        assert "\\u0000" not in kept
        kept.encode("utf-8")


def test_a_text_of_ten_megabytes_is_one_update() -> None:
    assert len(said(event("text", text="đ" * 10_000_000)).text) == 10_000_000
