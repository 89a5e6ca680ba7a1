"""A PDF that stands behind a report, page by page as pictures of ours: nobody's file is opened in the reader's browser.

Drawn in the process in which strangers' files are opened, when somebody asks for it; the last few are kept, since a
browser asks for each page by itself.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from starlette.responses import Response

from intake import Pages, ReadingError, pages_of
from models.report import Evidence, blob_chunks
from web.asking import Ask, Stop
from web.evidence import asked_for

KEPT = 4
"""Files whose pictures are held: some three megabytes each at most."""
_kept: OrderedDict[str, Pages] = OrderedDict()
_lock = threading.Lock()


def show(ask: Ask) -> Response:
    """GET /evidence/7/pages: the pictures of its pages, on a page of ours."""
    evidence = asked_for(ask)
    pages = _pages(ask, evidence)
    return ask.page("evidence_pages.html", evidence=evidence, shown=len(pages.pictures), count=pages.count)


def picture(ask: Ask) -> Response:
    """GET /evidence/7/pages/1.png."""
    pages, number = _pages(ask, asked_for(ask)), ask.number("page")
    if not 1 <= number <= len(pages.pictures):
        raise Stop(404, "web.stop.no_file")
    return Response(pages.pictures[number - 1], media_type="image/png", headers={
        "content-security-policy": "default-src 'none'; sandbox", "cache-control": "private, no-store",
    })  # fmt: skip


def _pages(ask: Ask, evidence: Evidence) -> Pages:
    """The pages of a PDF. Raises Stop for a file that is none, or that cannot be drawn: it can be downloaded."""
    if evidence.media_type != "application/pdf":
        raise Stop(404, "web.stop.no_file")
    with _lock:  # several pages asked for at once are drawn once
        found = _kept.get(evidence.sha256)
        if found is None:
            try:
                found = pages_of(b"".join(blob_chunks(ask.session, evidence.sha256)))
            except ReadingError:
                raise Stop(409, "web.stop.no_pages") from None
            _kept[evidence.sha256] = found
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        _kept.move_to_end(evidence.sha256)
        return found
