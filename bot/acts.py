"""What a message can mean: the acts, and the scene in which words are understood.

`understand.py` turns (words, Scene) into Acts without touching a database; `conversation.py` builds the Scene
from rows and carries the Acts out. Both sides depend on this file only.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Protocol


class Verb(StrEnum):
    """What somebody wants. The first ten are a unit's; the rest the Office's and the leaders'."""

    ACKNOWLEDGE = "acknowledge"
    REPORT = "report"
    PROGRESS = "progress"
    EXTENSION = "extension"
    REFUSE = "refuse"
    OVERDUE = "overdue"
    LIST = "list"
    HELP = "help"
    GREETING = "greeting"
    NONE = "none"
    ACCEPT = "accept"
    RETURN = "return"
    APPROVE = "approve"
    DENY = "deny"
    FORWARD = "forward"
    REASSIGN = "reassign"
    SUSPEND = "suspend"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    CORRECT = "correct"
    HOLD = "hold"
    REMIND = "remind"
    ORDER = "order"
    INSTRUCT = "instruct"
    ASSIGN = "assign"
    ABSENCE = "absence"
    TAKEBACK = "takeback"
    FOCAL = "focal"


class Do(StrEnum):
    """act: recorded now and said back; ask: one question comes back; quiet: nothing recorded, at most one line."""

    ACT = "act"
    ASK = "ask"
    QUIET = "quiet"


class WorkingDays(Protocol):
    """The part of models.calendar.Calendar that understanding dates needs."""

    def is_working(self, day: date) -> bool: ...
    def next_working(self, day: date) -> date: ...
    def previous_working(self, day: date) -> date: ...
    def add(self, day: date, working_days: int) -> date: ...


@dataclass(frozen=True)
class TaskView:
    """A task as the speaker may name it. `number` is the n of NVn. `state`, `task_class`: values of the enums."""

    number: int
    title: str
    unit: str
    state: str
    task_class: str
    due: date | None = None
    due_time: time | None = None
    due_set_by: str = "office"
    directive: str | None = None
    item: str | None = None
    has_open_report: bool = False
    has_open_extension: bool = False
    returned: bool = False


@dataclass(frozen=True)
class PromptView:
    """An open question in this chat. One message is one prompt, whatever number of tasks it names (R2, R3).

    `kind`: the message's kind (assigned, unconfirmed, due_soon, due_today, overdue, review, returned, reported,
    extension_asked …) or a step: ask_product, ask_result, ask_date, ask_reason, ask_progress, ask_evidence
    (photo without words), confirm (a read-back waiting for 8/9), which_task, which_act, ask_absence.
    `about`: what the step already knows (verb, date, reason, words, inbox id of the picture …).
    """

    id: int
    kind: str
    tasks: tuple[int, ...]
    about: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class PersonView:
    """Somebody who may be named: 'a Long', 'c Hà', 'anh Hùng'."""

    id: int
    name: str
    unit: str | None
    role: str


@dataclass(frozen=True)
class UnitView:
    """A unit that may be named, with every alias ('du lịch', 'QLDL', 'p. du lịch')."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scene:
    """Who speaks, when, and what lies before them.

    `role`: unit (head, deputy, focal point), office, leader, stranger (not linked). `tasks`: open tasks that the
    speaker may act on, and for Office and leaders all open ones. `prompts`: open ones, oldest first. `reply_to`:
    numbers named by the message that this one answers to. `attachments`: kinds in order (photo, file, voice, sticker,
    unsupported).
    `last_acted`: numbers of the speaker's own last act of any age; `can_take_back`: it can still be taken back.
    """

    now: datetime
    calendar: WorkingDays
    role: str
    tasks: tuple[TaskView, ...] = ()
    prompts: tuple[PromptView, ...] = ()
    reply_to: tuple[int, ...] = ()
    attachments: tuple[str, ...] = ()
    units: tuple[UnitView, ...] = ()
    people: tuple[PersonView, ...] = ()
    me: int | None = None
    own_unit: str | None = None
    head_absent: bool = False
    group: bool = False
    last_acted: tuple[int, ...] = ()
    can_take_back: bool = False


@dataclass(frozen=True)
class Act:
    """One thing meant. Fields that the words do not state stay None: nothing is invented.

    `then`: what the same reply asks or shows (conversations.md table: product, reason, result, date, which_task,
    which_act, confirm, dayoff, earlier, far, higher, leader, office, takeback, link, upload, badcode, doc, own unit …).
    `date_kind`: due (asked for), promised, product, done (claimed day), absence, hold. `until` ends a range.
    `offer`: the one day to offer when `date` is missing or cannot stand (vague, a day off).
    An absence: `absent` is away from `date` to `until`, `person` stands in (None: not said); elsewhere the one named.
    """

    verb: Verb
    do: Do
    tasks: tuple[int, ...] = ()
    then: str | None = None
    date: date | None = None
    time: time | None = None
    date_kind: str | None = None
    until: dt.date | None = None
    product: str | None = None
    reason: str | None = None
    words: str = ""
    waiting: str | None = None
    waiting_for: str | None = None
    unit: str | None = None
    person: int | None = None
    nil: bool = False
    obstacle: bool = False
    on_behalf: bool = False
    how: str | None = None
    task_unknown: bool = False
    unknown_code: str | None = None
    standing_in: bool = False
    show: str | None = None
    offer: dt.date | None = None
    absent: int | None = None
