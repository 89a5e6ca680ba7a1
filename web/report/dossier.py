"""A directive's file: a page with its code and how long it is kept, and the whole of it as Word, PDF and Excel."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from starlette.responses import Response
from starlette.routing import Route

from models.filing import LONGEST, file_under
from papers.decree.layout import Paper
from papers.decree.letterhead import LANGUAGE
from papers.dossier import File, dossier
from papers.sheets import Sheet, write_workbook
from web.asking import Ask, Stop, both, page
from web.directive.directives import directive_asked_for
from web.guards import for_office
from web.report.dossier_view import file_of
from web.report.giving import XLSX, attached, of_kind

Rows = Sequence[tuple[str, ...]]
SHOWN = 200
"""Lines of one kind on the page; the files have all of them."""


def routes() -> list[Route]:
    """The page with its form, and the files."""
    at = "/directives/{id:int}/file"
    return [
        *both(at, show, keep, failed=show),
        Route(f"{at}.docx", page(of_kind(made, "docx"))),
        Route(f"{at}.pdf", page(of_kind(made, "pdf"))),
        Route(f"{at}.xlsx", page(workbook)),
    ]


def show(ask: Ask) -> Response:
    """GET /directives/<id>/file; also the answer to a refused form."""
    directive = directive_asked_for(ask)
    typed = ask.form.flat() if ask.error else {"file_code": directive.file_code or "",
                                               "retention": directive.retention or ""}  # fmt: skip
    return ask.page("report_dossier.html", file=file_of(ask, directive, ask.language), directive=directive, typed=typed,
                    longest=LONGEST, shown=SHOWN, may_file=ask.me.office)  # fmt: skip


def keep(ask: Ask) -> Response:
    """POST /directives/<id>/file: the Office enters code and retention. What somebody else entered in the meantime is
    not written over unseen."""
    directive = directive_asked_for(ask)
    for_office(ask)
    seen = (ask.form.get("seen_code"), ask.form.get("seen_retention"))
    if seen != (directive.file_code or "", directive.retention or ""):
        raise Stop(409, "web.file.changed", code=directive.file_code or "–", retention=directive.retention or "–")
    try:
        file_under(ask.session, directive, ask.form.get("file_code"), ask.form.get("retention"), ask.actor)
    except ValueError:
        raise Stop(400, "web.file.long", longest=LONGEST) from None
    except LookupError:
        raise Stop(409, "web.file.discarded") from None
    return ask.go(f"/directives/{directive.id}/file", done="filed")


def made(ask: Ask) -> tuple[Paper, str]:
    """GET /directives/<id>/file.docx, .pdf: in Vietnamese, like all papers of the office."""
    directive = directive_asked_for(ask)
    return dossier(file_of(ask, directive, LANGUAGE)), f"ho-so-{directive.id}"


def workbook(ask: Ask) -> Response:
    """GET /directives/<id>/file.xlsx: a sheet for each kind of line."""
    directive = directive_asked_for(ask)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.xlsx"
        write_workbook(path, _sheets(ask, file_of(ask, directive, ask.language)))
        return attached(path.read_bytes(), f"ho-so-{directive.id}.xlsx", XLSX)


def _sheets(ask: Ask, file: File) -> list[tuple[Sheet, Rows]]:
    def sheet(name: str, columns: list[tuple[str, int]], rows: Rows) -> tuple[Sheet, Rows]:
        heads = [(ask.text(f"papers.doc.col.{key}"), width) for key, width in columns]
        return Sheet(ask.text(f"web.file.sheet.{name}"), heads, [file.title]), rows

    acts = [("", one.at, one.who, one.capacity, one.act, one.content) for one in file.acts]
    acts += [(duty.code, one.at, one.who, one.capacity, one.act, one.content)
             for duty in file.duties for one in duty.acts]  # fmt: skip
    return [
        sheet("facts", [("fact", 30), ("value", 90)], list(file.facts)),
        sheet("said", [("person", 30), ("at", 20), ("words", 80)],
              [(one.leader, one.day, one.words) for one in file.said]),
        sheet("duties", [("item", 8), ("code", 10), ("duty", 70), ("lead_unit", 30), ("date", 20), ("status", 26)],
              [(one.item, one.code, one.text or one.title, one.unit, one.due, one.status) for one in file.duties]),
        sheet("acts", [("code", 10), ("at", 22), ("who", 26), ("capacity", 26), ("act", 28), ("content", 70)], acts),
        sheet("letters", [("at", 22), ("way", 10), ("person", 26), ("about", 16), ("words", 90)],
              [(one.at, one.way, one.who, one.about, one.words) for one in file.letters]),
        sheet("proofs", [("file", 40), ("about", 10), ("size", 14), ("sha", 70), ("sender", 34)],
              [(one.name, one.about, one.size, one.sha256, one.sender) for one in file.proofs]),
    ]  # fmt: skip
