"""A unit's duties to print, for people without a chat."""

from __future__ import annotations

import re

from starlette.routing import Route

from models import clock
from models.organisation import Department
from models.printing import open_of, unit_by_code
from papers.decree.layout import Paper
from papers.unit_list import unit_list
from web.asking import Ask, Stop, page
from web.report.giving import KINDS, of_kind


def routes() -> list[Route]:
    """The list as Word and as PDF."""
    return [Route(f"/reports/unit/{{code}}.{kind}", page(of_kind(made, kind))) for kind in KINDS]


def made(ask: Ask) -> tuple[Paper, str]:
    """GET /reports/unit/<code>.docx, .pdf: for overseers, and for the unit itself. Raises Stop."""
    unit = unit_by_code(ask.session, str(ask.request.path_params["code"]))
    if unit is None or unit.id is None:
        raise Stop(404, "web.stop.no_page")
    if not (ask.me.sees_all or unit.id in ask.me.units):
        raise Stop(403, "web.stop.office_sees")
    office = ask.session.get_one(Department, 1).name
    paper = unit_list(office, unit.name, open_of(ask.session, unit.id), clock.now())
    plain = re.sub(r"[^A-Za-z0-9_-]", "", unit.code) or "don-vi"
    return paper, f"nhiem-vu-{plain}-{clock.today():%Y%m%d}"
