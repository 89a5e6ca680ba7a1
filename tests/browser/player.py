"""The stage of the browser tests: one Chromium, a demo that has lived four weeks, and people who sit at it."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
AXE = Axe().axe_script
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The one browser of a file of tests: two at once in a process get in each other's way."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database of four weeks, to be copied; made once, whoever of several processes comes first."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "lived"
    folder.mkdir(exist_ok=True)
    with (folder.parent / "lived.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "whole").exists():
            subprocess.run([sys.executable, "-m", "tests.browser.filling", "make", folder], check=True, cwd=ROOT,
                           env=surroundings())  # fmt: skip
            (folder / "whole").touch()
    return folder


@pytest.fixture(scope="module")
def demo(lived: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo that has lived four weeks, for the tests of one file."""
    yield from served(lived, tmp_path_factory.mktemp("demo"))


def served(lived: Path, folder: Path) -> Iterator[str]:
    """Serve a copy of this database for as long as somebody looks."""
    shutil.copytree(lived, folder, dirs_exist_ok=True)
    command = [sys.executable, "-m", "tests.browser.filling", "serve", str(folder)]
    with subprocess.Popen(command, env=surroundings(), stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip().removesuffix("/demo")
        finally:
            running.terminate()
            running.wait(20)


def surroundings() -> dict[str, str]:
    """The environment without anything that would set the demo up otherwise."""
    return {key: value for key, value in os.environ.items() if not key.startswith("DONDOC_")}


class Seat:
    """Somebody at the site in a browser of their own. Faults of scripts and of the policy are kept in `faults`, and
    what was asked of other hosts in `elsewhere`."""

    def __init__(self, browser: Browser, address: str, who: str | None = None, **options: Any) -> None:
        options = {"viewport": DESK, "locale": "vi-VN", "reduced_motion": "reduce"} | options
        self.context: BrowserContext = browser.new_context(**options)
        self.context.set_default_timeout(10_000)
        self.page: Page = self.context.new_page()
        self.address = address
        self.faults: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda asked: None if asked.url.startswith((address, "data:", "blob:"))
                     else self.elsewhere.append(asked.url))  # fmt: skip
        self._arrive()
        if who:
            self.be(who)

    def _hear(self, said: Any) -> None:
        # That a page was refused is the server's answer, not a fault of the page.
        if said.type == "error" and "Failed to load resource" not in said.text:
            self.faults.append(f"{self.page.url}: {said.text}")

    def _arrive(self) -> None:
        # The server says when it listens only by answering.
        for _ in range(100):
            try:
                self.context.request.get(f"{self.address}/health")
                return
            except Exception:
                self.page.wait_for_timeout(100)

    def be(self, who: str) -> Seat:
        """Sit here as this person."""
        self.page.goto(f"{self.address}/demo")
        self.page.click(f'.people form[action="/demo/be/{who}"] button')
        expect(self.page.locator('.people [aria-current="true"]')).to_have_count(1)
        return self

    def go(self, path: str) -> Response:
        """Open a page."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        return answer

    def act(self, act: str) -> Locator:
        """The form of an act on the page, its box opened."""
        form = self.page.locator(f'form[action$="/{act}"]').first
        box = self.page.locator("details", has=form)
        for n in range(box.count()):
            if box.nth(n).get_attribute("open") is None:
                box.nth(n).locator("> summary").click()
        return form

    def said(self) -> str:
        """What the page says was done or refused."""
        return self.page.locator(".done, .refused").first.inner_text()

    def fits(self) -> bool:
        """Nothing is wider than the window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))

    def faults_of_page(self, rule: str | None = None) -> dict[str, list[str]]:
        """What axe finds, by all rules or by one: "serious color-contrast" → places."""
        options: dict[str, Any] = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
        if rule:
            options |= {"runOnly": {"type": "rule", "values": [rule]}}
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate("options => axe.run(options)", options)["violations"]
        return {f"{one['impact']} {one['id']}": [f"{node['target']} {node['html'][:160]}" for node in one["nodes"]][:4]
                for one in found}  # fmt: skip

    def close(self) -> None:
        """Leave."""
        self.context.close()


def pattern(path: str) -> str:
    """The kind of page of an address: numbers, days and codes left out, and of a query only its names."""
    where, _, query = path.partition("?")
    where = re.sub(r"\d{4}-\d{2}-\d{2}", "DAY", where)
    where = re.sub(r"/units/[A-Z]\w*", "/units/CODE", re.sub(r"/unit/[A-Z]\w*", "/unit/CODE", where))
    where = re.sub(r"NV\d+", "NV", re.sub(r"(?<=/)\d+(?=/|$)", "N", where))
    names = sorted({part.split("=")[0] for part in query.split("&") if part})
    return where + ("?" + "&".join(names) if names else "")
