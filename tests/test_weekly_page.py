"""The page of the weekly report: the draft and the Office's sentence, what was frozen, the lists of then and of now."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from jobs import schedule
from models import clock, handling, linking
from models.moves import Actor
from models.rules import OFFICE_ZONE
from tests.web_stage import SECRET, Stage, said, stage

DRAFT, LATER = "/reports/week/2023-07-31", "/reports/week/2023-08-07"


@pytest.fixture
def office() -> Iterator[Stage]:
    """Thursday 27 July 2023: QLDL is overdue, TV is due on Monday."""
    with stage() as made:
        made.order("QLDL", "Báo cáo <tuần>", due=date(2023, 7, 26))
        made.order("TV", "Kiểm kê sách", due=date(2023, 7, 31))
        at("2023-07-27 09:00")
        yield made


def at(moment: str) -> None:
    clock.stand_at(datetime.fromisoformat(moment).replace(tzinfo=OFFICE_ZONE))


def go_out(office: Stage, moment: str = "2023-07-31 07:30") -> None:
    """The slot at which the report goes out."""
    at(moment)
    schedule.tick(office.database)


def words(response: object) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<[^>]+>", " ", response.text)  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", html.unescape(text))


def test_the_draft_shows_how_things_stand_and_changes_with_them(office: Stage) -> None:
    page = office.browser("gd").get(DRAFT)
    assert page.status_code == 200 and "dự thảo" in page.text and "Quá hạn, đơn vị chưa báo cáo kết quả: 1" in page.text
    assert "Đến hạn trong tuần: 1" in page.text and "<tuần>" not in page.text
    assert "<form" not in page.text.split("<main")[1]
    report(office, "NV1", "qldl.truong")
    assert "Quá hạn, đơn vị chưa báo cáo kết quả: 0" in office.browser("gd").get(DRAFT).text


def report(office: Stage, code: str, who: str) -> None:
    actor = Actor(office.person(who), "test")
    with office.database.write() as session:
        handling.report(session, int(code[2:]), actor, words="xong")


def test_the_office_adds_a_sentence_until_it_goes(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    done = clerk.post(f"{DRAFT}/note", {"note": "  Đề nghị lưu ý\n du lịch. ", "seen": ""})
    assert said(done).startswith("Đã lưu câu")
    assert "Đề nghị lưu ý du lịch." in clerk.get(DRAFT).text
    go_out(office)
    page = clerk.get(DRAFT)
    assert "Đề nghị lưu ý du lịch." in page.text and "<textarea" not in page.text
    assert "Nguyễn" in words(page).split("Lịch sử của báo cáo")[1] or "ghi câu của Văn phòng" in words(page)
    refused = clerk.post(f"{DRAFT}/note", {"note": "Muộn", "seen": "Đề nghị lưu ý du lịch."})
    assert refused.status_code == 409 and said(refused).startswith("Báo cáo tuần này đã gửi")


def test_the_second_of_two_who_write_at_once_sees_what_the_first_wrote(office: Stage) -> None:
    office.browser("vp.vanthu").post(f"{DRAFT}/note", {"note": "Câu thứ nhất", "seen": ""})
    second = office.browser("vp.truong").post(f"{DRAFT}/note", {"note": "Câu thứ hai", "seen": ""})
    assert second.status_code == 409 and "Câu thứ nhất" in said(second) and "Câu thứ hai" in second.text


def test_a_sentence_that_no_message_could_carry_is_refused(office: Stage) -> None:
    refused = office.browser("vp.vanthu").post(f"{DRAFT}/note", {"note": "a" * 301, "seen": ""})
    assert refused.status_code == 400 and said(refused).startswith("Dài quá 300 ký tự")


@pytest.mark.parametrize(("who", "status"), [("gd", 403), ("qldl.truong", 403), ("quantri", 403)])
def test_only_the_office_adds_to_it(office: Stage, who: str, status: int) -> None:
    assert office.browser(who).post(f"{DRAFT}/note", {"note": "x", "seen": ""}).status_code == status


@pytest.mark.parametrize("path", ["/reports", DRAFT, f"{DRAFT}/list/overdue", f"{DRAFT}/bao-cao.json"])
def test_a_unit_does_not_see_the_others(office: Stage, path: str) -> None:
    assert office.browser("qldl.truong").get(path).status_code == 403
    assert office.browser().get(path).status_code == 401
    assert office.browser("pgd1").get(path).status_code == 200


@pytest.mark.parametrize("path", ["/reports/week/2023-08-14", "/reports/week/2023-07-24", "/reports/week/x",
                                  "/reports/week/0001-01-01", f"{DRAFT}/list/x"])  # fmt: skip
def test_there_is_no_other_report(office: Stage, path: str) -> None:
    assert office.browser("gd").get(path).status_code == 404


def test_what_went_out_stays_as_it_was(office: Stage) -> None:
    go_out(office)
    before = office.browser("gd").get(f"{DRAFT}/x.json").json()
    report(office, "NV1", "qldl.truong")
    at("2023-08-02 09:00")
    page = office.browser("gd").get(DRAFT)
    assert "Quá hạn, đơn vị chưa báo cáo kết quả: 1" in page.text and "dự thảo" not in page.text
    assert office.browser("gd").get(f"{DRAFT}/x.json").json() == before
    assert "dự thảo" in office.browser("gd").get(LATER).text


def test_the_numbers_of_the_page_add_up_to_their_frozen_lists(office: Stage) -> None:
    for code in range(60):
        office.order("QLVH", f"Việc {code}", due=date(2023, 7, 25))
    at("2023-07-29 09:00")
    go_out(office)
    gd = office.browser("gd")
    page = gd.get(DRAFT)
    for name, count in re.findall(r'data-list="(\w+)" data-count="(\d+)"', page.text):
        rows = len(re.findall(r'<tr><th scope="row"><a class="code"', gd.get(f"{DRAFT}/list/{name}").text))
        assert rows == int(count), name
    assert 'data-list="overdue" data-count="61"' in page.text and "Xem cả 61 nhiệm vụ" in page.text


def test_the_change_since_the_last_report_and_its_codes(office: Stage) -> None:
    go_out(office)
    report(office, "NV1", "qldl.truong")
    at("2023-08-01 08:00")
    clerk = office.clerk()
    with office.database.write() as session:
        handling.accept(session, 1, clerk)
    go_out(office, "2023-08-07 07:30")
    page = words(office.browser("gd").get(LATER))
    assert "Mới quá hạn (1): NV2" in page and "Không còn quá hạn (1): NV1" in page
    assert "Thay đổi so với báo cáo tuần từ thứ Hai 31/07/2023" in page
    assert "Đang thực hiện quá hạn 1 1 0" in page and "Đã hoàn thành 0 1 +1" in page


def test_the_index_has_every_report_the_draft_and_the_other_papers(office: Stage) -> None:
    go_out(office)
    page = office.browser("vp.vanthu").get("/reports")
    assert f'href="{DRAFT}"' in page.text and f'href="{LATER}"' in page.text
    assert all(f'href="/reports/{path}"' in page.text for path in ("letter", "register", "scoring", "export"))


def test_before_anything_is_assigned_there_is_no_report() -> None:
    with stage() as empty:
        assert "chưa có báo cáo tuần" in empty.browser("gd").get("/reports").text
        assert empty.browser("gd").get(DRAFT).status_code == 404


@pytest.mark.parametrize(("end", "kind"), [
    ("json", "application/json"), ("txt", "text/plain"), ("svg", "image/svg+xml"), ("png", "image/png"),
    ("pdf", "application/pdf"), *((end, "application/vnd.openxmlformats") for end in ("xlsx", "docx")),
])  # fmt: skip
def test_its_files_are_given_under_a_name_of_the_week(office: Stage, end: str, kind: str) -> None:
    found = office.browser("gd").get(f"{DRAFT}/bao-cao-tuan.{end}")
    assert found.status_code == 200 and found.headers["content-type"].startswith(kind)
    assert found.headers["content-disposition"] == f'attachment; filename="bao-cao-tuan-2023-07-31.{end}"'
    assert len(found.content) > 200


def test_the_data_says_what_the_page_says(office: Stage) -> None:
    office.browser("vp.vanthu").post(f"{DRAFT}/note", {"note": "Lưu ý", "seen": ""})
    made = json.loads(office.browser("gd").get(f"{DRAFT}/x.json").content)
    assert (made["week"], made["note"], made["total"]["overdue"]) == ("2023-07-31", "Lưu ý", 1)


@pytest.mark.parametrize(("to", "where"), [(DRAFT, DRAFT), ("/tasks?overdue=1", "/tasks?overdue=1"), ("", "/"),
                                           ("//evil.example", "/"), ("https://evil.example", "/"),
                                           ("/\\evil.example", "/")])  # fmt: skip
def test_a_sign_in_goes_on_to_a_page_of_ours_only(office: Stage, to: str, where: str) -> None:
    leader = office.person("gd")
    with office.database.write() as session:
        code = linking.new_code(session, SECRET, leader, linking.WEB)
    visitor = office.browser()
    shown = visitor.client.get(f"/login/{code}", params={"next": to})
    assert f'name="next" value="{where}"' in shown.text
    token = re.search(r'name="form_token" value="(\w+)"', shown.text)
    assert token is not None
    entered = visitor.post(f"/login/{code}", {"next": to}, token=token.group(1), follow=False)
    assert (entered.status_code, entered.headers["location"]) == (303, where)
