"""The seed directive rehearsed over fifty days: nobody answers, and every message is told beforehand by rules that are
worked out here, in plain dates, without the project's ladders or calendar."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import config
import rehearse
from models import clock

SEED = Path(config.HOME / "demo_data" / "788-SVHTTDL-VP.txt")
SETTINGS = config.load(config.HOME / "config.toml", {})
START, DAYS = date(2023, 7, 24), 50
DAYS_OFF = {date(2023, 9, 1), date(2023, 9, 4)}  # Quốc khánh: the 2nd is a Saturday, made up for on Monday the 4th

DUTIES = {
    "tts": 2, "qlvh": 4, "qltt": 5, "qldl": 6, "nsvh": 7, "bpmc": 8, "tccb": 9, "bt": 11, "tv": 12,
    "ttvh": 13, "nhc": 14,
}  # fmt: skip
SILENT = {1, 3, 10, 15}  # Lãnh đạo Sở, the two parents, and the Office's own duty to follow the others up
OFFICE = ("vp.truong", "vp.pho", "vp.vanthu")
LEADERS = ("gd", "pgd1", "pgd2")
KINDS = (
    "alarm", "digest", "escalated", "overdue", "due_today", "unconfirmed", "assigned", "returned", "extension_decided",
    "pre_notice", "digest_draft", "reported", "extension_asked", "refused", "accepted", "reassigned", "suspended",
    "resumed", "withdrawn", "due_changed", "handover", "review", "coordination", "due_soon", "daily_office",
)  # fmt: skip


@pytest.fixture(scope="module")
def rehearsal() -> dict[str, Any]:
    return rehearse.rehearse(SETTINGS, [(SEED.name, SEED.read_bytes())], START, DAYS)


@pytest.fixture(scope="module")
def messages(rehearsal: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rehearsal["messages"]
    return found


def working_days() -> list[date]:
    days = [START + timedelta(n) for n in range(DAYS)]
    return [day for day in days if day.weekday() < 5 and day not in DAYS_OFF]


def weeks() -> list[date]:
    """The first working day of each week."""
    first: dict[tuple[int, int], date] = {}
    for day in working_days():
        first.setdefault(day.isocalendar()[:2], day)
    return list(first.values())


def morning(day: date) -> str:
    return f"{day.isoformat()}T07:30:00+07:00"


def afternoon(day: date) -> str:
    return f"{day.isoformat()}T13:30:00+07:00"


def expected_of_a_head() -> list[tuple[str, list[str]]]:
    """Told in the first slot; asked again one and two slots later; from the fourth slot on every morning up to the
    tenth working day after; and for a line on the review date, the last working day of August."""
    days = working_days()
    daily = [(morning(day), ["unconfirmed"]) for day in days[2:11]]
    asked_again = [(afternoon(days[0]), ["unconfirmed"]), (morning(days[1]), ["unconfirmed"]), *daily]
    return [(morning(days[0]), ["assigned"]), *asked_again, (morning(date(2023, 8, 31)), ["review"])]


def expected_of_the_office() -> list[tuple[str, list[str]]]:
    days, reports = working_days(), weeks()[1:]  # no weekly report in the week of the first assignment
    told: list[tuple[str, list[str]]] = []
    for place, day in enumerate(days[2:], start=2):
        if day in reports:
            told.append((morning(day), ["digest", "daily_office"]))
        else:
            told.append((morning(day), ["escalated", "daily_office"] if place == 2 else ["daily_office"]))
        if place + 1 < len(days) and days[place + 1] in reports:
            told.append((afternoon(day), ["digest_draft"]))
    return told


def heard(messages: list[dict[str, Any]], who: str) -> list[tuple[str, list[str]]]:
    return [(m["at"], m["kinds"]) for m in messages if m["to_id"] == who]


def test_the_document_has_the_agreed_form(rehearsal: dict[str, Any]) -> None:
    assert (rehearsal["directive"], rehearsal["from"]) == ("788/SVHTTDL-VP", "2023-07-24")
    assert (rehearsal["days"], rehearsal["tasks"]) == (50, 13)
    keys = {"at", "to_id", "to", "role", "unit", "kind", "kinds", "tasks", "text"}
    assert all(keys <= set(message) for message in rehearsal["messages"])


def test_one_message_to_a_person_in_a_slot_and_only_in_slots(messages: list[dict[str, Any]]) -> None:
    slots = {at(day) for day in working_days() for at in (morning, afternoon)}
    assert {m["at"] for m in messages} <= slots
    assert set(Counter((m["to_id"], m["at"]) for m in messages).values()) == {1}


@pytest.mark.parametrize("unit", DUTIES)
def test_every_head_hears_every_rung_at_its_time_about_the_one_duty(messages: list[dict[str, Any]], unit: str) -> None:
    assert heard(messages, f"{unit}.truong") == expected_of_a_head()
    assert {tuple(m["tasks"]) for m in messages if m["to_id"] == f"{unit}.truong"} == {(f"NV{DUTIES[unit]}",)}


@pytest.mark.parametrize("unit", DUTIES)
def test_every_deputy_hears_once_at_the_second_slot(messages: list[dict[str, Any]], unit: str) -> None:
    assert heard(messages, f"{unit}.pho") == [(morning(date(2023, 7, 25)), ["unconfirmed"])]


@pytest.mark.parametrize("person", OFFICE)
def test_the_office_hears_at_the_fourth_slot_and_by_its_lists(messages: list[dict[str, Any]], person: str) -> None:
    assert heard(messages, person) == expected_of_the_office()


def test_the_office_is_told_of_every_duty_not_confirmed(messages: list[dict[str, Any]]) -> None:
    (told,) = [m for m in messages if m["to_id"] == "vp.vanthu" and m["kind"] == "escalated"]
    assert told["tasks"] == [f"NV{number}" for number in sorted(DUTIES.values())]


@pytest.mark.parametrize("person", LEADERS)
def test_leaders_get_the_weekly_report_and_nothing_else(messages: list[dict[str, Any]], person: str) -> None:
    assert heard(messages, person) == [(morning(day), ["digest"]) for day in weeks()[1:]]


def test_nobody_else_hears_anything(messages: list[dict[str, Any]]) -> None:
    people = {f"{unit}.{post}" for unit in DUTIES for post in ("truong", "pho")} | {*OFFICE, *LEADERS}
    assert {m["to_id"] for m in messages} == people


def test_silent_duties_are_in_no_head_s_message(messages: list[dict[str, Any]]) -> None:
    lists = {"digest", "digest_draft", "daily_office"}
    named = {code for m in messages if not lists & set(m["kinds"]) for code in m["tasks"]}
    assert not named & {f"NV{number}" for number in SILENT}


def test_roles_units_and_kinds_are_those_of_the_contract(messages: list[dict[str, Any]]) -> None:
    who = {m["to_id"]: (m["role"], m["unit"]) for m in messages}
    assert who["gd"] == who["pgd1"] == who["pgd2"] == ("leader", "LDS")
    assert (who["vp.truong"], who["vp.pho"], who["vp.vanthu"]) == (("head", "VP"), ("deputy", "VP"), ("office", "VP"))
    assert all(who[f"{unit}.truong"] == ("head", unit.upper()) for unit in DUTIES)
    for message in messages:
        assert message["kinds"] == sorted(message["kinds"], key=KINDS.index) and message["kind"] == message["kinds"][0]


def test_no_deadline_is_invented_and_no_noise_is_said(messages: list[dict[str, Any]]) -> None:
    """ "Cuối năm" is a sanction, "hàng năm" a plan's: nobody is reminded of a date that the text does not set."""
    kinds = {kind for m in messages for kind in m["kinds"]}
    assert not kinds & {"due_soon", "due_today", "overdue", "pre_notice"}
    noise = ("Click", "đánh giá bài viết", "Thăm dò", "11.422", "Hôm qua")
    assert not [m["text"] for m in messages if any(words in m["text"] for words in noise)]


def test_people_are_addressed_as_an_office_writes(messages: list[dict[str, Any]]) -> None:
    said = defaultdict(set)
    for message in messages:
        said[message["role"]].add(message["text"])
        assert message["text"] and len(message["text"]) <= 2000 and "!" not in message["text"]
    assert all("Kính gửi: đồng chí" in text for role in ("head", "deputy", "office") for text in said[role])
    assert all("Kính báo cáo đồng chí" in text for text in said["leader"])


def test_an_answer_is_spoken_and_stops_the_ladder() -> None:
    said = {"at": "2023-07-25T09:00:00+07:00", "who": "tts.truong", "say": "nhan NV2", "files": []}
    made = rehearse.rehearse(SETTINGS, [(SEED.name, SEED.read_bytes())], START, 4, rehearse.read_answers([said]))
    assert [(at[5:16], kinds) for at, kinds in heard(made["messages"], "tts.truong")] == [
        ("07-24T07:30", ["assigned"]), ("07-24T13:30", ["unconfirmed"]), ("07-25T07:30", ["unconfirmed"]),
    ]  # fmt: skip


NAIVE = {"at": "2023-07-25T09:00:00", "who": "tts.truong", "say": "x"}


@pytest.mark.parametrize("bad", [{}, [NAIVE], [{"who": "tts.truong"}]])
def test_answers_of_another_form_are_refused(bad: Any) -> None:
    with pytest.raises(rehearse.BadAnswers):
        rehearse.read_answers(bad)


def test_a_rehearsal_leaves_the_clock_as_it_was() -> None:
    with clock.standing_at(datetime(2026, 11, 23, 8, tzinfo=UTC)):
        rehearse.rehearse(SETTINGS, [(SEED.name, SEED.read_bytes())], START, 0)
        assert clock.now() == datetime(2026, 11, 23, 8, tzinfo=UTC)
