"""Tesseract with Vietnamese, by its command line: picture on its input, words with their places on its output."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

from PIL import Image

from reading.errors import NoRecogniser, TooSlow
from reading.formats.fragments import Word

LONGEST = 120  # seconds for one page; two are usual
UNSURE = 60.0  # per cent; of the words read wrong most lie below, of those read right hardly any
UNSURE_NUMBER = 80.0  # a wrong digit looks as good as the right one, and no later rule can notice it


def require() -> None:
    """Raise NoRecogniser unless Tesseract and its Vietnamese model are on this machine."""
    if not _ready():
        raise NoRecogniser()


@cache
def _ready() -> bool:
    if shutil.which("tesseract") is None:
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return "vie" in listed.stdout.split()


def words_in(picture: Image.Image, dpi: float, mode: int) -> list[Word]:
    """Words of a grey picture, line by line, in points. `mode` is Tesseract's page segmentation (3 page, 6 block).

    Raises TooSlow.
    """
    command = ["tesseract", "-", "-", "-l", "vie", "--psm", str(mode), "--dpi", str(round(dpi)), "tsv"]
    # With more than one thread a page takes seven times as long on two cores: the threads wait for each other.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    header = b"P5 %d %d 255\n" % picture.size  # PGM costs nothing to write, a PNG more than all other work on the page
    try:
        done = subprocess.run(
            command, input=header + picture.tobytes(), capture_output=True, env=environment, timeout=LONGEST, check=True
        )
    except subprocess.TimeoutExpired:
        raise TooSlow() from None
    return _words(done.stdout.decode("utf-8", "replace"), 72 / dpi)


def _words(table: str, scale: float) -> list[Word]:
    """Rows of the table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    words: list[Word] = []
    top = bottom = 0.0
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12:
            continue
        left, upper, width, height = (float(cell) * scale for cell in cells[6:10])
        if cells[0] == "4":  # a line: its words share its height, whatever their letters are
            top, bottom = upper, upper + height
        text = "".join(cells[11].split())
        if cells[0] == "5" and text:
            least = UNSURE_NUMBER if any(c.isdigit() for c in text) else UNSURE
            words.append(Word(text, left, top, left + width, bottom, float(cells[10]) >= least))
    return words
