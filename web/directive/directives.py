"""Directives: who may see them, and the upload of a new one. What is refused leaves nothing behind."""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from intake import Dispatch, Duplicate, ReadingError, import_dispatch, open_dispatch, read_dispatch, refuse_known
from models import clock
from models.directive import Directive
from web.asking import Ask, Stop
from web.guards import for_office, for_overseers
from web.prepared import Progress, Work
from web.task.acts import day
from web.uploads import plain_name

ENDINGS = ".txt,.html,.htm,.rtf,.docx,.doc,.pdf,.jpg,.jpeg,.png"
MAIN = "main_file"
"""The field of the main document; without one the first file is it."""


def show_new(ask: Ask) -> Response:
    """GET /directives/new."""
    for_office(ask)
    return ask.page("directive_new.html", today=clock.today(), typed=ask.form.flat(), endings=ENDINGS)


def opened(ask: Ask) -> Work:
    """Before POST /directives/new: the files must be opened, unless it is plain that they will not be taken."""
    for_office(ask)
    _received_on(ask)
    if not ask.form.get("not_secret"):  # a stamp may be a picture that no reader recognises: a person looks too
        raise Stop(400, "web.stop.not_secret_unsaid")
    files = [(plain_name(one.name), one.data) for one in sorted(ask.form.files, key=lambda one: one.field != MAIN)]
    try:
        refuse_known(ask.session, files[0][1])
    except Duplicate as error:
        raise _known(error) from None

    def work(progress: Progress) -> Dispatch:
        try:
            dispatch = open_dispatch(files, progress)
        except ReadingError as error:
            raise Stop(400, f"web.stop.document_{error.reason}", **error.values) from None
        with ask.context.database.read() as session:
            return read_dispatch(session, dispatch)

    return work


def upload(ask: Ask) -> Response:
    """POST /directives/new: the main document, then its annexes → a draft to check."""
    for_office(ask)
    received_on = _received_on(ask)
    if ask.ready is None:
        raise Stop(400, "web.stop.no_document")
    try:
        made = import_dispatch(ask.session, ask.ready, received_on=received_on, actor=ask.actor)
    except Duplicate as error:
        raise _known(error) from None
    _arrival(ask, made.directive_id, received_on)
    return ask.go(f"/directives/{made.directive_id}/review", done="registered" if made.items else "registered_empty")


def _received_on(ask: Ask) -> date:
    received_on = day(ask, "received_on") or clock.today()
    if received_on > clock.today():
        raise Stop(400, "web.stop.received_later")
    return received_on


def _known(error: Duplicate) -> Stop:
    return Stop(409, "web.stop.duplicate", directive=title_of(error.directive))


def _arrival(ask: Ask, directive_id: int, received_on: date) -> None:
    directive = ask.session.get_one(Directive, directive_id)
    directive.arrival_number, directive.received_on = ask.form.get("arrival_number") or None, received_on
    ask.session.add(directive)
    ask.session.flush()


def title_of(directive: Directive) -> str:
    """Its number, else the name of the file it came as."""
    return directive.number or directive.source


def directive_asked_for(ask: Ask) -> Directive:
    """The directive of the address. Raises Stop."""
    for_overseers(ask)
    directive = ask.session.get(Directive, ask.number("id"))
    if directive is None:
        raise Stop(404, "web.stop.no_directive")
    return directive
