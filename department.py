"""The office as config.toml writes it: its names, units, groups, people and posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from config_file import Section, no_repeats

LETTERHEAD = ("parent", "place", "symbol")
LONGEST_SYMBOL = 40
ROLES = ("leader", "head", "deputy", "office", "focal", "admin")


@dataclass(frozen=True)
class PostEntry:
    """One post of a person; dates are inclusive, None is open."""

    unit: str
    role: str
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class PersonEntry:
    id: str
    name: str
    title: str
    email: str | None
    posts: tuple[PostEntry, ...]


@dataclass(frozen=True)
class UnitEntry:
    """`leader` is the id of the leader in charge."""

    code: str
    name: str
    aliases: tuple[str, ...]
    leader: str


@dataclass(frozen=True)
class GroupEntry:
    name: str
    aliases: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True)
class Department:
    """The office as the file has it. `member_of`: the names of the wider groups it is one of. `parent`, `place` and
    `symbol`: what its own papers bear at their head (NĐ 30/2020, Appendix I); None: they cannot be made yet."""

    name: str
    aliases: tuple[str, ...]
    member_of: tuple[str, ...]
    units: tuple[UnitEntry, ...]
    groups: tuple[GroupEntry, ...]
    people: tuple[PersonEntry, ...]
    parent: str | None = None
    place: str | None = None
    symbol: str | None = None


def read_department(top: Section) -> Department:
    """[department], [[units]], [[groups]] and [[people]], each name in them pointing at something that is there.

    Raises ConfigError.
    """
    head = top.section("department").only("name", "aliases", "member_of", *LETTERHEAD)
    unit_sections, people_sections = top.sections("units"), top.sections("people")
    if not unit_sections:
        top.wrong("units", "chưa có đơn vị nào, đề nghị ghi ít nhất một mục [[units]]")
    calls: dict[str, str] = {}
    units = tuple(_unit(section, calls) for section in unit_sections)
    codes = tuple(unit.code for unit in units)
    groups = tuple(_group(section, codes, calls) for section in top.sections("groups"))
    ids: dict[str, str] = {}
    people = tuple(_person(section, codes, ids) for section in people_sections)
    _one_head_at_a_time(people_sections, people)
    leaders = tuple(one.id for one in people if any(post.role == "leader" for post in one.posts))
    for section in unit_sections:
        section.one_of("leader", leaders)
    parent, place, symbol = (head.text(key, "") or None for key in LETTERHEAD)
    if symbol and len(symbol) > LONGEST_SYMBOL:
        head.wrong("symbol", f"dài quá {LONGEST_SYMBOL} ký tự, đề nghị ghi chữ viết tắt tên cơ quan")
    return Department(head.text("name"), head.texts("aliases"), head.texts("member_of"), units, groups, people,
                      parent, place, symbol)  # fmt: skip


def _unit(section: Section, calls: dict[str, str]) -> UnitEntry:
    section.only("code", "name", "aliases", "leader")
    unit = UnitEntry(section.text("code"), section.text("name"), section.texts("aliases"), section.text("leader"))
    if unit.code.casefold() in calls:
        section.wrong("code", f'"{unit.code}" đã dùng cho {calls[unit.code.casefold()]}, đề nghị chọn mã khác')
    for key, names in (("code", (unit.code,)), ("name", (unit.name,)), ("aliases", unit.aliases)):
        for name in names:
            no_repeats(section, key, calls, name, f"đơn vị {unit.code}")
    return unit


def _group(section: Section, codes: tuple[str, ...], calls: dict[str, str]) -> GroupEntry:
    section.only("name", "aliases", "units")
    group = GroupEntry(section.text("name"), section.texts("aliases"), section.some_of("units", codes, ()))
    if group.name.casefold() in calls:
        section.wrong("name", f'"{group.name}" đã dùng cho {calls[group.name.casefold()]}, đề nghị chọn tên khác')
    if not group.units:
        section.wrong("units", "nhóm chưa có đơn vị nào, đề nghị ghi mã các đơn vị")
    for key, names in (("name", (group.name,)), ("aliases", group.aliases)):
        for name in names:
            no_repeats(section, key, calls, name, f"nhóm {group.name}")
    return group


def _person(section: Section, codes: tuple[str, ...], ids: dict[str, str]) -> PersonEntry:
    section.only("id", "name", "title", "email", "posts")
    who, name, title = section.text("id"), section.text("name"), section.text("title")
    if who.casefold() in ids:
        section.wrong("id", f'"{who}" đã dùng cho {ids[who.casefold()]}, đề nghị chọn mã khác')
    ids[who.casefold()] = name
    posts: list[PostEntry] = []
    for part in section.sections("posts"):
        part.only("unit", "role", "from", "to")
        post = PostEntry(part.one_of("unit", codes), part.one_of("role", ROLES), part.day("from"), part.day("to"))
        if post.starts_on and post.ends_on and post.ends_on < post.starts_on:
            part.wrong("to", "ngày cuối trước ngày bắt đầu, đề nghị sửa một trong hai")
        if any((post.unit, post.role) == (one.unit, one.role) and _overlap(post, one) for one in posts):
            part.wrong("role", f"{name} đã giữ chức vụ này trong cùng thời gian, đề nghị bỏ bớt hoặc sửa from, to")
        posts.append(post)
    return PersonEntry(who, name, title, section.text("email", "") or None, tuple(posts))


def _one_head_at_a_time(sections: list[Section], people: tuple[PersonEntry, ...]) -> None:
    heads: list[tuple[PersonEntry, PostEntry]] = []
    for section, person in zip(sections, people, strict=True):
        for post in person.posts:
            if post.role != "head":
                continue
            for other, held in heads:
                if held.unit == post.unit and other.id != person.id and _overlap(post, held):
                    section.wrong("posts", f"{other.name} đang là trưởng {post.unit} lúc đó, đề nghị sửa from, to")
            heads.append((person, post))


def _overlap(one: PostEntry, other: PostEntry) -> bool:
    return (one.starts_on or date.min) <= (other.ends_on or date.max) and (other.starts_on or date.min) <= (
        one.ends_on or date.max
    )
