"""The webhook of a channel, set and removed by hand at its service: starting ours does neither."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.base import app, helped, quiet, settings_now, tell
from commands.failures import AskedWrongly, Failure

if TYPE_CHECKING:
    from config import Settings

Channel = Annotated[str, typer.Argument(metavar="CHANNEL", help=helped("webhook_channel"))]
Remove = Annotated[bool, typer.Option("--remove", help=helped("webhook_remove"))]
TRIED, GOOD = "webhook.", "webhook.ok"
"""What Zalo says of its own try of the address begins so. Telegram does not try, and tells what happened before."""


@app.command(help=helped("webhook"))
def webhook(channel: Channel, remove: Remove = False) -> None:
    """Have a channel's service call our site, or go back to asking it."""
    quiet()
    settings = settings_now()
    import chats
    from checks_channels import TOKENS

    if channel not in settings.receive:
        raise AskedWrongly("webhook.channel", channel=channel, channels=", ".join(settings.receive))
    made = chats.make_chatting(settings).get(channel)
    if made is None:
        raise Failure("webhook.no_token", channel=channel, variable=TOKENS[channel][1])
    url = "" if remove else _address(settings, channel)
    said = asyncio.run(_told(made, url))
    tell("webhook.removed" if remove else "webhook.set", channel=channel, url=url)
    wanted = "polling" if remove else "webhook"
    if settings.receive[channel] != wanted:
        tell("webhook.mode", channel=channel, mode=wanted, file=settings.path.name)
    if said.startswith(TRIED) and said != GOOD:
        raise Failure("webhook.unverified", channel=channel, outcome=said)
    if said:
        tell("webhook.said", channel=channel, said=said)


def _address(settings: Settings, channel: str) -> str:
    from chats import public_url

    site = public_url(settings)
    if not site.startswith("https://"):
        raise Failure("webhook.no_https", url=settings.base_url)
    return f"{site}/hook/{channel}"


async def _told(channel: Any, url: str) -> str:
    """Set it (remove it without `url`); what the service says of the address, if anything."""
    from bot.channel import ChannelError

    try:
        if not url:
            await channel.drop_hook()
            return ""
        tried = await channel.set_hook(url)
        if tried is not None:
            return str(tried)
        info = await channel.hook_info()
        return str(info.get("last_error_message") or "")
    except ChannelError as error:
        why = error.why
    finally:
        await channel.close()
    raise Failure("webhook.failed", channel=channel.capabilities.name, why=why)
