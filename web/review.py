"""The review page of a draft: the document with each item's words marked, and beside it what will become of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select
from starlette.responses import Response

from models import clock
from models.confirm import items_of
from models.directive import Directive, DirectiveState, DraftItem, Instruction
from models.organisation import Person, Role
from models.recipients import Directory
from models.task import Task, TaskClass
from web.asking import Ask
from web.directives import directive_asked_for
from web.task_page import units_today
from web.task_view import name_of


@dataclass(frozen=True)
class Piece:
    """A stretch of the document's text; `item` is the id of the item whose words these are, None between items."""

    text: str
    item: int | None = None


def show(ask: Ask) -> Response:
    """GET /directives/<id>/review; also the answer to a refused form, with what had been typed."""
    directive = directive_asked_for(ask)
    items = items_of(ask.session, directive.id or 0)
    editable = ask.me.office and directive.state is DirectiveState.DRAFT
    typed = ask.form.fields if ask.error and "version" in ask.form.fields else None
    return ask.page(
        "review.html", directive=directive, items=items, pieces=pieces(directive, items), units=units_today(ask),
        editable=editable, classes=list(TaskClass), said=_instructions(ask, directive), leaders=_leaders(ask),
        today=clock.today(), tasks=_tasks(ask, directive), shown=_Shown(typed), instruction=ask.form.flat(),
        open_count=sum(len(item.open_questions()) for item in items if item.ours is not False),
        can_instruct=ask.me.office or ask.me.leader,
    )  # fmt: skip


class _Shown:
    """What an input shows: the typed value of a refused form, else the stored one."""

    def __init__(self, typed: dict[str, list[str]] | None) -> None:
        self.typed = typed

    def one(self, name: str, stored: Any) -> str:
        """A single value."""
        if self.typed is not None:
            return (self.typed.get(name) or [""])[-1]
        return "" if stored is None else str(stored)

    def many(self, name: str, stored: Sequence[Any]) -> list[str]:
        """Several values."""
        return self.typed.get(name, []) if self.typed is not None else [str(one) for one in stored]

    def ticked(self, name: str, stored: bool) -> bool:
        """A tick."""
        return bool(self.typed.get(name)) if self.typed is not None else stored


def pieces(directive: Directive, items: Sequence[DraftItem]) -> list[list[Piece]]:
    """The text of each file, cut at the items' spans. Items that overlap one before them are left unmarked."""
    texts = [directive.text, *directive.other_texts]
    return [_cut(text, [item for item in items if item.file == number]) for number, text in enumerate(texts)]


def _cut(text: str, items: list[DraftItem]) -> list[Piece]:
    found, at = [], 0
    for item in sorted(items, key=lambda one: one.span_start or 0):
        if item.span_start is None or item.span_end is None or item.span_start < at:
            continue
        found += [Piece(text[at : item.span_start]), Piece(text[item.span_start : item.span_end], item.id)]
        at = item.span_end
    return [*found, Piece(text[at:])]


def _instructions(ask: Ask, directive: Directive) -> list[tuple[Instruction, str]]:
    query = select(Instruction).where(Instruction.directive_id == directive.id).order_by(col(Instruction.id))
    return [(one, name_of(ask, one.leader_id)) for one in ask.session.exec(query)]


def _leaders(ask: Ask) -> list[Person]:
    if not ask.me.office:
        return [ask.me.person] if Role.LEADER in ask.me.roles else []
    return [ask.session.get_one(Person, one) for one in Directory(ask.session, clock.today()).leaders()]


def _tasks(ask: Ask, directive: Directive) -> dict[int | None, list[Task]]:
    found: dict[int | None, list[Task]] = {}
    for task in ask.session.exec(select(Task).where(Task.directive_id == directive.id).order_by(col(Task.number))):
        found.setdefault(task.draft_item_id, []).append(task)
    return found
