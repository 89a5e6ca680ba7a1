"""One mail over one connection to the office's mail server, and what its answers mean.

Nothing that is raised or returned here tells an address, a password or a word of the mail.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field

from bot.channel import Down, Later, Refused, Result, Sent, Unknown
from models import clock

SECONDS = 25.0
"""Of one try in all: whoever sends holds the message for 30 seconds."""


@dataclass(frozen=True)
class MailServer:
    """The office's mail server. `sender`: the address we write from; without `user` nobody signs in. `security`:
    starttls, tls, or none."""

    host: str
    port: int
    user: str | None = field(repr=False)
    password: str | None = field(repr=False)
    sender: str = field(repr=False)
    security: str = "starttls"


class Delivery:
    """One mail over one connection. What the server says, and where it stops saying anything, is the result."""

    def __init__(self, server: MailServer, to: str, content: bytes, place: str) -> None:
        self.server, self.to, self.content, self.place = server, to, content, place
        self.end = clock.elapsed() + SECONDS
        self.begun = False  # to hand over the content: from there on only the server's answer tells

    def result(self) -> Result:
        """One try; never raises for what the server does or fails to do."""
        try:
            smtp = self._connected()
        except (OSError, UnicodeError, smtplib.SMTPException) as error:
            return no_connection(error)
        try:
            return self._signed_in(smtp) or self._handed_over(smtp)
        except (OSError, smtplib.SMTPException) as error:
            why = "timeout" if timed_out(error) else "dropped"
            return Unknown(why) if self.begun else Later(60, why)
        finally:
            self._left(smtp)

    def _connected(self) -> smtplib.SMTP:
        server = self.server
        if server.security == "tls":
            tls = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=self._time(), context=tls)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=self._time())
        try:
            self._hurry(smtp).ehlo_or_helo_if_needed()
            if server.security not in ("tls", "none"):  # a server that has no TLS gets neither password nor mail
                self._hurry(smtp).starttls(context=ssl.create_default_context())
                self._hurry(smtp).ehlo()
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _signed_in(self, smtp: smtplib.SMTP) -> Result | None:
        if not self.server.user:
            return None
        try:
            self._hurry(smtp).login(self.server.user, self.server.password or "")
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPAuthenticationError as error:
            return Down(60, f"smtp_{error.smtp_code}") if error.smtp_code < 500 else Down(300, "unauthorised")
        except (smtplib.SMTPException, UnicodeError):  # it offers no way of signing in that we know
            return Down(300, "unauthorised")
        return None

    def _handed_over(self, smtp: smtplib.SMTP) -> Result:
        code, _ = self._hurry(smtp).mail(self.server.sender)
        if code != 250:
            return of_sender(code)
        code, said = self._hurry(smtp).rcpt(self.to)
        if code not in (250, 251):
            return of_recipient(code, said)
        code, _ = self._hurry(smtp).docmd("DATA")
        if code != 354:
            return _later(code)
        self.begun = True
        self._hurry(smtp).send(self.content.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        code, _ = self._hurry(smtp).getreply()
        # A refusal here is of this mail, whoever it is for: nothing is known to be wrong with the address.
        return Sent((self.place,)) if code == 250 else _later(code)

    def _left(self, smtp: smtplib.SMTP) -> None:
        try:
            if smtp.sock is not None:
                self._hurry(smtp).quit()
        except (OSError, smtplib.SMTPException):
            pass  # what became of the mail is known already
        finally:
            smtp.close()

    def _hurry(self, smtp: smtplib.SMTP) -> smtplib.SMTP:
        """The connection, waiting no longer than what is left of this try."""
        if smtp.sock is not None:
            smtp.sock.settimeout(self._time())
        return smtp

    def _time(self) -> float:
        return max(self.end - clock.elapsed(), 0.1)


def no_connection(error: Exception) -> Down:
    """Why the server could not be talked to."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return Down(300, "certificate")
    if isinstance(error, (ssl.SSLError, smtplib.SMTPNotSupportedError)):
        return Down(300, "no_tls")
    return Down(60, "connect")


def of_sender(code: int) -> Result:
    """The server does not take mail from our address: its matter, or that of our settings."""
    if code == 530:
        return Down(300, "unauthorised")
    if code >= 500:
        return Down(300, "sender")
    return _later(code)


def of_recipient(code: int, said: bytes) -> Result:
    """The address is refused. For good only when it is the address that is wrong: a server that does not relay for us
    (5.7.…) or wants a sign-in says so here too, and a full mailbox (552) may be emptied."""
    if code == 530:
        return Down(300, "unauthorised")
    if code < 500 or code == 552:
        return _later(code)
    return Later(300, "policy") if said.startswith(b"5.7.") else Refused(f"smtp_{code}")


def _later(code: int) -> Result:
    # 421 is the server's own good-bye, whatever was asked.
    return Down(60, "smtp_421") if code == 421 else Later(300, f"smtp_{code}")


def timed_out(error: Exception) -> bool:
    """smtplib tells of a read that took too long as of a lost connection."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
