"""Every page that a role reaches by links from the menu: it opens, nobody is shut out of it by its look, and nothing on
it fails or comes from elsewhere. On a desk and on a telephone, by day and in the dark."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.player import DESK, PHONE, Seat, chromium, demo, lived, pattern

__all__ = ["chromium", "demo", "lived"]

pytestmark = pytest.mark.browser

FILES = (".docx", ".pdf", ".xlsx", ".png", ".svg", ".json", ".ics", ".txt")
ROLES = ("vp.vanthu", "gd", "pgd1", "tts.truong", "qlvh.pho", "quantri")
"""The head of the Office, who sees the most, is looked at by itself."""
OWN = ("/", "/tasks/NV", "/me", "/chat", "/units/CODE", "/directives/N", "/people/N")
"""Pages that differ by role: axe looks at them again for each."""
HEAVIEST = 150_000


class Crawl:
    """One person's way through the site, one page of each kind."""

    def __init__(self, seat: Seat, per_path: int, *sizes: Any) -> None:
        self.seat, self.per_path, self.sizes = seat, per_path, sizes
        self.todo, self.faults = ["/"], []  # type: list[str], list[str]
        self.seen: Counter[str] = Counter()
        self.paths: Counter[str] = Counter()

    def next(self) -> str | None:
        """An address of a kind that was not seen yet; of one page no more than `per_path` kinds of questions."""
        while self.todo:
            address = self.todo.pop(0)
            kind = pattern(address)
            path = kind.partition("?")[0]
            if not self.seen[kind] and self.paths[path] < self.per_path:
                self.seen[kind] += 1
                self.paths[path] += 1
                return address
        return None

    def wrong(self, address: str, what: object) -> None:
        """Keep a fault, to tell them all at once."""
        self.faults.append(f"{address}: {what}")

    def walk(self, axe_on: tuple[str, ...] | None) -> None:
        """Through all pages; `axe_on`: the kinds that axe looks at, None for all."""
        while (address := self.next()) is not None:
            path = address.partition("?")[0]
            if path.endswith(FILES) or (path.startswith("/evidence/") and not path.endswith("/pages")):
                answer = self.seat.context.request.get(self.seat.address + address)
                if answer.status != 200 or not answer.body():
                    self.wrong(address, answer.status)
                continue
            self.look(address)
            if self.paths[pattern(path)] == 1 and (axe_on is None or pattern(path) in axe_on):
                self.axe(address)
        for told in (self.seat.faults, self.seat.elsewhere):
            self.faults += told

    def look(self, address: str) -> None:
        """One page, on a desk and on a telephone."""
        page, status = self.seat.page, self.seat.go(address).status
        if status != 200:
            self.wrong(address, f"a link leads here, and it answers {status}")
        facts = page.evaluate("""() => ({lang: document.documentElement.lang, title: document.title.trim(),
            h1: document.querySelectorAll('h1').length, main: document.querySelectorAll('main').length,
            links: [...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href'))})""")
        if facts["lang"] != "vi" or not facts["title"] or (facts["h1"], facts["main"]) != (1, 1):
            self.wrong(address, {name: facts[name] for name in ("lang", "title", "h1", "main")})
        for size in self.sizes:
            if len(self.sizes) > 1:
                page.set_viewport_size(size)
            if not self.seat.fits():
                self.wrong(address, f"wider than {size['width']}")
        for link in facts["links"]:
            where = link.partition("#")[0]
            if where.startswith("?"):
                where = address.partition("?")[0] + where
            if where.startswith("/"):
                self.todo.append(where)
            elif where:
                self.wrong(address, f"leads elsewhere: {link}")

    def axe(self, address: str) -> None:
        """What axe finds by day, and of the colours in the dark."""
        for fault, places in self.seat.faults_of_page().items():
            if fault.startswith(("serious", "critical")):
                self.wrong(address, (fault, places))
        self.seat.page.emulate_media(color_scheme="dark")
        for fault, places in self.seat.faults_of_page("color-contrast").items():
            self.wrong(address, (fault, "in the dark", places))
        self.seat.page.emulate_media(color_scheme="light")


def test_the_office_sees_every_page_whole(chromium: Browser, demo: str) -> None:
    crawl = Crawl(Seat(chromium, demo, "vp.truong"), 3, PHONE, DESK)
    crawl.walk(None)
    assert not crawl.faults, "\n".join(crawl.faults)
    kinds = {"/charts", "/tasks/NV", "/units/CODE", "/directives/N/review", "/directives/N/file", "/reports/week/DAY",
             "/reports/letter", "/reports/register", "/reports/scoring", "/people/N", "/office/units/merge",
             "/office/programs", "/office/import", "/indicators/N", "/calendar", "/me", "/api/docs",
             "/copy"}  # fmt: skip
    assert kinds <= set(crawl.paths)


@pytest.mark.parametrize("who", ROLES)
def test_what_a_role_is_led_to_it_may_see(chromium: Browser, demo: str, who: str) -> None:
    seat = Seat(chromium, demo, who, viewport=PHONE)
    crawl = Crawl(seat, 1, PHONE)
    crawl.walk(OWN)
    assert not crawl.faults, "\n".join(crawl.faults)
    assert len(crawl.seen) > 8
    seat.close()


def test_a_stranger_is_told_how_to_sign_in(chromium: Browser, demo: str) -> None:
    """In a demo everything leads a stranger to its own page, where anybody can be chosen."""
    seat = Seat(chromium, demo)
    for path, title in (("/tasks/NV1", "Dùng thử"), ("/office", "Dùng thử"), ("/login", "Đăng nhập"),
                        ("/login/nothing", "")):  # fmt: skip
        assert seat.go(path).status in (200, 404, 410), path
        assert title in seat.page.locator("h1").inner_text(), path
        assert seat.fits() and seat.faults_of_page() == {}, path
    assert seat.go("/t/nothing").status in (404, 410)
    assert seat.page.locator(".refused").inner_text()
    assert seat.faults == [] and seat.elsewhere == []
    seat.close()


def test_what_a_role_may_not_see_is_said_in_a_sentence(chromium: Browser, demo: str) -> None:
    seat = Seat(chromium, demo, "tts.truong")
    for path in ("/office", "/reports/letter", "/directives/4/review", "/tasks/NV24", "/nowhere"):
        assert seat.go(path).status in (403, 404), path
        assert len(seat.page.locator(".refused").inner_text()) > 15
        assert seat.page.locator("main a").count() > 0
        assert seat.fits() and seat.faults_of_page() == {}, path
    seat.close()


def test_no_page_is_heavy(chromium: Browser, demo: str) -> None:
    seat = Seat(chromium, demo, "vp.truong")
    for path in ("/", "/tasks", "/tasks/NV20", "/charts", "/directives/2", "/directives/4/review",
                 "/reports/week/2023-08-21"):  # fmt: skip
        # A fresh visitor: nothing of it is at hand yet.
        seat.go(path)
        loaded = seat.page.evaluate("""async () => {
            const all = [location.href, ...performance.getEntriesByType('resource').map(one => one.name)];
            const sizes = all.filter(one => !one.includes('/live') && !one.includes('/events')).map(async one => {
                const answer = await fetch(one, {cache: 'no-store'}); await answer.arrayBuffer();
                return performance.getEntriesByName(one).at(-1).encodedBodySize; });
            return (await Promise.all(sizes)).reduce((sum, one) => sum + one, 0); }""")
        assert 3_000 < loaded <= HEAVIEST, (path, loaded)
