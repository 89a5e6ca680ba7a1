"""A point whose addressee and time stand on lines of their own: "Cơ quan chủ trì: …", "Thời hạn: …"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from reading import owners
from reading.deadlines import find_due
from reading.duties import Collector, Context
from reading.model import Due
from reading.outline import Node
from reading.phrases import COMPANION
from reading.words import fold, rx, toneless


@dataclass
class Companions:
    """What the companion lines of one point say."""

    units: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    due: tuple[Due, ...] = ()
    tasks: list[Node] = field(default_factory=list)  # "Nhiệm vụ:" with its bullets
    clauses: list[Node] = field(default_factory=list)  # a line that carries whole clauses


def has_companions(node: Node) -> bool:
    return any(rx(COMPANION).match(child.text) for child in node.children) and not rx(COMPANION).match(node.text)


def collect(collector: Collector, node: Node, context: Context) -> None:
    """The items of a point with companion lines: its tasks, its clauses, or the heading itself."""
    said = read_lines(node, collector.issued_on)
    base = replace(context, units=said.units or context.units, co=said.co, due=said.due or context.due, direct=False)
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


def read_lines(node: Node, issued_on: date | None) -> Companions:
    said = Companions()
    for line in flat(node):
        label = rx(COMPANION).match(line.text)
        if label is None:
            continue
        word, value = fold(label.group("w")), line.text[label.end() :]
        if rx(toneless("phối hợp")).search(word):
            said.co += owners.listed(value)
        elif rx(toneless("thời|hạn|tiến độ|hoàn thành")).match(word):
            said.due += find_due(value, issued_on, labelled=True)
            said.clauses += line.marked()
        elif rx(toneless("cơ quan|đơn vị|chủ trì|phân công|phòng|bộ phận|tổ chức|người")).match(word):
            clause = owners.find_owner(value) if not value.rstrip(" .").endswith(":") else None
            if clause and not clause.heading:
                said.clauses.append(shifted(line, label.end()))
            else:
                said.units += owners.listed(value)
        elif rx(toneless("nhiệm vụ")).match(word):
            said.tasks += line.marked() or [shifted(line, label.end())]
    return said


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
