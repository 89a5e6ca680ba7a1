"""What the review page shows, and what a script gets of it: marks, doubtful words, the six clears, large documents."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event as sql_event

from drafting.clears import CLEARS, six_clears
from models import clock
from models.directive import Directive, DraftItem
from tests.review_desk import Desk, big
from tests.web_stage import Stage, stage
from web.directive.review_paper import papers


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        made.import_seed()
        yield made


@pytest.fixture
def desk(office: Stage) -> Desk:
    return Desk(office)


def live(desk: Desk, label: str, act: str = "save", *, fresh: bool = True, **fields: str) -> Any:
    """An act as the script sends it."""
    return desk.act(label, act, fresh=fresh, live="1", **fields).json()


def test_the_text_of_each_file_stands_whole_on_the_page(desk: Desk) -> None:
    directive = desk.directive()
    directive.other_texts = ["PHỤ LỤC I\nDanh mục nhiệm vụ\n1. Rà soát"]
    shown = papers(directive, desk.items())
    assert ["".join(piece.text for piece in one.pieces) for one in shown] == [directive.text, *directive.other_texts]
    assert shown[1].heading == "PHỤ LỤC I · Danh mục nhiệm vụ"


def test_each_items_words_are_marked_and_a_doubtful_word_otherwise(desk: Desk) -> None:
    directive, items = desk.directive(), desk.items()
    start = items[0].span_start or 0
    directive.doubtful = [[0, 0, 4], [0, start + 4, start + 8]]
    pieces = papers(directive, items)[0].pieces
    unsure = [piece.text for piece in pieces if piece.doubtful]
    assert unsure == [directive.text[:4], directive.text[start + 4 : start + 8]]
    assert [piece.item for piece in pieces if piece.doubtful] == [None, items[0].id]
    for item in items:
        words = "".join(piece.text for piece in pieces if piece.item == item.id)
        assert words == directive.text[item.span_start : item.span_end]
        assert sum(piece.first for piece in pieces if piece.item == item.id) == 1


def test_items_whose_spans_overlap_are_both_found_from_the_page(desk: Desk) -> None:
    directive, items = desk.directive(), desk.items()[:2]
    items[1].span_start, items[1].span_end = (items[0].span_start or 0) + 10, (items[0].span_start or 0) + 30
    pieces = papers(directive, items)[0].pieces
    assert "".join(piece.text for piece in pieces) == directive.text
    assert {piece.item for piece in pieces if piece.first} == {items[0].id, items[1].id}


def test_a_script_gets_only_the_cards_that_changed(desk: Desk) -> None:
    got = live(desk, "2", title="Kiểm tra cải cách hành chính")
    item = desk.item("2")
    assert list(got["cards"]) == [str(item.id)] and got["paper"] is None and got["kind"] == "done"
    assert got["said"] == "Đã lưu mục 2." and got["version"] == desk.directive().version
    assert got["ours"] == [one.id for one in desk.items()]


def test_a_script_is_told_what_was_understood(desk: Desk) -> None:
    assert live(desk, "2", due="15/8")["said"] == "Mục 2: thời hạn thứ Ba 15/08/2023."
    assert live(desk, "2", due="trong 5 ngày làm việc")["said"] == (
        "Mục 2: thời hạn thứ Hai 31/07/2023 (tính từ hôm nay)."
    )
    assert live(desk, "2", due="15/7/2023")["said"] == "Mục 2: thời hạn thứ Bảy 15/07/2023, đã qua, ngày nghỉ."
    assert live(desk, "2", owner="tccb")["said"] == "Mục 2: chủ trì Phòng Tổ chức cán bộ."


def test_a_split_sends_both_cards_and_the_document(desk: Desk) -> None:
    got = live(desk, "2", "split", at_words="xây dựng và triển khai")
    assert {int(one) for one in got["cards"]} == {desk.item("2 (ý 1)").id, desk.item("2 (ý 2)").id}
    assert f'data-of="{desk.item("2 (ý 2)").id}"' in got["paper"]


def test_a_script_that_is_refused_gets_the_card_with_what_was_typed(desk: Desk) -> None:
    answer = desk.act("2", live="1", owner="quan ly")
    got = answer.json()
    assert answer.status_code == 409 and got["kind"] == "refused" and "nhiều đơn vị" in got["said"]
    card = got["cards"][str(desk.item("2").id)]
    assert 'value="quan ly"' in card and card.count("owner_choice") == 3


def test_a_script_whose_page_is_old_gets_every_card(office: Stage, desk: Desk) -> None:
    other = Desk(office, "vp.truong")
    desk.act("2", "drop")
    got = live(other, "3", fresh=False, title="Tham mưu văn bản trả lời")
    assert len(got["cards"]) == 6 and "Đã bỏ" in got["cards"][str(desk.item("2").id)]


def test_the_six_clears_say_what_is_missing(desk: Desk) -> None:
    page = desk.look()
    card = page[page.index('aria-labelledby="i2-head"') : page.index('aria-labelledby="i3-head"')]
    assert "chưa rõ thời gian" in card and "chưa rõ người" not in card and card.count('<li class="ok"') == 4
    desk.act("2", owner="", due="15/8")
    page = desk.look()
    card = page[page.index('aria-labelledby="i2-head"') : page.index('aria-labelledby="i3-head"')]
    assert "chưa rõ người" in card and "chưa rõ trách nhiệm" in card and "chưa rõ thời gian" not in card


@pytest.mark.parametrize(
    ("lacks", "change"),
    [
        ("people", {"unit_ids": []}), ("work", {"title": "Báo cáo"}), ("time", {"due_on": None}),
        ("duty", {"unit_ids": [1, 2]}), ("duty", {"co_unit_ids": [1]}), ("product", {"deliverables": [" "]}),
    ],
)  # fmt: skip
def test_each_of_the_six_has_its_own_rule(lacks: str, change: dict[str, Any]) -> None:
    whole: dict[str, Any] = {"unit_ids": [1], "title": "Báo cáo kết quả rà soát", "due_on": date(2023, 8, 15),
                             "task_class": "dated", "deliverables": ["báo cáo"], "co_unit_ids": []}  # fmt: skip
    directive = Directive(signer="Trần Văn Thành", sha256="", source="", kind="", text="", received_on=clock.today(),
                          registered_at=clock.now())  # fmt: skip
    full = DraftItem(directive_id=1, position=0, text="", **whole)
    assert six_clears(full, directive) == dict.fromkeys(CLEARS, True)
    clears = six_clears(DraftItem(directive_id=1, position=0, text="", **whole | change), directive)
    assert not clears[lacks] and all(clears[one] for one in CLEARS if one not in (lacks, "duty"))
    directive.signer = None
    assert not six_clears(full, directive)["authority"]


def test_a_waived_question_makes_nothing_clear_an_answer_in_words_does(desk: Desk) -> None:
    item, directive = desk.item("1"), desk.directive()
    item.answers = {"due": {"waived_by": 1}}
    assert not six_clears(item, directive)["time"]
    item.answers = {"due": {"answer": "theo từng vụ việc", "by": 1}}
    assert six_clears(item, directive)["time"]


def test_others_items_are_context_until_one_is_taken(office: Stage, desk: Desk) -> None:
    third = desk.item("3").id
    with office.database.write() as session:
        item = session.get_one(DraftItem, third)
        item.ours, item.unit_ids, item.questions = False, [], {}
        session.add(item)
    page = desk.look()
    assert page.index("không thành nhiệm vụ") < page.index(f'id="i{item.id}"')
    assert f'id="i{item.id}-owner"' not in page and "Nhiệm vụ dự thảo: 5" in page
    got = live(desk, "3", "take")
    assert item.id in got["ours"] and f'id="i{item.id}-owner"' in got["cards"][str(item.id)]
    assert "owner" in desk.item("3").open_questions()


def test_without_scripts_the_page_has_a_button_for_every_act(desk: Desk) -> None:
    page = desk.look()
    acts = set(re.findall(r'name="act" value="([a-z]+)', page))
    assert {"save", "cut", "split", "join", "drop", "waive", "add", "header", "undo", "redo", "assign"} <= acts
    assert "<script>" not in page and "onclick" not in page and "style=" not in page


def test_words_are_shown_as_words(office: Stage, desk: Desk) -> None:
    desk.act("2", title="<b>Báo cáo</b> & gửi", products='"kế hoạch" <i>')
    page = desk.look()
    assert html.escape("<b>Báo cáo</b> & gửi") in page and "<b>Báo cáo" not in page


def questions_asked(office: Stage, desk: Desk) -> int:
    """How many statements the page runs."""
    said: list[str] = []
    sql_event.listen(office.database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    desk.browser.get(desk.path)
    return len(said)


def test_a_large_document_costs_no_more_questions_than_a_small_one(office: Stage, desk: Desk) -> None:
    small = questions_asked(office, desk)
    big(office, 150)
    assert questions_asked(office, desk) <= small * 2, "each listener counts once more"
