"""What is lost of the documents' items when they come as DOCX, as PDF, and as scans slightly askew and grainy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from bench.documents import FOLDER
from bench.figure import Figure
from reading.reader import read_documents
from tests.making_documents import in_docx
from tests.making_scans import drawn, scan_pdf, scanned, text_pdf
from tests.printing import printed
from tests.reading_office import OFFICE
from tests.scoring import Score, load, score

EACH = 6  # every sixth document as a scan: Tesseract takes seconds a page


def measure() -> Iterator[Figure]:
    """Against the F1 that the plain text of the same documents gives."""
    all_of_them = sorted(FOLDER.glob("*.json"))
    yield from _lost("docx", all_of_them, in_docx, 0.02)
    yield from _lost("pdf", all_of_them, lambda text: text_pdf(printed(text)), 0.02)
    yield from _lost("pdf", all_of_them[::EACH], _scan, 0.05, "a scan")


def _scan(text: str) -> bytes:
    return scan_pdf([scanned(drawn(sheet), 0.5, 10.0, 0.6) for sheet in printed(text)])


def _lost(ending: str, paths: list[Path], made: Callable[[str], bytes], aim: float, said: str = "") -> Iterator[Figure]:
    plain, other = Score(), Score()
    for path in paths:
        text, gold = load(path)
        plain.add(_marks(gold, text, "a.txt", text.encode()))
        other.add(_marks(gold, text, f"a.{ending}", made(text)))
    name = f"formats: {len(paths)} documents as {said or ending}"
    yield Figure(f"{name}, items F1 lost", max(plain.f1 - other.f1, 0), aim, "")
    yield Figure(f"{name}, dates invented", other.invented, 0, "")


def _marks(gold: dict[str, object], text: str, name: str, data: bytes) -> Score:
    reading = read_documents([(name, data)], OFFICE)
    return score(gold, reading.to_json(), reading.files[0].text if name != "a.txt" else text)
