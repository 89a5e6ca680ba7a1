"""What goes with a text: buttons under it, pictures after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Button:
    """One tap. `number` is the R3 number; `task` names one task, None all of the prompt's. `url`: the page that it
    opens instead of answering, for channels that have such buttons."""

    label: str
    number: int
    prompt: int
    task: int | None = None
    url: str = ""

    def as_json(self) -> dict[str, Any]:
        """How it is kept with its message."""
        kept = {"label": self.label, "number": self.number, "prompt": self.prompt, "task": self.task}
        return kept | ({"url": self.url} if self.url else {})


@dataclass(frozen=True)
class Picture:
    """One picture. `url`: where the channel's service fetches it itself; public, https, and for a short time good for
    whoever has it: in no log. `make`: its content (PNG; None: there is none after all), for a channel that takes
    uploads; it works for a while and reads the database, so it is called in a thread."""

    url: str = field(repr=False)
    caption: str = ""
    make: Callable[[], bytes | None] | None = field(default=None, repr=False, compare=False)
