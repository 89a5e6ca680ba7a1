"""Buttons that no longer do anything are taken away from where they stand, whatever moved the task: a chat, the board,
the Office by telephone. One call for each message; a channel that cannot be asked is asked again later."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any, cast

from sqlmodel import Session, col, select

from bot.channel import Button, Channel, Down, Editing, Later, Refused, Result, Unknown
from models import clock, shown
from models.base import Database
from models.message import Message, Prompt
from models.shown import Shown
from models.task import WITH_UNIT, State, Task

UNKNOWN_SECONDS = 10.0
log = logging.getLogger(__name__)


class Tidier:
    """One process's. `elapsed`: the seconds by which it waits when a service asks it to."""

    def __init__(self, database: Database, channels: Mapping[str, Channel],
                 elapsed: Callable[[], float] = clock.elapsed) -> None:  # fmt: skip
        self.database, self.elapsed = database, elapsed
        self._editing = {name: cast(Editing, one) for name, one in channels.items() if one.capabilities.edit}
        self._not_before = 0.0

    async def tidy(self) -> int:
        """Look at the buttons of messages whose tasks have moved; how many were changed or left as they are."""
        done = 0
        if not self._editing or self.elapsed() < self._not_before:
            return done
        for part, buttons in await asyncio.to_thread(_stale, self.database, tuple(self._editing)):
            if buttons is None:
                await asyncio.to_thread(_settled, self.database, part, True)
                continue
            result: Result = await self._editing[part.channel].show_buttons(part.chat_id, part.place, buttons)
            if isinstance(result, (Down, Later, Unknown)):
                log.info("buttons of %s are left for later: %s", part.channel, result.why)
                self._not_before = self.elapsed() + getattr(result, "seconds", UNKNOWN_SECONDS)
                break  # what stops one stops the next: the same channel, the same limits
            await asyncio.to_thread(_settled, self.database, part, bool(buttons) and not isinstance(result, Refused))
            done += 1
        return done


def _stale(database: Database, channels: tuple[str, ...]) -> list[tuple[Shown, tuple[Button, ...] | None]]:
    with database.read() as session:
        return [(part, _left(session, part)) for part in shown.stale(session, channels)]


def _settled(database: Database, part: Shown, left: bool) -> None:
    assert part.id is not None and part.stale_since is not None
    with database.write() as session:
        shown.looked_at(session, part.id, part.stale_since, left=left)


def _left(session: Session, part: Shown) -> tuple[Button, ...] | None:
    """The buttons under this part that still do what they say; None: all that it was sent with."""
    message = session.get(Message, part.message_id)
    kept: list[dict[str, Any]] = message.buttons if message is not None else []
    prompts = {one: session.get(Prompt, one) for one in {int(button.get("prompt") or 0) for button in kept}}
    numbers = {number for prompt in prompts.values() if prompt is not None for number in prompt.tasks}
    tasks = {task.number: task for task in session.exec(select(Task).where(col(Task.number).in_(numbers)))}
    good = [button for button in kept if _works(button, prompts.get(button.get("prompt") or 0), tasks)]
    return None if len(good) == len(kept) else tuple(Button(**button) for button in good)


def _works(button: dict[str, Any], prompt: Prompt | None, tasks: Mapping[int, Task]) -> bool:
    """Would pressing it do something? It opens a page; or its question is open, and of what it is about something can
    still be moved."""
    if button.get("url"):
        return True
    if prompt is None or prompt.closed_at is not None or prompt.expires_at <= clock.now():
        return False
    number, named = button["number"], button.get("task")
    about = [tasks[one] for one in ([named] if named else prompt.tasks) if one in tasks]
    if number == 1:
        return any(task.state is State.ASSIGNED for task in about)
    if number in (2, 3, 4, 5):
        return any(task.state in WITH_UNIT for task in about)
    if number in (8, 9):
        asked = prompt.about.get("versions")
        return not isinstance(asked, dict) or all(asked.get(str(task.number)) == task.version for task in about)
    return True
