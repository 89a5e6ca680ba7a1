"""Addresses of ours: where a form may lead on to."""

from __future__ import annotations

LONGEST = 2000


def ours(address: str) -> bool:
    """A path of this site. To a browser "//elsewhere" and "/\\elsewhere" are another's, and it drops tabs and line ends
    before it looks."""
    return (address.startswith("/") and not address.startswith("//") and "\\" not in address
            and address.isprintable() and len(address) <= LONGEST)  # fmt: skip
