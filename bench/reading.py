"""Reading files: PDF with letters, and scans. A scan's own cost is counted without Tesseract's."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.figure import Figure, median, timed
from reading.formats import image, pdf
from tests.making_scans import drawn, photo, scan_pdf, scanned, text_pdf
from tests.printing import printed

SEED = Path(__file__).resolve().parent.parent / "demo_data" / "788-SVHTTDL-VP.txt"


def measure() -> Iterator[Figure]:
    """A page and a hundred pages of letters; a page scanned slightly askew, one that is grainy and steep, a photo."""
    sheets = printed(SEED.read_text(encoding="utf-8"))
    page = text_pdf(sheets[:1])
    yield median("reading: a page of PDF text", timed(lambda: pdf.read(page), 9), 50)
    hundred = text_pdf((sheets * 100)[:100])
    yield median("reading: 100 pages of PDF text", [ms / 1000 for ms in timed(lambda: pdf.read(hundred), 1)], 5, "s")
    clean, poor = scanned(drawn(sheets[0])), scanned(drawn(sheets[0]), -3.0, 30.0, 1.0, speckle=0.005)
    yield _own_cost("a scanned page", lambda: pdf.read(scan_pdf([clean])))
    yield _own_cost("a poor scan, 3 degrees askew", lambda: pdf.read(scan_pdf([poor])))
    taken = photo(clean.resize((2480, 3508)))
    yield _own_cost("a photo of 9 million points", lambda: image.read(taken))


def _own_cost(name: str, step: Callable[[], object]) -> Figure:
    costs = []
    for _ in range(2):
        before = _used(resource.RUSAGE_SELF)
        step()
        costs.append(_used(resource.RUSAGE_SELF) - before)
    return median(f"reading: {name}, CPU beyond Tesseract", costs, 0.35, "s")


def _used(whose: int) -> float:
    usage = resource.getrusage(whose)
    return usage.ru_utime + usage.ru_stime
