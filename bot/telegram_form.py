"""A request's parameters as the body of a form: plain, or in parts where there is a file among them."""

from __future__ import annotations

import secrets

from telegram.request import RequestData

_PLAIN = "application/x-www-form-urlencoded"


def body_of(data: RequestData | None) -> tuple[bytes, str]:
    """The body, and the type that says how it is to be read."""
    if data is None or not data.contains_files:
        return (b"" if data is None else data.url_encoded_parameters().encode()), _PLAIN
    boundary = secrets.token_hex(16)
    parts = [_part(boundary, f'name="{name}"', "", value.encode()) for name, value in data.json_parameters.items()]
    for name, (filename, content, kind) in (data.multipart_data or {}).items():
        held = content if isinstance(content, bytes) else content.read()
        # The names are ours, never a person's: nothing in them has to be escaped.
        parts.append(_part(boundary, f'name="{name}"; filename="{filename}"', f"Content-Type: {kind}\r\n", held))
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"


def _part(boundary: str, names: str, kind: str, content: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {names}\r\n{kind}\r\n"
    return head.encode() + content + b"\r\n"
