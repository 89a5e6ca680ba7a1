"""The table of units: two hundred rows of links, the same for everybody who sees all units.

Its rows are put together here and kept until something happens: a template needs longer for them than all the rest of
the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape

from models.figures import Figures
from models.organisation import Unit
from web.asking import Ask
from web.board.listing import DUTIES, FIGURES
from web.words import share_words


def rows(ask: Ask, units: Iterable[tuple[Unit, Figures]], part: str) -> Markup:
    """A row for each unit: categories, duties and the rate, each number a link to its list. `part` keeps keys apart."""
    labels = {name: escape(ask.text(f"web.category.{name}")) for name in FIGURES}
    total, on_time = escape(ask.text("web.col.total")), escape(ask.text("web.rate.on_time"))
    duties = escape(urlencode([("state", state) for state in DUTIES]))
    made = []
    for unit, counts in units:
        code, called = quote(unit.code, safe=""), escape(unit.name)
        cells = [f'<tr data-key="{part}-{unit.id}"><th scope="row"><a href="/units/{code}">{called}</a></th>']
        for name, attribute in FIGURES.items():
            count = getattr(counts, attribute)
            shown = f'<a href="/tasks?category={name}&amp;unit={code}">{count}</a>' if count else "0"
            tone = " zero" if not count else " bad" if name == "qua_han" else ""
            cells.append(f'<td class="num{tone}" data-label="{labels[name]}">{shown}</td>')
        cells.append(f'<td class="num" data-label="{total}"><a href="/tasks?unit={code}&amp;{duties}">'
                     f"{counts.duties}</a></td>")  # fmt: skip
        cells.append(f'<td class="num" data-label="{on_time}">{_rate(ask, counts)}</td></tr>')
        made.append("".join(cells))
    return Markup("\n").join(map(Markup, made))


def _rate(ask: Ask, counts: Figures) -> str:
    said = str(escape(share_words(counts.done_on_time, counts.came_due, ask.language)))
    if not counts.came_due:
        return said
    of = escape(ask.text("web.rate.short", part=counts.done_on_time, whole=counts.came_due))
    return f'{said} <small class="of">{of}</small>'
