"""Who did what in whose name (hand-over), and who works beside whom (co-operating units, focal points)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from bot.rendering.view import Detail, Section, View, codes
from models.clock import at_local
from models.event import Event
from models.message import Kind, Notice
from models.organisation import Absence, Role
from models.recipients import Directory, posts_of
from models.rules import OFFICE_ZONE
from models.task import State, Task

DONE = ("acknowledge", "report", "refuse", "ask_extension", "progress", "wait")


def handover(view: View, notices: Sequence[Notice], detail: Detail) -> Section:
    """Back from leave: one summary; otherwise each act of a deputy, or of the Office for the unit."""
    lines: list[str] = []
    numbers: list[int] = []
    for notice in notices:
        if "absence" in notice.facts:
            start, end = (date.fromisoformat(str(notice.facts[key])) for key in ("start", "end"))
            lines.append(view.t("handover.absence", start=view.day(start), end=view.day(end)))
            acts = acts_during(view.session, view.person_id, int(notice.facts["absence"]), start, end)
            lines += [_act(view, event, task) for event, task in acts[: detail.most]] + view.more(
                len(acts) - detail.most
            )
            numbers += [task.number for _, task in acts]
        else:
            event, task = view.events.get(notice.event_id), view.tasks.get(notice.task_id)
            if event is not None and task is not None:
                lines.append(_act(view, event, task))
                numbers.append(task.number)
    shown = lines[: 2 * detail.most]
    return Section(
        Kind.HANDOVER,
        view.t("title.handover"),
        (*shown, *view.more(len(lines) - len(shown))),
        tuple(dict.fromkeys(numbers)),
    )


def acts_during(session: Session, person_id: int, absence_id: int, start: date, end: date) -> list[tuple[Event, Task]]:
    """What others did on the tasks of an absent head's units between two days (both included), oldest first."""
    directory = Directory(session, end)
    units = [
        post.unit_id
        for post in posts_of(session, person_id, end)
        if post.role is Role.HEAD and post.unit_id is not None
    ]
    absence = session.get(Absence, absence_id)
    actors = {person for unit_id in units for person in directory.holders(unit_id, Role.DEPUTY)} | set(
        directory.office()
    )
    if absence is not None and absence.deputy_id is not None:
        actors.add(absence.deputy_id)
    query = (
        select(Event, Task)
        .join(Task, col(Task.id) == Event.task_id)
        .where(
            col(Event.actor_id).in_(actors - {person_id}),
            col(Event.verb).in_(DONE),
            col(Task.unit_id).in_(units),
            col(Event.at) >= _midnight(start),
            col(Event.at) < _midnight(end + timedelta(1)),
        )
        .order_by(col(Event.id))
    )
    return [(event, task) for event, task in session.exec(query)]


def _act(view: View, event: Event, task: Task) -> str:
    facts = event.facts or {}
    what = view.t(f"handover.{event.verb}", task=f"{task.code} · {task.title}" if len(task.title) < 80 else task.code)
    day = f"{event.at.astimezone(OFFICE_ZONE):%d/%m/%Y}"
    if facts.get("behalf"):
        return view.t(
            "handover.behalf",
            what=what,
            day=day,
            said_by=_said_by(view, str(facts.get("said_by") or "")),
            how=_how(view, str(facts.get("how") or "")),
        )
    return view.t("handover.item", who=view.comrade(event.actor_id), what=what, day=day)


def _how(view: View, how: str) -> str:
    return view.t(f"how.{how}") if how in ("telephone", "paper", "mail", "meeting") else how or view.t("none")


def _said_by(view: View, name: str) -> str:
    """đồng chí Vũ Đức Long; what the Office typed with its own đồng chí, anh or chị as it is."""
    if not name:
        return view.t("handover.unit")
    named = name[:1].isupper() and not name.startswith("Đồng chí")
    return view.t("comrade.name", name=name) if named else name


def _midnight(day: date) -> datetime:
    return at_local(day, time(0))


def coordination(view: View, notices: Sequence[Notice], detail: Detail) -> Section:
    """To a co-operating unit: who leads, or that the task was withdrawn; to a focal point: what is now theirs."""
    focal = [view.tasks[n.task_id] for n in notices if n.facts.get("for_role") == "focal"]
    rest = list(dict.fromkeys(n.task_id for n in notices if n.facts.get("for_role") != "focal"))
    others = [view.tasks[one] for one in rest if view.tasks[one].state is not State.WITHDRAWN]
    over = [view.tasks[one] for one in rest if view.tasks[one].state is State.WITHDRAWN]
    lines = [
        view.t("coordination.item", task=view.label(task, detail), lead=view.unit(task), due=_due(view, task))
        for task in others[: detail.most]
    ]
    lines += view.more(len(others) - detail.most)
    if others:
        lines.append(view.t("coordination.free", code=codes(others)[0]))
    lines += [
        view.t("coordination.withdrawn", task=view.label(task, detail), lead=view.unit(task))
        for task in over[: detail.most]
    ]
    lines += view.more(len(over) - detail.most)
    lines += [
        view.t("coordination.focal", task=view.label(task, detail), due=_due(view, task))
        for task in focal[: detail.most]
    ]
    lines += view.more(len(focal) - detail.most)
    numbers = tuple(sorted(task.number for task in (*others, *over, *focal)))
    return Section(Kind.COORDINATION, view.t("title.coordination"), tuple(lines), numbers)


def _due(view: View, task: Task) -> str:
    return view.t("due.short", due=view.due_of(task)) if task.due_on else view.t("no_due")
