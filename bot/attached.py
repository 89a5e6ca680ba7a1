"""What goes with a text: buttons under it, pictures after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Button:
    """One tap. `number` is the R3 number; `task` names one task, None all of the prompt's."""

    label: str
    number: int
    prompt: int
    task: int | None = None

    def as_json(self) -> dict[str, Any]:
        """How it is kept with its message."""
        return {"label": self.label, "number": self.number, "prompt": self.prompt, "task": self.task}


@dataclass(frozen=True)
class Picture:
    """One picture, which the channel's service fetches itself. `url`: public, https, and for a short time good for
    whoever has it: in no log."""

    url: str = field(repr=False)
    caption: str = ""
