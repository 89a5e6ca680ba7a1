"""The acts on a task as forms: their fields, and which of them this person is offered now.

Who may act is the moves' own business (`moves.check`); the page only leaves out what would be refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session, col, select

from models import clock
from models.base import rules_of
from models.calendar import calendar_of
from models.event import Event
from models.moves import MOVES, Actor, MoveError, Who, allowed, capacities, check
from models.report import current_report, open_extension
from models.task import DueSetBy, State, Task, is_late


@dataclass(frozen=True)
class Field:
    """One input. `kind`: text, area, date, time, check, unit, person, how, waiting, files."""

    name: str
    kind: str
    needed: bool = False


@dataclass(frozen=True)
class ActForm:
    """One act of the page. `verb`: the move whose rule says who and from where."""

    name: str
    verb: str
    fields: tuple[Field, ...] = ()
    behalf: bool = False


_REASON = Field("reason", "area", needed=True)
_WORDS = Field("words", "area")
_DUE, _TIME = Field("due", "date", needed=True), Field("due_time", "time")

FORMS: tuple[ActForm, ...] = (
    ActForm("acknowledge", "acknowledge", (Field("thay", "check"),)),
    ActForm("report", "report", (Field("product", "text"), Field("product_date", "date"), Field("result", "area"),
                                 Field("nil", "check"), Field("files", "files"))),
    ActForm("add_product", "report", (Field("product", "text"), Field("product_date", "date"),
                                      Field("result", "area"))),
    ActForm("progress", "progress", (Field("words", "area", needed=True), Field("promised_on", "date"),
                                     Field("waiting", "waiting"), Field("waiting_for", "text"),
                                     Field("files", "files"))),
    ActForm("ask_extension", "ask_extension", (_DUE, _TIME, Field("reason", "area"))),
    ActForm("refuse", "refuse", (_REASON,)),
    ActForm("name_focal", "name_focal", (Field("focal", "person", needed=True),)),
    ActForm("take_back", "take_back"),
    ActForm("accept", "accept", (Field("checked", "check"), Field("objective_cause", "text"))),
    ActForm("return", "return", (_REASON,)),
    ActForm("forward", "forward", (Field("opinion", "area"),)),
    ActForm("extend", "extend", (_DUE, _TIME, Field("permit", "text"), _WORDS)),
    ActForm("decline", "decline", (_WORDS,)),
    ActForm("instruct", "instruct", (Field("words", "area", needed=True),)),
    ActForm("remind", "remind"),
    ActForm("hold", "hold", (Field("until", "date"),)),
    ActForm("reassign", "reassign", (Field("unit", "unit", needed=True), Field("reason", "area"))),
    ActForm("correct", "correct", (Field("title", "text", needed=True), Field("due", "date"), _TIME,
                                   Field("internal_due", "date"), Field("review_on", "date"), _REASON)),
    ActForm("confirm_cause", "confirm_cause", (Field("objective_cause", "text", needed=True),)),
    ActForm("suspend", "suspend", (_REASON,)),
    ActForm("resume", "resume"),
    ActForm("reopen", "reopen", (_REASON,)),
    ActForm("withdraw", "withdraw", (_REASON,)),
)  # fmt: skip
BY_NAME = {form.name: form for form in FORMS}
BEHALF_FIELDS = (Field("said_by", "text", needed=True), Field("how", "how"))


def offered(session: Session, person_id: int, task: Task) -> list[ActForm]:
    """What this person may do to this task now, as forms; acts on behalf of the unit last."""
    return [*_own(session, person_id, task), *_on_behalf(session, person_id, task)]


def _own(session: Session, person_id: int, task: Task) -> Iterator[ActForm]:
    actor = Actor(person_id)
    held = capacities(session, person_id, task)
    for form in FORMS:
        if not _fits(session, form, task, held, person_id):
            continue
        if form.name == "add_product":
            if allowed(session, "report", actor, task):
                yield form
        elif _passes(session, form.verb, actor, task):
            yield form


def _on_behalf(session: Session, person_id: int, task: Task) -> Iterator[ActForm]:
    actor = Actor(person_id, behalf=True)
    held = capacities(session, person_id, task)
    for form in FORMS:
        if not MOVES[form.verb].behalf or form.name in ("add_product", "name_focal"):
            continue
        if not _fits(session, form, task, held, person_id):
            continue
        own = _passes(session, form.verb, Actor(person_id), task)
        if not own and _passes(session, form.verb, actor, task):
            fields = tuple(one for one in form.fields if one.name != "thay")
            yield replace(form, fields=(*BEHALF_FIELDS, *fields), behalf=True)


def _passes(session: Session, verb: str, actor: Actor, task: Task) -> bool:
    try:
        check(session, verb, actor, task, reason="?")
    except MoveError:
        return False
    return True


def _fits(session: Session, form: ActForm, task: Task, held: set[Who], person_id: int) -> bool:
    """Is there anything to do this to? Beyond who may and from which state."""
    asked = open_extension(session, task.id or 0)
    match form.name:
        case "add_product":
            made = current_report(session, task.id or 0)
            return task.state is State.REPORTED and made is not None and not made.product_number
        case "ask_extension" | "extend":
            return task.due_on is not None
        case "decline":
            return asked is not None
        case "forward":
            return asked is not None and task.due_set_by is DueSetBy.LEADER and Who.SETTER not in held
        case "hold":
            return task.due_on is not None and is_late(task, calendar_of(session), clock.now())
        case "confirm_cause":
            return task.objective_cause is None and (
                task.late_events > 0 or is_late(task, calendar_of(session), clock.now())
            )
        case "take_back":
            return _can_take_back(session, task, person_id)
    return True


def _can_take_back(session: Session, task: Task, person_id: int) -> bool:
    last = session.exec(select(Event).where(Event.subject == f"task:{task.id}").order_by(col(Event.seq).desc())).first()
    if last is None or last.actor_id != person_id or last.verb not in MOVES or not MOVES[last.verb].take_back:
        return False
    return clock.now() <= last.at + timedelta(minutes=rules_of(session).take_back_minutes)
