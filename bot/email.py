"""E-mail as the last resort: outgoing only, plain text, with a link into the browser chat at its foot.

One message is one mail, never split. Its Message-ID is made of the message's key, so that what had to be sent twice is
one mail to the reader's program. Neither an address nor a word of the text is logged or stands in a result.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
import unicodedata
import uuid
from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from anyio import CapacityLimiter, to_thread

from bot.channel import Capabilities, Outgoing, Refused, Result
from bot.email_send import Delivery, MailServer
from catalogue import text
from models import clock

__all__ = ["EmailChannel", "MailServer"]

SUBJECT = 78
"""Letters of a subject: what a list of mails shows in one line, and what RFC 5322 asks of a line."""
AT_ONCE = 4
LONGEST_ADDRESS = 254
_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = re.compile(rf"{_WORD}(?:\.{_WORD})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


class EmailChannel:
    """Writes to an address (`chat_id`). `link`: of an address, the way into its person's browser chat; asked in the
    worker thread, so it may use the database."""

    capabilities = Capabilities(name="email", text_limit=20_000, buttons=False, files_in=False, reply_to=False)
    bot = ""

    def __init__(self, server: MailServer, link: Callable[[str], str], language: str = "vi") -> None:
        self._server, self._link, self._language = server, link, language
        # Threads of its own number: a mail server that hangs must not take those of the database.
        self._at_once = CapacityLimiter(AT_ONCE)

    async def send(self, outgoing: Outgoing) -> Result:
        """One try, by a connection of its own."""
        if not fits(outgoing.chat_id):
            return Refused("bad_address")
        return await to_thread.run_sync(self._send, outgoing, limiter=self._at_once)

    async def close(self) -> None:
        """Every connection is given back with its mail."""

    def _send(self, outgoing: Outgoing) -> Result:
        mail = self._written(outgoing)
        place = str(mail["Message-ID"])
        return Delivery(self._server, outgoing.chat_id, mail.as_bytes(), place).result()

    def _written(self, outgoing: Outgoing) -> EmailMessage:
        mail = EmailMessage(policy=SMTP)
        mail["From"] = Address(self._say("sender"), addr_spec=self._server.sender)
        mail["To"] = Address(addr_spec=outgoing.chat_id)
        mail["Subject"] = self._subject(outgoing.text)
        mail["Date"] = format_datetime(clock.local_now())
        mail["Message-ID"] = message_id(outgoing.key, self._server.sender)
        mail["Auto-Submitted"] = "auto-generated"  # programs that answer mails by themselves leave such ones alone
        again = [text("channel.repeat", self._language)] if outgoing.repeat else []
        foot = self._say("link", link=self._link(outgoing.chat_id))
        # Not as it is in eight bits: not every server on the way takes them.
        mail.set_content("\n".join([*again, outgoing.text, "", foot, ""]), charset="utf-8", cte="quoted-printable")
        return mail

    def _subject(self, words: str) -> str:
        """Of the first line that says something; a line end of any kind ends it, and no control character is left."""
        lines = ("".join(" " if unicodedata.category(c)[0] == "C" else c for c in line) for line in words.splitlines())
        first = next((line for line in lines if line.strip()), "")
        # "=?" would begin a coded word, and the library would decode what somebody typed: line ends among it.
        plain = " ".join(first.split()).replace("=?", "= ?")
        return shortened(self._say("subject", line=plain), SUBJECT)

    def _say(self, key: str, **values: str) -> str:
        return text(f"channel.email.{key}", self._language, **values)


def fits(address: str) -> bool:
    """Is it one plain address: no name, no list, nothing that could end a header or a command?"""
    return len(address) <= LONGEST_ADDRESS and ADDRESS.fullmatch(address) is not None


def message_id(key: str, sender: str) -> str:
    """The same for the same key; it shows nothing of it."""
    own = hashlib.sha256(key.encode()).hexdigest()[:32] if key else uuid.uuid4().hex
    return f"<{own}@{sender.rpartition('@')[2]}>"


def shortened(line: str, most: int) -> str:
    """At most so many letters, cut between words where there are any."""
    if len(line) <= most:
        return line
    cut = textwrap.shorten(line, most, placeholder="…")
    if len(cut) > most // 2:
        return cut
    end = most - 1
    while unicodedata.combining(line[end]):
        end -= 1
    return line[:end] + "…"
