"""One request, answered: who asks, in which transaction, and how a refusal is said.

A page is a plain function from an `Ask` to a response. It runs in a worker thread with one session: to read for GET,
to write for POST. A refusal raised anywhere in it rolls everything back and is one sentence on a page.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import cache, partial, wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.refusals import sentence
from catalogue import sentences, text
from models import clock
from models.confirm import NotConfirmable
from models.moves import Actor, MoveError, NoSuchTask, NotAllowed
from models.report import EvidenceTooLarge
from web import visits, words
from web.context import Context
from web.uploads import Form, FormBroken, FormTooLarge, read_form, whole_number
from web.viewer import Viewer, viewer_of

CHANNEL = "web"
SAID = ""
"""The key of a Stop that brings its sentence along."""
WITHOUT_A_POST = ("me", "chat", "logout")
"""What is left to somebody whose last post has ended: the own page and the own conversation."""
TEMPLATES = Path(__file__).resolve().parent / "templates"


class Stop(Exception):
    """The page cannot be given: an HTTP status and the key of the sentence that says why and what to do."""

    def __init__(self, status: int, key: str, **values: Any) -> None:
        super().__init__(key)
        self.status, self.key, self.values = status, key, values


@dataclass(frozen=True)
class Ask:
    """A request with all that a page needs. `viewer` is None before sign-in; `error`: the sentence of a refusal.

    `afterwards`: what is to be done once this transaction is committed, before the answer goes out. `ready`: what was
    made of the form's files before it (web/prepared.py).
    """

    request: Request
    context: Context
    session: Session
    visit: visits.Visit
    viewer: Viewer | None
    form: Form
    error: str | None = None
    afterwards: list[Callable[[], object]] = field(default_factory=list)
    ready: Any = None

    @property
    def me(self) -> Viewer:
        """The signed-in person. Raises Stop when nobody is."""
        if self.viewer is None:
            raise Stop(401, "web.stop.sign_in")
        return self.viewer

    @property
    def actor(self) -> Actor:
        """The signed-in person as somebody who acts."""
        return Actor(self.me.id, CHANNEL)

    @property
    def language(self) -> str:
        """The person's language, else the office's."""
        return (self.viewer.person.language if self.viewer else None) or self.context.language

    def number(self, name: str) -> int:
        """A number in the address; 0, which no row has, for one that is too long to be of a row."""
        return whole_number(str(self.request.path_params[name])) or 0

    def text(self, key: str, **values: Any) -> str:
        """A sentence in the language of the asking person."""
        return text(key, self.language, **values)

    def page(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """A page, rendered now, while the session is open."""
        return HTMLResponse(render(self, template, **values), status)

    def go(self, path: str, done: str | None = None, **query: str) -> RedirectResponse:
        """After a change: to another page, with a word of what was done (key `web.done.<done>`)."""
        query |= {"done": done} if done else {}
        return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, 303)


Page = Callable[[Ask], Response]
Endpoint = Callable[..., Awaitable[Response]]


def page(answer: Page, *, signed_in: bool = True, failed: Page | None = None) -> Endpoint:
    """The endpoint of a page. `failed`: the page that shows a refused form again, with its sentence in `ask.error`."""

    @wraps(answer)
    async def endpoint(request: Request, _error: Exception | None = None) -> Response:
        context: Context = request.app.state.context
        form = await form_of(request)
        if isinstance(form, Response):
            return form
        return await run_in_threadpool(_answer, context, request, form, answer, signed_in, failed)

    return endpoint


def both(path: str, show: Page, act: Page, *, signed_in: bool = True, failed: Page | None = None) -> list[Route]:
    """A page and the form on it, at one address."""
    return [Route(path, page(show, signed_in=signed_in), methods=["GET"]),
            Route(path, page(act, signed_in=signed_in, failed=failed), methods=["POST"])]  # fmt: skip


async def form_of(request: Request) -> Form | Response:
    """What was sent, or the refusal of a form that cannot be taken."""
    context: Context = request.app.state.context
    if request.method != "POST":
        return Form()
    try:
        return await read_form(request, context.largest_upload)
    except FormTooLarge:
        return await run_in_threadpool(stopped, context, request, Stop(413, "web.stop.too_large"))
    except FormBroken:
        return await run_in_threadpool(stopped, context, request, Stop(400, "web.stop.broken_form"))


def _answer(
    context: Context, request: Request, form: Form, answer: Page, signed_in: bool, failed: Page | None
) -> Response:
    try:
        return answered(context, request, form, answer, signed_in)
    except Stop as stop:
        return stopped(context, request, stop, failed, form)


def answered(context: Context, request: Request, form: Form, answer: Page, signed_in: bool = True,
             ready: Any = None) -> Response:  # fmt: skip
    """The page in a transaction of its own. Raises Stop, with everything rolled back."""
    transaction = context.database.write if request.method == "POST" else context.database.read
    with transaction() as session:
        ask = asked(context, request, session, form, signed_in)
        response = _carried_out(replace(ask, ready=ready), answer)
    for step in ask.afterwards:
        step()
    return response


def asked(context: Context, request: Request, session: Session, form: Form, signed_in: bool = True) -> Ask:
    """Who asks. Raises Stop for a form that is not of this visit, and for nobody where somebody is needed."""
    ask = _ask(context, request, session, form)
    if request.method == "POST" and not visits.token_fits(context, ask.visit, form.get("form_token")):
        raise Stop(403, "web.stop.form_token")
    if signed_in and ask.viewer is None:
        raise Stop(401, "web.stop.sign_in")
    if signed_in and not ask.me.posts and request.url.path.split("/")[1] not in WITHOUT_A_POST:
        raise Stop(403, "web.stop.no_post")
    return ask


def _carried_out(ask: Ask, answer: Page) -> Response:
    """The page; a refused move becomes its sentence while the session can still say what it was about."""
    try:
        return answer(ask)
    except (MoveError, NotConfirmable, EvidenceTooLarge) as error:
        raise Stop(status_of(error), SAID, said=sentence(error, ask.language, on_board=True)) from error


def status_of(error: Exception) -> int:
    """403: not this person; 404: no such task; 409: the task does not allow it now; else what was typed is wrong."""
    if isinstance(error, NotAllowed):
        return 403
    return 404 if isinstance(error, NoSuchTask) else 409


def stopped(
    context: Context, request: Request, stop: Stop, failed: Page | None = None, form: Form | None = None
) -> Response:
    """A refusal as a page: the form again when it has one, else the sentence alone."""
    with context.database.read() as session:
        ask = _ask(context, request, session, form or Form())
        if stop.status == 401 and context.demo is not None:
            return RedirectResponse("/demo", 303)
        said = said_by(stop, ask.language)
        if failed is not None and stop.status != 401 and stop.key != "web.stop.form_token":
            try:
                response = failed(replace(ask, error=said))
            except Stop:
                return ask.page("stop.html", status=stop.status, said=said)
            response.status_code = stop.status
            return response
        return ask.page("stop.html", status=stop.status, said=said)


def said_by(stop: Stop, language: str) -> str:
    """The sentence of a refusal."""
    return str(stop.values["said"]) if stop.key == SAID else text(stop.key, language, **stop.values)


def _ask(context: Context, request: Request, session: Session, form: Form) -> Ask:
    visit = visits.visit_of(context, request)
    viewer = viewer_of(session, visit.person_id) if visit.person_id != visits.NOBODY else None
    if viewer and visits.over(viewer.person, visit):
        visit, viewer = visits.begin(), None
    return Ask(request, context, session, visit, viewer, form)


def render(ask: Ask, template: str, **values: Any) -> str:
    """The text of a template for this request."""
    done = ask.request.query_params.get("done", "")
    known = done.isidentifier() and f"web.done.{done}" in sentences(ask.language)
    common = {
        "t": ask.text, "has": sentences(ask.language).__contains__, "viewer": ask.viewer, "error": ask.error,
        "done": ask.text(f"web.done.{done}") if known else None,
        "token": partial(_token_field, visits.form_token(ask.context, ask.visit)), "demo": ask.context.demo is not None,
        "language": ask.language, "here": ask.request.url.path, "now": clock.now(), "moved": clock.is_moved(),
        **words.filters(ask.language),
    }  # fmt: skip
    return _environment().get_template(template).render(common | values)


def _token_field(token: str) -> Markup:
    return Markup('<input type="hidden" name="form_token" value="{}">').format(token)


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(("html",)),
                       undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # fmt: skip
