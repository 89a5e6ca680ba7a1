"""How each channel is: when it was last heard of, since when it only fails, how many of the month's messages it has
sent. Rows, so that the process that sends, the one that polls and the one that looks after them see the same."""

import math
from datetime import date, datetime, time, timedelta
from enum import IntEnum

from sqlalchemy import bindparam, case, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session

from models import clock
from models.base import Table, UtcDateTime, connection_of

DOWN_AFTER = timedelta(seconds=90)
"""So long a channel must have done nothing but fail before the next one of each person carries on."""
TRY_AGAIN, TRY_ANYWAY = timedelta(minutes=1), timedelta(minutes=5)
"""So long after its last failure one message may try whether a channel is back, one that has no other way, or any:
nobody else asks a channel that is not polled."""
APART = timedelta(minutes=10)
"""Two failures with so much time between them, and no try, are no outage."""
UNAUTHORISED = "unauthorised"
WARN, CLOSE, FULL = 70, 90, 100
"""Per cent of the month's messages. From CLOSE on the rest is kept for replies and for what cannot wait."""
DOUBTFUL = timedelta(hours=6)
"""On the first day of our month the service may still be counting the last one."""


class ChannelState(Table, table=True):
    """One row for each channel and bot. `down_since`: nothing but failures from then to `failed_at`, `why` the last
    one's code, `in_sending`: it was a message that failed, not a poll. `month`: the first day of the month (the
    office's calendar) whose messages `used` counts, of `monthly` (None: no limit). `spent_until`: the service says that
    they are used up, whatever was counted."""

    __tablename__ = "channel_state"
    channel: str = Field(primary_key=True, max_length=24)
    bot: str = Field(default="", primary_key=True, max_length=60)
    polled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    down_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    why: str | None = Field(default=None, max_length=40)
    in_sending: bool = False
    month: date | None = None
    used: int = 0
    monthly: int | None = None
    spent_until: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def heard_at(self) -> datetime | None:
        """The last that was heard of it, good or bad."""
        return max((at for at in (self.polled_at, self.answered_at, self.failed_at) if at), default=None)


class Budget(IntEnum):
    """How much of a month's messages is used up."""

    FREE = 0
    WARNED = WARN
    CLOSED = CLOSE
    SPENT = FULL


_state = ChannelState.__table__
_THIS = (_state.c.channel == bindparam("of_channel"), _state.c.bot == bindparam("of_bot"))
_ONE = select(_state).where(*_THIS)
_ENSURE = {
    "sqlite": sqlite.insert(_state).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_state).on_conflict_do_nothing(),
}


def state_of(session: Session, channel: str, bot: str) -> ChannelState:
    """How the channel is; a channel that nothing was heard of yet is as it should be. Read only."""
    row = connection_of(session).execute(_ONE, {"of_channel": channel, "of_bot": bot}).mappings().first()
    if row is None:
        return ChannelState(channel=channel, bot=bot)
    # Made without the model's own door, which costs more than the question: every message asks.
    made: ChannelState = ChannelState.__mapper__.class_manager.new_instance()
    made.__dict__.update(row)
    return made


def states(session: Session) -> list[ChannelState]:
    """Every channel that was ever used."""
    rows = connection_of(session).execute(select(_state).order_by(_state.c.channel, _state.c.bot)).mappings()
    return [ChannelState(**row) for row in rows]


def is_down(state: ChannelState) -> bool:
    """Has it done nothing but fail for so long that others carry on? One failure after which nothing was tried is
    none; that its token is refused is known at once."""
    if state.down_since is None or state.failed_at is None:
        return False
    return state.why == UNAUTHORISED or state.failed_at - state.down_since >= DOWN_AFTER


def works(state: ChannelState) -> bool:
    """Can people be written to over it now?"""
    return not is_down(state) and budget(state, state.monthly) < Budget.SPENT


def note_up(session: Session, channel: str, bot: str, *, polled: bool = False) -> None:
    """It answered just now. `polled`: to a poll, which does not prove that messages go through where they did not."""
    now = clock.now()
    if polled and state_of(session, channel, bot).in_sending:
        _set(session, channel, bot, polled_at=now)
        return
    _set(session, channel, bot, answered_at=now, down_since=None, failed_at=None, why=None, in_sending=False,
         **({"polled_at": now} if polled else {}))  # fmt: skip


def note_down(session: Session, channel: str, bot: str, why: str, *, polled: bool = False) -> None:
    """It failed just now, as a channel: not one chat's trouble. `polled`: in answer to a poll."""
    now, state = clock.now(), state_of(session, channel, bot)
    apart = not is_down(state) and (state.failed_at is None or now - state.failed_at > APART)
    since = now if apart or state.down_since is None else state.down_since
    _set(session, channel, bot, down_since=since, failed_at=now, why=why[:40], in_sending=not polled)


def note_trial(session: Session, channel: str, bot: str) -> None:
    """One message tries now whether it is back; the others wait for what becomes of it."""
    _set(session, channel, bot, failed_at=clock.now())


def count(session: Session, channel: str, bot: str, messages: int, monthly: int) -> None:
    """So many of `monthly` messages went out: the service counts each part, replies included."""
    month = this_month()
    # Reckoned by the database: the process that polls sends replies while another one sends reminders.
    used_then = case((_state.c.month == month, _state.c.used), else_=0)
    _set(session, channel, bot, month=month, used=used_then + messages, monthly=monthly)


def spend(session: Session, channel: str, bot: str) -> None:
    """The service itself says that the month's messages are used up, whatever was counted here."""
    now, first = clock.now(), clock.at_local(this_month(), time(0))
    early = now - first < timedelta(days=1)
    _set(session, channel, bot, spent_until=now + DOUBTFUL if early else clock.at_local(next_month(), time(0)))


def used(state: ChannelState) -> int:
    """Messages of this month."""
    return state.used if state.month == this_month() else 0


def budget(state: ChannelState, monthly: int | None) -> Budget:
    """How far the month's messages are used up; FREE where there is no limit."""
    if state.spent_until is not None and clock.now() < state.spent_until:
        return Budget.SPENT
    if not monthly:
        return Budget.FREE
    return max(level for level in Budget if used(state) * 100 >= monthly * level)


def runs_out_on(state: ChannelState, monthly: int) -> date | None:
    """The day on which the month's messages are used up at its pace so far; None: not before the month ends."""
    start = clock.at_local(this_month(), time(0))
    each_day = used(state) / max((clock.now() - start) / timedelta(days=1), 0.5)
    if not each_day:
        return None
    left = math.floor((monthly - used(state)) / each_day)
    day = clock.today() + timedelta(days=min(max(left, 0), 31))
    return day if day < next_month() else None


def this_month() -> date:
    """The first day of the office's month."""
    return clock.today().replace(day=1)


def next_month() -> date:
    """The first day of the office's next month."""
    return (this_month() + timedelta(days=31)).replace(day=1)


def _set(session: Session, channel: str, bot: str, **values: object) -> None:
    connection = connection_of(session)
    connection.execute(_ENSURE[connection.dialect.name], {"channel": channel, "bot": bot, "used": 0,
                                                           "in_sending": False})  # fmt: skip
    connection.execute(update(_state).where(*_THIS).values(**values), {"of_channel": channel, "of_bot": bot})
