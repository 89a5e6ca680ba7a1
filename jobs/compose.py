"""What messages say: rendered from the notices that still hold, and kept as sent.

Everything that the messages of one transaction are made from is asked at once, and what is kept of them is written at
once: one by one, a message cost more than all the rest of its way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from bot.attached import Button
from bot.prompts import Question, close, open_prompts
from bot.render import Rendered, Weekly, holds, render
from bot.rendering.view import office_of
from jobs.notices import drop
from jobs.waited import outlived
from models import clock
from models.base import connection_of
from models.directive import Directive
from models.inserting import looked_up, rows_of
from models.message import Message, MessageState, Notice, NoticeState
from models.organisation import Person
from models.recipients import know_posts
from models.rules import OFFICE_ZONE
from models.task import Task

_message, _notice = Message.__table__, Notice.__table__
_SET = update(_message).where(_message.c.id == bindparam("message"))
_NOTICES = (
    select(_notice)
    .where(_notice.c.message_id.in_(bindparam("messages", expanding=True)))
    .order_by(_notice.c.message_id, _notice.c.id)
)
Row = Any
"""A message's row; SQLAlchemy types a row by its tuple, which says nothing of its names."""


@dataclass
class Said:
    """What a message says, and the question that its buttons answer, once that is open."""

    text: str
    buttons: list[dict[str, Any]]
    prompt_id: int | None
    kinds: list[str]


def end(session: Session, message_id: int, state: MessageState, reason: str | None = None, **values: Any) -> None:
    """Nothing more is to be done about a message."""
    release(session, message_id, state=state, reason=reason, **values)


def release(session: Session, message_id: int, **values: Any) -> None:
    """Let go of a message."""
    freed = {"message": message_id, "claim_token": None, "claimed_until": None}
    connection_of(session).execute(_SET, freed | values)


def notices_of(session: Session, messages: Collection[int]) -> dict[int, list[Notice]]:
    """The notices of each of these messages, as they are now."""
    found = defaultdict[int, list[Notice]](list)
    for notice in rows_of(session, Notice, _NOTICES, messages=list(messages)) if messages else ():
        found[notice.message_id or 0].append(notice)
    return found


class Composer:
    """For the messages of one transaction: `compose` one after the other, then `keep` what they say."""

    def __init__(self, session: Session, report: Weekly, messages: Collection[Row]) -> None:
        self._session, self._report = session, report
        self._made: list[tuple[Row, Said, Rendered]] = []
        self._notices = notices_of(session, [message.id for message in messages])
        people = sorted({message.person_id for message in messages} - {None})
        tasks = looked_up(session, Task, {one.task_id for of_one in self._notices.values() for one in of_one})
        directives = looked_up(session, Directive, {task.directive_id for task in tasks.values()})
        # As long as they are held, the session gives them to whoever asks.
        self._held = tasks, directives, looked_up(session, Person, people)
        if people:
            know_posts(session, people, clock.today())
            office_of(session, clock.today()).know(people)

    def compose(self, message: Row) -> Said | None:
        """A claimed message from its notices that still hold; None (and dropped) when nothing is left."""
        session, at = self._session, message.slot_at or clock.now()
        good = self._good(message, at)
        if not good:
            end(session, message.id, MessageState.DROPPED, "nothing_left")
            return None
        made = render(session, message.person_id or 0, good, at, self._report)
        if message.prompt_id is not None:  # of an earlier try: this one asks anew, perhaps about less
            close(session, [message.prompt_id])
        said = Said(made.text, [], message.prompt_id, list(made.kinds))
        self._made.append((message, said, made))
        return said

    def keep(self) -> None:
        """Open the questions of what was composed, and keep it as it is sent."""
        asking = [one for one in self._made if one[2].prompt_kind is not None]
        opened = open_prompts(self._session, [
            Question(message.person_id or 0, made.prompt_kind or "", made.prompt_tasks, message.id)
            for message, _, made in asking
        ])  # fmt: skip
        for (_, said, _), prompt_id in zip(asking, opened, strict=True):
            said.prompt_id = prompt_id
        for _, said, made in self._made:
            own = said.prompt_id if made.prompt_kind is not None else 0
            said.buttons = [Button(tap.label, tap.number, 0 if tap.url else tap.prompt or own or 0, tap.task,
                                   tap.url).as_json() for tap in made.buttons]  # fmt: skip
        if self._made:
            connection_of(self._session).execute(_SET, [
                {"message": message.id, "text": said.text, "kinds": said.kinds, "tasks": list(made.tasks),
                 "buttons": said.buttons, "prompt_id": said.prompt_id} for message, said, made in self._made
            ])  # fmt: skip

    def _good(self, message: Row, at: datetime) -> list[Notice]:
        """The notices that hold; the others are dropped."""
        notices = [one for one in self._notices[message.id] if one.state is NoticeState.CARRIED]
        old = outlived(self._session, message, notices)
        at_now = max(at, clock.now()) if clock.today() > at.astimezone(OFFICE_ZONE).date() else at
        good = []
        for notice in notices:
            reason = "newer" if notice.id in old else holds(self._session, notice, at_now)
            if reason is None:
                good.append(notice)
            else:
                drop(self._session, [notice.id or 0], reason)
        return good
