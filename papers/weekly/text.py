"""The weekly report in words: the Office's sentence, exceptions, what moved, both rates with what they are of, units,
then what comes and what waits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from models.figures import Figures
from models.owing import Block
from papers.weekly.moved import change_lines, grown
from papers.weekly.owed import BRIEF, overdue_lines
from papers.words import day, hour, moment, rates, text, two

if TYPE_CHECKING:
    from papers.weekly.frozen import Below, Digest, UnitLine

ON_PAPER = 100
"""Lists so long are for paper, where each unit has a line; in a message all units share one."""
LINES = 12
"""Of a list that is not of exceptions, a message says so many at most."""
BELOW, LONGEST_NAME = 2, 45
"""Indicators that a short message names, and letters of the name."""


def digest_text(digest: Digest, language: str = "vi", most: int = 60, page: str = "") -> str:
    """The report, at most `most` tasks to a list; with very few, what is no exception is counted and not named. `page`:
    the address at which it and its lists are opened."""
    few = most if most >= ON_PAPER else min(most, LINES)
    rest = _rest_in_brief if most <= BRIEF else _rest
    lines = [
        *([text("note", language, words=digest.note)] if digest.note else []),
        *overdue_lines(digest, language, most),
        *change_lines(digest, language, few, brief=most <= BRIEF),
        *_figures(digest, language, most <= BRIEF),
        *_units(digest, language, few),
        *rest(digest, language, few),
        *_please(digest, language, 5 if most <= BRIEF else 10),
        _foot(digest, language, most <= BRIEF),
        *([text("link", language, link=page)] if page else []),
    ]
    return "\n".join(line for line in lines if line)


def _rest(digest: Digest, language: str, most: int) -> list[str]:
    """Indicators below target, what falls due this week, what waits and is not owed."""
    waits = [*_waits("for_office", digest.for_office, language, most),
             *_waits("for_signature", digest.for_signature, language, most)]  # fmt: skip
    return [*_below(digest, language, most), *_due_week(digest, language, most), *waits,
            *([text("not_owed", language)] if waits else [])]  # fmt: skip


def _rest_in_brief(digest: Digest, language: str, most: int) -> list[str]:
    """The same, in a line each."""
    below, most, lines = digest.below_target, min(most, BELOW), []
    if below:
        named = "; ".join(text("below.brief", language, name=one.name[:LONGEST_NAME], unit=one.unit,
                               value=_decimal(one.value, language), target=_decimal(one.target, language))
                          for one in below[:most])  # fmt: skip
        more = text("below.brief_more", language, count=two(len(below) - most)) if below[most:] else ""
        lines.append(text("below.counted", language, count=two(len(below)), named=named + more))
    if digest.due_week.total:
        lines.append(text("week.counted", language, count=two(digest.due_week.total), above=_above(digest, language)))
    if digest.for_office.total or digest.for_signature.total:
        lines.append(text("waits.counted", language, office=two(digest.for_office.total),
                          signature=two(digest.for_signature.total)))  # fmt: skip
    return lines


def title(digest: Digest, language: str) -> str:
    """What it is and until when."""
    return text("title", language, at=moment(digest.at, language))


def _due_week(digest: Digest, language: str, most: int) -> list[str]:
    """How many, then each day with its tasks."""
    block = digest.due_week
    if not block.total:
        return [text("week.none", language)]
    days: dict[date, list[str]] = {}
    for task in block.tasks[:most]:
        at = f", {hour(task.due_time, language)}" if task.due_time else ""
        days.setdefault(task.due_on or date.max, []).append(f"{task.code} ({task.unit}{at})")
    items = [f"{day(on, language)}: {', '.join(named)}" for on, named in days.items()]
    days_of_week = "; ".join(items)
    tasks = days_of_week[:1].upper() + days_of_week[1:]  # a sentence of its own
    line = text("week", language, count=two(block.total), above=_above(digest, language), tasks=tasks)
    return [line, *_more(block, most, language)]


def _above(digest: Digest, language: str) -> str:
    return text("week.above", language, count=two(digest.due_week_above)) if digest.due_week_above else ""


def _waits(key: str, block: Block, language: str, most: int) -> list[str]:
    if not block.total:
        return []
    items = [
        text("waits.item", language, code=task.code, unit=task.unit, days=two(task.days)) for task in block.tasks[:most]
    ]
    return [text(key, language, count=two(block.total), tasks=", ".join(items)), *_more(block, most, language)]


def _more(block: Block, most: int, language: str) -> list[str]:
    left = block.total - min(most, len(block.tasks))
    return [text("more", language, count=two(left))] if left else []


def _figures(digest: Digest, language: str, brief: bool) -> list[str]:
    """The official categories and both rates, each with its denominator; what else is late than what units owe."""
    total = digest.total
    done = total.done_on_time + total.done_late
    lines = [
        text("figures", language, dated=two(total.dated), done=two(done), on_time=two(total.done_on_time),
             late=two(total.done_late), open=two(total.dated - done), in_time=two(total.in_time),
             overdue=two(total.overdue)),
        *([] if brief else [text("figures.no_due", language, count=two(total.no_due), done=two(total.no_due_done))]),
        rates(total, language),
    ]  # fmt: skip
    if (total.suspended or total.withdrawn) and not brief:
        lines.append(text("figures.aside", language, suspended=two(total.suspended), withdrawn=two(total.withdrawn)))
    beside = total.overdue - digest.overdue.total
    if beside > 0:
        lines.append(text("figures.beside", language, count=two(beside)))
    return lines


def _units(digest: Digest, language: str, most: int) -> list[str]:
    """Each unit; of more than a message holds, those with the most that is overdue."""
    units = digest.units
    if most >= ON_PAPER:
        return [_unit(line.name, line.figures, language) for line in units]
    if not units:
        return []
    left = len(units) - most
    if left > 1:
        worst = sorted(range(len(units)), key=lambda place: -units[place].figures.overdue)[:most]
        units = tuple(units[place] for place in sorted(worst))
    named = "; ".join(_short(digest, line, language) for line in units)
    more = text("units.more", language, count=two(left)) if left > 1 else ""
    return [text("units", language, units=named + more)]


def _short(digest: Digest, line: UnitLine, language: str) -> str:
    """QLDL 01/03, quá hạn 01 (+1)."""
    figures, moved = line.figures, digest.last.units.get(line.code) if digest.last else None
    since = f" ({grown(moved.overdue)})" if moved and moved.overdue else ""
    if not figures.overdue and not since:
        return text("units.item", language, unit=line.code, done=two(figures.completed), duties=two(figures.duties))
    return text("units.late", language, unit=line.code, done=two(figures.completed), duties=two(figures.duties),
                overdue=two(figures.overdue)) + since  # fmt: skip


def _unit(name: str, figures: Figures, language: str) -> str:
    return text("unit", language, unit=name, done=two(figures.completed), duties=two(figures.duties),
                on_time=two(figures.done_on_time), came_due=two(figures.came_due),
                overdue=two(figures.overdue))  # fmt: skip


def _below(digest: Digest, language: str, most: int) -> list[str]:
    """Indicators under their targets: how far, since when, who answers for it, by which tasks."""
    lines = [_indicator(found, language) for found in digest.below_target[:most]]
    left = len(digest.below_target) - len(lines)
    return [*lines, *([text("below.others", language, count=two(left))] if left else [])]


def _indicator(found: Below, language: str) -> str:
    said = [text("below.target", language, target=_decimal(found.target, language), unit=found.unit)]
    if found.change is not None and found.before_day is not None:
        how = "same" if found.change == "0" else "less" if found.change.startswith("-") else "more"
        by = _decimal(found.change.removeprefix("-"), language)
        said.append(text(f"below.{how}", language, by=by, unit=found.unit, day=f"{found.before_day:%d/%m}"))
    if found.owner_code:
        said.append(text("below.owner", language, owner=found.owner_code))
    if found.tasks:
        said.append(", ".join(found.tasks[:5]))
    return text("below", language, name=found.name, value=_decimal(found.value, language), unit=found.unit,
                more="; ".join(said))  # fmt: skip


def _please(digest: Digest, language: str, most: int) -> list[str]:
    """What a leader is asked for: a word on what is overdue in the units in charge."""
    codes = [
        task.code
        for task in digest.overdue.tasks
        if digest.units_in_charge is None or task.unit in digest.units_in_charge
    ]
    return [text("please", language, tasks=", ".join(codes[:most]))] if codes else []


def _foot(digest: Digest, language: str, brief: bool) -> str:
    sums = digest.messages
    seal = text("seal", language, hash=digest.seal[:16]) if digest.seal else ""
    if brief:
        return seal.strip()
    return text("foot", language, planned=two(sums.planned), sent=two(sums.sent), refused=two(sums.refused),
                waiting=two(sums.waiting), seal=seal)  # fmt: skip


def _decimal(value: str, language: str) -> str:
    return value.replace(".", ",") if language == "vi" else value
