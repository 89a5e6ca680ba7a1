"""The demo's directive is read exactly as a person reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models import clock
from reading.extract import extract_text
from reading.model import GroupNames, OfficeNames, Reading, UnitNames
from reading.reader import read_files

SEED = Path(__file__).parent.parent / "demo_data" / "788-SVHTTDL-VP.txt"
OFFICE = OfficeNames(
    "Sở Văn hóa, Thể thao và Du lịch Thái Bình",
    ("Sở Văn hóa, Thể thao và Du lịch", "Sở VHTTDL"),
    ("các sở, ban, ngành",),
    (
        UnitNames("LDS", "Lãnh đạo Sở"),
        UnitNames("VP", "Văn phòng Sở", ("Văn phòng",)),
        UnitNames("TTS", "Thanh tra Sở"),
        UnitNames("TCCB", "Phòng Tổ chức cán bộ"),
        UnitNames("BPMC", "Bộ phận Tiếp nhận và Trả kết quả", ("Bộ phận tiếp nhận và giải quyết thủ tục hành chính",)),
    ),
    (
        GroupNames("Các phòng chuyên môn", (), ("QLVH", "QLTT", "QLDL", "NSVH")),
        GroupNames("Các đơn vị thuộc Sở", (), ("BT", "TV", "TTVH", "NHC")),
    ),
)


@pytest.fixture(scope="module")
def seed() -> Reading:
    return read_files([SEED], OFFICE)


def test_the_header_is_the_one_the_page_tells_of(seed: Reading) -> None:
    said = seed.to_json()
    assert {key: said[key] for key in ("source", "kind", "number", "issued_on", "issuer", "signer", "urgency")} == {
        "source": "788-SVHTTDL-VP.txt",
        "kind": "cong_van",
        "number": "788/SVHTTDL-VP",
        "issued_on": "2023-07-23",
        "issuer": "Sở Văn hóa, Thể thao và Du lịch Thái Bình",
        "signer": None,
        "urgency": None,
    }
    assert said["subject"].startswith("tập trung nâng cao chỉ số cải cách hành chính")


def test_six_items_stand_where_the_text_has_them_and_hold_no_page_noise(seed: Reading) -> None:
    text = extract_text(SEED.name, SEED.read_bytes())
    assert [item.label for item in seed.items] == ["1", "2", "3", "4", "5", "6"]
    for item, following in zip(seed.items, [*seed.items[1:], None], strict=True):
        begin, end = item.span
        assert text[begin:end] == item.text
        assert following is None or end <= following.span[0] - len("2. ")
    assert seed.items[1].span == (2517, 2784)
    assert seed.items[5].text.endswith("để giải quyết./.")
    assert not any(word in item.text for item in seed.items for word in ("Tác giả", "Hôm nay", "đánh giá bài viết"))


def test_each_item_names_its_addressees_verbatim_and_resolves_them(seed: Reading) -> None:
    said = [(item["lead_units"], item["lead_codes"]) for item in seed.to_json()["items"]]
    assert said == [
        (["Các đồng chí Lãnh đạo Sở"], ["LDS"]),
        (["Thanh tra Sở"], ["TTS"]),
        (
            [
                "Các phòng chuyên môn thuộc Sở",
                "Bộ phận thực hiện tiếp nhận và giải quyết thủ tục hành chính của Sở",
            ],
            ["QLVH", "QLTT", "QLDL", "NSVH", "BPMC"],
        ),
        (["Phòng Tổ chức cán bộ"], ["TCCB"]),
        (["Các đơn vị thuộc Sở"], ["BT", "TV", "TTVH", "NHC"]),
        (["Văn phòng Sở"], ["VP"]),
    ]
    assert [lead.group for lead in seed.items[2].leads] == [True, False]
    assert all(item.ours for item in seed.items)


def test_no_deadline_is_invented_and_the_end_of_the_year_is_a_sanction(seed: Reading) -> None:
    assert [[(due.text, due.kind) for due in item.due] for item in seed.items] == [
        [("thường xuyên", "standing")],
        [("hàng năm", "recurring")],
        [],
        [],
        [],
        [("thường xuyên", "standing")],
    ]
    assert [item.klass for item in seed.items] == ["standing"] * 5 + ["monitor"]
    assert not any(due.date for item in seed.items for due in item.due)
    assert seed.to_json()["items"][1]["due"] == [
        {
            "text": "hàng năm",
            "kind": "recurring",
            "date": None,
            "time": None,
            "recurrence": "yearly",
            "day": None,
            "months": None,
            "amount": None,
            "unit": None,
            "from": None,
            "question": "Có phải hạn báo cáo không?",
        }
    ]


def test_what_the_office_must_settle_is_asked(seed: Reading) -> None:
    assert "Mục 2: văn bản không nêu thời hạn" in seed.questions
    assert not any(question.startswith("Mục 6") for question in seed.questions)
    assert seed.warnings == ("Thiếu phụ lục kèm theo",)


def test_the_two_missed_indicators_are_kept_with_their_targets(seed: Reading) -> None:
    assert [(i.name, i.value, i.target, i.unit) for i in seed.indicators] == [
        ("Tỷ lệ dịch vụ công trực tuyến phát sinh hồ sơ", "68.42", "85", "%"),
        ("Tỷ lệ số hóa hồ sơ, kết quả giải quyết thủ tục hành chính", "79.3", "100", "%"),
    ]


def test_the_reading_is_one_json_document_and_quick(seed: Reading) -> None:
    assert json.loads(json.dumps(seed.to_json()))["items"][0]["file"] == 0
    began = clock.elapsed()
    read_files([SEED], OFFICE)
    assert clock.elapsed() - began < 0.15
