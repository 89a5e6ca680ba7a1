"""Alarms: what is stuck, which channel does not work and whom nothing reaches, how far a month's messages have gone.

Each is told once for its cause: a day, an outage, a month. The administrator hears what to mend, the Office whom it has
to call; both by a channel that works.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from jobs.notices import Occasion, plan
from models import clock
from models.base import Database
from models.calendar import calendar_of
from models.channel_health import Health, Watched, health, unsent
from models.channel_state import Budget, runs_out_on, this_month, used
from models.message import Inbox, InboxState, Kind, Notice
from models.organisation import Role
from models.recipients import Directory, Recipient
from models.unreached import cut_off, unreachable


@dataclass(frozen=True)
class Alarm:
    """Something to be told once, under its `key`. `office`: it is the Office's matter; `admin`: the administrator's, at
    any hour unless the Office hears of it too."""

    key: str
    cause: str
    facts: dict[str, Any] = field(default_factory=dict)
    admin: bool = True
    office: bool = False


def raise_alarms(database: Database, watched: tuple[Watched, ...] = ()) -> int:
    """Look at everything once, and plan the alarms that were not raised yet; how many notices that makes."""
    with database.read() as session:
        seen = [*_stuck(session), *(alarm for one in health(session, watched) for alarm in _of_channel(session, one))]
        found = [alarm for alarm in seen if not _told(session, alarm)]
    if not found:
        return 0
    with database.write() as session:
        people = _People(session)
        return sum(_plan(session, alarm, people) for alarm in found)


def _stuck(session: Session) -> Iterator[Alarm]:
    """Messages unsent for 15 minutes and updates that could not be handled, once a day each."""
    today = clock.today().isoformat()
    waiting, _ = unsent(session)
    if waiting:
        yield Alarm(f"alarm:unsent:{today}", "unsent", {"count": waiting})
    failed = session.execute(
        select(func.count()).where(
            Inbox.state == InboxState.FAILED, col(Inbox.received_at) > clock.now() - timedelta(days=1)
        )
    ).scalar_one()
    if failed:
        yield Alarm(f"alarm:inbox_failed:{today}", "inbox_failed", {"count": failed})


def _of_channel(session: Session, one: Health) -> Iterator[Alarm]:
    """Down, its token refused, not asked, mostly failing; then its month's messages."""
    name, state = one.watched.name, one.state
    about = {"channel": name, "bot": state.bot}
    if state.down_since is not None and one.down:
        since = state.down_since.isoformat()
        outage = about | {"since": since, "fault": state.why, "token": one.watched.token}
        yield Alarm(f"alarm:{'token' if one.token_refused else 'down'}:{name}:{since}",
                    "token" if one.token_refused else "down", outage)  # fmt: skip
        if unreachable(session, clock.today(), name):
            yield Alarm(f"alarm:cut_off:{name}:{since}", "cut_off", outage, admin=False, office=True)
    elif one.stale and state.polled_at is not None:
        asked = state.polled_at.isoformat()
        yield Alarm(f"alarm:poll_stale:{name}:{asked}", "poll_stale", about | {"since": asked})
    elif one.tries.mostly_failed:
        tries = one.tries
        facts = {"tried": tries.all, "refused": tries.refused, "unknown": tries.unknown, "later": tries.later}
        yield Alarm(f"alarm:failing:{name}:{clock.today().isoformat()}", "failing", about | facts)
    if one.budget >= Budget.WARNED and one.watched.monthly:
        yield _quota(one, one.watched.monthly, about)


def _quota(one: Health, monthly: int, about: dict[str, Any]) -> Alarm:
    """Once a month each: at seven tenths, at nine tenths, and when all is used up."""
    month, runs_out = this_month().isoformat(), runs_out_on(one.state, monthly)
    facts = about | {"used": used(one.state), "monthly": monthly, "month": month, "level": int(one.budget),
                     "runs_out": runs_out.isoformat() if runs_out else None}  # fmt: skip
    return Alarm(f"alarm:quota:{one.watched.name}:{month}:{int(one.budget)}", "quota", facts, office=True)


def _told(session: Session, alarm: Alarm) -> bool:
    """Was it raised before, for whomever? Who can be reached changes, and nobody else is to hear of it late."""
    this = col(Notice.key).startswith(f"{alarm.key}:", autoescape=True)
    query = select(Notice.id).where(Notice.kind == Kind.ALARM, this).limit(1)
    return session.execute(query).first() is not None


class _People:
    """Who hears of alarms today: those whom a channel reaches that works; if none does, it waits for all of them."""

    def __init__(self, session: Session) -> None:
        directory, lost = Directory(session, clock.today()), cut_off(session)

        def reached(people: list[int]) -> list[Recipient]:
            return [Recipient(one) for one in people if directory.reachable(one) and one not in lost]

        admins, office = directory.holders(None, Role.ADMIN), [one.person_id for one in directory.for_office()]
        everybody = [Recipient(one) for one in admins or office]
        self.admin = reached(admins) or reached(office) or everybody
        self.office = reached(office) or reached(admins) or [Recipient(one) for one in office]


def _plan(session: Session, alarm: Alarm, people: _People) -> int:
    slot = calendar_of(session).slot_at_or_after(clock.now())
    facts = {"cause": alarm.cause, **alarm.facts}
    # The administrator is woken; the Office can do nothing at night.
    occasion = Occasion(alarm.key, Kind.ALARM, slot, at_once=True, any_hour=not alarm.office, facts=facts)
    made = plan(session, occasion, people.office, "office") if alarm.office else 0
    return made + (plan(session, occasion, people.admin, "admin") if alarm.admin else 0)
