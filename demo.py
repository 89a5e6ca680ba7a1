"""A whole department to play with on an empty machine: pretend people, a clock that can be moved, the real service.

Everything goes through the same code as `run`; only the clock and the people are pretend, and the page says so.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
import webbrowser
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import founding
from app import Service, make_scheduler, make_service, serve_web
from config import HOME, Settings
from intake import import_documents
from jobs import schedule, watch
from jobs.deliver import deliver
from models import clock
from models.base import Database
from models.calendar import calendar_of
from models.moves import Actor
from models.recipients import person_by_short_id
from models.rules import OFFICE_ZONE
from storage import open_database

SEED = HOME / "demo_data" / "788-SVHTTDL-VP.txt"
START = datetime(2023, 7, 24, 7, 0, tzinfo=OFFICE_ZONE)
CLERK = "vp.vanthu"
JUST_AFTER = timedelta(seconds=2)


class Demo:
    """The pretend clock of the demo, as its page moves it."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def now(self) -> datetime:
        """Office time (local)."""
        return clock.local_now()

    def advance(self, step: str) -> None:
        """Move to the next slot, the next working day's first slot, or a week on (`slot`, `day`, `week`).

        Every slot on the way is lived through, as the service would have done. Blocking. Raises ValueError.
        """
        for slot in list(self._slots_until(step)):
            clock.start_at(slot + JUST_AFTER)
            watch.seal_the_day(self.service.database)
            schedule.tick(self.service.database)
            asyncio.run(deliver(self.service.database, self.service.channels))

    def _slots_until(self, step: str) -> Iterator[datetime]:
        with self.service.database.read() as session:
            calendar = calendar_of(session)
        slot = calendar.slot_after(clock.now())
        if step == "slot":
            last = slot
        elif step == "day":
            last = calendar.first_slot(calendar.add(clock.today(), 1))
        elif step == "week":
            last = calendar.slot_at_or_before(clock.now() + timedelta(days=7))
        else:
            raise ValueError(step)
        while slot <= last:
            yield slot
            slot = calendar.slot_after(slot)


def run(settings: Settings, *, open_page: bool = True) -> None:
    """Serve the demo on this machine alone, from a fresh database, until it is stopped."""
    folder = settings.data_dir / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    listener = _listening(settings.port)
    settings = replace(settings, data_dir=folder, database_url=f"sqlite:///{folder / 'dondoc.db'}", host="127.0.0.1",
                       port=listener.getsockname()[1])  # fmt: skip
    # Its people are pretend: no message of theirs may reach a real chat, whatever tokens stand in the environment.
    settings = replace(settings, base_url=f"http://127.0.0.1:{settings.port}", telegram_token=None, zalo_token=None,
                       mail=None)  # fmt: skip
    clock.start_at(START)
    database = prepare(settings)
    service = make_service(settings, database)
    try:
        asyncio.run(_serve(service, listener, open_page))
    finally:
        database.close()


def prepare(settings: Settings) -> Database:
    """The demo's database: the department, everyone linked to the browser chat, the seed directive as a draft."""
    database = open_database(settings)
    with database.write() as session:
        founding.link_all_to_web(session)
        clerk = person_by_short_id(session, CLERK)
        import_documents(session, [(SEED.name, SEED.read_bytes())], received_on=clock.today(),
                         actor=Actor(clerk.id if clerk else None, "demo"))  # fmt: skip
    return database


async def _serve(service: Service, listener: socket.socket, open_page: bool) -> None:
    scheduler = make_scheduler(service)
    scheduler.start()
    address = f"{service.settings.base_url}/demo"
    print(address, flush=True)
    if open_page:
        await asyncio.to_thread(webbrowser.open, address)
    try:
        await serve_web(service, Demo(service), listener)
    finally:
        scheduler.shutdown(wait=False)


def _listening(wanted: int) -> socket.socket:
    """A socket that listens on this port, or on a free one if somebody else has it.

    Held from here on: of two demos that merely looked at the same moment, both would find the port free.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", wanted))
        listener.listen()
    except OSError:
        listener.close()
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen()
    return listener
