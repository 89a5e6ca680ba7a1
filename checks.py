"""Is everything in order? Each check gives lines: in order, worth knowing, or to be looked at with what to do."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import Session, col, func, select

import founding
import storage
from checks_channels import channels, waiting
from config import Settings
from finding import Finding, Level, bad, good, note
from models import clock
from models.calendar import CalendarDay, calendar_of
from models.event import Event
from models.message import WAITING_MESSAGES, Inbox, InboxState, Message, MessageState, Notice, NoticeState
from models.organisation import Person, Post, Role
from models.recipients import Directory, posts_of
from models.unreached import cut_off

FEWEST_HOLIDAYS = 11  # Bộ luật Lao động 2019, Điều 112
CLOCK_SECONDS = 5
__all__ = ["Finding", "Level", "findings"]


def findings(session: Session, settings: Settings) -> Iterator[Finding]:
    """All checks of a database that has been opened (so: migrated and founded), in order."""
    for check in (_settings, _database, _secret, _signin, _department, _clock, _calendar, channels, _people, _heads,
                  _messages, waiting):
        yield from check(session, settings)


def _settings(_session: Session, settings: Settings) -> Iterator[Finding]:
    yield good("settings", file=settings.path)


def _database(session: Session, settings: Settings) -> Iterator[Finding]:
    yield good("database", folder=settings.data_dir, revision=storage.revision(session.connection()))


def _secret(_session: Session, settings: Settings) -> Iterator[Finding]:
    if settings.given_secret:
        yield good("secret_given")
        return
    settings.secret()
    file = settings.data_dir / "secret"
    mode = stat.S_IMODE(file.stat().st_mode)
    yield note("secret_file", file=file) if mode == 0o600 else bad("secret_mode", file=file, mode=f"{mode:o}")


def _signin(_session: Session, settings: Settings) -> Iterator[Finding]:
    """Whoever presses a button that leads nowhere has been promised something: without the secret there is none."""
    if settings.signin is None:
        if settings.oidc_secret:
            yield bad("signin_no_settings")
        return
    yield good("signin", issuer=settings.signin.issuer) if settings.oidc_secret else bad("signin_no_secret")


def _department(session: Session, settings: Settings) -> Iterator[Finding]:
    different = founding.differences(settings.department, founding.held(session))
    file = settings.path.name
    yield note("differs", file=file, names=_some(different)) if different else good("same", file=file)


def _clock(session: Session, settings: Settings) -> Iterator[Finding]:
    apart = abs((clock.now() - clock.database_time(session)).total_seconds())
    last = session.exec(select(func.max(Event.at))).one()
    if settings.now is not None:
        yield bad("clock_moved")
    elif apart > CLOCK_SECONDS:
        yield bad("clock_apart", seconds=round(apart))
    elif last is not None and last > clock.now() + timedelta(seconds=CLOCK_SECONDS):
        yield bad("clock_back", at=f"{last:%d/%m/%Y %H:%M}")
    else:
        yield good("clock", at=f"{clock.local_now():%d/%m/%Y %H:%M}")


def _calendar(session: Session, _settings: Settings) -> Iterator[Finding]:
    """This year and the next must have their holidays; the swaps of a year are the office's own table."""
    calendar = calendar_of(session)
    for year in (clock.today().year, clock.today().year + 1):
        days = [date(year, 1, 1) + timedelta(n) for n in range(365)]
        off = sum(day.weekday() < 5 and not calendar.is_working(day) for day in days)
        own = session.exec(
            select(func.count()).where(col(CalendarDay.day) >= days[0], col(CalendarDay.day) <= date(year, 12, 31))
        ).one()
        if off < FEWEST_HOLIDAYS - 3:  # some fall on a Sunday whose day in lieu lies in the next year
            yield bad("calendar_unknown", year=year, off=off)
        else:
            yield (good if own else note)("calendar" if own else "calendar_no_table", year=year, off=off, own=own)


def _people(session: Session, _settings: Settings) -> Iterator[Finding]:
    """Nobody with a duty may be out of reach."""
    directory, today = Directory(session, clock.today()), clock.today()
    people = session.exec(select(Person).order_by(col(Person.id))).all()
    lost = cut_off(session)
    apart = [
        one.short_id
        for one in people
        if one.id is not None and (one.id in lost or not directory.reachable(one.id))
        and posts_of(session, one.id, today)
    ]  # fmt: skip
    yield bad("unreachable", count=len(apart), names=_some(apart)) if apart else good("reachable", count=len(people))


def _heads(session: Session, _settings: Settings) -> Iterator[Finding]:
    """Without anyone in the Office nothing can be assigned or told."""
    if not Directory(session, clock.today()).office():
        yield bad("no_office")
    if session.exec(select(Post.id).where(Post.role == Role.ADMIN).limit(1)).first() is None:
        yield note("no_admin")


def _messages(session: Session, _settings: Settings) -> Iterator[Finding]:
    """Everything planned is sent, dropped with a reason, or waits: the three make up the whole."""
    states = dict(session.execute(select(Notice.state, func.count()).group_by(Notice.state)).all())
    by_message = dict(session.execute(
        select(Message.state, func.count()).join(Notice, col(Notice.message_id) == Message.id)
        .where(Notice.state == NoticeState.CARRIED).group_by(Message.state)
    ).all())  # fmt: skip
    sent = by_message.get(MessageState.SENT, 0)
    waiting = states.get(NoticeState.PLANNED, 0) + sum(by_message.get(state, 0) for state in WAITING_MESSAGES)
    refused = states.get(NoticeState.DROPPED, 0) + sum(
        by_message.get(state, 0) for state in (MessageState.UNKNOWN, MessageState.FAILED, MessageState.DROPPED)
    )
    values: dict[str, object] = {"planned": sum(states.values()), "sent": sent, "refused": refused, "waiting": waiting}
    whole = sum(states.values()) == sent + refused + waiting
    yield good("messages", **values) if whole else bad("messages_apart", **values)
    failed = session.exec(select(func.count()).where(Inbox.state == InboxState.FAILED)).one()
    if failed:
        yield bad("inbox_failed", count=failed)


def _some(names: list[str], most: int = 8) -> str:
    """The first few names."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")
