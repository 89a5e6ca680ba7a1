"""Two items made one: the words of both, every unit and product of both, the earlier date."""

from __future__ import annotations

from sqlmodel import Session

from drafting.order import LONGEST_LABEL, PART, close_ranks, number_parts, relabel
from drafting.rereading import as_read, columns_of
from models.confirm import items_of
from models.directive import Directive, DraftItem


class NothingToJoin(Exception):
    """No item of ours follows."""


def join(session: Session, directive: Directive, item: DraftItem) -> DraftItem:
    """Make one of an item and the next one of ours; the next one goes, and is given back as it was. Raises
    NothingToJoin."""
    following = [one for one in items_of(session, directive.id or 0)
                 if one.position > item.position and not one.dropped and one.ours is not False]  # fmt: skip
    if not following:
        raise NothingToJoin
    other = following[0]
    shift = len(item.reading.get("due", []))
    item.text = f"{item.text} {other.text}"
    if item.file == other.file and item.span_start is not None and other.span_end is not None:
        item.span_end = max(item.span_end or 0, other.span_end)
    item.unit_ids = [*item.unit_ids, *(one for one in other.unit_ids if one not in item.unit_ids)]
    item.grouped = item.grouped or other.grouped
    co = [*item.co_unit_ids, *other.co_unit_ids]
    item.co_unit_ids = [one for one in dict.fromkeys(co) if one not in item.unit_ids]
    item.deliverables = list(dict.fromkeys([*item.deliverables, *other.deliverables]))
    item.ours = True if True in (item.ours, other.ours) else item.ours
    _join_times(item, other)
    _join_reading(item, other)
    _join_questions(session, directive, item, other, shift)
    relabel(item, _joint_label(item.label, other.label))
    _point_choices(directive, other.id, item.id)
    session.delete(other)
    session.add(item)
    session.add(directive)
    session.flush()
    close_ranks(session, directive)
    number_parts(session, directive, item.label)
    return other


def _join_reading(item: DraftItem, other: DraftItem) -> None:
    """What the text says of both, the first one's words first."""
    both = [*item.reading.get("due", []), *other.reading.get("due", [])]
    lead = {name: list(dict.fromkeys([*item.reading.get(name, []), *other.reading.get(name, [])]))
            for name in ("lead_units", "lead_codes", "co_units", "co_codes", "deliverables")}  # fmt: skip
    item.reading = {**item.reading, **lead, "due": both, "text": item.text,
                    "cuts": [*item.reading.get("cuts", []), *other.reading.get("cuts", [])]}


def _join_times(item: DraftItem, other: DraftItem) -> None:
    """The earlier date stands; a series or a date wins over nothing."""
    if other.due_on is not None and (item.due_on is None or other.due_on < item.due_on):
        item.due_on, item.due_time = other.due_on, other.due_time
        item.task_class = other.task_class
    if item.recurrence is None and other.recurrence is not None and item.due_on is None:
        item.recurrence, item.task_class = other.recurrence, other.task_class
    inner = [one for one in (item.internal_due, other.internal_due) if one is not None]
    item.internal_due = min(inner) if inner else None
    if item.due_on is not None or item.recurrence is not None:
        item.review_on = None


def _join_questions(session: Session, directive: Directive, item: DraftItem, other: DraftItem, shift: int) -> None:
    """Both items' questions but those that the other one's data answer; two dates become one question."""
    questions, answers = dict(item.questions), dict(item.answers)
    for key, words in other.questions.items():
        moved = f"due:{int(key[4:]) + shift}" if key.startswith("due:") else key
        if moved not in questions:
            questions[moved] = words
            if key in other.answers:
                answers[moved] = other.answers[key]
    if item.unit_ids and "owner" not in answers:
        questions.pop("owner", None)
    if (item.due_on is not None or item.recurrence is not None) and "due" not in answers:
        questions.pop("due", None)
    made = columns_of(session, directive, as_read(item), item.unit_ids)["questions"]
    if "several" in made and "several" not in questions:
        questions["several"] = made["several"]
    item.questions, item.answers = questions, {key: value for key, value in answers.items() if key in questions}


def _joint_label(a: str, b: str) -> str:
    first, second = PART.fullmatch(a), PART.fullmatch(b)
    if first and second and first.group(1) == second.group(1):
        return a
    both = f"{a}, {b}"
    return both if len(both) <= LONGEST_LABEL else a


def _point_choices(directive: Directive, gone: int | None, instead: int | None) -> None:
    """What was to go on under an item that goes, goes on under the one it was joined to."""
    choices = directive.continues.get("choices")
    if choices and any(one.get("item") == gone for one in choices.values()):
        moved = {name: {**one, "item": instead} if one.get("item") == gone else one for name, one in choices.items()}
        directive.continues = {**directive.continues, "choices": moved}
