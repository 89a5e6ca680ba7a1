"""Addresses of directives: their list and upload, the review page and its acts, and what hangs on a directive."""

from __future__ import annotations

from starlette.routing import Route

from web import evidence
from web.asking import Page, both, page
from web.directive import directives, instruction, listing, progress, remembered, replacing, review, review_acts
from web.prepared import prepared_page

ACTS: dict[str, Page] = {
    "whole": instruction.answer,
    "replaces": replacing.name,
    "continues": replacing.choose,
    "recall": replacing.recall,
    "settle": replacing.settle,
    "discard": replacing.discard,
}


def routes() -> list[Route]:
    """Each act is a form on the review page; a refused one is shown there again."""
    at = "/directives/{id:int}"
    return [
        Route("/directives", page(listing.list_all)),
        Route("/directives/new", page(directives.show_new), methods=["GET"]),
        Route("/directives/new", prepared_page(directives.upload, directives.opened, failed=directives.show_new),
              methods=["POST"]),
        Route(at, page(progress.show)),
        *both(f"{at}/review", review.show, review_acts.whole, failed=review.refused),
        Route(f"{at}/review/{{item:int}}", page(review_acts.item, failed=review.refused), methods=["POST"]),
        Route(f"{at}/instruction", prepared_page(instruction.enter, evidence.screened, failed=review.show),
              methods=["POST"]),
        Route(f"{at}/instruction/{{one:int}}/take", page(instruction.take, failed=review.show), methods=["POST"]),
        *(Route(f"{at}/{name}", page(act, failed=review.show), methods=["POST"]) for name, act in ACTS.items()),
        Route("/remembered", page(remembered.show)),
        Route("/remembered/{id:int}/forget", page(remembered.forget), methods=["POST"]),
    ]  # fmt: skip
