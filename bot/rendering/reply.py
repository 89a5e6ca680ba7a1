"""The last lines of a message: what to type; and the same as buttons. A number means the same in every message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.rendering.view import Section, View, two
from models.message import Kind

UNIT = ("confirm", "confirm_for", "work", "late", "complete", "review")
CONFIRM = ("confirm", "confirm_for")
DECIDE = ("accept", "decide")
OTHERS = ("above", "place", "hold", "call", "direct")
"""Answered in words that the section itself tells."""
NUMBERS = {
    "confirm": (1, 5, 0),
    "confirm_for": (1, 0),
    "work": (2, 3, 4, 0),
    "late": (2, 3, 4, 0),
    "complete": (2, 3, 0),
    "review": (3, 2, 0),
    "accept": (8, 9, 0),
    "decide": (8, 9, 0),
    "forward": (8, 0),
}
MOST_BUTTONS = 10


@dataclass(frozen=True)
class Tap:
    """One button. `task`: the NV number it is about, None for all that the message asks about. `prompt`: the question
    it answers, when that was opened before the message. `url`: the page that it opens instead of answering."""

    label: str
    number: int
    task: int | None = None
    prompt: int | None = None
    url: str = ""


@dataclass(frozen=True)
class Asked:
    """What a message asks: the kind and the tasks that a bare number answers, and its sections by family."""

    kind: str | None
    tasks: tuple[int, ...]
    sections: tuple[Section, ...]


def answerable(view: View, sections: Sequence[Section]) -> list[Section]:
    """What this reader can answer by a number: of another unit's tasks, which the Office is told of in its stead, the
    Office writes what the unit said, and how it was told."""
    if not view.is_office:
        return list(sections)
    foreign = {task.number for task in view.tasks.values() if not view.own(task)}
    kept = []
    for section in sections:
        own = tuple(number for number in section.tasks if number not in foreign)
        others = tuple(number for number in section.tasks if number in foreign)
        if section.asks not in UNIT or not others:
            kept.append(section)
            continue
        kept += [replace(section, tasks=own)] if own else []
        kept.append(replace(section, tasks=others, asks="contact"))
    return kept


def asked(sections: Sequence[Section]) -> Asked:
    """The one question of a message: the first section that numbers answer, else the first that words do.

    All of a unit's sections are one question (one message is one prompt); a decision is about its own section's tasks.
    """
    first = next((s for family in ((*UNIT, *DECIDE, "forward"), OTHERS) for s in sections if s.asks in family), None)
    if first is None:
        return Asked(None, (), ())
    family = UNIT if first.asks in UNIT else (first.asks,)
    of_family = tuple(s for s in sections if s.asks in family and (first.asks in UNIT or s.kind is first.kind))
    tasks = tuple(sorted({number for section in of_family for number in section.tasks}))
    return Asked(first.kind.value, tasks, of_family)


def reply_lines(view: View, sections: Sequence[Section]) -> list[str]:
    """What to type, one line for each family of answers."""
    lines = _unit_lines(view, [s for s in sections if s.asks in UNIT])
    decisions = [s for s in sections if s.asks in DECIDE]
    alone = len(decisions) == 1 and not lines
    lines += [_decide_line(view, section, alone) for section in decisions]
    lines += [view.t("reply.contact", code=f"NV{s.tasks[0]}") for s in sections if s.asks == "contact"][:1]
    if not lines:
        hints = [s.asks for s in sections if s.asks in ("unit", "list")]
        if hints:
            lines.append(view.t(f"reply.{hints[0]}"))
        elif not any(s.asks for s in sections):
            lines.append(view.t("reply.look"))
    return lines


def _unit_lines(view: View, sections: list[Section]) -> list[str]:
    waits = sorted({number for s in sections if s.asks == "confirm" for number in s.tasks})
    rest = sorted({n for s in sections if s.asks not in ("confirm", "confirm_for") for n in s.tasks} - set(waits))
    if waits and rest:
        return [
            view.t("reply.mixed", waiting=", ".join(f"NV{number}" for number in waits), example=_example(view, rest[0]))
        ]
    if waits and all(section.kind is Kind.UNCONFIRMED for section in sections):
        task = next(task for task in view.tasks.values() if task.number == waits[0])
        key = "one" if len(waits) == 1 else "many"
        return [view.t(f"unconfirmed.please_{key}", count=two(len(waits)), unit=view.noun(task))]
    due = sorted({n for s in sections if s.asks not in ("confirm", "confirm_for") for n in s.tasks})
    lines = []
    if waits:
        other = waits[1] if len(waits) > 1 else waits[0]
        lines = [
            view.t(
                "reply.confirm_one" if len(waits) == 1 else "reply.confirm_many",
                count=two(len(waits)),
                code=f"NV{waits[0]}",
                other=f"NV{other}",
            )
        ]
    if not due:
        return lines
    asks = {s.asks for s in sections if s.asks not in ("confirm", "confirm_for")}
    many = "many" if len(due) > 1 or len(waits) > 1 else "one"
    kind = asks.pop() if len(asks) == 1 else "work"
    return [*lines, view.t(f"reply.{kind}_{many}", code=f"NV{due[0]}", example=_example(view, due[0]))]


def _decide_line(view: View, section: Section, alone: bool) -> str:
    code = f"NV{section.tasks[0]}"
    other = f"NV{section.tasks[1]}" if len(section.tasks) > 1 else code
    return view.t(
        f"reply.{section.asks}_{'one' if alone and len(section.tasks) == 1 else 'many'}", code=code, other=other
    )


def _example(view: View, number: int) -> str:
    """2 NV12 số 145/BC-QLVH ngày 27/11: an example of the reader's own."""
    task = next((task for task in view.tasks.values() if task.number == number), None)
    unit = view.units.get(task.unit_id) if task else None
    return view.t("reply.example", code=f"NV{number}", unit=unit.code if unit else "VP", day=f"{view.today:%d/%m}")


def buttons(view: View, question: Asked) -> tuple[Tap, ...]:
    """The numbers of the question as buttons; of several tasks each has its own, but for a confirmation of all."""
    alone = len(question.tasks) == 1
    taps: list[Tap] = []
    for section in question.sections:
        numbers = NUMBERS.get(section.asks or "", ())
        if alone:
            taps += [Tap(_label(view, section, number), number) for number in numbers]
        elif section.asks not in CONFIRM:
            pairs = [(task, number) for task in section.tasks for number in numbers[:2]]
            taps += [Tap(f"{_label(view, section, number)} NV{task}", number, task) for task, number in pairs]
    waits = {number for section in question.sections if section.asks in CONFIRM for number in section.tasks}
    if waits and not alone:
        one = next(iter(waits)) if len(waits) == 1 else None
        taps.insert(0, Tap(f"{view.t('tap.1')} NV{one}" if one else view.t("tap.all", count=two(len(waits))), 1, one))
    unique = {(tap.number, tap.task): tap for tap in taps if tap.number != 0}
    in_order = sorted(unique.values(), key=lambda tap: tap.number) if alone else list(unique.values())
    return (*in_order[: MOST_BUTTONS - 1], Tap(view.t("tap.0"), 0)) if unique else ()


def drafts(view: View) -> tuple[Tap, ...]:
    """8 and 9 for each report that a đầu mối has drafted: its question is open since then."""
    return tuple(
        Tap(f"{view.t(f'tap.{number}.draft')} {view.tasks[notice.task_id].code}", number, None, notice.facts["prompt"])
        for notice in view.notices
        if notice.facts.get("prompt") and notice.task_id in view.tasks
        for number in (8, 9)
    )


def _label(view: View, section: Section, number: int) -> str:
    decision = f".{section.asks}" if number in (8, 9) else ""
    return view.t(f"tap.{number}{decision}")
