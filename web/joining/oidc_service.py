"""The office's sign-in service, asked by OpenID Connect: authorization code with PKCE, and an id_token that is proved.

Blocking, on a worker thread and outside any transaction. What goes wrong is one word; what httpx or the library raise
holds addresses and codes, and stays here.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

SECONDS = 10.0
LEEWAY = 120
"""Seconds by which two clocks may differ."""
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Public keys only: with HMAC whoever knows the client's secret could sign, and "none" signs nothing."""


class NotSignedIn(Exception):
    """`why`: service (it cannot be asked), answer (what it says does not hold), email (none that is verified)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Registered:
    """This site at that service."""

    issuer: str
    client_id: str
    secret: str
    back: str


@dataclass(frozen=True)
class Begun:
    """A sign-in that has begun: where the browser goes, and what must come back with it."""

    address: str
    state: str
    nonce: str
    verifier: str


def begin(site: Registered, new: Callable[[], str]) -> Begun:
    """Where to send the browser. `new` makes something that nobody guesses. Raises NotSignedIn."""
    state, nonce, verifier = new(), new(), new()
    with _client(site) as client:
        endpoint = _endpoint(_told(client, site), "authorization_endpoint")
        address, _ = client.create_authorization_url(endpoint, state=state, nonce=nonce, code_verifier=verifier)
    return Begun(address, state, nonce, verifier)


def email_of(site: Registered, begun: Begun, code: str, now: datetime) -> str:
    """The verified mail address of whoever brought this code back. Raises NotSignedIn."""
    with _client(site) as client:
        told = _told(client, site)
        token = _asked(client.fetch_token, _endpoint(told, "token_endpoint"), code=code,
                       code_verifier=begun.verifier, grant_type="authorization_code")  # fmt: skip
        keys = _json(client, _endpoint(told, "jwks_uri"))
    claims = _proved(site, begun, token, keys, now)
    email = claims.get("email")
    if not isinstance(email, str) or claims.get("email_verified") is not True:
        raise NotSignedIn("email")
    return email


def _proved(site: Registered, begun: Begun, token: Mapping[str, Any], keys: Any, now: datetime) -> Mapping[str, Any]:
    """The claims of the id_token, if its signature, issuer, audience, time and nonce hold."""
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    options = {"iss": {"essential": True, "value": site.issuer}, "aud": {"essential": True, "value": site.client_id},
               "nonce": {"essential": True, "value": begun.nonce}}  # fmt: skip
    asked = {"nonce": begun.nonce, "client_id": site.client_id, "access_token": token.get("access_token")}
    try:
        read = jwt.decode(str(token.get("id_token")), KeySet.import_key_set(keys), algorithms=list(SIGNED_BY))
        claims = CodeIDToken(read.claims, read.header, options, asked)
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        raise NotSignedIn("answer") from None
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), begun.nonce.encode()):
        raise NotSignedIn("answer")
    found: Mapping[str, Any] = claims
    return found


def _client(site: Registered) -> Any:
    from authlib.integrations.httpx_client import OAuth2Client

    return OAuth2Client(site.client_id, site.secret, scope="openid email", redirect_uri=site.back,
                        code_challenge_method="S256", timeout=SECONDS, follow_redirects=False)  # fmt: skip


def _told(client: Any, site: Registered) -> Mapping[str, Any]:
    """The service's own description; it must be of the issuer that the settings name."""
    told = _json(client, f"{site.issuer}/.well-known/openid-configuration")
    if not isinstance(told, dict) or str(told.get("issuer", "")).rstrip("/") != site.issuer:
        raise NotSignedIn("service")
    return told


def _endpoint(told: Mapping[str, Any], name: str) -> str:
    """An address of the service: https as the issuer's is, or this machine in tests."""
    address = told.get(name)
    issuer = str(told.get("issuer"))
    if not isinstance(address, str) or not address.startswith(("https://", issuer)):
        raise NotSignedIn("service")
    return address


def _json(client: Any, address: str) -> Any:
    # Without a token: these are open to everybody, and the client would refuse to ask without one.
    response = _asked(client.request, "GET", address, withhold_token=True)
    try:
        return response.json() if response.status_code == 200 else None
    except ValueError:
        return None


def _asked(call: Callable[..., Any], *args: Any, **named: Any) -> Any:
    import httpx2  # which Authlib asks with
    from authlib.common.errors import AuthlibBaseError

    try:
        return call(*args, **named)
    except AuthlibBaseError:
        raise NotSignedIn("answer") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
        raise NotSignedIn("service") from None
