"""What the office itself gives the chats: its secret, address, the order of its channels and how many each takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Desk:
    """`secret`: codes are kept as its HMAC. `base_url`: of the site, without a slash at the end; empty: there is none
    that people could open. `order`: channels, the preferred first. `people`: channel → how many it takes.
    `uploads`: channels that carry no documents, which come by a page of the site."""

    secret: bytes = field(default=b"", repr=False)
    base_url: str = ""
    order: tuple[str, ...] = ("web",)
    people: Mapping[str, int] = field(default_factory=dict)
    uploads: frozenset[str] = frozenset()

    def preference(self, channel: str) -> int:
        """The channel's place in the order; one that is not named comes last."""
        return self.order.index(channel) if channel in self.order else len(self.order)
