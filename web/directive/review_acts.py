"""What is done on the review page: one form for each item, one for the whole draft. Each act is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from drafting import changes, editing
from drafting.adding import add
from drafting.finding import base_of, find_words
from drafting.joining import NothingToJoin, join
from drafting.rereading import texts_of
from drafting.splitting import NothingToSplit, split
from models.confirm import confirm
from models.directive import Directive, DraftItem
from models.draft_change import DraftChange
from web.asking import Ask, Stop
from web.directive import instruction
from web.directive.directives import directive_asked_for
from web.directive.review import live
from web.directive.review_fields import keep_fields, keep_header
from web.guards import for_office
from web.task.view import name_of
from web.uploads import whole_number

LONGEST_ADDED = 4000


def whole(ask: Ask) -> Response:
    """POST /directives/<id>/review: `act` is header, add, undo, redo, assign or waive.

    `waive` waives what is still open in this person's name; review dates then stand by default.
    """
    act = ask.form.get("act")
    do = WHOLE.get(act)
    if do is None:
        raise Stop(400, "web.stop.broken_form")
    with _said(ask):
        directive = _draft(ask, ask.form.number("version") or 0)
        return do(ask, directive)


def item(ask: Ask) -> Response:
    """POST /directives/<id>/review/<item>: what was typed in the item's form is kept, then `act` is done: save, drop,
    restore, take, leave, join, split, cut:<offset>, waive:<question> or reopen:<question>."""
    act, _, value = ask.form.get("act").partition(":")
    if act not in ITEM:
        raise Stop(400, "web.stop.broken_form")
    with _said(ask):
        directive = _draft(ask, None)
        row = ask.session.get(DraftItem, ask.number("item"))
        if row is None or row.directive_id != directive.id or row.version != ask.form.number("item_version"):
            raise changes.DraftMoved(changes.last_by(ask.session, directive.id or 0))
        label = row.label
        said = _kept(ask, directive, row)
        key, focus = "saved", row.id
        if act != "save":
            with changes.recorded(ask.session, directive.id or 0, ask.actor, act):
                focus = ITEM[act](ask, directive, row, value)
                key = act
            said = ""
        return _answer(ask, directive, said or ask.text(f"web.review.done.{key}", item=label), focus)


def _kept(ask: Ask, directive: Directive, row: DraftItem) -> str:
    """Write what was typed; the sentence that says what was understood, empty if there is nothing to say."""
    with changes.recorded(ask.session, directive.id or 0, ask.actor, "fields"):
        said = keep_fields(ask, directive, row)
        ask.session.add(row)
    return said


def _header(ask: Ask, directive: Directive) -> Response:
    with changes.recorded(ask.session, directive.id or 0, ask.actor, "header"):
        keep_header(ask, directive)
    return _answer(ask, directive, ask.text("web.review.done.header"), None, all_cards=True)


def _add(ask: Ask, directive: Directive) -> Response:
    words = ask.form.get("words")
    if len(words.split()) < 2 or len(words) > LONGEST_ADDED:
        raise Stop(400, "web.review.add_short")
    numbers = [whole_number(ask.form.get(name)) for name in ("file", "start", "end")]
    file, start, end = numbers
    span = (file, start, end) if file is not None and start is not None and end is not None else None
    with changes.recorded(ask.session, directive.id or 0, ask.actor, "add"):
        made = add(ask.session, directive, words, span)
    found = "add" if made.span_start is not None else "add_typed"
    return _answer(ask, directive, ask.text(f"web.review.done.{found}", item=made.label), made.id)


def _undo(ask: Ask, directive: Directive) -> Response:
    return _back(ask, directive, changes.undo, "undo")


def _redo(ask: Ask, directive: Directive) -> Response:
    return _back(ask, directive, changes.redo, "redo")


def _back(ask: Ask, directive: Directive, step: Callable[[Session, int, Any], DraftChange], key: str) -> Response:
    change = step(ask.session, directive.id or 0, ask.actor)
    ask.session.refresh(directive)
    said = ask.text(f"web.review.done.{key}", what=ask.text(f"web.review.what.{change.what}"))
    touched = [int(name) for name, columns in change.before.items() if name != changes.HEAD and columns is not None
               and set(columns) != {"position"}]  # fmt: skip
    return _answer(ask, directive, said, touched[0] if touched else None, of=change)


def _assign(ask: Ask, directive: Directive) -> Response:
    confirm(ask.session, directive.id or 0, ask.actor, waive=ask.form.get("act") == "waive")
    instruction.assigned(ask, directive.id or 0)
    changes.forget(ask.session, directive.id or 0)
    return ask.go(f"/directives/{directive.id}/review", done="assigned")


def _drop(ask: Ask, directive: Directive, row: DraftItem, value: str) -> int | None:
    row.dropped = True
    ask.session.add(row)
    return row.id


def _restore(ask: Ask, directive: Directive, row: DraftItem, value: str) -> int | None:
    row.dropped = False
    ask.session.add(row)
    return row.id


def _take(ask: Ask, directive: Directive, row: DraftItem, value: str) -> int | None:
    editing.take(row)
    ask.session.add(row)
    return row.id


def _leave(ask: Ask, directive: Directive, row: DraftItem, value: str) -> int | None:
    editing.leave(row)
    ask.session.add(row)
    return row.id


def _waive(ask: Ask, directive: Directive, row: DraftItem, value: str) -> int | None:
    editing.waive(row, value, ask.me.id)
    ask.session.add(row)
    return row.id


def _reopen(ask: Ask, directive: Directive, row: DraftItem, value: str) -> int | None:
    editing.reopen(row, value)
    ask.session.add(row)
    return row.id


def _join(ask: Ask, directive: Directive, row: DraftItem, value: str) -> int | None:
    join(ask.session, directive, row)
    return row.id


def _cut(ask: Ask, directive: Directive, row: DraftItem, value: str) -> int | None:
    """At an offered place."""
    split(ask.session, directive, row, whole_number(value) or 0)
    return row.id


def _split(ask: Ask, directive: Directive, row: DraftItem, value: str) -> int | None:
    """At the caret (`at`), or before words that were typed (`at_words`)."""
    at = ask.form.number("at")
    if at is None:
        base, _ = base_of(row, texts_of(directive))
        place = find_words(ask.form.get("at_words"), [base])
        at = place[1] if place else 0
    split(ask.session, directive, row, at)
    return row.id


WHOLE: dict[str, Callable[[Ask, Directive], Response]] = {
    "header": _header, "add": _add, "undo": _undo, "redo": _redo, "assign": _assign, "waive": _assign,
}  # fmt: skip
ITEM: dict[str, Callable[[Ask, Directive, DraftItem, str], int | None]] = {
    "save": lambda ask, directive, row, value: row.id, "drop": _drop, "restore": _restore, "take": _take,
    "leave": _leave, "waive": _waive, "reopen": _reopen, "join": _join, "cut": _cut, "split": _split,
}  # fmt: skip


def _draft(ask: Ask, version: int | None) -> Directive:
    """The draft, taken for this act alone. Raises Stop; DraftMoved for another version."""
    for_office(ask)
    directive = directive_asked_for(ask)
    return changes.claim(ask.session, directive.id or 0, version)


def _answer(ask: Ask, directive: Directive, said: str, focus: int | None, *, of: DraftChange | None = None,
            all_cards: bool = False) -> Response:  # fmt: skip
    """The page again at the item, or for a script the parts that changed: all, where others changed it meanwhile."""
    if not ask.form.get("live"):
        return RedirectResponse(f"/directives/{directive.id}/review?done=saved{f'#i{focus}' if focus else ''}", 303)
    change = of or changes.last_done(ask.session, directive.id or 0)
    alone = ask.form.number("version") == directive.version - 1
    if not alone or all_cards or change is None:
        return live(ask, directive, said, "done", None, focus=focus)
    names = {name for name in {**change.before, **change.after} if name != changes.HEAD}
    shifted = {name for name in names if set(change.after.get(name) or change.before.get(name) or {}) == {"position"}}
    spans = any({"span_start", "span_end"} & set(change.after.get(name) or change.before.get(name) or {})
                for name in names)  # fmt: skip
    touched = {int(name) for name in names - shifted} | ({focus} if focus else set())
    return live(ask, directive, said, "done", touched, papers_too=spans, focus=focus)


@contextmanager
def _said(ask: Ask) -> Iterator[None]:
    """What may go wrong, each as one sentence."""
    try:
        yield
    except changes.NotADraft:
        raise Stop(409, "web.stop.not_draft") from None
    except changes.DraftMoved as moved:
        who = name_of(ask, moved.by)
        stop = Stop(409, "web.review.moved_by", who=who) if who else Stop(409, "web.stop.draft_changed")
        raise stop from None
    except changes.NothingLeft:
        raise Stop(409, "web.review.nothing_left") from None
    except NothingToSplit:
        raise Stop(409, "web.review.no_split") from None
    except NothingToJoin:
        raise Stop(409, "web.review.no_join") from None
    except editing.InternalAfterDue:
        raise Stop(409, "web.review.internal_late") from None
