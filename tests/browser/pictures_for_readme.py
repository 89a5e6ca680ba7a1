"""The README's pictures, taken anew: `.venv/bin/python -m tests.browser.pictures_for_readme`.

Everything on them is the demo's own: pretend people, four weeks that were lived through the models (`filling.py`).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.filling import make
from tests.browser.player import FLAGS, ROOT, Seat, served

DOCS = ROOT / "docs"
WIDE, TALL = {"width": 1280, "height": 980}, {"width": 390, "height": 844}
LARGEST = 250_000


def take() -> None:
    """All five, into docs/."""
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as used:
        make(Path(made))
        _take(Path(made), Path(used))


def _take(made: Path, used: Path) -> None:
    with sync_playwright() as player:
        serving = served(made, used)
        address = next(serving)
        # The language of the fields for dates is the browser's own, not the page's.
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS, "--lang=vi"],
                                         env={**os.environ, "LANGUAGE": "vi"})  # fmt: skip
        wide = Seat(browser, address, "vp.truong", viewport=WIDE)
        shoot(wide, "board", "/")
        shoot(wide, "task", "/tasks/NV20")
        shoot(wide, "report", "/reports/week/2023-08-21")
        shoot(wide, "charts", "/charts")
        shoot(Seat(browser, address, "qldl.pho", viewport=TALL), "phone", "/")
        next(serving, None)


def shoot(seat: Seat, name: str, path: str) -> None:
    """One picture, in few enough colours to be light."""
    from PIL import Image

    seat.go(path)
    target = DOCS / f"{name}.png"
    seat.page.screenshot(path=str(target))
    Image.open(target).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)
    assert target.stat().st_size <= LARGEST, (name, target.stat().st_size)
    print(target.name, target.stat().st_size)


if __name__ == "__main__":
    take()
