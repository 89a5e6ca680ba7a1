"""People and their chats: who is linked where, in which order they are written to, one-time codes, unlinking."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from sqlmodel import Session, col, or_, select
from starlette.responses import Response

from models import clock, pairing, personnel, queries
from models.linking import CHAT, MINUTES
from models.organisation import Contact, ContactState, Person, Post, Role, Unit
from models.organising import current_units
from models.recipients import Directory, standing_role
from models.search import folded
from web.asking import CHANNEL, Ask, Stop
from web.office.doing import act, line
from web.uploads import whole_number

A_PAGE = 100
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

    def fits(self, words: str, unit: str) -> bool:
        """Has all these words in name, title or short id, without accents if they have none; and is in the unit."""
        if unit and all(one is None or one.code != unit for _, one in self.posts):
            return False
        whole = f"{self.person.name} {self.person.short_id} {self.title}".lower()
        plain = folded(whole)
        return all(word in (plain if word.isascii() else whole) for word in words.lower().split())

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
    rows, only = rows_of(ask.session), ask.request.query_params.get("only")
    if only == "missing":
        lost = {person.id for person, _ in missing}
        rows = [row for row in rows if row.person.id in lost]
    elif only == "away":
        directory = Directory(ask.session, clock.today())
        rows = [row for row in rows if directory.absent(row.person.id or 0)]
    words, unit = ask.request.query_params.get("q", "").strip(), ask.request.query_params.get("unit", "")
    rows = [row for row in rows if row.fits(words, unit)]
    pages = (len(rows) + A_PAGE - 1) // A_PAGE
    at = min(max(whole_number(ask.request.query_params.get("page", "")) or 1, 1), max(pages, 1))
    shown = rows[(at - 1) * A_PAGE : at * A_PAGE]
    return ask.page("people.html", rows=shown, count=len(rows), at=at, pages=pages, words=words, unit=unit,
                    units=current_units(ask.session), active=ContactState.ACTIVE, missing=missing, only=only,
                    browser=pairing.BROWSER, typed=ask.form.flat())  # fmt: skip


@act
def add(ask: Ask) -> Response:
    """POST /people: somebody new; posts are given on their page."""
    person = personnel.add_person(ask.session, ask.actor, short_id=line(ask, "short_id", needed=True).lower(),
                                  name=line(ask, "name", needed=True), email=line(ask, "email") or None)  # fmt: skip
    return ask.go(f"/people/{person.id}", done="person_added")


def give_code(ask: Ask) -> Response:
    """POST /people/<id>/code: the page is the only place where the code is ever shown."""
    _may(ask)
    person = person_of(ask)
    if person.name == personnel.FORGOTTEN:
        raise Stop(409, "web.office.not.forgotten")
    code = pairing.give_code(ask.session, ask.context.secret, person.id or 0, ask.me.id, CHANNEL)
    ways = {channel: (address, _drawn(ask, channel, address))
            for channel, address in ask.context.ways_in(code).items()}  # fmt: skip
    return ask.page("people_code.html", person=person, code=code, minutes=MINUTES[CHAT], ways=ways)


def _drawn(ask: Ask, channel: str, address: str) -> Markup:
    """The address as a QR code: drawn here, black on white in dark pages too, or a telephone could not read it."""
    import segno  # only where one is drawn

    title = ask.text("web.office.qr", channel=ask.text(f"web.people.channel.{channel}"))
    drawn = segno.make(address, error="m", micro=False)
    return Markup(drawn.svg_inline(border=3, light="#fff", omitsize=True, title=title, svgclass="qr", lineclass=None))


def unlink(ask: Ask) -> Response:
    """POST /people/<id>/unlink with `chat`."""
    done = pairing.unlink(ask.session, [_chat(ask)], ask.me.id, CHANNEL)
    return ask.go(_back(ask), done="people_unlinked" if done else "people_same")


def prefer(ask: Ask) -> Response:
    """POST /people/<id>/prefer with `chat`: one place forward."""
    moved = pairing.prefer(ask.session, _chat(ask), ask.me.id, CHANNEL)
    return ask.go(_back(ask), done="people_preferred" if moved else "people_same")


def _back(ask: Ask) -> str:
    """To where the form stood: the list, or the person's own page."""
    return f"/people/{ask.number('id')}" if ask.form.get("back") else "/people"


def _may(ask: Ask) -> None:
    if not ask.me.links_people:
        raise Stop(403, "web.people.only")


def person_of(ask: Ask) -> Person:
    """The person in the address. Raises Stop when there is none."""
    person = ask.session.get(Person, ask.number("id"))
    if person is None:
        raise Stop(404, "web.people.none")
    return person


def _chat(ask: Ask) -> int:
    """The chat of the form, if it is this person's; for the Office and the administrator only."""
    _may(ask)
    person, chat = person_of(ask), ask.form.number("chat") or 0
    contact = ask.session.get(Contact, chat)
    if contact is None or contact.person_id != person.id:
        raise Stop(404, "web.people.no_chat")
    return chat


def rows_of(session: Session) -> list[Row]:
    """Everybody with the posts of today and the chats, by unit and role."""
    day = clock.today()
    held = select(Post, Unit).outerjoin(Unit, col(Unit.id) == Post.unit_id).where(
        or_(col(Post.valid_from).is_(None), col(Post.valid_from) <= day),
        or_(col(Post.valid_to).is_(None), col(Post.valid_to) >= day),
    )  # fmt: skip
    posts: dict[int, list[tuple[Post, Unit | None]]] = {}
    for post, unit in session.exec(held.order_by(col(Post.id))):
        posts.setdefault(post.person_id, []).append((post, unit))
    chats: dict[int, list[Contact]] = {}
    linked = select(Contact).where(Contact.state != ContactState.UNLINKED)
    for chat in session.exec(linked.order_by(*pairing.IN_ORDER)):
        chats.setdefault(chat.person_id, []).append(chat)
    people = session.exec(select(Person)).all()
    rows = [Row(one, tuple(posts.get(one.id or 0, ())), tuple(chats.get(one.id or 0, ()))) for one in people]
    return sorted(rows, key=lambda row: row.place)
