"""A mail server that somebody else wrote (aiosmtpd), on the loopback, with a switch for each way of refusing a mail."""

from __future__ import annotations

import asyncio
import ssl
from asyncio import WriteTransport
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from bot.email_send import MailServer

CERTIFICATE = Path(__file__).parent / "data" / "localhost.pem"
SENDER, USER, PASSWORD = "nhacviec@so.example", "nhacviec", "mật-khẩu kín".encode().hex()


@dataclass
class Post:
    """What the server does and what it got. `answers`: by command, what it says instead of taking it; `cuts`: commands
    at which it hangs up without a word; `silent`: those it never answers. `took`: the mails as they came, with their
    envelopes."""

    answers: dict[str, str] = field(default_factory=dict)
    cuts: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    took: list[tuple[EmailMessage, str, list[str]]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    server: MailServer = field(default_factory=lambda: MailServer("127.0.0.1", 1, None, None, SENDER, "none"))

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str,
                          responses: list[str]) -> list[str]:  # fmt: skip
        session.host_name = hostname
        await self._said(server, "EHLO")
        return responses

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str,
                          options: list[str]) -> str:  # fmt: skip
        envelope.mail_from = address
        return await self._said(server, "MAIL")

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str,
                          options: list[str]) -> str:  # fmt: skip
        envelope.rcpt_tos.append(address)
        return await self._said(server, "RCPT")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.raw.append(content)
        self.took.append((mail, str(envelope.mail_from), list(envelope.rcpt_tos)))
        return await self._said(server, "DATA")

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return (await self._said(server, "QUIT")).replace("250 OK", "221 Bye")

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        """Is it the one user there is? The switch AUTH answers for it."""
        if "AUTH" in self.answers:
            return AuthResult(success=False, handled=False, message=self.answers["AUTH"])
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        self.signed_in.append(data.login.decode())
        return AuthResult(success=right, handled=False)

    async def _said(self, server: SMTP, command: str) -> str:
        if command in self.silent:
            await asyncio.Event().wait()  # until the other side hangs up
        if command in self.cuts:
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        return self.answers.get(command, "250 OK")


@asynccontextmanager
async def post_office(
    security: str = "none", *, sign_in: bool = False
) -> AsyncIterator[Post]:
    """A server on a free port, in the loop of the test; `server` is how it is reached."""
    post, loop = Post(), asyncio.get_running_loop()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATE)
    how: dict[str, Any] = {"auth_require_tls": False, "hostname": "localhost", "loop": loop}
    if security == "starttls":
        how |= {"tls_context": tls, "require_starttls": True}
    if sign_in:
        how |= {"authenticator": post.authenticate}
    server = await loop.create_server(
        lambda: SMTP(post, **how), "127.0.0.1", 0, ssl=tls if security == "tls" else None
    )
    port = server.sockets[0].getsockname()[1]
    user, password = (USER, PASSWORD) if sign_in else (None, None)
    post.server = MailServer("127.0.0.1", port, user, password, SENDER, security)
    try:
        yield post
    finally:
        server.close()
        await server.wait_closed()
