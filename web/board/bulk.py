"""One act on the ticked tasks of a list: what would happen to each is shown first, then done in one transaction, and it
can be undone as one.

The page carries how much had happened to each task when it was made. If anything has happened since to one of them,
nothing is done: the page comes back, shows what changed, and the person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import col, func, select
from starlette.responses import Response

from bot.refusals import sentence
from models import clock
from models.base import rules_of
from models.bulk import MOST, REMIND_HOLD, VERBS, BulkAct, NotInBulk, Wanted, carry_out, hindrance
from models.event import Event
from models.inserting import looked_up
from models.moves import MoveError
from models.organisation import Unit
from models.recipients import Directory
from models.task import Task
from models.undoing import Standing, standings, undo
from web.asking import Ask, Stop
from web.task.acts import LONGEST_TEXT, day, hour
from web.task.back import way_back
from web.task.forms import Field
from web.task.history import Step, names_of, steps
from web.task.page import units_today
from web.uploads import whole_number

FIELDS: dict[str, tuple[Field, ...]] = {
    "remind": (),
    "reassign": (Field("unit", "unit", needed=True), Field("reason", "area")),
    "extend": (Field("due", "date", needed=True), Field("due_time", "time"), Field("reason", "area")),
    "withdraw": (Field("reason", "area", needed=True),),
    "update_there": (),
}
"""What each act on several tasks needs to know."""


@dataclass(frozen=True)
class Line:
    """One task of the act. `seen`: how much has happened to it. `cannot`: why nothing is done to it, as a sentence.
    `told`: who gets the reminder. `changed`: what happened since the page before was made."""

    task: Task
    unit: Unit | None
    seen: int
    cannot: str
    told: tuple[str, ...]
    changed: tuple[Step, ...]


def act(ask: Ask) -> Response:
    """POST /tasks/bulk: with `confirm` it is done to all of the tasks or to none; before that it is shown."""
    wanted, picked = _wanted(ask), _picked(ask)
    if not ask.form.get("confirm") or _missing(ask, wanted.verb):
        return show(ask)
    tasks = [task for task, _ in picked]
    ids = [task.id for task in tasks]
    ask.session.exec(select(Task.id).where(col(Task.id).in_(ids)).order_by(col(Task.id)).with_for_update()).all()
    now = _seen(ask, tasks)
    if any(seen is None or seen != now[task.id] for task, seen in picked):
        raise Stop(409, "web.bulk.changed")
    if any(hindrance(ask.session, wanted, ask.actor, task) is not None for task in tasks):
        raise Stop(409, "web.bulk.hindered")
    made = carry_out(ask.session, wanted, tasks, ask.actor)
    back = way_back(ask)
    return ask.go(f"/bulk/{made.id}", done=f"bulk_{made.verb}", **({"back": back} if back else {}))


def show(ask: Ask) -> Response:
    """What would happen to each task; or, while something is missing, what is to be filled in."""
    verb = ask.form.get("verb")
    if not (ask.me.office or ask.me.leader) or verb not in VERBS:
        raise Stop(400, "web.bulk.no_verb")  # only behind a refusal, which has said so
    missing = _missing(ask, verb)
    try:
        wanted, unread = _wanted(ask), False
    except Stop:  # only behind a refusal, which has said so: what was typed is shown again
        wanted, unread = Wanted(verb), True
    asking = bool(missing or unread or ask.form.get("edit"))
    lines = _lines(ask, wanted)
    doable = [line for line in lines if not line.cannot]
    return ask.page(
        "bulk.html", verb=verb, lines=lines, doable=doable, fields=FIELDS[verb], typed=ask.form.flat(),
        asking=asking, units=units_today(ask), people=[], unit=ask.session.get(Unit, wanted.unit_id or 0),
        wanted=wanted, back=way_back(ask), told={name for line in doable for name in line.told},
        hold=_hold(ask, verb), today=clock.today(), changed=any(line.changed for line in lines),
    )  # fmt: skip


def result(ask: Ask) -> Response:
    """GET /bulk/7: what was done to which task, and whether it still can be undone."""
    kept = _kept(ask)
    found = standings(ask.session, kept)
    until = kept.at + timedelta(minutes=rules_of(ask.session).take_back_minutes)
    mine = kept.by_id == ask.me.id
    can = [one for one in found if mine and not one.undone and one.why is None]
    units = looked_up(ask.session, Unit, {one.task.unit_id for one in found})
    actors = names_of(ask, {kept.by_id, *(one.since.actor_id for one in found if one.since)})
    return ask.page("bulk_result.html", kept=kept, found=found, can=can, until=until, mine=mine, units=units,
                    actors=actors, back=way_back(ask), undone=[one for one in found if one.undone])  # fmt: skip


def take_back(ask: Ask) -> Response:
    """POST /bulk/7/undo: every task stands as before, but for those that somebody acted on since, or was told of."""
    kept = _kept(ask)
    left = _of(standings(ask.session, kept), undone=True)
    undone = undo(ask.session, kept, ask.actor)
    if not undone and not left:
        raise Stop(409, "web.bulk.nothing_undone")
    back = way_back(ask)
    return ask.go(f"/bulk/{kept.id}", done="bulk_undone", **({"back": back} if back else {}))


def _of(found: Sequence[Standing], *, undone: bool) -> list[Standing]:
    return [one for one in found if one.undone is undone]


def _kept(ask: Ask) -> BulkAct:
    kept = ask.session.get(BulkAct, ask.number("id"))
    if kept is None or not (ask.me.office or kept.by_id == ask.me.id):
        raise Stop(404, "web.bulk.no_act")
    return kept


def _hold(ask: Ask, verb: str) -> int:
    """Minutes for which nobody is told."""
    minutes = rules_of(ask.session).take_back_minutes
    return min(minutes, int(REMIND_HOLD.total_seconds()) // 60) if verb == "remind" else minutes


def _missing(ask: Ask, verb: str) -> str | None:
    return next((one.name for one in FIELDS.get(verb, ()) if one.needed and not ask.form.get(one.name)), None)


def _wanted(ask: Ask) -> Wanted:
    verb, reason = ask.form.get("verb"), ask.form.get("reason")
    if not (ask.me.office or ask.me.leader):
        raise Stop(403, "web.stop.office_does")
    if verb not in VERBS:
        raise Stop(400, "web.bulk.no_verb")
    if len(reason) > LONGEST_TEXT:
        raise Stop(400, "web.stop.field_long", field=ask.text("web.field.reason"))
    return Wanted(verb, ask.form.number("unit"), day(ask, "due"), hour(ask, "due_time"), reason)


def _picked(ask: Ask) -> list[tuple[Task, int | None]]:
    """The ticked tasks by number, each with how much the page had seen of it (None: it came from a list)."""
    ticked: dict[int, int | None] = {}
    for value in ask.form.all("task"):
        number, _, seen = value.removeprefix("NV").partition(".")
        found = whole_number(number)
        if found is None:
            raise Stop(400, "web.stop.broken_form")
        ticked[found] = whole_number(seen)
    if not ticked:
        raise Stop(400, "web.bulk.none")
    if len(ticked) > MOST:
        raise Stop(400, "web.bulk.too_many", count=len(ticked), most=MOST)
    tasks = ask.session.exec(select(Task).where(col(Task.number).in_(ticked)).order_by(col(Task.number))).all()
    if len(tasks) < len(ticked):
        gone = min(set(ticked) - {task.number for task in tasks})
        raise Stop(404, "web.stop.no_task", code=f"NV{gone}")
    return [(task, ticked[task.number]) for task in tasks]


def _seen(ask: Ask, tasks: Sequence[Task]) -> dict[int | None, int]:
    """How much has happened to each of these tasks: the place of its last event."""
    query = (
        select(Event.task_id, func.max(Event.seq))
        .where(col(Event.subject).in_([f"task:{task.id}" for task in tasks]))
        .group_by(col(Event.task_id))
    )
    return {task.id: 0 for task in tasks} | dict(ask.session.exec(query).all())


def _lines(ask: Ask, wanted: Wanted) -> list[Line]:
    picked = _picked(ask)
    tasks = [task for task, _ in picked]
    units = looked_up(ask.session, Unit, {task.unit_id for task in tasks})
    seen, heads = _seen(ask, tasks), _Heads(ask)
    asked = wanted if wanted.reason else replace(wanted, reason="?")  # it is not asked for yet
    lines = []
    for task, before in picked:
        error = hindrance(ask.session, asked, ask.actor, task)
        told = heads.of(task) if wanted.verb == "remind" and error is None else ()
        changed = _changed(ask, task, before) if before is not None and before != seen[task.id] else ()
        lines.append(Line(task, units.get(task.unit_id), seen[task.id], _said(ask, error), told, changed))
    return lines


def _said(ask: Ask, error: MoveError | None) -> str:
    if error is None:
        return ""
    if isinstance(error, NotInBulk):
        return ask.text(f"web.bulk.cannot.{error.details['why']}")
    return sentence(error, ask.language, on_board=True)


def _changed(ask: Ask, task: Task, before: int) -> tuple[Step, ...]:
    events = ask.session.exec(
        select(Event).where(Event.subject == f"task:{task.id}", col(Event.seq) > before).order_by(col(Event.seq))
    ).all()
    return tuple(steps(ask, task, events))


class _Heads:
    """Who gets what is meant for a unit's head today, each unit asked once."""

    def __init__(self, ask: Ask) -> None:
        self.ask, self.directory = ask, Directory(ask.session, clock.today())
        self.known: dict[int | None, tuple[str, ...]] = {}

    def of(self, task: Task) -> tuple[str, ...]:
        """Their names."""
        if task.unit_id not in self.known:
            people = [one.person_id for one in self.directory.for_head(task.unit_id or 0)]
            names = names_of(self.ask, people)
            self.known[task.unit_id] = tuple(names[one] for one in people if one in names)
        return self.known[task.unit_id]
