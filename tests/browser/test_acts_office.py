"""What the Office and the leaders do on the board, pressed in a browser as they press it."""

from __future__ import annotations

import re
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


def row(page: Page, key: str) -> Any:
    return page.locator(f'[data-key="{key}"]')


def test_from_the_desk_in_one_press_each(office: Seat) -> None:
    page = office.page
    office.go("/")
    accepted = row(page, "reports-NV35")
    accepted.get_by_label("Đã đối chiếu bản phát hành").check()
    accepted.get_by_role("button", name="Xác nhận hoàn thành NV35").click()
    assert "Đã xác nhận hoàn thành" in office.said()
    expect(row(page, "reports-NV35")).to_have_count(0)

    returned = row(page, "reports-NV20")
    returned.get_by_text("Đề nghị bổ sung").first.click()
    returned.locator("textarea").fill("thiếu danh mục điểm du lịch")
    returned.get_by_role("button", name="Đề nghị bổ sung NV20").click()
    assert "bổ sung" in office.said()

    row(page, "extensions-NV32").get_by_role("button", name="Đồng ý đến thứ Tư 30/08/2023").click()
    expect(page.locator(".done")).to_be_visible()
    office.go("/tasks/NV32")
    expect(page.locator(".facts")).to_contain_text("30/08/2023")

    office.go("/")
    given = page.locator('li:has(form[action="/tasks/NV33/reassign"])').first
    given.get_by_text("Giao đơn vị khác").first.click()
    form = given.locator('form[action="/tasks/NV33/reassign"]')
    if form.locator("select").count():
        form.locator("select").select_option(label="Trung tâm Văn hóa tỉnh")
    form.get_by_role("button").click()
    assert "Đã giao cho đơn vị mới" in office.said()

    page.get_by_role("button", name="Nhắc đơn vị ngay NV19").first.click()
    expect(page.locator(".done")).to_be_visible()
    assert office.faults == []


def test_the_acts_of_a_task_page(office: Seat) -> None:
    page = office.page

    def does(code: str, act: str, **fields: str) -> str:
        office.go(f"/tasks/{code}")
        form = office.act(act)
        for name, value in fields.items():
            form.locator(f'[name="{name}"]').fill(value)
        form.locator("button.main-act").click()
        return office.said()

    does("NV22", "hold", until="2023-08-31")
    expect(page.locator(".facts")).to_contain_text("31/08/2023")
    does("NV22", "confirm_cause", objective_cause="máy chủ của tỉnh ngừng hoạt động từ 10/8 đến 14/8")
    expect(page.locator(".facts")).to_contain_text("máy chủ của tỉnh")
    does("NV28", "correct", title="Tổng hợp kết quả thực hiện Kế hoạch 812", reason="ghi thiếu số kế hoạch")
    expect(page.locator("h1")).to_contain_text("Kế hoạch 812")
    does("NV34", "suspend", reason="chờ sắp xếp đơn vị hành chính cấp xã")
    expect(page.locator('[data-part="stands"]')).to_contain_text("Tạm dừng")
    does("NV34", "resume")
    expect(page.locator('[data-part="stands"]')).not_to_contain_text("Tạm dừng")
    does("NV30", "name_code", authority_code="UBND-2023-2764.2")
    does("NV29", "confirm_there", authority_confirmed_on="2023-08-18")
    expect(page.locator(".facts")).to_contain_text("18/08/2023")
    said = does("NV27", "progress", said_by="Hà Thị Xuân", words="đang niêm yết, chờ biên bản")
    assert "ghi nhận" in said.lower()
    expect(page.locator(".history li").first).to_contain_text("Văn phòng ghi thay")
    assert office.faults == []


def ticked(office: Seat, verb: str, *codes: str) -> Page:
    """These tasks ticked on the list, and the verb pressed."""
    page = office.page
    office.go("/tasks")
    for code in codes:
        page.get_by_label(re.compile(f"{code}$")).check()
    page.locator(f'#bulk button[value="{verb}"]').click()
    return page


def test_several_at_once_and_back(office: Seat) -> None:
    page = ticked(office, "extend", "NV34", "NV36")
    page.locator('[name="due"]').fill("2023-09-25")
    page.locator('[name="reason"]').fill("chờ hướng dẫn của Sở Thông tin và Truyền thông")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator("table")).to_contain_text("25/09/2023")
    page.locator('button[name="confirm"]').click()
    office.go("/tasks/NV34")
    expect(page.locator(".facts")).to_contain_text("25/09/2023")
    page.locator('a[href^="/bulk/"]').click()
    page.get_by_role("button", name="Hoàn tác").click()
    office.go("/tasks/NV34")
    expect(page.locator(".facts dd strong").first).to_contain_text("17/08/2023")

    page = ticked(office, "reassign", "NV31")
    page.locator('[name="unit"]').select_option(label="Thư viện Khoa học tổng hợp tỉnh")
    page.get_by_role("button", name="Xem").click()
    page.locator('button[name="confirm"]').click()
    page.get_by_role("button", name="Hoàn tác").click()
    page = ticked(office, "withdraw", "NV31", "NV36")
    page.locator('[name="reason"]').fill("trùng nhiệm vụ")
    page.get_by_role("button", name="Xem").click()
    page.locator('button[name="confirm"]').click()
    expect(page.locator("table")).to_contain_text("Đã thu hồi")
    page.get_by_role("button", name="Hoàn tác").click()
    page = ticked(office, "remind", "NV19", "NV31")
    page.locator('button[name="confirm"]').click()
    expect(page.locator("h1")).to_contain_text("Nhắc")
    assert office.faults == []


def test_a_leader_decides_from_the_first_page(chromium: Browser, demo: str) -> None:
    """What was asked on a task that was reported since waits until the report is settled."""
    leader = Seat(chromium, demo, "gd")
    page = leader.page
    leader.go("/")
    asked = page.get_by_role("region", name="Đề nghị gia hạn chờ đồng chí").locator('[data-key="extensions-NV24"]')
    expect(asked).to_contain_text("xử lý việc đó trước")
    expect(asked.get_by_role("button")).to_have_count(0)
    office = Seat(chromium, demo, "vp.pho")
    office.go("/tasks/NV24")
    office.act("return").locator('[name="reason"]').fill("chưa kèm danh sách thẻ")
    office.page.locator('form[action$="/return"] button').click()
    expect(office.page.locator(".done")).to_be_visible()
    expect(asked.get_by_role("button").first).to_be_visible()  # it came by itself
    asked.get_by_role("button", name="Đồng ý đến thứ Sáu 25").click()
    expect(page.locator(".done")).to_be_visible()
    leader.go("/tasks/NV24")
    expect(page.locator(".facts").first).to_contain_text("25/08/2023")
    leader.act("instruct").locator('[name="words"]').fill("Thư viện báo cáo số thẻ đã cấp trước 28/8.")
    page.locator('form[action$="/instruct"] button').click()
    expect(page.locator(".done")).to_be_visible()
    for seat in (leader, office):
        assert seat.faults == []
        seat.close()


def test_of_two_clerks_the_second_sees_what_changed(chromium: Browser, demo: str) -> None:
    first, second = Seat(chromium, demo, "vp.pho"), Seat(chromium, demo, "vp.vanthu")
    for seat in (first, second):
        seat.go("/tasks/NV36")
    form = second.act("correct")
    form.locator('[name="reason"]').fill("lùi ngày nội bộ")
    first.act("correct").locator('[name="reason"]').fill("sửa tên việc")
    first.page.locator('form[action$="/correct"] [name="title"]').fill("Rà soát quy chế làm việc của Sở")
    first.page.locator('form[action$="/correct"] button').click()
    expect(first.page.locator(".done")).to_be_visible()
    expect(second.page.locator(".history")).to_contain_text("sửa tên việc")  # it came by itself
    expect(form.locator('[name="reason"]')).to_have_value("lùi ngày nội bộ")
    form.locator('[name="internal_due"]').fill("2023-09-08")
    with second.page.expect_response(re.compile("/correct")) as answered:
        form.get_by_role("button").click()
    assert answered.value.status == 409
    expect(second.page.locator(".changed")).to_contain_text("Đặng Minh Đức")
    expect(second.page.locator('form[action$="/correct"] [name="reason"]')).to_have_value("lùi ngày nội bộ")
    for seat in (first, second):
        assert seat.faults == []
        seat.close()
