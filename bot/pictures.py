"""The pictures of a message whose text has arrived: whatever becomes of them, the message has been sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from bot.channel import Picture, Result, Sent, Unknown

SECONDS = 30.0
"""For all pictures of one message: a service answers only when it has fetched them, and their message is claimed for
as long, so that nobody sends it again meanwhile."""
ITS_OWN = ("bad_request", "no_photo")
"""Reasons that may lie in one picture alone. After any other the rest is not tried."""
NOBODY_KNOWS = "?"
log = logging.getLogger(__name__)


async def followed(
    channel: str, pictures: Sequence[Picture], show: Callable[[Picture], Awaitable[Result]]
) -> tuple[str, ...]:
    """Send them one after the other; the places of those that arrived, NOBODY_KNOWS for one that may have. Never
    raises: what cannot be sent is logged by its code, and dropped."""
    places: list[str] = []
    try:
        async with asyncio.timeout(SECONDS):
            for one in pictures:
                became = await show(one)
                if isinstance(became, Sent):
                    places += became.places
                    continue
                why = getattr(became, "why", "moved")
                log.warning("%s: a picture was not sent: %s", channel, why)
                if isinstance(became, Unknown):
                    places.append(NOBODY_KNOWS)
                if why not in ITS_OWN:
                    break
    except TimeoutError:
        log.warning("%s: a picture was not sent: timeout", channel)
        places.append(NOBODY_KNOWS)
    except Exception as fault:  # an adapter's own mistake; its words may hold an address
        log.warning("%s: a picture was not sent: %s", channel, type(fault).__name__)
        places.append(NOBODY_KNOWS)
    return tuple(places)
