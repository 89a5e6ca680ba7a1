"""The browser chat: what is said is kept before it is answered, once; buttons, files, a page that updates itself."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from sqlmodel import func, select

from bot.prompts import close, open_prompt
from models import clock
from models.message import Inbox, InboxState, Message, MessageState
from models.report import Evidence
from tests.web_stage import Browser, Stage, said, stage
from web.chat.lines import stamp
from web.chat.live import changes, look

PICTURE = b"\xff\xd8\xff\xe0" + b"0" * 64


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def words(page: str) -> list[tuple[str, str]]:
    """Every line: own or came, and its words."""
    found = re.findall(r'<li class="line (own|came)">\s*(?:<p class="words">(.*?)</p>)?', page, re.S)
    return [(who, html.unescape(text)) for who, text in found]


def assigned(office: Stage, who: str, code: str) -> int:
    """A message that names the task and has buttons, as the schedule sends it; the prompt's id."""
    person, number = office.person(who), int(code.removeprefix("NV"))
    with office.database.write() as session:
        prompt = open_prompt(session, person_id=person, kind="assigned", tasks=(number,))
        buttons = [{"label": "1 Đã nhận", "number": 1, "prompt": prompt, "task": None}]
        session.add(Message(key=f"slot:{person}:1", person_id=person, not_before=clock.now(), created_at=clock.now(),
                            sent_at=clock.now(), state=MessageState.SENT, text=f"Giao {code}", buttons=buttons,
                            kinds=["assigned"], tasks=[number], prompt_id=prompt))  # fmt: skip
    return prompt


def inbox(office: Stage) -> list[Inbox]:
    with office.database.read() as session:
        return list(session.exec(select(Inbox)).all())


def say(browser: Browser, text: str, key: str) -> str:
    return str(browser.post("/chat", {"text": text, "key": key}).text)


def test_what_is_said_is_answered_on_the_page_that_comes_back(office: Stage) -> None:
    code = office.order("QLVH")
    page = say(office.browser("qlvh.truong"), f"nhan {code}", "a")
    lines = words(page)
    assert lines[0] == ("own", f"nhan {code}") and lines[1][0] == "came" and code in lines[1][1]
    assert office.task(code).state == "acknowledged" and inbox(office)[0].state is InboxState.DONE


def test_a_form_sent_twice_is_one_message(office: Stage) -> None:
    head = office.browser("qlvh.truong")
    say(head, "xin chào", "a")
    page = say(head, "xin chào", "a")
    assert len(inbox(office)) == 1 and [who for who, _ in words(page)].count("own") == 1


def test_a_button_is_there_while_its_question_is_open(office: Stage) -> None:
    code = office.order("QLVH")
    prompt = assigned(office, "qlvh.truong", code)
    head = office.browser("qlvh.truong")
    button = f'name="press" value="{prompt}:1:"'
    assert button in head.get("/chat").text
    page = head.post("/chat", {"press": f"{prompt}:1:", "key": "p1"})
    assert office.task(code).state == "acknowledged" and ("own", "1 Đã nhận") in words(page.text)
    with office.database.write() as session:
        close(session, [prompt])
    assert button not in head.get("/chat").text


def test_another_persons_button_does_nothing(office: Stage) -> None:
    code = office.order("QLVH")
    prompt = assigned(office, "qlvh.truong", code)
    page = office.browser("qldl.truong").post("/chat", {"press": f"{prompt}:1:", "key": "p1"})
    assert page.status_code == 200 and words(page.text)[-1][0] == "came"
    assert office.task(code).state == "assigned"


def test_a_button_pressed_twice_gets_one_clear_sentence(office: Stage) -> None:
    code = office.order("QLVH")
    prompt = assigned(office, "qlvh.truong", code)
    head = office.browser("qlvh.truong")
    head.post("/chat", {"press": f"{prompt}:1:", "key": "p1"})
    version = office.task(code).version
    page = head.post("/chat", {"press": f"{prompt}:1:", "key": "p2"})
    assert words(page.text)[-1][0] == "came" and words(page.text)[-1][1] and office.task(code).version == version


def test_a_photo_is_kept_with_its_message(office: Stage) -> None:
    code = office.order("QLVH")
    head = office.browser("qlvh.truong")
    page = head.post("/chat", {"text": f"{code} ảnh hiện trường", "key": "a"}, {"files": ("anh.jpg", PICTURE)})
    assert 'src="/evidence/1?show"' in page.text
    with office.database.read() as session:
        evidence = session.exec(select(Evidence)).one()
    assert evidence.inbox_id == inbox(office)[0].id and inbox(office)[0].payload["attachments"] == ["photo"]


@pytest.mark.parametrize(
    ("fields", "files", "status", "sentence"),
    [
        ({"text": "  "}, None, 400, "Chưa có nội dung"),
        ({"text": "x" * 4001}, None, 400, "dài quá 4000"),
        ({"press": "1"}, None, 400, "không đúng mẫu"),
        ({"text": "gửi"}, {"files": ("a.exe", b"MZ\x90")}, 400, "không đúng loại"),
        ({"text": "gửi"}, {"files": ("a.txt", "TỐI MẬT\nnội dung".encode())}, 400, "dấu mật"),
    ],
)
def test_what_cannot_be_sent_is_one_sentence_and_nothing_is_kept(
    office: Stage, fields: dict[str, str], files: dict[str, tuple[str, bytes]] | None, status: int, sentence: str
) -> None:
    answer = office.browser("qlvh.truong").post("/chat", fields | {"key": "a"}, files)
    assert answer.status_code == status and sentence in said(answer)
    assert inbox(office) == []
    with office.database.read() as session:
        assert session.exec(select(func.count()).select_from(Evidence)).one() == 0


def test_words_of_a_refused_message_are_still_in_the_box(office: Stage) -> None:
    answer = office.browser("qlvh.truong").post(
        "/chat", {"text": "kèm theo tệp", "key": "a"}, {"files": ("a.exe", b"MZ")}
    )
    assert "kèm theo tệp</textarea>" in answer.text


def test_what_is_typed_is_no_html(office: Stage) -> None:
    page = say(office.browser("qlvh.truong"), "<img src=x onerror=alert(1)>", "a")
    assert "<img src=x" not in page and "&lt;img src=x" in page


def test_a_message_not_yet_delivered_is_not_shown(office: Stage) -> None:
    person = office.person("qlvh.truong")
    with office.database.write() as session:
        session.add(
            Message(key="slot:1", person_id=person, not_before=clock.now(), created_at=clock.now(), text="chưa đến giờ")
        )
    assert "chưa đến giờ" not in office.browser("qlvh.truong").get("/chat").text


async def test_the_page_is_told_when_there_is_something_new(office: Stage) -> None:
    head = office.browser("qlvh.truong")
    told = changes(office.context, head.visit, every=0, looks=10)
    first = await anext(told)
    say(head, "xin chào", "a")
    second = await anext(told)
    assert first.startswith("data: ") and second.startswith("data: ") and first != second


async def test_the_stream_ends_with_the_session_and_after_a_while(office: Stage) -> None:
    head = office.browser("qlvh.truong")
    assert [line async for line in changes(office.context, head.visit, every=0, looks=50)][1:] == [
        ": still here\n\n"
    ] * 2
    nobody = office.browser()
    assert look(office.context, nobody.visit) is None


def test_the_stamp_follows_what_is_shown(office: Stage) -> None:
    code, person = office.order("QLVH"), office.person("qlvh.truong")

    def now() -> str:
        with office.database.read() as session:
            return stamp(session, person)

    stamps = [now()]
    assigned(office, "qlvh.truong", code)
    stamps.append(now())
    say(office.browser("qlvh.truong"), "1", "a")
    stamps.append(now())
    assert len(set(stamps)) == 3
