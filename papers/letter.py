"""The letter of follow-up (công văn đôn đốc): it names the units, and in its annex their duties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from papers.decree.layout import Block, Column, Paper, Row, Section, Span, Table, body, plain
from papers.decree.letterhead import MOST_ADDRESSED, Signed, addressed, annex, ended, head, signature, words
from papers.decree.naming import counted, document, long_day, moment, short_day
from papers.urging import Urged, Urging
from papers.weekly.frozen import Source

DRAFTED_BY = "VP"
COLUMNS = (Column("no", 11, "center"), Column("code", 18), Column("task", 55), Column("given", 39),
           Column("date", 23, "center"), Column("days_late", 19, "center"))  # fmt: skip


def letter(urging: Urging, sources: Mapping[str, Source], signed: Signed, answer_by: date) -> Paper:
    """The letter to sign. `sources`: code → directive. Raises ValueError when no unit is to be urged."""
    if not urging.units:
        raise ValueError("nobody to write to")
    number, year = f"{signed.letterhead.symbol}-{DRAFTED_BY}", answer_by.year
    about = words(f"letter.about.{_kind(urging)}")
    names = [plain(unit.name) for unit in urging.units]
    received = [words("letter.to.above"), words("letter.to.leaders"), words("to.file")]
    first = Section((
        *head(signed.letterhead, number, year, about), *addressed(names, words("letter.to.everyone")),
        *ended([*_counts(urging), *_asks(urging, answer_by)]), signature(signed.signer, received),
    ))  # fmt: skip
    comes_with = words("letter.annex", number=number, year=year, office=signed.letterhead.office)
    columns = tuple(Column(words(f"col.{one.name}"), one.width, one.align) for one in COLUMNS)
    table = Table(columns, list(_rows(urging, sources)))
    listed = [*annex("", words(f"letter.list.{_kind(urging)}"), comes_with), table]
    if urging.more:
        listed.append(body(words("report.late.more", count=counted(urging.more))))
    return Paper(about, signed.letterhead.office, (first, Section(tuple(listed))))


def _kind(urging: Urging) -> str:
    if not urging.soon:
        return "overdue"
    return "both" if urging.overdue else "soon"


def _counts(urging: Urging) -> Iterator[Block]:
    """How many there are, until when, and of which unit; of very many units the annex alone says it."""
    yield body(words("letter.state", at=moment(urging.at), counts=_number(urging.overdue, urging.soon)))
    if 1 < len(urging.units) <= MOST_ADDRESSED:
        for place, unit in enumerate(urging.units):
            end = "." if place == len(urging.units) - 1 else ";"
            yield body(f"- {plain(unit.name)}: {_number(len(unit.overdue), len(unit.soon))}{end}")


def _number(overdue: int, soon: int) -> str:
    """02 nhiệm vụ quá hạn, 01 nhiệm vụ sắp đến hạn."""
    told = (("overdue", overdue), ("soon", soon))
    return ", ".join(words(f"letter.count.{key}", count=counted(count)) for key, count in told if count)


def _asks(urging: Urging, answer_by: date) -> Iterator[Block]:
    yield body(words("letter.please"), keep=True)
    if urging.overdue:
        yield body(words("letter.please.overdue", day=long_day(answer_by)))
    if urging.soon:
        yield body(words("letter.please.soon", day=short_day(urging.until)))
    yield body(words("letter.end"))


def _rows(urging: Urging, sources: Mapping[str, Source]) -> Iterator[Row]:
    for unit in urging.units:
        yield Span(f"{plain(unit.name)}: {_number(len(unit.overdue), len(unit.soon))}")
        yield from _unit_rows(unit, sources)


def _unit_rows(unit: Urged, sources: Mapping[str, Source]) -> Iterator[Row]:
    for number, one in enumerate((*unit.overdue, *unit.soon), 1):
        source = sources.get(one.code)
        given = document(source.number, source.issued_on, None, source.item) if source else ""
        late = counted(one.days) if number <= len(unit.overdue) else "–"
        yield counted(number), one.code, plain(one.title), given, short_day(one.due_on, one.due_time), late
