"""What a sentence says of time, in short, for a document of a Wednesday."""

from __future__ import annotations

from datetime import date

from reading.deadlines import find_due
from reading.model import Due
from tests.reading_office import short

ISSUED = date(2025, 10, 1)


def said(text: str, labelled: bool = False) -> list[str]:
    """Every time expression in short; each is a quotation of the text."""
    found = find_due(text, ISSUED, labelled)
    assert all(due.text in text for due in found), found
    return [short(due) for due in found]


def the_only(text: str) -> Due:
    """The one that there is."""
    (due,) = find_due(text, ISSUED)
    assert due.text in text
    return due
