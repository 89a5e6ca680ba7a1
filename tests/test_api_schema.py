"""Schemathesis on the API, in process: no server error, nothing against its own OpenAPI document, no way past a key.

A fixed seed and few examples: the same run each time, long enough to find what a change breaks.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from models.joining import TokenRole
from tests.test_api import Program
from tests.web_stage import stage
from web.context import Context
from web.joining import keys
from web.joining.api import make_api

with warnings.catch_warnings():  # of its own use of libraries, at import
    warnings.simplefilter("ignore")
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from schemathesis.checks import CHECKS, load_all_checks
    from schemathesis.generation.modes import GenerationMode

    load_all_checks()

pytestmark = pytest.mark.thorough
EXAMPLES = 15
KEPT = [CHECKS.get_one(name) for name in (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "positive_data_acceptance")]  # fmt: skip


def operations() -> list[str]:
    """Every operation of the document: "GET /tasks"."""
    paths = make_api(Context(None, b"")).openapi()["paths"]  # type: ignore[arg-type]
    return [f"{method.upper()} {path}" for path, methods in paths.items() for method in methods]


@pytest.fixture(scope="module")
def program() -> Iterator[Program]:
    """A program with an office key; the seed assigned, and its indicators with values."""
    with pytest.MonkeyPatch.context() as patch, stage() as office:
        patch.setattr(keys, "A_MINUTE", 10**6)
        office.assign_seed()
        yield Program(office, TokenRole.OFFICE)


def tried(program: Program, label: str, mode: Any, headers: dict[str, str], checks: Any) -> list[int]:
    """The statuses of what was made of one operation's description and sent."""
    method, path = label.split(" ")
    api = make_api(program.office.context)  # alone: the site around it has pages, which no document describes
    schema = schemathesis.openapi.from_dict(api.openapi())
    statuses = []

    @seed(20230724)
    @settings(max_examples=EXAMPLES, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        response = case.call(app=api, base_url="http://testserver", headers=headers)
        statuses.append(response.status_code)
        case.validate_response(response, checks=checks)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        send()
    return statuses


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", operations())
def test_it_keeps_to_its_own_description(program: Program, label: str, mode: Any) -> None:
    statuses = tried(program, label, mode, program.headers, KEPT)
    assert statuses and max(statuses) < 500


@pytest.mark.parametrize("label", operations())
def test_without_a_key_every_request_is_refused(program: Program, label: str) -> None:
    for headers in ({}, {"Authorization": "Bearer dd_wrong"}):
        assert set(tried(program, label, GenerationMode.POSITIVE, headers, KEPT)) == {401}
