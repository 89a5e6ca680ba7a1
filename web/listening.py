"""How many pages of one person listen at once: each costs this process a question every second."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

MOST = 20
"""Open pages of one person; a browser's own limit is six for each server it does not reach by HTTP/2."""
_listening: Counter[int] = Counter()


def too_many(person_id: int) -> bool:
    """Do so many of the person's pages listen here that one more is refused?"""
    return _listening[person_id] >= MOST


async def counted(person_id: int, stream: AsyncIterator[str]) -> AsyncIterator[str]:
    """The stream, which counts as long as it is heard."""
    _listening[person_id] += 1
    try:
        async for news in stream:
            yield news
    finally:
        _listening[person_id] -= 1
        if not _listening[person_id]:
            del _listening[person_id]
