"""The tree of points → the points that oblige someone, each with its own and its inherited addressees and dates."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from reading import companions, owners
from reading.deadlines import find_due
from reading.duties import Collector, Context, Found
from reading.model import Header
from reading.outline import Node
from reading.paragraphs import is_title
from reading.phrases import (
    COMPANION,
    CONTENTS,
    DOCUMENT_CONTENTS,
    NARRATIVE,
    SANCTION,
    SKIPPED,
    TROUBLE,
    VAGUE,
)
from reading.words import fold, rx


def find_items(root: Node, text: str, header: Header) -> list[Found]:
    """Every duty of the tree, in document order."""
    finder = Finder(text, header.issued_on, header.addressees, header.issuer or "")
    finder.walk(root.children, Context())
    return finder.items.found


class Finder:
    """Walks the tree once, handing down what stems and headings say."""

    def __init__(self, text: str, issued_on: date | None, addressees: tuple[str, ...], issuer: str) -> None:
        self.items = Collector(text, issued_on)
        self.issued_on = issued_on
        self.addressees = addressees  # "Kính gửi"
        self.issuer = issuer
        self.told: tuple[str, ...] = ()  # whom the main stem addressed

    def walk(self, nodes: list[Node], context: Context) -> None:
        for place, node in enumerate(nodes):
            if node.kind == "para":
                context = self.paragraph(node, context, nodes[place + 1 :])
            else:
                self.point(node, context)

    # -- plain paragraphs ---------------------------------------------------------------------------------------------
    def paragraph(self, node: Node, context: Context, following: list[Node]) -> Context:
        """A paragraph without enumerator: a stem for what follows, an order of its own, or nothing."""
        text = node.text
        if is_title(text) or text.startswith("|") or (rx(SKIPPED, re.I).match(text) and len(text) < 60):
            return context
        listed = bool(following) and following[0].kind != "para"
        if text.rstrip().endswith(":") or (listed and rx(r"\bsau(?: đây)?\s*[:.]?\s*$").search(text)):
            return self.stem(node, context)
        own = owners.find_owner(text)
        if context.direct and own is None and not rx(owners.PASSIVE).match(text) and not self.items.closing(text):
            self.items.add(node, context.units, context)
        elif own and self.ordered(text, own):
            vague = all(rx(VAGUE).match(unit) for unit in own.units)
            self.items.add(node, self.addressees if vague and self.addressees else own.units, context)
        elif own is None and self.sets_date(text):
            self.items.piece(node, 0, len(text), replace(context, units=self.told or self.addressees))
        return context

    def stem(self, node: Node, context: Context) -> Context:
        """ "UBND tỉnh yêu cầu Thủ trưởng các đơn vị thực hiện:" hands its names and dates down."""
        text = node.text
        at_root = node.parent is not None and node.parent.kind == "root"
        own = owners.asked_in(text) or (None if at_root else owners.find_owner(text))
        units = own.units if own else context.units
        # The "Kính gửi" block is meant where the stem names nobody, or only "quý cơ quan", "các đồng chí".
        vague = own is not None and all(rx(VAGUE).match(unit) for unit in own.units)
        if self.addressees and (vague or (not units and owners.asks(text))):
            units = self.addressees
        if at_root and units:
            self.told = units
        inherited = context.co if context.direct else ()
        return Context(units, owners.co_units(text) or inherited, find_due(text, self.issued_on) or context.due)

    def ordered(self, text: str, own: owners.Owner) -> bool:
        """Does a free paragraph order something of someone it names?"""
        if own.heading or rx(COMPANION).match(text) or rx(NARRATIVE).match(text) or rx(owners.PASSIVE).match(text):
            return False
        if rx(TROUBLE, re.I).search(text) or rx(SANCTION).search(text[:200]) or self.items.closing(text):
            return False
        return fold(own.units[0]) not in fold(self.issuer)  # "Trung tâm … báo cáo kết quả như sau": the writer itself

    def sets_date(self, text: str) -> bool:
        """A closing paragraph that names no one but sets a report or a date binds those told before."""
        if not (self.told or self.addressees) or rx(TROUBLE, re.I).search(text) or not owners.asks(text):
            return False
        return any(due.kind in ("date", "recurring") and not due.question for due in find_due(text, self.issued_on))

    # -- enumerated points --------------------------------------------------------------------------------------------
    def point(self, node: Node, context: Context) -> None:
        text = node.text
        own = owners.find_owner(text)
        if own is None and rx(SKIPPED, re.I).match(text) and (is_title(text) or not context.units):
            return
        if companions.has_companions(node):
            companions.collect(self.items, node, context)
            return
        if own is None and node.children and text.rstrip().endswith(":"):
            own = owners.asked_in(text)
        if own and own.heading and node.children:
            self.walk(node.children, Context(own.units, owners.co_units(text), context.due, direct=True))
        elif (
            node.marked()
            and (own or context.units)
            and rx(CONTENTS).search(text)
            and rx(DOCUMENT_CONTENTS, re.I).search(text)
        ):
            # Bullets that only say what a report or plan must hold are part of its point.
            self.whole(node, replace(context, units=own.units if own else context.units))
        elif node.marked():
            self.with_children(node, own, context)
        else:
            self.leaf(node, own, context)
            self.walk(node.children, replace(context, direct=False))

    def with_children(self, node: Node, own: owners.Owner | None, context: Context) -> None:
        text = node.text
        units = own.units if own else context.units
        if text.rstrip().endswith(":"):
            if not units and owners.asks(text):
                units = self.addressees
            due = find_due(text, self.issued_on) or context.due
            self.walk(node.children, Context(units, owners.co_units(text) or context.co, due))
        elif own and not own.heading and lone_bullet(node):
            self.whole(node, replace(context, units=units))
        else:
            if own and not own.heading:
                self.leaf(node, own, context)
            self.walk(node.children, replace(context, units=units, direct=False))

    def whole(self, node: Node, context: Context) -> None:
        """The point with the points under it as one item; the paragraphs after them are looked at on their own."""
        self.items.whole(node, context)
        self.walk(node.paragraphs_below(), replace(context, direct=False))

    def leaf(self, node: Node, own: owners.Owner | None, context: Context) -> None:
        """A point without points under it: an item if it tells somebody to do something."""
        text = node.text
        if rx(COMPANION).match(text) or rx(TROUBLE, re.I).search(text[:120]):
            return
        if own and not own.heading:
            if not self.items.closing(text):
                self.items.add(node, own.units, context)
        elif context.units:
            if not rx(owners.PASSIVE).match(text) and not self.items.closing(text) and len(text) > 15:
                self.items.add(node, context.units, context)
        elif later := self.later_owner(text):
            self.items.piece(node, 0, len(text), replace(context, units=later.units))

    def later_owner(self, text: str) -> owners.Owner | None:
        """The addressee that only a later sentence of the point names."""
        found = (self.items.own_sentence(text[start:]) for start in owners.sentences(text)[1:])
        return next((own for own in found if own), None)


def lone_bullet(node: Node) -> bool:
    """One bullet alone after an unfinished line is no list: a page broke a sentence at its dash."""
    marked = node.marked()
    return len(marked) == 1 and marked[0].kind in ("dash", "plus") and not rx(r"[.;:!?]\W*$").search(node.text)
