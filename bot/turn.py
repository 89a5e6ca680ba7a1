"""One turn: a message, the scene it is said in, and what comes of it: lines of one reply, questions, buttons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session

from bot import refusals, texts
from bot.acts import Act, Do, PromptView, Verb
from bot.channel import Incoming
from bot.prompts import ALONE, close
from bot.scene import Stage, TaskRow, fresh
from bot.speaker import Speaker
from bot.understanding.words import clean
from models.moves import Actor, MoveError, NoSuchTask
from models.recipients import title_of

HOW = {"phone": "telephone", "paper": "paper", "mail": "mail"}
"""How the Office was told, as the history keeps it; the words for it are in the catalogues."""


@dataclass(frozen=True)
class Question:
    """What the reply asks: a step of a dialogue, kept as a prompt. `taps`: numbers offered as buttons, each for `tasks`
    together or, with `each`, for one task apiece."""

    kind: str
    tasks: tuple[int, ...]
    about: dict[str, Any]
    taps: tuple[int, ...] = ()
    each: bool = False


@dataclass
class Turn:
    """`at`: when the message came (UTC), which is a report's moment. `totals`: what a group may read; everything else
    goes to the speaker's own chat. `hears`: units whose totals those may be (None: the whole office's). `began`: the
    question whose message began what this one completes."""

    session: Session
    speaker: Speaker
    stage: Stage
    incoming: Incoming
    inbox_id: int | None
    at: datetime
    channel: str
    hears: tuple[int | None, ...] = (None,)
    lines: list[str] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    acted: set[int] = field(default_factory=set)
    undoable: bool = False
    began: PromptView | None = None

    @property
    def language(self) -> str:
        return self.speaker.language

    @property
    def prompts(self) -> tuple[PromptView, ...]:
        return self.stage.prompts

    def text(self, key: str, **values: Any) -> str:
        """A sentence in the speaker's language."""
        return texts.text(key, self.language, **values)

    def say(self, key: str, **values: Any) -> None:
        """Add a line to the reply."""
        line = self.text(key, **values)
        self.lines.append(line[:1].upper() + line[1:])

    def day(self, value: date) -> str:
        """A date with its weekday."""
        return texts.day(value, self.language)

    def row(self, number: int) -> TaskRow | None:
        """A task the speaker may know of, as it was when the message came."""
        return self.stage.rows.get(number)

    def again(self, number: int) -> TaskRow:
        """The task as it is now, after a move; kept for whatever comes next in this message."""
        row = fresh(self.session, number)
        assert row is not None
        self.stage.rows[number] = row
        return row

    def actor(self, act: Act | None = None) -> Actor:
        """Who acts; for a unit, when the Office says what came by telephone or on paper."""
        if act is None or not act.on_behalf:
            return Actor(self.speaker.id, self.channel)
        return Actor(
            self.speaker.id, self.channel, behalf=True, said_by=self.person_name(act.person), how=HOW.get(act.how or "")
        )

    def actor_for(self, act: Act, row: TaskRow) -> Actor:
        """The Office acts for another unit only by saying how it was told; for its own unit it acts itself."""
        own = row.unit_id in self.speaker.units or row.focal_id == self.speaker.id
        return self.actor() if own else self.actor(act)

    def named_rows(self, act: Act) -> Iterator[TaskRow]:
        """The tasks of an act, one by one. A code that the speaker may not know of, and a move that cannot be made,
        become a sentence each, and the other tasks go on: use it with `refusing()`."""
        for number in act.tasks:
            row = self.row(number)
            if row is None:
                self.lines.append(refusals.sentence(NoSuchTask(act.verb.value, number=number), self.language))
            else:
                yield row

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """A move that cannot be made becomes one sentence of the reply. The models move first, so nothing is half
        done."""
        try:
            yield
        except MoveError as error:
            self.lines.append(refusals.sentence(error, self.language))

    def evidence(self) -> int | None:
        """The inbox row whose pictures belong to this act: the message that began it, else this one."""
        if self.began is not None and self.began.about.get("inbox"):
            return int(str(self.began.about["inbox"]))
        return self.inbox_id if self.incoming.attachments else None

    def how(self, act: Act) -> str:
        """By telephone, on paper: as the Office said it, and who said so."""
        said = self.person_name(act.person)
        how = self.text(f"how.{HOW.get(act.how or '', 'unsaid')}")
        return self.text("how.said", how=how, name=said) if said else how

    def words(self, act: Act) -> str:
        """What was said, verbatim: by this message, or by the one that it only completes."""
        if self.began is not None and self.began.kind in ("which_task", "which_act", "confirm", "ask_absence", "draft"):
            return str(self.began.about.get("words") or act.words)
        return act.words if self.incoming.press is not None else self.incoming.text.strip()

    def verbatim(self, said: str | None) -> str | None:
        """A part of the message as it was typed: understanding works on lower case and written-out short forms."""
        if not said:
            return said
        text = self.incoming.text
        place = text.casefold().find(said.casefold())
        if place >= 0:
            return text[place : place + len(said)]
        ends = (text[word.start() :].strip() for word in re.finditer(r"\S+", text))
        return next((end for end in ends if clean(end) == said), said)

    def person_name(self, person_id: int | None) -> str | None:
        """The name of somebody in the department."""
        return next((one.name for one in self.stage.named.people if one.id == person_id), None)

    def titled(self, person_id: int | None) -> str:
        """Title and name of somebody in the department: Phó Giám đốc Lê Thị Hà."""
        return " ".join(part for part in (self.title(person_id), self.person_name(person_id)) if part)

    def title(self, person_id: int | None) -> str:
        """The title of somebody's post: Giám đốc; empty for none."""
        return title_of(self.session, person_id) if person_id is not None else ""

    def unit_name(self, code: str | None) -> str | None:
        """The name of a unit."""
        return next((one.name for one in self.stage.named.units if one.code == code), None)

    def ordinal(self, number: int) -> str:
        """lần thứ nhất, hai, ba; from six on in figures."""
        return self.text(f"ordinal.{number}") if number <= 5 else str(number)

    def label(self, row: TaskRow) -> str:
        """NV12 (Báo cáo kết quả số hóa hồ sơ TTHC)."""
        return f"NV{row.number} ({row.title})"

    def due(self, row: TaskRow) -> str:
        """hạn thứ Sáu 27/11/2026; or: không có thời hạn, rà soát …"""
        if row.due_on is not None:
            return self.text("due", due=texts.due_words(row.due_on, row.due_time, self.language))
        return self.text("due.review", day=self.day(row.review_on)) if row.review_on else self.text("due.none")

    def ask(
        self, kind: str, tasks: Iterable[int], act: Act, *, taps: Sequence[int] = (), each: bool = False, **more: Any
    ) -> None:
        """Leave a question open; what the message already said is kept in it, and so is its own moment."""
        first = self.began.about if self.began is not None else {}
        about = (
            {
                "verb": act.verb.value,
                "words": self.words(act),
                "act": as_json(replace(act, words=self.words(act))),
                "at": first.get("at") or self.at.isoformat(),
                "inbox": first.get("inbox") or self.inbox_id,
            }
            | {name: json_value(getattr(act, name)) for name in ("date", "time", "product", "reason")}
            | more
        )
        self.questions.append(Question(kind, tuple(tasks), about, tuple(taps), each))

    def close_moot(self) -> None:
        """Steps that this message answered or passed over are closed."""
        tasks = self.acted
        moot = [p.id for p in self.prompts if p.kind in ALONE and tasks and (tasks & set(p.tasks) or not p.tasks)]
        if self.began is not None:
            moot.append(self.began.id)
        close(self.session, moot)


def json_value(value: Any) -> Any:
    """Dates and hours as ISO text."""
    return value.isoformat() if isinstance(value, (date, time)) else value


def as_json(act: Act) -> dict[str, Any]:
    """An act as a prompt keeps it, without what it does not state."""
    return {name: json_value(value) for name, value in asdict(act).items() if value not in (None, "", (), False)}


def act_of(kept: dict[str, Any], **changed: Any) -> Act:
    """The act that a prompt kept, to be carried out now."""
    known = {one.name for one in fields(Act)}
    values = {name: value for name, value in kept.items() if name in known}
    values["verb"], values["do"] = Verb(values["verb"]), Do.ACT
    values["tasks"] = tuple(values.get("tasks") or ())
    for name in ("date", "until"):
        values[name] = date.fromisoformat(values[name]) if values.get(name) else None
    values["time"] = time.fromisoformat(values["time"]) if values.get("time") else None
    values["then"] = None
    return replace(Act(**values), **changed)
