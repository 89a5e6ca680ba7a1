"""The review page of a large draft: 150 items on sixty pages."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figure import Figure, median, timed
from tests.review_desk import Desk, big
from tests.web_stage import stage


def measure() -> Iterator[Figure]:
    """From the request to the last byte of the page."""
    with stage() as office:
        office.import_seed()
        desk = Desk(office)
        big(office, 150)
        desk.browser.get(desk.path)
        yield median("review page: 150 items on 60 pages", timed(lambda: desk.browser.get(desk.path), 9), 300)
