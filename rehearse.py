"""What would be sent, to whom and when: the real jobs on a stepping clock and a database of their own."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, SQLModel, col, select

import founding
from bot.channel import Incoming
from bot.inbox import answer, receive
from bot.webchat import WebChat
from config import Settings
from department import Department
from intake import import_documents
from jobs import schedule, watch
from jobs.deliver import deliver
from models import clock
from models.base import Database
from models.calendar import calendar_of
from models.confirm import confirm
from models.directive import Directive
from models.message import KIND_ORDER, Kind, Message, MessageState
from models.moves import Actor
from models.organisation import Person, Unit
from models.recipients import Directory, person_by_short_id, posts_of, standing_role
from models.report import add_evidence
from models.rules import OFFICE_ZONE

CHANNEL = "rehearsal"


@dataclass(frozen=True)
class Answer:
    """What a person writes at a moment. `files`: paths of what they attach."""

    at: datetime
    who: str
    say: str
    files: tuple[Path, ...] = ()


class BadAnswers(ValueError):
    """The file of answers is not of the right form; the message names the entry."""


def read_answers(entries: Any) -> list[Answer]:
    """`[{"at": aware ISO instant, "who": short id, "say": words, "files": [paths]}]`. Raises BadAnswers."""
    if not isinstance(entries, list):
        raise BadAnswers("[]")
    answers = []
    for number, entry in enumerate(entries, 1):
        try:
            at = datetime.fromisoformat(entry["at"])
            answers.append(Answer(at, str(entry["who"]), str(entry["say"]), tuple(map(Path, entry.get("files") or ()))))
            if at.tzinfo is None:
                raise ValueError(entry["at"])
        except (KeyError, TypeError, ValueError) as error:
            raise BadAnswers(str(number)) from error
    return sorted(answers, key=lambda a: a.at)


def rehearse(settings: Settings, files: Sequence[tuple[str, bytes]], start: date, days: int,
             answers: Sequence[Answer] = (), department: Department | None = None) -> dict[str, Any]:  # fmt: skip
    """Play `days` days from `start`, the directive assigned (as with --waive) just before that day's first slot.

    Returns the document of `dondoc rehearse --json`. Raises what intake raises, and BadAnswers for an unknown person.
    """
    was_moved, before = clock.is_moved(), clock.now()
    database = Database("sqlite://", settings.rules)
    SQLModel.metadata.create_all(database.engine)
    try:
        with database.write() as session:
            founding.found(session, department or settings.department, settings.days_off, settings.workdays)
            founding.link_all_to_web(session)
            first = calendar_of(session).first_slot(start)
        clock.stand_at(first - timedelta(seconds=1))
        number, duties = _assign(database, files, start)
        asyncio.run(_play(database, start, days, answers))
        with database.read() as session:
            messages = list(_messages(session))
        return {"directive": number, "from": start.isoformat(), "days": days, "tasks": duties, "messages": messages}
    finally:
        database.close()
        clock.stand_at(before) if was_moved else clock.run_free()


def _assign(database: Database, files: Sequence[tuple[str, bytes]], start: date) -> tuple[str | None, int]:
    with database.write() as session:
        clerk = _clerk(session)
        draft = import_documents(session, files, received_on=start, actor=Actor(clerk, CHANNEL))
        made = confirm(session, draft.directive_id, Actor(clerk, CHANNEL), waive=True)
        directive = session.get(Directive, draft.directive_id)
        return directive.number if directive else None, sum(not task.is_parent for task in made)


def _clerk(session: Session) -> int | None:
    return next(iter(Directory(session, clock.today()).office()), None)


async def _play(database: Database, start: date, days: int, answers: Sequence[Answer]) -> None:
    """Step from moment to moment: every slot, every answer, and the end of each answer's take-back time."""
    channels = {"web": WebChat()}
    with database.read() as session:
        moments = list(_slots(calendar_of(session), start, days))
    end = clock.at_local(start + timedelta(days), datetime.min.time())
    window = timedelta(minutes=database.rules.take_back_minutes, seconds=1)
    queue: list[tuple[datetime, int, int]] = [(slot, 0, 0) for slot in moments]
    for place, one in enumerate(answers):
        queue += [(one.at, 1, place), (one.at + window, 2, 0)]
    heapq.heapify(queue)
    while queue:
        at, what, place = heapq.heappop(queue)
        if at.astimezone(OFFICE_ZONE) >= end or at < clock.now():
            continue
        clock.stand_at(at)
        watch.seal_the_day(database)
        if what == 1:
            _say(database, answers[place], place)
        schedule.tick(database)
        await deliver(database, channels)


def _slots(calendar: Any, start: date, days: int) -> Iterator[datetime]:
    for n in range(days):
        day = start + timedelta(n)
        if calendar.is_working(day):
            yield from (clock.at_local(day, slot) for slot in calendar.rules.slots)


def _say(database: Database, one: Answer, place: int) -> None:
    with database.write() as session:
        person = person_by_short_id(session, one.who)
        if person is None:
            raise BadAnswers(one.who)
        kinds = tuple("photo" if p.suffix.lower() in (".jpg", ".jpeg", ".png") else "file" for p in one.files)
        inbox_id = receive(session, channel="web", bot="", message_key=f"rehearsal:{place}", chat_id=one.who,
                           incoming=Incoming(text=one.say, attachments=kinds), person_id=person.id)  # fmt: skip
        assert inbox_id is not None
        for path in one.files:
            add_evidence(session, by_id=person.id or 0, name=path.name, media_type="application/octet-stream",
                         data=path.read_bytes(), inbox_id=inbox_id)  # fmt: skip
    answer(database, inbox_id)


def _messages(session: Session) -> Iterator[dict[str, Any]]:
    """Every message sent that answers nobody's own words, in the order of sending."""
    query = (
        select(Message)
        .where(Message.state == MessageState.SENT, Message.inbox_id == None)  # noqa: E711
        .order_by(col(Message.sent_at), col(Message.id))
    )
    for message in session.exec(query).all():
        person = session.get(Person, message.person_id)
        assert person is not None and message.sent_at is not None
        posts = posts_of(session, person.id or 0, message.sent_at.astimezone(OFFICE_ZONE).date())
        role = standing_role(posts)
        own = next((post for post in posts if post.role is role), None)
        unit = session.get(Unit, own.unit_id) if own and own.unit_id else None
        kinds = sorted({Kind(kind) for kind in message.kinds}, key=KIND_ORDER.__getitem__)
        yield {"at": _local(message.sent_at), "to_id": person.short_id, "to": _name(person, own),
               "role": role.value if role else None, "unit": unit.code if unit else None, "kind": kinds[0].value,
               "kinds": [kind.value for kind in kinds], "tasks": [f"NV{n}" for n in message.tasks],
               "text": message.text}  # fmt: skip


def _name(person: Person, post: Any) -> str:
    return f"{person.name}, {post.title}" if post and post.title else person.name


def _local(moment: datetime) -> str:
    return moment.astimezone(OFFICE_ZONE).isoformat(timespec="seconds")
