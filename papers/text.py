"""The weekly report in words: exceptions first, then both rates with what they are of, then each unit in a line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from models.figures import Figures
from models.owing import Block, Owing
from models.rules import OFFICE_ZONE
from papers.words import day, hour, moment, rates, text, two

if TYPE_CHECKING:
    from papers.digest import Digest, UnitLine

ON_PAPER = 100
"""Lists so long are for paper, where each unit has a line; in a message all units share one."""


def digest_text(digest: Digest, language: str = "vi", most: int = 60) -> str:
    """The report, at most `most` tasks to a list."""
    lines = [
        *_overdue(digest, language, most),
        *_due_week(digest, language, most),
        *_waits("for_office", digest.for_office, language, most),
        *_waits("for_signature", digest.for_signature, language, most),
    ]
    if digest.for_office.total or digest.for_signature.total:
        lines.append(text("not_owed", language))
    lines += _figures(digest.total, language)
    beside = digest.total.overdue - digest.overdue.total
    if beside > 0:
        lines.append(text("figures.beside", language, count=two(beside)))
    if most >= ON_PAPER:
        lines += [_unit(line.name, line.figures, language) for line in digest.units]
    elif digest.units:
        lines.append(text("units", language, units="; ".join(_short(line, language) for line in digest.units)))
    lines += [
        text(
            "below",
            language,
            name=found.name,
            value=_decimal(found.value, language),
            unit=found.unit,
            target=_decimal(found.target, language),
        )
        for found in digest.below_target[:most]
    ]
    return "\n".join([*lines, *_please(digest, language), _foot(digest, language)])


def title(digest: Digest, language: str) -> str:
    """What it is and until when."""
    return text("title", language, at=moment(digest.at, language))


def _overdue(digest: Digest, language: str, most: int) -> list[str]:
    """Who is late with what, when they were reminded, and what they last said."""
    block = digest.overdue
    if not block.total:
        return [text("overdue.none", language)]
    lines = [text("overdue", language, count=two(block.total))]
    for task in block.tasks[:most]:
        word = text("word.none", language)
        if task.word is not None:
            said = task.word.at.astimezone(OFFICE_ZONE)
            word = text("word", language, day=f"{said:%d/%m}", words=task.word.words.strip().rstrip("."))
        lines.append(
            text(
                "overdue.item",
                language,
                unit=task.unit_name,
                code=task.code,
                days=two(task.days),
                reminded=_reminded(task, language),
                word=word,
            )
        )
    return lines + _more(block, most, language)


def _reminded(task: Owing, language: str) -> str:
    """How often and when last; nothing of a unit that was not reminded yet."""
    if not task.reminded:
        return ""
    days = ", ".join(f"{on:%d/%m}" for on in task.reminded[-3:])
    key = "reminded.last" if task.reminded[3:] else "reminded"
    return text(key, language, count=two(len(task.reminded)), dates=days)


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
    above = text("week.above", language, count=two(digest.due_week_above)) if digest.due_week_above else ""
    days_of_week = "; ".join(items)
    tasks = days_of_week[:1].upper() + days_of_week[1:]  # a sentence of its own
    line = text("week", language, count=two(block.total), above=above, tasks=tasks)
    return [line, *_more(block, most, language)]


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


def _figures(total: Figures, language: str) -> list[str]:
    """The official categories and both rates, each with its denominator."""
    done = total.done_on_time + total.done_late
    lines = [
        text(
            "figures",
            language,
            dated=two(total.dated),
            done=two(done),
            on_time=two(total.done_on_time),
            late=two(total.done_late),
            open=two(total.dated - done),
            in_time=two(total.in_time),
            overdue=two(total.overdue),
        ),
        text("figures.no_due", language, count=two(total.no_due), done=two(total.no_due_done)),
        rates(total, language),
    ]
    if total.suspended or total.withdrawn:
        lines.append(text("figures.aside", language, suspended=two(total.suspended), withdrawn=two(total.withdrawn)))
    return lines


def _short(line: UnitLine, language: str) -> str:
    """QLDL 01/03, quá hạn 01."""
    figures = line.figures
    return text(
        "units.late" if figures.overdue else "units.item",
        language,
        unit=line.code,
        done=two(figures.completed),
        duties=two(figures.duties),
        overdue=two(figures.overdue),
    )


def _unit(name: str, figures: Figures, language: str) -> str:
    return text(
        "unit",
        language,
        unit=name,
        done=two(figures.completed),
        duties=two(figures.duties),
        on_time=two(figures.done_on_time),
        came_due=two(figures.came_due),
        overdue=two(figures.overdue),
    )


def _please(digest: Digest, language: str) -> list[str]:
    """What a leader is asked for: a word on what is overdue in the units in charge."""
    codes = [
        task.code
        for task in digest.overdue.tasks
        if digest.units_in_charge is None or task.unit in digest.units_in_charge
    ]
    return [text("please", language, tasks=", ".join(codes[:10]))] if codes else []


def _foot(digest: Digest, language: str) -> str:
    sums = digest.messages
    seal = text("seal", language, hash=digest.seal[:16]) if digest.seal else ""
    return text(
        "foot",
        language,
        planned=two(sums.planned),
        sent=two(sums.sent),
        refused=two(sums.refused),
        waiting=two(sums.waiting),
        seal=seal,
    )


def _decimal(value: str, language: str) -> str:
    return value.replace(".", ",") if language == "vi" else value
