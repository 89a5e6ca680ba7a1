"""A point whose addressee and time stand on lines of their own: "Cơ quan chủ trì: …", "Thời hạn: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from reading import owners
from reading.deadlines import find_due
from reading.model import Due
from reading.naming import named, names
from reading.naming.lexicon import STRONG, WEAK
from reading.points.duties import Collector, Context
from reading.points.outline import Node
from reading.points.phrases import COMPANION
from reading.words import LONGEST_POINT, fold, rx, toneless

TITLE = 5  # words; a longer line over companion lines says the duty itself
ACTOR = "cơ quan|đơn vị|chủ trì|phân công|phòng|bộ phận|tổ chức|người|cá nhân|trách nhiệm"


@dataclass
class Companions:
    """What the companion lines of one point say."""

    units: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    due: tuple[Due, ...] = ()
    tasks: list[Node] = field(default_factory=list)  # "Nhiệm vụ:" with its bullets
    clauses: list[Node] = field(default_factory=list)  # a line that carries whole clauses


def has_companions(node: Node) -> bool:
    """Lines that name who acts, or nothing but companion lines; one "Thời gian: …" among duties is none."""
    lines = node.marked() if rx(r"[.;/]\W*$").search(node.text) else node.children
    labels = [rx(COMPANION).match(child.text) for child in lines if child.kind != "para" or ":" in child.text]
    if not any(labels) or rx(COMPANION).match(node.text):
        return False
    acts = any(label and rx(toneless(ACTOR)).match(fold(label.group("w"))) for label in labels)
    return acts or all(labels)


def taken(collector: Collector, node: Node, context: Context) -> bool:
    """Make the items of a point whose addressee stands in labels; False where there are none."""
    if has_companions(node):
        collect(collector, node, context)
        return True
    return inline(collector, node, context)


def collect(collector: Collector, node: Node, context: Context) -> None:
    """The items of a point with companion lines: its tasks, its clauses, or the heading itself."""
    said = read_lines(node, collector.issued_on)
    if not said.tasks and len(node.text.split()) <= TITLE:
        said.tasks += [line for line in node.marked() if not rx(COMPANION).match(line.text) and is_duty(line.text)]
    own = owners.find_owner(node.text)
    inherited = own.units if own and not own.heading else context.units
    base = replace(context, units=said.units or inherited, co=said.co, due=said.due or context.due, direct=False)
    if said.clauses and not said.units:
        for line in said.clauses:
            split_clauses(collector, line, base)
    elif said.tasks:
        for task in said.tasks:
            own = owners.find_owner(task.text)
            if own or base.units:
                collector.piece(task, 0, len(task.text), replace(base, units=own.units if own else base.units))
    elif base.units:
        collector.piece(node, 0, len(node.text), base)


def is_duty(text: str) -> bool:
    """A bullet among companion lines that says what is to be done, under a mere title."""
    opening = text[:1].lower() + text[1:80]
    return len(text.split()) > TITLE and bool(rx(rf"(?:{STRONG}|{WEAK})(?!\w)").match(opening))


def read_lines(node: Node, issued_on: date | None) -> Companions:
    said = Companions()
    for line in flat(node):
        for part in parts(line):
            note(said, part, issued_on)
    return said


def parts(line: Node) -> list[Node]:
    """ "Chủ trì: Sở A; Phối hợp: Sở B; Thời gian: quý I" in one line is three."""
    starts = [0, *(mark.end() for mark in rx(LABEL_INSIDE).finditer(line.text[:LONGEST_POINT]))]
    if len(starts) == 1 or not rx(COMPANION).match(line.text):
        return [line]
    ends = [*starts[1:], len(line.text)]
    return [
        shifted(replace(line, text=line.text[:stop].rstrip(" -–([;"), children=[]), begin)
        for begin, stop in zip(starts, ends, strict=True)
    ]


def note(said: Companions, line: Node, issued_on: date | None, flags: int = 0) -> None:
    """Add what one companion line says; nothing where the line is none."""
    if label := rx(COMPANION, flags).match(line.text):
        word, value = fold(label.group("w")), line.text[label.end() :].rstrip(" )].;")
        if rx(toneless("phối hợp")).search(word):
            said.co += named.units(value)
        elif rx(toneless("thời|hạn|tiến độ|hoàn thành")).match(word):
            said.due += find_due(value, issued_on, labelled=True)
            said.clauses += line.marked()
        elif rx(toneless(ACTOR)).match(word):
            if says_clauses(value):
                said.clauses.append(shifted(line, label.end()))
            else:
                leads, helpers = named.lead_and_co(value)
                said.units, said.co = said.units + leads, said.co + helpers
        elif rx(toneless("(?:tên )?nhiệm vụ|tên ")).match(word):
            said.tasks += line.marked() or [shifted(line, label.end())]


def says_clauses(value: str) -> bool:
    """ "Bộ A rà soát …; Bộ B tổng hợp …" instead of names alone."""
    own = owners.find_owner(value) if not value.rstrip(" .").endswith(":") else None
    rest = value[own.duty_at :] if own and not own.heading else ""
    return len(rest.split()) >= CLAUSE and bool(rx(rf"\s*(?:{STRONG}|{WEAK})(?!\w)").match(rest))


CLAUSE = 8  # words of a verb with its objects; fewer may be the rest of a name ("Trung tâm Trợ | giúp pháp lý")
LABEL_INSIDE = rf"(?:(?<=[.;,])\s+|\(|\[|\s[-–]\s)(?={COMPANION.replace('(?P<w>', '(?:')})"


def inline(collector: Collector, node: Node, context: Context) -> bool:
    """ "Xây dựng đề án (Cơ quan chủ trì: Sở A; phối hợp: Sở B; thời gian: quý I)": the labels in the point itself."""
    found = list(rx(LABEL_INSIDE, re.I).finditer(node.text[:LONGEST_POINT]))
    if not found or found[0].start() == 0:
        return in_brackets(collector, node, context)
    said = Companions()
    ends = [*(mark.start() for mark in found[1:]), len(node.text)]
    for mark, stop in zip(found, ends, strict=True):
        note(said, shifted(replace(node, text=node.text[:stop], children=[]), mark.end()), collector.issued_on, re.I)
    if not said.units or said.clauses:
        return False
    collector.piece(
        node, 0, len(node.text), replace(context, units=said.units, co=said.co, due=said.due or context.due)
    )
    return True


def in_brackets(collector: Collector, node: Node, context: Context) -> bool:
    """ "Lập hồ sơ di tích (Bảo tàng tỉnh chủ trì; Phòng A phối hợp; quý III/2023)": names and a time at the end."""
    found = rx(r"\(([^()]{6,300})\)\W*$").search(node.text[-310:])
    if found is None or not names.head_at(found.group(1), 0):
        return False
    said = Companions()
    parts = [part.strip() for part in found.group(1).split(";")]
    for part in parts:
        due = find_due(part, collector.issued_on, labelled=True)
        said.due += due
        if names.head_at(part, 0, co=True) or rx(r"phối hợp", re.I).match(part):
            leads, helpers = named.lead_and_co(part)
            said.units += () if said.units else leads
            said.co += helpers or (leads if leads != said.units else ())
    sure = len(parts) > 1 or "chủ trì" in found.group(1) or said.due
    if not said.units or not (sure or not context.units) or owners.find_owner(node.text):
        return False
    collector.piece(
        node, 0, len(node.text), replace(context, units=said.units, co=said.co, due=said.due or context.due)
    )
    return True


def flat(node: Node) -> Iterator[Node]:
    """Companion lines, also those under "Cơ quan thực hiện:" as its own dashes."""
    for child in node.children:
        yield child
        label = rx(COMPANION).match(child.text)
        if label and not child.text[label.end() :].strip():
            yield from (line for line in child.marked() if rx(COMPANION).match(line.text))


def split_clauses(collector: Collector, node: Node, context: Context) -> None:
    """ "Cơ quan thực hiện: Bộ A rà soát …; các bộ rà soát …": one item for each clause."""
    starts = [0]
    for mark in rx(r";\s+").finditer(node.text):
        own = owners.find_owner(node.text[mark.end() :])
        if own and not own.heading:
            starts.append(mark.end())
    for begin, stop in zip(starts, [*starts[1:], len(node.text)], strict=True):
        own = owners.find_owner(node.text[begin:])
        if own:
            collector.piece(node, begin, stop, replace(context, units=own.units))


def shifted(node: Node, begin: int) -> Node:
    """The node without its first characters ("Nhiệm vụ: ")."""
    return replace(node, text=node.text[begin:], start=node.start + begin)
