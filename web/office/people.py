"""People and their chats: who is linked where, in which order they are written to, one-time codes, unlinking."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, or_, select
from starlette.responses import Response

from models import clock, pairing, queries
from models.linking import CHAT, MINUTES
from models.organisation import Contact, ContactState, Person, Post, Role, Unit
from models.recipients import standing_role
from web.asking import CHANNEL, Ask, Stop

AFTER_ALL = 10_000
"""Where somebody without a unit stands in the list."""


@dataclass(frozen=True)
class Row:
    """One person with the posts of today. `chats`: the preferred first."""

    person: Person
    posts: tuple[tuple[Post, Unit | None], ...]
    chats: tuple[Contact, ...]

    @property
    def title(self) -> str:
        """The title of the post that stands for the person."""
        role = standing_role([post for post, _ in self.posts])
        return next((post.title for post, _ in self.posts if post.role is role), "")

    @property
    def units(self) -> str:
        """Names of the units, each once."""
        return ", ".join(dict.fromkeys(unit.name for _, unit in self.posts if unit is not None))

    @property
    def place(self) -> tuple[int, int, int]:
        """By unit, role and id."""
        units = [unit.position for _, unit in self.posts if unit is not None]
        roles = [list(Role).index(post.role) for post, _ in self.posts]
        return min(units, default=AFTER_ALL), min(roles, default=len(Role)), self.person.id or 0


def show(ask: Ask) -> Response:
    """GET /people."""
    _may(ask)
    missing = queries.unreachable(ask.session, clock.today())
    return ask.page("people.html", rows=_rows(ask), active=ContactState.ACTIVE, missing=missing,
                    browser=pairing.BROWSER)  # fmt: skip


def give_code(ask: Ask) -> Response:
    """POST /people/<id>/code: the page is the only place where the code is ever shown."""
    _may(ask)
    person = _person(ask)
    code = pairing.give_code(ask.session, ask.context.secret, person.id or 0, ask.me.id, CHANNEL)
    return ask.page("people_code.html", person=person, code=code, minutes=MINUTES[CHAT],
                    addresses=ask.context.ways_in(code))  # fmt: skip


def unlink(ask: Ask) -> Response:
    """POST /people/<id>/unlink with `chat`."""
    done = pairing.unlink(ask.session, [_chat(ask)], ask.me.id, CHANNEL)
    return ask.go("/people", done="people_unlinked" if done else "people_same")


def prefer(ask: Ask) -> Response:
    """POST /people/<id>/prefer with `chat`: one place forward."""
    moved = pairing.prefer(ask.session, _chat(ask), ask.me.id, CHANNEL)
    return ask.go("/people", done="people_preferred" if moved else "people_same")


def _may(ask: Ask) -> None:
    if not ask.me.links_people:
        raise Stop(403, "web.people.only")


def _person(ask: Ask) -> Person:
    person = ask.session.get(Person, ask.number("id"))
    if person is None:
        raise Stop(404, "web.people.none")
    return person


def _chat(ask: Ask) -> int:
    """The chat of the form, if it is this person's; for the Office and the administrator only."""
    _may(ask)
    person, chat = _person(ask), ask.form.number("chat") or 0
    contact = ask.session.get(Contact, chat)
    if contact is None or contact.person_id != person.id:
        raise Stop(404, "web.people.no_chat")
    return chat


def _rows(ask: Ask) -> list[Row]:
    day = clock.today()
    held = select(Post, Unit).outerjoin(Unit, col(Unit.id) == Post.unit_id).where(
        or_(col(Post.valid_from).is_(None), col(Post.valid_from) <= day),
        or_(col(Post.valid_to).is_(None), col(Post.valid_to) >= day),
    )  # fmt: skip
    posts: dict[int, list[tuple[Post, Unit | None]]] = {}
    for post, unit in ask.session.exec(held.order_by(col(Post.id))):
        posts.setdefault(post.person_id, []).append((post, unit))
    chats: dict[int, list[Contact]] = {}
    linked = select(Contact).where(Contact.state != ContactState.UNLINKED)
    for chat in ask.session.exec(linked.order_by(*pairing.IN_ORDER)):
        chats.setdefault(chat.person_id, []).append(chat)
    people = ask.session.exec(select(Person)).all()
    rows = [Row(one, tuple(posts.get(one.id or 0, ())), tuple(chats.get(one.id or 0, ()))) for one in people]
    return sorted(rows, key=lambda row: row.place)
