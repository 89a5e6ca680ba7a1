"""An item's form: what was typed in it becomes columns, or one sentence that says what was not understood."""

from __future__ import annotations

from datetime import date
from typing import Any

from drafting import days, editing, units
from models import clock
from models.calendar import calendar_of
from models.directive import Directive, DraftItem
from models.series import next_due
from models.task import TaskClass
from web.asking import Ask, Stop
from web.directive.review_view import date_notes
from web.task.acts import day
from web.words import due_words

LONGEST_TITLE = 300


def keep_fields(ask: Ask, directive: Directive, item: DraftItem) -> str:
    """Write every field that the form sent and that differs from what stands; the sentence of what was understood.

    Raises Stop for words that mean nothing, or several things; InternalAfterDue.
    """
    form, fields = ask.form, ask.form.fields
    if "title" in fields:
        item.title = " ".join((form.get("title") or item.title).split())[:LONGEST_TITLE]
    said = [*_units(ask, item), *_due(ask, directive, item)]
    if "class" in fields and form.get("class") != item.task_class and form.get("class_was") != form.get("class"):
        _class(ask, item, form.get("class"))
    for name, column in (("internal", "internal_due"), ("review", "review_on")):
        if name in fields:
            setattr(item, column, _typed_day(ask, directive, name))
    if "products" in fields:
        item.deliverables = [one.strip() for one in form.get("products").replace("\n", ";").split(";") if one.strip()]
    for key in item.questions:
        words = form.get(f"answer.{key}")
        before = item.answers.get(key)
        stored = before.get("answer", "") if isinstance(before, dict) else ""
        if f"answer.{key}" in fields and words != stored:
            editing.answer(item, key, words, ask.me.id)
    editing.check(item)
    return ask.text("web.review.understood", item=item.label, what="; ".join(said)) if said else ""


def keep_header(ask: Ask, directive: Directive) -> None:
    """The document's own data and its arrival, put right where it was read wrongly or not at all."""
    received_on = day(ask, "received_on") or directive.received_on
    if received_on > clock.today():
        raise Stop(400, "web.stop.received_later")
    directive.arrival_number = ask.form.get("arrival_number") or None
    directive.received_on = received_on
    for name in ("number", "issuer", "signer"):
        if name in ask.form.fields:
            setattr(directive, name, ask.form.get(name) or None)
    if "issued_on" in ask.form.fields:
        directive.issued_on = day(ask, "issued_on")
        directive.from_above = bool(ask.form.get("from_above"))
    ask.session.add(directive)


def _units(ask: Ask, item: DraftItem) -> list[str]:
    """Lead and co-operating units. Raises Stop for words that are no unit, or several."""
    fields = ask.form.fields
    if "owner" not in fields and "co" not in fields:
        return []
    known = units.known_names(ask.session, clock.today())
    names = {one.unit_ids[0]: one.name for one in known if not one.group}
    said = []
    owner = ask.form.get("owner_choice") or ask.form.get("owner")
    if "owner" in fields and owner != units.shown(item.unit_ids, known, item.grouped):
        meant = _understood(ask, owner, known)
        editing.set_units(item, list(meant.unit_ids), meant.grouped, ask.me.id)
        said.append(ask.text("web.review.now_owner", units="; ".join(names[one] for one in meant.unit_ids) or "–"))
    co = ask.form.get("co_choice") or ask.form.get("co")
    if "co" in fields and co != units.shown(item.co_unit_ids, known):
        meant = _understood(ask, co, known)
        editing.set_co_units(item, list(meant.unit_ids))
        said.append(ask.text("web.review.now_co", units="; ".join(names[one] for one in item.co_unit_ids) or "–"))
    return said


def _understood(ask: Ask, words: str, known: list[units.Named]) -> units.Typed:
    meant = units.understand(words, known)
    for said, choices in meant.doubtful.items():
        raise Stop(409, "web.review.several_units", words=said, units="; ".join(one.name for one in choices))
    for said, near in meant.unknown.items():
        key = "web.review.no_unit_near" if near else "web.review.no_unit"
        raise Stop(409, key, words=said, **({"units": "; ".join(one.name for one in near)} if near else {}))
    return meant


def _due(ask: Ask, directive: Directive, item: DraftItem) -> list[str]:
    """The time limit, typed in words or taken from the calendar beside it, whichever was changed."""
    form = ask.form
    if "due" not in form.fields:
        return []
    stands = days.shown(item.due_on, item.due_time, item.recurrence if item.due_on is None else None)
    picked = day(ask, "day") if "day" in form.fields else item.due_on
    if form.get("due") != stands:
        moment = _moment(ask, directive, form.get("due"))
    elif picked != item.due_on:
        moment = days.Moment(picked, item.due_time)
    else:
        return []
    if moment.recurrence is not None:
        editing.set_series(item, moment.recurrence, moment.at, ask.me.id)
        first = due_words(next_due(moment.recurrence, clock.today()), moment.at, ask.language)
        return [ask.text("web.review.now_series", series=days.spoken(moment.recurrence), day=first)]
    if moment.day is None:
        item.recurrence = None
    editing.set_due(item, moment.day, moment.at, ask.me.id)
    if item.due_on is None and item.review_on is None and item.task_class != TaskClass.MONITOR.value:
        item.review_on = calendar_of(ask.session).review_date(clock.today())
    return [_said_day(ask, moment)]


def _said_day(ask: Ask, moment: days.Moment) -> str:
    if moment.day is None:
        return ask.text("web.review.now_no_due")
    notes = date_notes(moment.day, calendar_of(ask.session), clock.today())
    words = ask.text("web.review.now_due", day=due_words(moment.day, moment.at, ask.language))
    if moment.counted:
        words += f" ({ask.text(f'web.review.counted.{moment.counted}')})"
    return ", ".join([words, *(ask.text(f"web.review.note.{one}") for one in notes)])


def _moment(ask: Ask, directive: Directive, words: str) -> days.Moment:
    known = days.Known(clock.today(), directive.issued_on, directive.received_on)
    moment = days.understand(words, calendar_of(ask.session), known)
    if moment.problem is not None:
        raise Stop(409, f"web.review.day_{moment.problem}", words=words)
    return moment


def _typed_day(ask: Ask, directive: Directive, name: str) -> date | None:
    """An inner or review date: of a calendar input, or in words."""
    given: Any = ask.form.get(name)
    if not given:
        return None
    moment = _moment(ask, directive, given)
    if moment.day is None:
        raise Stop(409, "web.review.day_none", words=given)
    return moment.day


def _class(ask: Ask, item: DraftItem, wanted: str) -> None:
    """A class as chosen. A series is made by typing its day, not by the class alone."""
    if wanted not in set(TaskClass):
        raise Stop(400, "web.stop.broken_form")
    if wanted == TaskClass.RECURRING.value and item.recurrence is None:
        raise Stop(409, "web.review.day_series_day", words="")
    editing.set_class(item, wanted)
