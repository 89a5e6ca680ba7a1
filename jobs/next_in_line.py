"""A message that cannot reach its person reaches the next in line: the unit's deputy, then the Office."""

from __future__ import annotations

from sqlmodel import Session

from jobs.notices import Occasion, plan
from models import clock
from models.calendar import calendar_of
from models.message import Notice
from models.organisation import Role
from models.recipients import Directory, Recipient, posts_of
from models.task import Task
from models.unreached import cut_off

COPIES = ("focal", "deputy")
"""A đầu mối and a deputy are told beside the head, who has his own: their copy goes to nobody else."""


def pass_on(session: Session, notice: Notice) -> None:
    """Plan the same notice for who stands next, with whom it was meant for; it goes in working hours, at once."""
    day = clock.today()
    directory = Directory(session, day)
    lost = {*cut_off(session), *_passed_by(notice)}  # or the Office's people would hand it round among themselves
    stand_ins = [r for r in _next(session, directory, notice, lost) if r.person_id not in lost]
    task = session.get(Task, notice.task_id) if notice.task_id else None
    facts = {k: v for k, v in notice.facts.items() if k != "for_role"} | {"passed_by": _passed_by(notice)}
    occasion = Occasion(f"{notice.key}>", notice.kind, calendar_of(session).slot_at_or_after(clock.now()), task,
                        notice.event_id, True, notice.any_hour, facts)  # fmt: skip
    plan(session, occasion, stand_ins, str(notice.facts.get("for_role", "head")))


def _passed_by(notice: Notice) -> list[int]:
    return [*notice.facts.get("passed_by", ()), notice.person_id]


def _next(session: Session, directory: Directory, notice: Notice, lost: set[int]) -> list[Recipient]:
    meant_for = notice.told_id or notice.person_id
    if notice.facts.get("for_role") in COPIES:
        return []
    for post in posts_of(session, notice.person_id, directory.day):
        if post.role is Role.HEAD and post.unit_id is not None:
            deputy = directory.deputy(post.unit_id)
            if deputy is not None and directory.there(deputy) and deputy not in lost:
                return [Recipient(deputy, meant_for, "unreachable")]
    return [Recipient(r.person_id, meant_for, "unreachable") for r in directory.for_office()
            if directory.reachable(r.person_id)]  # fmt: skip
