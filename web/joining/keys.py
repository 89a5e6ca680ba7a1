"""Who asks the API: the bearer key, what it may see and do, and how often it may ask."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select
from starlette.requests import Request

from models import clock, joining
from models.joining import A_MINUTE, TokenRole
from models.moves import Actor
from models.task import CoUnit, Task
from web.context import Context
from web.joining.problems import Problem

CHANNEL = "api"
bearer = HTTPBearer(auto_error=False, description="Khóa của phần mềm, tạo ở trang /office/programs")


@dataclass(frozen=True)
class Caller:
    """A program. `unit_id`: of a unit's key, whose tasks alone it sees. `made_by` acts through an office key."""

    token_id: int
    name: str
    role: TokenRole
    unit_id: int | None
    made_by: int

    def visible(self) -> list[ColumnElement[bool]]:
        """Conditions on Task: a unit's key sees what the unit leads or co-operates in."""
        if self.role is not TokenRole.UNIT:
            return []
        co_tasks = select(CoUnit.task_id).where(CoUnit.unit_id == self.unit_id)
        return [or_(Task.unit_id == self.unit_id, col(Task.id).in_(co_tasks))]

    def actor(self, **more: Any) -> Actor:
        """The person in whose name the program acts."""
        return Actor(self.made_by, CHANNEL, **more)


class Pace:
    """How often each key asked within the last minute, in this process."""

    def __init__(self, elapsed: Callable[[], float] = clock.elapsed) -> None:
        self._elapsed, self._lock = elapsed, threading.Lock()
        self._asked: dict[int, deque[float]] = {}

    def take(self, token_id: int) -> float:
        """0 when the key may ask now, and this counts; else the seconds until it may."""
        with self._lock:
            now, asked = self._elapsed(), self._asked.setdefault(token_id, deque())
            while asked and asked[0] <= now - 60:
                asked.popleft()
            if len(asked) >= A_MINUTE:
                return 60 - (now - asked[0])
            asked.append(now)
            return 0.0


def caller(request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> Caller:
    """The program whose key came with the request. Raises Problem: 401 without a good key, 429 too often."""
    context: Context = request.app.state.context
    row = _looked_up(context, given.credentials) if given else None
    if row is None or row.id is None:
        raise Problem(401, "web.api.no_key", {"www-authenticate": "Bearer"})
    wait = request.app.state.pace.take(row.id)
    if wait:
        raise Problem(429, "web.api.too_often", {"retry-after": str(int(wait) + 1)}, seconds=int(wait) + 1)
    return Caller(row.id, row.name, row.role, row.unit_id, row.made_by)


def _looked_up(context: Context, key: str) -> joining.ApiToken | None:
    with context.database.read() as session:
        row = joining.holder_of(session, context.secret, key)
    if row is not None and row.id and (row.used_at is None or clock.now() - row.used_at >= joining.SEEN_EVERY):
        with context.database.write() as session:
            joining.note_use(session, row.id)
    return row


def whole_office(who: Annotated[Caller, Depends(caller)]) -> Caller:
    """A program that may read what is not of one unit. Raises Problem."""
    if who.role is TokenRole.UNIT:
        raise Problem(403, "web.api.not_for_units")
    return who


def as_office(who: Annotated[Caller, Depends(caller)]) -> Caller:
    """A program that may act as the Office does. Raises Problem."""
    if who.role is not TokenRole.OFFICE:
        raise Problem(403, "web.api.office_only")
    return who


def only_known(request: Request) -> None:
    """A parameter that is misspelt must not become a question for everything. Raises Problem."""
    known = {name for one in request.scope["route"].dependant.query_params for name in _names(one)}
    if unknown := sorted(set(request.query_params) - known):
        raise Problem(422, "web.api.unknown", names=", ".join(unknown)[:200])


def _names(parameter: Any) -> set[str]:
    """Of one parameter, or of all that a model brings together."""
    model = parameter.field_info.annotation
    if isinstance(model, type) and issubclass(model, BaseModel):
        return {field.alias or name for name, field in model.model_fields.items()}
    return {str(parameter.alias)}


KNOWN = Depends(only_known)
AnyKey = Annotated[Caller, Depends(caller)]
ReadKey = Annotated[Caller, Depends(whole_office)]
OfficeKey = Annotated[Caller, Depends(as_office)]
