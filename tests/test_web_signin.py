"""Signing in: a link works once, for 15 minutes, by POST alone; cookies that end when they must; forms with tokens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from models import clock, linking
from models.organisation import Contact, ContactState, LinkCode, Person
from tests.web_stage import SECRET, Stage, said, stage
from web.context import Context
from web.site import make_site


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def link_for(office: Stage, who: str) -> str:
    person_id = office.person(who)
    with office.database.write() as session:
        return f"/login/{linking.new_code(session, SECRET, person_id, linking.WEB)}"


def press(office: Stage, path: str) -> Any:
    """Open the link in a new browser and press its button."""
    visitor = office.browser()
    token = visitor.get(path).text.split('name="form_token" value="')[1].split('"')[0]
    return visitor.post(path, token=token)


def test_a_chat_preview_of_the_link_uses_nothing_up(office: Stage) -> None:
    path = link_for(office, "tts.truong")
    for _ in range(3):
        assert office.browser().get(path).status_code == 200
    answer = press(office, path)
    assert answer.status_code == 200 and "Hoàng Minh Tuấn" in answer.text


def test_a_link_works_once(office: Stage) -> None:
    path = link_for(office, "tts.truong")
    press(office, path)
    again = press(office, path)
    assert again.status_code == 403
    assert said(again).startswith("Liên kết đã được dùng")


def test_a_link_is_over_after_15_minutes_of_the_databases_time(office: Stage) -> None:
    path = link_for(office, "tts.truong")
    with office.database.write() as session:
        session.execute(update(LinkCode).values(expires_at=clock.database_time(session) - timedelta(seconds=1)))
    late = press(office, path)
    assert late.status_code == 403


def test_the_clock_of_the_demo_neither_ends_nor_lengthens_a_link(office: Stage) -> None:
    path = link_for(office, "tts.truong")
    clock.stand_at(clock.now() + timedelta(days=400))
    answer = press(office, path)
    assert answer.status_code == 200


def test_the_token_itself_is_stored_nowhere(office: Stage) -> None:
    token = link_for(office, "tts.truong").removeprefix("/login/")
    with office.database.read() as session:
        row = session.exec(select(LinkCode)).one()
    assert token not in (row.digest, row.purpose) and len(row.digest) == 64


def test_a_code_for_a_chat_does_not_open_the_browser_and_is_read_in_any_case(office: Stage) -> None:
    person_id = office.person("tts.truong")
    with office.database.write() as session:
        code = linking.new_code(session, SECRET, person_id, linking.CHAT)
        assert linking.consume(session, SECRET, code, linking.WEB) is None
        assert linking.consume(session, SECRET, f" {code.lower()} ", linking.CHAT) == person_id
        assert linking.consume(session, SECRET, code, linking.CHAT) is None


def test_the_first_sign_in_links_the_browser_chat(office: Stage) -> None:
    person_id = office.person("tts.truong")
    with office.database.write() as session:
        session.execute(update(Contact).where(col(Contact.person_id) == person_id).values(state=ContactState.UNLINKED))
    press(office, link_for(office, "tts.truong"))
    with office.database.read() as session:
        contact = session.exec(select(Contact).where(Contact.person_id == person_id)).one()
    assert (contact.channel, contact.state) == ("web", ContactState.ACTIVE)


def test_signing_out_everywhere_ends_the_session(office: Stage) -> None:
    head = office.browser("tts.truong")
    assert head.get("/tasks").status_code == 200
    with office.database.write() as session:
        session.execute(update(Person).where(col(Person.id) == head.visit.person_id).values(
            sessions_from=clock.now() + timedelta(seconds=1)))  # fmt: skip
    over = head.get("/tasks")
    assert over.status_code == 401 and "đăng nhập" in said(over)


@pytest.mark.parametrize(
    "path", ["/", "/tasks", "/tasks/NV1", "/directives", "/calendar", "/chat", "/chat/log", "/chat/events"]
)
def test_nobody_sees_a_page_without_signing_in(office: Stage, path: str) -> None:
    assert office.browser().get(path).status_code == 401


@pytest.mark.parametrize("cookie", ["", "nonsense", "1.1.1.1", "7.1690160400000.abc." + "0" * 64, "đ.đ.đ.đ"])
def test_a_cookie_that_we_did_not_sign_is_nobody(office: Stage, cookie: str) -> None:
    answer = office.browser().client.get("/tasks", headers={b"cookie": f"dondoc={cookie}".encode()})
    assert answer.status_code == 401


def test_the_cookie_is_kept_from_scripts_and_other_sites(office: Stage) -> None:
    visitor = office.browser()
    cookie = visitor.get("/login/abc").headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "secure" not in cookie
    office.site = make_site(Context(database=office.database, secret=SECRET, base_url="https://dondoc.example"))
    cookie = office.browser().get("/login/abc").headers["set-cookie"]
    assert cookie.startswith("__Host-dondoc=") and "secure" in cookie.lower()


def test_a_form_without_its_token_or_with_another_visits_changes_nothing(office: Stage) -> None:
    code = office.order("TTS")
    head, other = office.browser("tts.truong"), office.browser("tccb.truong")
    for token in ("", "wrong", other.visit.nonce):
        refused = head.post(f"/tasks/{code}/acknowledge", token=token)
        assert refused.status_code == 403 and "phiên đăng nhập khác" in said(refused)
    assert office.task(code).state == "assigned"


@pytest.mark.parametrize("path", ["/login", "/nothing", "/static/site.css", "/healthz"])
def test_every_answer_carries_the_headers(office: Stage, path: str) -> None:
    headers = office.browser().get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"


def test_no_page_has_a_script_or_style_of_its_own(office: Stage) -> None:
    office.assign_seed()
    clerk = office.browser("vp.vanthu")
    for path in ("/", "/tasks", "/tasks/NV2", "/directives/1/review", "/calendar", "/chat"):
        text = clerk.get(path).text
        assert " style=" not in text and "<style" not in text and " onclick" not in text
        assert text.count("<script") == text.count('<script src="/static/') and 'src="/static/site.js"' in text


def test_health_says_what_is_wrong(office: Stage) -> None:
    browser = office.browser()
    assert browser.get("/healthz").json() == {"ok": True, "reasons": []}
    with stage() as empty:
        with empty.database.write() as session:
            session.connection().exec_driver_sql("DELETE FROM department")
        answer = empty.browser().get("/healthz")
        assert answer.status_code == 503 and answer.json()["reasons"] == ["no department has been loaded"]
