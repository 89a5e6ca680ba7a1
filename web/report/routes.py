"""Addresses of what is reported: the weekly report, letters, registers, and their files."""

from __future__ import annotations

from starlette.routing import Route

from web.asking import page
from web.report import (
    dossier,
    export,
    letter,
    register,
    scoring,
    unit_list,
    weekly,
    weekly_files,
    weekly_papers,
)


def routes() -> list[Route]:
    """Pages of reports and the files made from them."""
    return [
        *_weekly(),
        *scoring.routes(),
        *export.routes(),
        *weekly_papers.routes(),
        *letter.routes(),
        *unit_list.routes(),
        *register.routes(),
        *dossier.routes(),
    ]


def _weekly() -> list[Route]:
    week = "/reports/week/{day}"
    return [
        Route("/reports", page(weekly.index)),
        Route(week, page(weekly.show), methods=["GET"]),
        Route(f"{week}/note", page(weekly.say, failed=weekly.show), methods=["POST"]),
        Route(f"{week}/list/{{name}}", page(weekly.show_list)),
        Route(f"{week}/{{name}}.json", page(weekly_files.as_json)),
        Route(f"{week}/{{name}}.txt", page(weekly_files.as_text)),
        Route(f"{week}/{{name}}.svg", page(weekly_files.as_svg)),
        Route(f"{week}/{{name}}.png", page(weekly_files.as_png)),
        Route(f"{week}/{{name}}.xlsx", page(weekly_files.as_sheets)),
    ]
