"""A chat is linked by a code, the name it belongs to and a yes, and by nothing else; words take it away again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlmodel import select

from models import pairing
from models.linking import CHAT, digest
from models.message import Notice
from tests.chat_stage import GROUP, SECRET, Chats
from tests.stage import HUNG, MAI

HOW = "Văn phòng Sở chưa biết đồng chí là ai"


@pytest.fixture
def office() -> Chats:
    return Chats()


def test_a_code_shows_name_title_and_unit_and_links_only_after_a_yes(office: Chats) -> None:
    asked = office.said("phone", office.code(HUNG))
    assert asked == ("Mã này được cấp cho: Nguyễn Văn Hùng, Trưởng phòng Quản lý Văn hóa.\n"
                     "Đồng chí có phải là người này không? Trả lời: 1 Đúng · 2 Không phải.")  # fmt: skip
    assert office.chats(HUNG) == []
    done = office.said("phone", "1")
    assert office.chats(HUNG) == [("telegram", "phone")]
    for told in ("để giao nhiệm vụ, nhắc việc và nhận báo cáo", "lưu nội dung trao đổi", "gõ: hủy liên kết"):
        assert told in done
    assert office.history(HUNG) == [("link_code", "vp.vanthu"), ("linked", HUNG)]


@pytest.mark.parametrize("yes", ["1", "Đúng", "đúng rồi ạ", "dung", "Vâng", "1 Đúng", "1. đúng", "Đúng là tôi", "phải",
                                 "có ạ", "yes", "Đu\u0301ng"])  # fmt: skip
def test_a_yes_is_understood_as_people_type_it(office: Chats, yes: str) -> None:
    office.said("phone", office.code(HUNG))
    office.said("phone", yes)
    assert office.chats(HUNG) == [("telegram", "phone")]


@pytest.mark.parametrize("no", ["2", "không", "Không phải", "không phải tôi", "2 Không phải", "sai rồi",
                                "khong phai a"])  # fmt: skip
def test_a_no_uses_the_code_up_and_the_office_learns_of_it(office: Chats, no: str) -> None:
    code = office.code(HUNG)
    office.said("phone", code)
    assert office.said("phone", no).startswith("Mã này đã được hủy")
    assert office.said("phone", code).startswith("Mã không đúng hoặc đã hết hạn") and office.linked() == 0
    with office.database.read() as session:
        told = session.exec(select(Notice)).all()
    assert {office.names[one.person_id] for one in told} == {"vp.truong", "vp.pho", "vp.vanthu"}
    assert all("Nguyễn Văn Hùng" in one.facts["line"] for one in told)


@pytest.mark.parametrize("words", ["ai đấy", "11", "3", "1 NV12", "có NV nào không", "đúng không?", "không biết"])
def test_anything_else_is_asked_again(office: Chats, words: str) -> None:
    office.said("phone", office.code(HUNG))
    assert office.said("phone", words).startswith("Mã này được cấp cho") and office.linked() == 0


@pytest.mark.parametrize("form", ["{}", " {}. ", "mã {}", "Mã: {}", "/lienket {}", "/start {}", "em gửi mã {} ạ",
                                  "Mã liên kết của tôi là {}"])  # fmt: skip
def test_a_code_is_found_as_people_send_it(office: Chats, form: str) -> None:
    code = office.code(HUNG)
    for number, typed in enumerate((code, code.lower())):
        assert office.said(f"phone{number}", form.format(typed)) != ""
        office.said(f"phone{number}", "1")
    assert office.chats(HUNG) == [("telegram", "phone0")]


def test_a_unit_that_the_title_does_not_name_is_shown_beside_it(office: Chats) -> None:
    assert "Nguyễn Thu Lan, Chánh Văn phòng, Văn phòng Sở." in office.said("phone", office.code("vp.truong"))


def test_a_code_in_two_halves_is_one(office: Chats) -> None:
    code = office.code(HUNG)
    assert office.said("phone", f"{code[:4]} {code[4:]}").startswith("Mã này được cấp cho")


def test_a_deep_link_of_telegram_links_like_a_typed_code(office: Chats) -> None:
    assert office.said("phone", start=office.code(HUNG)).startswith("Mã này được cấp cho")
    assert office.said("phone", "1").startswith("Đã liên kết")
    assert office.said("phone", start=office.code(HUNG)).startswith("Cuộc trò chuyện này đã liên kết")
    assert office.said("phone", start="quangcao").startswith("Cuộc trò chuyện này đã liên kết")


def test_a_code_is_kept_as_an_hmac_works_once_and_for_a_quarter_of_an_hour(office: Chats) -> None:
    code = office.code(HUNG)
    assert office.digests() == [digest(SECRET, code, CHAT)] and code not in office.digests()[0]
    office.let_pass(14)
    assert office.said("phone", code).startswith("Mã này được cấp cho")
    office.let_pass(2)
    assert office.said("phone", "1").startswith(HOW), "the code is over before the yes"
    assert office.said("phone", code).startswith("Mã không đúng hoặc đã hết hạn") and office.linked() == 0
    office.link(HUNG, "phone")
    with office.database.read() as session:
        assert session.exec(select(pairing.LinkCode).where(pairing.LinkCode.used_at == None)).all() != []  # noqa: E711


def test_of_two_chats_with_one_code_the_first_has_it(office: Chats) -> None:
    code = office.code(HUNG)
    first, second = office.keep("phone", code), office.keep("thief", code)
    assert office.answer(first)[0].text.startswith("Mã này được cấp cho")
    assert office.answer(second)[0].text.startswith("Mã không đúng")
    office.said("thief", "1")
    assert office.linked() == 0
    office.said("phone", "1")
    assert office.chats(HUNG) == [("telegram", "phone")] and office.linked() == 1
    assert office.said("third", code).startswith("Mã không đúng"), "it was used"


def test_of_many_chats_that_type_one_code_in_the_same_moment_one_is_asked(tmp_path: Path) -> None:
    office = Chats(url=f"sqlite:///{tmp_path / 'office.db'}")
    code = office.code(HUNG)
    kept = [office.keep(f"phone{n}", code) for n in range(6)]
    with ThreadPoolExecutor(6) as threads:
        said = [replies[0].text for replies in threads.map(office.answer, kept)]
    assert sorted(text.startswith("Mã này được cấp cho") for text in said) == [False] * 5 + [True]
    yes = [office.keep(f"phone{n}", "1") for n in range(6)]
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(office.answer, yes))
    assert office.linked() == 1
    office.database.close()


def test_a_second_code_in_a_chat_takes_the_place_of_the_first(office: Chats) -> None:
    first, second = office.code(HUNG), office.code(MAI)
    office.said("phone", first)
    assert "Đỗ Thị Mai" in office.said("phone", second)
    office.said("phone", "1")
    assert (office.chats(HUNG), office.chats(MAI)) == ([], [("telegram", "phone")])
    assert office.said("other", first).startswith("Mã này được cấp cho"), "the first is still good"


def test_five_wrong_codes_an_hour_silence_the_chat_even_for_a_right_one(office: Chats) -> None:
    wrong = ["WRQNGAAA", "WRQNGBBB", "WRQNGCCC", "WRQNGDDD", "WRQNGEEE"]
    said = [office.said("thief", code) for code in wrong]
    assert [f"Còn {left:02d} lần" in text for left, text in zip((4, 3, 2, 1), said, strict=False)] == [True] * 4
    assert "không nhận mã trong 01 giờ" in said[4]
    code = office.code(HUNG)
    assert [office.said("thief", words) for words in (code, "1", "alo", "WRQNGFFF")] == [""] * 4
    assert office.said("phone", code).startswith("Mã này được cấp cho"), "another chat hears of nothing"
    office.let_pass(61)
    office.at("2026-11-23 10:01")
    assert office.said("thief", office.code(MAI)).startswith("Mã này được cấp cho")


def test_wrong_codes_are_forgotten_after_an_hour(office: Chats) -> None:
    office.said("thief", "WRQNGAAA")
    office.let_pass(61)
    office.said("phone", "WRQNGBBB")
    with office.database.read() as session:
        assert [one.chat for one in session.exec(select(pairing.WrongCode))] == ["telegram:dondoc:phone"]


def test_a_stranger_is_answered_once_in_ten_minutes(office: Chats) -> None:
    said = [office.said("stranger", words) for words in ("xin chào", "ai đấy", "NV12 xong rồi", "")]
    assert said[0].startswith(HOW) and said[1:] == ["", "", ""]
    assert office.said("another").startswith(HOW)
    office.at("2026-11-23 09:11")
    assert office.said("stranger", "alo").startswith(HOW)


def test_a_stranger_who_is_a_program_is_not_talked_with_for_ever(office: Chats) -> None:
    office.said("program", office.code(HUNG))
    answers = [office.said("program", f"câu {n}") for n in range(30)]
    assert len([one for one in answers if one]) == 9 and answers[-1] == ""


def test_a_code_in_a_group_is_spent_and_asked_for_in_private(office: Chats) -> None:
    code = office.code(HUNG)
    (reply,) = office.in_group("phone", f"mã {code}")
    assert "cuộc trò chuyện riêng" in reply.text and reply.chat_id == GROUP
    assert office.said("phone", code).startswith("Mã không đúng") and office.linked() == 0
    assert office.in_group("phone", "WRQNGAAA") == []


def test_a_code_that_waits_for_its_yes_is_spent_in_a_group_too(office: Chats) -> None:
    code = office.code(HUNG)
    office.said("phone", code)
    office.in_group("phone", code)
    assert office.said("phone", "1").startswith(HOW) and office.linked() == 0


def test_the_code_of_another_person_is_refused_in_a_linked_chat_and_stays_good(office: Chats) -> None:
    office.link(HUNG, "phone")
    code = office.code(MAI)
    assert office.said("phone", code).startswith("Tài khoản này đang liên kết với một người khác")
    assert office.said("phone", start=code).startswith("Tài khoản này đang liên kết với một người khác")
    assert office.said("mai", code).startswith("Mã này được cấp cho: Đỗ Thị Mai")


def test_ones_own_code_in_ones_own_chat_changes_nothing_and_is_used_up(office: Chats) -> None:
    office.link(HUNG, "phone")
    code = office.code(HUNG)
    assert office.said("phone", code).startswith("Cuộc trò chuyện này đã liên kết với đồng chí Nguyễn Văn Hùng")
    assert office.said("other", code).startswith("Mã không đúng")
    assert office.said("phone", "1") != "" and office.chats(HUNG) == [("telegram", "phone")]


def test_eight_letters_that_are_no_code_are_words_in_a_linked_chat(office: Chats) -> None:
    office.link(HUNG, "phone")
    office.tasks_of(12)
    for words in ("thuchanh", "nv12xqng"):
        assert "Mã không đúng" not in office.said("phone", words)


def test_a_new_chat_takes_the_place_of_the_older_one_of_the_same_bot(office: Chats) -> None:
    office.link(HUNG, "old")
    office.link(HUNG, "zalo-phone", "zalo")
    office.link(HUNG, "new")
    assert office.chats(HUNG) == [("telegram", "new"), ("zalo", "zalo-phone")]
    assert office.said("old", "NV12 xong rồi").startswith(HOW)


def test_a_blocked_chat_that_was_replaced_does_not_come_back(office: Chats) -> None:
    office.link(HUNG, "old")
    office.hear("old", service={"blocked": True})
    office.link(HUNG, "new")
    office.hear("old", service={"blocked": False})
    assert office.chats(HUNG) == [("telegram", "new")]


def test_a_blocked_chat_takes_no_messages_until_it_is_opened_again(office: Chats) -> None:
    office.link(HUNG, "phone")
    office.hear("phone", service={"blocked": True})
    assert office.chats(HUNG) == []
    office.hear("phone", service={"blocked": False})
    assert office.chats(HUNG) == [("telegram", "phone")]


def test_a_channel_takes_no_more_people_than_it_may(office: Chats) -> None:
    office = Chats(people={"zalo": 1})
    office.link(HUNG, "hung", "zalo")
    code = office.code(MAI)
    office.said("mai", code, channel="zalo")
    assert "đã đủ số người" in office.said("mai", "1", channel="zalo") and office.chats(MAI) == []
    office.link(HUNG, "hung-new", "zalo")
    office.link(MAI, "mai", "telegram")
    office.hear("hung-new", service={"blocked": True}, channel="zalo")
    office.said("mai2", office.code(MAI), channel="zalo")
    assert "đã đủ số người" in office.said("mai2", "1", channel="zalo"), "the blocked one may come back"
    office.hear("hung-new", service={"blocked": False}, channel="zalo")
    office.said("hung-new", "đồng ý hủy liên kết", channel="zalo")
    assert office.said("mai2", "1", channel="zalo").startswith("Đã liên kết")


def test_a_restart_between_code_and_yes_forgets_nothing(office: Chats) -> None:
    office.said("phone", office.code(HUNG))
    waiting = office.keep("phone", "1")
    again = Chats.__new__(Chats)
    again.__dict__.update(office.__dict__)
    assert again.answer(waiting)[0].text.startswith("Đã liên kết")
    assert again.answer(waiting) == [], "answered once"


def test_what_came_before_the_yes_was_answered_is_the_persons_own(office: Chats) -> None:
    office.task_of(12)
    office.said("phone", office.code(HUNG))
    yes, words = office.keep("phone", "1"), office.keep("phone", "việc của tôi")
    assert office.answer(yes)[0].text.startswith("Đã liên kết")
    assert "NV12" in office.answer(words)[0].text
