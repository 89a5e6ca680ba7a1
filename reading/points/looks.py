"""What the marks and the shape of a point say, before any word of it is understood."""

from __future__ import annotations

import re

from reading import owners
from reading.points.duties import Context
from reading.points.headings import TOPIC, among_units, says_duty
from reading.points.outline import BULLETS, Node
from reading.points.phrases import COMPANION, DESCRIBES
from reading.words import UPPER, rx

LONGEST_HEADLINE = 160
LONGEST_TITLE = 80
NEIGHBOURS = 8


def headline(text: str) -> bool:
    """The title of a news page, the second line of a subject: no mark ends it."""
    return len(text) < LONGEST_HEADLINE and not rx(r"[.;:…!?)”\"]\W*$").search(text)


def lone_bullet(node: Node) -> bool:
    """One bullet alone after an unfinished line is no list: a page broke a sentence at its dash."""
    marked = node.marked()
    return len(marked) == 1 and marked[0].kind in ("dash", "plus") and not rx(r"[.;:!?]\W*$").search(node.text)


def lost_mark(node: Node) -> bool:
    """A paragraph between two bullets of one list is one of them; only its mark is not printed."""
    bullet = node.parent
    if bullet is None or bullet.kind not in BULLETS or bullet.parent is None:
        return False
    last = next(child for child in reversed(bullet.parent.children) if child.kind != "para")
    return last is not bullet and last.kind == bullet.kind


def under_title(node: Node) -> bool:
    """A whole sentence under a numbered title that has nothing but paragraphs."""
    title = node.parent
    if title is None or title.kind in ("root", "para", *BULLETS) or title.marked():
        return False
    return headline(title.text) and bool(rx(r"[.;]\W*$").search(node.text))


def in_list(node: Node, context: Context) -> bool:
    """Is a paragraph that names nobody one of the duties of those above it, though no mark says so?"""
    listed = context.listed or (bool(context.units) and (lost_mark(node) or under_title(node)))
    return context.direct or (listed and says_duty(node.text))


def titled(node: Node) -> bool:
    """ "4. Thông tin báo cáo:" over a paragraph that says the duty."""
    return node.text.endswith(":") and len(node.text) < LONGEST_TITLE and says_duty(node.children[0].text)


def only_details(node: Node) -> bool:
    """Under a finished sentence that says the duty, bullets without a verb tell its objects: "Chợ: 12 cơ sở"."""
    finished = rx(r"[.;]\W*$").search(node.text) and says_duty(node.text)
    return bool(finished) and not any(says_duty(child.text) for child in node.marked())


def one_of_units(node: Node, place: int) -> tuple[str, ...]:
    """The names of a line that only its neighbours show to be names."""
    around = node.parent.children[max(0, place - NEIGHBOURS) : place + NEIGHBOURS] if node.parent else []
    siblings = [child.text for child in around if child.kind == node.kind and child.children and child is not node]
    return among_units(node.text, siblings, node.parent.text if node.parent else "")


ASSIGNS = r"tổ chức thực hiện|phân công|trách nhiệm|nhiệm vụ cụ thể"


def named_by_list(node: Node) -> owners.Owner | None:
    """ "Cô Hoa - Thư viện: Chuẩn bị sách" under "Phân công nhiệm vụ": who acts is listed there."""
    said = rx(rf"(?P<name>[{UPPER}][^.:;()]{{2,80}}):\s+").match(node.text)
    if said is None or node.parent is None or not rx(ASSIGNS, re.I).search(node.parent.text):
        return None
    if rx(TOPIC).match(node.text) or rx(f"{DESCRIBES}|{COMPANION}").match(node.text):
        return None
    if says_duty(said.group("name")) or not says_duty(node.text[said.end() :]):
        return None
    return owners.Owner((said.group("name").strip(),), said.end("name"))
