"""One duty as it is found, and how a paragraph becomes one or several of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from reading import owners
from reading.deadlines import find_due
from reading.model import Due
from reading.points.clauses import sentences
from reading.points.outline import Node
from reading.points.phrases import (
    CALL,
    CLOSING,
    LIABLE,
    LONGEST_CALL,
    PERIODIC,
    SANCTION,
    TROUBLE,
    WHICH,
    WRITER_SPEAKS,
)
from reading.words import LONGEST_POINT, rx

LONGEST_SENTENCE = 2000  # characters looked at; a hostile text must not be read anew from each of its semicolons


@dataclass(frozen=True)
class Context:
    """What a point inherits from what stands above it."""

    units: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    due: tuple[Due, ...] = ()
    direct: bool = False  # a unit's name stood as a heading: plain paragraphs under it are its duties
    quiet: bool = False  # people are invited, not told
    listed: bool = False  # a stem stood before plain paragraphs that are its list


@dataclass(frozen=True)
class Found:
    """An item before its names are resolved; `start` and `end` count in the document's text."""

    label: str
    start: int
    end: int
    text: str
    units: tuple[str, ...]
    co: tuple[str, ...]
    due: tuple[Due, ...]
    duty: str  # the text from where the duty is said


@dataclass
class Collector:
    """Turns paragraphs with known addressees into Found, in document order."""

    text: str
    issued_on: date | None
    found: list[Found] = field(default_factory=list)
    loose: dict[int, int] = field(default_factory=dict)  # item paragraphs without enumerator, by parent

    def closing(self, text: str) -> bool:
        """A closing call to carry the document out; one that sets a date or a report is a duty."""
        calls = (
            (rx(CLOSING, re.I).search(text) and "phối hợp với" not in text)
            or rx(WRITER_SPEAKS, re.I).match(text)
            or self.only_calls(text)
        )
        if not calls:
            return False
        own = owners.find_owner(text)
        at = own.duty_at if own else 0  # "Ban Quản lý dự án đầu tư xây dựng" is a name
        if rx(r"xây dựng|đôn đốc|theo dõi|giám sát|kiểm tra việc").search(text, at):
            return False
        return not any(due.kind in ("date", "recurring", "relative") for due in find_due(text, self.issued_on))

    def only_calls(self, text: str) -> bool:
        """ "Đề nghị các đơn vị thực hiện; nếu có vướng mắc, phản ánh …"; "Giao Sở A thực hiện" is an order."""
        trouble = rx(TROUBLE, re.I).search(text)
        said = rx(r"(?:trong )?(?:quá trình [^.;,]{0,60},\s*)?$", re.I).sub(
            "", text[: trouble.start()] if trouble else text
        )
        said = rx(WHICH).sub("", said[: LONGEST_CALL * 3])
        own = owners.find_owner(said)
        if own is None or own.heading or rx(r"[Gg]iao\s").match(text):
            return False
        rest = said[own.duty_at :]
        return len(rest) < LONGEST_CALL and bool(rx(CALL).fullmatch(rest))

    def own_sentence(self, text: str) -> owners.Owner | None:
        """The addressee of a sentence that is a duty in itself."""
        own = owners.find_owner(text)
        if own is None or own.heading or rx(SANCTION).search(text[:200]) or rx(TROUBLE, re.I).search(text):
            return None
        if rx(LIABLE).search(text) or own.units[0].endswith(" nào"):
            return None
        ordered = rx(r"(?:[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|Đối với)\b").match(text)
        told = ordered or not rx(owners.PAST).match(text[own.duty_at :].lstrip())
        return own if told and not self.closing(text) else None

    def later_owner(self, text: str) -> tuple[int, tuple[str, ...]] | None:
        """Where a later sentence of the text names an addressee, and whom."""
        for start in sentences(text[:LONGEST_POINT])[1:]:
            if own := self.own_sentence(text[start : start + LONGEST_SENTENCE]):
                return start, own.units
        return None

    def add(self, node: Node, units: tuple[str, ...], context: Context) -> None:
        """One item, or several where a later sentence has another addressee, or a periodic report, of its own."""
        pieces = [(0, units)]
        first = owners.find_owner(node.text)
        for start in sentences(node.text[:LONGEST_POINT])[1:]:
            if first and start < first.duty_at:
                continue  # among the names of those who are told
            own = self.own_sentence(node.text[start : start + LONGEST_SENTENCE])
            if own and own.units != units:
                pieces.append((start, own.units))
            elif rx(PERIODIC).match(node.text, start):
                pieces.append((start, units))
        # "…; (2) Bộ Y tế …": the number belongs to what follows it
        ends = [*(len(rx(r"\(\d+\)\s*$").sub("", node.text[:start])) for start, _ in pieces[1:]), len(node.text)]
        for part, ((begin, names), stop) in enumerate(zip(pieces, ends, strict=True), start=1):
            self.piece(node, begin, stop, replace(context, units=names), part if len(pieces) > 1 else 0)

    def date_back(self, first: int, due: tuple[Due, ...], words: str = "") -> int:
        """Give a time that stands after a list to its items that hold `words`, those with a date of their own aside.

        How many hold them, dated or not.
        """
        held = 0
        for place in range(first, len(self.found)):
            item = self.found[place]
            if rx(words, re.I).search(item.text):
                held += 1
                if not any(one.kind in ("date", "recurring", "relative") for one in item.due):
                    self.found[place] = replace(item, due=(*item.due, *due))
        return held

    def whole(self, node: Node, context: Context) -> None:
        """The point with everything under it as one item of the context's units."""
        self.keep(node, self.offset(node, 0), node.last(), context, 0)

    def piece(self, node: Node, begin: int, stop: int, context: Context, part: int = 0) -> None:
        """The characters begin to stop of the node's text as one item."""
        self.keep(node, self.offset(node, begin), self.offset(node, stop), context, part)

    def keep(self, node: Node, start: int, end: int, context: Context, part: int) -> None:
        text = " ".join(self.text[start:end].split())
        end = start + len(self.text[start:end].rstrip())
        stated = find_due(text, self.issued_on)
        dated = any(due.kind != "standing" for due in stated)
        # A date of its own overrides the one inherited from the stem.
        inherited = tuple(d for d in context.due if d not in stated and not (dated and d.kind == "date"))
        co = dict.fromkeys((*owners.co_units(text), *context.co))
        own = owners.find_owner(text)
        duty = text[own.duty_at :] if own and not own.heading else text
        self.found.append(
            Found(
                self.label(node, context, part),
                start,
                end,
                text,
                context.units,
                tuple(name for name in co if name not in context.units),
                stated + inherited,
                duty,
            )
        )

    def label(self, node: Node, context: Context, part: int) -> str:
        """The printed label; ¶k for the k-th item paragraph without one, #k for a part of a point."""
        label = node.label()
        if node.kind == "para" and not context.direct:
            self.loose[id(node.parent)] = self.loose.get(id(node.parent), 0) + (part <= 1)
            label = f"{label}.¶{self.loose[id(node.parent)]}".lstrip(".")
        return f"{label}#{part}" if part else label

    def offset(self, node: Node, position: int) -> int:
        """Where the character `position` of the node's squeezed text stands in the document."""
        seen, blank = 0, True
        for at in range(node.start, node.end):
            space = self.text[at].isspace()
            if not (space and blank):
                if seen >= position:
                    return at
                seen += 1
            blank = space
        return node.end
