"""Who gets what is meant for whom: absent, vacant, not reachable; by the posts of the day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import Session, col

from models.organisation import Absence, Contact, ContactState, Post, Role
from models.recipients import Directory, Recipient, posts_of, standing_role
from tests.office import Office

TODAY = date(2023, 7, 24)


@pytest.fixture(scope="module")
def office() -> Office:
    return Office("2023-07-24 09:00")


class Day:
    """What is so on the day of one test."""

    def __init__(self, session: Session, office: Office) -> None:
        self.session, self.office = session, office

    def leave(self, who: str, deputy: str | None = None, start: date = TODAY, end: date = TODAY) -> Day:
        stand_in = self.office.people[deputy] if deputy else None
        self.session.add(Absence(person_id=self.office.people[who], deputy_id=stand_in, start=start, end=end))
        self.session.flush()
        return self

    def vacant(self, who: str, role: Role) -> Day:
        held = (col(Post.person_id) == self.office.people[who], col(Post.role) == role)
        self.session.execute(update(Post).where(*held).values(valid_to=date(2023, 7, 23)))
        return self

    def dead(self, who: str) -> Day:
        mine = col(Contact.person_id) == self.office.people[who]
        self.session.execute(update(Contact).where(mine).values(state=ContactState.DEAD))
        return self

    def named(self, found: list[Recipient]) -> list[tuple[str, str | None, str | None]]:
        names = self.office.names
        return [(names[r.person_id], names[r.meant_for] if r.meant_for else None, r.why) for r in found]

    def head(self, unit: str = "TTS") -> list[tuple[str, str | None, str | None]]:
        return self.named(self.directory.for_head(self.office.units[unit]))

    @property
    def directory(self) -> Directory:
        return Directory(self.session, TODAY)


@pytest.fixture
def day(office: Office) -> Any:
    with office.trial() as session:
        yield Day(session, office)


def office_for(meant_for: str | None, why: str) -> list[tuple[str, str | None, str | None]]:
    return [(who, meant_for, why) for who in ("vp.truong", "vp.pho", "vp.vanthu")]


def test_a_head_who_is_there_gets_it(day: Day) -> None:
    assert day.head() == [("tts.truong", None, None)]


def test_an_absent_heads_goes_to_the_units_deputy(day: Day) -> None:
    assert day.leave("tts.truong").head() == [("tts.pho", "tts.truong", "absent")]


def test_an_absent_heads_goes_to_whom_they_named_first(day: Day) -> None:
    assert day.leave("tts.truong", "tccb.pho").head() == [("tccb.pho", "tts.truong", "absent")]


@pytest.mark.parametrize("how", ["leave", "dead"])
def test_when_the_named_one_is_away_too_the_units_deputy_gets_it(day: Day, how: str) -> None:
    getattr(day.leave("tts.truong", "tccb.pho"), how)("tccb.pho")
    assert day.head() == [("tts.pho", "tts.truong", "absent")]


def test_when_all_are_away_the_office_gets_it(day: Day) -> None:
    assert day.leave("tts.truong").leave("tts.pho").head() == office_for("tts.truong", "absent")


def test_a_vacant_heads_post_is_the_deputys_and_both_vacant_the_offices(day: Day) -> None:
    assert day.vacant("tts.truong", Role.HEAD).head() == [("tts.pho", None, "vacant")]
    assert day.vacant("tts.pho", Role.DEPUTY).head() == office_for(None, "vacant")


def test_an_unreachable_heads_goes_to_the_deputy_then_to_the_office(day: Day) -> None:
    assert day.dead("tts.truong").head() == [("tts.pho", "tts.truong", "unreachable")]
    assert day.dead("tts.pho").head() == office_for("tts.truong", "unreachable")


def test_leave_counts_on_its_first_and_last_day_only(day: Day) -> None:
    day.leave("tts.truong", start=date(2023, 7, 20), end=date(2023, 7, 23))
    day.leave("tts.truong", start=date(2023, 7, 25), end=date(2023, 7, 26))
    assert day.head() == [("tts.truong", None, None)]
    assert day.leave("tts.truong", start=date(2023, 7, 20)).head()[0][0] == "tts.pho"


def test_the_deputys_copy_goes_only_to_a_deputy_who_does_not_get_the_heads(day: Day) -> None:
    unit = day.office.units["TTS"]
    assert day.named(day.directory.for_deputy(unit)) == [("tts.pho", None, None)]
    day.leave("tts.truong")
    assert day.directory.for_deputy(unit) == []


@pytest.mark.parametrize("how", ["leave", "dead"])
def test_an_absent_or_unreachable_deputy_gets_no_copy_and_nobody_in_their_stead(day: Day, how: str) -> None:
    getattr(day, how)("tts.pho")
    assert day.directory.for_deputy(day.office.units["TTS"]) == []


def test_what_is_meant_for_an_absent_leader_goes_to_the_one_who_acts_or_to_the_office(day: Day) -> None:
    gd = day.office.people["gd"]
    assert day.named(day.directory.for_leader(gd)) == [("gd", None, None)]
    day.leave("gd")
    assert day.named(day.directory.for_leader(gd)) == office_for("gd", "absent")
    day.leave("gd", "pgd1")
    assert day.named(day.directory.for_leader(gd)) == [("pgd1", "gd", "absent")]
    assert day.directory.for_leader(None) == []


def test_an_unreachable_leaders_goes_to_the_office(day: Day) -> None:
    assert day.named(day.dead("gd").directory.for_leader(day.office.people["gd"])) == office_for("gd", "unreachable")


def test_the_offices_goes_to_each_of_its_people_who_is_there_and_to_all_if_none_is(day: Day) -> None:
    day.leave("vp.truong").dead("vp.pho")
    assert day.named(day.directory.for_office()) == [("vp.vanthu", None, None)]
    day.leave("vp.vanthu")
    assert [who for who, *_ in day.named(day.directory.for_office())] == ["vp.truong", "vp.pho", "vp.vanthu"]


@pytest.mark.parametrize(
    ("start", "end", "held"),
    [(None, None, True), (TODAY, TODAY, True), (date(2023, 7, 25), None, False), (None, date(2023, 7, 23), False)],
)
def test_posts_have_a_first_and_a_last_day(day: Day, start: date | None, end: date | None, held: bool) -> None:
    who, unit = day.office.people["quantri"], day.office.units["BT"]
    day.vacant("bt.truong", Role.HEAD)
    day.session.add(Post(person_id=who, unit_id=unit, role=Role.HEAD, valid_from=start, valid_to=end))
    day.session.flush()
    assert (day.directory.head(unit) == who) is held
    assert (Role.HEAD in {post.role for post in posts_of(day.session, who, TODAY)}) is held


def test_the_standing_role_of_a_person_with_several_posts(day: Day) -> None:
    roles = {who: standing_role(posts_of(day.session, day.office.people[who], TODAY))
             for who in ("gd", "vp.truong", "vp.pho", "vp.vanthu", "quantri")}  # fmt: skip
    assert roles == {"gd": Role.LEADER, "vp.truong": Role.HEAD, "vp.pho": Role.DEPUTY, "vp.vanthu": Role.OFFICE,
                     "quantri": Role.ADMIN}  # fmt: skip
    assert standing_role([]) is None
