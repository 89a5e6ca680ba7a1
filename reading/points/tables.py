"""Tables of duties: one line per row, cells divided by "|" or a tab; flat_tables.py reads the others."""

from __future__ import annotations

from dataclasses import dataclass

from reading.points import flat_tables
from reading.points.columns import column, columns_of
from reading.points.paragraphs import Line
from reading.points.rows import Row, label_of, one_cell
from reading.words import rx

NUMBER = r"(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Ha-zđ])[.)]?"
LONGEST_TITLE = 200  # characters
MOST_LINES = 30  # of one row
GROUP = r"(?:[IVX]{1,5}|[A-H])[.)]?"


@dataclass(frozen=True)
class Cell:
    text: str
    start: int
    end: int


def take_tables(text: str, lines: list[Line]) -> tuple[list[Row], list[Line]]:
    """(rows of duty tables, the lines that belong to no table)."""
    rows: list[Row] = []
    rest: list[Line] = []
    place = 0
    while place < len(lines):
        taken = _ruled(text, lines, place) or flat_tables.take(text, lines, place)
        if taken:
            more, place = taken
            rows.extend(more)
        else:
            rest.append(lines[place])
            place += 1
    return rows, rest


def ruled(line: Line) -> bool:
    return "|" in line.text or "\t" in line.text


def split_cells(text: str, line: Line) -> list[Cell]:
    """The cells of the printed line, empty ones too; a pipe at either end is the table's border."""
    begin = text.rfind("\n", 0, line.start) + 1
    stop = text.find("\n", line.start)
    raw = text[begin : stop if stop >= 0 else len(text)]
    at = raw.index("|") + 1 if raw.lstrip(" ").startswith("|") else 0
    end = raw.rindex("|") if raw.rstrip(" ").endswith("|") and raw.rindex("|") >= at else len(raw)
    found = []
    for part in rx(r"[|\t]").split(raw[at:end]):
        inner = part.strip(" *")
        start = begin + at + (part.index(inner) if inner else 0)
        found.append(Cell(inner, start, start + len(inner)))
        at += len(part) + 1
    return found


def _head(text: str, lines: list[Line], place: int) -> tuple[list[str], int] | None:
    """The columns, and where the rows begin; titles may stand in two rows, the lower under one of the upper."""
    if not ruled(lines[place]):
        return None
    upper = [cell.text for cell in split_cells(text, lines[place])]
    if len(upper) > 12 or sum(map(len, upper)) > 400:
        return None
    below = place + 1
    while below < len(lines) and rx(r"[|\s:–-]+").fullmatch(lines[below].text):
        below += 1
    if below < len(lines) and ruled(lines[below]):
        lower = [cell.text for cell in split_cells(text, lines[below])]
        named = [title for title in lower if title]
        if len(lower) <= len(upper) and named and all(column(title) in ("lead", "co", "due") for title in named):
            over = [low or up for low, up in zip([*lower, *[""] * len(upper)], upper, strict=False)]
            if columns := columns_of(over):
                return columns, below + 1
    columns = columns_of(upper)
    return (columns, below) if columns else None


def _ruled(text: str, lines: list[Line], place: int) -> tuple[list[Row], int] | None:
    head = _head(text, lines, place)
    if head is None:
        return None
    columns, at = head
    rows: list[Row] = []
    group, lead = "", ""
    while at < len(lines) and (ruled(lines[at]) or _title(text, lines, at, len(columns))):
        if not ruled(lines[at]):
            mark = rx(rf"({GROUP})\s").match(lines[at].text)
            group, lead, at = mark[1].strip(". )") if mark else "", "", at + 1
            continue
        again = _head(text, lines, at)
        if again:
            columns, at = again
            continue
        cells, at = _gathered(text, lines, at, columns)
        values = _values(columns, cells)
        number, content = values["number"].text, values["content"]
        others = [cell.text for name, cell in values.items() if name not in ("number", "content") and cell.text]
        if not others and (rx(GROUP).fullmatch(number) or not number):
            group, lead = number.strip(". )"), ""
            continue
        # A lead printed once for several rows stands in the first of them.
        lead = values["lead"].text or lead
        if content.text and lead and not rx(r"[-–:\s]+|\(?\d\)?").fullmatch(content.text):
            label = label_of("" if "." in number.strip(".") else group, number or str(len(rows) + 1))
            rows.append(Row(label, content.start, content.end, lead, values["co"].text, values["due"].text))
    return rows, at


def _gathered(text: str, lines: list[Line], at: int, columns: list[str]) -> tuple[list[Cell], int]:
    """(the cells of the row, the line after it): a row with cells wanting goes on below, where it broke off."""
    cells = split_cells(text, lines[at])
    below = at + 1
    if columns[0] != "number" or not rx(NUMBER).fullmatch(cells[0].text) or len(cells) >= len(columns):
        return cells, below
    whole, end = list(cells), below
    while below < min(len(lines), at + MOST_LINES):
        more = split_cells(text, lines[below])
        if rx(NUMBER).fullmatch(more[0].text) or len(whole) + len(more) - 1 > len(columns):
            break
        last, first = whole[-1], more[0]
        joined = Cell(one_cell([last.text, first.text]), last.start if last.text else first.start, first.end)
        whole, below = [*whole[:-1], joined, *more[1:]], below + 1
        small = len(whole) == len(columns) and lines[below - 1].text[:1].islower()  # the rest of the last cell
        if len(more) > 1 or small:
            cells, end = list(whole), below
    return cells, end


def _title(text: str, lines: list[Line], at: int, width: int) -> bool:
    """Is a line without cells the title of the rows below it, its cells being merged into one?"""
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following is None or not ruled(following) or rx(r"[.:]\W*$").search(lines[at].text):
        return False
    return len(lines[at].text) < LONGEST_TITLE and len(split_cells(text, following)) == width


def _values(columns: list[str], row: list[Cell]) -> dict[str, Cell]:
    """The cells by column; the first filled one where two columns are of one kind."""
    if "number" in columns and len(row) == len(columns) - 1 and not rx(NUMBER).fullmatch(row[0].text):
        place = columns.index("number")
        row = [*row[:place], Cell("", row[0].start, row[0].start), *row[place:]]
    values = {name: Cell("", 0, 0) for name in ("number", "content", "lead", "co", "due")}
    for name, cell in zip(columns, row, strict=False):
        if not values.get(name, Cell("", 0, 0)).text:
            values[name] = cell
    return values
