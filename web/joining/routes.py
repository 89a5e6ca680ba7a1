"""Addresses by which other programs join in: the JSON API, calendar feeds, signed webhooks, tokens, single sign-on."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web.context import Context


def routes(context: Context) -> list[BaseRoute]:
    """What other programs may ask and are told."""
    return []
