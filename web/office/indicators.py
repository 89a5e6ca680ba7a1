"""Indicators: where each stands against its target, its history, the tasks it hangs on, and the values typed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from sqlmodel import col, or_, select
from starlette.responses import Response

from models import clock, measuring
from models.directive import Directive, DirectiveState
from models.indicator import Indicator, IndicatorTask, IndicatorValue, Standing, standings, values_of
from models.organisation import Unit
from models.organising import current_units
from models.task import Task
from web.asking import Ask, Stop
from web.office.doing import act, history_of, line, needed_day, refused, so_far, unchanged
from web.office.drawing import Drawn, drawn

MOST = 500
NUMBERS = ("value", "target")
LONGEST_PASTE = 20_000
DIRECTIVES = 200


@dataclass(frozen=True)
class Row:
    """One line of the table of indicators."""

    standing: Standing
    unit: Unit | None
    directive: tuple[int, str] | None
    tasks: tuple[Task, ...]
    may_type: bool


def index(ask: Ask) -> Response:
    """GET /indicators: everybody's for those who see all, else those of one's own units. `below=1`: only those whose
    target is not reached."""
    rows = rows_of(ask)
    below = bool(ask.request.query_params.get("below"))
    shown = [row for row in rows if row.standing.below] if below else rows
    return ask.page("indicators.html", rows=shown, below=below, whole=len(rows), may_change=ask.me.links_people,
                    units=current_units(ask.session), directives=_directives(ask), typed=ask.form.flat(),
                    written=_written(ask), unset=sum(row.standing.latest is None for row in rows))  # fmt: skip


@act
def add(ask: Ask) -> Response:
    """POST /indicators."""
    made = measuring.add(
        ask.session, ask.actor, name=line(ask, "name", needed=True), unit=line(ask, "measure") or "%",
        target=measuring.number(line(ask, "target", needed=True)), unit_id=_unit(ask), directive_id=_directive(ask),
    )  # fmt: skip
    return ask.go(f"/indicators/{made.id}", done="indicator_added")


def show(ask: Ask) -> Response:
    """GET /indicators/<id>."""
    indicator = indicator_of(ask)
    (row,) = _rows(ask, [indicator])
    values = values_of(ask.session, indicator.id or 0)
    return ask.page(
        "indicator.html", row=row, indicator=indicator, values=values, drawn=_picture(ask, indicator, values),
        may_change=ask.me.links_people, units=current_units(ask.session), directives=_directives(ask),
        today=clock.today(), typed=ask.form.flat(), written=_written(ask),
        seen=so_far(ask, f"indicator:{indicator.id}"),
        history=[replace(one, facts=_told(ask, one.facts)) for one in history_of(ask, f"indicator:{indicator.id}")],
    )  # fmt: skip


@act
def change(ask: Ask) -> Response:
    """POST /indicators/<id>."""
    indicator = indicator_of(ask)
    unchanged(ask, indicator, f"indicator:{indicator.id}")
    done = measuring.change(
        ask.session, indicator, ask.actor, name=line(ask, "name", needed=True), unit=line(ask, "measure") or "%",
        target=measuring.number(line(ask, "target", needed=True)), unit_id=_unit(ask), directive_id=_directive(ask),
    )  # fmt: skip
    return ask.go(f"/indicators/{indicator.id}", done="office_saved" if done else "office_same")


@refused
def add_value(ask: Ask) -> Response:
    """POST /indicators/<id>/values: by the Office, or the owner unit's head or deputy."""
    indicator = _typed_here(ask)
    value = measuring.number(line(ask, "value", needed=True))
    measuring.add_value(ask.session, indicator, ask.actor, day=needed_day(ask, "day"), value=value,
                        source=line(ask, "source"))  # fmt: skip
    return ask.go(f"/indicators/{indicator.id}", done="value_added")


@refused
def paste(ask: Ask) -> Response:
    """POST /indicators/<id>/paste: rows copied from a spreadsheet, all or none."""
    indicator = _typed_here(ask)
    measuring.add_pasted(ask.session, indicator, ask.actor, ask.form.get("rows")[:LONGEST_PASTE])
    return ask.go(f"/indicators/{indicator.id}", done="value_added")


@refused
def correct_value(ask: Ask) -> Response:
    """POST /indicators/<id>/values/<value>: the old one stays in the history."""
    indicator = _typed_here(ask)
    row = ask.session.get(IndicatorValue, ask.number("value"))
    if row is None or row.indicator_id != indicator.id:
        raise Stop(404, "web.office.no_value")
    unchanged(ask, indicator, f"indicator:{indicator.id}")
    done = measuring.correct_value(ask.session, row, ask.actor, source=line(ask, "source"),
                                   value=measuring.number(line(ask, "value", needed=True)))  # fmt: skip
    return ask.go(f"/indicators/{indicator.id}", done="value_corrected" if done else "office_same")


@act
def link(ask: Ask) -> Response:
    """POST /indicators/<id>/tasks with a code."""
    indicator = indicator_of(ask)
    done = measuring.link_task(ask.session, indicator, line(ask, "task", needed=True), ask.actor)
    return ask.go(f"/indicators/{indicator.id}", done="office_saved" if done else "office_same")


@act
def unlink(ask: Ask) -> Response:
    """POST /indicators/<id>/tasks/<task>/remove."""
    indicator, task = indicator_of(ask), ask.session.get(Task, ask.number("task"))
    if task is None:
        raise Stop(404, "web.office.not.no_task", code=ask.request.path_params["task"])
    done = measuring.unlink_task(ask.session, indicator, task, ask.actor)
    return ask.go(f"/indicators/{indicator.id}", done="office_saved" if done else "office_same")


def rows_of(ask: Ask) -> list[Row]:
    """What the person may see of the indicators; those of a draft are not checked yet and stand on its review page."""
    drafts = select(Directive.id).where(col(Directive.state) == DirectiveState.DRAFT)
    query = select(Indicator).where(or_(col(Indicator.directive_id).is_(None),
                                        col(Indicator.directive_id).not_in(drafts)))  # fmt: skip
    if not ask.me.sees_all:
        query = query.where(col(Indicator.unit_id).in_(ask.me.units))
    return _rows(ask, ask.session.exec(query.order_by(col(Indicator.id)).limit(MOST)).all())


def indicator_of(ask: Ask) -> Indicator:
    """The indicator in the address. Raises Stop when there is none that this person may see, or it is a draft's."""
    indicator = ask.session.get(Indicator, ask.number("id"))
    if indicator is None or (not ask.me.sees_all and indicator.unit_id not in ask.me.units):
        raise Stop(404, "web.office.no_indicator")
    state = ask.session.exec(select(Directive.state).where(Directive.id == indicator.directive_id)).first()
    if state is DirectiveState.DRAFT:
        raise Stop(404, "web.office.no_indicator")
    return indicator


def _rows(ask: Ask, indicators: Sequence[Indicator]) -> list[Row]:
    session = ask.session
    ids = [one.id or 0 for one in indicators]
    tasks: dict[int, list[Task]] = {}
    hung = select(IndicatorTask.indicator_id, Task).join(Task, col(Task.id) == IndicatorTask.task_id)
    for number, task in session.exec(hung.where(col(IndicatorTask.indicator_id).in_(ids)).order_by(col(Task.number))):
        tasks.setdefault(number, []).append(task)
    named = {one.directive_id for one in indicators}
    columns = select(Directive.id, Directive.number, Directive.source).where(col(Directive.id).in_(named))
    directives = {number: (number or 0, code or source) for number, code, source in session.exec(columns)}
    return [
        Row(one, session.get(Unit, one.indicator.unit_id) if one.indicator.unit_id else None,
            directives.get(one.indicator.directive_id), tuple(tasks.get(one.indicator.id or 0, ())),
            _may_type(ask, one.indicator))
        for one in standings(session, indicators)
    ]  # fmt: skip


def _may_type(ask: Ask, indicator: Indicator) -> bool:
    return ask.me.links_people or (indicator.unit_id is not None and indicator.unit_id in ask.me.units)


def _typed_here(ask: Ask) -> Indicator:
    indicator = indicator_of(ask)
    if not _may_type(ask, indicator):
        raise Stop(403, "web.office.value_only")
    return indicator


def _unit(ask: Ask) -> int | None:
    given = ask.form.number("owner")
    if given is not None and ask.session.get(Unit, given) is None:
        raise Stop(404, "web.office.no_unit")
    return given


def _directive(ask: Ask) -> int | None:
    given = ask.form.number("directive")
    if given is not None and ask.session.get(Directive, given) is None:
        raise Stop(404, "web.office.no_directive")
    return given


def _directives(ask: Ask) -> list[tuple[int, str]]:
    """The latest directives, for whoever may choose one; whole rows hold whole texts."""
    if not ask.me.links_people:
        return []
    query = select(Directive.id, Directive.number, Directive.source).where(Directive.state == DirectiveState.ASSIGNED)
    found = ask.session.exec(query.order_by(col(Directive.id).desc()).limit(DIRECTIVES))
    return [(number or 0, code or source) for number, code, source in found]


def _picture(ask: Ask, indicator: Indicator, values: Sequence[IndicatorValue]) -> Drawn | None:
    points: list[tuple[date, float]] = [(one.day, float(one.value)) for one in values]
    return drawn(points, float(indicator.target))


def _told(ask: Ask, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of a history with their numbers as the pages write them."""
    before = facts.get("before")
    told = {key: measuring.written(Decimal(value), ask.language) if key in NUMBERS and value else value
            for key, value in facts.items()}  # fmt: skip
    return told | ({"before": _told(ask, before)} if isinstance(before, dict) else {})


def _written(ask: Ask) -> Callable[[Decimal], str]:
    """How the pages write a value."""
    return partial(measuring.written, language=ask.language)
