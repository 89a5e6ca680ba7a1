"""A task that goes on under the directive that replaced its own."""

from __future__ import annotations

from collections.abc import Sequence

from bot.rendering.assigning import document
from bot.rendering.view import Detail, Section, View
from models.directive import Directive
from models.inserting import by_id
from models.message import Kind, Notice


def carries_over(notice: Notice) -> bool:
    """Does it say that a task goes on under another directive?"""
    return notice.kind is Kind.DUE_CHANGED and "to_directive" in notice.facts


def carried_over(view: View, notices: Sequence[Notice], detail: Detail) -> Section:
    """A task that goes on under the directive that replaces its own: same code, the new one's words and date."""
    lines = []
    for notice in notices[: detail.most]:
        task = view.tasks[notice.task_id]
        inner = view.t("assigned.internal", day=view.day(task.internal_due)) if task.internal_due else ""
        due = view.t("due.short", due=view.due_of(task)) if task.due_on else view.t("no_due")
        lines.append(
            view.t(
                "carried_over.item",
                task=view.label(task, detail),
                old=_named(view, notice.facts.get("from_directive")),
                new=_named(view, notice.facts.get("to_directive")),
                item=view.t("carried_over.place", item=task.item) if task.item else "",
                due=due,
                inner=inner,
            )
        )
    lines += view.more(len(notices) - detail.most)
    lines.append(view.t("carried_over.kept"))
    numbers = tuple(view.tasks[notice.task_id].number for notice in notices)
    return Section(Kind.DUE_CHANGED, view.t("title.carried_over"), tuple(lines), numbers)


def _named(view: View, directive_id: int | None) -> str:
    directive = by_id(view.session, Directive, directive_id)
    return document(view, directive) if directive else view.t("none")
