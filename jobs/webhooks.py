"""Changes → other programs' addresses, signed as the Standard Webhooks specification says.

Claim, commit, call, record, as messages are sent. The address is looked up first and the very IP address that was
looked at is called: a name that leads into the office's own network at the second look-up reaches nothing.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import logging
import secrets
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from models import clock, webhooks
from models.base import Database
from models.changes import changes_of
from models.event import Event
from models.joining import DeliveryState, Webhook, WebhookDelivery

if TYPE_CHECKING:
    import httpx

ANSWER_SECONDS = 10.0
CLAIM = timedelta(seconds=30)
AT_ONCE = 5
"""Of each address in a round: one that does not answer holds up the others for ten seconds at most."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (0.5, 5, 30, 120, 300, 960))
"""After each failed try but the last; a day in all."""
GONE = 410
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Call:
    """A delivery that is ours for 30 seconds. `at`: database time, which the receiver compares with its own clock."""

    delivery_id: int
    webhook_id: int
    url: str
    headers: dict[str, str]
    body: bytes
    token: str
    tries: int


def signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """v1,<base64 of HMAC-SHA-256 over id.timestamp.body>, by the bytes that the secret spells in base64."""
    key = base64.b64decode(secret.removeprefix(webhooks.SECRET_PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


class WebhookSender:
    """One process's calls. `inner`: may addresses of the office's own network be called (a setting)?"""

    def __init__(self, database: Database, inner: bool = False) -> None:
        self.database, self.inner = database, inner
        self._http: httpx.AsyncClient | None = None

    async def work(self) -> int:
        """Plan what is new and call what is due; how many calls were made."""
        made = 0
        await asyncio.to_thread(plan, self.database)
        while calls := await asyncio.to_thread(claim, self.database):
            answers = await asyncio.gather(*(self._call(one) for one in calls))
            await asyncio.to_thread(settle, self.database, list(zip(calls, answers, strict=True)))
            made += len(calls)
        return made

    async def close(self) -> None:
        """Give the connections back."""
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    async def _call(self, call: Call) -> str:
        """The HTTP status, or the name of what went wrong. What httpx raises holds the address, and is let go."""
        import httpx

        try:
            webhooks.check_address(call.url, self.inner)
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._posted(call)
        except webhooks.BadAddress as error:
            return error.why
        except (TimeoutError, httpx.TimeoutException):
            return "timeout"
        except (OSError, UnicodeError, httpx.HTTPError, httpx.InvalidURL) as error:
            return "certificate" if "certificate" in str(error).lower() else "connect"

    async def _posted(self, call: Call) -> str:
        import httpx

        if self._http is None:
            # No proxy of the environment: it would look the name up once more, where nobody checks.
            self._http = httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=ANSWER_SECONDS)
        url = httpx.URL(call.url)
        address = await self._address(url.host, url.port or (443 if url.scheme == "https" else 80))
        headers = call.headers | {"host": urlsplit(call.url).netloc}
        extensions: dict[str, Any] = {} if webhooks.is_address(url.host) else {"sni_hostname": url.host}
        request = self._http.build_request("POST", url.copy_with(host=address), content=call.body, headers=headers,
                                           extensions=extensions)  # fmt: skip
        response = await self._http.send(request, stream=True)
        await response.aclose()  # what it says beyond its status is nobody's concern, however long
        return str(response.status_code)

    async def _address(self, host: str, port: int) -> str:
        """The IP address to call. Raises BadAddress when any that the name leads to is not of the open network."""
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(one[4][0]) for one in found]
        if not self.inner and any(webhooks.is_inner(one) for one in addresses):
            raise webhooks.BadAddress("private")
        return addresses[0]


def plan(database: Database) -> int:
    """Rows for what the addresses are to be told; how many. Where there is nothing new, nothing is written."""
    with database.read() as session:
        if not any(webhooks.untold(session, hook) for hook in webhooks.active(session)):
            return 0
    with database.write() as session:
        return sum(webhooks.plan(session, hook) for hook in webhooks.active(session))


def claim(database: Database) -> list[Call]:
    """Make deliveries that are due ours, a few of each address, with what they say now."""
    with database.read() as session:
        if not _due(session, clock.database_time(session)):
            return []
    with database.write() as session:
        at, token = clock.database_time(session), secrets.token_hex(16)
        due = _due(session, at)
        ours = {"state": DeliveryState.SENDING, "claim_token": token, "claimed_until": at + CLAIM}
        claimed = update(WebhookDelivery).where(col(WebhookDelivery.id).in_([one.id for one, _ in due]), _free(at))
        session.execute(claimed.values(**ours, tries=WebhookDelivery.tries + 1))
        mine = [(one, hook) for one, hook in due if _refreshed(session, one).claim_token == token]
        return _calls(session, mine, at, token)


def _due(session: Session, at: datetime) -> list[tuple[WebhookDelivery, Webhook]]:
    found: list[tuple[WebhookDelivery, Webhook]] = []
    for hook in webhooks.active(session):
        query = select(WebhookDelivery).where(WebhookDelivery.webhook_id == hook.id, _free(at))
        ordered = query.order_by(col(WebhookDelivery.not_before), col(WebhookDelivery.event_id))
        found += [(one, hook) for one in session.exec(ordered.limit(AT_ONCE))]
    return found


def _free(at: datetime) -> Any:
    waiting = (col(WebhookDelivery.state) == DeliveryState.QUEUED) & (col(WebhookDelivery.not_before) <= clock.now())
    left = (col(WebhookDelivery.state) == DeliveryState.SENDING) & (col(WebhookDelivery.claimed_until) <= at)
    return or_(waiting, left)


def _refreshed(session: Session, one: WebhookDelivery) -> WebhookDelivery:
    session.refresh(one)
    return one


def _calls(session: Session, mine: Sequence[tuple[WebhookDelivery, Webhook]], at: datetime, token: str) -> list[Call]:
    ids = [one.event_id for one, _ in mine]
    events = session.exec(select(Event).where(col(Event.id).in_(ids))).all()
    told = {row["id"]: row for row in changes_of(session, events)}
    timestamp = str(int(at.timestamp()))
    calls = []
    for one, hook in mine:
        body = json.dumps(told[one.event_id], ensure_ascii=False, separators=(",", ":")).encode()
        name = f"msg_{hook.id}_{one.event_id}"  # the same at each try, so that the receiver knows what it has
        headers = {"content-type": "application/json", "user-agent": "dondoc", "webhook-id": name,
                   "webhook-timestamp": timestamp,
                   "webhook-signature": signature(hook.secret, name, timestamp, body)}  # fmt: skip
        calls.append(Call(one.id or 0, hook.id or 0, hook.url, headers, body, token, one.tries))
    return calls


def settle(database: Database, answers: Sequence[tuple[Call, str]]) -> None:
    """Record what was answered. Without the token nothing is changed: the claim had ended, somebody else has it."""
    with database.write() as session:
        for call, answer in answers:
            ours = (col(WebhookDelivery.id) == call.delivery_id, col(WebhookDelivery.claim_token) == call.token)
            ended = {"claim_token": None, "claimed_until": None, "answer": answer[:40]}
            stopped = session.get_one(Webhook, call.webhook_id).stopped_at is not None
            session.execute(update(WebhookDelivery).where(*ours).values(**ended, **_became(call, answer, stopped)))
            if not _taken(answer):
                log.warning("webhook %s: try %s of event delivery %s: %s", call.webhook_id, call.tries,
                            call.delivery_id, answer)  # fmt: skip
            if answer == str(GONE):  # its owner wants no more
                webhooks.stop(session, call.webhook_id)


def _became(call: Call, answer: str, stopped: bool) -> dict[str, Any]:
    if _taken(answer):
        return {"state": DeliveryState.SENT, "sent_at": clock.now()}
    if stopped or answer == str(GONE) or call.tries > len(WAITS):
        return {"state": DeliveryState.FAILED}
    return {"state": DeliveryState.QUEUED, "not_before": clock.now() + WAITS[call.tries - 1]}


def _taken(answer: str) -> bool:
    return len(answer) == 3 and answer.startswith("2")
