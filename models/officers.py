"""What the office's own papers bear: its head, and who may sign them in what authority (NĐ 30/2020/NĐ-CP, Appendix I,
part I, II.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from models import clock, event
from models.base import connection_of
from models.moves import Actor
from models.organisation import Department, Person, Post, Role, Unit

PARTS = ("parent", "place", "symbol")
LONGEST = {"parent": 200, "place": 80, "symbol": 40}
_person, _post, _unit = Person.__table__.c, Post.__table__.c, Unit.__table__.c
_HOLDERS = (
    select(_person.id, _person.name, _post.role, _post.title, _post.unit_id, _unit.is_leaders, _unit.position)
    .select_from(
        Post.__table__.join(Person.__table__, _person.id == _post.person_id).join(
            Unit.__table__, _unit.id == _post.unit_id
        )
    )
    .order_by(_unit.position, _post.id)
)


@dataclass(frozen=True)
class Letterhead:
    """The authority above, the office, the place of its letters and the short form of its name."""

    parent: str
    office: str
    place: str
    symbol: str


@dataclass(frozen=True)
class Signer:
    """Who signs: the lines above the name ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), and the name."""

    id: int
    lines: tuple[str, ...]
    name: str


class LetterheadMissing(LookupError):
    """The office has not said what its papers bear: `parts` are the keys of [department] that are empty."""

    def __init__(self, parts: Sequence[str]) -> None:
        super().__init__(", ".join(parts))
        self.parts = tuple(parts)


def letterhead(session: Session) -> Letterhead:
    """The head of the office's papers. Raises LetterheadMissing."""
    row = session.get_one(Department, 1)
    missing = [part for part in PARTS if not getattr(row, part)]
    if missing:
        raise LetterheadMissing(missing)
    return Letterhead(row.parent or "", row.name, row.place or "", row.symbol or "")


def set_letterhead(session: Session, values: dict[str, str], actor: Actor) -> None:
    """Enter what the office's papers bear from now on. Raises ValueError naming the part that is empty or too long."""
    row = session.get_one(Department, 1)
    before = {part: getattr(row, part) for part in PARTS}
    for part in PARTS:
        value = " ".join(values.get(part, "").split())
        if not value or len(value) > LONGEST[part]:
            raise ValueError(part)
        setattr(row, part, value)
    session.add(row)
    session.flush()
    after = {part: getattr(row, part) for part in PARTS}
    event.record(session, "office", "letterhead", actor_id=actor.person_id, channel=actor.channel, announced=True,
                 facts=after | {"before": before})  # fmt: skip


def signers(session: Session) -> list[Signer]:
    """Who may sign today: the leaders, then the head and deputies of the Office by their order. The head of all
    first."""
    today = clock.today()
    query = _HOLDERS.where(
        _post.valid_from.is_(None) | (_post.valid_from <= today), _post.valid_to.is_(None) | (_post.valid_to >= today)
    )
    posts = connection_of(session).execute(query).all()
    chief = next((one for one in posts if one.is_leaders and one.role is Role.HEAD), None)
    if chief is None:
        return []
    office = {one.unit_id for one in posts if one.role is Role.OFFICE}
    first = [one for one in posts if one.unit_id in office and one.role is Role.HEAD]
    under = f"TL. {chief.title}"
    found = [_signer(chief, ())]
    found += [_signer(one, (f"KT. {chief.title}",)) for one in posts if one.role is Role.LEADER]
    found += [_signer(one, (under,)) for one in first]
    if first:
        found += [_signer(one, (under, f"KT. {first[0].title}")) for one in posts
                  if one.unit_id in office and one.role is Role.DEPUTY]  # fmt: skip
    known: dict[int, Signer] = {}
    for one in found:
        known.setdefault(one.id, one)
    return list(known.values())


def signer(session: Session, person_id: int | None) -> Signer | None:
    """The one of them who was chosen; without a choice the head of the Office, who sends such papers usually."""
    found = signers(session)
    chosen = next((one for one in found if one.id == person_id), None)
    usual = next((one for one in found if one.lines[0].startswith("TL.")), None)
    return chosen or usual or (found[0] if found else None)


def _signer(post: Any, authority: tuple[str, ...]) -> Signer:
    return Signer(post.id, tuple(line.upper() for line in (*authority, post.title)), post.name)


__all__ = ["LONGEST", "PARTS", "Letterhead", "LetterheadMissing", "Signer", "letterhead", "set_letterhead", "signer",
           "signers"]  # fmt: skip
