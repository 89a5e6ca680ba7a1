"""The same directive gives the same items, whatever the format it comes in."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from reading.reader import read_documents
from tests.making_documents import (
    cell,
    docx,
    html,
    in_docx,
    levels,
    listed,
    lists,
    par,
    rtf,
    rtf_row,
    rtf_text,
    table,
)
from tests.reading_office import END, OFFICE, OURS, STEM

DEMO = (Path(__file__).parent.parent / "demo_data" / "788-SVHTTDL-VP.txt").read_text(encoding="utf-8")
SPLIT = OURS.index("CỘNG")
LEFT, RIGHT = OURS[:SPLIT].strip().split("\n"), OURS[SPLIT:].strip().split("\n")
TITLE = ["QUYẾT ĐỊNH", "Về việc ban hành Kế hoạch công tác", "PHỤ LỤC", "Phân công nhiệm vụ"]
ROWS = [
    ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm"],
    ["1", "Rà soát số liệu gia đình văn hóa", "Văn phòng Sở", "Thanh tra Sở", "Trước ngày 15/8/2023", "Báo cáo"],
    ["2", "Xây dựng kế hoạch cải cách hành chính", "Thanh tra Sở", "Văn phòng Sở", "Quý IV/2023", "Kế hoạch"],
]


def items(name: str, data: bytes) -> list[tuple[object, ...]]:
    found = read_documents([(name, data)], OFFICE).items
    return [(item.label, item.text, item.leads, [due.text for due in item.due]) for item in found]


def in_html(text: str) -> bytes:
    return html("".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))).encode()


def in_rtf(text: str) -> bytes:
    return rtf("\\par\n".join(rtf_text(line) for line in text.split("\n")))


@pytest.mark.parametrize(
    ("name", "data"), [("a.docx", in_docx(DEMO)), ("a.doc", in_html(DEMO)), ("a.rtf", in_rtf(DEMO))]
)
def test_the_demo_directive(name: str, data: bytes) -> None:
    assert items(name, data) == items("a.txt", DEMO.encode())
    assert items(name, data)


def annex_in_docx() -> bytes:
    group = [cell("I. Nhóm đầu", properties='<w:gridSpan w:val="6"/>')]
    return docx(table([cell(*LEFT), cell(*RIGHT)]), *map(par, TITLE), table(ROWS[0], group, *ROWS[1:]))


def annex_in_html() -> bytes:
    head = f"<table><tr><td>{'<br>'.join(LEFT)}<td>{'<br>'.join(RIGHT)}</table>"
    rows = [f"<tr>{''.join(f'<td>{value}' for value in row)}" for row in ROWS]
    rows.insert(1, "<tr><td colspan=6><b>I. Nhóm đầu</b>")
    return html(head + "".join(f"<p>{line}" for line in TITLE) + f"<table>{''.join(rows)}</table>").encode()


def annex_in_rtf() -> bytes:
    rows = [rtf_row(*row) for row in ROWS]
    rows.insert(1, r"\trowd\cellx12000\pard\intbl " + rtf_text("I. Nhóm đầu") + r"\cell\row")
    title = "".join(f"\\pard {rtf_text(line)}\\par\n" for line in TITLE)
    return rtf(rtf_row("\n".join(LEFT), "\n".join(RIGHT)) + title + "".join(rows))


@pytest.mark.parametrize(
    ("name", "data"), [("a.docx", annex_in_docx()), ("a.html", annex_in_html()), ("a.rtf", annex_in_rtf())]
)
def test_a_decision_with_a_table_of_duties_in_its_annex(name: str, data: bytes) -> None:
    lines = ["\t".join(row) for row in ROWS]
    plain = "\n".join([OURS.strip(), *TITLE, lines[0], "I.\tNhóm đầu\t\t\t\t", *lines[1:]])
    assert items(name, data) == items("a.txt", plain.encode())
    assert [label for label, *_ in items(name, data)] == ["PL.I.1", "PL.I.2"]


def test_a_letter_whose_numbers_word_has_made() -> None:
    points = "I. Nhiệm vụ chung\n1. Văn phòng Sở báo cáo trước ngày 20/8/2023.\n2. Thanh tra Sở:\na) Kiểm tra lễ hội;\n"
    tail = END.strip().split("\n")
    signed = tail.index("GIÁM ĐỐC")
    made = docx(
        table([cell(*LEFT), cell(*RIGHT)]),
        *map(par, STEM.strip().split("\n")),
        listed("Nhiệm vụ chung", 1),
        listed("Văn phòng Sở báo cáo trước ngày 20/8/2023.", 1, 1),
        listed("Thanh tra Sở:", 1, 1),
        listed("Kiểm tra lễ hội;", 1, 2),
        table([cell(*tail[:signed]), cell(*tail[signed:])]),
        numbering=lists(levels(("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))),
    )
    assert items("a.docx", made) == items("a.txt", (OURS + STEM + points + END).encode())
    assert [label for label, *_ in items("a.docx", made)] == ["I.1", "I.2.a"]
