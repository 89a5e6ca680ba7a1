"""Each row of a sheet: what it will become, or why it cannot; said before anything is saved.

A row is never half guessed: a unit that is not known, a state that may mean either, a day without its year keep it out
until somebody puts it right. What is left out of a row that is taken (no date, an unknown co-unit) is said beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import cache
from typing import Any

from sqlmodel import Session, select

from drafting import units
from drafting.units import Named, Typed, plain
from models import clock
from models.calendar import calendar_of
from models.directive import DirectiveState
from models.organisation import Post, Role
from models.organising import held_on
from models.sheet import SheetImport
from takeover.already import Already
from takeover.columns import FIELDS, is_numbering
from takeover.saying import Due, Issued, due, issued, plain_day, state

LONGEST_TITLE = 200
LONGEST_TEXT = 8000
LONGEST_NUMBER = 80

Said = tuple[str, dict[str, Any]]
"""The end of a key of the catalogue (`web.import.row.<key>`), and its values."""


@dataclass(frozen=True)
class Row:
    """A row as it will be taken. `why`: what keeps it out. `notes`: what is to be known of it all the same."""

    number: int
    task: str
    unit_words: str = ""
    unit_ids: tuple[int, ...] = ()
    grouped: bool = False
    co_unit_ids: tuple[int, ...] = ()
    due_words: str = ""
    due_on: date | None = None
    due_time: time | None = None
    directive: Issued = field(default_factory=Issued)
    directive_words: str = ""
    existing: int | None = None
    product: str = ""
    state_words: str = ""
    done: bool = False
    done_on: date | None = None
    result: str = ""
    leader: str = ""
    authority_code: str = ""
    said_due: str = ""
    note: str = ""
    why: Said | None = None
    notes: tuple[Said, ...] = ()
    left: bool = False

    @property
    def taken(self) -> bool:
        """Will it be taken?"""
        return self.why is None and not self.left

    @property
    def title(self) -> str:
        """Its words, cut between two words where they are long."""
        words = " ".join(self.task.split())
        return words if len(words) <= LONGEST_TITLE else words[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def checked(session: Session, sheet: SheetImport) -> list[Row]:
    """Every row of a sheet that has not been taken, in its order."""
    rows = list(_Checking(session, sheet).rows())
    already = Already(session, sheet.source, [one for one in rows if one.why is None])
    return [_once(one, already) if one.why is None else one for one in rows]


def _once(row: Row, already: Already) -> Row:
    known = already.directive(row.directive)
    if known is not None and known.state is not DirectiveState.ASSIGNED:
        return replace(row, why=(f"directive_{known.state.value}", {"directive": row.directive.number}))
    if (same := already.same(row.directive, row.unit_ids, row.title)) is not None:
        return replace(row, why=same)
    if not row.left:
        already.add(row.directive, row.unit_ids, row.title, row.number)
    return replace(row, existing=known.id if known else None)


class _Checking:
    """The rows of one sheet; words that were understood once are not looked at again."""

    def __init__(self, session: Session, sheet: SheetImport) -> None:
        self.sheet, self.today, self.calendar = sheet, clock.today(), calendar_of(session)
        self.fields: dict[str, int] = sheet.columns.get("fields", {})
        self.states: dict[str, str] = sheet.columns.get("states", {})
        self.left = set(sheet.columns.get("left", []))
        self.names: list[Named] = units.known_names(session, self.today)
        self.office_own = _office_units(session, self.today)
        self.understood = cache(self._units)
        self.day_said = cache(self._due)
        self.issued = cache(issued)

    def rows(self) -> Iterator[Row]:
        heading = [plain(one) for one in self.sheet.columns.get("headings", [])]
        days = self._days_of_numbers()
        for one in self.sheet.rows:
            cells: Sequence[str] = one["cells"]
            if is_numbering(cells) or self._is_head(cells, heading):
                continue
            yield self._row(int(one["row"]), cells, days)

    def _is_head(self, cells: Sequence[str], heading: Sequence[str]) -> bool:
        """Is it the head again, as on each printed page?"""
        at = self.fields.get("task", 0)
        return at < len(cells) and cells[at] != "" and plain(cells[at][:100]) == heading[at]

    def _row(self, number: int, cells: Sequence[str], days: dict[str, set[date]]) -> Row:
        cell = self._cells(cells)
        directive = self.issued(cell["directive"], cell["issued_on"])
        if directive.day is None and len(known := days.get(directive.number.casefold(), set())) == 1:
            directive = Issued(directive.number, next(iter(known)))
        row = Row(number, cell["task"], unit_words=_lines(cell["unit"]), due_words=_one(cell["due"]),
                  said_due=_one(cell["due_words"]), directive=directive, directive_words=_one(cell["directive"]),
                  product=_one(cell["product"]), state_words=_one(cell["state"]), result=_one(cell["result"]),
                  leader=_one(cell["leader"]), authority_code=_one(cell["authority_code"]), note=_one(cell["note"]),
                  left=number in self.left)  # fmt: skip
        if (why := _missing(row, cells)) is not None:
            return replace(row, why=why)
        row = self._with_units(row, cell["co_units"])
        row = self._with_due(row) if row.why is None else row
        return self._with_state(row, cell["done_on"]) if row.why is None else row

    def _cells(self, cells: Sequence[str]) -> dict[str, str]:
        def cell(name: str) -> str:
            at = self.fields.get(name)
            return cells[at] if at is not None and at < len(cells) else ""

        return {name: cell(name) for name in FIELDS}

    def _days_of_numbers(self) -> dict[str, set[date]]:
        """Number of a document → the days that the sheet gives it anywhere."""
        found: dict[str, set[date]] = {}
        for one in self.sheet.rows:
            cell = self._cells(one["cells"])
            said = self.issued(cell["directive"], cell["issued_on"])
            if said.number and said.day:
                found.setdefault(said.number.casefold(), set()).add(said.day)
        return found

    def _with_units(self, row: Row, co_words: str) -> Row:
        typed = self.understood(row.unit_words)
        for kind, unclear in (("unit_doubtful", typed.doubtful), ("unit_unknown", typed.unknown)):
            for words, near in unclear.items():
                names = "; ".join(one.name for one in near)
                return replace(row, why=(kind if near else "unit_nowhere", {"words": words, "units": names}))
        others = self.understood(_lines(co_words))
        notes = [("co_unit_unknown", {"words": words}) for words in (*others.doubtful, *others.unknown)]
        co_units = tuple(one for one in others.unit_ids if one not in typed.unit_ids)
        return replace(row, unit_ids=typed.unit_ids, grouped=typed.grouped, co_unit_ids=co_units, notes=tuple(notes))

    def _with_due(self, row: Row) -> Row:
        said = self.day_said(row.due_words or row.said_due, row.directive.day)
        words = {"words": row.due_words or row.said_due}
        if said.problem in ("bad", "no_year"):
            return replace(row, why=(f"due_{said.problem}", words))
        notes = (*row.notes, ("due_none", words)) if said.problem else row.notes
        if said.day is None and not said.problem:
            notes = (*notes, ("no_due", {}))
        return replace(row, due_on=said.day, due_time=said.at, notes=notes)

    def _with_state(self, row: Row, done_words: str) -> Row:
        done_on = plain_day(done_words)
        said = self.states.get(row.state_words) or state(row.state_words) if row.state_words else ""
        if row.state_words and not said:
            return replace(row, why=("state_unknown", {"words": row.state_words}))
        if not row.state_words and done_on is not None:
            said = "done"
        if said != "done":
            late = row.due_on is not None and row.due_on < self.today
            notes = (*row.notes, ("open_late", {})) if late else row.notes
            return replace(row, notes=(*notes, ("open_with_day", {"words": done_words})) if done_words else notes)
        if done_on is None and done_words:
            return replace(row, why=("done_no_day", {"words": done_words}))
        if done_on is None and row.due_on is not None:
            return replace(row, why=("done_no_day_at_all", {}))
        if done_on is not None and done_on > self.today:
            return replace(row, why=("done_ahead", {"words": done_words}))
        if done_on is not None and row.directive.day is not None and done_on < row.directive.day:
            return replace(row, why=("done_before", {"words": done_words}))
        notes = row.notes if done_on else (*row.notes, ("done_today", {}))
        if set(row.unit_ids) & self.office_own:
            notes = (*notes, ("office_own", {}))
        return replace(row, done=True, done_on=done_on, notes=tuple(one for one in notes if one[0] != "no_due"))

    def _units(self, words: str) -> Typed:
        return units.understand(words, self.names)

    def _due(self, words: str, issued_on: date | None) -> Due:
        return due(words, self.calendar, self.today, issued_on)


def _office_units(session: Session, today: date) -> set[int]:
    """Units whose reports only a leader accepts: nobody confirms their own work."""
    query = select(Post.unit_id).where(Post.role == Role.OFFICE, *held_on(today))
    return {unit for unit in session.exec(query) if unit is not None}


def _missing(row: Row, cells: Sequence[str]) -> Said | None:
    if len({one for one in cells if one}) < 2:
        return "heading", {}
    if not any(letter.isalpha() for letter in row.task):
        return "no_task", {}
    if len(row.task) > LONGEST_TEXT:
        return "task_long", {"most": LONGEST_TEXT}
    if not row.unit_words:
        return "no_unit", {}
    if len(row.directive.number) > LONGEST_NUMBER:
        return "number_long", {"most": LONGEST_NUMBER}
    return None


def _one(words: str) -> str:
    return " ".join(words.split())


def _lines(words: str) -> str:
    """Units one under the other, as a list with dashes gives them."""
    return "\n".join(line for one in words.split("\n") if (line := one.strip(" -–•+.,;")))
