"""At the command line: what the whole document asks is listed, and no waiver of the rest waives it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import clock
from tests.cli import Cli

DATA = ("LƯU HÀNH NỘI BỘ\nUBND TỈNH THÁI BÌNH\nSỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH\nSố: 45/SVHTTDL-VP\n"
        "Thái Bình, ngày 20 tháng 7 năm 2023\n\n1. Thanh tra Sở báo cáo trước ngày 15/8/2023.\n")  # fmt: skip


@pytest.fixture
def cli(tmp_path: Path) -> Iterator[Cli]:
    yield Cli.founded(tmp_path)
    clock.run_free()


def test_the_question_is_listed_and_a_waiver_does_not_close_it(cli: Cli) -> None:
    made = cli.json("import", cli.file("cv.txt", DATA))
    assert made["questions"][0].startswith("Văn bản ghi “LƯU HÀNH NỘI BỘ”")
    for more in ((), ("--waive",)):
        done = cli.run("assign", "1", *more, "--json")
        assert done.exit_code == 1
        assert json.loads(done.stdout) == {"tasks": [], "questions": made["questions"][:1]}, more
    assert "--waive không bỏ qua được" in cli.refused(1, "assign", "1", "--waive")
    assert "phải trả lời trước khi giao" in cli.refused(1, "rehearse", cli.file("cv2.txt", DATA))
