"""Whom nothing reaches now: people without a chat that takes messages, and those whose every chat lies in a channel
that is down or has no messages left."""

from collections import defaultdict
from datetime import date

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from models.base import connection_of
from models.channel_state import is_down, states, works
from models.organisation import Contact, ContactState, Person, Post, Role, Unit

SHOWN_ONLY = "web"
"""The browser shows what is there to whoever looks; it calls nobody. See jobs/route.py."""
WITH_DUTIES = (Role.LEADER, Role.HEAD, Role.DEPUTY, Role.OFFICE)

_contact = Contact.__table__.c
_CONTACTS = sqlalchemy.select(_contact.person_id, _contact.channel, _contact.bot).where(
    _contact.state == ContactState.ACTIVE
)


def cut_off(session: Session) -> dict[int, set[str]]:
    """Those who have chats, of which none works now: person → the channels they lie in.

    What is only shown in the browser comes to nobody's notice: it stands in for a channel that is used up for the
    month, not for one that is down and will be back.
    """
    known = {(state.channel, state.bot): state for state in states(session)}
    if all(works(state) for state in known.values()):
        return {}
    chats: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for person_id, channel, bot in connection_of(session).execute(_CONTACTS):
        chats[person_id].add((channel, bot))
    lost = {}
    for person_id, theirs in chats.items():
        pushing = {chat for chat in theirs if chat[0] != SHOWN_ONLY}
        silent = {chat for chat in pushing if chat in known and not works(known[chat])}
        waits = any(is_down(known[chat]) for chat in silent)
        if silent and silent == pushing and (waits or pushing == theirs):
            lost[person_id] = {channel for channel, _ in silent}
    return lost


def unreachable(session: Session, day: date, channel: str | None = None) -> list[tuple[Person, str]]:
    """People who hold a post on `day` and whom nothing reaches, with their unit's code. `channel`: only those whom this
    channel would reach if it worked."""
    lost = [person for person, channels in cut_off(session).items() if channel is None or channel in channels]
    whom: ColumnElement[bool] = col(Person.id).in_(lost)
    if channel is None:
        linked = select(Contact.person_id).where(col(Contact.state) == ContactState.ACTIVE)
        whom = whom | col(Person.id).not_in(linked)
    query = (
        select(Person, Unit.code)
        .join(Post, col(Post.person_id) == Person.id)
        .join(Unit, col(Unit.id) == Post.unit_id)
        .where(
            whom,
            col(Post.role).in_(WITH_DUTIES),
            (col(Post.valid_from) == None) | (col(Post.valid_from) <= day),  # noqa: E711
            (col(Post.valid_to) == None) | (col(Post.valid_to) >= day),  # noqa: E711
        )
        .order_by(col(Post.id))
    )
    return list({person.id: (person, code) for person, code in session.execute(query)}.values())
