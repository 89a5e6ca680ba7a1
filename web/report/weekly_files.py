"""Files made of a weekly report: its data, its words, its picture."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.responses import Response

from models import weekly as weeks
from papers.weekly.digest import LIMIT, digest_text, tasks_of
from papers.weekly.text import title
from web.asking import Ask
from web.guards import for_overseers
from web.report.giving import XLSX, attached
from web.report.weekly import report_of, week_of


def as_json(ask: Ask) -> Response:
    """GET …/<name>.json: the snapshot, every value of it; of a report that went out as it is kept."""
    for_overseers(ask)
    row = weeks.report_of(ask.session, week_of(ask))
    made = row.snapshot if row is not None and row.snapshot is not None else report_of(ask).digest.to_json()
    return given(json.dumps(made, ensure_ascii=False).encode(), "application/json", ask, "json")


def as_text(ask: Ask) -> Response:
    """GET …/<name>.txt: the words, with all tasks of each list."""
    digest = report_of(ask).digest
    made = f"{title(digest, ask.language)}\n{digest_text(digest, ask.language, LIMIT)}\n"
    return given(made.encode(), "text/plain; charset=utf-8", ask, "txt")


def as_svg(ask: Ask) -> Response:
    """GET …/<name>.svg: the picture."""
    from papers.weekly.picture import digest_svg

    return given(digest_svg(report_of(ask).digest, ask.language).encode(), "image/svg+xml", ask, "svg")


def as_png(ask: Ask) -> Response:
    """GET …/<name>.png: the picture as it goes into chats."""
    from papers.weekly.picture import digest_png

    return given(digest_png(report_of(ask).digest, ask.language), "image/png", ask, "png")


def as_sheets(ask: Ask) -> Response:
    """GET …/<name>.xlsx: its lists and figures as sheets."""
    from papers.weekly.sheets import write_weekly

    with TemporaryDirectory() as folder:
        path = Path(folder) / "week.xlsx"
        digest = report_of(ask).digest
        write_weekly(path, digest, tasks_of(ask.session, digest), ask.language)
        return given(path.read_bytes(), XLSX, ask, "xlsx")


def given(made: bytes, kind: str, ask: Ask, end: str) -> Response:
    """A file to be kept, under a name that says which week it is of."""
    return attached(made, f"bao-cao-tuan-{week_of(ask).isoformat()}.{end}", kind)
