"""The demo's page: be anybody. A person's chat, the board beside it, and a clock that can be moved.

The chat, the board and the acts are the service's own; only who sits here and what time it is are pretend.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlmodel import col, select
from starlette.responses import RedirectResponse, Response

from models import clock
from models.directive import Directive, DirectiveState
from models.event import Event
from models.organisation import Person, Post, Unit
from models.queries import Figures, figures
from models.recipients import person_by_short_id
from models.task import Task
from web import visits
from web.asking import Ask, Stop
from web.board.listing import CAME_DUE, DUTIES, FIGURES, list_link
from web.chat import lines
from web.chat.page import chat_values
from web.viewer import may_see

STEPS = ("slot", "day", "week")
OPENS = re.compile(r"/(demo|chat|calendar|tasks(/NV\d+)?|directives(/\d+/review)?)?")
RECENT = 8


@dataclass
class Seen:
    """What this demo has shown last: each person's newest message, and the figures. Lives as long as the process."""

    messages: dict[int, int] = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)


def show(ask: Ask) -> Response:
    """GET /demo."""
    seen: Seen = _seen(ask)
    if ask.viewer is not None:
        seen.messages[ask.me.id] = lines.last_message(ask.session, ask.me.id)
    values = _side_values(ask)
    chat = chat_values(ask) if ask.viewer is not None else {}
    response = ask.page("demo.html", people=_people(ask), new=_new(ask), steps=STEPS, **values, **chat)
    seen.figures = values["whole"]
    if ask.viewer is None:
        visits.keep(ask.context, response, ask.visit)  # the buttons' forms need their token
    return response


def side(ask: Ask) -> Response:
    """GET /demo/side: the board's summary alone, for the page that updates itself."""
    return ask.page("demo_side.html", **_side_values(ask))


def people(ask: Ask) -> Response:
    """GET /demo/people: the list of people alone, with what is new for each."""
    if ask.viewer is not None:
        _seen(ask).messages[ask.me.id] = lines.last_message(ask.session, ask.me.id)
    return ask.page("demo_people.html", people=_people(ask), new=_new(ask))


def be(ask: Ask) -> Response:
    """POST /demo/be/<short id>: sit here as this person, and go on to `next`."""
    person = person_by_short_id(ask.session, ask.request.path_params["short_id"])
    if person is None or person.id is None:
        raise Stop(404, "web.stop.no_person")
    onward = ask.form.get("next")
    response = RedirectResponse(onward if OPENS.fullmatch(onward) else "/demo", 303)
    visits.keep(ask.context, response, visits.begin(person.id))
    return response


def move_clock(ask: Ask) -> Response:
    """POST /demo/clock: to the next slot or day, or a week on; every slot on the way is lived through."""
    step = ask.form.get("step")
    if step not in STEPS or ask.context.demo is None:
        raise Stop(400, "web.stop.broken_form")
    # After this transaction: the jobs of those slots write in transactions of their own.
    ask.afterwards.append(partial(ask.context.demo.advance, step))
    return ask.go("/demo")


def _seen(ask: Ask) -> Seen:
    state = ask.request.app.state
    if not hasattr(state, "demo_seen"):
        state.demo_seen = Seen()
    seen: Seen = state.demo_seen
    return seen


def _people(ask: Ask) -> list[tuple[Unit, Sequence[tuple[Person, str]]]]:
    """Everybody with a post, by unit, each once."""
    query = (
        select(Unit, Person, Post.title)
        .join(Post, col(Post.unit_id) == Unit.id)
        .join(Person, col(Person.id) == Post.person_id)
    )
    found: dict[int, tuple[Unit, dict[int, tuple[Person, str]]]] = {}
    named: set[int] = set()
    for unit, person, title in ask.session.exec(query.order_by(col(Unit.position), col(Post.id))):
        if person.id is not None and person.id not in named:
            found.setdefault(unit.id or 0, (unit, {}))[1][person.id] = (person, title)
            named.add(person.id)
    return [(unit, list(people.values())) for unit, people in found.values()]


def _new(ask: Ask) -> dict[int, int]:
    """Person id → messages since that person's chat was shown last."""
    seen = _seen(ask)
    ids = ask.session.exec(select(Person.id)).all()
    return lines.unread(ask.session, {one: seen.messages.get(one, 0) for one in ids if one is not None})


def _side_values(ask: Ask) -> dict[str, Any]:
    whole, before = figures(ask.session, clock.now()), _seen(ask).figures
    changed = {name: whole_ - before_ for name, attribute in FIGURES.items()
               if (whole_ := getattr(whole, attribute)) != (before_ := getattr(before, attribute))}  # fmt: skip
    recent = _recent(ask)
    drafts = select(Directive).where(col(Directive.state) == DirectiveState.DRAFT).order_by(col(Directive.id))
    return {"whole": whole, "changed": changed, "figures": FIGURES, "came_due": CAME_DUE, "duties": DUTIES,
            "link": list_link,
            "drafts": ask.session.exec(drafts).all(), "recent": recent,
            "visible": _visible(ask, recent), "clerk": _clerk(ask)}  # fmt: skip


def _recent(ask: Ask) -> list[tuple[Event, Task]]:
    """What happened last, the latest act on each task."""
    query = select(Event, Task).join(Task, col(Task.id) == Event.task_id).order_by(col(Event.id).desc()).limit(60)
    found: dict[int | None, tuple[Event, Task]] = {}
    for happened, task in ask.session.exec(query):
        found.setdefault(task.id, (happened, task))
    return list(found.values())[:RECENT]


def _visible(ask: Ask, recent: Sequence[tuple[Event, Task]]) -> set[int | None]:
    """Of these tasks, those that the person who sits here may open."""
    if ask.viewer is None:
        return set()
    return {task.id for _, task in recent if may_see(ask.session, ask.viewer, task)}


def _clerk(ask: Ask) -> str:
    """The short id of somebody of the Office, who checks drafts: the last in order of posts is its clerk."""
    query = select(Person.short_id).join(Post, col(Post.person_id) == Person.id).where(Post.role == "office")
    return ask.session.exec(query.order_by(col(Post.id).desc())).first() or ""
