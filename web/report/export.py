"""All tasks as sheets of Excel: made before the answer, with its progress on the page that waits for it."""

from __future__ import annotations

import re
import secrets
import tempfile
import unicodedata
from functools import cache
from pathlib import Path

from starlette.datastructures import QueryParams
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from models import clock
from models.base import Database
from models.exporting import how_many, lines
from papers.task_sheets import write_tasks
from web.asking import Ask, Stop, page
from web.board.listing import Filter, conditions
from web.prepared import Progress, Work, prepared_page
from web.report.giving import XLSX
from web.viewer import Viewer

KEPT_SECONDS = 3600


def routes() -> list[Route]:
    """The form, and the file it made, for whoever asked for it."""
    return [
        Route("/reports/export", page(show), methods=["GET"]),
        Route("/reports/export", prepared_page(go, wanted, failed=show, always=True, words="export"), methods=["POST"]),
        Route("/reports/export/{name}", page(give)),
    ]


def show(ask: Ask) -> Response:
    """GET /reports/export: with the filters of a list in its address."""
    chosen = [(name, value) for name, value in ask.request.query_params.multi_items() if name != "page"]
    return ask.page("export.html", chosen=chosen)


def wanted(ask: Ask) -> Work:
    """What is to be written, looked at before it is begun."""
    chosen = Filter.of(QueryParams([(name, one) for name, values in ask.form.fields.items() for one in values]))
    return Writing(ask.context.database, ask.me, chosen, ask.language).write


class Writing:
    """One workbook of one person's list."""

    def __init__(self, database: Database, viewer: Viewer, chosen: Filter, language: str) -> None:
        self.database, self.viewer, self.chosen, self.language = database, viewer, chosen, language

    def write(self, progress: Progress) -> str:
        """Write the sheets from one transaction, so that they agree; the name of the file."""
        name = f"{self.viewer.id}-{secrets.token_hex(12)}.xlsx"
        _sweep(name)
        with self.database.read() as session:
            now = clock.now()
            wanted = conditions(session, self.viewer, self.chosen)
            total = how_many(session, *wanted)
            progress(0, total)
            write_tasks(_folder() / name, lines(session, now, *wanted), now, self.language,
                        lambda written: progress(written, total))
            progress(total, total)
        return name


def go(ask: Ask) -> Response:
    """POST /reports/export: to the file that was written."""
    return ask.go(f"/reports/export/{ask.ready}")


def give(ask: Ask) -> Response:
    """GET /reports/export/<name>: only to the person it was made for, for an hour."""
    name = str(ask.request.path_params["name"])
    path = _folder() / name
    if not re.fullmatch(rf"{ask.me.id}-[0-9a-f]{{24}}\.xlsx", name) or not path.is_file():
        raise Stop(404, "web.export.gone")
    said = ask.text("web.export.file", day=f"{clock.today():%Y-%m-%d}")
    return FileResponse(path, media_type=XLSX, filename=unicodedata.normalize("NFC", said))


@cache
def _kept() -> tempfile.TemporaryDirectory[str]:
    """Of this process alone, gone with it."""
    return tempfile.TemporaryDirectory(prefix="dondoc-export-")


def _folder() -> Path:
    return Path(_kept().name)


_made_at: dict[str, float] = {}


def _sweep(name: str) -> None:
    """Files that nobody fetched in an hour go; this one is kept from now on."""
    now = clock.elapsed()
    for old in [old for old, at in _made_at.items() if now - at > KEPT_SECONDS]:
        del _made_at[old]
        (_folder() / old).unlink(missing_ok=True)
    _made_at[name] = now
