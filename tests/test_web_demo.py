"""The demo's page: be anybody, move the clock, and only there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from demo import _listening
from models import clock
from models.message import Message, MessageState
from tests.web_stage import Browser, Stage, stage


class SteppingClock:
    """A demo clock whose steps are a fixed time and a message to the head of TTS."""

    def __init__(self) -> None:
        self.stage: Stage | None = None
        self.steps: list[str] = []

    def now(self) -> datetime:
        return clock.local_now()

    def advance(self, step: str) -> None:
        self.steps.append(step)
        clock.stand_at(clock.now() + timedelta(days=1))
        assert self.stage is not None
        person = self.stage.person("tts.truong")
        with self.stage.database.write() as session:
            session.add(Message(key=f"slot:{len(self.steps)}", person_id=person, not_before=clock.now(),
                                sent_at=clock.now(), created_at=clock.now(), text="Nhắc việc",
                                state=MessageState.SENT))  # fmt: skip


@pytest.fixture
def demo() -> Iterator[Stage]:
    stepping = SteppingClock()
    with stage(stepping) as made:
        stepping.stage = made
        yield made


def visitor(demo: Stage) -> Browser:
    """Somebody who opens the page for the first time, with the token that it gave."""
    browser = demo.browser()
    browser.token = token_of(browser.get("/demo").text)  # type: ignore[attr-defined]
    return browser


def token_of(text: str) -> str:
    return text.split('name="form_token" value="')[1].split('"')[0]


def be(browser: Browser, who: str, onward: str = "") -> str:
    page = browser.post(f"/demo/be/{who}", {"next": onward}, token=token_of(browser.get("/demo").text))
    return str(page.text)


def test_anybody_can_be_anybody(demo: Stage) -> None:
    browser = visitor(demo)
    for who, name in (("gd", "Trần Văn Thành"), ("vp.vanthu", "Bùi Thị Ngọc"), ("tts.truong", "Hoàng Minh Tuấn")):
        page = be(browser, who)
        assert f'<h2 id="talk">{name}' in page and "data-chat" in page


def test_the_page_says_what_is_pretend(demo: Stage) -> None:
    text = visitor(demo).get("/demo").text
    assert "chỉ đồng hồ và người là giả định" in text and "8 giờ, thứ Hai 24/07/2023" in text


def test_everybody_stands_there_once_under_a_unit(demo: Stage) -> None:
    found = re.findall(r'class="people".*?</nav>', visitor(demo).get("/demo").text, re.S)[0]
    people = re.findall(r"/demo/be/([\w.]+)", found)
    assert len(people) == len(set(people)) == 29 and "gd" in people and "quantri" in people


def test_the_clock_moves_and_new_messages_are_counted(demo: Stage) -> None:
    browser = visitor(demo)
    be(browser, "vp.vanthu")
    page = browser.post("/demo/clock", {"step": "day"}, token=token_of(browser.get("/demo").text))
    assert "thứ Ba 25/07/2023" in page.text and demo.context.demo.steps == ["day"]  # type: ignore[union-attr]
    assert re.search(r"Hoàng Minh Tuấn</span>.*?class=\"badge\"[^>]*>1<", page.text, re.S)
    page_text = be(browser, "tts.truong")
    assert "Nhắc việc" in page_text and "badge" not in page_text


def test_the_figures_that_changed_stand_out(demo: Stage) -> None:
    browser = visitor(demo)
    be(browser, "vp.vanthu")
    demo.order("TTS")
    text = browser.get("/demo").text
    assert 'class="cat-trong_han changed"' in text and "(+1)" in text
    assert "changed" not in re.findall(r'class="cat-\w+[^"]*"', browser.get("/demo").text)


def test_a_chat_in_the_demo_comes_back_to_it(demo: Stage) -> None:
    code = demo.order("TTS")
    browser = visitor(demo)
    be(browser, "tts.truong")
    page = browser.post(
        "/chat", {"text": f"nhan {code}", "key": "a", "back": "/demo"}, token=token_of(browser.get("/demo").text)
    )
    assert page.url.path == "/demo" and demo.task(code).state == "acknowledged"


def test_the_draft_opens_as_the_clerk(demo: Stage) -> None:
    demo.import_seed()
    text = visitor(demo).get("/demo").text
    assert 'value="/directives/1/review"' in text
    who = re.findall(r'action="/demo/be/([\w.]+)" class="card"', text)[0]
    page = be(visitor(demo), who, "/directives/1/review")
    assert "Nhiệm vụ dự thảo: 6" in page and 'value="assign"' in page


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example", "/demo/../x", "/logout", "/\\evil"])
def test_it_leads_nowhere_else(demo: Stage, onward: str) -> None:
    browser = visitor(demo)
    answer = browser.post("/demo/be/gd", {"next": onward}, token=token_of(browser.get("/demo").text), follow=False)
    assert answer.headers["location"] == "/demo"


def test_a_service_has_no_such_page() -> None:
    with stage() as office:
        clerk = office.browser("vp.vanthu")
        assert clerk.get("/demo").status_code == 404
        assert (
            clerk.post("/demo/be/gd").status_code == 404
            and clerk.post("/demo/clock", {"step": "day"}).status_code == 404
        )


def test_of_two_demos_that_want_one_port_each_has_its_own() -> None:
    with _listening(0) as first, _listening(first.getsockname()[1]) as second:
        assert first.getsockname()[1] != second.getsockname()[1]
