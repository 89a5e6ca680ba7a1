"""One's own page, the programs' and the API's in a real browser: on a phone, in the dark, without script; axe finds
nothing."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_demo import Player, address, chromium

__all__ = ["address", "chromium"]

pytestmark = pytest.mark.browser
SIZES = [{"width": 360, "height": 740}, {"width": 1280, "height": 900}]


def faults(page: Page) -> list[Any]:
    """What axe finds on the page, by rule and place; its script is let in by the browser itself, past the policy."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def fits(page: Page) -> bool:
    """Nothing is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=["phone", "desktop"])
def test_pages_are_whole_for_everyone(chromium: Browser, address: str, size: Any, scheme: Any) -> None:
    player = Player(chromium, address, color_scheme=scheme, bypass_csp=True)
    player.page.set_viewport_size(size)
    player.be("vp.vanthu")
    page = player.page
    for path, press in (("/me", "Tạo địa chỉ lịch"), ("/me", "Lấy mã để liên kết thêm một kênh"),
                        ("/office/programs", None), ("/api/docs", None)):  # fmt: skip
        page.goto(address + path)
        if press:
            page.get_by_role("button", name=press).click()
        assert faults(page) == [] and fits(page), (path, press)
    page.goto(f"{address}/office/programs")
    page.get_by_label("Tên phần mềm").fill("CSDL tỉnh")
    page.get_by_role("button", name="Tạo khóa").click()
    expect(page.locator("code.secret")).to_contain_text("dd_")
    page.get_by_label("Địa chỉ nhận").fill("https://csdl.example.vn/" + "hook" * 20)
    page.get_by_role("button", name="Thêm địa chỉ").click()
    expect(page.locator("code.secret")).to_contain_text("whsec_")
    assert faults(page) == [] and fits(page)
    assert player.faults == []


def test_they_work_without_script_and_within_the_policy(chromium: Browser, address: str) -> None:
    player = Player(chromium, address, java_script_enabled=False)
    player.be("tts.truong")
    page = player.page
    page.goto(f"{address}/me")
    page.get_by_role("button", name="Tạo địa chỉ lịch").click()
    calendar = page.locator("#feed").input_value()
    assert page.request.get(calendar).text().startswith("BEGIN:VCALENDAR")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Your own page")).to_be_visible()
    page.get_by_role("button", name="Sign out everywhere").click()
    assert page.request.get(calendar).status == 404
    page.goto(f"{address}/api/docs")
    expect(page.get_by_role("heading", name="GET /api/tasks", exact=True)).to_be_visible()
    assert player.faults == []
