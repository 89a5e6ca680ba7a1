"""The weekly report as one picture for a telephone: what is overdue, both rates, the units, the weeks, and the tasks
that are late for longest. Made from the frozen report alone, with the drawings that the pages show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from papers.charts import units_drawing, weeks_drawing
from papers.drawing import Drawing, Stroke, Words, cut, paragraph, svg, width_of
from papers.words import moment, share, text, two

if TYPE_CHECKING:
    from papers.weekly.frozen import Digest

INSIDE, MARGIN = 448.0, 16.0
"""A chat shows a picture about 400 points wide: text of 15 here is read there as 12."""
MOST_UNITS, MOST_LATE = 14, 5


def digest_svg(digest: Digest, language: str = "vi") -> str:
    """The picture as an SVG document, white, 480 units wide."""
    return svg(digest_drawing(digest, language), ground=True)


def digest_png(digest: Digest, language: str = "vi") -> bytes:
    """The same picture for chats: PNG, 960 points wide."""
    from papers.png import png

    return png(digest_svg(digest, language))


def digest_drawing(digest: Digest, language: str) -> Drawing:
    """Headline, moment, rates, units, weeks, tasks, one under the other, with a margin all around."""
    made = Drawing(INSIDE, text("picture.title", language, at=moment(digest.at, language)), height=6)
    paragraph(made, _headline(digest, language), size=21, bold=True,
              tone="bad" if digest.total.overdue else "ink")  # fmt: skip
    paragraph(made, made.title, size=14, tone="soft", most=2)
    made.height += 6
    for words in _rates(digest, language):
        paragraph(made, words, size=15, most=2)
    _heading(made, text("drawing.digest.units", language))
    made.below(units_drawing(digest.units, INSIDE, language, most=MOST_UNITS))
    if any(week.came_due for week in digest.weeks):
        _heading(made, text("drawing.digest.weeks", language))
        made.below(weeks_drawing(digest.weeks, INSIDE, language, high=72, key=False))
    _late(made, digest, language)
    return _framed(made)


def _headline(digest: Digest, language: str) -> str:
    """The one thing to know first: how many are overdue, and where."""
    late = [line for line in digest.units if line.figures.overdue]
    if not late:
        return text("picture.none_overdue", language)
    worst = max(late, key=lambda line: line.figures.overdue)
    return text(
        "picture.overdue",
        language,
        count=two(digest.total.overdue),
        units=two(len(late)),
        unit=worst.name,
        most=two(worst.figures.overdue),
    )


def _rates(digest: Digest, language: str) -> list[str]:
    total = digest.total
    return [
        text("drawing.digest.on_time", language, share=share(total.done_on_time, total.came_due, language),
             count=two(total.done_on_time), of=two(total.came_due)),
        text("drawing.digest.done", language, share=share(total.completed, total.duties, language),
             count=two(total.completed), of=two(total.duties)),
    ]  # fmt: skip


def _heading(made: Drawing, words: str) -> None:
    made.height += 14
    made.add(Stroke(0, made.height, made.width, made.height))
    made.height += 8
    paragraph(made, words, size=15, bold=True, most=2)
    made.height += 6


def _late(made: Drawing, digest: Digest, language: str) -> None:
    """The tasks that are late for longest, with the days."""
    longest = sorted(digest.overdue.tasks, key=lambda task: -task.days)[:MOST_LATE]
    if not longest:
        return
    _heading(made, text("drawing.digest.late", language))
    for task in longest:
        days = text("drawing.digest.late.days", language, days=two(task.days))
        words = text("drawing.digest.late.item", language, code=task.code, unit=task.unit_name)
        room = made.width - width_of(days, 15, bold=True) - 12
        made.add(Words(0, made.height + 15, cut(words, room, 15), 15),
                 Words(made.width, made.height + 15, days, 15, "bad", bold=True, anchor="end"))  # fmt: skip
        made.height += 24
    if digest.total.overdue > len(longest):
        more = text("drawing.digest.more", language, count=two(digest.total.overdue - len(longest)))
        paragraph(made, more, size=14, tone="soft", most=1)


def _framed(made: Drawing) -> Drawing:
    """The same, moved in by the margin."""
    framed = Drawing(made.width + 2 * MARGIN, made.title, MARGIN)
    framed.below(made, MARGIN)
    framed.height += MARGIN
    return framed

