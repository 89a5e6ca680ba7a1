"""The acts on a task as forms: their fields, and which of them this person is offered now.

Who may act is the moves' own business (`moves.check`); the page only leaves out what would be refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session, select

from models import clock
from models.base import rules_of
from models.calendar import calendar_of
from models.capacity import Who, capacities
from models.directive import Directive
from models.moves import Actor, MoveError, allowed, check
from models.report import current_report, open_extension
from models.taking_back import last_own_act
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
    ActForm("resume_work", "resume_work"),
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
    ActForm("name_code", "name_code", (Field("authority_code", "text"),)),
    ActForm("update_there", "update_there", (Field("updated_there_on", "date"),)),
    ActForm("confirm_there", "confirm_there", (Field("authority_confirmed_on", "date"),)),
)  # fmt: skip
BY_NAME = {form.name: form for form in FORMS}
BEHALF_FIELDS = (Field("said_by", "text", needed=True), Field("how", "how"))


def offered(session: Session, person_id: int, task: Task) -> list[ActForm]:
    """What this person may do to this task now, as forms; acts on behalf of the unit last."""
    held = capacities(session, person_id, task)
    desk = _Desk(session, person_id, task, held)
    own = [form for form in FORMS if desk.may(form) and desk.fits(form)]
    behalf = [form for form in FORMS if form not in own and desk.may(form, behalf=True) and desk.fits(form)]
    # A head stands in for nobody, and neither does the Office.
    mine = own if Who.DEPUTY in held and Who.HEAD not in held else [_without_thay(form) for form in own]
    for_unit = [_without_thay(form) for form in behalf]
    return [*mine, *(replace(form, fields=(*BEHALF_FIELDS, *form.fields), behalf=True) for form in for_unit)]


def _without_thay(form: ActForm) -> ActForm:
    return replace(form, fields=tuple(one for one in form.fields if one.name != "thay"))


@dataclass(frozen=True)
class _Desk:
    """One person before one task, in which capacities."""

    session: Session
    person_id: int
    task: Task
    held: set[Who]

    def may(self, form: ActForm, *, behalf: bool = False) -> bool:
        """Would the move be made, as far as the person and the task's state go?"""
        actor = Actor(self.person_id, behalf=behalf)
        if form.name == "add_product":
            return not behalf and allowed(self.session, form.verb, actor, self.task, self.held)
        if behalf and form.name == "name_focal":
            return False
        try:
            check(self.session, form.verb, actor, self.task, reason="?", held=self.held)
        except MoveError:
            return False
        return True

    def fits(self, form: ActForm) -> bool:
        """Is there anything to do this to?"""
        task = self.task
        match form.name:
            case "add_product":
                made = current_report(self.session, task.id or 0) if task.state is State.REPORTED else None
                return made is not None and not made.product_number
            case "ask_extension" | "extend":
                return task.due_on is not None
            case "decline":
                return open_extension(self.session, task.id or 0) is not None
            case "forward":
                ours = task.due_set_by is not DueSetBy.LEADER or Who.SETTER in self.held
                return not ours and open_extension(self.session, task.id or 0) is not None
            case "hold":
                return self._late()
            case "resume_work":
                return task.waiting is not None
            case "confirm_cause":
                return task.objective_cause is None and (task.late_events > 0 or self._late())
            case "take_back":
                last = last_own_act(self.session, task.id or 0, self.person_id)
                window = timedelta(minutes=rules_of(self.session).take_back_minutes)
                return last is not None and clock.now() <= last.at + window
            case "name_code":
                return self._from_above()
            case "update_there" | "confirm_there":
                return task.due_set_by is DueSetBy.AUTHORITY or task.authority_code is not None
        return True

    def _from_above(self) -> bool:
        """Does it come from a higher authority, which has a system of its own?"""
        task = self.task
        if task.due_set_by is DueSetBy.AUTHORITY or task.authority_code is not None or task.directive_id is None:
            return task.due_set_by is DueSetBy.AUTHORITY or task.authority_code is not None
        above = select(Directive.from_above).where(Directive.id == task.directive_id)
        return bool(self.session.exec(above).first())

    def _late(self) -> bool:
        return is_late(self.task, calendar_of(self.session), clock.now())
