"""Other programs: their keys to the API and the addresses that are told of changes. The Office and the administrator.

A key and a webhook's secret are shown once, on the page that answers their making, and stand nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, func, select
from starlette.responses import Response

from models import clock, joining, webhooks
from models.event import Event
from models.joining import A_MINUTE, ApiToken, DeliveryState, TokenRole, Webhook, WebhookDelivery
from models.organisation import Person, Unit
from models.organising import record_office
from web.asking import Ask, Stop
from web.guards import for_office_and_admin
from web.uploads import Form

FAILED_SHOWN = 20
LONGEST_NAME = 80


@dataclass(frozen=True)
class Hook:
    """An address with what became of the calls: how many in each state, the last answer, the failed ones."""

    webhook: Webhook
    counts: dict[DeliveryState, int]
    last: WebhookDelivery | None
    failed: tuple[tuple[WebhookDelivery, Event], ...]


def show(ask: Ask, **made: Any) -> Response:
    """GET /office/programs. `made`: the key or the secret that was just made, shown this once."""
    for_office_and_admin(ask)
    values: dict[str, Any] = {"key": None, "secret": None, "told": None} | made
    units = {unit.id: unit for unit in ask.session.exec(select(Unit).order_by(col(Unit.position)))}
    tokens = joining.keys(ask.session)
    makers = {row.made_by for row in tokens}
    people = dict(ask.session.exec(select(Person.id, Person.name).where(col(Person.id).in_(makers))).all())
    current = [unit for unit in units.values() if unit.valid_to is None or unit.valid_to >= clock.today()]
    return ask.page("programs.html", tokens=tokens, people=people, units=units, roles=list(TokenRole), current=current,
                    hooks=_hooks(ask), states=DeliveryState, form=ask.form if ask.error else Form(), a_minute=A_MINUTE,
                    inner=ask.context.inner_webhooks, **values)  # fmt: skip


def make_key(ask: Ask) -> Response:
    """POST /office/programs/keys with `name`, `role` and, for a unit's, `unit`."""
    for_office_and_admin(ask)
    name, role = " ".join(ask.form.get("name").split()), ask.form.get("role")
    if not name or len(name) > LONGEST_NAME:
        raise Stop(400, "web.programs.needs_name")
    if role not in set(TokenRole):
        raise Stop(400, "web.programs.needs_role")
    if role == TokenRole.OFFICE and not ask.me.office:
        raise Stop(403, "web.programs.office_key")  # it acts in its maker's name, who must be able to do so himself
    unit = ask.session.exec(select(Unit).where(Unit.code == ask.form.get("unit"), col(Unit.valid_to).is_(None))).first()
    if role == TokenRole.UNIT and unit is None:
        raise Stop(400, "web.programs.needs_unit")
    key = joining.new_key(ask.session, ask.context.secret, name=name, role=TokenRole(role),
                          unit_id=unit.id if unit else None, by=ask.me.id)  # fmt: skip
    _record(ask, "api_key_made", name=name, role=role, unit=unit.code if unit and role == TokenRole.UNIT else None)
    return show(ask, key=key, told=name)


def revoke_key(ask: Ask) -> Response:
    """POST /office/programs/keys/<id>/revoke."""
    for_office_and_admin(ask)
    row = ask.session.get(ApiToken, ask.number("id"))
    if row is None:
        raise Stop(404, "web.programs.none")
    if joining.revoke(ask.session, row.id or 0):
        _record(ask, "api_key_revoked", name=row.name)
    return ask.go("/office/programs", done="programs_revoked")


def make_hook(ask: Ask) -> Response:
    """POST /office/programs/webhooks with `url`."""
    for_office_and_admin(ask)
    url = ask.form.get("url")
    try:
        made, secret = webhooks.new_webhook(ask.session, url, ask.context.inner_webhooks, ask.me.id)
    except webhooks.BadAddress as error:
        raise Stop(400, f"web.programs.address_{error.why}") from error
    _record(ask, "webhook_made", webhook=made.id)
    return show(ask, secret=secret, told=url)


def stop_hook(ask: Ask) -> Response:
    """POST /office/programs/webhooks/<id>/stop."""
    for_office_and_admin(ask)
    hook = ask.session.get(Webhook, ask.number("id"))
    if hook is None:
        raise Stop(404, "web.programs.none")
    if webhooks.stop(ask.session, hook.id or 0):
        _record(ask, "webhook_stopped", webhook=hook.id)
    return ask.go("/office/programs", done="programs_stopped")


def try_again(ask: Ask) -> Response:
    """POST /office/programs/deliveries/<id>/again: tell once more what was given up."""
    for_office_and_admin(ask)
    if not webhooks.again(ask.session, ask.number("id")):
        raise Stop(409, "web.programs.not_failed")
    _record(ask, "webhook_again", delivery=ask.number("id"))
    return ask.go("/office/programs", done="programs_again")


def _record(ask: Ask, verb: str, **facts: object) -> None:
    """In the office's own history; who made what, never the key."""
    record_office(ask.session, verb, ask.actor, facts)


def _hooks(ask: Ask) -> list[Hook]:
    found = []
    for hook in ask.session.exec(select(Webhook).order_by(col(Webhook.id).desc())).all():
        of_it = WebhookDelivery.webhook_id == hook.id
        counts = select(WebhookDelivery.state, func.count()).where(of_it).group_by(col(WebhookDelivery.state))
        answered = select(WebhookDelivery).where(of_it, col(WebhookDelivery.answer).is_not(None))
        failed = (
            select(WebhookDelivery, Event).join(Event, col(Event.id) == WebhookDelivery.event_id)
            .where(of_it, WebhookDelivery.state == DeliveryState.FAILED)
        )  # fmt: skip
        newest = col(WebhookDelivery.id).desc()
        found.append(Hook(
            hook, {DeliveryState(state): count for state, count in ask.session.exec(counts)},
            ask.session.exec(answered.order_by(newest).limit(1)).first(),
            tuple(ask.session.exec(failed.order_by(newest).limit(FAILED_SHOWN)).all()),
        ))  # fmt: skip
    return found
