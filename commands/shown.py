"""A reading as people read it. Apart from what needs the models, so that `dondoc read` stays quick."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from catalogue import text


def reading_lines(said: dict[str, Any], language: str) -> Iterator[str]:
    """A reading (`dondoc read --json`) for people: what it is, who must do what by when, what must be asked."""
    head = [said["number"], _day(said["issued_on"]) if said["issued_on"] else None, said["issuer"], said["urgency"]]
    yield " · ".join(part for part in head if part) or said["source"]
    if said["subject"]:
        yield said["subject"]
    for item in said["items"]:
        yield ""
        codes = f" ({', '.join(item['lead_codes'])})" if item["lead_codes"] else ""
        owner = "; ".join(item["lead_units"]) or text("cli.read.no_owner", language)
        outside = f" · {text('cli.read.outside', language)}" if item["ours"] is False else ""
        yield f"{item['label']}. {owner}{codes} · {text('cli.class.' + item['class'], language)}{outside}"
        yield f"   {item['text']}"
        for due in item["due"]:
            date = f" → {_day(due['date'])}" if due["date"] else ""
            yield f"   {text('cli.read.due', language)}: {due['text']}{date}"
        if item["co_units"]:
            yield f"   {text('cli.read.with', language)}: {'; '.join(item['co_units'])}"
    for title, lines in (("questions", said["questions"]), ("warnings", said["warnings"])):
        if lines:
            yield ""
            yield f"{text('cli.read.' + title, language)}:"
            yield from (f"- {line}" for line in lines)


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"
