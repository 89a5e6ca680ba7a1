"""What a program may ask the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select
from starlette.requests import Request

from models import asked, clock
from models.changes import changes_after, last_told
from models.event import Event
from models.figures import Figures, by_unit
from models.indicator import Indicator, IndicatorValue
from models.measuring import written
from models.organisation import Unit
from models.task import Category, State, Task, TaskClass, by_number
from models.weekly import report_of
from web.joining import shapes
from web.joining.keys import KNOWN, AnyKey, Caller, ReadKey
from web.joining.problems import Problem, described

A_PAGE, LARGEST = 100, 200
LAST_VALUES = 12
LARGEST_ID = 2**31 - 1
"""PostgreSQL's own: a number beyond it is no row's, and would be a fault of the database."""

reads = APIRouter(responses=described(401, 422, 429), dependencies=[KNOWN])
Limit = Annotated[int, Query(ge=1, le=LARGEST, description="Nhiều nhất bao nhiêu mục trong một lần trả lời")]
After = Annotated[int, Query(ge=0, le=LARGEST_ID, description="`next` của lần trước; bỏ trống để bắt đầu")]
Code = Annotated[str, Path(pattern=r"^NV[0-9]{1,9}$", examples=["NV12"])]
Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]


class TaskFilter(BaseModel):
    """What /tasks may be asked for."""

    model_config = ConfigDict(extra="forbid")
    state: list[State] = Field([], description="Trạng thái, có thể lặp lại")
    category: list[Category] = Field([], description="Phân loại chính thức, có thể lặp lại")
    task_class: list[TaskClass] = Field([], alias="class", description="Loại nhiệm vụ, có thể lặp lại")
    unit: str | None = Field(None, max_length=24, description="Mã đơn vị chủ trì")
    directive: int | None = Field(None, ge=1, le=LARGEST_ID, description="Số của văn bản trong Đôn Đốc")
    due_from: date | None = Field(None, description="Thời hạn từ ngày")
    due_to: date | None = Field(None, description="Thời hạn đến ngày")
    overdue: bool = Field(False, description="Đang quá hạn: như `category=qua_han`")
    authority_open: bool = Field(False, description="Đã hoàn thành, chưa cập nhật trên hệ thống của cấp trên")
    after: int = Field(0, ge=0, le=LARGEST_ID, description="`next` của lần trước; bỏ trống để bắt đầu")
    limit: int = Field(A_PAGE, ge=1, le=LARGEST, description="Nhiều nhất bao nhiêu nhiệm vụ trong một lần trả lời")


@reads.get("/tasks", response_model=shapes.TaskPage)
def tasks(request: Request, who: AnyKey, ask: Annotated[TaskFilter, Query()]) -> dict[str, Any]:
    """Nhiệm vụ theo thứ tự mã, kể cả nhiệm vụ chung của nhiều đơn vị."""
    wanted = asked.Wanted(ask.state, [Category.OVERDUE] if ask.overdue else ask.category, ask.task_class, ask.unit,
                          ask.directive, ask.due_from, ask.due_to, ask.authority_open)  # fmt: skip
    with request.app.state.context.database.read() as session:
        rows, following = asked.tasks_after(session, wanted, who.visible(), ask.after, ask.limit)
        return {"tasks": rows, "next": following}


@reads.get("/tasks/{code}", response_model=shapes.TaskWhole, responses=described(404))
def task(request: Request, who: AnyKey, code: Code) -> dict[str, Any]:
    """Một nhiệm vụ, với nội dung và kết quả."""
    with request.app.state.context.database.read() as session:
        return whole(request, session, task_of(session, who, code))


@reads.get("/directives", response_model=shapes.DirectivePage)
def directives(request: Request, who: AnyKey, after: After = 0, limit: Limit = A_PAGE) -> dict[str, Any]:
    """Văn bản chỉ đạo đã giao việc."""
    with request.app.state.context.database.read() as session:
        rows, following = asked.directives_after(session, who.visible(), after, limit)
        return {"directives": rows, "next": following}


@reads.get("/directives/{id}", response_model=shapes.DirectiveWhole, responses=described(404))
def directive(request: Request, who: AnyKey, id: Id) -> dict[str, Any]:
    """Một văn bản, với mã của các nhiệm vụ."""
    with request.app.state.context.database.read() as session:
        row = asked.directive_row(session, who.visible(), id)
        if row is None:
            raise Problem(404, "web.api.no_directive")
        return row


@reads.get("/units", response_model=list[shapes.UnitRow])
def units(request: Request, who: AnyKey) -> list[dict[str, Any]]:
    """Các đơn vị, kể cả đơn vị đã kết thúc."""
    with request.app.state.context.database.read() as session:
        found = session.exec(select(Unit).order_by(col(Unit.position), col(Unit.id)))
        return [{"code": one.code, "name": one.name, "leaders": one.is_leaders, "valid_from": one.valid_from,
                 "valid_to": one.valid_to} for one in found]  # fmt: skip


@reads.get("/figures", response_model=shapes.FiguresNow)
def figures(request: Request, who: AnyKey) -> dict[str, Any]:
    """Số liệu hiện tại, chung và theo từng đơn vị; khóa của một đơn vị chỉ thấy đơn vị đó."""
    with request.app.state.context.database.read() as session:
        found = by_unit(session, clock.now(), who.unit_id)
        return {"at": clock.local_now(), "total": sum((counts for _, counts in found), Figures()),
                "units": [{"unit": unit.code, "figures": counts} for unit, counts in found]}  # fmt: skip


@reads.get("/indicators", response_model=list[shapes.IndicatorRow])
def indicators(request: Request, who: AnyKey) -> list[dict[str, Any]]:
    """Các chỉ tiêu, với những giá trị gần nhất."""
    with request.app.state.context.database.read() as session:
        found = session.exec(select(Indicator).order_by(col(Indicator.id)).limit(1000)).all()
        return indicator_rows(session, found)


@reads.get("/reports/{week}", response_model=shapes.ReportOfWeek, responses=described(403, 404))
def report(request: Request, who: ReadKey, week: date) -> dict[str, Any]:
    """Báo cáo của tuần bắt đầu từ thứ Hai này, như đã chốt."""
    with request.app.state.context.database.read() as session:
        row = report_of(session, week)
        if row is None or row.frozen_at is None:
            raise Problem(404, "web.api.no_report")
        return {"week": row.week, "frozen_at": row.frozen_at, "note": row.note, "report": row.snapshot or {}}


@reads.get("/events", response_model=shapes.ChangePage)
def events(request: Request, who: AnyKey, after: Annotated[int | None, Query(ge=0, le=LARGEST_ID)] = None,
           limit: Limit = A_PAGE) -> dict[str, Any]:  # fmt: skip
    """Những gì đã xảy ra sau số `after`, cũ trước mới sau; không có `after` thì chỉ trả về số để hỏi tiếp. Việc còn có
    thể rút lại (10 phút) và những việc sau đó chưa được trả về."""
    with request.app.state.context.database.read() as session:
        if after is None:
            return {"events": [], "next": last_told(session), "more": False}
        found = changes_after(session, after, limit, *_of_these(who.visible()))
        return {"events": found.rows, "next": found.next, "more": found.more}


def _of_these(visible: Sequence[ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    """A unit's key is told of what happens to its tasks alone."""
    return [col(Event.task_id).in_(select(Task.id).where(*visible))] if visible else []


def task_of(session: Session, who: Caller, code: str) -> Task:
    """The task of this code that the program may see. Raises Problem."""
    found = by_number(session, int(code.removeprefix("NV")))
    if found is not None and who.visible():
        found = session.exec(select(Task).where(Task.id == found.id, *who.visible())).first()
    if found is None:
        raise Problem(404, "web.api.no_task", code=code)
    return found


def whole(request: Request, session: Session, found: Task) -> dict[str, Any]:
    """A task with the address of its page."""
    base: str = request.app.state.context.base_url
    return asked.whole_task(session, found) | {"address": f"{base}/tasks/{found.code}"}


def indicator_rows(session: Session, found: Sequence[Indicator]) -> list[dict[str, Any]]:
    """Indicators with their last values."""
    owners = dict(session.exec(select(Unit.id, Unit.code)).all())
    return [{"id": one.id, "name": one.name, "unit": one.unit, "target": written(one.target, "en"),
             "owner": owners.get(one.unit_id), "values": _values(session, one)} for one in found]  # fmt: skip


def _values(session: Session, indicator: Indicator) -> list[dict[str, Any]]:
    query = select(IndicatorValue).where(IndicatorValue.indicator_id == indicator.id)
    last = query.order_by(col(IndicatorValue.day).desc(), col(IndicatorValue.id).desc()).limit(LAST_VALUES)
    return [{"day": one.day, "value": written(one.value, "en"), "source": one.source} for one in session.exec(last)]
