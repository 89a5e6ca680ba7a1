"""What Zalo's answers mean: classed once, here. Its codes are not what their numbers say elsewhere."""

from __future__ import annotations

from typing import Any

from bot.channel import ChannelError, Down, Later, Refused, Result, Spent, Unauthorised, Unknown
from bot.zalo_client import Answer, NoAnswer


def unanswered(lost: NoAnswer, places: tuple[str, ...], arrived: bool) -> Result:
    """Of a message whose call got no answer. `arrived`: a part of it did just now, which must not be sent again."""
    if lost.written:
        return Unknown(lost.why, places)
    return Later(5.0, lost.why, places) if arrived else Down(5.0, lost.why)


def refused(answer: Answer, method: str, places: tuple[str, ...], arrived: bool) -> Result:
    """Of a message, by the code of the answer that is not ok.

    403 is Zalo's "Internal server error", not a block. 429 is the month's quota and names no time; only from a gateway
    before Zalo it is a matter of seconds. A photo that is refused may only be one that Zalo could not fetch.
    """
    code = answer.code
    if code == 503:
        return Later(5.0, "http_503", places)
    if not answer.zalo:
        return Later(answer.retry_after or 30.0, "flood", places) if code == 429 else Unknown(why(code), places)
    if code == 401:
        return Later(60.0, "unauthorised", places) if arrived else Down(60.0, "unauthorised")
    if code == 403:
        return Later(5.0, "http_403", places)
    if code in (400, 404):
        return Later(5.0, "no_photo", places) if method == "sendPhoto" else Refused("no_chat")
    if code == 408:
        return Unknown("timeout", places)
    return Spent("quota") if code == 429 else Unknown(why(code), places)


def fault(answer: Answer) -> ChannelError:
    """Of a call that sends nothing."""
    if answer.zalo and answer.code == 401:
        return Unauthorised("unauthorised", 60.0)
    if answer.code == 429:
        return ChannelError("flood", answer.retry_after or 30.0)
    return ChannelError(why(answer.code))


def why(code: int) -> str:
    """A code for the log."""
    return f"http_{code}" if 300 <= code < 600 else "odd_answer"


def place(result: Any) -> str:
    """The message's id. One that is missing still counts as a part that arrived."""
    found = result.get("message_id") if isinstance(result, dict) else None
    return str(found) if isinstance(found, str | int) and found else "?"
