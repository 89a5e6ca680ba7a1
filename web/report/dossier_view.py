"""Everything a directive's file holds, gathered and put into words of one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import col, or_, select

from catalogue import sentences, text
from models import clock
from models.calendar import calendar_of
from models.directive import Directive, Instruction
from models.event import Event, Seal
from models.filing import Letter, letters, proofs
from models.lateness import leaders_units
from models.listing import official_category
from models.organisation import Department, Unit
from models.rules import OFFICE_ZONE
from models.task import Category, CoUnit, Task
from papers.decree.naming import KINDS, short_day
from papers.dossier import Act, Duty, File, Line, Proof, Said
from web.asking import Ask
from web.task.history import Step, names_of, steps
from web.words import value_words

DRAFTING = "draft_"
"""Verbs of what a clerk did to a draft before it was assigned: kept with the draft, not in the file."""


def file_of(ask: Ask, directive: Directive, language: str) -> File:
    """The file as it stands now."""
    return _Gathered(ask, directive, language).file()


class _Gathered:
    """All rows of one file, asked for once, and how they are said."""

    def __init__(self, ask: Ask, directive: Directive, language: str) -> None:
        self.ask, self.session, self.directive, self.language = ask, ask.session, directive, language
        self.has = sentences(language).__contains__
        self.tasks = self.session.exec(
            select(Task).where(Task.directive_id == directive.id).order_by(col(Task.number))
        ).all()
        self.ids = [task.id or 0 for task in self.tasks]
        self.instructions = self.session.exec(
            select(Instruction)
            .where(or_(Instruction.directive_id == directive.id, col(Instruction.task_id).in_(self.ids)))
            .order_by(col(Instruction.id))
        ).all()
        subjects = [f"task:{one}" for one in self.ids]
        found = self.session.exec(select(Event).where(col(Event.subject).in_(subjects)).order_by(col(Event.seq))).all()
        self.events: dict[int | None, list[Event]] = {}
        for event in found:
            self.events.setdefault(event.task_id, []).append(event)
        self.units = dict(self.session.exec(select(Unit.id, Unit.name)).all())
        self.codes = {task.id: task.code for task in self.tasks}
        self.letters = self._letters()
        self.proofs = proofs(self.session, self.ids, [one.id or 0 for one in self.instructions])
        self.names = names_of(ask, self._people())

    def file(self) -> File:
        """The whole of it."""
        one = self.directive
        kind = self.say(f"papers.doc.kind.{one.kind if one.kind in KINDS else 'other'}")
        title = " ".join(filter(None, (kind, one.number or one.source, self._of_day(one.issued_on))))
        return File(
            office=self.session.get_one(Department, 1).name, title=title, code=one.file_code or "",
            retention=one.retention or "", opened=self._day(one.registered_at), made=self._moment(clock.now()),
            facts=tuple(self._facts(kind)), said=tuple(self._said()), duties=tuple(map(self._duty, self.tasks)),
            acts=tuple(self._own_acts()), letters=tuple(map(self._line, self.letters)),
            proofs=tuple(map(self._proof, self.proofs)), seal=tuple(self._seal()),
        )  # fmt: skip

    def say(self, key: str, **values: Any) -> str:
        """A sentence in the file's language."""
        return text(key, self.language, **values)

    def _people(self) -> Iterable[int | None]:
        yield self.directive.registered_by
        for said in self.instructions:
            yield from (said.leader_id, said.entered_by)
        yield from (one.person_id for one in self.letters)
        yield from (one.by_id for one in self.proofs)

    def _letters(self) -> list[Letter]:
        since = self.directive.assigned_at or self.directive.registered_at
        people = {one.actor_id for events in self.events.values() for one in events if one.actor_id is not None}
        return letters(self.session, {task.id or 0: task.number for task in self.tasks}, people, since)

    def _facts(self, kind: str) -> Iterable[tuple[str, str]]:
        one = self.directive
        arrival = ", ".join(filter(None, (one.arrival_number, short_day(one.received_on))))
        registered = f"{self._name(one.registered_by)}, {self._moment(one.registered_at)}".strip(", ")
        recalled = ", ".join(filter(None, (one.recalled_by, short_day(one.recalled_on))))
        old = self.session.get(Directive, one.replaces_id) if one.replaces_id else None
        values = {
            "kind": kind, "number": one.number, "issued": short_day(one.issued_on), "issuer": one.issuer,
            "signer": one.signer, "subject": one.subject, "urgency": one.urgency, "arrival": arrival,
            "source": one.source, "sha": one.sha256, "registered": registered,
            "assigned": self._moment(one.assigned_at) if one.assigned_at else "", "recalled": recalled,
            "replaces": (old.number or old.source) if old else "",
        }  # fmt: skip
        return ((self.say(f"papers.doc.file.fact.{name}"), value) for name, value in values.items() if value)

    def _said(self) -> Iterable[Said]:
        for one in self.instructions:
            about = self.say("papers.doc.file.about", code=self.codes[one.task_id]) if one.task_id in self.codes else ""
            who, at = self._name(one.entered_by), self._moment(one.entered_at)
            entered = self.say("papers.doc.file.entered", who=who, at=at)
            yield Said(self._name(one.leader_id), short_day(one.said_on), about, one.words, entered)

    def _duty(self, task: Task) -> Duty:
        events = self.events.get(task.id, [])
        co_units = self.session.exec(select(CoUnit.unit_id).where(CoUnit.task_id == task.id)).all()
        unit = self.units.get(task.unit_id, "")
        if co_units:
            unit += self.say("web.file.with", units=", ".join(self.units[one] for one in co_units))
        head = self.say("papers.doc.file.head", count=len(events), hash=events[-1].hash) if events else ""
        none = "" if task.is_parent else self.say("papers.doc.category.khong_han")
        due = short_day(task.due_on, task.due_time) or none
        if task.original_due and task.original_due != task.due_on:
            due += self.say("web.file.first_due", day=short_day(task.original_due))
        acts = tuple(self._act(one, task.title) for one in steps(self.ask, task, events))
        whole = next((one for one in self.tasks if one.id == task.parent_id and one.text == task.text), None)
        words = self.say("web.file.same", code=whole.code) if whole else task.text
        return Duty(task.code, task.item or "", task.title, words, unit, due, self._status(task), acts, head)

    def _status(self, task: Task) -> str:
        """The official category; of what has no date or is in no rate, the state."""
        if task.is_parent:
            return self.say("web.file.parent")
        found = official_category(task, calendar_of(self.session), clock.now(), leaders_units(self.session))
        if found in (None, Category.NO_DUE):
            return self.say(f"papers.doc.state.{task.state.value}")
        return self.say(f"papers.doc.category.{found.value}")

    def _act(self, step: Step, title: str) -> Act:
        """`title`: of the task, which stands above its history and is not said again."""
        told = "; ".join(f"{self.say(f'web.fact.{name}')}: {self._fact(name, value)}"
                         for name, value in step.told if value != title)  # fmt: skip
        capacity = self.say(f"web.cap.{step.capacity}")
        return Act(self._moment(step.at), step.who, capacity, self._verb(step.verb), told)

    def _fact(self, name: str, value: Any) -> str:
        key = {"how": f"web.how.{value}", "undone": f"web.verb.{value}"}.get(name)
        return self.say(key) if key and self.has(key) else value_words(value, self.language)

    def _verb(self, verb: str) -> str:
        key = f"web.verb.{verb}"
        return self.say(key) if self.has(key) else verb

    def _own_acts(self) -> Iterable[Act]:
        """What happened to the document itself."""
        query = select(Event).where(Event.subject == f"directive:{self.directive.id}").order_by(col(Event.seq))
        events = [one for one in self.session.exec(query) if not one.verb.startswith(DRAFTING)]
        names = names_of(self.ask, (one.actor_id for one in events))
        for one in events:
            key = f"papers.doc.file.verb.{one.verb}"
            words = str((one.facts or {}).get("words") or "")
            capacity = self.say("web.cap.office" if one.actor_id else "web.cap.schedule")
            yield Act(self._moment(one.at), names.get(one.actor_id, ""), capacity,
                      self.say(key) if self.has(key) else self._verb(one.verb), words)  # fmt: skip

    def _line(self, one: Letter) -> Line:
        way = "failed" if one.failed else "out" if one.ours else "in"
        words = one.text
        if not words and one.pressed is not None:
            words = self.say("papers.doc.file.pressed", number=one.pressed)
        key = f"web.channel.{one.channel}"
        channel = self.say(key) if one.channel and self.has(key) else one.channel
        who = ", ".join(filter(None, (self._name(one.person_id), channel)))
        about = ", ".join(f"NV{number}" for number in one.tasks)
        return Line(self._moment(one.at), self.say(f"papers.doc.file.way.{way}"), who, about,
                    words or self.say("papers.doc.file.no_words"))  # fmt: skip

    def _proof(self, one: Any) -> Proof:
        sender = f"{self._name(one.by_id)}, {self._moment(one.received_at)}".strip(", ")
        size = self.say("web.file.bytes", size=f"{one.size:,}".replace(",", "."))
        return Proof(one.name, self.codes.get(one.task_id, ""), size, one.sha256, sender)

    def _seal(self) -> Sequence[str]:
        last = self.session.exec(select(Seal).order_by(col(Seal.id).desc()).limit(1)).first()
        if last is None:
            return (self.say("papers.doc.file.unsealed"), self.say("papers.doc.file.verify"))
        told = self.say("papers.doc.file.sealed", at=self._moment(last.at), hash=last.hash)
        return told, self.say("papers.doc.file.verify")

    def _name(self, person_id: int | None) -> str:
        return self.names.get(person_id, "") if person_id else ""

    def _of_day(self, day: Any) -> str:
        return self.say("papers.doc.of_day", day=short_day(day)).strip() if day else ""

    def _day(self, at: Any) -> str:
        return f"{at.astimezone(OFFICE_ZONE):%d/%m/%Y}"

    def _moment(self, at: Any) -> str:
        return f"{at.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}"
