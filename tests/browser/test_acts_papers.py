"""Lists, pictures, reports and files, pressed in a browser as the Office presses them."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.player import Seat, chromium, demo, lived

__all__ = ["chromium", "demo", "lived"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def office(chromium: Browser, demo: str) -> Seat:
    """The head of the Office, signed in."""
    return Seat(chromium, demo, "vp.truong")


def count_of(page: Page) -> int:
    return int(page.locator("[data-count]").get_attribute("data-count") or -1)


def downloaded(page: Page, press: Any) -> bytes:
    """The file that comes of a press."""
    with page.expect_download() as waited:
        press.click()
    return waited.value.path().read_bytes()


def test_the_bar_of_acts_counts_and_ticks_all(office: Seat) -> None:
    page = office.page
    office.go("/tasks?category=qua_han")
    page.locator("[data-tick-all]").click()
    there = page.locator('input[name="task"]').count()
    assert page.locator('input[name="task"]:checked').count() == there > 0
    expect(page.locator("[data-ticked]")).to_contain_text(str(there))


def test_lists_filter_sort_search_and_copy(office: Seat) -> None:
    page = office.page
    office.go("/tasks")
    everything = count_of(page)
    page.get_by_role("searchbox", name="Tìm").fill("so hoa ho so")
    page.get_by_role("button", name="Lọc").click()
    assert 0 < count_of(page) < everything
    expect(page.locator("table.tasks")).to_contain_text("Số hóa toàn bộ hồ sơ")
    office.go("/tasks")
    page.get_by_role("combobox", name="Đơn vị").first.select_option("QLTT")
    page.get_by_text("Bộ lọc khác").click()
    page.get_by_label("Đang thực hiện quá hạn").check()
    page.get_by_role("button", name="Lọc").click()
    assert count_of(page) == page.locator('table.tasks input[name="task"]').count() > 0
    office.go("/tasks?category=qua_han")
    page.get_by_role("link", name="Thời hạn").click()
    assert page.locator('th[aria-sort="ascending"]').inner_text().startswith("Thời hạn")
    days = page.locator("td[data-label='Thời hạn']").all_inner_texts()
    assert days == sorted(days, key=lambda one: one.split()[-1].split("/")[::-1])
    page.get_by_role("link", name="Chép kết quả").click()
    words = page.get_by_label("Kết quả để chép").input_value()
    assert words.count("NV") >= len(days) and "quá hạn" in words
    assert office.faults == []


def test_every_mark_of_the_charts_opens_as_many_tasks_as_it_says(office: Seat) -> None:
    page = office.page
    office.go("/charts")
    marks = page.eval_on_selector_all(".drawing.desk a", """all => all.map(one => ({
        href: one.getAttribute('href'), said: one.getAttribute('aria-label') || one.textContent.trim()}))""")
    assert len(marks) > 20
    wrong = []
    for href, said in {(one["href"], one["said"]) for one in marks}:
        listed = office.context.request.get(office.address + href).text()
        found = re.search(r'data-count="(\d+)"', listed)
        if found and int(found.group(1)) not in [int(n) for n in re.findall(r"(?<![\d/])\d+(?![\d/])", said)]:
            wrong.append((said, href, found.group(1)))
        assert found or "/units/" in href or "/calendar" in href, href
    assert wrong == []
    page.locator(".drawing.desk a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(tasks|units)"))


def test_a_sentence_for_the_leaders(office: Seat) -> None:
    page = office.page
    office.go("/reports")
    page.get_by_role("link", name=re.compile("Dự thảo báo cáo tuần")).click()
    page.get_by_label(re.compile("Một câu của Văn phòng")).fill("Tuần này tập trung hồ sơ số hóa còn tồn.")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".done")).to_be_visible()
    expect(page.locator("textarea")).to_have_value("Tuần này tập trung hồ sơ số hóa còn tồn.")
    expect(page.locator(".history")).to_contain_text("Tuần này tập trung")


def test_letters_and_registers_come_as_files_that_open(office: Seat) -> None:
    from docx import Document
    from openpyxl import load_workbook
    from pypdfium2 import PdfDocument

    page = office.page
    office.go("/reports/letter")
    page.get_by_label("Phòng Quản lý Văn hóa").uncheck()
    letter = Document(BytesIO(downloaded(page, page.get_by_role("button", name="Tải công văn (Word)"))))
    words = "\n".join([one.text for one in letter.paragraphs] + [cell.text for table in letter.tables
                      for line in table.rows for cell in line.cells])  # fmt: skip
    assert "Phòng Quản lý Thể thao" in words and "Phòng Quản lý Văn hóa" not in words
    assert len(PdfDocument(downloaded(page, page.get_by_role("button", name="Tải PDF")))) >= 1
    office.go("/reports/register")
    sheet = load_workbook(BytesIO(downloaded(page, page.get_by_role("link", name="Tải Excel")))).active
    assert sheet is not None and sheet.max_row > 20
    office.go("/reports/week/2023-08-21")
    for kind in ("docx", "pdf", "xlsx", "png"):
        assert len(downloaded(page, page.locator(f'.files a[href$=".{kind}"]'))) > 5_000, kind
    assert office.faults == []


def test_the_export_tells_how_far_it_is(office: Seat) -> None:
    from openpyxl import load_workbook

    page = office.page
    office.go("/tasks?category=qua_han")
    page.get_by_role("button", name="Tải Excel").click()
    expect(page.locator("h1")).to_have_count(1)
    book = load_workbook(BytesIO(downloaded(page, page.locator('main a[href*=".xlsx"], main a[download]').first)))
    assert len(book.sheetnames) == 3
