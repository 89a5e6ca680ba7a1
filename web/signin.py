"""Signing in by a one-time link. Chat programs fetch links: a GET shows one button and uses nothing up."""

from __future__ import annotations

from sqlmodel import Session, select
from starlette.responses import RedirectResponse, Response

from models import clock, event, linking
from models.organisation import Contact, ContactState, Person
from web import visits
from web.addresses import ours
from web.asking import CHANNEL, Ask, Stop

OIDC = "/signin/oidc"
"""Where signing in by the office's own service begins, if there is one."""


def show(ask: Ask) -> Response:
    """GET /login/<token>: one button, whatever the token is worth. `next`: the page to go on to."""
    token, to = ask.request.path_params["token"], _own(ask.request.query_params.get("next", ""))
    response = ask.page("login.html", token_of_link=token, to=to)
    if ask.viewer is None:
        visits.keep(ask.context, response, ask.visit)  # the button's form needs its token
    return response


def enter(ask: Ask) -> Response:
    """POST /login/<token>: use the link up and sign in."""
    token = ask.request.path_params["token"]
    person_id = linking.consume(ask.session, ask.context.secret, token, linking.WEB)
    if person_id is None:
        raise Stop(403, "web.stop.link_over")
    link_browser(ask, person_id)
    response = RedirectResponse(_own(ask.form.get("next")), 303)
    visits.keep(ask.context, response, visits.begin(person_id))
    return response


def leave(ask: Ask) -> Response:
    """POST /logout."""
    response = RedirectResponse("/login", 303)
    visits.forget(ask.context, response)
    return response


def how(ask: Ask) -> Response:
    """GET /login: how to get a link."""
    return ask.page("login_how.html", service=ask.context.signin, begin=OIDC)


def _own(path: str) -> str:
    """A page of this site; the first one for anything that could lead elsewhere."""
    return path if ours(path) else "/"


def link_browser(ask: Ask, person_id: int) -> None:
    """The first sign-in makes the browser chat one of the person's addresses; a later one revives it."""
    link_person(ask.session, person_id)


def link_person(session: Session, person_id: int) -> None:
    """The same, where no page was asked for."""
    person = session.get_one(Person, person_id)
    query = select(Contact).where(Contact.channel == CHANNEL, Contact.person_id == person_id)
    contact = session.exec(query).first()
    if contact is not None and contact.state is ContactState.ACTIVE:
        return
    if contact is None:
        contact = Contact(person_id=person_id, channel=CHANNEL, chat_id=person.short_id, linked_at=clock.now())
    contact.state, contact.refused_at, contact.linked_at = ContactState.ACTIVE, None, clock.now()
    session.add(contact)
    session.flush()
    event.record(session, f"person:{person_id}", "linked", actor_id=person_id, facts={"channel": CHANNEL},
                 channel=CHANNEL, announced=True)  # fmt: skip
