"""The weekly report to sign: a text, the late list and the progress list as annexes, all from one frozen snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from models.figures import Figures
from models.owing import Block as Owed
from models.owing import Owing
from papers.decree.layout import Block, Column, Paper, Row, Run, Section, Span, Table, body, centred, plain
from papers.decree.letterhead import LANGUAGE, Signed, annex, ended, head, signature, title, words
from papers.decree.naming import counted, document, moment, product, short_day
from papers.weekly.frozen import Digest
from papers.weekly.owed import reminded
from papers.words import share

NAMED = 15
"""Overdue duties that the text itself speaks of; the annex has them all."""
LATE = (Column("no", 11, "center"), Column("task", 66), Column("assigned_by", 38), Column("lead", 27),
        Column("due", 23, "center"))  # fmt: skip
PROGRESS = (Column("no", 12, "center"), Column("task_name", 90), Column("lead_unit", 43), Column("date", 25, "center"),
            Column("result", 45), Column("progress", 37))  # fmt: skip
UNITS = (Column("no", 11, "center"), Column("unit", 50), Column("all", 14, "center"),
         Column("done_on_time", 19, "center"), Column("done_late", 19, "center"), Column("in_time", 17, "center"),
         Column("overdue", 17, "center"), Column("no_due", 18, "center"))  # fmt: skip


def weekly_paper(digest: Digest, signed: Signed) -> Paper:
    """The report with its annexes."""
    number = f"BC-{signed.letterhead.symbol}"
    year = digest.week.year
    subject = words("report.subject", start=f"{digest.week:%d/%m/%Y}", end=f"{digest.week + timedelta(6):%d/%m/%Y}")
    parts = (("whole", _whole), ("late", _overdue), ("waiting", _waiting), ("coming", _coming), ("below", _indicators))
    told = [(key, found) for key, part in parts if (found := list(part(digest)))]
    text: list[Block] = [body(plain(digest.note))] if digest.note else []
    for roman, (key, found) in zip(("I", "II", "III", "IV", "V"), told, strict=False):
        text += [body(Run(f"{roman}. {words(f'report.{key}')}", bold=True), keep=True), *found]
    text += ended(_please(digest))
    received = [words("report.to.leaders"), words("report.to.units"), words("to.file")]
    first = Section((*head(signed.letterhead, number, year), *title(words("report.kind"), subject), *text,
                     signature(signed.signer, received)))  # fmt: skip
    comes_with = words("report.annex", number=number, year=year, office=signed.letterhead.office)
    late = Section((*annex("I", words("late.title"), comes_with), _until(digest), *_late(digest)))
    rows = [(counted(n), plain(one.title), plain(one.unit), short_day(one.due_on, one.due_time),
             product(one.product, one.product_date, one.result), words(f"category.{one.category}"))
            for n, one in enumerate(digest.progress, 1)]  # fmt: skip
    table = _table(PROGRESS, rows) if rows else centred(words("progress.none"), italic=True)
    second = Section((*annex("II", words("progress.title"), comes_with), _until(digest), table), landscape=True)
    return Paper(f"{words('report.kind')} {subject}", signed.letterhead.office, (first, late, second))


def _whole(digest: Digest) -> Iterator[Block]:
    """How many duties stand where, and both rates with what they are of."""
    total = digest.total
    yield body(words("report.total", at=moment(digest.at), duties=counted(total.duties), dated=counted(total.dated),
                     no_due=counted(total.no_due)))  # fmt: skip
    yield body(words("report.figures", done=counted(total.done_on_time + total.done_late),
                     on_time=counted(total.done_on_time), late=counted(total.done_late),
                     open=counted(total.in_time + total.overdue), in_time=counted(total.in_time),
                     overdue=counted(total.overdue), no_due=counted(total.no_due),
                     no_due_done=counted(total.no_due_done)))  # fmt: skip
    yield body(words("report.rates", on_time=share(total.done_on_time, total.came_due, LANGUAGE),
                     count=counted(total.done_on_time), of=counted(total.came_due),
                     done=share(total.completed, total.duties, LANGUAGE), completed=counted(total.completed),
                     duties=counted(total.duties)))  # fmt: skip
    if digest.last is not None:
        last = digest.last
        yield body(words("report.change", week=f"{last.week:%d/%m/%Y}", done=_signed(last.total.completed),
                         new=counted(len(last.new_overdue)), gone=counted(len(last.no_longer_overdue))))  # fmt: skip
    lines = [line for line in digest.units if line.figures.duties]
    if lines:
        yield body(words("report.units"), keep=True)
        yield _table(UNITS, [(counted(n), plain(line.name), *_counts(line.figures)) for n, line in enumerate(lines, 1)])
        yield centred("", 2, after=6)


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else str(number)


def _counts(figures: Figures) -> tuple[str, ...]:
    numbers = (figures.duties, figures.done_on_time, figures.done_late, figures.in_time, figures.overdue,
               figures.no_due)
    return tuple(map(counted, numbers))


def _overdue(digest: Digest) -> Iterator[Block]:
    """Who is late with what, whom we reminded, and what they last said."""
    block = digest.overdue
    if not digest.total.overdue:
        yield body(words("report.late.none"))
        return
    key = "report.late.some" if digest.beside.total else "report.late.owed"
    yield body(words(key, count=counted(digest.total.overdue), owed=counted(block.total),
                     beside=counted(digest.beside.total)))  # fmt: skip
    for one in block.tasks[:NAMED]:
        said = words("report.late.word", words=plain(one.word.words).rstrip(".")) if one.word else ""
        whom = reminded(digest, one, LANGUAGE)
        yield body(words("report.late.item", code=one.code, task=plain(one.title).rstrip("."),
                         unit=plain(one.unit_name), due=short_day(one.due_on, one.due_time), days=counted(one.days),
                         reminded=words("report.late.reminded", whom=whom) if whom else "", word=said))  # fmt: skip
    if block.total > NAMED:
        yield body(words("report.late.more", count=counted(block.total - NAMED)))


def _waiting(digest: Digest) -> Iterator[Block]:
    """What lies with the Office or with a leader; no unit owes it."""
    for key, block in (("for_office", digest.for_office), ("for_signature", digest.for_signature)):
        if block.total:
            yield body(words(f"report.{key}", count=counted(block.total), tasks=_codes(block)))


def _coming(digest: Digest) -> Iterator[Block]:
    block = digest.due_week
    key = "report.due_week" if block.total else "report.due_week.none"
    yield body(words(key, count=counted(block.total), above=counted(digest.due_week_above), tasks=_codes(block)))


def _codes(block: Owed) -> str:
    """NV9 (QLDL), NV12 (QLVH) and how many more."""
    named = ", ".join(f"{one.code} ({plain(one.unit)})" for one in block.tasks[:NAMED])
    left = block.total - min(len(block.tasks), NAMED)
    return named + (words("report.and_more", count=counted(left)) if left > 0 else "")


def _indicators(digest: Digest) -> Iterator[Block]:
    for one in digest.below_target:
        yield body(words("report.below.item", name=plain(one.name), value=one.value.replace(".", ","),
                         target=one.target.replace(".", ","), unit=plain(one.unit), day=f"{one.day:%d/%m/%Y}"))


def _please(digest: Digest) -> list[Block]:
    late = "report.please.late" if digest.overdue.total else "report.please"
    return [body(words(late))]


def _late(digest: Digest) -> Iterator[Block]:
    """What units owe first; beneath it what is late but lies elsewhere."""
    rows: list[Row] = _late_rows(digest, digest.overdue.tasks)
    if digest.beside.tasks:
        owed = [Span(words("late.owed")), *rows] if rows else []
        rows = [*owed, Span(words("late.beside")), *_late_rows(digest, digest.beside.tasks)]
    if not rows:
        yield centred(words("report.late.none"), italic=True)
        return
    yield _table(LATE, rows)
    left = digest.overdue.total + digest.beside.total - len(digest.overdue.tasks) - len(digest.beside.tasks)
    if left:
        yield body(words("report.late.more", count=counted(left)))


def _late_rows(digest: Digest, tasks: Sequence[Owing]) -> list[Row]:
    rows: list[Row] = []
    for number, one in enumerate(tasks, 1):
        source = digest.sources.get(one.code)
        given = document(source.number, source.issued_on, source.issuer, source.item) if source else ""
        rows.append((counted(number), plain(one.title), given, plain(one.unit_name),
                     short_day(one.due_on, one.due_time)))  # fmt: skip
    return rows


def _until(digest: Digest) -> Block:
    return centred(words("until", at=moment(digest.at)), 13, italic=True, after=6, keep=True)


def _table(columns: tuple[Column, ...], rows: Sequence[Row]) -> Table:
    return Table(tuple(Column(words(f"col.{one.name}"), one.width, one.align) for one in columns), rows)
