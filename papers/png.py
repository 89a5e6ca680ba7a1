"""SVG → PNG, with our own font: the same picture on every machine, whatever fonts it has."""

from __future__ import annotations

import io
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "fonts"
FONT = "Arimo"
SHARP, COLOURS = 2.0, 96
"""Points of the picture to a unit of the drawing: text is read on a telephone's screen."""


def png(svg: str) -> bytes:
    """The picture of an SVG document. Raises ValueError for what is none."""
    import resvg_py  # only where a picture is made: idle, the service does without both
    from PIL import Image

    files = [str(FOLDER / f"{FONT}-{weight}.ttf") for weight in ("Regular", "Bold")]
    drawn = bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=files, font_family=FONT,
                                        sans_serif_family=FONT, zoom=SHARP))  # fmt: skip
    # A drawing has a dozen colours and their edges: as a palette it is a third of the size.
    few = Image.open(io.BytesIO(drawn)).convert("RGB").quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
    few.putpalette([255 if value > 252 else value for value in few.getpalette() or ()])  # white is 254 there
    made = io.BytesIO()
    few.save(made, "PNG")
    return made.getvalue()
