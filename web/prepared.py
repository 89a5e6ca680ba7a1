"""Pages that open files before they do anything: outside any transaction, outside the event loop, a few at a time.

Opening takes a moment, or minutes when a scan has to be recognised. Then the answer begins at once: a page that grows
by a line for each page of the scan and ends with the way on. It needs no script.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

from anyio import CapacityLimiter, to_thread
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from catalogue import text
from web.asking import Ask, Endpoint, Page, Stop, answered, asked, form_of, render, said_by, stopped
from web.context import Context
from web.uploads import Form

log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
Work = Callable[[Progress], Any]
Prepare = Callable[[Ask], Work]
"""Looks, in a transaction that only reads, at who sends which files: the work to be done first. Raises Stop."""
AT_ONCE = CapacityLimiter(2)
"""Each reader may take a core and much memory; who comes later waits without holding a thread."""
GROWS = Markup("<!-- here the page grows -->")


class Left(Exception):
    """Nobody waits for this work any more."""


class Heard:
    """What the working thread reports, heard in the event loop; `None` is its end."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._pages: asyncio.Queue[tuple[int, int] | None] = asyncio.Queue()
        self.left = False

    def report(self, page: int, pages: int) -> None:
        """Called by the working thread. Raises Left when the browser has gone."""
        if self.left:
            raise Left()
        self._loop.call_soon_threadsafe(self._pages.put_nowait, (page, pages))

    def end(self, task: asyncio.Future[Any]) -> None:
        """Called in the loop when the work has ended, one way or the other."""
        if not task.cancelled():
            task.exception()  # looked at here, for when nobody else will
        self._pages.put_nowait(None)

    async def next(self) -> tuple[int, int] | None:
        """The next page that is being recognised."""
        try:
            return await self._pages.get()
        except asyncio.CancelledError:
            self.left = True
            raise


def prepared_page(answer: Page, prepare: Prepare, *, failed: Page, signed_in: bool = True, always: bool = False,
                  words: str = "reading") -> Endpoint:  # fmt: skip
    """The endpoint of a form that may bring files: `ask.ready` is then what the work gave, else None.

    `always`: there is work without files, too. `words`: what the growing page is called (`web.<words>.…`)."""

    async def endpoint(request: Request) -> Response:
        context: Context = request.app.state.context
        form = await form_of(request)
        if isinstance(form, Response):
            return form
        one = Prepared(context, request, form, answer, signed_in, words)
        try:
            if not (form.files or always):
                return await run_in_threadpool(one.finish, None)
            work = await run_in_threadpool(one.look, prepare)
            heard = Heard()
            task = asyncio.ensure_future(to_thread.run_sync(work, heard.report, limiter=AT_ONCE))
            task.add_done_callback(heard.end)
            first = await heard.next()
            if first is None:
                return await run_in_threadpool(one.finish, task.result())
        except Stop as stop:
            return await run_in_threadpool(stopped, context, request, stop, failed, form)
        return StreamingResponse(one.told(heard, task, first), media_type="text/html; charset=utf-8",
                                 headers={"x-accel-buffering": "no"})  # fmt: skip

    return endpoint


class Prepared:
    """One request whose files are opened first."""

    def __init__(self, context: Context, request: Request, form: Form, answer: Page, signed_in: bool,
                 words: str) -> None:  # fmt: skip
        self.context, self.request, self.form, self.answer, self.signed_in = context, request, form, answer, signed_in
        self.words = words
        self.language = context.language
        self.before = self.after = ""  # the growing page, before and after what grows

    def look(self, prepare: Prepare) -> Work:
        """Who asks, and the work to be done first; it has the database for itself then. Raises Stop."""
        with self.context.database.read() as session:
            ask = asked(self.context, self.request, session, self.form, self.signed_in)
            self.language = ask.language
            work = prepare(ask)
            self.before, _, self.after = render(ask, "reading.html", grows=GROWS, words=self.words).partition(GROWS)
        return work

    def finish(self, ready: Any) -> Response:
        """The page itself. Raises Stop."""
        return answered(self.context, self.request, self.form, self.answer, self.signed_in, ready)

    async def told(self, heard: Heard, task: asyncio.Future[Any], page: tuple[int, int] | None) -> AsyncIterator[str]:
        """The growing page, piece by piece."""
        try:
            yield self.before
            while page is not None:
                yield self._line(*page)
                page = await heard.next()
            yield await self._ending(task)
            yield self.after
        finally:
            heard.left = True

    def _line(self, page: int, pages: int) -> Markup:
        return Markup("<li>{}</li>\n").format(self._say("page", page=page, pages=pages))

    async def _ending(self, task: asyncio.Future[Any]) -> Markup:
        path = self.request.url.path
        try:
            response = await run_in_threadpool(self.finish, task.result())
        except Stop as stop:
            return _end("refused", said_by(stop, self.language), path, self._say("again"))
        except Exception:  # too late for an answer of its own: the page has begun
            log.exception("a form with files")
            return _end("refused", text("web.stop.broken", self.language), path, self._say("again"))
        way = response.headers.get("location", path)
        refresh = Markup('<meta http-equiv="refresh" content="1;url={}">').format(way)
        return _end("done", self._say("done"), way, self._say("open")) + refresh

    def _say(self, key: str, **values: Any) -> str:
        return text(f"web.{self.words}.{key}", self.language, **values)


def _end(how: str, said: str, way: str, name: str) -> Markup:
    return Markup('</ol>\n<p class="{}" role="status">{}</p>\n<p><a class="button" href="{}">{}</a></p>\n').format(
        how, said, way, name
    )
