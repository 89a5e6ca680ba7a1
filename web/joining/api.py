"""The JSON API as one application, made at the first request to it: where nobody asks, it costs nothing."""

from __future__ import annotations

from fastapi import FastAPI

from web.context import Context
from web.joining.api_acts import acts
from web.joining.api_reads import reads
from web.joining.keys import Pace
from web.joining.problems import ProblemDetails, take_over

VERSION = "1"
ABOUT = (
    "API của Đôn Đốc: đọc nhiệm vụ, văn bản, số liệu và những gì đã xảy ra; ghi việc đã cập nhật trên hệ thống của cấp "
    "trên, tiến độ và giá trị chỉ tiêu. Lỗi là application/problem+json với một câu."
)


def make_api(context: Context) -> FastAPI:
    """The application under /api. It has no pages of its own: /api/docs is one of the site's."""
    api = FastAPI(title="Đôn Đốc", version=VERSION, description=ABOUT, docs_url=None, redoc_url=None,
                  openapi_url="/openapi.json", root_path_in_servers=True)  # fmt: skip
    api.state.context, api.state.pace = context, Pace()
    api.include_router(reads)
    api.include_router(acts)
    take_over(api)
    written = api.openapi

    def openapi() -> dict[str, object]:
        made = written()
        shape = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
        made["components"]["schemas"].setdefault("ProblemDetails", shape)
        return made

    api.openapi = openapi  # type: ignore[method-assign]
    return api
