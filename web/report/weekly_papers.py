"""The weekly report as a paper to sign: Word and PDF, from the same snapshot as its page."""

from __future__ import annotations

from starlette.routing import Route

from papers.decree.layout import Paper
from papers.weekly.paper import weekly_paper
from web.asking import Ask, page
from web.guards import for_overseers
from web.report.giving import KINDS, of_kind, signed
from web.report.weekly import report_of, week_of


def routes() -> list[Route]:
    """The paper of a week. Its name in the address is free: browsers keep the file under it."""
    return [Route(f"/reports/week/{{day}}/{{name}}.{kind}", page(of_kind(made, kind))) for kind in KINDS]


def made(ask: Ask) -> tuple[Paper, str]:
    """GET /reports/week/<Monday>/<name>.docx, .pdf."""
    for_overseers(ask)
    return weekly_paper(report_of(ask).digest, signed(ask)), f"bao-cao-tuan-{week_of(ask).isoformat()}"
