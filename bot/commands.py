"""The commands of a chat's menu: each stands for words that anybody could type."""

from __future__ import annotations

import re

import catalogue

_SAID = {
    "viec": "việc của tôi",
    "no": "ai còn nợ việc gì",
    "tuan": "tuần này có việc gì",
    "bang": "mở bảng",
    "baocao": "mở báo cáo",
    "trogiup": "trợ giúp",
    "help": "trợ giúp",
    "start": "trợ giúp",
}
MENUS = {
    "unit": ("viec", "tuan", "no", "trogiup", "huylienket"),
    "office": ("no", "tuan", "viec", "bang", "trogiup", "huylienket"),
    "leader": ("no", "baocao", "tuan", "bang", "trogiup", "huylienket"),
}
"""Speaker's role → commands that its menu shows, the most used first."""
_COMMAND = re.compile(r"/([a-z]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)


def spelled(text: str) -> str:
    """The words that a command stands for, with what was typed after it; any other text as it is."""
    command = _COMMAND.fullmatch(text.strip()) if text.lstrip().startswith("/") else None
    said = _SAID.get(command.group(1).lower()) if command is not None else None
    if command is None or said is None:
        return text
    return " ".join(part for part in (said, command.group(2)) if part)


def menu(role: str, language: str) -> tuple[tuple[str, str], ...]:
    """(command, what it does) of a role; of a stranger none."""
    return tuple((name, catalogue.text(f"bot.menu.{name}", language)) for name in MENUS.get(role, ()))
