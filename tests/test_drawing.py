"""The drawings: nothing overlaps or falls off, and colours are told apart without hue."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from PIL import Image

from models.figures import Figures
from models.load import DayLoad
from models.trend import Week
from papers.calendar_drawing import level_of, months_drawing, steps_of
from papers.charts import NARROW, PARTS, WIDE, units_drawing, weeks_drawing, worst_first
from papers.drawing import SMALLEST, TONES, Corner, Drawing, Mark, Rect, Shape, Words, cut, svg, width_of
from papers.png import png
from papers.weekly.frozen import UnitLine

SVG = "{http://www.w3.org/2000/svg}"
IN_CHAT = 448.0
LONG = "Bộ phận Tiếp nhận và Trả kết quả giải quyết thủ tục hành chính và kiểm soát thủ tục hành chính"
TODAY = date(2026, 11, 25)


def units(count: int, *, times: int = 1) -> list[UnitLine]:
    """Units of all sorts of names and figures."""
    return [UnitLine(f"U{n}", LONG if n % 5 == 2 else f"Ủy ban nhân dân xã {n}",
                     Figures(done_on_time=(7 * n) % 41 * times, done_late=n % 4 * times, in_time=(3 * n) % 17 * times,
                             overdue=n % 3 * times, no_due=1 + n % 2)) for n in range(count)]  # fmt: skip


def weeks(most: int) -> list[Week]:
    """Twelve weeks; one of them empty."""
    return [Week(date(2026, 9, 7) + timedelta(7 * n), most * n // 11, n % 3, n % 2 if n else 0) for n in range(12)]


def months(most: int) -> list[list[DayLoad]]:
    """Three months with up to so many tasks a day."""
    days = [date(2026, 11, 1) + timedelta(n) for n in range(92)]
    return [[DayLoad(day, day.day * most // 31, day.weekday() < 5) for day in days if day.month == month]
            for month in (11, 12, 1)]  # fmt: skip


def shapes(drawing: Drawing) -> Iterator[Shape]:
    """Every shape, those of marks too."""
    for part in drawing.parts:
        yield from part.shapes if isinstance(part, Mark) else (part,)


def box(words: Words) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of a line of text, as wide as it really is in Arial."""
    wide = width_of(words.words, words.size, words.bold) / 1.06
    left = words.x - {"start": 0, "middle": wide / 2, "end": wide}[words.anchor]
    return left, left + wide, words.y - 0.72 * words.size, words.y + 0.1 * words.size


def is_well_made(drawing: Drawing) -> None:
    """Raises AssertionError for text that is too small, falls off, or lies on other text."""
    words = [one for one in shapes(drawing) if isinstance(one, Words)]
    assert all(one.size >= SMALLEST for one in words)
    for one in words:
        left, right, top, bottom = box(one)
        assert left >= -0.5 and right <= drawing.width + 0.5 and top >= 0 and bottom <= drawing.height, one
    for one, other in combinations(words, 2):
        a, b = box(one), box(other)
        assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2], (one, other)
    for filled in (one for one in shapes(drawing) if isinstance(one, Rect)):
        assert filled.x >= 0 and filled.x + filled.width <= drawing.width + 0.5
        assert filled.y + filled.height <= drawing.height


@pytest.mark.parametrize("width", [NARROW, IN_CHAT, WIDE])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_lies_on_anything_else(width: float, language: str) -> None:
    for count in (0, 1, 13, 200):
        for times in (1, 1000):
            is_well_made(units_drawing(units(count, times=times), width, language))
    for most in (0, 1, 30, 4000):
        is_well_made(weeks_drawing(weeks(most), width, language))
        is_well_made(months_drawing(months(most), TODAY, width, language))


def test_small_columns_bear_their_rates_too() -> None:
    is_well_made(weeks_drawing(weeks(300), IN_CHAT, "vi", high=72, key=False))


def test_the_words_of_a_unit_cannot_break_the_picture() -> None:
    line = UnitLine("A&B", '<script>"x"</script>', Figures(overdue=2))
    made = svg(units_drawing([line], WIDE, "vi", lambda **asked: f"/tasks?unit={asked['unit']}&x=\""))
    root = ElementTree.fromstring(made)
    assert root.find(f"{SVG}a").attrib["href"] == '/tasks?unit=A&B&x="'  # type: ignore[union-attr]
    assert "<script>" not in made


def test_the_worst_twenty_are_drawn_and_the_others_named() -> None:
    drawn = units_drawing(units(200), WIDE, "vi", rest="/charts?units=all")
    marks = [part for part in drawn.parts if isinstance(part, Mark)]
    assert marks[-1].tip == "và 180 đơn vị khác" and marks[-1].href == "/charts?units=all"
    shown = {mark.tip.split(":")[0] for mark in marks[:-1]}
    assert shown == {line.name for line in worst_first(units(200))[:20]}
    assert all(line.figures.overdue == 2 for line in worst_first(units(200))[:20])


def test_of_thirteen_units_all_are_drawn() -> None:
    words = [one.words for one in shapes(units_drawing(units(13), WIDE, "vi")) if isinstance(one, Words)]
    assert {line.name for line in units(13) if line.name != LONG} <= set(words)
    assert not any("đơn vị khác" in one for one in words)


def test_a_bars_parts_are_as_wide_as_their_numbers() -> None:
    line = UnitLine("TTS", "Thanh tra Sở", Figures(done_on_time=40, in_time=20))
    on_time, in_time = (next(one for one in shapes(units_drawing([line], WIDE, "vi"))
                             if isinstance(one, Rect) and one.tone == name and one.height > 14)
                        for name in ("done_on_time", "in_time"))  # fmt: skip
    assert (on_time.width + 2) / (in_time.width + 2) == pytest.approx(2)


def lightness(colour: str) -> float:
    """CIE L* of #rrggbb, 0 to 100."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    y = sum(c * weight for c, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
    return float(116 * y ** (1 / 3) - 16)


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours."""
    bright, dark = sorted((((lightness(c) + 16) / 116) ** 3 for c in (one, other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def tones_of(scheme: str) -> dict[str, str]:
    """The colours of the file, or those that the style sheet gives on dark pages."""
    if scheme == "light":
        return dict(TONES)
    from web.site import STATIC

    found = re.findall(r"([^{}]+)\{ (?:fill|stroke): (#\w+);? \}", (STATIC / "charts.css").read_text("utf-8"))
    return {name: colour for names, colour in found for name in re.findall(r"\.[fs]-([\w-]+)", names)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_apart_in_lightness_and_bear_their_numbers(scheme: str) -> None:
    tones = tones_of(scheme)
    for names in (list(PARTS), [f"heat-{n}" for n in range(5)]):
        order = sorted(lightness(tones[name]) for name in names)
        assert min(b - a for a, b in pairwise(order)) >= 5, (scheme, order)
        for name in names:
            assert contrast(tones[name], tones[f"on-{name}"]) >= 4.5, (scheme, name)
    assert all(contrast(tones[f"edge-{part}"], tones["paper"]) >= 3 for part in PARTS)


def test_levels_of_a_day_are_quarters_of_the_largest() -> None:
    assert [steps_of(most) for most in (0, 1, 8, 100)] == [[1, 2, 3], [1, 2, 3], [2, 4, 6], [25, 50, 75]]
    assert [level_of(count, [25, 50, 75]) for count in (0, 1, 25, 26, 75, 76, 500)] == [0, 1, 1, 2, 3, 4, 4]


def test_days_off_and_today_are_told_without_colour() -> None:
    made = months_drawing(months(0), TODAY, WIDE, "vi")
    cells = [part for part in made.parts if isinstance(part, Mark)]
    framed = [mark.tip for mark in cells if any(isinstance(one, Rect) and one.thick > 2 for one in mark.shapes)]
    cornered = [mark for mark in cells if any(isinstance(one, Corner) for one in mark.shapes)]
    assert framed == ["thứ Tư 25/11/2026: 00 nhiệm vụ đến hạn (hôm nay)"]
    assert len(cornered) == sum(not one.works for days in months(0) for one in days)
    assert all("(ngày nghỉ)" in mark.tip for mark in cornered)


def test_words_are_cut_to_their_room() -> None:
    assert cut("Thanh tra Sở", 200, 13) == "Thanh tra Sở"
    short = cut(LONG, 100, 13)
    assert short.endswith("…") and width_of(short, 13) <= 100
    assert width_of("Ủy ban nhân dân", 13) == pytest.approx(width_of("Uy ban nhan dan", 13))


def test_a_picture_without_links_is_an_image_and_one_with_them_a_group() -> None:
    plain, linked = (svg(units_drawing(units(2), WIDE, "vi", link)) for link in (None, lambda **asked: "/tasks"))
    assert 'role="img"' in plain and "<a " not in plain
    assert 'role="group"' in linked and all(label in linked for label in ("<a href=", "aria-label=", "<title>"))


def test_a_png_is_twice_as_wide_and_the_same_without_any_font_of_the_machine() -> None:
    drawing = units_drawing(units(13), IN_CHAT, "vi")
    made = png(svg(drawing, ground=True))
    picture = Image.open(io.BytesIO(made)).convert("RGB")
    assert picture.size == (round(2 * drawing.width), round(2 * drawing.height))
    assert picture.getpixel((0, 0)) == (255, 255, 255) and len(made) < 300_000
    # Words leave ink where they stand: without a font nothing would be there.
    below = picture.crop((0, 60, 300, picture.size[1]))
    assert min(below.convert("L").tobytes()) < 60
    assert png(svg(drawing, ground=True)) == made


def test_what_is_no_svg_makes_no_picture() -> None:
    with pytest.raises(ValueError):
        png("<p>x</p>")
