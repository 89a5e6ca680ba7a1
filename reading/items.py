"""The tree of points → the points that oblige someone, each with its own and its inherited addressees and dates."""

from __future__ import annotations

import re
from dataclasses import replace

from reading import owners
from reading.deadlines import find_due
from reading.model import Header
from reading.points import companions, dating, elsewhere, silent
from reading.points.body import begins_annex
from reading.points.duties import Collector, Context, Found
from reading.points.headings import heading, says_duty
from reading.points.looks import headline, in_list, lone_bullet, named_by_list, one_of_units, only_details, titled
from reading.points.outline import BULLETS, Node
from reading.points.paragraphs import is_title
from reading.points.phrases import (
    COMPANION,
    CONTENTS,
    DESCRIBES,
    DOCUMENT_CONTENTS,
    NARRATIVE,
    SEND_TIME,
    SENDS,
    SENT_BY,
    SKIPPED,
    TIMING,
    TROUBLE,
    VAGUE,
    WRITER_ACTS,
    WRITER_SPEAKS,
)
from reading.words import rx

POINTS = ("arabic", "ordinal", "letter", "paren", *BULLETS)
STEM_TIME = r"(?:(?:trước|trong|từ|đến|hết) )*(?:ngày|tháng|quý|năm|tuần)[ \d/IVX–-]{1,30}(?:năm \d{4})?\s*:"


def find_items(root: Node, text: str, header: Header) -> list[Found]:
    """Every duty of the tree, in document order."""
    finder = Finder(text, header, root)
    finder.walk(root.children, Context())
    return finder.items.found


class Finder:
    """Walks the tree once, handing down what stems and headings say."""

    def __init__(self, text: str, header: Header, root: Node) -> None:
        self.issued_on = header.issued_on
        self.items = Collector(text, header.issued_on)
        # "Kính gửi: Các sở; UBND các huyện" in one line
        self.addressees = tuple(name for line in header.addressees for name in line.split("; "))
        self.issuer = header.issuer or ""
        self.told: tuple[str, ...] = ()  # whom the main stem addressed
        self.first = silent.opening(root)
        self.teller: tuple[Node | None, tuple[str, ...]] = (None, ())  # the last free paragraph that told somebody
        self.lead = silent.lead(root, text) if not header.addressees else None

    def walk(self, nodes: list[Node], context: Context) -> None:
        first = len(self.items.found)
        for place, node in enumerate(nodes):
            if rx(TIMING).match(node.text) and not node.marked() and not elsewhere.behind_label(node.text):
                due = find_due(node.text, self.issued_on, labelled=True)
                sent = rx(SEND_TIME).match(node.text) and self.items.date_back(first, due, SENDS)
                if not sent:
                    self.items.date_back(first, due)
            elif node.kind == "para":
                first = len(self.items.found) if node.text.endswith(":") else first
                before = nodes[place - 1] if place else None
                self.teller = self.teller if self.teller[0] is before else (None, ())
                context = self.paragraph(node, context, nodes[place + 1 : place + 2])
            elif node.kind in BULLETS and not node.children and node.text.endswith(":") and place + 1 < len(nodes):
                context = self.stem(node, context)  # "* Tháng 01/2026:" over numbered points
            else:
                self.point(node, context, place)

    # -- plain paragraphs ---------------------------------------------------------------------------------------------
    def paragraph(self, node: Node, context: Context, following: list[Node]) -> Context:
        """A paragraph without enumerator: a stem for what follows, an order of its own, or nothing."""
        text = node.text
        if begins_annex(text):
            return Context()
        if text.rstrip().endswith("?"):  # a page goes on to answer a question
            self.told = ()
            return Context(quiet=True)
        before = bool(following) and following[0].kind != "para"
        if before and (units := heading(text)):
            return Context(units, (), context.due)
        skipped = rx(SKIPPED, re.I).match(text) and len(text) < 60 and not owners.asks(text)
        if is_title(text) or text.startswith("|") or skipped:
            return replace(context, listed=False)
        if text.rstrip().endswith(":") or (before and rx(r"\bsau(?: đây)?\s*[:.]?\s*$").search(text)):
            return self.opened(self.stem(node, context), text, following)
        if companions.inline(self.items, node, context):
            return context
        own = elsewhere.owner(text)
        if own and not context.direct and node.parent and node.parent.kind in POINTS:
            context = replace(context, co=(), due=())  # what the stem said was for its points
        if not (node is self.lead or silent.situation(node, self.first)):
            self.free(node, own, context)
        return context

    def free(self, node: Node, own: owners.Owner | None, context: Context) -> None:
        """What a paragraph that is no stem orders: of those it names, those above it, or those told just before."""
        text = node.text
        if own is None and in_list(node, context) and silent.tells(self.items, text):
            self.items.add(node, context.units, context)
        elif own and silent.ordered(self.items, text, own, self.issuer):
            vague = all(rx(VAGUE).match(unit) for unit in own.units)
            self.teller = (node, self.addressees if vague and self.addressees else own.units)
            self.items.add(node, self.teller[1], context)
        elif own is None and rx(SENT_BY).match(text) and not owners.asks(text):
            dating.sent_by(self.items, node, context, self.told or self.addressees)
        elif own is None and self.teller[1] and silent.goes_on(self.items, text):
            self.teller = (node, self.teller[1])
            self.items.add(node, self.teller[1], context)
        elif own is None and (bound := self.told or self.addressees) and dating.sets_date(text, self.issued_on):
            self.items.piece(node, 0, len(text), replace(context, units=bound))
        elif (
            (later := self.items.later_owner(text))
            and not (rx(NARRATIVE).match(text) or headline(text))
            and silent.orders_later(self.items, text)
        ):
            start = later[0] if rx(WRITER_SPEAKS, re.I).match(text) else 0
            self.items.piece(node, start, len(text), replace(context, units=later[1]))

    def opened(self, context: Context, text: str, following: list[Node]) -> Context:
        """ "… yêu cầu thực hiện các nội dung sau:" over plain paragraphs: each that begins with a verb is a duty."""
        first = following[0] if following else None
        listed = first is not None and first.kind == "para" and says_duty(first.text) and owners.asks(text)
        return replace(context, listed=bool(listed and context.units))

    def stem(self, node: Node, context: Context) -> Context:
        """ "UBND tỉnh yêu cầu Thủ trưởng các đơn vị thực hiện:" hands its names and dates down."""
        text = node.text
        if rx(STEM_TIME, re.I).fullmatch(text):
            return replace(context, due=find_due(text.rstrip(" :"), self.issued_on, labelled=True))
        at_root = node.parent is not None and node.parent.kind == "root"
        if rx(r"(?:kính )?mời\s*:\s*$", re.I).search(text):
            return Context(quiet=True)
        if silent.members(text) or (at_root and silent.law(text)):
            return Context(quiet=True)
        own = owners.asked_in(text) or elsewhere.instructed(text)
        own = own or (elsewhere.called(text, self.issuer) if at_root else owners.find_owner(text))
        units = own.units if own else context.units
        # The "Kính gửi" block is meant where the stem names nobody, or only "quý cơ quan", "các đồng chí".
        vague = own is not None and all(rx(VAGUE).match(unit) for unit in own.units)
        if self.addressees and (vague or (not units and owners.asks(text))):
            units = self.addressees
        if at_root and units:
            self.told = units
        inherited = context.co if context.direct else ()
        return Context(units, owners.co_units(text) or inherited, find_due(text, self.issued_on) or context.due)

    # -- enumerated points --------------------------------------------------------------------------------------------
    def point(self, node: Node, context: Context, place: int) -> None:
        text = node.text
        if context.quiet:
            return
        if companions.taken(self.items, node, context):
            return
        own = elsewhere.owner(text) or elsewhere.announces(text, self.issuer) or named_by_list(node)
        if silent.members(text):
            self.walk(node.children, Context(quiet=True))
            return
        if own and context.direct and rx(r"Phân công\s").match(text):
            own = None  # whom the unit of the heading is to appoint
        if own is None and rx(SKIPPED, re.I).match(text) and (is_title(text) or not context.units):
            if not node.children and (later := self.items.later_owner(text)):  # "Về tình hình …: … Yêu cầu các sở …"
                self.items.piece(node, 0, len(text), replace(context, units=later[1]))
            return
        if node.children and (units := heading(text) or one_of_units(node, place)):
            self.walk(node.children, Context(units, owners.co_units(text), context.due, direct=True))
            return
        if own is None and node.children and text.rstrip().endswith(":"):
            own = owners.asked_in(text)
        if own is None and rx(DESCRIBES).match(text):
            if after := elsewhere.behind_label(text):
                self.items.piece(node, after[0], len(text), replace(context, units=after[1]))
            elif units := elsewhere.clause_later(self.items, text):
                self.items.piece(node, 0, len(text), replace(context, units=units))
            self.walk(node.children, Context())
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
        elif node.children and titled(node):
            units = own.units if own else context.units
            self.walk(node.children, replace(context, units=units, listed=True, direct=False))
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
        elif (own and not own.heading and lone_bullet(node)) or (units and only_details(node)):
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
        if silent.only_title(node, own, self.issuer) or (own and (own.heading or silent.order_of_work(text, own))):
            return  # a name alone: one who is invited or informed; how a body works
        said = text[own.duty_at :].lstrip() if own else text
        if rx(WRITER_ACTS, re.I).match(said):
            own, context = None, replace(context, units=())
        if own and not own.heading:
            if not self.items.closing(text):
                self.items.add(node, own.units, context)
        elif rx(SENT_BY).match(text) and find_due(text, self.issued_on) and (units := context.units or self.told):
            self.items.piece(node, 0, len(text), replace(context, units=units))
        elif (units := elsewhere.under_condition(text)) and not (context.units and rx(VAGUE).match(units[0])):
            self.items.add(node, units, context)
        elif context.units:
            if silent.tells(self.items, text):
                self.items.add(node, context.units, context)
        elif later := self.items.later_owner(text):
            self.items.piece(node, 0, len(text), replace(context, units=later[1]))
        elif (bound := self.told or self.addressees) and dating.reports(text, self.issued_on):
            self.items.piece(node, 0, len(text), replace(context, units=bound))
