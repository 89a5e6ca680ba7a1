"""What an update of Telegram says: every kind as Telegram writes it, and any JSON at all."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channel import Incoming, Update
from bot.telegram_parse import Me, parsed

ME = Me(7_000_000_001, "dondoc_bot")
HUNG = {"id": 71, "is_bot": False, "first_name": "Hùng", "last_name": "Nguyễn", "language_code": "vi"}
PRIVATE = {"id": 71, "first_name": "Hùng", "last_name": "Nguyễn", "type": "private"}
GROUP = {"id": -400, "title": "Phòng QLVH", "type": "group", "all_members_are_administrators": True}
SUPERGROUP = {"id": -1001000000400, "title": "Phòng QLVH", "type": "supergroup"}
BOT = {"id": ME.id, "is_bot": True, "first_name": "Đôn Đốc", "username": "dondoc_bot"}
OURS = {"message_id": 30, "from": BOT, "chat": GROUP, "date": 1, "text": "Tổng hợp"}


def said(chat: dict[str, Any] | None = None, kind: str = "message", **body: Any) -> Update | None:
    message = {"message_id": 31, "from": HUNG, "chat": chat or PRIVATE, "date": 1_795_000_000, **body}
    return parsed({"update_id": 500, kind: message}, ME)


def incoming(chat: dict[str, Any] | None = None, kind: str = "message", **body: Any) -> Incoming:
    update = said(chat, kind, **body)
    assert update is not None
    return update.incoming


def test_a_private_message() -> None:
    update = said(text="đã nhận")
    assert update is not None
    assert (update.key, update.chat_id, update.user_id, update.press_id) == ("500", "71", "71", None)
    assert update.incoming == Incoming(text="đã nhận")
    assert update.raw["message"]["text"] == "đã nhận"


def test_an_edited_message_says_so() -> None:
    assert incoming(kind="edited_message", text="xong", edit_date=2) == Incoming(text="xong", edited=True)


def test_a_reply_names_what_it_answers() -> None:
    assert incoming(text="xong", reply_to_message={"message_id": 12, "chat": PRIVATE}).answers_place == "12"


@pytest.mark.parametrize(
    ("text", "start", "left"),
    [
        ("/start ABCD2345", "ABCD2345", ""),
        ("/start@dondoc_bot ABCD2345", "ABCD2345", ""),
        ("/start   abcd-2345 ", "abcd-2345", ""),
        ("/start", None, "/start"),
        ("/viec", None, "/viec"),
        ("/viec@dondoc_bot NV12", None, "/viec NV12"),
        ("/startle ABC", None, "/startle ABC"),
        ("đi /start ABC", None, "đi /start ABC"),
        ("/", None, "/"),
    ],
)
def test_commands(text: str, start: str | None, left: str) -> None:
    assert incoming(text=text) == Incoming(text=left, start=start)


def test_a_photo_is_its_largest_size() -> None:
    sizes = [{"file_id": "small", "width": 90, "height": 60, "file_size": 900},
             {"file_id": "large", "width": 1280, "height": 853, "file_size": 90_000},
             {"file_id": "middle", "width": 320, "height": 213}]  # fmt: skip
    assert incoming(photo=sizes, caption="số 145") == Incoming(
        text="số 145", attachments=("photo",),
        files=({"kind": "photo", "id": "large", "name": "photo-31.jpg", "size": 90_000},),
    )  # fmt: skip


FILE = {"file_id": "F", "file_unique_id": "u", "file_size": 7}


@pytest.mark.parametrize(
    ("body", "kind", "name"),
    [
        ({"document": {**FILE, "file_name": "Báo cáo.pdf"}}, "file", "Báo cáo.pdf"),
        ({"document": FILE}, "file", "document-31.bin"),
        ({"document": {**FILE, "file_name": "x.mp4"}, "animation": FILE}, "file", "x.mp4"),
        ({"video": {**FILE, "duration": 3}}, "file", "video-31.mp4"),
        ({"video_note": FILE}, "file", "video_note-31.mp4"),
        ({"audio": {**FILE, "title": "Họp"}}, "file", "audio-31.mp3"),
        ({"voice": {**FILE, "duration": 3}}, "voice", "voice-31.ogg"),
        ({"document": {**FILE, "file_name": "a" * 900}}, "file", "a" * 200),
    ],
)
def test_files_of_every_kind(body: dict[str, Any], kind: str, name: str) -> None:
    assert incoming(**body) == Incoming(
        attachments=(kind,), files=({"kind": kind, "id": "F", "name": name, "size": 7},)
    )


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"sticker": {"file_id": "F", "emoji": "👍", "type": "regular"}}, "sticker"),
        ({"location": {"latitude": 20.4, "longitude": 106.3}}, "location"),
        ({"venue": {"title": "Bảo tàng"}, "location": {"latitude": 20.4, "longitude": 106.3}}, "location"),
        ({"contact": {"phone_number": "0912", "first_name": "Mai"}}, "unsupported"),
        ({"poll": {"id": "1", "question": "?", "options": []}}, "unsupported"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "unsupported"),
        ({"story": {"id": 1, "chat": PRIVATE}}, "unsupported"),
        ({"rich_message": {}}, "unsupported"),
    ],
)
def test_what_is_no_word_and_no_file(body: dict[str, Any], kind: str) -> None:
    assert incoming(**body) == Incoming(attachments=(kind,))


def test_an_album_has_one_name() -> None:
    assert incoming(document=FILE, media_group_id="139").album == "139"


FORWARDED = {"forward_origin": {"type": "user", "sender_user": HUNG, "date": 1}}


@pytest.mark.parametrize("mark", [FORWARDED, {"forward_date": 1}])
def test_a_forwarded_message_says_so(mark: dict[str, Any]) -> None:
    assert incoming(text="NV12 xong", **mark) == Incoming(text="NV12 xong", attachments=("forwarded",))
    assert incoming(document=FILE, **mark).attachments == ("file", "forwarded")


@pytest.mark.parametrize(
    "body",
    [
        {"new_chat_title": "x"}, {"pinned_message": OURS}, {"new_chat_members": [BOT]}, {"left_chat_member": BOT},
        {"group_chat_created": True}, {"migrate_from_chat_id": -400}, {"message_auto_delete_timer_changed": {}}, {},
        {"something_of_2030": {"text": "x"}},
    ],
)  # fmt: skip
def test_what_nobody_said_is_nothing(body: dict[str, Any]) -> None:
    assert said(**body) is None and said(GROUP, **body) is None


def test_a_group_that_became_a_supergroup() -> None:
    nobody = {"from": {**HUNG, "is_bot": True}, "sender_chat": GROUP, "migrate_to_chat_id": -1001000000400}
    update = said(GROUP, "message", **nobody)
    assert update is not None and update.chat_id == "-400"
    assert update.incoming == Incoming(service={"moved_to": "-1001000000400"}, group=True)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("@dondoc_bot ai còn nợ việc gì", "ai còn nợ việc gì"),
        ("ai còn nợ @Dondoc_Bot việc gì", "ai còn nợ việc gì"),
        ("@dondoc_bot, ai còn nợ", "ai còn nợ"),
        ("@dondoc_bot", ""),
        ("/viec", "/viec"),
        ("/viec@DonDoc_bot", "/viec"),
        ("/viec@khac_bot", None),
        ("ai còn nợ việc gì", None),
        ("@dondoc_bot2 ai còn nợ", None),
        ("gửi a@dondoc_bot", None),
    ],
)
@pytest.mark.parametrize("chat", [GROUP, SUPERGROUP])
def test_a_group_is_heard_only_when_it_speaks_to_us(chat: dict[str, Any], text: str, heard: str | None) -> None:
    update = said(chat, text=text)
    if heard is None:
        assert update is None
    else:
        assert update is not None and update.incoming == Incoming(text=heard, group=True)
        assert (update.chat_id, update.user_id) == (str(chat["id"]), "71")


def test_a_reply_to_the_bot_is_said_to_it() -> None:
    assert incoming(GROUP, text="xong", reply_to_message=OURS) == Incoming(text="xong", group=True, answers_place="30")
    assert said(GROUP, text="xong", reply_to_message={**OURS, "from": HUNG}) is None
    assert incoming(GROUP, photo=[{"file_id": "F"}], caption="@dondoc_bot xong").text == "xong"


def test_a_code_in_a_group_is_told_from_one_in_private() -> None:
    assert incoming(GROUP, text="/start@dondoc_bot ABCD2345") == Incoming(start="ABCD2345", group=True)


def test_without_a_username_a_reply_is_still_heard() -> None:
    raw = {"update_id": 1, "message": {"message_id": 2, "from": HUNG, "chat": GROUP, "text": "@ xong"}}
    assert parsed(raw, Me(ME.id)) is None
    raw["message"]["reply_to_message"] = OURS  # type: ignore[index]
    assert parsed(raw, Me(ME.id)) is not None


@pytest.mark.parametrize(
    "body",
    [
        {"from": BOT}, {"from": {**HUNG, "is_bot": True}}, {"from": None}, {"sender_chat": {"id": -100}},
        {"chat": {"id": -100, "title": "Tin", "type": "channel"}}, {"chat": {"id": "71", "type": "private"}},
    ],
)  # fmt: skip
def test_bots_and_channels_are_not_people(body: dict[str, Any]) -> None:
    assert said(**{"text": "/viec", **body}) is None


def test_what_no_database_keeps_is_replaced() -> None:
    made = incoming(text="a\ud800b\x00c", document={**FILE, "file_name": "\udfff.pdf"})
    assert made.text == "a\ufffdb\ufffdc" and made.files[0]["name"] == "\ufffd.pdf"
    made.text.encode()


def test_a_huge_text_passes() -> None:
    assert incoming(text="x" * 10_000_000).text[-1] == "x"
    assert said(GROUP, text="@dondoc_bo " * 500_000) is None
