"""Units as a clerk types them, with or without marks: "thanh tra, tccb", "phong ql van hoa", "các phòng chuyên môn"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, or_, select

from bot.understanding.words import fold
from models.organisation import GroupMember, Unit, UnitGroup

SEPARATOR = re.compile(r"\s*[,;\n+&]\s*|\s+(?:và|va)\s+")
MOST_CHOICES = 6


@dataclass(frozen=True)
class Named:
    """What one name may mean: a unit, or a group with its members. `name` is how it is shown."""

    name: str
    unit_ids: tuple[int, ...]
    group: bool
    codes: tuple[str, ...]
    called: tuple[str, ...]  # code, name and aliases, folded


@dataclass(frozen=True)
class Typed:
    """The units understood, and what was not: words that mean several (with the choices) or none (with the nearest)."""

    unit_ids: tuple[int, ...] = ()
    grouped: bool = False
    doubtful: dict[str, tuple[Named, ...]] = field(default_factory=dict)
    unknown: dict[str, tuple[Named, ...]] = field(default_factory=dict)

    @property
    def clear(self) -> bool:
        """Was every word understood, and in one way only?"""
        return not self.doubtful and not self.unknown


def known_names(session: Session, today: date) -> list[Named]:
    """Every unit there is today and every group of them, in the office's order."""
    query = select(Unit).where(or_(col(Unit.valid_to).is_(None), col(Unit.valid_to) >= today),
                               or_(col(Unit.valid_from).is_(None), col(Unit.valid_from) <= today))  # fmt: skip
    units = {unit.id: unit for unit in session.exec(query.order_by(col(Unit.position), col(Unit.id))) if unit.id}
    found = [Named(one.name, (one.id or 0,), False, (one.code,), _called(one.code, one.name, *one.aliases))
             for one in units.values()]  # fmt: skip
    members: dict[int, list[int]] = {}
    for row in session.exec(select(GroupMember)):
        members.setdefault(row.group_id, []).append(row.unit_id)
    for group in session.exec(select(UnitGroup).order_by(col(UnitGroup.id))):
        ids = [one for one in units if one in members.get(group.id or 0, [])]
        if ids:
            found.append(Named(group.name, tuple(ids), True, tuple(units[one].code for one in ids),
                               _called(group.name, *group.aliases)))  # fmt: skip
    return found


def understand(words: str, names: Sequence[Named]) -> Typed:
    """The units that typed words mean, in the order in which they were typed. Empty words mean nobody.

    The longest run of parts that is a name wins: "Phòng Tổ chức, cán bộ" is one unit. An exact name wins over the
    beginning of a name, this over words of one; what then still means several is left to the clerk.
    """
    parts = [part for part in SEPARATOR.split(words.strip()) if part and part.strip()]
    ids: list[int] = []
    grouped = False
    doubtful: dict[str, tuple[Named, ...]] = {}
    unknown: dict[str, tuple[Named, ...]] = {}
    at = 0
    while at < len(parts):
        length, meant = _longest(parts[at:], names)
        said = ", ".join(parts[at : at + length])
        if len(meant) == 1:
            ids += [one for one in meant[0].unit_ids if one not in ids]
            grouped = grouped or meant[0].group
        elif meant:
            doubtful[said] = tuple(meant[:MOST_CHOICES])
        else:
            unknown[said] = tuple(nearest(said, names))
        at += length
    return Typed(tuple(ids), grouped, doubtful, unknown)


def shown(unit_ids: Sequence[int], names: Sequence[Named], grouped: bool = False) -> str:
    """How units stand in the input: their codes; a group that has exactly these members by its name."""
    if grouped and (group := group_of(unit_ids, names)):
        return group.name
    codes = {one.unit_ids[0]: one.codes[0] for one in names if not one.group}
    return ", ".join(codes[one] for one in unit_ids if one in codes)


def group_of(unit_ids: Sequence[int], names: Sequence[Named]) -> Named | None:
    """The group whose members these units are."""
    return next((one for one in names if one.group and set(one.unit_ids) == set(unit_ids)), None)


def nearest(words: str, names: Sequence[Named]) -> list[Named]:
    """Units whose names share most words, or letters, with words that mean none."""
    said = plain(words)
    scored = [(max(_likeness(said, called) for called in one.called), one) for one in names]
    return [one for score, one in sorted(scored, key=lambda pair: -pair[0])[:3] if score >= 0.4]


def plain(words: str) -> str:
    """Lower case, no marks, no points and dashes, single blanks: "P. QLVH" and "p qlvh" are one."""
    return " ".join(re.sub(r"[^\w\s]", " ", fold(words.lower())).split())


def _called(*names: str) -> tuple[str, ...]:
    return tuple(plain(one) for one in names)


def _longest(parts: Sequence[str], names: Sequence[Named]) -> tuple[int, list[Named]]:
    """How many parts make the next name, and what it means. Several parts only where they are a name exactly."""
    for length in range(min(len(parts), 4), 1, -1):
        exact = _exact(plain(" ".join(parts[:length])), names)
        if exact:
            return length, exact
    return 1, _meant(plain(parts[0]), names)


def _exact(said: str, names: Sequence[Named]) -> list[Named]:
    return [one for one in names if said in one.called]


def _meant(said: str, names: Sequence[Named]) -> list[Named]:
    if not said:
        return []
    if exact := _exact(said, names):
        return exact
    begun = [one for one in names if any(called.startswith(said) for called in one.called)]
    if begun:
        return begun
    words = said.split()
    return [one for one in names if any(_has_words(words, called.split()) for called in one.called)]


def _has_words(words: Sequence[str], called: Sequence[str]) -> bool:
    """Does each typed word begin a word of the name, in the same order? "ql van hoa" → "phong quan ly van hoa"."""
    at = 0
    for word in words:
        while at < len(called) and not called[at].startswith(word):
            # "ql" is "quan ly": the first letters of the words that follow
            if len(word) > 1 and "".join(one[0] for one in called[at : at + len(word)]) == word:
                break
            at += 1
        if at >= len(called):
            return False
        at += 1 if called[at].startswith(word) else len(word)
    return True


def _likeness(a: str, b: str) -> float:
    left, right = {a[i : i + 2] for i in range(len(a) - 1)}, {b[i : i + 2] for i in range(len(b) - 1)}
    return 2 * len(left & right) / max(1, len(left) + len(right))
