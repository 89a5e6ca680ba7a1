"""The way back: a list or a page of ours that an act was begun from, and to which it leads when it is done."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.responses import RedirectResponse

from web.addresses import ours
from web.asking import Ask


def way_back(ask: Ask) -> str:
    """The address that the form, or the page's own address, names as `back`; empty for none, and for one that is not
    ours: a redirect may not lead out of the site."""
    given = ask.form.get("back") or ask.request.query_params.get("back", "")
    return given if ours(given) else ""


def go_back(ask: Ask, otherwise: str, done: str) -> RedirectResponse:
    """After an act: back to where it was begun, or to `otherwise`, with a word of what was done."""
    there = urlsplit(way_back(ask) or otherwise)
    query = [pair for pair in parse_qsl(there.query) if pair[0] != "done"]
    return RedirectResponse(f"{there.path}?{urlencode([*query, ('done', done)])}", 303)
