"""A sign-in service on this machine, as small as OpenID Connect allows: discovery, keys, and a token for a code.

What it says can be made wrong in one place at a time.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "dondoc", "a-secret-of-the-client-that-is-long-enough"


@cache
def rsa_key(_whose: str) -> Any:
    """Somebody's key; making one takes longer than a sign-in."""
    return RSAKey.generate_key(2048, {"kid": "k1"})


@dataclass
class Provider:
    """`claims`: of the next id_token, over what is right; `header`, `signs`: of its signature; `told`: of its own
    description. `asked`: the token requests."""

    now: int
    port: int = 0
    key: Any = field(default_factory=lambda: rsa_key("own"))
    signs: Any = None
    header: dict[str, str] = field(default_factory=lambda: {"alg": "RS256", "kid": "k1"})
    claims: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    nonce: str = ""
    challenge: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}/realm"

    def sees(self, address: str) -> dict[str, str]:
        """A browser is sent here with this address: what stands in it. The person signs in, and a code is given."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.nonce, self.challenge = query["nonce"], query["code_challenge"]
        return query

    def discovery(self) -> dict[str, Any]:
        return {"issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/auth",
                "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys"} | self.told  # fmt: skip

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """For the code that was given, to who can say what its challenge was made of, and knows the secret."""
        self.asked.append(form)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        proved = challenge.decode().rstrip("=") == self.challenge
        if form.get("code") != "right" or not proved or authorization != f"Basic {known}":
            return 400, {"error": "invalid_grant"}
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "77", "iat": self.now, "exp": self.now + 300,
                  "nonce": self.nonce, "email": "Tuan@So.gov.vn", "email_verified": True} | self.claims  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        algorithms = [self.header["alg"]]
        token = jwt.encode(self.header, claims, self.signs or self.key, algorithms=algorithms)
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": token}


def hmac_key() -> Any:
    """The client's secret as a key: what a service that knows no better would sign with."""
    return OctKey.import_key(SECRET)


@contextmanager
def provider(now: int) -> Iterator[Provider]:
    """The service, listening on a port of its own. `now`: real time, in seconds, by which its tokens are made."""
    made = Provider(now)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path == "/realm/.well-known/openid-configuration":
                return self._say(200, made.discovery())
            if path == "/realm/keys":
                return self._say(200, {"keys": [made.key.as_dict(private=False)]})
            return self._say(404, {})

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(sent).items()}
            self._say(*made.token(form, self.headers.get("authorization", "")))

        def _say(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
