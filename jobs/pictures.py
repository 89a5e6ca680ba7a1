"""Which pictures follow a message: whoever is to decide on a report sees the photos that came with it, and the weekly
report brings its picture.

A service fetches them from the site, so each has an address of its own for a short time; without a public one the text
goes alone, and names how many files there are. What the service itself made it can also give to a channel that takes
uploads.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import bindparam, select
from sqlmodel import Session

import catalogue
from bot.channel import Picture
from bot.pictures import SECONDS
from models.base import connection_of, database_of
from models.inserting import looked_up
from models.message import Kind, Notice, NoticeState
from models.moves import Actor, allowed
from models.organisation import Person
from models.report import Blob, Evidence, current_report
from models.task import Task
from models.weekly import is_frozen, monday_of
from papers.weekly.kept_picture import week_png

Address = Callable[[int | str, datetime], str]
"""Of a picture, good for a while from this moment (the database's own time): an evidence by its id, a week's report by
its Monday and language, as "2026-11-23vi"."""
TAKES = timedelta(seconds=SECONDS)
"""So much longer is a message claimed that has some."""
MOST = 3
LARGEST = 5 << 20
"""Bytes: more is not fetched from an address by Telegram, nor by Zalo."""
TYPES = ("image/jpeg", "image/png")

_notice, _evidence, _blob = Notice.__table__.c, Evidence.__table__.c, Blob.__table__.c
_person = Person.__table__.c
_REPORTED = select(_notice.task_id).where(
    _notice.message_id == bindparam("message"),
    _notice.kind == Kind.REPORTED,
    _notice.state == NoticeState.CARRIED,
    _notice.task_id.is_not(None),
)
_WEEK = select(_notice.facts, _person.language).join_from(
    Notice.__table__, Person.__table__, _person.id == _notice.person_id, isouter=True
).where(_notice.message_id == bindparam("message"), _notice.kind == Kind.DIGEST,
        _notice.state == NoticeState.CARRIED)  # fmt: skip
_PHOTOS = (
    select(_evidence.id)
    .join_from(Evidence.__table__, Blob.__table__, _blob.sha256 == _evidence.sha256)
    .where(_evidence.report_id == bindparam("report"), _evidence.media_type.in_(TYPES), _blob.size <= LARGEST)
    .order_by(_evidence.id)
    .limit(MOST)
)


def pictures_of(
    session: Session, message_id: int, person_id: int | None, address: Address, at: datetime
) -> tuple[Picture, ...]:
    """At most MOST, of the reports that the message tells of and this person may accept or return: one of each task
    before a second of any, in the order of the text."""
    found: list[list[tuple[int, int, str]]] = []
    for task in _reported(session, message_id):
        if len(found) < MOST and allowed(session, "accept", Actor(person_id), task):
            report = current_report(session, task.id or 0)
            asked = {"report": report.id if report else None}
            photos = connection_of(session).execute(_PHOTOS, asked).scalars()
            if taken := [(task.number, photo, task.code) for photo in photos]:
                found.append(taken)
    in_turn = [one for place in range(MOST) for photos in found for one in photos[place : place + 1]]
    return tuple(Picture(address(photo, at), code) for _, photo, code in sorted(in_turn[:MOST]))


def week_pictures(
    session: Session, message_id: int, address: Address | None, at: datetime, uploads: bool
) -> tuple[Picture, ...]:
    """The picture of the weekly report that the message brings, if it is frozen and can come to the chat."""
    found = connection_of(session).execute(_WEEK, {"message": message_id}).first()
    if found is None or not (address or uploads):
        return ()
    week, language = monday_of(date.fromisoformat(found.facts["week"])), found.language or "vi"
    if not is_frozen(session, week):
        return ()
    caption = catalogue.text("papers.drawing.digest.caption", language, week=f"{week:%d/%m/%Y}")
    if uploads:
        return (Picture("", caption, partial(week_png, database_of(session), week, language)),)
    return (Picture(address(f"{week.isoformat()}{language}", at), caption),) if address else ()


def _reported(session: Session, message_id: int) -> list[Task]:
    """The tasks whose reports it tells of, as its text has them."""
    ids = connection_of(session).execute(_REPORTED, {"message": message_id}).scalars()
    return sorted(looked_up(session, Task, ids).values(), key=lambda task: task.number)
