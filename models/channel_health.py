"""What can be said of a channel's health from rows alone: by `dondoc check`, by /healthz and by the alarms."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, text
from sqlmodel import Session

from models import clock
from models.base import connection_of
from models.channel_state import UNAUTHORISED, Budget, ChannelState, budget, is_down, states
from models.message import Attempt, Message, Outcome
from models.organisation import Contact, ContactState

STALE_AFTER = timedelta(minutes=2)
"""A request for news waits half a minute at most; after four of them nobody is asking."""
UNSENT_AFTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
LOOKED_BACK = 20_000
"""Tries of the last hour are looked for among so many of the newest."""
FEWEST_TRIES = 10

_message, _attempt, _contact = Message.__table__, Attempt.__table__, Contact.__table__
_WAITING = text("message.state IN ('queued','sending')")  # written out, for the partial index
_CHANNEL = func.coalesce(_contact.c.channel, _message.c.channel)  # a reply goes to a chat, not to a contact


@dataclass(frozen=True)
class Watched:
    """A channel as those see it who look after it. `mode`: polling (we ask it), webhook (its service calls us), out
    (nobody writes to us there). `monthly`, `people`: its limits, None for none. `token`: the environment variable with
    which it is opened."""

    name: str
    mode: str = "out"
    monthly: int | None = None
    people: int | None = None
    token: str = ""


@dataclass(frozen=True)
class Tries:
    """Tries to send of the last hour, and what of them came to nothing at once."""

    all: int = 0
    refused: int = 0
    unknown: int = 0
    later: int = 0

    @property
    def failed(self) -> int:
        """All that did not arrive."""
        return self.refused + self.unknown + self.later

    @property
    def mostly_failed(self) -> bool:
        """Is at least half of them refused or not answered, of enough to judge by? What is to be sent again later is a
        limit, or an outage, which has an alarm of its own."""
        return self.all >= FEWEST_TRIES and (self.refused + self.unknown) * 2 >= self.all


@dataclass(frozen=True)
class Health:
    """A channel's state, its tries of the last hour, and how many people are linked there."""

    watched: Watched
    state: ChannelState
    tries: Tries
    linked: int

    @property
    def token_refused(self) -> bool:
        """Is it down because its token is refused?"""
        return self.down and self.state.why == UNAUTHORISED

    @property
    def down(self) -> bool:
        """Does it only fail?"""
        return is_down(self.state)

    @property
    def stale(self) -> bool:
        """Has nobody asked it for two minutes, though it is to be asked and does not fail?"""
        asked = self.state.polled_at
        return (self.watched.mode == "polling" and asked is not None and self.state.down_since is None
                and clock.now() - asked > STALE_AFTER)  # fmt: skip

    @property
    def budget(self) -> Budget:
        """What is left of the month's messages."""
        return budget(self.state, self.watched.monthly)


def health(session: Session, watched: tuple[Watched, ...]) -> list[Health]:
    """How these channels are, in their order. Of a channel's bots the one that was heard of last."""
    never = datetime.min.replace(tzinfo=UTC)
    heard = sorted(states(session), key=lambda state: state.heard_at or never)
    latest = {state.channel: state for state in heard}
    tries, linked = _tries(session), _linked(session)
    return [
        Health(one, latest.get(one.name) or ChannelState(channel=one.name), tries.get(one.name, Tries()),
               linked.get(one.name, 0))
        for one in watched
    ]  # fmt: skip


def unsent(session: Session, after: timedelta = UNSENT_AFTER) -> tuple[int, datetime | None]:
    """How many messages have been waiting for longer, and since when the oldest has."""
    query = select(func.count(), func.min(_message.c.created_at)).where(
        _WAITING, _message.c.created_at < clock.now() - after
    )
    count, oldest = connection_of(session).execute(query).one()
    return count, oldest


def _tries(session: Session) -> dict[str, Tries]:
    newest = connection_of(session).execute(select(func.max(_attempt.c.id))).scalar() or 0
    query = (
        select(_CHANNEL, _attempt.c.outcome, func.count())
        .select_from(_attempt.join(_message, _message.c.id == _attempt.c.message_id)
                     .outerjoin(_contact, _contact.c.id == _attempt.c.contact_id))
        .where(_attempt.c.id > newest - LOOKED_BACK, _attempt.c.at > clock.now() - HOUR,
               _attempt.c.outcome.is_not(None))
        .group_by(_CHANNEL, _attempt.c.outcome)
    )  # fmt: skip
    counts: dict[str, dict[Outcome, int]] = {}
    for channel, outcome, number in connection_of(session).execute(query):
        counts.setdefault(channel, {})[outcome] = number
    failed = (Outcome.REFUSED, Outcome.UNKNOWN, Outcome.LATER)
    return {
        channel: Tries(sum(by.values()), *(by.get(outcome, 0) for outcome in failed)) for channel, by in counts.items()
    }


def _linked(session: Session) -> dict[str, int]:
    query = (
        select(_contact.c.channel, func.count(_contact.c.person_id.distinct()))
        .where(_contact.c.state == ContactState.ACTIVE)
        .group_by(_contact.c.channel)
    )
    return dict(connection_of(session).execute(query).all())
