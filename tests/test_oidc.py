"""Signing in by the office's own service: only with a proved answer, for whom the office knows already."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select, update

import checks
import config
from config import SignIn
from config_file import ConfigError
from models import clock
from models.event import Event
from models.organisation import Person, Post
from tests.oidc_provider import CLIENT, SECRET, Provider, hmac_key, provider, rsa_key
from tests.web_stage import Browser, Stage, said, stage
from web.site import make_site

pytestmark = pytest.mark.thorough
TUAN = "tts.truong"


@dataclass
class At:
    """The office whose people sign in at that service."""

    office: Stage
    service: Provider

    def goes(self, browser: Browser | None = None) -> tuple[Browser, str]:
        """A visitor presses the button and signs in there: the browser, and the address that leads back."""
        visitor = browser or self.office.browser()
        answer = visitor.client.get("/signin/oidc", follow_redirects=False)
        assert answer.status_code == 303, answer.text
        query = self.service.sees(answer.headers["location"])
        assert query["redirect_uri"] == "http://127.0.0.1:8017/signin/oidc/back"
        return visitor, f"/signin/oidc/back?code=right&state={query['state']}"

    def comes(self) -> Any:
        """The page that a visitor sees who signs in there and comes back."""
        visitor, back = self.goes()
        return visitor.get(back)


@pytest.fixture
def at() -> Iterator[At]:
    with stage() as office:
        with office.database.write() as session:
            tuan = update(Person).where(col(Person.short_id) == TUAN)
            session.execute(tuan.values(email="tuan@so.gov.vn"))
            now = int(clock.database_time(session).timestamp())
        with provider(now) as service:
            settings = SignIn(service.issuer, CLIENT, "Tài khoản của Sở")
            office.site = make_site(replace(office.context, signin=settings, signin_secret=SECRET))
            yield At(office, service)


def test_whoever_is_known_by_mail_is_signed_in(at: At) -> None:
    visitor, back = at.goes()
    page = visitor.get(back)
    assert page.status_code == 200 and "Hoàng Minh Tuấn" in page.text
    assert visitor.get("/me").status_code == 200
    [asked] = at.service.asked
    assert asked["grant_type"] == "authorization_code" and len(asked["code_verifier"]) >= 43


def test_the_button_stands_beside_the_one_time_link_where_there_is_a_service(at: At) -> None:
    page = at.office.browser().get("/login")
    assert "Đăng nhập bằng Tài khoản của Sở" in page.text and 'href="/signin/oidc"' in page.text
    at.office.site = make_site(at.office.context)
    browser = at.office.browser()
    assert "/signin/oidc" not in browser.get("/login").text and browser.get("/signin/oidc").status_code == 404


def test_the_browser_is_sent_with_state_nonce_and_a_challenge(at: At) -> None:
    answer = at.office.browser().client.get("/signin/oidc", follow_redirects=False)
    query = at.service.sees(answer.headers["location"])
    assert query["response_type"] == "code" and query["scope"] == "openid email"
    assert query["code_challenge_method"] == "S256" and len(query["state"]) > 30 and len(query["nonce"]) > 30
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "path=/signin/oidc" in cookie
    assert query["state"] not in cookie.split(";")[0] and SECRET not in answer.headers["location"]


@pytest.mark.parametrize("claims", [
    {"nonce": "of another"}, {"nonce": None}, {"aud": "another program"}, {"aud": None}, {"iss": "https://x.example"},
    {"iss": None}, {"exp": None}, {"sub": None}, {"iat": None}, {"azp": "another program"},
    {"aud": [CLIENT, "another"], "azp": None},
], ids=str)  # fmt: skip
def test_an_answer_that_does_not_hold_signs_nobody_in(at: At, claims: dict[str, Any]) -> None:
    at.service.claims = claims
    page = at.comes()
    assert page.status_code == 403 and "không hợp lệ" in said(page)


def test_an_answer_that_is_over_signs_nobody_in(at: At) -> None:
    at.service.claims = {"exp": at.service.now - 300, "iat": at.service.now - 900}
    assert "không hợp lệ" in said(at.comes())
    at.service.claims = {"nbf": at.service.now + 900}
    assert "không hợp lệ" in said(at.comes())


def test_an_answer_that_another_signed_signs_nobody_in(at: At) -> None:
    at.service.signs = rsa_key("another")
    assert "không hợp lệ" in said(at.comes())
    at.service.signs, at.service.header = hmac_key(), {"alg": "HS256", "kid": "k1"}
    assert "không hợp lệ" in said(at.comes())


def test_a_mail_address_that_nobody_verified_signs_nobody_in(at: At) -> None:
    for claims in ({"email_verified": False}, {"email_verified": None}, {"email_verified": "true"}, {"email": None}):
        at.service.claims = claims
        page = at.comes()
        assert page.status_code == 403 and "chưa có địa chỉ thư điện tử đã được xác minh" in said(page), claims


def test_nobody_is_made_of_a_strange_account(at: At) -> None:
    people = at.office.rows(Person)
    at.service.claims = {"email": "la@so.gov.vn"}
    page = at.comes()
    assert page.status_code == 403 and "chưa có trong danh sách" in said(page)
    assert at.office.rows(Person) == people


def test_an_address_of_two_people_proves_neither(at: At) -> None:
    with at.office.database.write() as session:
        session.execute(update(Person).where(col(Person.short_id) == "tts.pho").values(email="TUAN@so.gov.vn"))
    assert "chưa có trong danh sách" in said(at.comes())


def test_whoever_holds_no_post_is_not_signed_in(at: At) -> None:
    tuan = at.office.person(TUAN)
    with at.office.database.write() as session:
        session.execute(update(Post).where(col(Post.person_id) == tuan).values(valid_to=date(2023, 7, 1)))
    assert "chưa có trong danh sách" in said(at.comes())


def test_an_answer_that_another_browser_brings_signs_nobody_in(at: At) -> None:
    _, back = at.goes()
    page = at.office.browser().get(back)
    assert page.status_code == 403 and "trình duyệt khác" in said(page) and at.service.asked == []


def test_a_state_that_was_not_given_signs_nobody_in(at: At) -> None:
    visitor, back = at.goes()
    for wrong in (re.sub("state=.*", "state=x", back), "/signin/oidc/back", "/signin/oidc/back?code=right&state=é"):
        visitor, _ = at.goes()
        assert visitor.get(wrong).status_code == 403 and visitor.get("/me").status_code == 401
    assert at.service.asked == []


def test_an_answer_is_good_once_and_for_ten_minutes(at: At) -> None:
    visitor, back = at.goes()
    assert visitor.get(back).status_code == 200
    assert "trình duyệt khác" in said(visitor.get(back))
    late, back = at.goes()
    clock.stand_at(clock.now() + timedelta(minutes=11))
    assert "trình duyệt khác" in said(late.get(back))


def test_a_forged_cookie_begins_nothing(at: At) -> None:
    visitor, back = at.goes()
    for forged in ("x", "x.y", "e30=.00", ""):
        visitor.client.cookies.set("dondoc_oidc", forged, path="/signin/oidc", domain="testserver.local")
        assert at.office.browser().client.get(back, cookies=None).status_code == 403


def test_who_is_declined_there_is_told_so(at: At) -> None:
    visitor, back = at.goes()
    page = visitor.get(back.replace("code=right", "error=access_denied"))
    assert page.status_code == 403 and "không cho đăng nhập" in said(page)
    visitor, back = at.goes()
    assert "không hợp lệ" in said(visitor.get(back.replace("code=right", "code=wrong")))


def test_a_service_that_is_another_or_away_is_said_in_one_sentence(at: At) -> None:
    at.service.told = {"issuer": "https://x.example"}
    page = at.office.browser().get("/signin/oidc")
    assert page.status_code == 503 and "chưa trả lời đúng" in said(page)
    at.service.told = {"authorization_endpoint": "http://10.0.0.1/auth"}
    assert at.office.browser().get("/signin/oidc").status_code == 503
    away = SignIn("http://127.0.0.1:1", CLIENT, "x")
    at.office.site = make_site(replace(at.office.context, signin=away, signin_secret=SECRET))
    assert at.office.browser().get("/signin/oidc").status_code == 503


def test_neither_code_nor_secret_nor_address_is_logged(at: At, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "web")
    at.service.claims = {"nonce": "of another"}
    at.comes()
    assert "answer" in caplog.text and "right" not in caplog.text and SECRET not in caplog.text


def test_the_first_sign_in_makes_the_browser_one_of_the_persons_chats(at: At) -> None:
    at.comes()
    tuan = at.office.person(TUAN)
    with at.office.database.read() as session:
        linked = session.exec(select(Event).where(Event.subject == f"person:{tuan}", Event.verb == "linked")).all()
    assert len(linked) <= 1


def settings(tmp_path: Path, signin: str, **environ: str) -> config.Settings:
    file = tmp_path / "config.toml"
    file.write_text((config.HOME / "config.toml").read_text(encoding="utf-8") + signin, encoding="utf-8")
    return config.load(file, environ)


def test_half_a_setting_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"signin\.oidc_client_id"):
        settings(tmp_path, '[signin]\noidc_issuer = "https://x.gov.vn"\n')
    with pytest.raises(ConfigError, match=r"signin\.oidc_issuer"):
        settings(tmp_path, '[signin]\noidc_client_id = "dondoc"\n')
    with pytest.raises(ConfigError, match="https"):
        settings(tmp_path, '[signin]\noidc_issuer = "http://x.gov.vn"\noidc_client_id = "dondoc"\n')
    with pytest.raises(ConfigError, match="bí mật"):
        settings(tmp_path, '[signin]\noidc_issuer = "https://x.gov.vn"\noidc_client_id = "d"\noidc_secret = "x"\n')


def test_the_check_says_what_is_missing(at: At, tmp_path: Path) -> None:
    whole = '[signin]\noidc_issuer = "https://x.gov.vn/realms/so/"\noidc_client_id = "dondoc"\n'
    secret = {"DONDOC_OIDC_SECRET": "top secret"}
    for signin, environ, key in ((whole, {}, "signin_no_secret"), (whole, secret, "signin"),
                                 ("", secret, "signin_no_settings")):  # fmt: skip
        made = settings(tmp_path, signin, DONDOC_SECRET="x", **environ)
        with at.office.database.read() as session:
            found = list(checks._signin(session, made))
        assert [one.key for one in found] == [key]
    assert "oidc_secret" not in repr(made)
