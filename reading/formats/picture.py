"""A picture of a page made ready for recognition: grey, clean, upright; and the lines that are drawn on it.

All of it in Pillow's own loops: a page at 200 dpi has four million points, and Python must not touch each.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps, ImageStat

from reading.formats.grid import Grid, Rule

REDUCED = 4  # the skew shows on a picture of 50 dpi as well
STEEPEST = 6.0  # degrees to either side that a sheet may lie in a scanner
LEAST_SKEW = 0.15  # degrees; below it turning costs more than it gains
LYING = 1.4  # times as sharp across as along: the sheet lies on its side
SPECKLED = 0.001  # of the points stand alone in white; in clean print hardly one does
GRAINY = 9.0  # grey levels from point to point of white paper
PAPER = 212  # the mean of five by five points, of which at most four are ink
UNEVEN = 45  # grey levels between the brightest and the darkest paper: a shadow, a photo
RED = 60  # how far red must lie above green and blue to be ink of a stamp


def grey_and_red(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """(grey without red ink, how red each point is, or None where no red ink is): a seal must not hide the text."""
    if image.mode in ("1", "L", "I;16", "LA"):
        return image.convert("L"), None
    red, green, blue = image.convert("RGB").split()
    redness = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    if max(redness.reduce(8).tobytes()) < RED // 2:
        return image.convert("L"), None
    # Seen in red alone, the ink is still a little darker than the paper.
    return ImageChops.add(red, redness.point([v if v >= RED // 3 else 0 for v in range(256)])), redness


def cleaned(grey: Image.Image) -> Image.Image:
    """Shadows lifted where the paper is uneven, grains taken out where there are many."""
    paper = grey.reduce(32).filter(ImageFilter.MaxFilter(5))
    low, high = _paper_range(paper)
    if high - low > UNEVEN:
        even = paper.filter(ImageFilter.GaussianBlur(2)).resize(grey.size, Image.Resampling.BILINEAR)
        grey = ImageChops.subtract(even, grey).point([255 - min(255, round(1.4 * v)) for v in range(256)])
    speckled, grainy = noise_of(grey)
    if grainy:
        return _smoothed(_smoothed(grey, 1, 0), 0, 1)
    return grey.filter(ImageFilter.MedianFilter(3)) if speckled else grey


def _smoothed(grey: Image.Image, right: int, down: int) -> Image.Image:
    """The median of each point and its neighbours at both sides.

    On a grainy page Pillow's own filter of three by three takes ten times as long and reads no better; on a speckled
    one it is quick, and spares thin strokes that this one breaks.
    """
    before, after = ImageChops.offset(grey, right, down), ImageChops.offset(grey, -right, -down)
    low, high = ImageChops.darker(before, after), ImageChops.lighter(before, after)
    return ImageChops.lighter(low, ImageChops.darker(high, grey))


def _paper_range(paper: Image.Image) -> tuple[int, int]:
    """The brightness of the paper, a tenth at either end left out."""
    values = sorted(paper.tobytes())
    return values[len(values) // 10], values[-1 - len(values) // 10]


def noise_of(grey: Image.Image) -> tuple[bool, bool]:
    """(speckles: dark points alone in white; grain: paper that is not one grey)."""
    width, height = grey.size
    across, down = min(600, width // 2), min(600, height // 2)
    sample = grey.crop((width // 4, height // 4, width // 4 + across, height // 4 + down))
    around = sample.filter(ImageFilter.BoxBlur(2))
    paper = around.point([255 * (v > PAPER) for v in range(256)])
    dark = sample.point([255 * (v < 128) for v in range(256)])
    alone = ImageChops.darker(paper, dark).histogram()[255]
    differences = ImageChops.difference(sample, around)
    grain = ImageStat.Stat(differences, mask=paper).mean[0] if paper.getbbox() else 0.0
    return alone > SPECKLED * across * down, grain > GRAINY


def skew(grey: Image.Image, steepest: float = STEEPEST) -> tuple[float, bool]:
    """(degrees that the picture is to be turned, counter-clockwise; whether the sheet lies on its side)."""
    dark = _dark(grey.reduce(REDUCED) if min(grey.size) > 400 else grey)
    along, sharp = _straightest(dark, steepest)
    side = dark.transpose(Image.Transpose.ROTATE_90)
    sharp_side = max(_sharpness(side, angle) for angle in range(-3, 4))
    if steepest == STEEPEST and sharp_side > LYING * sharp:
        return _straightest(side, steepest)[0], True
    return along, False


def _dark(grey: Image.Image) -> Image.Image:
    level = threshold(grey)
    return grey.point([255 * (v < level) for v in range(256)])


def threshold(grey: Image.Image) -> int:
    """Half way from ink to paper."""
    counts = grey.histogram()
    total, seen, paper = sum(counts), 0, 255
    for level in range(255, -1, -1):
        seen += counts[level]
        if seen > total * 0.5:
            paper = level
            break
    ink = next((level for level, _ in enumerate(counts) if sum(counts[: level + 1]) > total * 0.01), 0)
    return max((paper + ink) // 2, 40)


def _straightest(dark: Image.Image, steepest: float) -> tuple[float, float]:
    steps = int(steepest * 2)
    coarse = max((n / 2 for n in range(-steps, steps + 1)), key=lambda angle: _sharpness(dark, angle))
    best = max((coarse + n / 10 for n in range(-4, 5)), key=lambda angle: _sharpness(dark, angle))
    return best, _sharpness(dark, best)


def _sharpness(dark: Image.Image, angle: float) -> float:
    """How much neighbouring rows differ in ink: most when lines of text lie level."""
    level = dark.rotate(angle, Image.Resampling.NEAREST) if angle else dark
    rows = array("f", level.convert("F").resize((1, level.height), Image.Resampling.BOX).tobytes())
    return sum((a - b) ** 2 for a, b in pairwise(rows))


# -- drawn lines -------------------------------------------------------------------------------------------------------
SHORTEST_LEVEL, SHORTEST_UPRIGHT = 14.0, 7.0  # millimetres; no letter has so long a stroke
THICKEST = 2.0  # millimetres


def rules_of(grey: Image.Image, dpi: float) -> list[Rule]:
    """Level and upright lines of the picture, in points."""
    # The darkest of each four points: a mean would make a hairline paler than print.
    ink = ImageOps.invert(grey)
    ink = ImageChops.lighter(ink, _moved(ink, 1, 0))
    ink = ImageChops.lighter(ink, _moved(ink, 0, 1)).resize(
        (grey.width // 2, grey.height // 2), Image.Resampling.NEAREST
    )
    least = 255 - threshold(grey)
    dark = ink.point([255 * (v > least) for v in range(256)])
    half = dpi / 2
    found = list(_runs(dark, int(SHORTEST_LEVEL / 25.4 * half), half, level=True))
    turned = dark.transpose(Image.Transpose.TRANSPOSE)
    return found + list(_runs(turned, int(SHORTEST_UPRIGHT / 25.4 * half), half, level=False))


def _runs(dark: Image.Image, least: int, dpi: float, level: bool) -> Iterator[Rule]:
    # A line that is not quite level steps from row to row: thickened, it holds together.
    thick = ImageChops.lighter(dark, ImageChops.lighter(_moved(dark, 0, 1), _moved(dark, 0, -1)))
    kept, length = thick, 1
    while length < least:
        step = min(length, least - length)
        kept = ImageChops.darker(kept, _moved(kept, step, 0))
        length += step
    scale = 72 / dpi
    for top, bottom in bands(kept.getprojection()[1]):
        if bottom - top > THICKEST / 25.4 * dpi + 3:
            continue
        band = kept.crop((0, top, kept.width, bottom))
        for start, end in bands(band.getprojection()[0]):
            yield Rule(level, (top + bottom) / 2 * scale, start * scale, (end + least) * scale)


def _moved(picture: Image.Image, right: int, down: int) -> Image.Image:
    """What lies so far to the right of and below each point; nothing beyond the edge."""
    return picture.crop((right, down, picture.width + right, picture.height + down))


def bands(filled: list[int]) -> Iterator[tuple[int, int]]:
    """(start, end) of every run that is filled."""
    start = None
    for place, value in enumerate([*filled, 0]):
        if value and start is None:
            start = place
        elif not value and start is not None:
            yield start, place
            start = None


def without_rules(grey: Image.Image, grids: list[Grid], dpi: float) -> Image.Image:
    """The borders of tables painted over: beside them Tesseract loses letters, or takes the table for a drawing."""
    if not grids:
        return grey
    grey = grey.copy()
    pen = ImageDraw.Draw(grey)
    scale = dpi / 72
    width = max(3, round(dpi / 28))
    for rule in (rule for grid in grids for rule in grid.rules):
        at, start, end = rule.at * scale, rule.start * scale, rule.end * scale
        pen.line((start, at, end, at) if rule.level else (at, start, at, end), fill=255, width=width)
    return grey
