"""One duty as it is found, and how a paragraph becomes one or several of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from reading import owners
from reading.deadlines import find_due
from reading.model import Due
from reading.outline import Node
from reading.phrases import CALL, CLOSING, PERIODIC, SANCTION, TROUBLE, WRITER_SPEAKS
from reading.words import rx


@dataclass(frozen=True)
class Context:
    """What a point inherits from what stands above it."""

    units: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    due: tuple[Due, ...] = ()
    direct: bool = False  # a unit's name stood as a heading: plain paragraphs under it are its duties


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
        own = owners.find_owner(text)
        calls = (
            (rx(CLOSING, re.I).search(text) and "phối hợp với" not in text)
            or rx(WRITER_SPEAKS, re.I).match(text)
            or (own is not None and not own.heading and rx(CALL).fullmatch(text[own.duty_at :]))
        )
        if not calls or rx(r"xây dựng|đôn đốc").search(text):
            return False
        return not any(due.kind in ("date", "recurring", "relative") for due in find_due(text, self.issued_on))

    def own_sentence(self, text: str) -> owners.Owner | None:
        """The addressee of a sentence that is a duty in itself."""
        own = owners.find_owner(text)
        if own is None or own.heading or rx(SANCTION).search(text[:200]) or rx(TROUBLE, re.I).search(text):
            return None
        ordered = rx(r"(?:[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|Đối với)\b").match(text)
        told = ordered or not rx(owners.PAST).match(text[own.duty_at :].lstrip())
        return own if told and not self.closing(text) else None

    def add(self, node: Node, units: tuple[str, ...], context: Context) -> None:
        """One item, or several where a later sentence has another addressee, or a periodic report, of its own."""
        pieces = [(0, units)]
        for start in owners.sentences(node.text)[1:]:
            own = self.own_sentence(node.text[start:])
            if own and own.units != units:
                pieces.append((start, own.units))
            elif rx(PERIODIC).match(node.text, start):
                pieces.append((start, units))
        # "…; (2) Bộ Y tế …": the number belongs to what follows it
        ends = [*(len(rx(r"\(\d+\)\s*$").sub("", node.text[:start])) for start, _ in pieces[1:]), len(node.text)]
        for part, ((begin, names), stop) in enumerate(zip(pieces, ends, strict=True), start=1):
            self.piece(node, begin, stop, replace(context, units=names), part if len(pieces) > 1 else 0)

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
