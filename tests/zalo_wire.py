"""The wire of the stand-in for Zalo: paths, tokens and bodies in, answers and faults out; and its own requests."""

from __future__ import annotations

import json
import re
import socket
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.zalo_server import ZaloServer


class Handler(BaseHTTPRequestHandler):
    """POST and GET, JSON and forms, as Zalo's pages allow."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    zalo: ZaloServer

    def log_message(self, *_: Any) -> None:
        """Tests print nothing."""

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urllib.parse.urlsplit(self.path).path
        if path.startswith("/photo/"):
            photo = self.zalo.photos.get(path)
            return self._write(404 if photo is None else 200, photo or b"", "image/jpeg")
        called = re.fullmatch(r"/bot([^/]+)/([A-Za-z]+)", path)
        given = self._given(raw)
        if not called or given is None:
            return self._json(*self.zalo.error(400))
        if urllib.parse.unquote(called[1]) != self.zalo.token:
            return self._json(*self.zalo.error(401))
        self.zalo.calls.append((called[2], given))
        fails = self.zalo.fail_polls if called[2] == "getUpdates" else self.zalo.fail_next
        return self._answer(called[2], given, fails.pop(0) if fails else 0)

    def _answer(self, name: str, given: dict[str, Any], fault: int | str) -> None:
        if fault in ("drop", "drop_after", "hang"):
            if fault != "drop":
                self.zalo.answer(name, given)
            if fault == "hang":
                self.zalo.closing.wait(10)
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif fault == "page":
            self._write(200, b"<html>maintenance</html>", "text/html")
        elif fault in (500, 502, 503, 504):
            self._json(int(fault), {"message": "bad gateway"})
        elif fault:
            self._json(*self.zalo.error(int(fault), key="errorCode" if fault == 426 else "error_code"))
        else:
            self._json(*self.zalo.answer(name, given))

    def _given(self, raw: bytes) -> dict[str, Any] | None:
        given: dict[str, Any] = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        kind = (self.headers.get("Content-Type") or "").split(";")[0]
        try:
            if raw and kind == "application/json":
                given |= json.loads(raw)
            elif raw:
                given |= dict(urllib.parse.parse_qsl(raw.decode()))
        except (ValueError, TypeError):
            return None
        return given

    def _json(self, status: int, body: Any) -> None:
        self._write(status, json.dumps(body, ensure_ascii=False).encode(), "application/json;charset=utf-8")

    def _write(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """An answer like another."""


def _open(request: urllib.request.Request) -> tuple[int, bytes]:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect).open(request, timeout=5) as got:
            return got.status, got.read()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, b""
    except OSError:
        return 0, b""


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of a delivery; 0 when nobody answers."""
    return _open(urllib.request.Request(url, data=body, method="POST", headers=headers))[0]


def get(url: str) -> bytes | None:
    """What lies at an address; None when nothing does."""
    status, content = _open(urllib.request.Request(url))
    return content if status == 200 else None
