"""Notices → one message: one heading, one address, a section for each kind, and what to type at the end.

Rendered when the message is claimed, from the notices that still hold then. A message that would be too long is made
again with shorter lists and titles, never cut by letters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlmodel import Session

from bot.rendering import (
    alarming,
    answering,
    assigning,
    carrying,
    deciding,
    escalating,
    handing,
    listing,
    reminding,
    waiting,
)
from bot.rendering.holding import holds
from bot.rendering.listing import Weekly
from bot.rendering.reply import MOST_BUTTONS, Tap, answerable, asked, buttons, drafts, reply_lines
from bot.rendering.view import Detail, Section, View
from models import clock
from models.message import KIND_ORDER, Kind, Notice
from models.rules import OFFICE_ZONE

__all__ = ["Rendered", "Tap", "Weekly", "holds", "render"]

LIMIT = 1950
"""Letters. Below the 2,000 of the narrowest channel, with room for the mark of a repeat."""
DETAILS = (
    Detail(40, 160),
    Detail(30, 90),
    Detail(20, 60),
    Detail(12, 50),
    Detail(8, 45),
    Detail(5, 40),
    Detail(3, 40),
    Detail(2, 30),
    Detail(1, 30),
)
ANSWERS = {Kind.ACCEPTED, Kind.EXTENSION_DECIDED}
"""Alone in a message they are one sentence, without heading and address."""
DUE = (Kind.DUE_TODAY, Kind.DUE_SOON)

Maker = Callable[[View, Sequence[Notice], Detail], Section]
MAKERS: dict[Kind, Maker] = {
    Kind.ALARM: alarming.alarm,
    Kind.ESCALATED: escalating.escalated,
    Kind.OVERDUE: reminding.overdue,
    Kind.DUE_TODAY: reminding.due,
    Kind.DUE_SOON: reminding.due,
    Kind.UNCONFIRMED: reminding.unconfirmed,
    Kind.ASSIGNED: assigning.assigned,
    Kind.RETURNED: answering.returned,
    Kind.EXTENSION_DECIDED: answering.extension_decided,
    Kind.PRE_NOTICE: escalating.pre_notice,
    Kind.REPORTED: deciding.reported,
    Kind.EXTENSION_ASKED: deciding.extension_asked,
    Kind.REFUSED: deciding.refused,
    Kind.ACCEPTED: answering.accepted,
    Kind.REASSIGNED: answering.moved,
    Kind.SUSPENDED: answering.moved,
    Kind.RESUMED: answering.moved,
    Kind.WITHDRAWN: answering.moved,
    Kind.DUE_CHANGED: answering.due_changed,
    Kind.HANDOVER: handing.handover,
    Kind.REVIEW: reminding.review,
    Kind.COORDINATION: handing.coordination,
}
SPECIAL: dict[str, Maker] = {
    "told": listing.told,
    "desk": waiting.desk,
    "carried_over": carrying.carried_over,
    "instructed": answering.instructed,
}
"""Sections whose wording does not follow from the kind."""


@dataclass(frozen=True)
class Rendered:
    """A message as it goes out. `kinds` in the order of Kind; `tasks`: NV numbers of all it is about;
    `prompt_kind`, `prompt_tasks`: what a bare number answers."""

    text: str
    kinds: tuple[str, ...]
    tasks: tuple[int, ...]
    buttons: tuple[Tap, ...]
    prompt_kind: str | None
    prompt_tasks: tuple[int, ...]


def render(session: Session, person_id: int, notices: Sequence[Notice], at: datetime, weekly: Weekly) -> Rendered:
    """One message for one person from notices that hold. `at`: the moment it speaks of (its slot; a message that comes
    a day late speaks of today; the weekly report always of when it was frozen). `weekly`: makes that report."""
    if clock.today() > at.astimezone(OFFICE_ZONE).date():
        at = clock.now()
    view = View(session, person_id, notices, at)
    makers = _makers(view, notices, weekly)
    text, sections = "", []
    for detail in DETAILS:
        sections = [make(detail) for make in makers]
        text = _text(view, sections)
        if len(text) <= LIMIT:
            break
    question = asked(answerable(view, sections))
    kinds = sorted({notice.kind for notice in notices}, key=lambda kind: KIND_ORDER[kind])
    return Rendered(
        text,
        tuple(kind.value for kind in kinds),
        tuple(sorted({n for s in sections for n in s.tasks})),
        (*drafts(view), *buttons(view, question), *_opening(sections))[:MOST_BUTTONS],
        question.kind,
        question.tasks,
    )


def _makers(view: View, notices: Sequence[Notice], weekly: Weekly) -> list[Callable[[Detail], Section]]:
    """One maker for each section, in the order of Kind. What is asked of the whole office is asked once here."""
    groups: dict[tuple[Kind | None, str], list[Notice]] = {}
    for notice in sorted(notices, key=lambda notice: (KIND_ORDER[notice.kind], notice.id or 0)):
        groups.setdefault(_place(notice), []).append(notice)
    if (Kind.DUE_SOON, "") in groups and (Kind.DUE_TODAY, "") in groups:
        groups[(Kind.DUE_TODAY, "")] += groups.pop((Kind.DUE_SOON, ""))
    makers: list[Callable[[Detail], Section]] = []
    for (_, special), group in groups.items():
        kind = group[0].kind
        if special:
            makers.append(partial(SPECIAL[special], view, group))
        elif kind in (Kind.DIGEST, Kind.DIGEST_DRAFT):
            week, leader = date.fromisoformat(str(group[0].facts["week"])), view.person_id if view.is_leader else None
            report = weekly(view.session, view.at, week, leader, view.language)
            makers.append(partial(listing.weekly, view, kind, report))
        elif kind is Kind.DAILY_OFFICE:
            makers.append(partial(listing.daily_office, view, listing.desk_of(view.session, view.at)))
        else:
            makers.append(partial(MAKERS[kind], view, group))
    return makers


def _opening(sections: Sequence[Section]) -> list[Tap]:
    """Buttons that open a page."""
    return [Tap(label, 0, url=address) for section in sections for label, address in section.links]


def _place(notice: Notice) -> tuple[Kind | None, str]:
    """What stands in one section: a kind; for a desk that is waited for, whatever the kind."""
    if "line" in notice.facts:
        return notice.kind, "told"
    if waiting.of_desk(notice):
        return None, "desk"
    if carrying.carries_over(notice):
        return notice.kind, "carried_over"
    return notice.kind, "instructed" if answering.instructs(notice) else ""


def _text(view: View, sections: Sequence[Section]) -> str:
    if all(section.kind in ANSWERS for section in sections):
        return "\n".join(line for section in sections for line in section.lines)
    first = sections[0]
    parts = [_head(view, first)]
    parts += [
        "\n".join([*([] if number == 0 else [section.title]), *section.lines])
        for number, section in enumerate(sections)
    ]
    reply = reply_lines(view, answerable(view, sections))
    return "\n\n".join([*parts, *(["\n".join(reply)] if reply else [])])


def _head(view: View, first: Section) -> str:
    """Who writes about what to whom; to leaders it is reported. Then in whose stead the reader is told."""
    name, title = view.name(view.person_id), view.title(view.person_id)
    if view.is_leader:
        lines = [first.title] if first.kind in (Kind.DIGEST, Kind.ALARM) else []
        lines.append(view.t("greeting.leader", title=title or name))
    else:
        heading = first.title if first.kind is Kind.DIGEST else view.t("heading", title=first.title)
        lines = [heading, view.t("greeting" if title else "greeting.untitled", name=name, title=title)]
    return "\n".join(lines + _stand_ins(view))


def _stand_ins(view: View) -> list[str]:
    """ "Gửi đồng chí thay đồng chí …": one line for each person in whose place the reader is told."""
    groups: dict[tuple[int | None, str], list[str]] = {}
    for notice in view.notices:
        if notice.facts.get("why"):
            task = view.tasks.get(notice.task_id)
            groups.setdefault((notice.told_id, str(notice.facts["why"])), []).append(task.code if task else "")
    lines = []
    for (told_id, why), codes in groups.items():
        named = ", ".join(dict.fromkeys(code for code in codes if code)) or view.t("stand_in.this")
        lines.append(view.t(f"stand_in.{why}", whom=view.comrade(told_id), tasks=named))
    return lines
