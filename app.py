"""The composition root: settings → database → channels → jobs → web. The only place where real things are chosen."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED
from apscheduler.schedulers.asyncio import AsyncIOScheduler

import chats
import checks_channels
from bot.channel import Channel, Chatting
from bot.polling import Poller, begin
from bot.receiving import Receiver
from config import Settings
from jobs import alarms, schedule, watch
from jobs.deliver import Sender
from jobs.menus import set_menus
from jobs.settle import take_over
from jobs.tidy import Tidier
from jobs.webhooks import WebhookSender
from models import clock, lease
from models.base import Database
from models.rules import OFFICE_ZONE
from storage import lock_folder, open_database

LEASE_SECONDS = 30
POLL_LEASE_SECONDS = 90
"""A request waits up to half a minute for news, and the lease must not end meanwhile."""
log = logging.getLogger("dondoc")


@dataclass(frozen=True)
class Service:
    """A database and the channels that reach people."""

    settings: Settings
    database: Database
    channels: Mapping[str, Channel]
    sender: Sender
    receiver: Receiver
    pollers: Mapping[str, Poller]
    tidier: Tidier
    webhooks: WebhookSender


def make_service(settings: Settings, database: Database) -> Service:
    """The service with the channels that the settings give tokens for; the browser chat is always there."""
    channels = chats.make_channels(settings, database)
    sender = Sender(database, channels, pictures=chats.picture_address(settings), site=chats.public_url(settings))
    receiver = Receiver(database, channels, chats.desk_of(settings, channels), chats.screen, sender.send)
    pollers = {
        name: Poller(database, channel, receiver, getattr(channel, "POLL_FLOOR_SECONDS", 0.0))
        for name, channel in chats.chatting(channels).items()
        if settings.receive[name] == "polling"
    }
    return Service(settings, database, channels, sender, receiver, pollers, Tidier(database, channels),
                   WebhookSender(database, settings.inner_webhooks))  # fmt: skip


def run(settings: Settings, only: str | None = None) -> None:
    """Serve until told to stop. `only`: web, bot or jobs, for one process each."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    quiet_libraries()
    if settings.now is not None:
        clock.start_at(settings.now)
    # One process that does everything owns its folder; several that share it (--only) go by leases alone.
    with lock_folder(settings.data_dir) if only is None else nullcontext():
        database = open_database(settings)
        try:
            if only is None:
                take_over(database)
            asyncio.run(serve(make_service(settings, database), only))
        finally:
            database.close()


def quiet_libraries() -> None:
    """httpx logs addresses, and tokens stand in them; "job executed" every second says nothing."""
    for talkative in ("httpx", "httpx2", "httpcore", "httpcore2", "apscheduler", "alembic.runtime.plugins"):
        logging.getLogger(talkative).setLevel(logging.WARNING)


async def serve(service: Service, only: str | None = None) -> None:
    """The loops of one process, until SIGINT or SIGTERM."""
    scheduler = make_scheduler(service, only)
    scheduler.start()
    at_work = [asyncio.create_task(_poll(service, poller)) for poller in service.pollers.values()
               if only in (None, "bot")]  # fmt: skip
    at_work += [asyncio.create_task(begin(service.database, channel)) for channel in hooked(service).values()
                if only in (None, "web")]  # fmt: skip
    try:
        if only in (None, "web"):
            await serve_web(service)
        else:
            await _until_stopped()
    finally:
        scheduler.shutdown(wait=False)
        for task in at_work:
            task.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)
        for channel in service.channels.values():
            await channel.close()
        await service.webhooks.close()
        await asyncio.to_thread(_give_back, service.database)


def make_scheduler(service: Service, only: str | None = None) -> AsyncIOScheduler:
    """Timers that only wake loops. No schedule of the office lives in them: it is in rows.

    A run that is late still runs (the library would drop it after a second), and several missed ones run once.
    """
    scheduler = AsyncIOScheduler(
        timezone=OFFICE_ZONE, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    scheduler.add_listener(_log_trouble, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
    loops: dict[str, tuple[Callable[[Service], Awaitable[None]], float]] = {}
    if only in (None, "jobs"):
        loops |= {
            "tick": (_leased("tick", lambda it: asyncio.to_thread(schedule.tick, it.database)), 2),
            "watch": (_watch, 60), "deliver": (_leased("send", lambda it: it.sender.deliver()), 1),
            "tidy": (_leased("tidy", lambda it: it.tidier.tidy()), 2),
            "webhooks": (_leased("webhooks", lambda it: it.webhooks.work()), 2),
        }  # fmt: skip
    if only in (None, "bot", "web"):
        loops["answer"] = (_answer, 2)
    if only in (None, "bot") and chats.chatting(service.channels):
        loops["menus"] = (_leased("menus", lambda it: set_menus(it.database, it.channels)), 15)
    for name, (loop, seconds) in loops.items():
        scheduler.add_job(loop, "interval", seconds=seconds, args=[service], id=name, replace_existing=True)
    return scheduler


_holder = lease.new_holder()
_renew_at: dict[str, float] = {}


def ours(database: Database, name: str, seconds: float = LEASE_SECONDS) -> bool:
    """Do we hold this lease? Asked every second, so it is renewed only when a third of it is gone."""
    if clock.elapsed() < _renew_at.get(name, 0.0):
        return True
    asked = clock.elapsed()
    if not lease.hold(database, name, _holder, seconds):
        _renew_at.pop(name, None)
        return False
    _renew_at[name] = asked + seconds / 3
    return True


def _give_back(database: Database) -> None:
    for name in list(_renew_at):
        lease.release(database, name, _holder)
    _renew_at.clear()


def _leased(name: str, work: Callable[[Service], Awaitable[object]]) -> Callable[[Service], Awaitable[None]]:
    """A loop that works in one process at a time: where the lease of this name is."""

    async def loop(service: Service) -> None:
        if await asyncio.to_thread(ours, service.database, name):
            await work(service)

    return loop


async def _answer(service: Service) -> None:
    await service.receiver.handle_waiting()


def hooked(service: Service) -> dict[str, Chatting]:
    """The channels whose services call us."""
    receive = service.settings.receive
    return {name: one for name, one in chats.chatting(service.channels).items() if receive[name] == "webhook"}


async def _poll(service: Service, poller: Poller) -> None:
    """Ask one channel for ever, as long as the lease is ours: two pollers of one bot steal each other's messages."""
    name = f"poll:{poller.channel.capabilities.name}:{poller.channel.bot}"
    while True:
        if not await asyncio.to_thread(ours, service.database, name, POLL_LEASE_SECONDS):
            await asyncio.sleep(2)
            continue
        try:
            wait = await poller.step()
        except Exception:  # a fault of our own must not end it: what came is asked for again
            log.exception("polling %s", name)
            wait = 5.0
        if wait:
            await asyncio.sleep(wait)


async def _watch(service: Service) -> None:
    def step() -> None:
        if not ours(service.database, "watch"):
            return
        watch.seal_the_day(service.database)
        alarms.raise_alarms(service.database, checks_channels.watched(service.settings))
        with service.database.write() as session:
            watch.beat(session, "watch")

    await asyncio.to_thread(step)


def web_context(service: Service, demo: Any = None) -> Any:
    """What the site needs to know."""
    from web.context import Context

    settings = service.settings
    return Context(database=service.database, secret=settings.secret(), language=settings.language,
                   base_url=settings.base_url, demo=demo, hooks=hooked(service), receiver=service.receiver,
                   watched=checks_channels.watched(settings), ways_in=chats.ways_in(service.channels),
                   signin=settings.signin if settings.oidc_secret else None, signin_secret=settings.oidc_secret or "",
                   inner_webhooks=settings.inner_webhooks)  # fmt: skip


async def serve_web(service: Service, demo: Any = None, listener: socket.socket | None = None) -> None:
    """Serve the board until stopped, on `listener` if there is one already."""
    import uvicorn

    from web.site import make_site

    site = make_site(web_context(service, demo))
    log.info("open %s in a browser; sign in with `dondoc login WHO`", service.settings.base_url)
    config = uvicorn.Config(site, host=service.settings.host, port=service.settings.port, log_level="warning",
                            access_log=False, timeout_graceful_shutdown=3)  # fmt: skip
    await uvicorn.Server(config).serve(sockets=[listener] if listener else None)


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()


def _log_trouble(event: Any) -> None:
    error = getattr(event, "exception", None)
    log.error("loop %s: %s", event.job_id, type(error).__name__ if error else "missed or still running", exc_info=error)
