"""What a clerk corrected is known at the next reading: the words by which an issuer means a unit.

Remembered when a draft is assigned, by what stands then: an owner that was tried and taken back leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import text
from sqlmodel import Session, col, delete, select

import office
from models import clock, event
from models.confirm import items_of
from models.directive import Directive, DraftItem
from models.moves import Actor
from models.organisation import Unit
from models.remembered import RememberedName
from reading.model import Lead, OfficeNames
from reading.naming.ours import Resolver, key

PERSON = ("dong chi ", "d c ", "ong ", "ba ")
"""How words about a person begin, as `key` folds them: a person's post may be another's tomorrow."""


def for_issuer(session: Session, names: OfficeNames, issuer: str | None) -> OfficeNames:
    """The office's names with what was remembered for this issuer."""
    return office.with_remembered(names, lambda sql, values: session.execute(text(sql), values), clock.today(), issuer)


def used(leads: Sequence[Lead], names: OfficeNames) -> list[str]:
    """Of an item's addressees those whose words were remembered: they were resolved by an earlier correction."""
    known = {words for words, _ in names.remembered}
    return [lead.text for lead in leads if key(lead.text) in known]


def remember(session: Session, directive_id: int, names: OfficeNames, actor: Actor) -> list[RememberedName]:
    """Keep what the Office corrected in a draft that has become tasks, for its issuer; one event for each. Nothing of a
    document without an issuer."""
    directive = session.get_one(Directive, directive_id)
    issuer = key(directive.issuer or "")
    if not issuer:
        return []
    codes = {unit.id: unit.code for unit in session.exec(select(Unit)) if unit.id is not None}
    resolver = Resolver(names, directive.issuer)
    found: dict[str, tuple[str, list[int]]] = {}
    unsure: set[str] = set()
    for item in items_of(session, directive_id):
        one = corrected(item, codes, resolver, names)
        if one is None:
            continue
        words, unit_ids = key(one[0]), one[1]
        if words in found and found[words][1] != unit_ids:
            unsure.add(words)  # the same words for other units in one document: they were not what decided
        found[words] = (one[0], unit_ids)
    return [_keep(session, directive, issuer, words, said, unit_ids, actor)
            for words, (said, unit_ids) in found.items() if words not in unsure]  # fmt: skip


def corrected(item: DraftItem, codes: Mapping[int, str], resolver: Resolver,
              names: OfficeNames) -> tuple[str, list[int]] | None:  # fmt: skip
    """The words of one addressee that meant other units than was read, and the units; None where the owners were not
    changed, or not because of a name.

    The office's own name and its groups say nothing about a unit; a unit's own full name or code says all; what a
    leader decided is no correction of a reading.
    """
    read = item.reading
    said, was = list(read.get("lead_units") or []), list(read.get("lead_codes") or [])
    now = [codes[one] for one in item.unit_ids if one in codes]
    owner = item.answers.get("owner")
    decided = isinstance(owner, dict) and "instruction" in owner
    others = read.get("ours") is False and not resolver.internal
    if item.dropped or item.grouped or others or not now or set(now) == set(was) or decided:
        return None
    resolved = {words: set(resolver.lead(words).codes) for words in said}
    kept = {code for words in said for code in resolved[words] if resolved[words] <= set(now)}
    wrong = [words for words in said if not resolved[words] or not resolved[words] <= set(now)]
    left = [one for one in item.unit_ids if codes.get(one) not in kept]
    if len(wrong) != 1 or not left or not _tells_a_unit(wrong[0], resolver, names):
        return None
    return wrong[0], left


def _tells_a_unit(words: str, resolver: Resolver, names: OfficeNames) -> bool:
    """May these words mean one of our units? Not the office itself, nor a person, nor what is its name exactly."""
    folded = key(words)
    own = {key(name) for unit in names.units for name in (unit.code, unit.name)}
    if not folded or folded in own or folded.startswith(PERSON):
        return False
    return not resolver.lead(words).group and resolver.ours((Lead(words),)) is not True


def _keep(session: Session, directive: Directive, issuer: str, words: str, said: str, unit_ids: list[int],
          actor: Actor) -> RememberedName:  # fmt: skip
    row = session.exec(
        select(RememberedName).where(RememberedName.issuer == issuer, RememberedName.words == words)
    ).first() or RememberedName(issuer=issuer, words=words, issuer_said="", said=said, at=clock.now())
    row.issuer_said, row.said, row.unit_ids = directive.issuer or "", said, unit_ids
    row.person_id, row.at = actor.person_id, clock.now()
    session.add(row)
    session.flush()
    event.record(session, f"directive:{directive.id}", "name_remembered", actor_id=actor.person_id,
                 channel=actor.channel, facts={"issuer": directive.issuer, "words": said, "units": unit_ids},
                 directive_id=directive.id, announced=True)  # fmt: skip
    return row


def forget(session: Session, name_id: int, actor: Actor) -> bool:
    """Forget one; False if it was forgotten already. The next reading resolves the words as the rules do."""
    row = session.get(RememberedName, name_id)
    if row is None:
        return False
    session.execute(delete(RememberedName).where(col(RememberedName.id) == name_id))
    facts = {"issuer": row.issuer_said, "words": row.said, "units": row.unit_ids}
    event.record(session, f"remembered:{name_id}", "name_forgotten", actor_id=actor.person_id, facts=facts,
                 channel=actor.channel, announced=True)  # fmt: skip
    return True


def listed(session: Session, issuer: str | None = None) -> Sequence[RememberedName]:
    """What is remembered, of one issuer or of all, by issuer and words."""
    query = select(RememberedName).order_by(col(RememberedName.issuer), col(RememberedName.words))
    if issuer is not None:
        query = query.where(RememberedName.issuer == key(issuer))
    return session.exec(query).all()


