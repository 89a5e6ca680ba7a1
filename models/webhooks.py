"""Addresses of other programs that are told of changes, and what is still to be told to them."""

import base64
import ipaddress
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import delete, exists, func, update
from sqlmodel import Session, col, select

from models import clock
from models.changes import TOLD, last_told
from models.event import Event
from models.inserting import insert_once
from models.joining import DeliveryState, Webhook, WebhookDelivery

SECRET_PREFIX = "whsec_"
BATCH = 500
LOOKED_BACK = timedelta(hours=1)
"""A transaction may bring an event in late, under a number that was passed; none is open so long."""
KEPT = timedelta(days=7)
LONGEST = 500
LOCAL_NAMES = ("localhost", "localhost.localdomain")


class BadAddress(Exception):
    """An address that is not called: `why` is scheme, user, long, private or none."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def check_address(url: str, inner: bool) -> None:
    """Raise BadAddress for what is never called. `inner`: addresses of the office's own network are allowed (a
    setting), and plain http to this machine; where a name leads is looked at again at each call."""
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise BadAddress("long" if len(url) > LONGEST else "none")
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise BadAddress("none") from None
    if not host or parts.fragment:
        raise BadAddress("none")
    if parts.username or parts.password:
        raise BadAddress("user")
    local = host in LOCAL_NAMES or (is_address(host) and ipaddress.ip_address(host).is_loopback)
    if parts.scheme != "https" and not (parts.scheme == "http" and local and inner):
        raise BadAddress("scheme")
    if not inner and (local or (is_address(host) and is_inner(host))):
        raise BadAddress("private")


def is_address(host: str) -> bool:
    """An IP address, not a name?"""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_inner(address: str) -> bool:
    """Is this IP address not one of the open network: this machine, the office's own, one's own link, none?"""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.sixtofour is not None or found.is_site_local:
            return True  # a tunnel may lead anywhere
        if found.ipv4_mapped is None and found.is_reserved:
            return True  # addresses of the old protocol in other spellings (::7f00:1, 64:ff9b::a00:1)
        found = found.ipv4_mapped or found
    return not found.is_global or found.is_multicast


def new_webhook(session: Session, url: str, inner: bool, by: int) -> tuple[Webhook, str]:
    """An address that is told of what happens from now on, and the secret that signs it. Raises BadAddress."""
    check_address(url, inner)
    secret = SECRET_PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()
    made = Webhook(url=url, secret=secret, after_event_id=last_told(session), made_by=by, made_at=clock.now())
    session.add(made)
    session.flush()
    return made, secret


def stop(session: Session, webhook_id: int) -> bool:
    """Tell this address nothing more; what was waiting is given up. False when it was stopped already."""
    at_work = (col(Webhook.id) == webhook_id, col(Webhook.stopped_at).is_(None))
    ended = session.execute(update(Webhook).where(*at_work).values(stopped_at=clock.now()))
    if not ended.rowcount:  # type: ignore[attr-defined]
        return False
    waiting = (col(WebhookDelivery.webhook_id) == webhook_id, col(WebhookDelivery.state) == DeliveryState.QUEUED)
    given_up = {"state": DeliveryState.FAILED, "answer": "stopped"}
    session.execute(update(WebhookDelivery).where(*waiting).values(**given_up))
    return True


def again(session: Session, delivery_id: int) -> bool:
    """Tell once more what was given up, with all its tries; False when it was not, or its address was stopped."""
    active = select(Webhook.id).where(col(Webhook.stopped_at).is_(None))
    failed = (col(WebhookDelivery.id) == delivery_id, col(WebhookDelivery.state) == DeliveryState.FAILED,
              col(WebhookDelivery.webhook_id).in_(active))  # fmt: skip
    anew: dict[str, Any] = {"state": DeliveryState.QUEUED, "tries": 0, "not_before": clock.now()}
    return bool(session.execute(update(WebhookDelivery).where(*failed).values(**anew)).rowcount)  # type: ignore[attr-defined]


def active(session: Session) -> Sequence[Webhook]:
    """The addresses that are told."""
    return session.exec(select(Webhook).where(col(Webhook.stopped_at).is_(None)).order_by(col(Webhook.id))).all()


def untold(session: Session, hook: Webhook) -> Sequence[int | None]:
    """Numbers of events that this address is still to be told of and that may be told, the oldest 500.

    By what has no row yet, never by the highest number that has one: numbers are not given in the order of commits.
    """
    planned = exists().where(col(WebhookDelivery.webhook_id) == hook.id, col(WebhookDelivery.event_id) == Event.id)
    query = select(Event.id).where(Event.id > hook.after_event_id, TOLD, col(Event.announce_from) <= clock.now())  # type: ignore[operator]
    return session.exec(query.where(~planned).order_by(col(Event.id)).limit(BATCH)).all()


def plan(session: Session, hook: Webhook) -> int:
    """Make the rows of what this address is to be told; how many."""
    found = untold(session, hook)
    for event_id in found:
        insert_once(session, WebhookDelivery, webhook_id=hook.id, event_id=event_id, not_before=clock.now())
    if len(found) < BATCH:
        _pass_by(session, hook)
    return len(found)


def _pass_by(session: Session, hook: Webhook) -> None:
    """What is older than an hour and planned need not be looked at again; nor are old rows kept."""
    after = col(Event.id) > hook.after_event_id
    young = select(func.min(Event.id)).where(after, col(Event.at) > clock.now() - LOOKED_BACK)
    first = session.exec(young).one()
    hook.after_event_id = first - 1 if first else last_told(session)
    session.add(hook)
    old = (col(WebhookDelivery.webhook_id) == hook.id, col(WebhookDelivery.event_id) <= hook.after_event_id,
           col(WebhookDelivery.state) == DeliveryState.SENT,
           col(WebhookDelivery.sent_at) < clock.now() - KEPT)  # fmt: skip
    session.execute(delete(WebhookDelivery).where(*old))
