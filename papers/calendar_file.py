"""Tasks as a calendar file (RFC 5545): an entry for each date, which moves when the date moves.

A date without an hour is a DATE, never an instant: midnight in Viet Nam is another day in UTC, and half of the programs
would show it there. An hour stands with TZID and its VTIMEZONE: without, some show UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from catalogue import text
from models.feeds import Entry
from models.rules import OFFICE_ZONE
from models.task import State

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone

ZONE = "Asia/Ho_Chi_Minh"
SINCE = datetime(1975, 6, 13)
"""Since when all of Viet Nam goes by +07:00, without a break."""
END = b"END:VCALENDAR\r\n"
LONGEST = 70
"""Letters of a title: an entry is read in a narrow column, and a calendar lies on other people's servers."""


def calendar_file(entries: Sequence[Entry], site: str, base_url: str, language: str = "vi") -> bytes:
    """The file. `site`: what makes the UIDs of this office differ from all others'; it must never change."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Đôn Đốc//dondoc//VI")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", text("papers.ics.name", language))
    made.add("x-wr-timezone", ZONE)
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", timedelta(hours=1))
    made.add_component(_zone())
    frame = _bytes(made)
    return frame.removesuffix(END) + b"".join(_written(entry, site, base_url, language) for entry in entries) + END


# The library takes a millisecond for an entry, and programs ask every hour for hundreds that are what they were.
@lru_cache(maxsize=4096)
def _written(entry: Entry, site: str, base_url: str, language: str) -> bytes:
    """An entry's octets, folded."""
    return b"".join(_bytes(event) for event in _events(entry, site, base_url, language))


def _events(entry: Entry, site: str, base_url: str, language: str) -> Iterator[Event]:
    at = datetime.combine(entry.due_on, entry.due_time, OFFICE_ZONE) if entry.due_time else entry.due_on
    yield _event(entry, at, f"nv{entry.number}-{site}@dondoc", "papers.ics.due", base_url, language)
    if entry.internal is not None and entry.state not in (State.COMPLETED, State.WITHDRAWN):
        uid = f"nv{entry.number}-internal-{site}@dondoc"
        yield _event(entry, entry.internal, uid, "papers.ics.internal", base_url, language)


def _event(entry: Entry, at: date, uid: str, key: str, base_url: str, language: str) -> Event:
    from icalendar import Event

    link = f"{base_url}/tasks/NV{entry.number}"
    gone = entry.state is State.WITHDRAWN
    made = Event()
    made.add("uid", uid)
    made.add("sequence", entry.version)
    # Not the moment of asking: the file of an unchanged calendar is the same to the last octet, and need not be sent.
    changed = entry.changed.astimezone(UTC).replace(microsecond=0)
    made.add("dtstamp", changed)
    made.add("last-modified", changed)
    made.add("dtstart", at)
    if not isinstance(at, datetime):
        made.add("dtend", at + timedelta(days=1))
    made.add("summary", text(key, language, code=f"NV{entry.number}", title=short(entry.title)))
    made.add("description", _description(entry, link, language))
    made.add("categories", [text(f"bot.state.{entry.state.value}", language)])
    made.add("status", "CANCELLED" if gone else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    made.add("url", link)
    return made


def _description(entry: Entry, link: str, language: str) -> str:
    said = [text("papers.ics.unit", language, unit=entry.unit)]
    if entry.directive:
        said.append(text("papers.ics.directive", language, number=entry.directive))
    return "\n".join([*said, text(f"papers.ics.next.{entry.state.value}", language), link])


def short(title: str) -> str:
    """The title in one line, cut at a word."""
    whole = " ".join(title.split())
    if len(whole) <= LONGEST:
        return whole
    return whole[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:.-") + "…"


def _zone() -> Timezone:
    from icalendar import Timezone, TimezoneStandard

    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", SINCE)
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _bytes(made: Calendar | Event) -> bytes:
    written: Any = made.to_ical()
    return bytes(written)
