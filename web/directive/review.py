"""The review page of a draft: the document with each item's words marked, and beside it what will become of them."""

from __future__ import annotations

from typing import Any

from sqlmodel import col, select
from starlette.responses import JSONResponse, Response

from models.confirm import items_of
from models.directive import Directive
from models.task import Task, TaskClass
from web.asking import Ask, render
from web.directive import instruction, replacing
from web.directive.directives import directive_asked_for
from web.directive.review_paper import papers
from web.directive.review_view import Card, Review, review_of
from web.task.page import units_today


def show(ask: Ask) -> Response:
    """GET /directives/<id>/review; also the answer to a refused form, with what had been typed."""
    directive = directive_asked_for(ask)
    review = review_of(ask, directive, typed_in(ask))
    items = items_of(ask.session, directive.id or 0)
    return ask.page(
        "review.html", directive=directive, review=review, papers=papers(directive, items),
        tasks=_tasks(ask, directive), added=ask.form.get("words"), **_common(ask, review),
        **instruction.section(ask, directive), **replacing.section(ask, directive),
    )  # fmt: skip


def refused(ask: Ask) -> Response:
    """A refused act: the page again, or for a script its sentence and the cards as they stand now."""
    if not ask.form.get("live"):
        return show(ask)
    directive = directive_asked_for(ask)
    return live(ask, directive, ask.error or "", "refused", None)


def live(ask: Ask, directive: Directive, said: str, kind: str, changed: set[int] | None,
         papers_too: bool = False, focus: int | None = None) -> Response:  # fmt: skip
    """For a script: what was done or refused, and the parts of the page that are different now.

    `changed`: the items whose cards are sent (None: all); `order`: ids of all cards as they stand on the page, so that
    the script takes away what is gone; `paper`: the document, where spans changed.
    """
    everything = review_of(ask, directive, typed_in(ask) if kind == "refused" else None, changed)
    common = _common(ask, everything)
    items = items_of(ask.session, directive.id or 0)
    cards = {card.item.id: _card(ask, card, everything, common) for card in [*everything.ours, *everything.others]}
    return JSONResponse({
        "kind": kind, "said": said, "version": directive.version, "focus": focus,
        "ours": [one.id for one in items if one.ours is not False],
        "others": [one.id for one in items if one.ours is False], "cards": cards,
        "bar": render(ask, "review_bar.html", review=everything, directive=directive, **common),
        "paper": render(ask, "review_paper.html", papers=papers(directive, items))
                 if papers_too or changed is None else None,
    })  # fmt: skip


def typed_in(ask: Ask) -> int | None:
    """The item whose form was refused."""
    if not ask.error or "item" not in ask.request.path_params:
        return None
    return ask.number("item")


def _card(ask: Ask, card: Card, review: Review, common: dict[str, Any]) -> str:
    template = "review_other.html" if card.item.ours is False else "review_item.html"
    return render(ask, template, card=card, review=review, directive=review.directive, **common)


def _common(ask: Ask, review: Review) -> dict[str, Any]:
    return {"editable": review.editable, "classes": list(TaskClass), "units": units_today(ask),
            "unasked": ask.text("web.review.unasked")}  # fmt: skip


def _tasks(ask: Ask, directive: Directive) -> dict[int | None, list[Task]]:
    found: dict[int | None, list[Task]] = {}
    for task in ask.session.exec(select(Task).where(Task.directive_id == directive.id).order_by(col(Task.number))):
        found.setdefault(task.draft_item_id, []).append(task)
    return found
