"""What every paper of the office bears, in the places of Decree 30/2020/NĐ-CP, Appendix I, part I: the head, the kind
and subject, the signature, who receives it, and the heads of annexes. Papers are in Vietnamese, whoever makes them.

The number and the day stay open: văn thư enters them when the paper has been signed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.officers import Letterhead, Signer
from papers.decree.layout import (
    BODY,
    GAP,
    LEFT,
    PAGE,
    RIGHT,
    Beside,
    Block,
    Paragraph,
    Rule,
    Run,
    centred,
    plain,
)
from papers.decree.measure import Style, balanced, longest, width_of
from papers.words import text

LANGUAGE = "vi"
WIDTH = PAGE[0] - LEFT - RIGHT
SIDES = (72.0, 93.0)
"""The office on the left, the state on the right."""
SIGNS = (80.0, 85.0)
UNDER = 0.4
"""A line beneath a name is between a third and a half of it."""
ADDRESSED = 40.0
MOST_ADDRESSED = 20
"""Beyond so many the letter is addressed to all of them by one line."""


def head(letterhead: Letterhead, number: str, year: int, about: str = "") -> tuple[Block, ...]:
    """State and office, number and day. `number`: "BC-SVHTTDL", what stands after the stroke. `about`: of a letter,
    its subject under the number."""
    bold, motto = Style(True, False, 12), Style(True, False, 13)
    parent, office = above(letterhead)
    parent, office = balanced(parent, Style(False, False, 12), SIDES[0]), balanced(office, bold, SIDES[0])
    left = (
        centred(parent, 12),
        centred(office, 12, bold=True),
        Rule(UNDER * longest(office, bold, SIDES[0])),
    )
    right = (
        centred(words("state"), 12, bold=True),
        centred(words("motto"), 13, bold=True),
        Rule(width_of(words("motto"), motto)),
    )
    numbered = [centred(words("number", number=number), 13, before=3)]
    if about:
        numbered.append(centred(balanced(about, Style(False, False, 12), SIDES[0]), 12, before=GAP))
    day = centred(words("place", place=letterhead.place, year=year), 13, italic=True, before=3)
    return Beside(SIDES, (left, right)), Beside(SIDES, (tuple(numbered), (day,))), _gap(GAP)


def above(letterhead: Letterhead) -> tuple[str, str]:
    """The names at the head, in capitals: of the authority above with its usual words shortened, and of the office,
    without the province that stands above it already."""
    parent = re.sub("^ủy ban nhân dân", "UBND", letterhead.parent, flags=re.IGNORECASE).upper()
    office, place = letterhead.office.upper(), letterhead.place.upper()
    if parent.endswith(f" {place}"):
        office = re.sub(f"( TỈNH| THÀNH PHỐ)? {re.escape(place)}$", "", office)
    return parent, office


def title(kind: str, subject: str) -> tuple[Block, ...]:
    """The kind of a paper and its subject, with the line beneath."""
    style = Style(True, False, BODY)
    subject = balanced(subject, style, WIDTH)
    return (
        centred(kind, BODY, bold=True, before=GAP, heading=1),
        centred(subject, BODY, bold=True),
        Rule(UNDER * longest(subject, style, WIDTH)),
        _gap(GAP),
    )


def addressed(names: Sequence[str], everyone: str) -> tuple[Block, ...]:
    """Kính gửi: one on the same line, several beneath it on lines of their own, very many by the line `everyone`."""
    if len(names) > MOST_ADDRESSED:
        names = (everyone,)
    if len(names) == 1:
        return centred(words("to.one", name=names[0]), before=GAP, after=GAP), _gap(GAP)
    start = ADDRESSED + width_of(words("to.several"), Style(False, False, BODY)) - 2
    rows = [Paragraph((Run(words("to.several")),), left=ADDRESSED, before=GAP, keep=True)]
    for place, name in enumerate(names):
        end = "." if place == len(names) - 1 else ";"
        rows.append(Paragraph((Run(f"- {name}{end}"),), left=start, keep=place < len(names) - 1))
    return *rows, _gap(GAP)


def signature(signer: Signer, receivers: Sequence[str]) -> Beside:
    """Who receives it on the left, the file last; who signs on the right, with room for the signature."""
    received = [Paragraph((Run(words("receivers"), bold=True, italic=True),), size=12)]
    received += [Paragraph((Run(f"- {one}"),), size=11) for one in receivers]
    signs = [centred(line, BODY, bold=True) for line in signer.lines]
    signs.append(centred(plain(signer.name), BODY, bold=True, before=60))
    return Beside(SIGNS, (tuple(received), tuple(signs)), before=GAP)


def annex(number: str, name: str, with_what: str) -> tuple[Block, ...]:
    """The head of an annex. `number`: "I", empty for the only one. `with_what`: what it comes with."""
    return (
        centred(words("annex", number=number).strip(), 14, bold=True, heading=1, keep=True),
        centred(name, 13, bold=True, keep=True),
        centred(with_what, 13, italic=True, after=GAP, keep=True),
    )


def ended(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The text with the sign of its end, kept on one page with the signature that follows."""
    *first, last = blocks
    assert isinstance(last, Paragraph)
    *runs, run = last.runs
    return *first, replace(last, runs=(*runs, replace(run, text=f"{run.text.rstrip('.')}./.")), keep=True)


@dataclass(frozen=True)
class Signed:
    """What a paper to sign needs of the office: its head and who signs."""

    letterhead: Letterhead
    signer: Signer


def words(key: str, **values: object) -> str:
    """A sentence of the papers: the key without its "papers.doc." in front."""
    return text(f"doc.{key}", LANGUAGE, **values)


def _gap(points: float) -> Paragraph:
    """Room between blocks that have none of their own."""
    return Paragraph((), size=2, after=points)


__all__ = ["LANGUAGE", "Signed", "above", "addressed", "annex", "ended", "head", "signature", "title", "words"]
