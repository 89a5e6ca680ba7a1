"""Addresses of one task: its page, its acts, its evidence."""

from __future__ import annotations

from starlette.routing import Route

from web import evidence
from web.asking import page
from web.prepared import prepared_page
from web.task import acts, evidence_pages
from web.task import page as task_page


def routes() -> list[Route]:
    """Each act is a form on the task's page; a refused one is shown there again."""
    at = "/tasks/NV{number:int}"
    return [
        Route(at, page(task_page.show)),
        Route(f"{at}/{{act}}", prepared_page(acts.act, evidence.screened, failed=task_page.show), methods=["POST"]),
        Route("/evidence/{id:int}", page(evidence.give)),
        Route("/evidence/{id:int}/pages", page(evidence_pages.show)),
        Route("/evidence/{id:int}/pages/{page:int}.png", page(evidence_pages.picture)),
    ]
