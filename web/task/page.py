"""The page of one task."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlmodel import col, select
from starlette.responses import Response

from models import clock
from models.base import rules_of
from models.bulk import BulkAct
from models.event import Event
from models.organisation import Person, Post, Unit
from models.task import Task
from web.asking import Ask, Stop
from web.board.copying import result_of
from web.task.back import way_back
from web.task.forms import BY_NAME, ActForm, offered
from web.task.view import TaskView, task_asked_for, view_of
from web.uploads import SHOWN_AS_IMAGE


def show(ask: Ask) -> Response:
    """GET /tasks/NV12; also the answer to a form that was refused, with what had been typed."""
    task = task_asked_for(ask)
    typed_in = ask.request.path_params.get("act") if ask.error else None
    view, forms, behalf = view_of(ask, task), offered(ask.session, ask.me.id, task), bool(ask.form.get("behalf"))
    seen = ask.form.number("seen") if ask.error else None
    return ask.page(
        "task.html", view=view, forms=forms, units=units_today(ask), people=_people(ask, task), typed=ask.form.flat(),
        typed_in=typed_in, values=_values(task), pictures=SHOWN_AS_IMAGE, back_behalf=behalf, back=way_back(ask),
        changed=[one for one in view.history if one.seq > seen] if seen is not None else [],
        kept=_kept(ask, forms, typed_in, behalf), result=result_of(ask, task),
        number=lambda value: number_words(value, ask.language), bulk=_bulk(ask, view),
    )  # fmt: skip


def unchanged(ask: Ask, task: Task) -> None:
    """Raise Stop if anything has happened to the task since the page was made whose form this is: the person is shown
    what, and decides. The task's row is locked, so that nothing happens from here on either."""
    seen = ask.form.number("seen")
    if seen is None:
        return
    ask.session.exec(select(Task.id).where(Task.id == task.id).with_for_update()).one()
    last = select(Event.seq).where(Event.subject == f"task:{task.id}").order_by(col(Event.seq).desc()).limit(1)
    if (ask.session.exec(last).first() or 0) != seen:
        raise Stop(409, "web.stop.changed")


def units_today(ask: Ask) -> list[Unit]:
    """Units that there are today, in the office's order."""
    query = select(Unit).where((col(Unit.valid_to).is_(None)) | (col(Unit.valid_to) >= clock.today()))
    return list(ask.session.exec(query.order_by(col(Unit.position))))


def number_words(value: Decimal, language: str) -> str:
    """68,42: without idle noughts, with the comma that Vietnamese writes."""
    plain = f"{value.normalize():f}"
    return plain.replace(".", ",") if language == "vi" else plain


def _bulk(ask: Ask, view: TaskView) -> BulkAct | None:
    """The act on several tasks that this person has just done to this one too, and may still undo."""
    since = clock.now() - timedelta(minutes=rules_of(ask.session).take_back_minutes)
    own = select(BulkAct).where(BulkAct.by_id == ask.me.id, col(BulkAct.at) >= since).order_by(col(BulkAct.id).desc())
    last = view.history[-1].id if view.history else None
    return next((one for one in ask.session.exec(own.limit(5)) if last in one.events), None)


def _kept(ask: Ask, forms: list[ActForm], typed_in: str | None, behalf: bool) -> list[tuple[str, str]]:
    """What was typed into a form that is offered no more: (field, value), so that nobody has to type it again."""
    form = BY_NAME.get(typed_in or "")
    if form is None or any(one.name == form.name and one.behalf == behalf for one in forms):
        return []
    shown = [one.name for one in form.fields if one.kind in ("text", "area", "date", "time")]
    return [(name, ask.form.get(name)) for name in shown if ask.form.get(name)]


def _people(ask: Ask, task: Task) -> list[Person]:
    """Who may be named đầu mối: people with a post in the task's unit."""
    query = select(Person).join(Post, col(Post.person_id) == Person.id).where(Post.unit_id == task.unit_id).distinct()
    return list(ask.session.exec(query.order_by(col(Person.id))))


def _values(task: Task) -> dict[str, dict[str, str]]:
    """What the forms that put something right start from: the form's name → its fields."""
    found = {"title": task.title, "due": task.due_on, "due_time": task.due_time, "internal_due": task.internal_due,
             "review_on": task.review_on}  # fmt: skip
    correct = {name: one if isinstance(one, str) else one.isoformat()[:10] for name, one in found.items() if one}
    return {"correct": correct, "name_code": {"authority_code": task.authority_code or ""}}
