"""What the review page shows of a draft: a card for each item, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from drafting import days, units
from drafting.changes import first_undone, last_done, listed
from drafting.clears import missing, six_clears, summary
from drafting.finding import base_of, parts
from drafting.rereading import texts_of
from models import clock
from models.calendar import Calendar, calendar_of
from models.confirm import items_of
from models.directive import Directive, DirectiveState, DraftItem
from models.draft_change import DraftChange
from models.series import next_due
from models.task import TaskClass
from web.asking import Ask
from web.task.view import name_of
from web.words import due_words


@dataclass(frozen=True)
class Choice:
    """One unit that doubtful words may mean; `words`: the whole field with those words replaced by its name."""

    name: str
    words: str


@dataclass(frozen=True)
class Doubt:
    """Words of a units' field that were not understood, with what they may mean."""

    words: str
    known: bool
    choices: Sequence[Choice]


@dataclass(frozen=True)
class Card:
    """One item as its card shows it. `owner`, `co`, `due`: the inputs, typed or stored; `typed`: a refused form's
    values; `doubts`: field → what was not understood; `notes`: keys of what is to be said of the date."""

    item: DraftItem
    title: str
    owner: str
    owner_names: str
    co: str
    co_names: str
    due: str
    due_words: str
    notes: Sequence[str]
    left: int | None
    products: str
    clears: Mapping[str, bool]
    open: Mapping[str, str]
    parts: Sequence[tuple[int, str]]
    base: str
    doubtful: Sequence[str]
    typed: Mapping[str, str]
    doubts: Mapping[str, Sequence[Doubt]]
    nearest: Sequence[Doubt]


@dataclass(frozen=True)
class Open:
    """A question that stands in the way of assigning: where on the page it is answered, and its words."""

    anchor: str
    words: str


@dataclass(frozen=True)
class Review:
    """The whole page. `ours`, `others`: cards in document order; `counted`: items that will become tasks, `clear`: of
    these, those with all six clear; `lacking`: how many of them lack each of the six; `history`: the last acts, whose
    they were, and the items they were about."""

    directive: Directive
    editable: bool
    ours: Sequence[Card]
    others: Sequence[Card]
    counted: int
    clear: int
    lacking: Mapping[str, int]
    questions: Sequence[Open]
    done: DraftChange | None
    done_by: str
    undone: DraftChange | None
    undone_by: str
    history: Sequence[tuple[DraftChange, str, str]]
    known: Sequence[units.Named]


def review_of(ask: Ask, directive: Directive, typed_in: int | None = None, only: set[int] | None = None) -> Review:
    """Gather the page. `typed_in`: the item whose refused form `ask.form` is; `only`: make cards of these alone."""
    items = items_of(ask.session, directive.id or 0)
    known = units.known_names(ask.session, clock.today())
    maker = _Maker(ask, directive, known)
    cards = [maker.card(item, ask.form.flat() if item.id == typed_in else {}) for item in items
             if only is None or item.id in only]  # fmt: skip
    usable = [item for item in items if item.ours is not False and not item.dropped]
    clears = [six_clears(item, directive) for item in usable]
    done, undone = last_done(ask.session, directive.id or 0), first_undone(ask.session, directive.id or 0)
    return Review(
        directive, ask.me.office and directive.state is DirectiveState.DRAFT,
        [card for card in cards if card.item.ours is not False], [card for card in cards if card.item.ours is False],
        len(usable), sum(not missing(one) for one in clears), summary(clears), questions(directive, usable),
        done, name_of(ask, done.person_id) if done else "",
        undone, name_of(ask, undone.person_id) if undone else "", _history(ask, directive, items), known,
    )  # fmt: skip


def _history(ask: Ask, directive: Directive, items: Sequence[DraftItem]) -> list[tuple[DraftChange, str, str]]:
    labels = {str(item.id): item.label for item in items}
    return [
        (one, name_of(ask, one.person_id), ", ".join(labels[name] for name, columns in one.after.items()
                                                     if name in labels and set(columns or ()) != {"position"}))
        for one in listed(ask.session, directive.id or 0)
    ]  # fmt: skip


def questions(directive: Directive, usable: Sequence[DraftItem]) -> list[Open]:
    """Every question that stands in the way, in document order; those about the whole document first."""
    found = [Open(f"whole-{key}", words) for key, words in directive.open_questions().items()]
    for item in usable:
        found += [Open(f"i{item.id}", words) for words in item.open_questions().values()]
        if not item.unit_ids and "owner" not in item.questions:
            found.append(Open(f"i{item.id}", ""))
    return found


class _Maker:
    """Makes cards; what they share is asked once."""

    def __init__(self, ask: Ask, directive: Directive, known: Sequence[units.Named]) -> None:
        self.ask, self.directive, self.known = ask, directive, known
        self.calendar: Calendar = calendar_of(ask.session)
        self.today = clock.today()
        self.texts = texts_of(directive)
        self.names = {one.unit_ids[0]: one.name for one in known if not one.group}
        self.doubtful: dict[int, list[tuple[int, int]]] = {}
        for file, start, end in directive.doubtful:
            self.doubtful.setdefault(file, []).append((start, end))

    def card(self, item: DraftItem, typed: Mapping[str, str]) -> Card:
        """The card of one item."""
        owner = units.shown(item.unit_ids, self.known, item.grouped)
        co = units.shown(item.co_unit_ids, self.known)
        due = days.shown(item.due_on, item.due_time, item.recurrence if item.due_on is None else None)
        base, _ = base_of(item, self.texts)
        return Card(
            item, typed.get("title", item.title), typed.get("owner", owner), self._names(item.unit_ids),
            typed.get("co", co), self._names(item.co_unit_ids), typed.get("due", due), *self._understood(item),
            typed.get("products", "; ".join(item.deliverables)), six_clears(item, self.directive),
            item.open_questions(), parts(item, self.texts), base, self._doubtful_words(item), typed,
            {name: self._doubts(typed[name]) for name in ("owner", "co") if typed.get(name)}, self._nearest(item),
        )  # fmt: skip

    def _names(self, ids: Sequence[int]) -> str:
        return "; ".join(self.names[one] for one in ids if one in self.names)

    def _understood(self, item: DraftItem) -> tuple[str, list[str], int | None]:
        """The date in words, what is to be said of it, and how many working days are left."""
        language = self.ask.language
        if item.due_on is not None:
            left = self.calendar.between(self.today, item.due_on) if item.due_on >= self.today else None
            notes = date_notes(item.due_on, self.calendar, self.today)
            return due_words(item.due_on, item.due_time, language), notes, left
        if item.recurrence is not None and item.task_class == TaskClass.RECURRING.value:
            return due_words(next_due(item.recurrence, self.today), item.due_time, language), ["first"], None
        return "", [], None

    def _doubtful_words(self, item: DraftItem) -> list[str]:
        if item.span_start is None or item.span_end is None or item.file >= len(self.texts):
            return []
        return [self.texts[item.file][a:b] for a, b in self.doubtful.get(item.file, ())
                if item.span_start <= a and b <= item.span_end]  # fmt: skip

    def _nearest(self, item: DraftItem) -> list[Doubt]:
        """Names in the text that are no unit's, with the nearest units: offered, never taken by themselves."""
        if item.unit_ids:
            return []
        by_code = {one.codes[0]: one.name for one in self.known if not one.group}
        return [Doubt(said, False, [Choice(by_code[code], code) for code in codes if code in by_code])
                for said, codes in item.reading.get("nearest", {}).items()]  # fmt: skip

    def _doubts(self, words: str) -> list[Doubt]:
        meant = units.understand(words, self.known)
        found = []
        for table, known in ((meant.doubtful, True), (meant.unknown, False)):
            for said, choices in table.items():
                found.append(Doubt(said, known, [Choice(one.name, words.replace(said, one.name if one.group else
                                                                                 one.codes[0], 1))
                                                 for one in choices]))  # fmt: skip
        return found


def date_notes(day: date, calendar: Calendar, today: date) -> list[str]:
    """What must be said of a date: `past`, `off`."""
    return [*(["past"] if day < today else []), *(["off"] if not calendar.is_working(day) else [])]
