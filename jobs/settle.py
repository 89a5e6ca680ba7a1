"""What became of tries to send: recorded, and what follows from it. Without the token nothing is changed: the claim had
ended, and somebody else has the message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from bot.channel import Channel, Down, Later, Moved, Refused, Result, Sent, Spent, Unknown
from bot.pictures import NOBODY_KNOWS
from jobs.claim import Claim
from jobs.compose import end, release
from models import channel_state, clock, group_chat, shown
from models.base import Database, connection_of
from models.message import Attempt, Message, MessageState, Outcome
from models.organisation import Contact, ContactState

UNKNOWN_TRIES = 2
DOWN_SECONDS = 30.0
HEARD_EVERY = timedelta(seconds=30)
"""So often it is noted that a channel works: not with every message."""

_message, _attempt, _contact = Message.__table__, Attempt.__table__, Contact.__table__
_CLAIMED = select(_message.c.id, _message.c.state, _message.c.claim_token, _message.c.tries, _message.c.tasks).where(
    _message.c.id.in_(bindparam("messages", expanding=True))
)
_SENT = (
    update(_message)
    .where(_message.c.id == bindparam("message"))
    .values(state=MessageState.SENT, reason=None, claim_token=None, claimed_until=None)
)
_UNTRIED = update(_message).where(_message.c.id == bindparam("message")).values(tries=_message.c.tries - 1)
_TRIED = update(_attempt).where(_attempt.c.message_id == bindparam("message"), _attempt.c.token == bindparam("made"))
_DEAD = update(_contact).where(_contact.c.id == bindparam("contact")).values(state=ContactState.DEAD)
_IN_FLIGHT = update(_message).where(_message.c.state == MessageState.SENDING)


def take_over(database: Database) -> None:
    """End every claim: for a process that alone owns the data folder, so that a restart sends what it left at once."""
    with database.write() as session:
        connection_of(session).execute(_IN_FLIGHT, {"claimed_until": None})


def settle(database: Database, channels: Mapping[str, Channel], results: Sequence[tuple[Claim, Result]]) -> None:
    """Record what became of these tries, in one transaction."""
    sent: Counter[str] = Counter()
    with database.write() as session:
        connection = connection_of(session)
        asked = {"messages": [made.message_id for made, _ in results]}
        rows = {row.id: row for row in connection.execute(_CLAIMED, asked)}
        ours = [(made, result) for made, result in results if _is_ours(rows.get(made.message_id), made)]
        if ours:
            connection.execute(_TRIED, [_attempt_of(made, result) for made, result in ours])
            places = [_places(channels, made, result, rows[made.message_id].tasks) for made, result in ours]
            shown.keep(session, (place for of_one in places for place in of_one))
        arrived = [made.message_id for made, result in ours if isinstance(result, Sent)]
        if arrived:
            connection.execute(_SENT, [{"message": one, "sent_at": clock.now()} for one in arrived])
        for made, result in ours:
            if not isinstance(result, Sent):
                _settle_one(session, channels, made, result, rows[made.message_id].tries)
        for made, result in results:
            sent[made.route.channel] += _parts(made, result)
        for channel, parts in sent.items():
            monthly = channels[channel].capabilities.monthly
            if parts and monthly:
                channel_state.count(session, channel, channels[channel].bot, parts, monthly)
        _heard(session, channels, results)


def _is_ours(row: Any, made: Claim) -> bool:
    return row is not None and row.claim_token == made.token and row.state is MessageState.SENDING


def _attempt_of(made: Claim, result: Result) -> dict[str, Any]:
    places = ",".join(getattr(result, "places", ()))[:120] or None
    return {"message": made.message_id, "made": made.token, "outcome": _outcome(result),
            "error": getattr(result, "why", None), "channel_message_id": places}  # fmt: skip


def _settle_one(session: Session, channels: Mapping[str, Channel], made: Claim, result: Result, tries: int) -> None:
    """What follows when it did not arrive, or nobody knows."""
    message_id = made.message_id
    if isinstance(result, Later):
        _again(session, message_id, result.seconds, untried=True)
    elif isinstance(result, Down):  # not for long: another channel may carry on
        _again(session, message_id, min(result.seconds, DOWN_SECONDS), untried=True)
    elif isinstance(result, Refused):
        _refused(session, made)
    elif isinstance(result, Moved):
        _moved(session, channels, made, result.chat_id)
    elif isinstance(result, Spent):
        channel_state.spend(session, made.route.channel, made.route.bot)
        _again(session, message_id, untried=True)
    elif tries < UNKNOWN_TRIES:
        _again(session, message_id)
    else:
        end(session, message_id, MessageState.UNKNOWN, "no_answer")


def _places(channels: Mapping[str, Channel], made: Claim, result: Result, named: Sequence[int]) -> list[shown.Place]:
    """Where it stands: to be edited, to be replied to, or, of a message in parts, not to be said twice. `named`: the
    tasks that it names."""
    new = getattr(result, "places", ())[len(made.outgoing.places) :]
    pictures = tuple(place for place in getattr(result, "pictures", ()) if place != NOBODY_KNOWS)
    whole = isinstance(result, Sent)
    if not (new or pictures) or (whole and not channels[made.route.channel].capabilities.edit):
        return []
    route, buttons = made.route, made.outgoing.buttons
    tasks = tuple({button.task for button in buttons if button.task} | set(named or ())) if buttons else ()
    last = new[-1:] if whole else ()  # the buttons stand under it
    kept = ((place, tasks if (place,) == last else ()) for place in new)
    return [
        shown.Place(made.message_id, route.channel, route.bot, route.chat_id, place, with_buttons)
        for place, with_buttons in (*kept, *((place, ()) for place in pictures))
    ]


def _refused(session: Session, made: Claim) -> None:
    """For good: the contact is dead, the next one of the person carries on, then the next in line."""
    if made.route.contact_id is not None:
        connection_of(session).execute(_DEAD, {"contact": made.route.contact_id, "refused_at": clock.now()})
        _again(session, made.message_id, untried=True)
    else:
        route = made.route
        chat = (_contact.c.channel == route.channel, _contact.c.bot == route.bot, _contact.c.chat_id == route.chat_id)
        connection_of(session).execute(
            update(_contact)
            .where(*chat, _contact.c.state == ContactState.ACTIVE)
            .values(state=ContactState.DEAD, refused_at=clock.now())
        )
        end(session, made.message_id, MessageState.FAILED, "refused")


def _moved(session: Session, channels: Mapping[str, Channel], made: Claim, chat_id: str) -> None:
    """The chat has another id: whatever stands under the old one follows, and the message goes there."""
    channel, bot, old = made.route.channel, channels[made.route.channel].bot, made.route.chat_id
    group_chat.move_group(session, channel, bot, old, chat_id)
    connection_of(session).execute(
        update(_message)
        .where(_message.c.channel == channel, _message.c.chat_id == old, _message.c.state == MessageState.QUEUED)
        .values(chat_id=chat_id)
    )
    _again(session, made.message_id, untried=True, chat_id=chat_id)


def _again(session: Session, message_id: int, seconds: float = 0, *, untried: bool = False, **values: Any) -> None:
    """It waits so long. `untried`: it certainly did not arrive, so that the next try repeats nothing; only tries that
    may have arrived are counted."""
    if untried:
        connection_of(session).execute(_UNTRIED, {"message": message_id})
    later = clock.now() + timedelta(seconds=seconds)
    release(session, message_id, state=MessageState.QUEUED, not_before=later, **values)


def _parts(made: Claim, result: Result) -> int:
    """Messages that the service has counted: each part, each picture, and one that may have arrived."""
    parts = max(len(getattr(result, "places", ())) - len(made.outgoing.places), 0)
    return parts + len(getattr(result, "pictures", ())) + isinstance(result, Unknown)


def _heard(session: Session, channels: Mapping[str, Channel], results: Sequence[tuple[Claim, Result]]) -> None:
    """How the channels are, as these tries tell."""
    for name in {made.route.channel for made, _ in results}:
        if not channels[name].capabilities.pushes:
            continue
        became = [result for made, result in results if made.route.channel == name]
        bot, answered = channels[name].bot, [one for one in became if not isinstance(one, Down | Unknown)]
        if not answered:
            fault = became[-1]
            channel_state.note_down(session, name, bot, getattr(fault, "why", ""))
            continue
        state = channel_state.state_of(session, name, bot)
        if state.down_since or not state.answered_at or clock.now() - state.answered_at >= HEARD_EVERY:
            channel_state.note_up(session, name, bot)


def _outcome(result: Result) -> Outcome:
    if isinstance(result, Sent):
        return Outcome.SENT
    if isinstance(result, Refused):
        return Outcome.REFUSED
    return Outcome.UNKNOWN if isinstance(result, Unknown) else Outcome.LATER
