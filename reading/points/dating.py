"""Sentences that name nobody and set a day for those told before: "Báo cáo gửi về Sở trước ngày …"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from reading import owners
from reading.deadlines import find_due
from reading.points.duties import Collector, Context
from reading.points.outline import Node
from reading.points.phrases import SENDS, TROUBLE
from reading.words import rx


def has_date(text: str, issued_on: date | None) -> bool:
    """Does a text set a sure time?"""
    dues = find_due(text, issued_on)
    return any(due.kind == "relative" or (due.kind != "standing" and not due.question) for due in dues)


def sets_date(text: str, issued_on: date | None) -> bool:
    """Does a closing paragraph that names no one set a report or a date?"""
    return owners.asks(text) and not rx(TROUBLE, re.I).search(text) and has_date(text, issued_on)


def reports(text: str, issued_on: date | None) -> bool:
    """Is a point a report that is to be sent by a day?"""
    return bool(rx(r"(?:Báo cáo|Gửi|Nộp)\s").match(text)) and has_date(text, issued_on)


def sent_by(items: Collector, node: Node, context: Context, told: tuple[str, ...]) -> None:
    """A day for what was asked to be sent before; a duty of those told where nothing was."""
    due = find_due(node.text, items.issued_on)
    units = told or (items.found[-1].units if items.found else ())
    if not items.date_back(0, due, SENDS) and due and units:
        items.piece(node, 0, len(node.text), replace(context, units=units))
