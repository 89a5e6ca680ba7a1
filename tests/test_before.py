"""What chats bring beside words: forwarded, edited, stickers, places, old buttons, huge texts: one answer or none."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot import commands
from catalogue import sentences
from models.linking import UPLOAD, looked_at
from models.message import Message
from models.organisation import LinkCode
from models.shown import Place, keep
from models.task import State
from tests.chat_stage import BOT, SECRET, Chats
from tests.stage import HUNG, LAN, THANH

_KINDS = ("photo", "file", "voice", "sticker", "location", "unsupported", "forwarded")


@pytest.fixture
def office() -> Chats:
    made = Chats()
    for who, chat in ((HUNG, "hung"), (LAN, "lan"), (THANH, "thanh")):
        made.link(who, chat)
    made.tasks_of(12, 13)
    return made


def test_an_edited_message_is_not_read_again(office: Chats) -> None:
    assert office.said("hung", "NV12 xong rồi", edited=True).startswith("Tin nhắn đã sửa không được đọc lại")
    assert office.by_number(12).state is State.ACKNOWLEDGED
    assert office.said("hung", "", edited=True, attachments=("location",)) == "", "a place that moves edits its message"
    assert office.said("stranger", "xin chào", edited=True).startswith("Tin nhắn đã sửa")
    assert office.said("stranger", "xin chào lại", edited=True) == ""


def test_forwarded_words_are_no_report(office: Chats) -> None:
    said = office.said("hung", "NV12 xong rồi, số 145/BC-QLVH", attachments=("forwarded",))
    assert said.startswith("Nội dung chuyển tiếp không được ghi là báo cáo")
    assert office.by_number(12).state is State.ACKNOWLEDGED


def test_a_forwarded_picture_may_be_evidence_but_its_words_are_another_persons(office: Chats) -> None:
    said = office.said("hung", "NV12 xong rồi", attachments=("photo", "forwarded"))
    assert said != "" and "chuyển tiếp" not in said
    assert office.by_number(12).state is State.ACKNOWLEDGED


@pytest.mark.parametrize("kind", _KINDS)
def test_each_kind_of_thing_gets_one_answer_or_none(office: Chats, kind: str) -> None:
    assert len(office.hear("hung", "", attachments=(kind,))) <= 1
    assert len(office.hear("stranger", "", attachments=(kind,))) == 1
    assert office.hear("stranger", "", attachments=(kind,)) == []


def test_a_button_of_last_year_is_answered_and_changes_nothing(office: Chats) -> None:
    press: dict[str, Any] = {"prompt": 999, "number": 2, "task": 12}
    assert office.said("hung", press=press) != "" and office.by_number(12).state is State.ACKNOWLEDGED
    assert office.said("stranger", press=press) != "" and office.said("stranger", press=press) == ""


def test_nothing_at_all_is_not_answered(office: Chats) -> None:
    assert office.hear("hung", "") == [] and office.hear("hung", " \n ") == []


@pytest.mark.parametrize("words", ["x" * 4000, "nhóm " + " " * 3990 + "y", "1 " * 2000, "/" * 4000, "à" * 4000,
                                   "\n" * 4000])  # fmt: skip
def test_a_huge_text_gets_at_most_one_answer(office: Chats, words: str) -> None:
    for chat in ("hung", "stranger"):
        assert len(office.hear(chat, words)) <= 1
    office.in_group("hung", words)


def test_a_file_that_was_not_taken_is_named_with_the_reason_and_the_words_count_all_the_same(office: Chats) -> None:
    files = ({"kind": "file", "name": "anh.zip", "done": "type"}, {"kind": "file", "name": "to.pdf", "done": "too_big"})
    (refused, report) = office.hear("hung", "NV12 đang trình ký", attachments=("file", "file"), files=files)
    assert "anh.zip" in refused.text and "to.pdf" in refused.text and "20 MB" in refused.text
    assert "NV12" in report.text
    (only,) = office.hear("hung", "", attachments=("photo",), files=({"kind": "photo", "done": "gone"},))
    assert only.text == "Tệp vừa gửi không còn tải về được. Đề nghị gửi lại."


def test_every_reason_for_which_a_file_is_not_taken_has_its_sentence() -> None:
    reasons = ("type", "empty", "secret", "unscreened", "too_big", "gone", "not_allowed", "broken")
    assert {f"bot.file.{reason}" for reason in reasons} <= sentences("vi").keys()


def test_where_no_documents_are_carried_a_page_is_offered_for_one(office: Chats) -> None:
    office = Chats(base_url="https://dondoc.example", uploads=frozenset({"zalo"}))
    office.link(HUNG, "hung", "zalo")
    office.link(HUNG, "phone")
    said = office.said("hung", attachments=("unsupported",), channel="zalo")
    token = said.partition("https://dondoc.example/t/")[2].split()[0]
    with office.database.read() as session:
        row = looked_at(session, SECRET, token, UPLOAD)
        assert row is not None and row.person_id == office.people[HUNG]
        assert row.about == {"task": None, "channel": "zalo", "bot": BOT, "chat_id": "hung"}
    assert office.said("phone", attachments=("unsupported",)).startswith("Văn phòng Sở chưa đọc được loại tin này")


def test_a_page_that_nobody_can_open_is_not_offered() -> None:
    office = Chats(uploads=frozenset({"zalo"}))
    office.link(HUNG, "hung", "zalo")
    said = office.said("hung", attachments=("unsupported",), channel="zalo")
    assert said == "Kênh này không chuyển tệp văn bản. Đề nghị gửi ảnh chụp vào đây."
    with office.database.read() as session:
        assert session.exec(select(LinkCode).where(LinkCode.purpose == UPLOAD)).all() == []


def test_a_reply_to_a_reminder_is_about_its_task(office: Chats) -> None:
    message_id = office.message(HUNG, "due_soon", 13)
    office.message(HUNG, "due_soon", 12)
    with office.database.write() as session:
        keep(session, [Place(message_id, "telegram", BOT, "hung", "77")])
    assert "NV13" in office.said("hung", "đang trình ký", answers_place="77")
    assert office.said("hung", "đang trình ký", answers_place="78") != ""


@pytest.mark.parametrize(("chat", "command", "says"), [
    ("hung", "/viec", "NV12"), ("hung", "/tuan", "NV12"), ("hung", "/no", "quá hạn"), ("hung", "/trogiup", "Xem việc"),
    ("hung", "/huylienket", "gõ: đồng ý hủy liên kết"), ("hung", "/start", "Xem việc"),
    ("hung", "/Viec@dondoc", "NV12"),
    ("lan", "/no", "quá hạn"), ("lan", "/tuan", "NV12"), ("lan", "/trogiup", "Văn phòng Sở: 8 NV12"),
    ("lan", "/viec", "Nhiệm vụ đang thực hiện: 2"), ("lan", "/huylienket", "gõ: đồng ý hủy liên kết"),
    ("thanh", "/no", "quá hạn"), ("thanh", "/tuan", "NV12"), ("thanh", "/trogiup", "Đồng chí có thể trả lời"),
    ("thanh", "/huylienket", "gõ: đồng ý hủy liên kết"),
])  # fmt: skip
def test_every_command_of_the_menu_does_what_it_says(office: Chats, chat: str, command: str, says: str) -> None:
    assert says.casefold() in office.said(chat, command).casefold()


def test_the_menus_name_only_commands_that_are_understood() -> None:
    for role, names in commands.MENUS.items():
        assert [name for name, _ in commands.menu(role, "vi")] == list(names)
        assert all(name == "huylienket" or commands.spelled(f"/{name}") != f"/{name}" for name in names)
    assert commands.menu("stranger", "vi") == ()
    assert [commands.spelled(words) for words in ("/abc", "viec", "/", "")] == ["/abc", "viec", "/", ""]


_FILES = st.fixed_dictionaries({"kind": st.sampled_from(["photo", "file", "voice"]),
                                "done": st.sampled_from([None, "kept", "gone", "type", "secret"])})  # fmt: skip


@pytest.mark.thorough
@settings(max_examples=80, deadline=None)
@given(
    words=st.one_of(st.text(max_size=60), st.sampled_from(["1", "NV12", "/nhom", "/viec", "AAAABBBB"])),
    kinds=st.lists(st.sampled_from(_KINDS), max_size=3),
    files=st.lists(_FILES, max_size=2), group=st.booleans(), edited=st.booleans(),
    press=st.one_of(st.none(), st.builds(lambda p, n, t: {"prompt": p, "number": n, "task": t}, st.integers(0, 9**9),
                                         st.integers(0, 999), st.one_of(st.none(), st.integers(0, 99)))),
    start=st.one_of(st.none(), st.text(max_size=20)), place=st.one_of(st.none(), st.text(max_size=10)),
    chat=st.sampled_from(["hung", "stranger"]),
)  # fmt: skip
def test_whatever_comes_nothing_raises_and_little_is_said(
    words: str, kinds: list[str], files: list[dict[str, Any]], group: bool, edited: bool, press: dict[str, Any] | None,
    start: str | None, place: str | None, chat: str,
) -> None:  # fmt: skip
    office = _linked()
    replies = office.hear("-9" if group else chat, words, user=chat, attachments=tuple(kinds), files=tuple(files),
                          group=group, edited=edited, press=press, start=start, answers_place=place)  # fmt: skip
    assert len(replies) <= 3
    assert not (group and chat == "stranger" and replies)
    with office.database.read() as session:
        assert all(one.text for one in session.exec(select(Message).where(Message.inbox_id != None)))  # noqa: E711


def _linked() -> Chats:
    office = Chats()
    office.link(HUNG, "hung")
    office.task_of(12)
    return office
