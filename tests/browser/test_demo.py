"""The demo in a real browser: every role, a full life of a task, and what scripts, small screens and no scripts do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
START = "import config, demo; demo.run(config.load(), open_page=False)"
PATHS = ("/demo", "/", "/tasks", "/tasks/NV2", "/directives", "/directives/1/review", "/directives/new", "/calendar",
         "/chat")  # fmt: skip
PICTURE = b"\xff\xd8\xff\xe0" + b"0" * 64


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A demo of its own, at this address."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DONDOC_")}
    environment |= {"DONDOC_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", START], env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as demo:
        assert demo.stdout is not None
        try:
            yield demo.stdout.readline().strip().removesuffix("/demo")
        finally:
            demo.terminate()
            demo.wait(10)


class Player:
    """One browser that is anybody in turn. Faults of scripts and of the content policy fail the test."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.page: Page = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="vi-VN", **options
        ).new_page()
        self.address = address
        self.faults: list[str] = []
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        # The server says when it listens only by answering.
        for _ in range(100):
            try:
                self.page.goto(f"{address}/demo")
                break
            except Exception:
                self.page.wait_for_timeout(100)

    def be(self, who: str) -> None:
        self.page.goto(f"{self.address}/demo")
        self.page.click(f'.people form[action="/demo/be/{who}"] button')
        expect(self.page.locator('.people [aria-current="true"]')).to_have_count(1)

    def step(self, name: str) -> None:
        self.page.goto(f"{self.address}/demo")
        before = self.page.inner_text(".now")
        self.page.click(f'.clock button[value="{name}"]')
        expect(self.page.locator(".now")).not_to_have_text(before, timeout=30_000)

    def say(self, who: str, words: str) -> str:
        """What comes back in the chat, which updates without loading the page again."""
        self.be(who)
        lines = self.page.locator(".log .line").count()
        self.page.fill("#say", words)
        self.page.press("#say", "Enter")
        expect(self.page.locator(".log .line")).to_have_count(lines + 2)
        return self.page.inner_text(".log .line:last-child")

    def do(self, who: str, code: str, act: str, **fields: str) -> str:
        """An act on the task's page; what the page says then."""
        self.be(who)
        self.page.goto(f"{self.address}/tasks/{code}")
        form = self.page.locator(f'form[action="/tasks/{code}/{act}"]').first
        self.page.locator("details", has=form).first.locator("summary").click()
        for name, value in fields.items():
            field = form.locator(f'[name="{name}"]')
            field.select_option(label=value) if field.evaluate("e => e.tagName") == "SELECT" else field.fill(value)
        form.locator("button").click()
        return self.page.inner_text(".done, .refused")


def assign(player: Player) -> None:
    """The Office dates item 2, writes the leader's words down, and assigns."""
    page = player.page
    page.click(".side .main-act")
    page.click(".instructions summary")
    page.fill("#instruction_words", "TTS chủ trì, báo cáo trước 28/7.")
    page.locator('form[action$="/instruction"] button').click()
    expect(page.locator(".said p")).to_have_text("TTS chủ trì, báo cáo trước 28/7.")
    card = page.locator("article.item", has=page.locator("h3", has_text="Mục 2"))
    card.locator('[name="due"]').fill("28/7")
    card.locator('[name="due"]').press("Enter")
    expect(page.locator("article.item", has_text="thứ Sáu 28/07/2023")).to_have_count(1)
    page.click('button[value="waive"]')
    expect(page.locator(".done")).to_contain_text("Đã giao nhiệm vụ")


def figure(player: Player, name: str) -> str:
    return player.page.inner_text(f'[data-figure="{name}"] strong')


def test_a_full_life(chromium: Browser, address: str) -> None:
    player = Player(chromium, address)
    page = player.page
    assign(player)
    player.step("slot")
    expect(page.locator('form[action="/demo/be/tts.truong"] .badge')).to_have_text("1")

    player.be("tts.truong")
    expect(page.locator(".log")).to_contain_text("NV2")
    page.click(".log .buttons button >> nth=0")
    expect(page.locator(".log .line")).to_have_count(3)
    assert "NV2" in player.say("tts.truong", "xin lùi đến 2/8 vì chờ số liệu")
    assert "chuyển" in player.do("vp.vanthu", "NV2", "forward", opinion="đề nghị đồng ý")
    player.step("slot")
    player.be("gd")
    page.click('.log .buttons button:has-text("8")')
    expect(page.locator(".log .line:last-child")).to_contain_text("02/08/2023")

    player.be("tts.truong")
    page.goto(f"{address}/chat")
    page.set_input_files("#attach", {"name": "ban-ky.jpg", "mimeType": "image/jpeg", "buffer": PICTURE})
    page.fill("#say", "2 NV2 số 12/KH-TTr ngày 24/7/2023")
    page.press("#say", "Enter")
    expect(page.locator(".log .line:last-child")).to_contain_text("NV2")
    assert "bổ sung" in player.do("vp.vanthu", "NV2", "return", reason="thiếu phụ lục")
    assert "Đã ghi nhận báo cáo" in player.do(
        "tts.truong", "NV2", "report", product="12/KH-TTr", product_date="2023-07-24"
    )
    assert "Đã xác nhận hoàn thành" in player.do("vp.truong", "NV2", "accept")
    expect(page.locator(".history")).to_contain_text("thiếu phụ lục")
    page.goto(f"{address}/")
    assert figure(player, "dung_han_xong") == "1"

    assert "chuyển đơn vị khác" in player.do("tccb.truong", "NV9", "refuse", reason="không đúng chức năng")
    assert "Đã giao cho đơn vị mới" in player.do("vp.pho", "NV9", "reassign", unit="Văn phòng Sở")
    assert "Đã ghi nhận" in player.do("qldl.pho", "NV6", "progress", words="đang rà soát")
    assert "QUÁ HẠN" in player.say("gd", "ai còn nợ việc gì?")
    player.step("week")
    player.be("pgd1")
    expect(page.locator(".log")).to_contain_text("BÁO CÁO TUẦN")
    player.be("quantri")
    page.goto(f"{address}/tasks/NV2")
    expect(page.locator("aside .act")).to_have_count(0)
    assert player.faults == []


def test_the_chat_updates_by_itself_and_says_why_a_file_is_refused(chromium: Browser, address: str) -> None:
    office, head = Player(chromium, address), Player(chromium, address)
    assign(office)
    head.be("qlvh.truong")
    head.page.goto(f"{address}/chat")
    office.step("slot")
    expect(head.page.locator(".log")).to_contain_text("NV4")
    head.page.set_input_files("#attach", {"name": "a.exe", "mimeType": "text/plain", "buffer": b"MZ\x90"})
    head.page.fill("#say", "gửi kèm")
    head.page.click(".composer .main-act")
    expect(head.page.locator(".refused")).to_contain_text("không đúng loại")
    expect(head.page.locator("#say")).to_have_value("gửi kèm")
    head.page.press("#say", "Enter")
    expect(head.page.locator(".log .own")).to_contain_text("gửi kèm")
    assert [fault for fault in head.faults if "400" not in fault] == []


def test_without_scripts(chromium: Browser, address: str) -> None:
    player = Player(chromium, address, java_script_enabled=False)
    page = player.page
    assign(player)
    player.step("slot")
    player.be("tv.truong")
    page.click(".log .buttons button >> nth=0")
    assert page.url == f"{address}/demo" and "đã nhận NV12" in page.inner_text(".log")
    page.fill("#say", "NV12 đang làm")
    page.click(".composer .main-act")
    assert "NV12 đang làm" in page.inner_text(".log")


def test_the_calendar_shows_what_moves_before_it_is_saved(chromium: Browser, address: str) -> None:
    player = Player(chromium, address)
    assign(player)
    player.be("vp.truong")
    page = player.page
    page.goto(f"{address}/calendar")
    page.fill("#day0", "2023-07-28")
    page.fill("#note0", "mất điện")
    page.locator("form", has=page.locator("#day0")).locator("button").last.click()
    expect(page.get_by_role("heading", name="chưa lưu")).to_be_visible()
    expect(page.locator("main")).to_contain_text("NV2")
    page.click('button[name="save"]')
    expect(page.locator(".done")).to_contain_text("Đã lưu lịch làm việc")
    expect(page.locator("main")).to_contain_text("thứ Sáu 28/07/2023")


def test_no_page_is_wider_than_its_screen(chromium: Browser, address: str) -> None:
    assign(Player(chromium, address))
    for width, scheme in ((360, "light"), (390, "dark"), (1280, "dark")):
        player = Player(chromium, address, color_scheme=scheme)
        player.be("vp.vanthu")
        player.page.set_viewport_size({"width": width, "height": 800})
        for path in PATHS:
            player.page.goto(address + path)
            assert player.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
        assert player.faults == []
