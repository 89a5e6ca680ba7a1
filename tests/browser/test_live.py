"""What happens in chat appears on an open page without loading it again, and nothing a reader did there is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_demo import Player, address, assign, chromium

__all__ = ["address", "chromium"]

pytestmark = pytest.mark.browser


def board(player: Player, who: str, path: str = "/") -> Page:
    """A page that knows when it is loaded again."""
    player.be(who)
    player.page.goto(player.address + path)
    player.page.evaluate("window.stayed = true")
    return player.page


def stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def waits(page: Page, name: str) -> Any:
    return page.locator(f'.waits [data-figure="{name}"] strong')


def test_the_board_shows_what_happens_in_chat(chromium: Browser, address: str) -> None:
    office, head = Player(chromium, address), Player(chromium, address)
    assign(office)
    office.step("slot")
    page = board(office, "vp.vanthu")
    expect(waits(page, "reports")).to_have_text("0")
    before = int(waits(page, "unconfirmed").inner_text())
    head.say("tts.truong", "đã nhận NV2")
    expect(waits(page, "unconfirmed")).to_have_text(str(before - 1))
    expect(page.locator(".live-said")).to_have_text("Vừa cập nhật")
    head.say("qlvh.truong", "NV4 xong rồi, số 12/BC-QLVH ngày 24/7/2023")
    expect(waits(page, "reports")).to_have_text("1")
    expect(page.locator("#desk-reports")).to_be_visible()
    assert stayed(page)

    row = page.locator('[data-key="reports-NV4"]')
    row.locator("summary").click()
    reason = row.locator("textarea")
    reason.fill("thiếu phụ")
    head.say("qldl.truong", "NV6 xong rồi, số 7/BC-QLDL ngày 24/7/2023")
    expect(page.locator('[data-key="reports-NV6"]')).to_be_visible()
    expect(reason).to_be_visible()
    expect(reason).to_be_focused()
    reason.press_sequentially(" lục")
    expect(reason).to_have_value("thiếu phụ lục")
    row.get_by_role("button", name=re.compile("Đề nghị bổ sung")).click()
    expect(page.locator(".done")).to_be_visible()
    expect(waits(page, "reports")).to_have_text("1")
    assert office.faults == [] and head.faults == []


def test_what_somebody_else_settled_stays_as_long_as_it_is_being_written_on(chromium: Browser, address: str) -> None:
    office, other, head = (Player(chromium, address) for _ in range(3))
    assign(office)
    head.say("qlvh.truong", "NV4 xong rồi, số 12/BC-QLVH ngày 24/7/2023")
    page = board(office, "vp.vanthu")
    row = page.locator('[data-key="reports-NV4"]')
    row.locator("summary").click()
    row.locator("textarea").fill("thiếu phụ lục")
    assert "Đã xác nhận hoàn thành" in other.do("vp.truong", "NV4", "accept")
    expect(waits(page, "reports")).to_have_text("0")
    expect(row.locator("textarea")).to_have_value("thiếu phụ lục")
    expect(page.locator("[data-gone]")).not_to_have_count(0)
    row.get_by_role("button", name=re.compile("Đề nghị bổ sung")).click()
    expect(page.locator(".refused")).to_be_visible()
    assert [fault for fault in office.faults if "409" not in fault] == []


def test_other_pages_follow_too(chromium: Browser, address: str) -> None:
    first, head = Player(chromium, address), Player(chromium, address)
    assign(first)
    signs = {"/units/QLVH": "số liệu của huyện", "/directives/1": "số liệu của huyện",
             "/tasks/NV4": "số liệu của huyện", "/tasks?q=NV4": "Đang thực hiện"}  # fmt: skip
    watching = {path: Player(chromium, address) for path in signs}
    for path, player in watching.items():
        board(player, "pgd1", path)
        expect(player.page.locator("main table, main dl").first).not_to_contain_text(signs[path])
    watching["/tasks?q=NV4"].page.locator('[name="task"]').first.check()
    head.say("qlvh.truong", "NV4 đang chờ số liệu của huyện")
    for path, player in watching.items():
        expect(player.page.locator("main [data-part]", has_text=signs[path]).first).to_be_visible()
        assert stayed(player.page) and player.faults == [], path
    expect(watching["/tasks?q=NV4"].page.locator('[name="task"]').first).to_be_checked()
