"""What a program is told when something is refused: application/problem+json (RFC 9457) with one sentence."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.refusals import sentence
from catalogue import text
from models.moves import MoveError
from web.asking import status_of

MEDIA = "application/problem+json"


class Problem(Exception):
    """A request that is refused: an HTTP status, the key of its sentence, and headers of the answer."""

    def __init__(self, status: int, key: str, headers: dict[str, str] | None = None, **values: Any) -> None:
        super().__init__(key)
        self.status, self.key, self.headers, self.values = status, key, headers, values


class ProblemDetails(BaseModel):
    """RFC 9457. `detail`: one sentence for a person, in Vietnamese, or in English if Accept-Language asks for it.
    `errors`: of a request that is wrong, where and how."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[str] = []


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For the OpenAPI page: these answers are problems."""
    return {status: {"description": HTTPStatus(status).phrase, "content": {MEDIA: {"schema": {
        "$ref": "#/components/schemas/ProblemDetails"}}}} for status in statuses}  # fmt: skip


def take_over(api: FastAPI) -> None:
    """Every refusal of this application is a problem."""
    api.add_exception_handler(Problem, _refused)
    api.add_exception_handler(MoveError, _not_moved)
    api.add_exception_handler(RequestValidationError, _wrong)
    api.add_exception_handler(HTTPException, _http)


def language_of(request: Request) -> str:
    """English for those who ask for it first, else the office's language."""
    first = request.headers.get("accept-language", "").strip().lower()[:2]
    own: str = request.app.state.context.language
    return first if first in ("vi", "en") else own


def _problem(request: Request, status: int, detail: str, errors: list[str] | None = None,
             headers: Any = None) -> Response:  # fmt: skip
    body = ProblemDetails(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors or [])
    return JSONResponse(body.model_dump(), status, headers=headers, media_type=MEDIA)


async def _refused(request: Request, error: Any) -> Response:
    said = text(error.key, language_of(request), **error.values)
    return _problem(request, error.status, said, headers=error.headers)


async def _not_moved(request: Request, error: Any) -> Response:
    return _problem(request, status_of(error), sentence(error, language_of(request), on_board=True))


async def _wrong(request: Request, error: Any) -> Response:
    errors = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    return _problem(request, 422, text("web.api.wrong", language_of(request)), errors)


async def _http(request: Request, error: Any) -> Response:
    known = {404: "web.api.no_address", 405: "web.api.no_method"}
    said = text(known.get(error.status_code, "web.api.wrong"), language_of(request))
    return _problem(request, error.status_code, said, headers=error.headers)
