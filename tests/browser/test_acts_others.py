"""What units do on the board, and what the Office changes in the office itself, pressed in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.player import DESK, PHONE, ROOT, Seat, chromium, demo, lived

__all__ = ["chromium", "demo", "lived"]

pytestmark = pytest.mark.browser

PICTURE = b"\xff\xd8\xff\xe0" + b"0" * 64


@pytest.fixture(scope="module")
def clerk(chromium: Browser, demo: str) -> Seat:
    """The clerk, signed in."""
    return Seat(chromium, demo, "vp.vanthu")


def test_a_head_confirms_asks_and_reports_with_a_file(chromium: Browser, demo: str) -> None:
    head = Seat(chromium, demo, "qltt.truong")
    page = head.page
    head.go("/tasks/NV19")
    head.act("acknowledge").locator("button.main-act").click()
    assert "nhận" in head.said()
    form = head.act("ask_extension")
    form.locator('[name="due"]').fill("2023-08-30")
    form.locator('[name="reason"]').fill("chờ danh mục của Bộ")
    form.locator("button.main-act").click()
    assert "30/08/2023" in page.locator("main").inner_text()
    head.go("/tasks/NV34")
    form = head.act("progress")
    form.locator('[name="words"]').fill("còn hai huyện chưa gửi")
    form.locator('[name="promised_on"]').fill("2023-08-24")
    form.locator("button.main-act").click()
    expect(page.locator(".facts").first).to_contain_text("24/08/2023")
    form = head.act("report")
    form.locator('[name="product"]').fill("81/BC-QLTT")
    form.locator('[name="product_date"]').fill("2023-08-22")
    form.locator('[name="files"]').set_input_files({"name": "bia.jpg", "mimeType": "image/jpeg", "buffer": PICTURE})
    form.locator("button.main-act").click()
    assert "Đã ghi nhận báo cáo" in head.said()
    expect(page.locator(".file img")).to_have_attribute("alt", "bia.jpg")
    head.act("take_back").locator("button.main-act").click()
    expect(page.locator(".done")).to_be_visible()
    assert head.faults == []
    head.close()


def test_a_deputy_acts_in_the_heads_stead(chromium: Browser, demo: str) -> None:
    deputy = Seat(chromium, demo, "ttvh.pho")
    deputy.go("/tasks/NV13")
    form = deputy.act("acknowledge")
    form.locator('[name="thay"]').check()
    form.locator("button.main-act").click()
    expect(deputy.page.locator(".history li").first).to_contain_text("Vương Thị Loan")
    deputy.close()


def test_a_person_gets_a_code_with_a_picture_and_a_post(clerk: Seat) -> None:
    page = clerk.page
    clerk.go("/people")
    page.get_by_role("link", name="Hồ Văn Nghĩa").click()
    page.locator('form[action$="/code"] button').click()
    expect(page.locator(".code-big")).to_have_text(re.compile(r"\w{6,}"))
    clerk.go("/people")
    page.get_by_role("link", name="Hồ Văn Nghĩa").click()
    page.get_by_text("Ghi ngày vắng mặt", exact=True).click()
    page.locator("#away-start").fill("2023-08-28")
    page.locator("#away-end").fill("2023-08-31")
    page.locator("#away-start").locator("xpath=ancestor::form").get_by_role("button").click()
    expect(page.locator(".done")).to_have_text("Đã ghi ngày vắng mặt.")
    page.get_by_text("Thêm chức vụ").click()
    form = page.locator('form[action$="/posts"]')
    form.locator("select").first.select_option(label="Bảo tàng tỉnh")
    form.get_by_role("button").click()
    expect(page.locator(".done, .refused").first).to_be_visible()
    assert clerk.faults == []


def test_a_unit_gets_another_name_and_one_is_split(clerk: Seat) -> None:
    page = clerk.page
    clerk.go("/office/units")
    page.get_by_role("link", name="Nhà hát Chèo Thái Bình", exact=True).click()
    page.get_by_label("Tên", exact=True).fill("Nhà hát Chèo tỉnh Thái Bình")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("h1")).to_contain_text("Nhà hát Chèo tỉnh Thái Bình")

    clerk.go("/office/units/split")
    page.locator("#old").select_option(label="Phòng Quản lý Văn hóa")
    page.locator("#into0").select_option(label="Phòng Quản lý Du lịch")
    page.locator("#into1").select_option(label="Bảo tàng tỉnh")
    page.locator("#since").fill("2023-08-22")
    page.locator("#basis").fill("Quyết định số 33/QĐ-SVHTTDL")
    page.get_by_role("button", name="Xem trước nội dung chuyển").click()
    expect(page.locator("#preview")).to_be_visible()
    expect(page.locator("main")).to_contain_text("NV30")
    page.get_by_role("link", name="Không lưu").click()
    assert clerk.faults == []


def test_a_change_of_the_calendar_is_shown_before_it_is_saved(clerk: Seat) -> None:
    page = clerk.page
    clerk.go("/calendar")
    page.locator("#day0").fill("2023-08-25")
    page.locator("#note0").fill("mất điện toàn tỉnh")
    page.locator("#day0").locator("xpath=ancestor::form").get_by_role("button").last.click()
    expect(page.locator("main")).to_contain_text("chưa lưu")
    expect(page.locator("main")).to_contain_text("NV30")
    page.get_by_role("button", name="Lưu thay đổi").click()
    expect(page.locator(".done")).to_be_visible()
    clerk.go("/calendar?month=2023-08")
    expect(page.locator("td.day-off")).to_have_count(1)


def test_a_value_of_an_indicator_and_its_task(clerk: Seat) -> None:
    page = clerk.page
    clerk.go("/indicators")
    page.get_by_role("link", name="Tỷ lệ dịch vụ công trực tuyến phát sinh hồ sơ").click()
    form = page.locator('form[action$="/values"]')
    form.get_by_label("Giá trị").fill("80,25")
    form.get_by_label("Nguồn").fill("Sở Thông tin và Truyền thông")
    form.get_by_role("button", name="Thêm").click()
    expect(page.locator(".facts")).to_contain_text("80,25 %")
    page.get_by_label("Mã nhiệm vụ").fill("NV29")
    page.get_by_role("button", name="Gắn nhiệm vụ").click()
    expect(page.get_by_role("link", name="NV29")).to_be_visible()
    page.get_by_text("Dán từ Excel").click()
    page.get_by_label(re.compile("Các dòng|dòng", re.I)).fill("20/08/2023\t79,5\tSTTTT")
    page.locator('form[action$="/paste"] button').click()
    expect(page.locator("main")).to_contain_text("79,5")
    assert clerk.faults == []


def test_a_program_gets_a_key_that_works(clerk: Seat) -> None:
    page = clerk.page
    clerk.go("/office/programs")
    page.get_by_label("Tên phần mềm").fill("Kho dữ liệu tỉnh")
    page.get_by_role("button", name="Tạo khóa").click()
    key = page.locator("code.secret").inner_text()
    answer = clerk.context.request.get(f"{clerk.address}/api/figures", headers={"authorization": f"Bearer {key}"})
    assert answer.status == 200 and answer.json()
    page.get_by_label("Địa chỉ nhận").fill("https://csdl.example.vn/nhan")
    page.get_by_role("button", name="Thêm địa chỉ").click()
    expect(page.locator("code.secret")).to_contain_text("whsec_")


def test_english_and_back(chromium: Browser, demo: str) -> None:
    seat = Seat(chromium, demo, "pgd2")
    page = seat.page
    seat.go("/tasks")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/tasks")
    for path in ("/", "/tasks", "/tasks/NV22", "/reports/week/2023-08-21", "/charts", "/me", "/chat"):
        seat.go(path)
        assert not re.search(r"\bweb\.[a-z_]+\.", page.inner_text("body")), path
        words = page.locator("h1, h2, th, label, summary, button:not([lang])").all_inner_texts()
        left = [one for one in words if re.search("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", one)]
        names = re.compile("NV\\d+|Sở|Phòng|Bộ phận|Thư viện|Trung tâm|Nhà hát|Bảo tàng|SVHTTDL|Phạm|Tỷ lệ|Toàn|Văn")
        assert [one for one in left if not names.search(one)] == [], path
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    seat.close()


def test_a_sheet_is_taken_over_row_by_row(chromium: Browser, demo: str) -> None:
    seat = Seat(chromium, demo, "vp.truong")
    page = seat.page
    seat.go("/office/import")
    page.locator('input[type="file"]').set_input_files(ROOT / "demo_data" / "so-theo-doi.xlsx")
    page.locator('[name="not_secret"]').check()
    page.locator('form[enctype] button.main-act').click()
    rows = page.locator("table.sheet tbody tr")
    expect(rows.first).to_be_visible()
    if page.url.endswith("/office/import"):
        page.locator('main a[href^="/office/import/"]').first.click()
    assert rows.count() > 5
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert seat.fits()
        assert not [one for one in seat.faults_of_page() if one.startswith(("serious", "critical"))]
    taken = page.locator('[name="row"]:checked').count()
    page.locator('[name="row"]:checked').first.uncheck()
    page.locator('button[formaction$="/rows"]').click()
    expect(page.locator('[name="row"]:checked')).to_have_count(taken - 1)
    page.locator('[name="set_by"][value="office"]').check()
    page.locator('[name="telling"][value="known"]').check()
    page.locator('form[action$="/take"] button.main-act').click()
    expect(page.locator("h1")).to_contain_text("so-theo-doi.xlsx")
    page.locator('main td a[href^="/tasks?directive="]').first.click()
    expect(page.locator("table.tasks tbody tr").first).to_be_visible()
    assert seat.faults == []
    seat.close()
