"""A clerk checks a draft in a real browser with the keyboard alone; then mouse, old pages and small screens."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_demo import Player, address, chromium

__all__ = ["address", "chromium"]

pytestmark = pytest.mark.browser
DRAFT = "/directives/1/review"


def at_draft(chromium: Browser, address: str, who: str = "vp.vanthu", **options: Any) -> Player:
    player = Player(chromium, address, **options)
    player.be(who)
    player.page.goto(address + DRAFT)
    return player


def keys(page: Page, *pressed: str) -> None:
    for one in pressed:
        page.keyboard.press(one)


def said(page: Page, words: str) -> None:
    expect(page.locator("[data-said]")).to_contain_text(words)


def card(page: Page, label: str) -> Any:
    return page.locator("article.item", has=page.get_by_role("heading", name=f"Mục {label}", exact=True))


def typed(page: Page, key: str, words: str) -> None:
    """A field opened by its key, filled and left by Enter: the next key is about the item again."""
    page.keyboard.press(key)
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def test_from_the_open_draft_to_assigned_tasks_by_keyboard_alone(chromium: Browser, address: str) -> None:
    player = at_draft(chromium, address)
    page = player.page
    keys(page, "j")
    expect(card(page, "1")).to_be_focused()
    keys(page, "j")
    expect(card(page, "2")).to_be_focused()
    expect(page.locator(".marked.lit")).to_contain_text("Thanh tra Sở triển khai kế hoạch")
    typed(page, "o", "thanh tra")
    typed(page, "c", "tccb, van phong")
    said(page, "phối hợp Phòng Tổ chức cán bộ; Văn phòng Sở")
    typed(page, "d", "16h thu sau")
    said(page, "thời hạn 16 giờ thứ Sáu 28/07/2023")
    expect(card(page, "2").locator(".asked.open")).to_have_count(0)

    keys(page, "s")
    expect(card(page, "2").locator("[data-key=cut]").first).to_be_focused()
    keys(page, "Enter")
    said(page, "Đã tách mục 2")
    expect(page.locator("article.item")).to_have_count(7)
    keys(page, "Escape", "m")
    expect(page.locator("article.item")).to_have_count(6)
    keys(page, "u")
    expect(page.locator("article.item")).to_have_count(7)
    keys(page, "Control+z")
    expect(page.locator("article.item")).to_have_count(6)
    said(page, "Đã hoàn tác: tách mục")
    keys(page, "y")
    expect(page.locator("article.item")).to_have_count(7)
    page.context.close()  # the browser is gone in the middle of the work

    player = at_draft(chromium, address, "vp.truong")
    page = player.page
    expect(card(page, "2 (ý 1)")).to_contain_text("16 giờ thứ Sáu 28/07/2023")
    expect(page.locator("[data-key=undo]")).to_contain_text("Bùi Thị Ngọc")
    keys(page, "j", "x")
    expect(card(page, "1")).to_have_class("item dropped now")
    keys(page, "x")
    expect(card(page, "1").locator("[name=owner]")).to_have_count(1)
    keys(page, "w")
    said(page, "đã bỏ qua câu hỏi")
    keys(page, "a")
    page.keyboard.type("Văn phòng Sở báo cáo kết quả chung trước ngày 30/8/2023")
    keys(page, "Tab", "Enter")
    said(page, "Đã bổ sung mục bổ sung 1")
    expect(card(page, "bổ sung 1")).to_contain_text("thứ Tư 30/08/2023")

    keys(page, "Control+Enter")
    expect(page.locator(".refused")).to_contain_text("văn bản không nêu thời hạn")
    for _ in range(10):
        if page.locator(".asked.open").count() == 0:
            break
        keys(page, "Enter", "q")
        before = page.locator(".asked.open").count()
        page.keyboard.type("khi có yêu cầu")
        keys(page, "Enter")
        expect(page.locator(".asked.open")).to_have_count(before - 1)
    keys(page, "Control+Enter")
    expect(page.locator(".done")).to_contain_text("Đã giao nhiệm vụ")
    expect(page.locator("#main")).to_contain_text("NV1")
    assert [one for one in player.faults if "409" not in one] == []


def test_keys_do_nothing_while_somebody_types(chromium: Browser, address: str) -> None:
    page = at_draft(chromium, address).page
    keys(page, "j", "t", "Control+a")
    page.keyboard.type("xong mục u dùng js ?")
    keys(page, "Enter")
    keys(page, "Escape")
    said(page, "Đã lưu mục 1")
    expect(card(page, "1").locator("[name=title]")).to_have_value("xong mục u dùng js ?")
    expect(page.locator("article.item")).to_have_count(6)
    keys(page, "?")
    expect(page.locator("#keys dl")).to_be_visible()


def test_pointing_at_one_lights_the_other_and_selected_words_become_an_item(chromium: Browser, address: str) -> None:
    player = at_draft(chromium, address)
    page = player.page
    card(page, "4").hover()
    expect(page.locator(".marked.lit")).to_have_attribute("data-of", str(card(page, "4").get_attribute("data-item")))
    expect(page.locator(".marked.lit")).to_be_in_viewport()
    page.locator('.marked[data-of="1"]').hover()
    expect(card(page, "1")).to_have_class("item asks now")
    page.evaluate("""() => {
      const text = document.querySelector('.paper').firstChild, at = text.data.indexOf('Để nâng cao');
      const range = document.createRange(); range.setStart(text, at); range.setEnd(text, at + 40);
      getSelection().removeAllRanges(); getSelection().addRange(range);
    }""")
    keys(page, "a")
    expect(page.locator("#add-words")).to_have_value("Để nâng cao chất lượng chỉ số cải cách h")
    page.click('[data-add] button[value="add"]')
    said(page, "đánh dấu trong văn bản")
    expect(page.locator("article.item").first).to_contain_text("Mục bổ sung 1")
    assert player.faults == []


def test_a_typing_mistake_is_said_and_one_press_puts_it_right(chromium: Browser, address: str) -> None:
    page = at_draft(chromium, address).page
    keys(page, "j")
    typed(page, "o", "quan ly")
    said(page, "có thể là nhiều đơn vị")
    expect(card(page, "1").locator("[name=owner]")).to_have_value("quan ly")
    page.get_by_role("button", name="Phòng Quản lý Du lịch").click()
    said(page, "chủ trì Phòng Quản lý Du lịch")
    expect(card(page, "1").locator("[name=owner]")).to_have_value("QLDL")


def test_of_two_clerks_the_second_keeps_what_was_typed(chromium: Browser, address: str) -> None:
    first, second = at_draft(chromium, address).page, at_draft(chromium, address, "vp.truong").page
    keys(first, "j")
    typed(first, "d", "15/8")
    said(first, "thứ Ba 15/08/2023")
    keys(second, "j")
    typed(second, "d", "20/8")
    said(second, "Bùi Thị Ngọc vừa thay đổi dự thảo này")
    expect(card(second, "1").locator("[name=due]")).to_have_value("20/8")
    typed(second, "d", "21/8")
    said(second, "thứ Hai 21/08/2023")


def test_the_page_fits_every_screen(chromium: Browser, address: str) -> None:
    for width, scheme in ((360, "light"), (800, "dark"), (1280, "light")):
        player = at_draft(chromium, address, color_scheme=scheme)
        player.page.set_viewport_size({"width": width, "height": 800})
        for box in player.page.locator("details").all():
            box.evaluate("one => { one.open = true; }")
        assert player.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert player.faults == []


def test_a_page_closed_in_the_middle_of_a_word_loses_nothing(chromium: Browser, address: str) -> None:
    page = at_draft(chromium, address).page
    keys(page, "j", "t", "Control+a")
    page.keyboard.type("Chỉ đạo các phòng hoàn thành nhiệm vụ được gi")
    page.goto(f"{address}/directives")
    for _ in range(20):  # what was sent on the way out arrives by itself, and nothing tells when
        page.goto(address + DRAFT)
        if card(page, "1").locator("[name=title]").input_value() == "Chỉ đạo các phòng hoàn thành nhiệm vụ được gi":
            return
    raise AssertionError("the words are lost")
