"""The directive that a draft replaces, one that its issuer recalled, and a draft that is thrown away.

Each open task of the old one is listed with its choice; all are carried out in one step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import select
from starlette.responses import Response

import replacing as said
from catalogue import text
from models import clock, replacing, succession
from models.confirm import usable_items
from models.directive import Directive, DirectiveState, DraftItem
from models.discarding import discard as throw_away
from models.organisation import Unit
from models.succession import Choice, Fate
from models.task import Task
from web.asking import Ask, Stop
from web.directive.directives import directive_asked_for
from web.guards import for_office
from web.task.acts import day
from web.uploads import whole_number

MOST_OFFERED = 100
"""Directives offered by number; any other can be typed."""
KINDS = ("cong_van", "chi_thi", "ke_hoach", "thong_bao", "cong_dien", "quyet_dinh")


@dataclass(frozen=True)
class Row:
    """One open task, or a series without one, with what may become of it. `name` is that of its fields; `chosen`: the
    value of its select; `moves`: (value, words) of the items under which it may go on."""

    name: str
    title: str
    task: Task | None
    unit: str
    chosen: str
    moves: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Section:
    """All that review_replaces.html shows. `old`: what this draft replaces, or replaced; `rows`: the tasks to be
    decided on this page, of `old` for a draft, else its own; `typed`: what a refused form held."""

    directive: Directive
    draft: bool
    office: bool
    old: Directive | None
    old_words: str
    mentions: Sequence[said.Mention]
    offered: Sequence[Directive]
    rows: Sequence[Row]
    successors: Sequence[Directive]
    undecided: int
    today: date
    typed: dict[str, str]


def section(ask: Ask, directive: Directive) -> dict[str, Any]:
    """What the review page needs for review_replaces.html, under the one key `replacing`."""
    draft, typed = directive.state is DirectiveState.DRAFT, ask.form.flat() if ask.error else {}
    old = ask.session.get(Directive, directive.replaces_id) if directive.replaces_id else None
    after = replacing.successors(ask.session, directive.id or 0)
    mentions = [one for one in said.mentions(ask.session, directive) if one.directive.id != directive.replaces_id]
    rows: list[Row] = []
    if ask.me.office and draft and old is not None:
        places = [(directive, item) for item in usable_items(ask.session, directive.id or 0)]
        rows = _rows(ask, old, places, succession.waiting_choices(directive), typed)
    elif ask.me.office and directive.state in (DirectiveState.ASSIGNED, DirectiveState.RECALLED):
        rows = _rows(ask, directive, replacing.places_after(ask.session, directive.id or 0), {}, typed)
    offered = replacing.replaceable(ask.session, directive, MOST_OFFERED) if draft and ask.me.office else []
    return {"replacing": Section(directive, draft, ask.me.office, old, words_of(ask, old) if old else "",
                                 mentions if draft else [], [one for one in offered if one.number], rows, after,
                                 sum(not row.chosen for row in rows), clock.today(), typed)}  # fmt: skip


def name(ask: Ask) -> Response:
    """POST /directives/<id>/replaces: which one this draft replaces, by `old` (its id) or typed `number`; `none`."""
    directive = _for_change(ask)
    old_id = None if ask.form.get("none") else _old(ask, directive)
    changed = replacing.name_replaced(ask.session, directive, old_id, ask.actor)
    return ask.go(_page(directive), done=("replaces" if old_id else "replaces_none") if changed else "same")


def choose(ask: Ask) -> Response:
    """POST /directives/<id>/continues: what the open tasks of the replaced directive become when this is assigned."""
    directive = _for_change(ask)
    old = ask.session.get(Directive, directive.replaces_id or 0)
    if old is None or ask.form.number("old") != old.id:
        raise Stop(409, "web.stop.replaced_changed")
    reason = _reason(ask, "replaced", document=words_of(ask, directive))
    replacing.choose(ask.session, directive, _choices(ask, old), reason, ask.actor)
    return ask.go(_page(directive), done="continues")


def recall(ask: Ask) -> Response:
    """POST /directives/<id>/recall: its issuer took it back, on a day, by a document; its open tasks in the same
    step."""
    directive = _for_change(ask)
    recalled_on, document = day(ask, "recalled_on"), ask.form.get("document")
    if recalled_on is None or not document:
        raise Stop(400, "web.stop.recall_empty")
    if recalled_on > clock.today():
        raise Stop(400, "web.stop.recalled_later")
    if len(document) > 200:
        raise Stop(400, "web.stop.field_long", field=ask.text("web.replacing.document"))
    reason = _reason(ask, "recalled", document=document)
    replacing.recall(ask.session, directive, recalled_on, document, _choices(ask, directive), reason, ask.actor)
    return ask.go(_page(directive), done="recalled")


def settle(ask: Ask) -> Response:
    """POST /directives/<id>/settle: what is still open of a directive that was recalled, or replaced by another."""
    directive = _for_change(ask)
    after = replacing.successors(ask.session, directive.id or 0)
    if directive.state is DirectiveState.RECALLED:
        reason = _reason(ask, "recalled", document=directive.recalled_by or "")
    elif after:
        reason = _reason(ask, "replaced", document=words_of(ask, after[-1]))
    else:
        raise Stop(409, "web.stop.not_replaced")
    codes = replacing.settle(ask.session, directive, _choices(ask, directive), reason, ask.actor)
    return ask.go(_page(directive), done="settled" if codes else "same")


def discard(ask: Ask) -> Response:
    """POST /directives/<id>/discard: a wrong file; its texts are erased."""
    directive = _for_change(ask)
    why = ask.form.get("why")
    if not why:
        raise Stop(400, "web.stop.field_missing", field=ask.text("web.replacing.why"))
    throw_away(ask.session, directive.id or 0, ask.actor, why[:200])
    return ask.go("/directives", done="discarded")


def words_of(ask: Ask, directive: Directive) -> str:
    """Công văn số 1788/SVHTTDL-VP ngày 20/11/2026, in the office's language: units read it too."""
    language = ask.context.language
    kind = directive.kind if directive.kind in KINDS else "other"
    words = text(f"notice.document.{kind}", language)
    if directive.number:
        words = text("notice.document.number", language, document=words, number=directive.number)
    if directive.issued_on:
        words = text("notice.document.day", language, document=words, day=f"{directive.issued_on:%d/%m/%Y}")
    return words


def _for_change(ask: Ask) -> Directive:
    for_office(ask)
    return directive_asked_for(ask)


def _page(directive: Directive) -> str:
    return f"/directives/{directive.id}/review"


def _reason(ask: Ask, key: str, document: str) -> str:
    return text(f"web.replacing.reason_{key}", ask.context.language, document=document)


def _old(ask: Ask, directive: Directive) -> int:
    """The directive that was pressed, or whose number was typed; the newest of one number. Raises Stop."""
    pressed = ask.form.number("old")
    if pressed is not None:
        return pressed
    typed = ask.form.get("number")
    if not typed:
        raise Stop(400, "web.stop.field_missing", field=ask.text("web.replacing.number"))
    for one in replacing.replaceable(ask.session, directive):
        if one.number is not None and said.plain(one.number) == said.plain(typed):
            return one.id or 0
    raise Stop(404, "web.stop.no_such_number", given=typed[:80])


def _choices(ask: Ask, old: Directive) -> dict[str, Choice]:
    """What was chosen for each row; `rest` stands for every row without a choice of its own. Raises Stop."""
    rest = ask.form.get("rest")
    if rest not in ("", Fate.KEEP, Fate.WITHDRAW):
        raise Stop(400, "web.stop.broken_form")
    found = {}
    for name_ in ask.form.all("row"):
        value, seen = ask.form.get(f"fate.{name_}") or rest, ask.form.get(f"seen.{name_}")
        if value in (Fate.KEEP, Fate.WITHDRAW):
            found[name_] = Choice(Fate(value), seen)
        elif value.startswith("item:") and (item_id := whole_number(value[5:])) and not name_.startswith("series:"):
            found[name_] = Choice(Fate.MOVE, seen, item_id)
        elif value:
            raise Stop(400, "web.stop.broken_form")
    return found


def _rows(ask: Ask, old: Directive, places: Sequence[tuple[Directive, DraftItem]], choices: dict[str, Choice],
          typed: dict[str, str]) -> list[Row]:  # fmt: skip
    units = {unit.id: unit.name for unit in ask.session.exec(select(Unit))}
    rows = []
    for task in succession.open_tasks(ask.session, old.id or 0):
        moves = [(f"item:{item.id}", f"{item.label} · {item.title}") for _, item in places
                 if not item.unit_ids or task.unit_id in item.unit_ids]  # fmt: skip
        rows.append(Row(task.code, task.title, task, units.get(task.unit_id, ""),
                        typed.get(f"fate.{task.code}", _value(choices.get(task.code))), moves))  # fmt: skip
    for one in succession.idle_series(ask.session, old.id or 0):
        owners = ", ".join(units.get(unit, "") for unit in one.unit_ids)
        rows.append(Row(f"series:{one.id}", str(one.pattern.get("title")), None, owners,
                        typed.get(f"fate.series:{one.id}", _value(choices.get(f"series:{one.id}"))), []))  # fmt: skip
    return rows


def _value(choice: Choice | None) -> str:
    if choice is None:
        return ""
    return f"item:{choice.item_id}" if choice.fate is Fate.MOVE else choice.fate.value

