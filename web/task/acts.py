"""What the forms of a task's page do. Who may, and from where, is the moves' own; here fields become arguments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import TypeVar

from sqlmodel import col, select, update
from starlette.responses import Response

from models import clock, extending, handling, updating_there
from models.calendar import calendar_of
from models.directive import Instruction
from models.moves import Actor, NotAllowed, allowed, move
from models.organisation import Post
from models.report import Evidence
from models.task import Task, TaskClass, Waiting
from web import evidence
from web.asking import CHANNEL, Ask, Stop
from web.task.back import go_back
from web.task.forms import BY_NAME
from web.task.page import unchanged
from web.task.view import task_asked_for

Do = Callable[[Ask, int, Actor], object]
T = TypeVar("T")
LONGEST_TEXT = 400
LONGEST = {"product": 80, "authority_code": 80}
"""Letters of a line, where the column holds fewer."""


def act(ask: Ask) -> Response:
    """POST /tasks/NV12/<act>: do it, or refuse in one sentence with nothing changed."""
    task = task_asked_for(ask)
    name = ask.request.path_params["act"]
    form = BY_NAME.get(name)
    if form is None or task.id is None:
        raise Stop(404, "web.stop.no_act")
    actor = _actor(ask)
    for field in form.fields:
        if field.needed and not ask.form.get(field.name):
            raise Stop(400, "web.stop.field_missing", field=ask.text(f"web.field.{field.name}"))
        if field.kind == "text" and len(ask.form.get(field.name)) > LONGEST.get(field.name, LONGEST_TEXT):
            raise Stop(400, "web.stop.field_long", field=ask.text(f"web.field.{field.name}"))
    unchanged(ask, task)
    DOINGS[name](ask, task.id, actor)
    return go_back(ask, f"/tasks/{task.code}", name)


def _actor(ask: Ask) -> Actor:
    if not ask.form.get("behalf"):
        return ask.actor
    said_by = ask.form.get("said_by")
    if not said_by:
        raise Stop(400, "web.stop.field_missing", field=ask.text("web.field.said_by"))
    return Actor(ask.me.id, CHANNEL, behalf=True, said_by=said_by, how=ask.form.get("how") or "telephone")


def day(ask: Ask, name: str) -> date | None:
    """A date field; None when empty. Raises Stop for what is no date."""
    found = _parsed(ask, name, date.fromisoformat)
    if found is not None and not 2000 <= found.year < 2100:
        raise Stop(400, "web.stop.date", given=ask.form.get(name))
    return found


def hour(ask: Ask, name: str) -> time | None:
    """A time field; None when empty. Raises Stop for what is no time."""
    found = _parsed(ask, name, time.fromisoformat)
    return found.replace(second=0, microsecond=0, tzinfo=None) if found else None


def _parsed(ask: Ask, name: str, parse: Callable[[str], T]) -> T | None:
    given = ask.form.get(name)
    if not given:
        return None
    try:
        return parse(given)
    except ValueError:
        raise Stop(400, "web.stop.date", given=given) from None


def _required(ask: Ask, name: str) -> date:
    value = day(ask, name)
    if value is None:
        raise Stop(400, "web.stop.field_missing", field=ask.text(f"web.field.{name}"))
    return value


def _acknowledge(ask: Ask, task_id: int, actor: Actor) -> None:
    handling.acknowledge(ask.session, task_id, actor, thay=bool(ask.form.get("thay")))


def _report(ask: Ask, task_id: int, actor: Actor) -> None:
    product, result, nil = ask.form.get("product") or None, ask.form.get("result") or None, bool(ask.form.get("nil"))
    files = evidence.taken(ask, ask.form.files)
    if not (product or result or nil or files):
        raise Stop(400, "web.stop.report_empty")
    made = handling.report(ask.session, task_id, actor, product_number=product, product_date=day(ask, "product_date"),
                           result=result, nil=nil, words=result or "")  # fmt: skip
    kept = evidence.keep(ask, files, task_id=task_id)
    ask.session.execute(update(Evidence).where(col(Evidence.id).in_([e.id for e in kept])).values(report_id=made.id))


def _add_product(ask: Ask, task_id: int, actor: Actor) -> None:
    task = ask.session.get_one(Task, task_id)
    if not allowed(ask.session, "report", actor, task):
        raise NotAllowed("report", task)
    handling.add_product(ask.session, task_id, actor, number=ask.form.get("product") or None,
                         day=day(ask, "product_date"), result=ask.form.get("result") or None)  # fmt: skip


def _progress(ask: Ask, task_id: int, actor: Actor) -> None:
    waiting = ask.form.get("waiting")
    if waiting and waiting not in set(Waiting):
        raise Stop(400, "web.stop.broken_form")
    files = evidence.taken(ask, ask.form.files)
    handling.progress(ask.session, task_id, actor, words=ask.form.get("words"), promised_on=day(ask, "promised_on"),
                      waiting=Waiting(waiting) if waiting else None,
                      waiting_for=ask.form.get("waiting_for") or None)  # fmt: skip
    evidence.keep(ask, files, task_id=task_id)


def _ask_extension(ask: Ask, task_id: int, actor: Actor) -> None:
    extending.ask_extension(ask.session, task_id, actor, _required(ask, "due"), to_time=hour(ask, "due_time"),
                            reason=ask.form.get("reason") or None)  # fmt: skip


def _extend(ask: Ask, task_id: int, actor: Actor) -> None:
    extending.extend(ask.session, task_id, actor, _required(ask, "due"), due_time=hour(ask, "due_time"),
                     words=ask.form.get("words"), permit=ask.form.get("permit") or None)  # fmt: skip


def _accept(ask: Ask, task_id: int, actor: Actor) -> None:
    handling.accept(ask.session, task_id, actor, checked=bool(ask.form.get("checked")),
                    objective_cause=ask.form.get("objective_cause") or None)  # fmt: skip


def _name_focal(ask: Ask, task_id: int, actor: Actor) -> None:
    focal, unit_id = _id(ask, "focal"), ask.session.get_one(Task, task_id).unit_id
    of_unit = select(Post.id).where(Post.person_id == focal, Post.unit_id == unit_id).limit(1)
    if ask.session.exec(of_unit).first() is None:  # a task is not opened to somebody of another unit
        raise Stop(400, "web.stop.broken_form")
    move(ask.session, task_id, "name_focal", actor, values={"focal_id": focal}, facts={"focal": focal})


def _instruct(ask: Ask, task_id: int, actor: Actor) -> None:
    words = ask.form.get("words")
    move(ask.session, task_id, "instruct", actor, facts={"words": words})
    ask.session.add(Instruction(task_id=task_id, leader_id=ask.me.id, said_on=clock.today(), words=words,
                                entered_by=ask.me.id, entered_at=clock.now()))  # fmt: skip
    ask.session.flush()


def _hold(ask: Ask, task_id: int, actor: Actor) -> None:
    until = day(ask, "until") or calendar_of(ask.session).add(clock.today(), 1)
    if until <= clock.today():
        raise Stop(409, "web.stop.hold_past")
    move(ask.session, task_id, "hold", actor, values={"hold_until": until})


def _correct(ask: Ask, task_id: int, actor: Actor) -> None:
    task = ask.session.get_one(Task, task_id)
    asked = {"title": ask.form.get("title"), "due_on": day(ask, "due"), "due_time": hour(ask, "due_time"),
             "internal_due": day(ask, "internal_due"), "review_on": day(ask, "review_on")}  # fmt: skip
    changed = {name: value for name, value in asked.items() if value != getattr(task, name)}
    if not changed:
        raise Stop(409, "web.stop.nothing_changed")
    if asked["due_on"] is None and asked["review_on"] is None and task.task_class is not TaskClass.MONITOR:
        raise Stop(409, "web.stop.no_date_left")
    handling.correct(ask.session, task_id, actor, ask.form.get("reason"), **changed)


def _id(ask: Ask, name: str) -> int:
    given = ask.form.number(name)
    if given is None:
        raise Stop(400, "web.stop.broken_form")
    return given


DOINGS: dict[str, Do] = {
    "acknowledge": _acknowledge,
    "report": _report,
    "add_product": _add_product,
    "progress": _progress,
    "ask_extension": _ask_extension,
    "refuse": lambda ask, task, actor: move(ask.session, task, "refuse", actor, reason=ask.form.get("reason")),
    "name_focal": _name_focal,
    "take_back": lambda ask, task, actor: handling.undo(ask.session, task, actor),
    "accept": _accept,
    "return": lambda ask, task, actor: handling.give_back(ask.session, task, actor, ask.form.get("reason")),
    "forward": lambda ask, task, actor: extending.forward(ask.session, task, actor, ask.form.get("opinion")),
    "extend": _extend,
    "decline": lambda ask, task, actor: extending.decline(ask.session, task, actor, ask.form.get("words")),
    "instruct": _instruct,
    "remind": lambda ask, task, actor: move(ask.session, task, "remind", actor),
    "hold": _hold,
    "reassign": lambda ask, task, actor: handling.reassign(ask.session, task, actor, _id(ask, "unit"),
                                                           reason=ask.form.get("reason") or None),
    "correct": _correct,
    "confirm_cause": lambda ask, task, actor: move(
        ask.session, task, "confirm_cause", actor,
        values={"objective_cause": ask.form.get("objective_cause"), "objective_confirmed_by": ask.me.id}),
    "suspend": lambda ask, task, actor: move(ask.session, task, "suspend", actor, reason=ask.form.get("reason")),
    "resume": lambda ask, task, actor: move(ask.session, task, "resume", actor),
    "resume_work": lambda ask, task, actor: move(ask.session, task, "resume_work", actor),
    "reopen": lambda ask, task, actor: move(ask.session, task, "reopen", actor, reason=ask.form.get("reason")),
    "withdraw": lambda ask, task, actor: move(ask.session, task, "withdraw", actor, reason=ask.form.get("reason")),
    "name_code": lambda ask, task, actor: updating_there.name_code(ask.session, task, actor,
                                                                   ask.form.get("authority_code") or None),
    "update_there": lambda ask, task, actor: updating_there.updated_there(ask.session, task, actor,
                                                                          day(ask, "updated_there_on")),
    "confirm_there": lambda ask, task, actor: updating_there.confirmed_there(ask.session, task, actor,
                                                                             day(ask, "authority_confirmed_on")),
}  # fmt: skip
