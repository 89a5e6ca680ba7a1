"""Whom nothing reaches and why, how the channels are, and what became of yesterday's messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from models import clock
from models.channel_health import Health, health
from models.channel_state import runs_out_on, used
from models.organisation import Person
from models.queries import Ledger, ledger
from models.unreached import cut_off, unreachable
from web.context import Context


@dataclass(frozen=True)
class Lost:
    """A person whom nothing reaches. `channels`: those their chats lie in, which do not work; none: no chat at all."""

    person: Person
    unit: str
    channels: tuple[str, ...]


@dataclass(frozen=True)
class Channel:
    """A channel, how many of the month's messages it has used, and the day on which they run out at this pace."""

    health: Health
    used: int
    runs_out: date | None

    @property
    def share(self) -> int:
        """Per cent of the month's messages."""
        monthly = self.health.watched.monthly
        return min(self.used * 100 // monthly, 100) if monthly else 0

    @property
    def says(self) -> str:
        """The worst that can be said of it: token, down, stale, failing, spent, warned; works."""
        one = self.health
        troubles = (("token", one.token_refused), ("down", one.down), ("stale", one.stale),
                    ("spent", one.budget >= 100), ("failing", one.tries.mostly_failed),
                    ("warned", one.budget > 0))  # fmt: skip
        return next((name for name, so in troubles if so), "works")


@dataclass(frozen=True)
class Reach:
    """What the Office must know about reaching people. `day`: whose messages `ledger` counts."""

    lost: tuple[Lost, ...]
    channels: tuple[Channel, ...]
    day: date
    ledger: Ledger


def reach(session: Session, context: Context) -> Reach:
    """As it is now: people and channels change without an event, so nothing is kept."""
    why, yesterday = cut_off(session), clock.today() - timedelta(1)
    lost = tuple(Lost(person, unit, tuple(sorted(why.get(person.id or 0, ()))))
                 for person, unit in unreachable(session, clock.today()))  # fmt: skip
    channels = tuple(
        Channel(one, used(one.state), runs_out_on(one.state, one.watched.monthly) if one.watched.monthly else None)
        for one in health(session, context.watched)
    )
    return Reach(lost, channels, yesterday, ledger(session, yesterday))
