"""The "six clears" (6 rõ) of one item of a draft: what a unit must find in a task that it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.directive import Directive, DraftItem
from models.task import TaskClass

CLEARS = ("people", "work", "time", "duty", "product", "authority")
FEWEST_WORDS = 3


def six_clears(item: DraftItem, directive: Directive) -> dict[str, bool]:
    """Which of the six are clear, in their official order (rõ người, rõ việc, rõ thời gian, rõ trách nhiệm, rõ sản
    phẩm, rõ thẩm quyền). Only what is written counts; a waived question makes nothing clear.

    people: a unit has it. work: its title says what to do, in three words or more. time: a due date, a series with its
    day, or a person's answer in words to the question of the date; the Office's own monitoring ends with the others.
    duty: one unit leads, or a group of which each answers for itself, and no unit both leads and co-operates.
    product: something is named that is handed in; monitoring hands in nothing. authority: it is known whose order it is
    and so who may move its date: the issuer if it came from above, else the signer, or the leader who set the date.
    """
    monitor = item.task_class == TaskClass.MONITOR.value
    owners = set(item.unit_ids)
    return {
        "people": bool(owners),
        "work": len(item.title.split()) >= FEWEST_WORDS,
        "time": monitor or _time_is_clear(item),
        "duty": bool(owners) and (len(owners) == 1 or item.grouped) and not owners & set(item.co_unit_ids),
        "product": monitor or any(one.strip() for one in item.deliverables),
        "authority": bool(directive.issuer if directive.from_above else directive.signer or _leader_set(item)),
    }


def missing(clears: Mapping[str, bool]) -> list[str]:
    """Those that are not clear, in order."""
    return [one for one in CLEARS if not clears[one]]


def summary(of_items: Sequence[Mapping[str, bool]]) -> dict[str, int]:
    """How many items lack each of the six."""
    return {one: sum(not clears[one] for clears in of_items) for one in CLEARS}


def _time_is_clear(item: DraftItem) -> bool:
    if item.due_on is not None:
        return True
    if item.task_class == TaskClass.RECURRING.value and item.recurrence is not None:
        return True
    return isinstance(item.answers.get("due"), dict) and bool(item.answers["due"].get("answer"))


def _leader_set(item: DraftItem) -> bool:
    given = item.answers.get("due")
    return isinstance(given, dict) and bool(given.get("leader"))
