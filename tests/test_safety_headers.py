"""What every answer bears, and what no page may have in it: nothing inline, nothing from elsewhere, nothing kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from models.report import add_evidence
from tests import safety_entries as table
from tests.safety_scene import Scene, scene_in
from tests.test_every_route import STREAMS, Site
from tests.web_stage import stage
from web import signin

pytestmark = pytest.mark.thorough

WEB = Path(__file__).resolve().parent.parent / "web"
TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".png": "image/png",
    ".svg": "image/svg+xml", ".json": "application/json", ".txt": "text/plain; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
}  # fmt: skip
BEGIN = {".docx": b"PK", ".xlsx": b"PK", ".pdf": b"%PDF-", ".png": b"\x89PNG", ".ics": b"BEGIN:VCALENDAR"}
OUTSIDE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/|127\.0\.0\.1)[\w-]+\.\w+", re.I)


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with stage() as office:
        yield scene_in(office)


def addresses(scene: Scene) -> list[str]:
    """All that a clerk can look at."""
    site = Site(scene, scene.office.kept())
    found = [site.address(entry) for entry in table.GETS if entry.route not in STREAMS]
    return [*found, *((one or route).format(**scene.at) for route, one in table.OPEN.items()), "/nowhere", "/api/tasks",
            "/api/openapi.json", "/api/nowhere", "/static/none.css", "/tasks/NV999", "/ics/none.ics"]  # fmt: skip


def test_every_answer_is_guarded_and_kept_by_nobody(scene: Scene) -> None:
    clerk = scene.office.browser("vp.vanthu")
    for address in addresses(scene):
        answer = clerk.get(address)
        headers = answer.headers
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY", address
        assert headers["referrer-policy"] == "no-referrer", address
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'self';") or policy == "default-src 'none'; sandbox", address
        assert "unsafe" not in policy and "http" not in policy and "data:" not in policy, address
        if not address.startswith("/static/"):
            assert "no-store" in headers["cache-control"], address


def test_refused_forms_and_faults_of_ours_are_guarded_too(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = scene.office.browser("vp.vanthu")
    answers = [clerk.post("/calendar", token=""), clerk.post("/tasks/bulk", {}), clerk.post("/hook/none"),
               clerk.client.put("/tasks"), clerk.client.post("/api/tasks/NV1/progress", json={})]  # fmt: skip

    def broken(*_: Any) -> bool:
        raise RuntimeError("ours")

    monkeypatch.setattr(signin, "_own", broken)
    quiet = TestClient(scene.office.site, raise_server_exceptions=False)
    answers.append(quiet.get("/login/x"))
    assert [one.status_code for one in answers] == [403, 400, 404, 404, 401, 500]
    for one in answers:
        assert one.headers["x-content-type-options"] == "nosniff" and "no-store" in one.headers["cache-control"]
        assert one.headers["content-security-policy"].startswith("default-src 'self';")


def test_files_are_what_their_names_say_and_are_kept_not_opened(scene: Scene) -> None:
    clerk, found = scene.office.browser("vp.vanthu"), set()
    for address in addresses(scene):
        ending = next((one for one in TYPES if address.split("?")[0].endswith(one)), None)
        if ending is None or address.startswith(("/static/", "/api/")) or "none" in address:
            continue
        answer = clerk.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["content-type"] == TYPES[ending], address
        assert answer.content.startswith(BEGIN.get(ending, b"")), address
        found.add(ending)
        if "/pages/" in address:  # a picture that we drew, on a page of ours
            continue
        named = re.fullmatch(r'(attachment|inline); filename="[\w.-]+"', answer.headers["content-disposition"])
        assert named and (named[1] == "attachment" or ending == ".ics"), address
    assert found == set(TYPES)


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "text/plain", "application/xhtml+xml", "text/xml"])
def test_evidence_is_never_a_page(scene: Scene, kind: str) -> None:
    head = scene.office.person("tts.truong")
    with scene.office.database.write() as session:
        made = add_evidence(session, by_id=head, name='a"\r\nx: y\u202e<b>.html', media_type=kind,
                            data=b"<script>alert(1)</script>", task_id=scene.at["id_reported"])  # fmt: skip
        number = made.id
    for address in (f"/evidence/{number}", f"/evidence/{number}?show"):
        answer = scene.office.browser("vp.vanthu").get(address)
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment;") and "x" not in answer.headers
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"


class _Inline(HTMLParser):
    """Finds what the policy would refuse to run, and addresses outside."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._in = tag if (tag == "script" and "src" not in given) or tag == "style" else ""
        for name, value in attrs:
            value = value or ""
            if name.startswith("on") or name == "style" or value.strip().lower().startswith(("javascript:", "data:")):
                self.found.append(f"<{tag} {name}={value!r}>")
            if name in ("src", "action", "formaction", "srcset", "poster", "data",
                "background") and OUTSIDE.match(value):
                self.found.append(f"<{tag} {name}={value!r}>")
            if tag in ("link", "base", "iframe", "use", "image") and OUTSIDE.match(value):
                self.found.append(f"<{tag} {name}={value!r}>")

    def handle_data(self, data: str) -> None:
        if self._in and data.strip():
            self.found.append(f"<{self._in}>")
        self._in = ""


def inline_in(page: str) -> list[str]:
    parser = _Inline()
    parser.feed(page)
    return parser.found


def test_a_page_with_something_inline_would_be_found() -> None:
    assert inline_in('<p style="x">') and inline_in("<script>x</script>") and inline_in('<a href="javascript:1">')
    assert inline_in('<img src="https://a.vn/x.png">') and inline_in("<style>p{}</style>")
    assert inline_in('<b onclick="">')
    assert not inline_in('<script src="/static/site.js"></script><p class="x">y</p><a href="https://t.me/x">z</a>')


def test_no_page_has_anything_inline_or_from_elsewhere(scene: Scene) -> None:
    for who in ("vp.vanthu", "gd", "tts.truong"):
        browser = scene.office.browser(who)
        for address in addresses(scene):
            answer = browser.get(address)
            if answer.headers.get("content-type", "").startswith("text/html"):
                assert inline_in(answer.text) == [], address


def test_no_template_and_no_static_file_has_anything_inline_or_from_elsewhere() -> None:
    for path in [*WEB.glob("templates/*.html"), *WEB.glob("static/*")]:
        text = path.read_text()
        if path.suffix == ".html":
            plain = re.sub(r"\{[%{#].*?[%}#]\}", "x", text, flags=re.S)
            assert inline_in(plain) == [], path.name
            assert "|safe" not in text.replace(" ", "") and "autoescape false" not in text, path.name
        assert not OUTSIDE.search(text), (path.name, OUTSIDE.search(text))
        if path.suffix == ".js":
            assert not re.search(r"\beval\(|new Function|outerHTML|insertAdjacentHTML|document\.write", text), \
                path.name  # fmt: skip


def test_nul_in_an_address_is_as_if_it_were_not_there(scene: Scene) -> None:
    browser = scene.office.browser("vp.truong")
    for address in ("/tasks?unit=T%00TS", "/reports/scoring?unit=all%00", "/people?q=%00lan"):
        assert browser.get(address).status_code == browser.get(address.replace("%00", "")).status_code == 200, address
    assert browser.get("/units/T%00TS").status_code == 404
