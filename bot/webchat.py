"""The browser's chat as a channel: what is queued is already there, the browser reads the Message rows themselves."""

from __future__ import annotations

from bot.channel import Capabilities, Outgoing, Sent


class WebChat:
    """Sends nothing and never fails: a message that is kept is a message the browser shows."""

    capabilities = Capabilities(
        name="web", text_limit=20_000, buttons=True, files_in=True, reply_to=True, pushes=False
    )
    bot = ""

    async def send(self, outgoing: Outgoing) -> Sent:
        """Arrived: its own key is its id."""
        return Sent((outgoing.key,))

    async def close(self) -> None:
        """It holds nothing."""
