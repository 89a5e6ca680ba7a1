"""Addresses of what hangs on a directive: instructions, what it replaces, recall, and what was remembered of names."""

from __future__ import annotations

from starlette.routing import Route

from web import evidence, instruction, remembered, replacing, review
from web.asking import Page, page
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
        Route(f"{at}/instruction", prepared_page(instruction.enter, evidence.screened, failed=review.show),
              methods=["POST"]),
        Route(f"{at}/instruction/{{one:int}}/take", page(instruction.take, failed=review.show), methods=["POST"]),
        *(Route(f"{at}/{name}", page(act, failed=review.show), methods=["POST"]) for name, act in ACTS.items()),
        Route("/remembered", page(remembered.show)),
        Route("/remembered/{id:int}/forget", page(remembered.forget), methods=["POST"]),
    ]  # fmt: skip
