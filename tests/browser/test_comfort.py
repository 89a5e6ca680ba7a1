"""Without a mouse, without script, on paper, enlarged, and for those who see or move little."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.player import Seat, chromium, demo, lived

__all__ = ["chromium", "demo", "lived"]

pytestmark = pytest.mark.browser

PAGES = ("/", "/tasks", "/tasks/NV22", "/directives/2", "/directives/4/review", "/charts", "/reports/week/2023-08-21",
         "/reports/register", "/reports/scoring", "/people", "/calendar", "/indicators/1", "/me", "/chat")  # fmt: skip


def test_by_keyboard_from_the_first_link_to_an_act(chromium: Browser, demo: str) -> None:
    seat = Seat(chromium, demo, "vp.truong")
    page = seat.page
    seat.go("/tasks/NV22")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    seat.go("/tasks/NV22")
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
        ring = page.evaluate("""() => { const style = getComputedStyle(document.activeElement);
            return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; }""")
        assert ring, reached[-1]
    assert reached[:6] == ["Đến nội dung chính", "Đôn Đốc", "Bảng theo dõi", "Nhiệm vụ", "Văn bản", "Báo cáo"]
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Đính chính":
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "title"
    page.locator('form[action$="/correct"] [name="reason"]').focus()
    page.keyboard.type("sửa lỗi gõ")
    page.locator('form[action$="/correct"] [name="title"]').focus()
    page.keyboard.press("End")
    page.keyboard.type(" (bản đã số hóa)")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("(bản đã số hóa)")
    assert seat.faults == []
    seat.close()


def test_without_script_the_main_acts_work(chromium: Browser, demo: str) -> None:
    seat = Seat(chromium, demo, "vp.vanthu", java_script_enabled=False)
    page = seat.page
    seat.go("/")
    page.locator('form[action="/tasks/NV35/accept"] button').click()
    assert "Đã xác nhận hoàn thành" in seat.said()
    seat.go("/tasks/NV20")
    page.locator("details:has(form[action$='/return']) > summary").first.click()
    page.locator('form[action$="/return"] [name="reason"]').fill("thiếu phụ lục")
    page.locator('form[action$="/return"] button').click()
    assert "bổ sung" in seat.said()
    seat.go("/tasks?category=qua_han")
    page.locator('input[name="task"]').first.check()
    page.locator('#bulk button[value="remind"]').click()
    page.locator('button[name="confirm"]').click()
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_visible()
    page.get_by_role("button", name="Hoàn tác").click()
    seat.go("/charts")
    assert page.locator(".drawing.desk a").count() > 10
    seat.go("/tasks")
    page.get_by_role("button", name="Tải Excel").click()
    with page.expect_download() as waited:
        page.locator('main a[href*="export"], main a[download]').first.click()
    assert waited.value.path().read_bytes()[:2] == b"PK"
    seat.go("/calendar")
    page.locator("#day0").fill("2023-09-01")
    page.locator("#note0").fill("nghỉ bù")
    page.locator("#day0").locator("xpath=ancestor::form").get_by_role("button").last.click()
    expect(page.locator("main")).to_contain_text("chưa lưu")
    seat.close()


def test_on_paper_there_is_no_menu_and_tables_are_whole(chromium: Browser, demo: str) -> None:
    from pypdfium2 import PdfDocument

    seat = Seat(chromium, demo, "vp.truong", color_scheme="dark")
    page = seat.page
    for path, holds in (("/tasks", "NV36"), ("/reports/week/2023-08-21", "NV34"), ("/reports/register", "NV31"),
                        ("/tasks/NV22", "Thư viện"), ("/", "Theo đơn vị")):  # fmt: skip
        seat.go(path)
        paper = PdfDocument(page.pdf(prefer_css_page_size=True))
        width, height = paper[0].get_size()
        assert (round(width), round(height)) == (595, 842)
        words = "\n".join(one.get_textpage().get_text_range() for one in paper)
        assert holds in words, path
        assert "Trao đổi" not in words.splitlines() and "Thoát" not in words, path
        assert paper[0].render(scale=0.2).to_pil().convert("L").getpixel((3, 3)) > 250, f"{path}: paper is white"
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 661, "height": 900})
        for hidden in (".top nav", ".filters", "aside", "main button"):
            assert page.locator(hidden).filter(visible=True).count() == 0, (path, hidden)
        assert seat.fits(), path
        for head in page.locator("table.list thead").all()[:2]:
            assert head.evaluate("one => getComputedStyle(one).display") == "table-header-group", path
        page.emulate_media(media="null")
    seat.close()


@pytest.mark.parametrize("width", [320, 640])
def test_enlarged_nothing_has_to_be_scrolled_sideways(chromium: Browser, demo: str, width: int) -> None:
    """A window of 1280 at 400 % and at 200 % is one of 320 and of 640."""
    seat = Seat(chromium, demo, "vp.truong", viewport={"width": width, "height": 600})
    for path in PAGES:
        seat.go(path)
        assert seat.fits(), (path, width)
    assert seat.faults == []
    seat.close()


def test_larger_letters_and_wider_lines_cut_nothing_off(chromium: Browser, demo: str) -> None:
    """WCAG 1.4.12: spacing as readers set it themselves."""
    seat = Seat(chromium, demo, "vp.truong", bypass_csp=True)
    for path in ("/", "/tasks", "/tasks/NV22", "/directives/4/review"):
        seat.go(path)
        seat.page.add_style_tag(content="* { line-height: 1.5 !important; letter-spacing: .12em !important; "
                                        "word-spacing: .16em !important; } p { margin-bottom: 2em !important; }")
        assert seat.fits(), path
    seat.close()


def test_nothing_moves_and_forced_colours_keep_what_is_said(chromium: Browser, demo: str) -> None:
    seat = Seat(chromium, demo, "vp.truong", forced_colors="active")
    page = seat.page
    for path in ("/", "/tasks/NV22"):
        seat.go(path)
        moving = page.evaluate("document.getAnimations().length")
        assert moving == 0
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    seat.close()
