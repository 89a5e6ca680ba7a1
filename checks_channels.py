"""Is each channel in order: its token, when it was last asked, what became of the last hour's tries, the month's
messages, how many people are linked; and is a message stuck?"""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session, col, func, select

from config import Settings
from finding import Finding, bad, good, note
from models import clock
from models.channel_health import Health, Watched, health, unsent
from models.channel_state import Budget, runs_out_on, used
from models.organisation import Contact, ContactState, Person
from models.rules import OFFICE_ZONE

TOKENS = {"telegram": ("telegram_token", "DONDOC_TELEGRAM_TOKEN"), "zalo": ("zalo_token", "DONDOC_ZALO_TOKEN"),
          "email": ("smtp_password", "DONDOC_SMTP_PASSWORD")}  # fmt: skip


def watched(settings: Settings) -> tuple[Watched, ...]:
    """The channels that can be used and may fail, in the office's order; the browser is the site itself."""
    return tuple(
        Watched(
            name,
            settings.receive.get(name, "out"),
            settings.zalo_monthly if name == "zalo" else None,
            settings.zalo_people if name == "zalo" else None,
            TOKENS[name][1],
        )
        for name in settings.channels
        if name in TOKENS and _usable(settings, name)
    )


def channels(session: Session, settings: Settings) -> Iterator[Finding]:
    """A channel without its token reaches nobody; whoever is linked only there is told apart by the check of people."""
    states = {one.watched.name: one for one in health(session, watched(settings))}
    for name in settings.channels:
        if name in states:
            yield from _of_channel(session, states[name])
        elif name in TOKENS:
            yield _unused(session, name)
        else:
            yield good("channel", channel=name)


def _usable(settings: Settings, name: str) -> bool:
    """Mail may be sent without a password."""
    return settings.mail is not None if name == "email" else bool(getattr(settings, TOKENS[name][0]))


def _unused(session: Session, name: str) -> Finding:
    linked = session.exec(
        select(func.count()).where(Contact.channel == name, col(Contact.state) == ContactState.ACTIVE)
    ).one()
    if name == "email":
        return note("email_unused", linked=linked)
    values = {"channel": name, "variable": TOKENS[name][1], "linked": linked}
    return bad("channel_no_token", **values) if linked else note("channel_unused", **values)


def _of_channel(session: Session, one: Health) -> Iterator[Finding]:
    name = one.watched.name
    yield _working(one)
    if one.watched.mode == "polling":
        yield _asked(one)
    elif one.watched.mode == "webhook":
        yield good("channel_hooked", channel=name)
    tries = one.tries
    values = {"channel": name, "tried": tries.all, "failed": tries.failed, "refused": tries.refused,
              "unknown": tries.unknown, "later": tries.later}  # fmt: skip
    yield (bad if tries.mostly_failed else good)("channel_tries", **values)
    if one.watched.monthly:
        yield _quota(one, one.watched.monthly)
    yield _linked(session, one)


def _working(one: Health) -> Finding:
    name, state = one.watched.name, one.state
    if one.token_refused:
        return bad("channel_token", channel=name, variable=one.watched.token)
    if state.down_since is None:
        return good("channel", channel=name)
    since = f"{state.down_since.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}"
    return (bad if one.down else note)("channel_down", channel=name, since=since, why=state.why)


def _asked(one: Health) -> Finding:
    """Whoever checks a service that is not running sees it here."""
    asked = one.state.polled_at
    if asked is None:
        return note("channel_never_asked", channel=one.watched.name)
    values = {"channel": one.watched.name, "at": f"{asked.astimezone(OFFICE_ZONE):%H:%M:%S %d/%m/%Y}",
              "seconds": round((clock.now() - asked).total_seconds())}  # fmt: skip
    return bad("channel_not_asked", **values) if one.stale else good("channel_asked", **values)


def _quota(one: Health, monthly: int) -> Finding:
    gone = used(one.state)
    values: dict[str, object] = {"channel": one.watched.name, "used": gone, "monthly": monthly,
                                 "left": max(monthly - gone, 0)}  # fmt: skip
    if one.budget >= Budget.SPENT:
        return bad("channel_spent", **values)
    day = runs_out_on(one.state, monthly)
    if day is not None and one.budget >= Budget.WARNED:
        make = bad if one.budget >= Budget.CLOSED else note
        return make("channel_quota_until", **values, day=f"{day:%d/%m/%Y}")
    return (note if one.budget >= Budget.WARNED else good)("channel_quota", **values)


def _linked(session: Session, one: Health) -> Finding:
    people = session.exec(select(func.count()).select_from(Person)).one()
    most = one.watched.people
    values: dict[str, object] = {"channel": one.watched.name, "linked": one.linked, "people": people}
    if not most:
        return good("channel_linked", **values)
    full = one.linked >= most and people > one.linked
    return (note if full else good)("channel_linked_of", **values, most=most)


def waiting(session: Session, _settings: Settings) -> Iterator[Finding]:
    """The oldest message that is not sent yet."""
    count, oldest = unsent(session)
    if oldest is None:
        yield good("none_unsent")
        return
    yield bad("unsent", count=count, since=f"{oldest.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}")
