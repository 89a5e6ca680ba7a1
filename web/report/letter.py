"""The letter of follow-up: which units it names is ticked on a page, and the file is made from the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from starlette.responses import Response
from starlette.routing import Route

from models import clock, officers
from papers.decree.layout import Paper
from papers.letter import letter
from papers.urging import AHEAD, LONGEST_AHEAD, MOST, Urging, answer_day, sources, urging
from web.asking import Ask, Stop, both, page
from web.guards import for_office, for_overseers
from web.report.giving import day_asked, of_kind, signed
from web.uploads import whole_number

PARTS = officers.PARTS
SHOWN = 10
"""Duties of one kind and unit on the page; the letter has all of them."""


@dataclass(frozen=True)
class Wanted:
    """What the address asks for. `units`: codes; None: all that owe something."""

    days: int
    units: tuple[str, ...] | None
    by: date


def routes() -> list[Route]:
    """The page, its files, and what the office's papers bear at their head."""
    return [
        Route("/reports/letter", page(show)),
        Route("/reports/letter.docx", page(of_kind(made, "docx"))),
        Route("/reports/letter.pdf", page(of_kind(made, "pdf"))),
        *both("/reports/letterhead", show_head, set_head, failed=show_head),
    ]


def show(ask: Ask) -> Response:
    """GET /reports/letter: every unit that owes something or soon will, ticked; with `whole` all duties of some."""
    for_overseers(ask)
    wanted, whole = _wanted(ask), "whole" in ask.request.query_params
    try:
        missing: tuple[str, ...] = ()
        officers.letterhead(ask.session)
    except officers.LetterheadMissing as error:
        missing = error.parts
    return ask.page(
        "report_letter.html", urging=_urging(ask, wanted, everyone=not whole), wanted=wanted, missing=missing,
        signers=officers.signers(ask.session), chosen=_signer_id(ask), longest=LONGEST_AHEAD,
        shown=MOST if whole else SHOWN,
    )  # fmt: skip


def made(ask: Ask) -> tuple[Paper, str]:
    """GET /reports/letter.docx, .pdf. Raises Stop when no unit is chosen, or none of them owes anything."""
    for_overseers(ask)
    wanted, head = _wanted(ask), signed(ask)
    if wanted.units == ():
        raise Stop(400, "web.letter.no_units")
    found = _urging(ask, wanted)
    if not found.units:
        raise Stop(409, "web.letter.nothing")
    return letter(found, sources(ask.session, found), head, wanted.by), f"cong-van-don-doc-{clock.today():%Y%m%d}"


def show_head(ask: Ask) -> Response:
    """GET /reports/letterhead: parent, place and symbol, for the Office to enter."""
    for_overseers(ask)
    row = ask.session.get_one(officers.Department, 1)
    there = {part: getattr(row, part) or "" for part in PARTS}
    typed = ask.form.flat() if ask.error else there
    return ask.page("report_letterhead.html", typed=typed, there=there, parts=PARTS,
                    longest=officers.LONGEST)


def set_head(ask: Ask) -> Response:
    """POST /reports/letterhead."""
    for_office(ask)
    row = ask.session.get_one(officers.Department, 1, with_for_update=True)
    there = [getattr(row, part) or "" for part in PARTS]
    seen = [ask.form.get(f"seen_{part}") for part in PARTS if f"seen_{part}" in ask.form.fields]
    if seen and seen != there:  # what somebody else entered in the meantime is not written over unseen
        raise Stop(409, "web.letterhead.changed", now="; ".join(filter(None, there)))
    try:
        officers.set_letterhead(ask.session, ask.form.flat(), ask.actor)
    except ValueError as error:
        part = str(error)
        raise Stop(400, "web.letterhead.wrong", part=ask.text(f"web.letterhead.{part}"),
                   longest=officers.LONGEST[part]) from None  # fmt: skip
    return ask.go("/reports/letterhead", done="letterhead")


def _wanted(ask: Ask) -> Wanted:
    query = ask.request.query_params
    days = whole_number(query.get("days", str(AHEAD)))
    if days is None or days > LONGEST_AHEAD:
        raise Stop(400, "web.letter.days", longest=LONGEST_AHEAD)
    units = tuple(dict.fromkeys(filter(None, query.getlist("unit"))))
    chosen = units if "unit" in query or "chosen" in query else None
    return Wanted(days, chosen, day_asked(ask, "by", answer_day(ask.session, clock.now())))


def _urging(ask: Ask, wanted: Wanted, *, everyone: bool = False) -> Urging:
    return urging(ask.session, clock.now(), wanted.days, None if everyone else wanted.units)


def _signer_id(ask: Ask) -> int | None:
    found = officers.signer(ask.session, whole_number(ask.request.query_params.get("signer", "")))
    return found.id if found else None
