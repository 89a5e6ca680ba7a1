"""E-mail as the last resort: what is written, and that nothing in a text or an address makes more of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

import pytest

from bot.channel import Outgoing, Refused, Result, Sent
from bot.email import EmailChannel, MailServer, shortened
from models import clock
from models.rules import OFFICE_ZONE
from tests.mail_server import SENDER, Post, post_office

HEAD = "tts.truong@so.example"
TEXT = "Nhắc việc: 02 nhiệm vụ đến hạn hôm nay\nNV2: Báo cáo kết quả rà soát\n.\n.. hết"
NOW = datetime(2026, 11, 23, 7, 30, tzinfo=OFFICE_ZONE)


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with post_office() as made:
        yield made


def channel(server: MailServer) -> EmailChannel:
    return EmailChannel(server, lambda address: f"https://dondoc.example/chat?{len(address)}")


async def sent(post: Post, outgoing: Outgoing | None = None) -> Result:
    return await channel(post.server).send(outgoing or Outgoing(HEAD, TEXT, key="slot:7:2026-11-23T07:30"))


async def test_a_message_arrives_as_plain_text_with_the_way_into_the_chat_at_its_foot(post: Post) -> None:
    with clock.standing_at(NOW):
        result = await sent(post)
    mail, sender, to = post.took[0]
    assert (sender, to) == (SENDER, [HEAD]) and isinstance(result, Sent)
    assert result.places == (mail["Message-ID"],)
    assert mail["Subject"] == "Văn phòng Sở: Nhắc việc: 02 nhiệm vụ đến hạn hôm nay"
    assert mail["From"] == f"Văn phòng Sở <{SENDER}>" and mail["To"] == HEAD
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Date"] == "Mon, 23 Nov 2026 07:30:00 +0700"
    assert mail.get_content_type() == "text/plain" and mail.get_content_charset() == "utf-8"
    words, _, foot = mail.get_content().replace("\r\n", "\n").rstrip("\n").rpartition("\n\n")
    assert words == TEXT and foot.endswith("https://dondoc.example/chat?21") and "\n" not in foot


async def test_every_byte_on_the_wire_is_ascii_in_short_lines(post: Post) -> None:
    await sent(post, Outgoing(HEAD, "Đề nghị " * 2000, key="a"))
    assert post.raw[0].isascii() and max(len(line) for line in post.raw[0].split(b"\r\n")) <= 78


async def test_a_long_message_is_one_mail(post: Post) -> None:
    text = "\n".join(f"Dòng {n} của một danh sách dài" for n in range(3000))
    assert isinstance(await sent(post, Outgoing(HEAD, text, key="a")), Sent)
    assert len(post.took) == 1 and post.took[0][0].get_content().replace("\r\n", "\n").startswith(text)


async def test_a_repeat_is_the_same_mail_and_says_so(post: Post) -> None:
    first = Outgoing(HEAD, TEXT, key="slot:7")
    for one in (first, replace(first, repeat=True), replace(first, key="slot:8")):
        await sent(post, one)
    mails = [mail for mail, _, _ in post.took]
    ids = [mail["Message-ID"] for mail in mails]
    assert ids[0] == ids[1] != ids[2] and "slot" not in ids[0] and ids[0].endswith("@so.example>")
    assert mails[1]["Subject"] == mails[0]["Subject"]
    assert mails[1].get_content().startswith("(Gửi lại, có thể đồng chí đã nhận)\r\nNhắc việc")


async def test_messages_without_a_key_are_different_mails(post: Post) -> None:
    for _ in range(2):
        await sent(post, Outgoing(HEAD, TEXT))
    assert len({mail["Message-ID"] for mail, _, _ in post.took}) == 2


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("\n  \nKính gửi: đồng chí Hoàng Minh Tuấn", "Văn phòng Sở: Kính gửi: đồng chí Hoàng Minh Tuấn"),
        ("Một\u2028Hai", "Văn phòng Sở: Một"),
        ("Một\tHai  Ba\x07", "Văn phòng Sở: Một Hai Ba"),
        ("Nhắc việc\r\nBcc: khac@so.example\r\n\r\nthân thư", "Văn phòng Sở: Nhắc việc"),
        ("a\rBcc: khac@so.example", "Văn phòng Sở: a"),
        ("=?utf-8?q?a=0D=0ABcc:_khac@so.example?=", "Văn phòng Sở: = ?utf-8?q?a=0D=0ABcc:_khac@so.example?="),
    ],
)
async def test_a_subject_is_one_line_and_no_header_comes_of_a_text(post: Post, text: str, subject: str) -> None:
    await sent(post, Outgoing(HEAD, text, key="a"))
    mail, _, to = post.took[0]
    assert mail["Subject"] == subject and to == [HEAD]
    assert sorted(mail.keys()) == ["Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From",
                                   "MIME-Version", "Message-ID", "Subject", "To"]  # fmt: skip


def test_a_subject_is_cut_between_words_and_never_inside_a_letter() -> None:
    line = "Văn phòng Sở: " + "báo cáo kết quả thực hiện " * 9
    assert len(shortened(line, 78)) <= 78 and shortened(line, 78).endswith(("kết…", "quả…", "thực…", "báo…", "cáo…"))
    assert shortened("Văn phòng Sở: " + "x" * 200, 78) == "Văn phòng Sở: " + "x" * 63 + "…"
    assert shortened("x" * 76 + "e\u0323\u0302" * 9, 78) == "x" * 76 + "…"
    assert shortened("x" * 78, 78) == "x" * 78


@pytest.mark.parametrize(
    "address",
    ["", "không có", "a@b@c", "a,b@so.example", "a@so.example, b@so.example", "a@so.example\r\nRCPT TO:<b@so.example>",
     "A <a@so.example>", "<a@so.example>", "a b@so.example", "a@so.example\n", "a@", "@so.example", "a..b@so.example",
     "trưởng@so.example", "a@sở.example", "a@so..example", "a" * 250 + "@so.example", '"a\r\n"@so.example'],
)  # fmt: skip
async def test_what_is_no_address_is_refused_before_anything_is_sent(post: Post, address: str) -> None:
    assert await sent(post, Outgoing(address, TEXT, key="a")) == Refused("bad_address")
    assert post.took == []
