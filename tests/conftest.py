"""What every test stands on: no setting of the machine, no network beyond loopback, and the programs that are there."""

from __future__ import annotations

import gc
import os
import re
import shutil
import socket
from typing import Any

import pytest

PROGRAMS = {"browser": "chromium", "scan": "tesseract", "old_word": "catdoc"}
"""Marker → the Debian program that its tests drive."""
THOROUGH = re.compile(
    r"test_(?:alarms|api\w*|authority_dates|before|charts|chat_(?:anything|faults|utterances|zalo)|cli_people|copying|"
    r"discarding|documents|drawing|email\w*|every_route|evidence_pages|export|feed|format_(?:items|pdf)|groups|"
    r"hostile_\w+|import\w*|instruction|lateness|linking_property|me|office_\w+|oidc|papers_\w+|picture\w*|quota|"
    r"reading_(?:changed|everyday|hostile|property)|recalendar|remembered|replacing\w*|review_acts|route|safety_\w+|"
    r"scoring|secrecy_(?:formats|pdf)|telegram_\w+|trend|upload\w*|webhooks|web_(?:acts|people)|week_pictures|"
    r"weekly_(?:figures|page)|zalo_\w+)"
)
"""Files that look into every corner of one room: their tests run by `make test-all`, so that `make test` stays a
minute. What the whole house promises is never among them."""
LONGEST = {"test_utterances", "test_review_acts", "test_web_acts", "test_crash", "test_hostile_files", "test_cli",
           "test_rehearse_seed", "test_recount", "test_lists", "test_home", "test_weekly", "test_jobs_ladders",
           "test_migrations", "test_three_weeks"}  # fmt: skip
"""The files that go first: with one of them as its last, one worker works for seconds while the other has nothing."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")

# All that is imported and collected lives to the end. Looking through it for something to free, again and again, was
# half of the time before the first test.
gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def _missing(config: pytest.Config) -> list[str]:
    """Markers asked for whose program is not on this machine."""
    wanted = config.option.markexpr
    return [mark for mark, program in PROGRAMS.items() if f"not {mark}" not in wanted and not shutil.which(program)]


@pytest.hookimpl(tryfirst=True)  # before -m is looked at
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if THOROUGH.fullmatch(item.path.stem):
            item.add_marker("thorough")
    missing = _missing(config)
    without = [item for item in items if any(item.get_closest_marker(mark) for mark in missing)]
    if without:
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if item not in without]
    items.sort(key=lambda item: item.path.stem not in LONGEST)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for mark in _missing(config):
        terminalreporter.write_line(f"not run: the {mark} tests; missing: {PROGRAMS[mark]} (make system)", yellow=True)


@pytest.fixture(autouse=True)
def no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in [key for key in os.environ if key.startswith("DONDOC_")]:
        monkeypatch.delenv(key)


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Any:
    """A test that reaches out fails at once, with the address in its message."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="module")
def office_time_runs_free() -> Any:
    """Whatever stood the clock, the next file starts at real time."""
    yield
    from models import clock

    clock.run_free()
