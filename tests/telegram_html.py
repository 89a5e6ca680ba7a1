"""Telegram's HTML as Telegram reads it: the text that is shown, or the words with which it refuses.

The refusals are those of its own server. One thing is stricter: an entity that Telegram does not know stays on the
screen as it is typed ("&nbsp;"), which nobody ever means, so it is Odd.
"""

from __future__ import annotations

import re

TAGS = {"a", "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote", "tg-spoiler",
        "tg-emoji", "span"}  # fmt: skip
ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TAG = re.compile(r"<(/?)([a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*>")
_ENTITY = re.compile(r"&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-zA-Z]+);")


class Refusal(Exception):
    """Telegram's own words."""


class Odd(Exception):
    """Shown, but surely not meant."""


def shown(source: str) -> tuple[str, list[str]]:
    """The text on the screen, and what of it is bold. Raises Refusal, Odd."""
    text: list[str] = []
    bold: list[str] = []
    opened: list[tuple[str, int]] = []
    at = 0
    while at < len(source):
        if source[at] != "<":
            end = source.find("<", at)
            end = len(source) if end < 0 else end
            text.append(_words(source[at:end]))
            at = end
            continue
        found = _TAG.match(source, at)
        offset = len(source[:at].encode())
        if found is None:
            raise Refusal(f"Unclosed start tag at byte offset {offset}" if ">" not in source[at:]
                          else f'Unsupported start tag "{_name(source, at)}" at byte offset {offset}')  # fmt: skip
        _tag(found, offset, opened, text, bold)
        at = found.end()
    if opened:
        raise Refusal(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return "".join(text), bold


def _tag(found: re.Match[str], offset: int, opened: list[tuple[str, int]], text: list[str], bold: list[str]) -> None:
    closing, name = found[1], found[2].lower()
    if not closing:
        if name not in TAGS:
            raise Refusal(f'Unsupported start tag "{name}" at byte offset {offset}')
        opened.append((name, len(text)))
        return
    if not opened:
        raise Refusal(f"Unexpected end tag at byte offset {offset}")
    expected, start = opened.pop()
    if expected != name:
        raise Refusal(f'Unmatched end tag at byte offset {offset}, expected "</{expected}>", found "</{name}>"')
    if name in ("b", "strong"):
        bold.append("".join(text[start:]))


def _name(source: str, at: int) -> str:
    return (re.match(r"</?([^\s>]*)", source[at:]) or [""])[0].lstrip("</")


def _words(source: str) -> str:
    if odd := [name for name in _ENTITY.findall(source) if name not in ENTITIES and not name.startswith("#")]:
        raise Odd(f"unknown entities {odd}")
    return _ENTITY.sub(_entity, source)


def _entity(found: re.Match[str]) -> str:
    name = found[1]
    if name.startswith("#x"):
        return chr(int(name[2:], 16))
    return chr(int(name[1:])) if name.startswith("#") else ENTITIES[name]
