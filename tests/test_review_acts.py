"""Every act of the review page: what it does, that it is kept at once, and that undo brings back what was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from sqlmodel import col, select

from models.directive import Directive, DraftItem
from models.draft_change import DraftChange
from models.event import Event
from models.organisation import Unit
from models.task import CoUnit, Task
from tests.review_desk import Desk
from tests.web_stage import Stage, said, stage
from web.directive.review_acts import WHOLE


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        made.import_seed()
        yield made


@pytest.fixture
def desk(office: Stage) -> Desk:
    return Desk(office)


def codes(office: Stage, ids: list[int]) -> list[str]:
    with office.database.read() as session:
        return [session.get_one(Unit, one).code for one in ids]


def first_cut(desk: Desk, label: str) -> str:
    """The first place at which the page offers to split an item."""
    page = desk.look()
    card = page[page.index(f'id="i{desk.item(label).id}"') :]
    return card[card.index('value="cut:') + 7 :].split('"')[0]


ACTS: list[tuple[str, str, dict[str, str]]] = [
    ("2", "save", {"title": "Kiểm tra cải cách hành chính"}),
    ("2", "save", {"owner": "thanh tra, tccb", "co": "vp"}),
    ("2", "save", {"owner": ""}),
    ("2", "save", {"due": "16h 15/8"}),
    ("2", "save", {"due": "ngay 25 hang thang"}),
    ("2", "save", {"day": "2023-08-31", "internal": "2023-08-29"}),
    ("2", "save", {"products": "kế hoạch; báo cáo"}),
    ("2", "save", {"class": "monitor", "review": "2023-09-29"}),
    ("2", "save", {"answer.due": "làm khi có yêu cầu"}),
    ("2", "drop", {}),
    ("2", "leave", {}),
    ("2", "waive:due", {}),
    ("2", "join", {}),
    ("2", "cut", {}),
    ("2", "split", {"at_words": "xay dung va trien khai ke hoach theo doi"}),
    ("2", "split", {"at": "60"}),
]


@pytest.mark.parametrize(("label", "act", "fields"), ACTS, ids=[f"{act}-{'-'.join(f)}" for _, act, f in ACTS])
def test_an_act_is_kept_and_undone_and_done_again_to_the_letter(
    desk: Desk, office: Stage, label: str, act: str, fields: dict[str, str]
) -> None:
    before = desk.state()
    act = first_cut(desk, label) if act == "cut" else act
    address = f"{desk.path}/{desk.item(label).id}"
    answer = desk.browser.post(address, desk.forms[address] | fields | {"act": act}, follow=False)
    assert answer.headers["location"].startswith("/directives/1/review?done=saved#i")
    after = desk.state()
    assert after != before
    assert desk.whole("undo").status_code == 303 and desk.state() == before
    desk.whole("redo")
    assert desk.state() == after
    desk.whole("undo")
    assert desk.state() == before and desk.whole("undo").status_code == 409


@pytest.mark.parametrize("who", ["qlvh.truong", "gd", "quantri"])
def test_only_the_office_works_on_a_draft(office: Stage, desk: Desk, who: str) -> None:
    desk.act("2", "save", title="Tên của văn thư")
    before = desk.state()
    desk.look()
    someone = office.browser(who)
    for act in ("save", "drop", "cut:60", "split", "join", "take", "leave", "waive:due", *sorted(WHOLE)):
        address = desk.path if act in WHOLE else f"{desk.path}/{desk.item('2').id}"
        fields = desk.forms[address] | {"act": act, "words": "một việc nữa cho phòng", "title": "khác"}
        answer = someone.post(address, fields)
        assert answer.status_code == 403 and said(answer).count(".") == 1, act
    assert desk.state() == before and office.rows(Task) == 0


@pytest.mark.parametrize("address", ["", "/2"])
def test_a_form_without_its_token_changes_nothing(desk: Desk, address: str) -> None:
    before = desk.state()
    desk.look()
    fields = desk.forms.get(desk.path + address, {}) | {"act": "drop" if address else "assign"}
    answer = desk.browser.post(desk.path + address, fields, token="f" * 64)
    assert answer.status_code == 403 and desk.state() == before


def test_saving_what_was_shown_changes_nothing(desk: Desk, office: Stage) -> None:
    before = desk.state()
    for item in desk.items():
        desk.act(item.label, "save")
    assert desk.state() == before and office.rows(DraftChange) == 0


def test_two_clerks_who_work_on_different_items_do_not_disturb_each_other(office: Stage, desk: Desk) -> None:
    other = Desk(office, "vp.truong")
    desk.act("2", "save", title="Tên của văn thư")
    answer = other.act("3", "save", fresh=False, title="Tên của Chánh Văn phòng")
    assert answer.status_code == 303
    assert (desk.item("2").title, desk.item("3").title) == ("Tên của văn thư", "Tên của Chánh Văn phòng")


def test_two_clerks_on_one_item_the_second_is_told_who_and_loses_nothing(office: Stage, desk: Desk) -> None:
    other = Desk(office, "vp.truong")
    desk.act("2", "save", title="Tên của văn thư")
    answer = other.act("2", "save", fresh=False, title="Tên của Chánh Văn phòng", due="15/8")
    assert answer.status_code == 409 and said(answer).startswith("Bùi Thị Ngọc vừa thay đổi dự thảo này")
    assert "Tên của Chánh Văn phòng</textarea>" in answer.text and 'value="15/8"' in answer.text
    assert desk.item("2").title == "Tên của văn thư" and desk.item("2").due_on is None
    assert other.act("2", "save", title="Tên của Chánh Văn phòng").status_code == 303


def test_nobody_undoes_what_they_have_not_seen(office: Stage, desk: Desk) -> None:
    other = Desk(office, "vp.truong")
    desk.act("2", "drop")
    assert other.whole("undo", fresh=False).status_code == 409 and desk.item("2").dropped
    page = other.look()
    assert "bỏ mục · Bùi Thị Ngọc" in page, "the button says what and whose it would take back"
    other.whole("undo")
    assert not desk.item("2").dropped


def test_undo_goes_back_through_many_acts_in_order(desk: Desk) -> None:
    states = [desk.state()]
    desk.act("2", "save", owner="vp")
    states.append(desk.state())
    desk.act("2", "split", at_words="xây dựng và triển khai")
    states.append(desk.state())
    desk.act("2 (ý 2)", "save", due="20/8", owner="tccb")
    states.append(desk.state())
    desk.act("2 (ý 1)", "join")
    for state in reversed(states):
        desk.whole("undo")
        assert desk.state() == state


def test_a_new_act_ends_what_could_be_done_again(desk: Desk) -> None:
    desk.act("2", "drop")
    desk.whole("undo")
    desk.act("3", "drop")
    assert desk.whole("redo").status_code == 409


def test_the_history_tells_who_did_what_and_when_it_was_undone(desk: Desk, office: Stage) -> None:
    desk.act("2", "drop")
    Desk(office, "vp.truong").whole("undo")
    with office.database.read() as session:
        told = session.exec(select(Event).where(Event.subject == "directive:1").order_by(col(Event.seq))).all()[-2:]
    assert [(one.verb, (one.facts or {})["what"], (one.facts or {})["changed"]) for one in told] == [
        ("draft_saved", "drop", ["2"]), ("draft_undone", "drop", ["2"])]  # fmt: skip
    assert [one.actor_id for one in told] == [office.person("vp.vanthu"), office.person("vp.truong")]


def test_owners_are_typed_without_marks_and_co_units_are_never_owners_too(desk: Desk, office: Stage) -> None:
    desk.act("2", "save", owner="thanh tra va tccb", co="tccb, van phong")
    item = desk.item("2")
    assert codes(office, item.unit_ids) == ["TTS", "TCCB"] and codes(office, item.co_unit_ids) == ["VP"]
    desk.act("2", "save", owner="cac phong chuyen mon")
    item = desk.item("2")
    assert item.grouped and codes(office, item.unit_ids) == ["QLVH", "QLTT", "QLDL", "NSVH"]


def test_words_that_mean_several_units_are_choices_and_one_press_chooses(desk: Desk, office: Stage) -> None:
    refused = desk.act("2", "save", owner="quan ly, vp")
    assert refused.status_code == 409 and "Phòng Quản lý Văn hóa" in said(refused)
    assert 'name="owner_choice" value="QLVH, vp"' in refused.text and 'value="quan ly, vp"' in refused.text
    assert codes(office, desk.item("2").unit_ids) == ["TTS"]
    desk.act("2", "save", owner="quan ly, vp", owner_choice="QLVH, vp")
    assert codes(office, desk.item("2").unit_ids) == ["QLVH", "VP"]


def test_an_unknown_unit_is_never_guessed(desk: Desk, office: Stage) -> None:
    refused = desk.act("2", "save", owner="phòng kế toán")
    assert refused.status_code == 409 and "phòng kế toán" in said(refused)
    assert codes(office, desk.item("2").unit_ids) == ["TTS"]


def test_a_date_answers_the_questions_of_time_by_itself(desk: Desk) -> None:
    assert set(desk.item("2").open_questions()) == {"due", "due:0"}
    desk.act("2", "save", due="16h thứ sáu")
    item = desk.item("2")
    assert (item.due_on, item.due_time, item.task_class) == (date(2023, 7, 28), time(16), "dated")
    assert item.open_questions() == {}
    desk.act("2", "save", due="")
    assert set(desk.item("2").open_questions()) == {"due", "due:0"} and desk.item("2").task_class == "standing"


def test_what_was_understood_of_a_date_stands_beside_it(desk: Desk) -> None:
    desk.act("2", "save", due="15/7/2023")
    page = desk.look()
    assert "thứ Bảy 15/07/2023" in page and "đã qua" in page and "ngày nghỉ" in page
    assert 'value="15/07/2023"' in page


def test_a_series_is_typed_and_makes_its_first_task(desk: Desk, office: Stage) -> None:
    desk.act("2", "save", due="ngày 25 hằng tháng")
    item = desk.item("2")
    assert item.task_class == "recurring" and item.recurrence is not None
    assert (item.recurrence["recurrence"], item.recurrence["day"]) == ("monthly", 25)
    assert "thứ Ba 25/07/2023" in desk.look()
    desk.whole("waive")
    assert office.task("NV2").due_on == date(2023, 7, 25)


@pytest.mark.parametrize(("words", "why"), [("31/2", "không phải là ngày có thật"), ("sớm nhất có thể", "Chưa hiểu"),
                                            ("15/8 và 20/8", "nhiều thời hạn"), ("hằng tháng", "ngày cụ thể trong kỳ"),
                                            ("vài ngày nữa", "chưa rõ ngày nào")])  # fmt: skip
def test_a_date_that_is_not_understood_is_said_and_kept_in_its_field(desk: Desk, words: str, why: str) -> None:
    answer = desk.act("2", "save", due=words)
    assert answer.status_code == 409 and why in said(answer) and f'value="{words}"' in answer.text
    assert desk.item("2").due_on is None


def test_an_inner_date_after_the_date_is_refused(desk: Desk) -> None:
    answer = desk.act("2", "save", due="1/8", internal="2023-08-02")
    assert answer.status_code == 409 and "sau thời hạn" in said(answer)
    assert desk.item("2").due_on is None


def test_a_split_gives_each_part_its_own_words_span_and_place(desk: Desk) -> None:
    whole = desk.item("2")
    desk.act("2", "split", at_words="xây dựng và triển khai")
    first, second = desk.item("2 (ý 1)"), desk.item("2 (ý 2)")
    text = desk.directive().text
    assert first.id == whole.id and second.position == first.position + 1
    for part in (first, second):
        assert " ".join(text[part.span_start : part.span_end].split()) == part.text
    assert second.text.startswith("xây dựng") and first.span_end is not None and second.span_start is not None
    assert first.span_end <= second.span_start and second.unit_ids == whole.unit_ids
    assert "hàng năm" in str(second.questions) and "hàng năm" not in str(first.questions)
    assert [one.position for one in desk.items()] == list(range(7))


def test_what_the_clerk_had_set_stays_in_both_parts(desk: Desk) -> None:
    desk.act("2", "save", due="15/8", co="vp")
    desk.act("2", "split", at_words="xây dựng và triển khai")
    for label in ("2 (ý 1)", "2 (ý 2)"):
        item = desk.item(label)
        assert item.due_on == date(2023, 8, 15) and item.co_unit_ids and item.open_questions() == {}


def test_joined_items_have_the_words_and_units_of_both(desk: Desk, office: Stage) -> None:
    first, second = desk.item("1"), desk.item("2")
    desk.act("1", "join")
    made = desk.item("1, 2")
    assert made.id == first.id and len(desk.items()) == 5
    assert made.text == f"{first.text} {second.text}"
    assert (made.span_start, made.span_end) == (first.span_start, second.span_end)
    assert codes(office, made.unit_ids) == ["LDS", "TTS"]
    assert set(made.deliverables) == {*first.deliverables, *second.deliverables}


def test_the_last_item_has_nothing_to_join(desk: Desk) -> None:
    last = desk.items()[-1]
    answer = desk.act(last.label, "join")
    assert answer.status_code == 409 and "Không còn mục nào" in said(answer)


def test_words_of_the_document_become_an_item_at_their_place(desk: Desk) -> None:
    desk.whole("add", words="de nghi cac dong chi\n Lanh dao So")
    added = desk.items()[0]
    text = desk.directive().text
    assert added.label == "bổ sung 1" and added.ours and added.span_start is not None
    assert text[added.span_start : added.span_end] == "đề nghị các đồng chí Lãnh đạo Sở"


def test_a_wholly_typed_item_has_no_span_and_says_so(desk: Desk, office: Stage) -> None:
    desk.whole("add", words="Giao Thanh tra Sở báo cáo kết quả tiếp công dân trước ngày 15/8/2023.")
    added = desk.items()[-1]
    assert (added.span_start, added.span_end) == (None, None) and codes(office, added.unit_ids) == ["TTS"]
    assert added.due_on == date(2023, 8, 15)
    assert "không có trong văn bản" in desk.look()
    assert desk.whole("add", words="một").status_code == 400 and desk.items()[-1].id == added.id


def test_a_dropped_item_asks_nothing_and_becomes_no_task(desk: Desk, office: Stage) -> None:
    desk.act("1", "drop")
    assert "Đã bỏ, không thành nhiệm vụ" in desk.look()
    desk.whole("waive")
    with office.database.read() as session:
        assert "1" not in session.exec(select(Task.item)).all()


def test_a_question_is_waived_by_name_and_can_be_asked_again(desk: Desk, office: Stage) -> None:
    desk.act("1", "waive:due")
    assert desk.item("1").answers["due"] == {"waived_by": office.person("vp.vanthu")}
    desk.act("1", "reopen:due")
    assert desk.item("1").open_questions()


def test_assigning_names_every_question_that_is_open_and_links_to_it(desk: Desk, office: Stage) -> None:
    page = desk.look()
    assert page.count('<li><a href="#i') == 6 and "Còn 6 câu hỏi" in page
    answer = desk.whole("assign")
    assert answer.status_code == 409 and "Mục 2: văn bản không nêu thời hạn" in said(answer)
    assert office.rows(Task) == 0


def test_when_each_is_answered_or_waived_the_tasks_are_made_and_undo_is_over(desk: Desk, office: Stage) -> None:
    for item in desk.items():
        for key in item.open_questions():
            desk.act(item.label, f"waive:{key}")
    answer = desk.whole("assign")
    assert "done=assigned" in answer.headers["location"] and office.rows(Task) == 15
    assert office.rows(DraftChange) == 0
    assert desk.browser.post(desk.path, {"act": "undo", "version": "99"}).status_code == 409


def test_an_owner_and_co_units_go_into_the_tasks(desk: Desk, office: Stage) -> None:
    desk.act("2", "save", owner="vp", co="tts")
    desk.whole("waive")
    with office.database.read() as session:
        task = session.exec(select(Task).where(Task.item == "2")).one()
        co = session.exec(select(CoUnit.unit_id).where(CoUnit.task_id == task.id)).all()
    assert codes(office, [task.unit_id or 0]) == ["VP"] and codes(office, list(co)) == ["TTS"]


def test_the_documents_data_is_put_right_and_undone(desk: Desk) -> None:
    desk.whole("header", arrival_number="77/Đ", received_on="2023-07-24", number="788/SVHTTDL-VP1",
               issued_on="2023-07-22", issuer="UBND tỉnh", signer="", from_above="1")  # fmt: skip
    directive = desk.directive()
    assert (directive.arrival_number, directive.number, directive.from_above) == ("77/Đ", "788/SVHTTDL-VP1", True)
    desk.whole("undo")
    directive = desk.directive()
    assert (directive.arrival_number, directive.number, directive.from_above) == (None, "788/SVHTTDL-VP", False)
    refused = desk.whole("header", received_on="2023-07-25")
    assert refused.status_code == 400


def test_an_assigned_draft_is_changed_no_more(desk: Desk, office: Stage) -> None:
    desk.look()
    desk.whole("waive")
    fields = {"act": "save", "title": "khác", "item_version": "1"}
    answer = desk.browser.post(f"{desk.path}/{desk.item('2').id}", fields)
    assert answer.status_code == 409 and desk.item("2").title != "khác"
    with office.database.read() as session:
        assert session.get_one(Directive, 1).state == "assigned"


def test_the_nearest_units_are_offered_for_words_that_are_no_units(desk: Desk, office: Stage) -> None:
    desk.act("2", "save", owner="")
    with office.database.write() as session:
        row = session.get_one(DraftItem, 2)
        row.reading = {**row.reading, "nearest": {"Phòng Kế hoạch": ["VP", "TCCB"]}}
        session.add(row)
    page = desk.look()
    assert "“Phòng Kế hoạch” không phải tên đơn vị nào" in page
    assert 'name="owner_choice" value="TCCB"' in page
    desk.act("2", "save", owner_choice="TCCB")
    assert codes(office, desk.item("2").unit_ids) == ["TCCB"]


def test_what_was_taken_from_an_instruction_is_undone_too(desk: Desk) -> None:
    before = desk.state()
    desk.browser.post("/directives/1/instruction", {"leader": str(desk.office.person("gd")), "said_on": "2023-07-24",
                                                    "words": "Giao TCCB chủ trì mục 2, xong trước 20/8."})  # fmt: skip
    desk.browser.post("/directives/1/instruction/1/take", {"number": "0", "all": "1"})
    assert desk.state() != before
    assert "lấy theo ý kiến chỉ đạo · Bùi Thị Ngọc" in desk.look()
    desk.whole("undo")
    assert desk.state() == before
