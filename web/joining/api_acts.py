"""What a program may do: as the Office does, in the name of the person who made its key, and once for each key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Header
from fastapi.encoders import jsonable_encoder
from sqlalchemy import delete, update
from sqlmodel import Session, col, select
from starlette.requests import Request

from models import clock, handling, measuring, updating_there
from models.indicator import Indicator
from models.inserting import insert_once
from models.joining import ApiAct
from models.organising import NotPossible
from web.joining import shapes, taken
from web.joining.api_reads import Code, Id, indicator_rows, task_of, whole
from web.joining.keys import KNOWN, Caller, OfficeKey
from web.joining.problems import Problem, described
from web.viewer import viewer_of

KEPT = timedelta(days=7)
"""So long the answer to a key is given again."""
acts = APIRouter(responses=described(400, 401, 403, 404, 409, 422, 429), dependencies=[KNOWN])
_SAID = "Một khóa tự chọn cho mỗi việc: gửi lại thì không làm hai lần"
Once = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=120, description=_SAID)]
Act = Callable[[Session], dict[str, Any]]


@acts.post("/tasks/{code}/updated-there", response_model=shapes.TaskWhole)
def updated_there(request: Request, who: OfficeKey, code: Code, body: taken.There, once: Once = None) -> Any:
    """Ghi rằng kết quả đã được cập nhật trên hệ thống của cấp trên."""

    def act(session: Session) -> dict[str, Any]:
        task = task_of(session, who, code)
        if body.code is not None and body.code != task.authority_code:
            updating_there.name_code(session, task.id or 0, who.actor(), body.code)
        updating_there.updated_there(session, task.id or 0, who.actor(), body.on)
        return whole(request, session, task_of(session, who, code))

    return _done(request, who, once, body, act)


@acts.post("/tasks/{code}/authority-confirmed", response_model=shapes.TaskWhole)
def authority_confirmed(request: Request, who: OfficeKey, code: Code, body: taken.ThereConfirmed,
                        once: Once = None) -> Any:  # fmt: skip
    """Ghi rằng cấp trên đã xác nhận kết quả."""

    def act(session: Session) -> dict[str, Any]:
        task = task_of(session, who, code)
        updating_there.confirmed_there(session, task.id or 0, who.actor(), body.on)
        return whole(request, session, task_of(session, who, code))

    return _done(request, who, once, body, act)


@acts.post("/tasks/{code}/progress", response_model=shapes.TaskWhole)
def progress(request: Request, who: OfficeKey, code: Code, body: taken.Progress, once: Once = None) -> Any:
    """Ghi tiến độ thay đơn vị; lịch sử ghi rõ ai nói và chương trình nào gửi."""

    def act(session: Session) -> dict[str, Any]:
        task = task_of(session, who, code)
        actor = who.actor(behalf=True, said_by=body.said_by, how=who.name)
        handling.progress(session, task.id or 0, actor, words=body.words, promised_on=body.promised_on)
        return whole(request, session, task_of(session, who, code))

    return _done(request, who, once, body, act)


@acts.post("/indicators/{id}/values", response_model=shapes.IndicatorRow)
def add_value(request: Request, who: OfficeKey, id: Id, body: taken.NewValue, once: Once = None) -> Any:
    """Ghi một giá trị của chỉ tiêu cho một ngày chưa có giá trị."""

    def act(session: Session) -> dict[str, Any]:
        viewer, indicator = viewer_of(session, who.made_by), session.get(Indicator, id)
        if viewer is None or not viewer.office:
            raise Problem(403, "web.api.office_only")
        if indicator is None:
            raise Problem(404, "web.api.no_indicator")
        value = Decimal(body.value)
        try:
            measuring.add_value(session, indicator, who.actor(), day=body.day, value=value, source=body.source)
        except NotPossible as error:
            raise Problem(409, f"web.api.{error.why}") from error
        return indicator_rows(session, [indicator])[0]

    return _done(request, who, once, body, act)


def _done(request: Request, who: Caller, once: str | None, body: taken.In, act: Act) -> dict[str, Any]:
    """The answer of an act; of one that was done under this key before, the answer that it got then.

    The key is taken before the act, in its transaction: of two that come at once, the second waits for the first.
    """
    with request.app.state.context.database.write() as session:
        if once is None:
            return act(session)
        session.execute(delete(ApiAct).where(col(ApiAct.at) < clock.now() - KEPT))
        spelled = f"{request.url.path}\n{body.model_dump_json()}"
        same = hashlib.sha256(spelled.encode()).hexdigest()
        taken = insert_once(session, ApiAct, token_id=who.token_id, key=once, asked=same, answer={}, at=clock.now())
        if taken is None:
            return _before(session, who, once, same)
        answer: dict[str, Any] = jsonable_encoder(act(session))
        session.execute(update(ApiAct).where(col(ApiAct.id) == taken).values(answer=answer))
        return answer


def _before(session: Session, who: Caller, once: str, same: str) -> dict[str, Any]:
    row = session.exec(select(ApiAct).where(ApiAct.token_id == who.token_id, ApiAct.key == once)).one()
    if row.asked != same:
        raise Problem(409, "web.api.key_used")
    return row.answer
