"""Chép kết quả: what came of a task as one paragraph, ready to paste into the system of the higher authority: content,
result, number and sign, date, degree of completion in the official words, and the task's code there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import col
from sqlmodel import select as select_rows
from starlette.responses import Response

from catalogue import text
from models import clock
from models.base import connection_of
from models.calendar import calendar_of
from models.directive import Directive
from models.lateness import leaders_units
from models.queries import last_words, official_category
from models.report import CompletionReport
from models.rules import OFFICE_ZONE
from models.task import Category, State, Task
from web.asking import Ask
from web.board.listing import Filter, find

_directive = Directive.__table__.c
MOST = 500
"""Tasks of one text; a longer list is cut, and the page says so."""


def show(ask: Ask) -> Response:
    """GET /copy, with the filters of /tasks: the results of the list, one paragraph a task."""
    wanted = Filter.of(ask.request.query_params)
    count, rows = find(ask.session, ask.me, wanted, offset=0, limit=MOST)
    paragraphs = results(ask, [row.task for row in rows])
    return ask.page("copy.html", text="\n\n".join(paragraphs), count=count, shown=len(paragraphs), most=MOST,
                    back=wanted.link())  # fmt: skip


def result_of(ask: Ask, task: Task) -> str:
    """The paragraph of one task; empty for a parent, which is no duty."""
    return "" if task.is_parent else results(ask, [task])[0]


def results(ask: Ask, tasks: Sequence[Task]) -> list[str]:
    """The paragraph of each of these tasks, in the language of the office: it is for the authority, not for the reader
    of the page."""
    session, ids = ask.session, [task.id or 0 for task in tasks]
    reports = {
        made.task_id: made
        for made in session.exec(
            select_rows(CompletionReport)
            .where(col(CompletionReport.task_id).in_(ids), col(CompletionReport.voided_at).is_(None))
            .order_by(col(CompletionReport.id))
        )
    }
    named = select(_directive.id, _directive.number, _directive.issued_on).where(
        _directive.id.in_({task.directive_id for task in tasks} - {None})
    )
    directives = {key: (number, issued) for key, number, issued in connection_of(session).execute(named)}
    words = last_words(session, [task.id or 0 for task in tasks if task.state is not State.COMPLETED])
    calendar, now, leaders = calendar_of(session), clock.now(), leaders_units(session)
    said = _Said(ask.context.language)
    return [
        said.paragraph(task, official_category(task, calendar, now, leaders), directives.get(task.directive_id),
                       reports.get(task.id or 0), words[task.id].words if task.id in words else "")
        for task in tasks
    ]  # fmt: skip


class _Said:
    """Sentences of a result, in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def paragraph(self, task: Task, category: Category | None, directive: tuple[str | None, date | None] | None,
                  report: CompletionReport | None, word: str) -> str:  # fmt: skip
        """Everything that is known, in a fixed order; what is not known is left out, never made up."""
        parts = [self._content(task, directive), *self._result(report, word), self._level(task, category)]
        return " ".join(parts)

    def _content(self, task: Task, directive: tuple[str | None, date | None] | None) -> str:
        there = f" {self._t('there', code=task.authority_code)}" if task.authority_code else ""
        number, issued = directive or (None, None)
        source = ""
        if number:
            dated = self._t("source", number=number, day=f"{issued:%d/%m/%Y}") if issued else number
            source = f" ({dated})"
        return self._t("content", code=task.code, there=there, title=task.title.rstrip(" .;"), source=source)

    def _result(self, report: CompletionReport | None, word: str) -> list[str]:
        if report is None:
            return [self._t("progress", words=_one_line(word))] if word else []
        parts = []
        if report.nil:
            parts.append(self._t("nil"))
        told = report.result or ("" if report.product_number else report.words)
        if told:
            parts.append(self._t("result", words=_one_line(told)))
        if report.product_number:
            day = report.product_date
            dated = {"day": f"{day:%d/%m/%Y}"} if day else {}
            parts.append(self._t("product_dated" if day else "product", number=report.product_number, **dated))
        return parts

    def _level(self, task: Task, category: Category | None) -> str:
        state = text(f"web.state.{task.state.value}", self.language)
        if category is None:
            return self._t("state", state=state)
        level = text(f"web.category.{category.value}", self.language)
        if category is Category.NO_DUE:
            return self._t("level_no_due", level=level, state=state)
        values: Mapping[str, Any] = {"level": level, "due": f"{task.due_on:%d/%m/%Y}"}
        done = task.reported_at or task.completed_at if task.state is State.COMPLETED else None
        if done is None:
            return self._t("level", **values)
        return self._t("level_done", done=f"{done.astimezone(OFFICE_ZONE):%d/%m/%Y}", **values)

    def _t(self, key: str, **values: Any) -> str:
        return text(f"web.copy.{key}", self.language, **values)


def _one_line(words: str) -> str:
    """Without line breaks and without the stop that the sentence puts."""
    return " ".join(words.split()).rstrip(" .;")
