"""In a group only who is linked is answered, only totals are told, and only those of the unit whose group it is."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from models.event import Event
from models.group_chat import GroupChat, group_of
from tests.chat_stage import BOT, GROUP, Chats, Reply
from tests.stage import HUNG, LAN, LONG, MAI, THANH

OWES = "ai còn nợ việc gì?"


@pytest.fixture
def office() -> Chats:
    """Heads, a leader and the Office are linked; QLVH and QLDL owe one task each."""
    made = Chats()
    for who, chat in ((HUNG, "hung"), (MAI, "mai"), (LONG, "long"), (LAN, "lan"), (THANH, "thanh")):
        made.link(who, chat)
    made.task_of(12, due="2026-11-20")
    made.task_of(9, due="2026-11-20")
    made.task_of(22, due="2026-11-20")
    return made


def named(office: Chats, chat: str = GROUP) -> str | None:
    """The unit whose group it is; "all" of the office's; None as long as nobody has said."""
    with office.database.read() as session:
        group = group_of(session, "telegram", BOT, chat)
        codes = {unit_id: code for code, unit_id in office.units.items()}
        return None if group is None else codes.get(group.unit_id or 0, "all")


@pytest.mark.parametrize("words", ["/nhom QLVH", "/nhom@dondoc QLVH", "nhóm QLVH", "nhom qlvh", "/nhom",
                                   "/NHOM văn hóa.", "/nhom Phòng Quản lý Văn hóa"])  # fmt: skip
def test_a_head_names_the_group_of_his_unit(office: Chats, words: str) -> None:
    (reply,) = office.in_group("hung", words)
    assert reply == Reply("Nhóm này đã được ghi là nhóm của Phòng Quản lý Văn hóa. Trong nhóm chỉ báo số liệu chung, "
                          "không nêu nhiệm vụ của riêng ai; việc của từng người trao đổi trong cuộc trò chuyện riêng.",
                          GROUP)  # fmt: skip
    assert named(office) == "QLVH"
    with office.database.read() as session:
        event = session.exec(select(Event).where(col(Event.subject).startswith("group:"))).one()
    assert (event.verb, office.names[event.actor_id or 0]) == ("named", HUNG)
    assert event.facts == {"unit": office.units["QLVH"]}


def test_a_deputy_names_it_too_and_the_office_any_group(office: Chats) -> None:
    office.in_group("mai", "/nhom QLVH")
    assert named(office) == "QLVH"
    office.in_group("lan", "/nhom QLDL")
    assert named(office) == "QLDL"
    assert "toàn Sở" in office.in_group("lan", "/nhom toàn Sở")[0].text and named(office) == "all"


@pytest.mark.parametrize(("who", "words", "says"), [
    ("long", "/nhom QLVH", "Chỉ trưởng, phó đơn vị"), ("thanh", "/nhom QLVH", "Chỉ trưởng, phó đơn vị"),
    ("hung", "/nhom sở", "Chỉ trưởng, phó đơn vị"), ("hung", "/nhom ABC", "Đề nghị ghi rõ nhóm của đơn vị nào"),
    ("lan", "/nhom ABC", "Đề nghị ghi rõ nhóm của đơn vị nào"),
])  # fmt: skip
def test_nobody_else_names_it(office: Chats, who: str, words: str, says: str) -> None:
    (reply,) = office.in_group(who, words)
    assert reply.text.startswith(says) and reply.chat_id == GROUP and named(office) is None


def test_the_group_of_a_unit_is_not_made_anothers_but_by_the_office(office: Chats) -> None:
    office.in_group("hung", "/nhom QLVH")
    assert "Chỉ trưởng, phó" in office.in_group("long", "/nhom QLDL")[0].text and named(office) == "QLVH"
    office.in_group("lan", "/nhom QLDL")
    assert named(office) == "QLDL"


def test_in_a_private_chat_there_is_no_group_to_name(office: Chats) -> None:
    assert office.said("hung", "/nhom QLVH").startswith("Lệnh này dùng trong nhóm")
    with office.database.read() as session:
        assert session.exec(select(GroupChat)).all() == []


def test_a_units_group_hears_its_own_totals_and_nothing_else_whoever_asks(office: Chats) -> None:
    office.in_group("hung", "/nhom QLVH")
    for who in ("hung", "lan", "thanh", "long"):
        (said,) = [one for one in office.in_group(who, OWES) if one.chat_id == GROUP]
        assert "Phòng Quản lý Văn hóa, tình hình đến" in said.text and "quá hạn 1;" in said.text
        assert "NV" not in said.text and "Du lịch" not in said.text


def test_the_offices_group_hears_the_totals_of_all(office: Chats) -> None:
    office.in_group("lan", "/nhom sở")
    (said, privately) = office.in_group("thanh", OWES)
    assert "quá hạn 3;" in said.text and "NV" not in said.text and said.chat_id == GROUP
    assert "NV9" in privately.text and privately.chat_id == "thanh"


def test_a_group_that_nobody_has_named_hears_no_figures(office: Chats) -> None:
    (said, privately) = office.in_group("thanh", OWES)
    assert said.text.endswith("Nội dung đồng chí hỏi được gửi riêng.") and "quá hạn" not in said.text
    assert "NV9" in privately.text and privately.chat_id == "thanh"


@pytest.mark.parametrize("words", ["NV12 xong rồi", "việc của tôi", "tuần này", "QLDL còn việc gì", "trợ giúp", "1",
                                   "NV12", "xin chào", "NV12 xin gia hạn đến 4/12", "/viec", "hủy liên kết",
                                   "nhóm này là gì"])  # fmt: skip
def test_everything_else_goes_to_the_speakers_own_chat(office: Chats, words: str) -> None:
    office.in_group("hung", "/nhom QLVH")
    office.link(HUNG, "hung-zalo", "zalo")
    replies = office.in_group("hung", words)
    assert replies and {one.chat_id for one in replies} == {"hung"}


def test_what_is_wrong_with_a_file_is_not_said_before_others(office: Chats) -> None:
    file = {"kind": "file", "name": "mat.pdf", "done": "secret"}
    (reply,) = office.in_group("hung", "", attachments=("file",), files=(file,))
    assert "mat.pdf" in reply.text and reply.chat_id == "hung"


def test_whoever_has_no_private_chat_any_more_is_asked_to_write_there(office: Chats) -> None:
    waiting = office.keep(GROUP, "NV12 xong rồi", user="hung", group=True)
    office.hear("hung", service={"blocked": True})
    (reply,) = office.answer(waiting)
    assert reply.text.startswith("Đề nghị đồng chí nhắn riêng cho Văn phòng Sở") and reply.chat_id == GROUP
    assert office.by_number(12).state == "acknowledged"


@pytest.mark.parametrize("words", ["xin chào", OWES, "/nhom QLVH", "NV12 xong rồi", "1", ""])
def test_a_stranger_in_a_group_is_never_answered(office: Chats, words: str) -> None:
    assert office.in_group("stranger", words) == []
    assert office.in_group("stranger", words, edited=True) == []
    assert office.in_group("", words, attachments=("sticker",)) == []


def test_edited_words_in_a_group_are_not_answered(office: Chats) -> None:
    assert office.in_group("hung", "/nhom QLVH", edited=True) == [] and named(office) is None


def test_a_group_that_was_left_hears_nothing_until_it_is_named_again(office: Chats) -> None:
    office.in_group("hung", "/nhom QLVH")
    office.hear(GROUP, group=True, service={"left": True})
    office.hear(GROUP, group=True, service={"joined": True})
    assert named(office) is None
    assert "quá hạn" not in office.in_group("hung", OWES)[0].text
    office.in_group("hung", "/nhom QLVH")
    assert named(office) == "QLVH"


def test_a_group_keeps_its_name_when_it_becomes_a_supergroup(office: Chats) -> None:
    office.in_group("hung", "/nhom QLVH")
    for _ in range(2):
        office.hear(GROUP, group=True, service={"moved_to": "-100777"})
    assert (named(office), named(office, "-100777")) == (None, "QLVH")


def test_a_group_that_was_named_anew_before_its_move_was_told_keeps_the_new_name(office: Chats) -> None:
    office.in_group("hung", "/nhom QLVH")
    office.in_group("long", "/nhom QLDL", chat="-100777")
    office.hear(GROUP, group=True, service={"moved_to": "-100777"})
    assert (named(office), named(office, "-100777")) == (None, "QLDL")
