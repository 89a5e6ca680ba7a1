"""A draft that is thrown away: a wrong file, or what may not be handled here. Its texts are erased, the fact stays."""

from sqlalchemy import update
from sqlmodel import Session, col, delete, select

from models import clock, event
from models.assigning import NotConfirmable
from models.directive import Directive, DirectiveState, DraftItem, Instruction
from models.draft_change import DraftChange
from models.event import Event
from models.indicator import Indicator, IndicatorValue
from models.moves import Actor
from models.report import Blob, BlobChunk, Evidence

WITH_WORDS = ("instruction", "instruction_taken", "continues", "name_remembered")
"""Events of a directive whose facts hold words of the document or about it."""


def discard(session: Session, directive_id: int, actor: Actor, why: str) -> None:
    """Throw a draft away: no word of its text, items, instructions and photos is left; number, date and issuer stay in
    the register, and the same file can be taken again. `why` stands in the event. Raises NotConfirmable."""
    changed = session.execute(
        update(Directive)
        .where(col(Directive.id) == directive_id, col(Directive.state) == DirectiveState.DRAFT)
        .values(state=DirectiveState.DISCARDED, sha256=f"discarded:{directive_id}", source=f"#{directive_id}", text="",
                other_texts=[], doubtful=[], reading={}, questions={}, answers={}, continues={}, subject=None,
                signer=None, replaces_id=None, version=Directive.version + 1)
    )  # fmt: skip
    directive = session.get(Directive, directive_id)
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise NotConfirmable(directive.state.value if directive else "missing")
    session.refresh(directive)
    _erase_what_hangs_on_it(session, directive_id)
    session.execute(update(Event).where(col(Event.subject) == f"directive:{directive_id}",
                                        col(Event.verb).in_(WITH_WORDS)).values(facts=None, salt=None))  # fmt: skip
    event.record(session, f"directive:{directive_id}", "discarded", actor_id=actor.person_id, channel=actor.channel,
                 facts={"why": why, "at": clock.today().isoformat()}, directive_id=directive_id,
                 announced=True)  # fmt: skip


def _erase_what_hangs_on_it(session: Session, directive_id: int) -> None:
    told = select(Instruction.id).where(Instruction.directive_id == directive_id)
    photos = session.exec(select(Evidence).where(col(Evidence.instruction_id).in_(told))).all()
    session.execute(delete(Evidence).where(col(Evidence.id).in_([one.id for one in photos])))
    for sha256 in {one.sha256 for one in photos}:
        if session.exec(select(Evidence.id).where(Evidence.sha256 == sha256).limit(1)).first() is None:
            session.execute(delete(BlobChunk).where(col(BlobChunk.sha256) == sha256))
            session.execute(delete(Blob).where(col(Blob.sha256) == sha256))
    measured = select(Indicator.id).where(Indicator.directive_id == directive_id)
    session.execute(delete(IndicatorValue).where(col(IndicatorValue.indicator_id).in_(measured)))
    for table, column in ((Indicator, Indicator.directive_id), (Instruction, Instruction.directive_id),
                          (DraftChange, DraftChange.directive_id), (DraftItem, DraftItem.directive_id)):  # fmt: skip
        session.execute(delete(table).where(col(column) == directive_id))
