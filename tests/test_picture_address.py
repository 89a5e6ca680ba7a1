"""The address of a picture: a photo for a quarter of an hour to whoever has it, and nothing else to anybody."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

import chats
from bot.channel import Outgoing, Picture
from models import clock
from models.report import add_evidence
from tests.office import SETTINGS, Office
from web import pictures
from web.context import Context
from web.site import make_site

SECRET = b"only for tests"
SITE = "https://dondoc.example"
JPEG = b"\xff\xd8\xff\xe0" + bytes(60)


@pytest.fixture
def site() -> Iterator[TestClient]:
    """The site with three files: number 1 is a photo."""
    office = Office("2023-07-24 09:00")
    with office.database.write() as session:
        for kind, data in (("image/jpeg", JPEG), ("application/pdf", b"%PDF-1.7"), ("image/svg+xml", b"<svg/>")):
            add_evidence(session, by_id=office.people["tts.truong"], name="x", media_type=kind, data=data)
    with TestClient(make_site(Context(office.database, SECRET)), base_url="http://testserver") as client:
        yield client


@pytest.fixture
def now(site: TestClient) -> datetime:
    """The database's own time."""
    with site.app.state.context.database.read() as session:  # type: ignore[attr-defined]
        return clock.database_time(session)


def test_a_picture_is_given_as_nothing_but_a_picture(site: TestClient, now: datetime) -> None:
    answer = site.get(f"/p/{pictures.token(SECRET, 1, now)}")
    assert (answer.status_code, answer.content) == (200, JPEG)
    given = {name: answer.headers[name] for name in ("content-type", "x-content-type-options", "cache-control",
                                                     "content-security-policy")}  # fmt: skip
    assert given == {"content-type": "image/jpeg", "x-content-type-options": "nosniff", "cache-control": "no-store",
                     "content-security-policy": "default-src 'none'; sandbox"}  # fmt: skip
    assert "set-cookie" not in answer.headers


def test_an_address_is_good_for_a_quarter_of_an_hour_and_two_of_one_picture_differ(
    site: TestClient, now: datetime
) -> None:
    assert site.get(f"/p/{pictures.token(SECRET, 1, now - timedelta(minutes=14))}").status_code == 200
    assert site.get(f"/p/{pictures.token(SECRET, 1, now - timedelta(minutes=15))}").status_code == 404
    assert pictures.token(SECRET, 1, now) != pictures.token(SECRET, 1, now)


def test_the_office_s_own_clock_does_not_move_its_end(site: TestClient, now: datetime) -> None:
    token = pictures.token(SECRET, 1, now)
    for moment in ("2020-01-01T00:00:00+00:00", "2040-01-01T00:00:00+00:00"):
        clock.stand_at(datetime.fromisoformat(moment))
        assert site.get(f"/p/{token}").status_code == 200


def test_of_a_token_no_letter_can_be_changed_left_out_or_added(site: TestClient, now: datetime) -> None:
    token = pictures.token(SECRET, 1, now)
    changed = {token[:n] + ("0" if token[n] != "0" else "1") + token[n + 1 :] for n in range(len(token))}
    cut = {token[:n] + token[n + 1 :] for n in range(len(token))}
    more = {f"0{token}", f"{token}0", f"{token}=", f"{token} ", f" {token}", f"{token}.", token.upper(), f"+{token}"}
    assert {site.get(f"/p/{one}").status_code for one in changed | cut | more} == {404}


@pytest.mark.parametrize("given", ["1", ".", "...", "1.9999999999.x.", "%00", "%FF", "%ED%A0%BD", "é" * 5000, "x/y"])
def test_what_is_no_token_is_not_there(site: TestClient, given: str) -> None:
    answer = site.get(f"/p/{given}")
    assert answer.status_code == 404


def test_another_office_s_secret_or_another_use_of_ours_makes_no_token(site: TestClient, now: datetime) -> None:
    assert site.get(f"/p/{pictures.token(b'another office', 1, now)}").status_code == 404
    body = pictures.token(SECRET, 1, now).rpartition(".")[0]
    for spelled in (body, f"visit:{body}", f"form:{body}", f"link:{body}"):
        mac = hmac.new(SECRET, spelled.encode(), hashlib.sha256).hexdigest()
        assert site.get(f"/p/{body}.{mac}").status_code == 404


@pytest.mark.parametrize("evidence_id", [2, 3, 4, 0, 10**18])
def test_what_is_no_photo_or_not_there_is_not_given(site: TestClient, now: datetime, evidence_id: int) -> None:
    answer = site.get(f"/p/{pictures.token(SECRET, evidence_id, now)}")
    assert (answer.status_code, answer.content) == (404, b"")


def test_nobody_sees_an_address_by_printing_a_message() -> None:
    outgoing = Outgoing("1", "việc", pictures=(Picture(f"{SITE}/p/secret", "NV1"),))
    assert "secret" not in repr(outgoing) and "NV1" in repr(outgoing)


@pytest.mark.parametrize(
    ("base_url", "public"),
    [("http://127.0.0.1:8017", False), ("http://localhost:8017", False), ("https://localhost", False),
     ("https://[::1]:8017", False), ("http://dondoc.example", False), (SITE, True), ("HTTPS://dondoc.example", True)],
)  # fmt: skip
def test_only_a_public_https_address_is_given_to_services(base_url: str, public: bool) -> None:
    made = chats.picture_address(replace(SETTINGS, base_url=base_url, given_secret="only for tests"))
    assert (made is not None) is public
    if made is not None:
        assert made(7, datetime(2026, 11, 24, tzinfo=UTC)).startswith(f"{base_url}/p/7.")
