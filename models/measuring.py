"""What is done about an indicator: set up, target, owner, the tasks it hangs on, and values, each in its history."""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlmodel import Session, col, delete, select

from models import clock, event
from models.indicator import Indicator, IndicatorTask, IndicatorValue
from models.moves import Actor
from models.organising import NotPossible
from models.task import Task, by_number

LONGEST_SOURCE = 300
LARGEST = Decimal(10) ** 8
"""What the column holds, with four decimals."""


def number(given: str) -> Decimal:
    """A value as people type it: 68,42 or 68.42, blanks between thousands. Raises NotPossible."""
    typed = given.replace(" ", "").replace("\u00a0", "").removesuffix("%")
    if typed.count(",") == 1 and typed.count(".") >= 1 and typed.rindex(".") < typed.index(","):
        typed = typed.replace(".", "")  # 1.234,5
    try:
        value = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        raise NotPossible("number", given=given) from None
    if not value.is_finite() or abs(value) >= LARGEST:
        raise NotPossible("number", given=given)
    return value.quantize(Decimal("0.0001"))


def written(value: Decimal, language: str = "vi") -> str:
    """68.4200 → 68,42 (68.42 in English)."""
    plain = f"{value.normalize():f}"
    return plain.replace(".", ",") if language == "vi" else plain


def add(session: Session, actor: Actor, *, name: str, unit: str, target: Decimal, unit_id: int | None,
        directive_id: int | None) -> Indicator:  # fmt: skip
    """A new indicator. Raises NotPossible."""
    if not name:
        raise NotPossible("indicator_needs_name")
    made = Indicator(name=name, unit=unit, target=target, unit_id=unit_id, directive_id=directive_id)
    session.add(made)
    session.flush()
    _record(session, made, "indicator_added", actor, {"name": name, "unit": unit, "target": str(target),
                                                      "owner": unit_id, "directive": directive_id})  # fmt: skip
    return made


def change(session: Session, indicator: Indicator, actor: Actor, **columns: Any) -> bool:
    """Name, unit of measure, target, owner (unit_id) or directive; False when nothing is another."""
    if not columns.get("name", indicator.name):
        raise NotPossible("indicator_needs_name")
    changed = {key: value for key, value in columns.items() if getattr(indicator, key) != value}
    if not changed:
        return False
    before = {key: getattr(indicator, key) for key in changed}
    for key, value in changed.items():
        setattr(indicator, key, value)
    session.add(indicator)
    session.flush()
    facts = {key: _told(value) for key, value in changed.items()}
    _record(session, indicator, "indicator_changed", actor,
            facts | {"before": {key: _told(value) for key, value in before.items()}})  # fmt: skip
    return True


def add_value(session: Session, indicator: Indicator, actor: Actor, *, day: date, value: Decimal,
              source: str) -> IndicatorValue:  # fmt: skip
    """A value on a day that has none yet. Raises NotPossible for a day to come, or one that has a value."""
    if day > clock.today():
        raise NotPossible("day_to_come")
    if _on(session, indicator, day) is not None:
        raise NotPossible("value_there", day=day)
    made = IndicatorValue(indicator_id=indicator.id or 0, day=day, value=value, source=source, entered_at=clock.now())
    session.add(made)
    session.flush()
    _record(session, indicator, "value_added", actor,
            {"day": day.isoformat(), "value": str(value), "source": source})  # fmt: skip
    return made


def add_pasted(session: Session, indicator: Indicator, actor: Actor, rows: str) -> int:
    """Rows as they are copied from a spreadsheet (day, value, source; a tab or a semicolon between), all or none; how
    many. A month stands for its last day. Raises NotPossible naming the row."""
    found = 0
    for at, row in enumerate(rows.split("\n"), 1):
        cells = [cell.strip() for cell in (row.split("\t") if "\t" in row else row.split(";"))]
        if not any(cells):
            continue
        day = _day(cells[0])
        if day is None or len(cells) < 2:
            raise NotPossible("row", number=at, row=row[:80])
        source = " ".join(cells[2:])[:LONGEST_SOURCE]
        add_value(session, indicator, actor, day=day, value=number(cells[1]), source=source)
        found += 1
    if found == 0:
        raise NotPossible("no_rows")
    return found


def _day(given: str) -> date | None:
    """30/6/2023, 2023-06-30, or the last day of 6/2023; None for anything else."""
    if found := re.fullmatch(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})", given):
        day, month, year = found.groups()
        try:
            first = date(int(year), int(month), int(day or 1))
            return first if day else (first + timedelta(31)).replace(day=1) - timedelta(1)
        except (ValueError, OverflowError):
            return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def correct_value(session: Session, row: IndicatorValue, actor: Actor, *, value: Decimal, source: str) -> bool:
    """Put a value right; what it was stays in the history. False when nothing is another."""
    if row.value == value and row.source == source:
        return False
    indicator = session.get_one(Indicator, row.indicator_id)
    before = {"value": str(row.value), "source": row.source}
    row.value, row.source, row.entered_at = value, source, clock.now()
    session.add(row)
    session.flush()
    _record(session, indicator, "value_corrected", actor,
            {"day": row.day.isoformat(), "value": str(value), "source": source, "before": before})  # fmt: skip
    return True


def link_task(session: Session, indicator: Indicator, code: str, actor: Actor) -> bool:
    """Hang the task NVn on the indicator; False when it is there. Raises NotPossible."""
    digits = code.strip().upper().removeprefix("NV")
    task = by_number(session, int(digits)) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None
    if task is None:
        raise NotPossible("no_task", code=code)
    if session.get(IndicatorTask, (indicator.id, task.id)) is not None:
        return False
    session.add(IndicatorTask(indicator_id=indicator.id or 0, task_id=task.id or 0))
    session.flush()
    _record(session, indicator, "task_linked", actor, {"task": task.code})
    return True


def unlink_task(session: Session, indicator: Indicator, task: Task, actor: Actor) -> bool:
    """Take the task off the indicator; False when it is not there."""
    row = session.get(IndicatorTask, (indicator.id, task.id))
    if row is None:
        return False
    session.execute(delete(IndicatorTask).where(col(IndicatorTask.indicator_id) == indicator.id,
                                                col(IndicatorTask.task_id) == task.id))  # fmt: skip
    _record(session, indicator, "task_unlinked", actor, {"task": task.code})
    return True


def _on(session: Session, indicator: Indicator, day: date) -> IndicatorValue | None:
    query = select(IndicatorValue).where(IndicatorValue.indicator_id == indicator.id, IndicatorValue.day == day)
    return session.exec(query).first()


def _told(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _record(session: Session, indicator: Indicator, verb: str, actor: Actor, facts: dict[str, Any]) -> None:
    session.exec(select(Indicator.id).where(Indicator.id == indicator.id).with_for_update()).one()
    event.record(session, f"indicator:{indicator.id}", verb, actor_id=actor.person_id, channel=actor.channel,
                 facts=facts, announced=True)  # fmt: skip
