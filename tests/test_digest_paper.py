"""The weekly report on paper: one snapshot, the same figures in JSON, text and picture."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models import clock, event, handling
from models.figures import Figures
from models.indicator import Indicator, IndicatorValue
from models.task import Waiting
from papers.weekly.digest import Digest, UnitLine, digest_text, snapshot, write_digest
from papers.weekly.picture import digest_svg
from tests.book import seen_by_the_book
from tests.office import Office

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def office() -> Iterator[Office]:
    yield from seen_by_the_book()


def frozen(office: Office, leader: str | None = None, week: str | None = None) -> Digest:
    with office.database.read() as session:
        return snapshot(
            session,
            clock.now(),
            office.people[leader] if leader else None,
            date.fromisoformat(week) if week else None,
        )


def m10(office: Office) -> Digest:
    """The figures of the tenth model message."""
    figures = Figures(done_on_time=5, done_late=1, in_time=14, overdue=1, no_due=12)
    units = (UnitLine("QLDL", "Phòng Quản lý Du lịch", figures),)
    return replace(frozen(office), total=figures, units=units, below_target=(), seal=None)


def test_the_rates_are_printed_with_what_they_are_of(office: Office) -> None:
    text = digest_text(m10(office))
    assert (
        "Nhiệm vụ có thời hạn đang theo dõi: 21. Hoàn thành 06 (đúng hạn 05, quá hạn 01); đang thực hiện 15 "
        "(trong hạn 14, quá hạn 01)." in text
    )
    assert "Không hạn: 12, đã hoàn thành 00 (không tính tỷ lệ đúng hạn)." in text
    assert "Tỷ lệ đúng hạn: 71,4% (05 trên 07 nhiệm vụ đến hạn). Hoàn thành: 18,2% (06 trên 33 tổng số)." in text


def test_exceptions_come_first_with_days_and_last_word(office: Office) -> None:
    with office.database.write() as session:
        handling.progress(session, 5, office.who("qldl.truong"), words="chờ số liệu")
    lines = digest_text(frozen(office)).split("\n")
    assert lines[0] == "Quá hạn 01:"
    assert lines[1] == (
        'Phòng Quản lý Du lịch · NV5, quá 03 ngày làm việc (ý kiến của đơn vị: "chờ số liệu" '
        "(ngày 29/11))."
    )


def test_what_waits_for_two_working_days_is_named_and_not_owed(office: Office) -> None:
    task = office.at("2023-11-24 09:00").assign("QLVH", due="2023-11-24")
    with office.database.write() as session:
        handling.progress(
            session,
            task.id or 0,
            office.who("qlvh.truong"),
            words="đã trình",
            waiting=Waiting.SUBMITTED,
            waiting_for="chị Hà",
        )
    text = digest_text(frozen(office.at("2023-11-29 08:00")))
    assert f"Chờ Lãnh đạo Sở ký 01: {task.code} (QLVH, 03 ngày làm việc)." in text
    assert "Chờ Văn phòng xác nhận 02: NV6 (NSVH, 03 ngày làm việc), NV7 (BPMC, 02 ngày làm việc)." in text
    assert "Các mục đang chờ không tính là nợ của đơn vị." in text
    assert task.code not in text.split("Đến hạn trong tuần")[0]


def test_a_report_of_yesterday_is_not_yet_said_to_wait(office: Office) -> None:
    assert "Chờ Văn phòng xác nhận" not in digest_text(frozen(office.at("2023-11-27 17:00")))


def test_a_draft_looks_at_the_week_it_is_for(office: Office) -> None:
    office.assign("QLVH", due="2023-12-05", authority=True)
    assert frozen(office).due_week.total == 0
    draft = frozen(office, week="2023-12-04")
    assert (draft.due_week.total, draft.due_week_above) == (1, 1)
    assert "Đến hạn trong tuần 01, trong đó cấp trên giao 01. Thứ Ba 05/12/2023: NV15 (QLVH)." in digest_text(draft)


@pytest.mark.parametrize(("leader", "asked"), [("gd", True), ("pgd1", True), ("pgd2", False)])
def test_a_leader_is_asked_about_the_units_in_charge(office: Office, leader: str, asked: bool) -> None:
    assert ("Đề nghị đồng chí cho ý kiến đối với NV5." in digest_text(frozen(office, leader))) is asked


def test_an_indicator_below_its_target_is_named(office: Office) -> None:
    with office.database.write() as session:
        for number, (name, value, target) in enumerate(
            [("Hồ sơ trực tuyến", "68.42", "85"), ("Số hóa hồ sơ", "100", "100")], 1
        ):
            session.add(Indicator(id=number, name=name, target=Decimal(target)))
            session.flush()
            session.add(
                IndicatorValue(indicator_id=number, day=clock.today(), value=Decimal(value), entered_at=clock.now())
            )
    text = digest_text(frozen(office))
    assert "Chỉ tiêu chưa đạt: Hồ sơ trực tuyến 68,42% (mục tiêu 85%)." in text and "Số hóa hồ sơ" not in text


def test_the_last_seal_and_the_ledger_stand_at_the_foot(office: Office) -> None:
    with office.database.write() as session:
        seal = event.seal(session).hash
    last = digest_text(frozen(office)).split("\n")[-1]
    assert last == (
        f"Tin trong 07 ngày trước: đã lập 00 = đã gửi 00 + bị từ chối 00 + đang chờ 00. "
        f"Mã niêm phong lịch sử: {seal[:16]}."
    )


def test_the_snapshot_is_frozen_and_speaks_json(office: Office) -> None:
    made = frozen(office)
    before = json.dumps(made.to_json())
    with office.database.write() as session:
        handling.report(session, 5, office.who("qldl.truong"))
    assert json.dumps(made.to_json()) == before
    assert json.loads(before)["rates"] == {
        "on_time": {"of": 5, "count": 2, "rate": 0.4},
        "done": {"of": 12, "count": 4, "rate": 4 / 12},
    }


def test_the_picture_is_of_the_same_figures(office: Office) -> None:
    root = ElementTree.fromstring(digest_svg(frozen(office)))
    tips = [title.text for title in root.iter(f"{SVG}title")]
    words = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    assert "Quá hạn 02 nhiệm vụ ở 02 đơn vị, nhiều nhất: Phòng Quản lý Du lịch (01)" in words
    assert "40,0% (02 trên 05 nhiệm vụ đến hạn)" in words and "33,3% (04 trên 12 tổng số)" in words
    assert "Phòng Quản lý Du lịch: Đang thực hiện quá hạn 01" in tips
    assert "Phòng Quản lý Văn hóa: Hoàn thành quá hạn 01" in tips


def test_the_files(office: Office, tmp_path: Path) -> None:
    made = write_digest(frozen(office), tmp_path / "out")
    assert [path.name for path in made] == [f"digest.{end}" for end in ("json", "txt", "svg", "png", "xlsx")]
    assert json.loads(made[0].read_text(encoding="utf-8"))["total"]["overdue"] == 2
    assert "Phòng Quản lý Du lịch: hoàn thành 00 trên 01; đúng hạn 00 trên 01 đến hạn; quá hạn 01." in made[
        1
    ].read_text(encoding="utf-8")


def test_the_report_in_english(office: Office) -> None:
    assert "On time: 71.4% (05 of 07 tasks that came due). Completed: 18.2% (06 of 33 in all)." in digest_text(
        m10(office), "en"
    )
