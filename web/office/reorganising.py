"""Merging and splitting units: what is to be, then exactly what would move with every choice, then it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import select
from starlette.responses import Response

from catalogue import text
from models import clock, organising
from models.handing_over import carry_out
from models.organisation import Person, Post, Role, Unit
from models.reorganising import Change, Newcomer, Plan, Seat, check, plan
from web.asking import Ask, Stop
from web.guards import for_office, for_overseers
from web.office.doing import act, ids, line, needed_day
from web.words import day_words

NEW, ENDS = "new", "end"
TARGETS = {"merge": 1, "split": 3}
"""How many targets a form has room for; a split needs at least two of them."""


@dataclass(frozen=True)
class Choice:
    """A post in the preview, and what is proposed for it."""

    post: Post
    person: Person
    unit: str
    target: str
    role: Role
    title: str


def merge(ask: Ask) -> Response:
    """GET /office/units/merge."""
    return _form(ask, "merge")


def split(ask: Ask) -> Response:
    """GET /office/units/split."""
    return _form(ask, "split")


@act
def do_merge(ask: Ask) -> Response:
    """POST /office/units/merge: with `save` it is done, without it exactly what would move is shown."""
    return _asked(ask, "merge")


@act
def do_split(ask: Ask) -> Response:
    """POST /office/units/split: with `save` it is done, without it every open task gets its unit first."""
    return _asked(ask, "split")


def _form(ask: Ask, kind: str, change: Change | None = None, work: Plan | None = None) -> Response:
    for_overseers(ask)
    for_office(ask)
    units = [unit for unit in organising.current_units(ask.session) if not unit.is_leaders and unit.valid_to is None]
    given = ask.request.query_params.get("unit", "")
    chosen = set(ids(ask, "old")) or ({int(given)} if given.isascii() and given.isdecimal() else set())
    shown = change is not None and work is not None
    return ask.page(
        f"{kind}.html", units=units, leaders=organising.leaders(ask.session), typed=ask.form.flat(), chosen=chosen,
        places=range(TARGETS[kind]), today=clock.today(), old_names=_old_names(ask, change), change=change,
        work=work, names=_names(ask, change) if change else (),
        by_id={unit.id: unit for unit in ask.session.exec(select(Unit))}, roles=tuple(Role),
        choices=_choices(ask, change, work) if shown and change and work else (),
    )  # fmt: skip


def _asked(ask: Ask, kind: str) -> Response:
    for_office(ask)  # handing a task to another unit is the Office's own move
    change = _change(ask, kind)
    check(ask.session, change)
    if not ask.form.get("save"):
        return _form(ask, kind, change, plan(ask.session, change))
    into = carry_out(ask.session, change, ask.actor, _reason(ask, change), ask.form.get("seen"))
    return ask.go(f"/office/units/{into[0].id}", done="merged" if kind == "merge" else "split_up")


def _change(ask: Ask, kind: str) -> Change:
    """What the form says; targets that are left empty are none."""
    old = tuple(dict.fromkeys(ids(ask, "old")))
    found = [_target(ask, place) for place in range(TARGETS[kind])]
    into = tuple(one for one in found if one is not None)
    if kind == "split" and (len(into) < 2 or len(old) != 1):
        raise Stop(400, "web.office.two_targets")
    if kind == "merge" and (len(old) < 2 and not (old and into and into[0] != old[0])):
        raise Stop(400, "web.office.two_units")
    return Change(old, into, needed_day(ask, "since"), line(ask, "basis", needed=True),
                  tasks=_places(ask, "task"), series=_places(ask, "series"), posts=_seats(ask))  # fmt: skip


def _target(ask: Ask, place: int) -> int | Newcomer | None:
    chosen = ask.form.get(f"into{place}")
    if chosen == NEW:
        leader = ask.form.number(f"leader{place}")
        if leader is None:
            raise Stop(400, "web.stop.field_missing", field=ask.text("web.office.field.leader"))
        return Newcomer(_new(ask, "code", place), _new(ask, "name", place), leader)
    return ask.form.number(f"into{place}")


def _new(ask: Ask, what: str, place: int) -> str:
    given = line(ask, f"{what}{place}")
    if not given:
        raise Stop(400, "web.stop.field_missing", field=ask.text(f"web.office.field.{what}"))
    return given


def _places(ask: Ask, prefix: str) -> Mapping[int, int]:
    """Fields `task12` = 1: to the second target."""
    found = {}
    for name in ask.form.fields:
        number, place = name.removeprefix(prefix), ask.form.number(name)
        if name.startswith(prefix) and number.isdecimal() and len(number) < 10 and place is not None:
            found[int(number)] = place
    return found


def _seats(ask: Ask) -> Mapping[int, Seat | None]:
    """Fields `post7` = 0 or `end`, `role7`, `title7`."""
    found: dict[int, Seat | None] = {}
    for name in ask.form.fields:
        number = name.removeprefix("post")
        if not (name.startswith("post") and number.isdecimal() and len(number) < 10):
            continue
        role, place = ask.form.get(f"role{number}"), ask.form.number(name)
        if ask.form.get(name) == ENDS:
            found[int(number)] = None
        elif place is None or role not in set(Role):
            raise Stop(400, "web.stop.broken_form")
        else:
            found[int(number)] = Seat(place, Role(role), line(ask, f"title{number}", needed=False))
    return found


def _old_names(ask: Ask, change: Change | None) -> str:
    return ", ".join(ask.session.get_one(Unit, one).name for one in change.old) if change else ""


def _names(ask: Ask, change: Change) -> Sequence[str]:
    """The targets' names, in their order."""
    return [one.name if isinstance(one, Newcomer) else ask.session.get_one(Unit, one).name for one in change.into]


def _choices(ask: Ask, change: Change, work: Plan) -> list[Choice]:
    """The posts, with what was chosen, or else proposed: the first head goes on as head, another as a deputy."""
    found: list[Choice] = []
    headed = {post.unit_id for post in _heads(ask, change)}
    for post in work.posts:
        person, unit = ask.session.get_one(Person, post.person_id), ask.session.get_one(Unit, post.unit_id or 0)
        if (post.id or 0) in change.posts:
            seat = change.posts[post.id or 0]
            found.append(Choice(post, person, unit.name, str(seat.target) if seat else ENDS,
                                seat.role if seat else post.role, seat.title if seat else post.title))  # fmt: skip
            continue
        place = change.into.index(post.unit_id) if post.unit_id in change.into else 0
        target = change.into[place]
        taken = target in headed and target != post.unit_id
        taken = taken or any(c.role is Role.HEAD and c.target == str(place) for c in found)
        role = Role.DEPUTY if post.role is Role.HEAD and taken else post.role
        found.append(Choice(post, person, unit.name, str(place), role, post.title))
    return found


def _heads(ask: Ask, change: Change) -> Sequence[Post]:
    """Heads that the targets have already."""
    there = [one for one in change.into if isinstance(one, int)]
    return [post for unit in there for post in organising.held_posts(ask.session, unit, change.since)
            if post.role is Role.HEAD]  # fmt: skip


def _reason(ask: Ask, change: Change) -> str:
    """What stands in each task's history, in the office's own language."""
    language = ask.context.language
    return text("web.office.reorganised", language, since=day_words(change.since, language), basis=change.basis,
                old=_old_names(ask, change), into=", ".join(_names(ask, change)))  # fmt: skip
