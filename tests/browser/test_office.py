"""The room of the office in a real browser: its pages on a desk and on a phone, a merger and a swap by mouse alone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.test_demo import Player, address, assign, chromium

__all__ = ["address", "chromium"]

pytestmark = pytest.mark.browser

PATHS = ("/office", "/people", "/people/5", "/office/units", "/office/units/3", "/office/units/merge",
         "/office/units/split", "/calendar", "/calendar?month=2023-09", "/indicators", "/indicators/1")  # fmt: skip
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}


def looked_at(player: Player, where: str) -> None:
    """Nothing wider than the screen, and nothing that somebody cannot read or reach."""
    page = player.page
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, where
    found = Axe().run(page).response["violations"]
    serious = [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found
               if one["impact"] in ("serious", "critical")]  # fmt: skip
    assert serious == [], where


def test_every_page_on_a_desk_and_on_a_phone(chromium: Browser, address: str) -> None:
    player = Player(chromium, address)
    assign(player)
    player.be("vp.vanthu")
    for name, size in SIZES.items():
        player.page.set_viewport_size(size)  # type: ignore[arg-type]
        for path in PATHS:
            answer = player.page.goto(address + path)
            assert answer is not None and answer.status == 200, path
            looked_at(player, f"{name}: {path}")
    assert player.faults == []


def test_two_units_are_merged_by_hand(chromium: Browser, address: str) -> None:
    player = Player(chromium, address)
    assign(player)
    player.be("vp.vanthu")
    page = player.page
    page.goto(f"{address}/office/units/merge")
    page.get_by_label("Phòng Quản lý Văn hóa").check()
    page.get_by_label("Phòng Quản lý Thể thao").check()
    page.locator("#into0").select_option("new")
    page.locator("#code0").fill("QLVT")
    page.locator("#name0").fill("Phòng Quản lý Văn hóa và Thể thao")
    page.locator("#since").fill("2023-07-24")
    page.locator("#basis").fill("Quyết định số 12/QĐ-SVHTTDL")
    page.get_by_role("button", name="Xem trước nội dung chuyển").click()
    expect(page.get_by_role("heading", name="Nhiệm vụ đang thực hiện: 2")).to_be_visible()
    looked_at(player, "preview")
    page.get_by_role("button", name="Sáp nhập và bàn giao").click()
    expect(page.locator(".done")).to_have_text("Đã sáp nhập và bàn giao.")
    expect(page.get_by_role("heading", name="Tiếp nhận từ")).to_be_visible()
    expect(page.get_by_role("link", name="NV4")).to_be_visible()
    assert player.faults == []


def test_an_absence_and_a_swap_show_what_they_touch(chromium: Browser, address: str) -> None:
    player = Player(chromium, address)
    assign(player)
    player.be("vp.vanthu")
    page = player.page
    page.goto(f"{address}/people")
    page.get_by_role("link", name="Nguyễn Văn Hùng").click()
    page.get_by_text("Ghi ngày vắng mặt", exact=True).click()
    page.locator("#away-start").fill("2023-07-26")
    page.locator("#away-end").fill("2023-07-31")
    page.locator("#away-start").locator("xpath=ancestor::form").get_by_role("button").click()
    expect(page.locator(".done")).to_have_text("Đã ghi ngày vắng mặt.")
    page.goto(f"{address}/calendar")
    page.locator("#swap_off").fill("2023-07-28")
    page.locator("#swap_work").fill("2023-07-29")
    page.locator("#swap_off").locator("xpath=ancestor::form").get_by_role("button").click()
    expect(page.get_by_role("heading", name="Ảnh hưởng của thay đổi (chưa lưu)")).to_be_visible()
    page.get_by_role("button", name="Lưu thay đổi").click()
    expect(page.locator("td.day-made_up")).to_have_count(1)
    assert player.faults == []
