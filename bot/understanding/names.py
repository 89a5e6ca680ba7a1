"""Units and people named in a text: by code, alias or name, with or without marks."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.acts import PersonView, Scene, UnitView
from bot.understanding.words import clean, fold, vn

_CALL = (
    r"(?:anh|a|chị|c|cô|chú|bác|ông|bà|đ/c|đồng chí|em|e|sếp|phó|thầy|pgđ|gđ|giám đốc|chánh thanh tra|"
    r"trưởng phòng|tp)"
)
_GENERIC = frozenset(("phong", "ban", "trung tam", "quan ly", "so", "don vi", "bo phan", "doan"))


@lru_cache(maxsize=16)
def _unit_patterns(units: tuple[UnitView, ...]) -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """A pattern of all names, and one for each unit; 'Phòng Quản lý Du lịch' is also called 'quản lý du lịch' and
    'du lịch'. Most messages name no unit, and one pattern finds that out at a tenth of the cost of all of them."""
    known: dict[str, str] = {}
    for unit in units:
        for name in (unit.code, unit.name, *unit.aliases):
            known.setdefault(clean(name), unit.code)
    for unit in units:
        short = clean(unit.name)
        while (cut := re.match(r"(?:phòng|ban|quản lý|bộ phận|đội) ", short)) is not None:
            short = short[cut.end() :]
            known.setdefault(short, unit.code)
    called = {
        unit.code: [name for name, code in known.items() if code == unit.code and fold(name) not in _GENERIC]
        for unit in units
    }
    each = {code: _longest_first(names) for code, names in called.items() if names}
    return vn("|".join(each.values()) or r"(?!)"), tuple((code, vn(names)) for code, names in each.items())


def _longest_first(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def units_named(text: str, scene: Scene) -> list[tuple[int, int, str]]:
    """(start, end, code) of every unit of ours in the text, in order; the longer name wins where two overlap."""
    any_unit, each_unit = _unit_patterns(scene.units)
    if any_unit.search(text) is None:
        return []
    found = [(m.start(), m.end(), code) for code, pattern in each_unit for m in pattern.finditer(text)]
    found.sort(key=lambda hit: (hit[0], -hit[1]))
    kept: list[tuple[int, int, str]] = []
    for hit in found:
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept


@lru_cache(maxsize=16)
def _people_patterns(people: tuple[PersonView, ...]) -> tuple[tuple[PersonView, re.Pattern[str]], ...]:
    patterns = []
    for person in people:
        full = clean(person.name)
        if not full:
            continue
        last, two = full.split(" ")[-1], " ".join(full.split(" ")[-2:])
        patterns.append((person, vn(rf"{re.escape(full)}|{_CALL} (?:{re.escape(two)}|{re.escape(last)})")))
    return tuple(patterns)


def people_named(text: str, scene: Scene) -> list[tuple[int, PersonView]]:
    """(start, person) for 'anh Long', 'c Hà', 'Vũ Đức Long', in order of the text; the speaker is not looked for."""
    found = [
        (m.start(), person)
        for person, pattern in _people_patterns(scene.people)
        if person.id != scene.me
        for m in pattern.finditer(text)
    ]
    return sorted(found, key=lambda hit: hit[0])


def unit_meant(text: str, scene: Scene) -> str | None:
    """The unit that a text is about: the first one named, else the unit of the first person named (not a leader)."""
    if named := units_named(text, scene):
        return named[0][2]
    return next(
        (person.unit for _, person in people_named(text, scene) if person.unit and person.role != "leader"), None
    )
