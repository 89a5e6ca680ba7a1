"""Reading: how well, document by document, and how fast."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.figure import Figure, median, timed
from reading import extract
from reading.reader import read_documents
from tests.reading_office import OFFICE
from tests.scoring import Score, load, rate, score

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "documents"
PAGE = 2500  # characters of a printed page


def measure() -> Iterator[Figure]:
    """The table of the documents; then what their readings miss, and the time of a page."""
    total, took = Score(), []
    print(f"     {'document':<28}{'gold':>6}{'found':>7}{'right':>7}{'leads':>8}{'co':>7}{'due':>7}{'kinds':>7}"
          f"{'invent':>8}{'header':>8}{'spans':>7}")  # fmt: skip
    for path in sorted(FOLDER.glob("*.json")):
        text, gold = load(path)
        data = [(f"{path.stem}.txt", text.encode())]
        marks = score(gold, read_documents(data, OFFICE).to_json(), extract.clean(text))
        print(f"     {path.stem:<28}{line(marks)}")
        total.add(marks)
        took += [ms * PAGE / max(len(text), PAGE) for ms in timed(partial(read_documents, data, OFFICE), 3)]
    print(f"     {'together':<28}{line(total)}")
    for name, share, aim in shares(total):
        yield Figure(f"documents: {name} missed", 1 - share, round(1 - aim, 2), "")
    yield Figure("documents: dates invented", total.invented, 0, "")
    yield median("documents: one page, in process", took, 50)


def line(marks: Score) -> str:
    """One row of the table."""
    return (
        f"{marks.gold:>6}{marks.found:>7}{marks.right:>7}{rate(marks.leads):>8.2f}{rate(marks.co):>7.2f}"
        f"{rate(marks.deadlines):>7.2f}{rate(marks.kinds):>7.2f}{marks.invented:>8}{rate(marks.header):>8.2f}"
        f"{rate(marks.spans):>7.2f}"
    )


def shares(total: Score) -> list[tuple[str, float, float]]:
    """(what, share that is right, aim)."""
    return [
        ("items (1 - F1)", total.f1, 0.95),
        ("leads", rate(total.leads), 0.95),
        ("co-units", rate(total.co), 0.90),
        ("deadlines", rate(total.deadlines), 0.95),
        ("kinds", rate(total.kinds), 0.90),
        ("header fields", rate(total.header), 0.98),
        ("spans", rate(total.spans), 1.0),
    ]
