"""The page of one task."""

from __future__ import annotations

from sqlmodel import col, select
from starlette.responses import Response

from models import clock
from models.organisation import Person, Post, Unit
from models.task import Task
from web.asking import Ask
from web.task.forms import offered
from web.task.view import task_asked_for, view_of
from web.uploads import SHOWN_AS_IMAGE


def show(ask: Ask) -> Response:
    """GET /tasks/NV12; also the answer to a form that was refused, with what had been typed."""
    task = task_asked_for(ask)
    typed_in = ask.request.path_params.get("act") if ask.error else None
    return ask.page(
        "task.html", view=view_of(ask, task), forms=offered(ask.session, ask.me.id, task), units=units_today(ask),
        people=_people(ask, task), typed=ask.form.flat(), typed_in=typed_in, values=_values(task),
        pictures=SHOWN_AS_IMAGE, back_behalf=bool(ask.form.get("behalf")),
    )  # fmt: skip


def units_today(ask: Ask) -> list[Unit]:
    """Units that there are today, in the office's order."""
    query = select(Unit).where((col(Unit.valid_to).is_(None)) | (col(Unit.valid_to) >= clock.today()))
    return list(ask.session.exec(query.order_by(col(Unit.position))))


def _people(ask: Ask, task: Task) -> list[Person]:
    """Who may be named đầu mối: people with a post in the task's unit."""
    query = select(Person).join(Post, col(Post.person_id) == Person.id).where(Post.unit_id == task.unit_id).distinct()
    return list(ask.session.exec(query.order_by(col(Person.id))))


def _values(task: Task) -> dict[str, str]:
    """What a correction starts from."""
    found = {"title": task.title, "due": task.due_on, "due_time": task.due_time, "internal_due": task.internal_due,
             "review_on": task.review_on}  # fmt: skip
    return {name: value if isinstance(value, str) else value.isoformat()[:10] for name, value in found.items() if value}
