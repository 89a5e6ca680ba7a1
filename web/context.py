"""What the site needs to know, given once by `app.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.channel import Chatting
from bot.receiving import Receiver
from models.base import Database
from models.channel_health import Watched
from models.report import LARGEST


class DemoClock(Protocol):
    """The movable clock of the demo."""

    def now(self) -> datetime:
        """Office time (local)."""
        ...

    def advance(self, step: str) -> None:
        """Move to the next `slot`, the next working `day`, or a `week` on. Blocking."""
        ...


class SignInService(Protocol):
    """The office's own sign-in service (OpenID Connect), as this site is registered there. `label`: of the button."""

    @property
    def issuer(self) -> str: ...

    @property
    def client_id(self) -> str: ...

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Context:
    """`demo` is set only in the demo: then anybody may be anybody. `largest_upload`: bytes of one file.
    `hooks`: channels whose services call us, and `receiver`, which takes what they bring.
    `watched`: channels that /healthz looks at. `ways_in`: a code that links → channel → the
    address at which a person finds us there. `signin`: the office's own sign-in service.
    `inner_webhooks`: may webhooks lead into the office's own network?"""

    database: Database
    secret: bytes = field(repr=False)
    language: str = "vi"
    base_url: str = "http://127.0.0.1:8017"
    demo: DemoClock | None = None
    largest_upload: int = LARGEST
    hooks: Mapping[str, Chatting] = field(default_factory=dict)
    receiver: Receiver | None = None
    watched: tuple[Watched, ...] = ()
    ways_in: Callable[[str], Mapping[str, str]] = lambda code: {}
    signin: SignInService | None = None
    signin_secret: str = field(default="", repr=False)
    inner_webhooks: bool = False

    @property
    def secure(self) -> bool:
        """Is the site reached over HTTPS? Then cookies are for HTTPS only."""
        return self.base_url.startswith("https://")
