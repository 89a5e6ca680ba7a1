"""The API's page: what stands in its OpenAPI document, as a page of the site, without anybody else's script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape
from starlette.responses import Response

from models.joining import A_MINUTE, TokenRole
from web.asking import Ask, Page
from web.joining.mounted import Api


@dataclass(frozen=True)
class Field:
    """A parameter or a field of a body: its name, what may stand there, and whether it must."""

    name: str
    kind: str
    needed: bool
    said: str


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked."""

    method: str
    path: str
    said: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answer: str
    refusals: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"{self.method}{self.path}".replace("/", "-").replace("{", "").replace("}", "")


def marked(said: str) -> Markup:
    """Words with `code` in them, as a page has it."""
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(part) if n % 2 else escape(part) for n, part in enumerate(said.split("`")))


def page_of(api: Api) -> Page:
    """GET /api/docs."""

    def show(ask: Ask) -> Response:
        document = api.made().openapi()
        return ask.page("api_docs.html", operations=list(operations(document)), shapes=list(shapes(document)),
                        base=f"{ask.context.base_url}/api", a_minute=A_MINUTE, roles=list(TokenRole),
                        marked=marked)  # fmt: skip

    return show


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    """Every operation of the document, in its order."""
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            yield Operation(
                method.upper(), path, one.get("description", ""),
                tuple(Field(p["name"], kind(p["schema"]), p.get("required", False), p.get("description", ""))
                      for p in one.get("parameters", [])),
                tuple(_body(document, one)), kind(_content(one["responses"]["200"])),
                tuple(sorted(status for status in one["responses"] if status != "200")),
            )  # fmt: skip


def shapes(document: dict[str, Any]) -> Iterator[tuple[str, str, tuple[Field, ...]]]:
    """The shapes of what goes in and out: name, what it is, fields."""
    for name, shape in sorted(document["components"]["schemas"].items()):
        if "ValidationError" in name:
            continue  # the library's own, which is never sent
        if "enum" in shape:
            yield name, " | ".join(map(str, shape["enum"])), ()
        elif "properties" in shape:
            yield name, shape.get("description", ""), tuple(_fields(shape))


def kind(schema: dict[str, Any]) -> str:
    """A schema in a few words: "string (date) | null", "TaskRow[]"."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(kind(one) for one in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"{kind(schema.get('items', {}))}[]"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    plain = str(schema.get("type", "object"))
    bounds = [f"{sign} {schema[key]}" for key, sign in (("minimum", "≥"), ("maximum", "≤")) if key in schema]
    more = [schema[key] for key in ("format",) if key in schema] + bounds
    return f"{plain} ({', '.join(more)})" if more else plain


def _body(document: dict[str, Any], one: dict[str, Any]) -> Iterator[Field]:
    schema = _content(one.get("requestBody", {}))
    if "$ref" in schema:
        yield from _fields(document["components"]["schemas"][kind(schema)])


def _content(part: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = part.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _fields(shape: dict[str, Any]) -> Iterator[Field]:
    for name, schema in shape.get("properties", {}).items():
        yield Field(name, kind(schema), name in shape.get("required", []), schema.get("description", ""))
