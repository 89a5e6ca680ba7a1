"""Alarms in words: what happened, what follows from it, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from bot.rendering.view import Detail, Section, View, two
from models import clock
from models.channel_state import FULL, state_of
from models.message import Kind, Notice
from models.unreached import unreachable

OF_AN_OUTAGE = ("down", "token", "cut_off")
COUNTED = ("unsent", "inbox_failed")
REASONS = ("connect", "timeout", "dropped", "flood", "unauthorised")
"""Codes that have a sentence; of any other the code itself is told."""


def alarm(view: View, notices: Sequence[Notice], detail: Detail) -> Section:
    """One paragraph for each cause."""
    lines = [_line(view, notice.facts, detail) for notice in notices]
    if any(notice.facts.get("cause") in COUNTED for notice in notices):
        lines.append(view.t("alarm.please"))
    return Section(Kind.ALARM, view.t("title.alarm"), tuple(lines))


def over(session: Session, notice: Notice) -> bool:
    """Did the outage it tells of end while the alarm itself was waiting for a channel?"""
    facts = notice.facts
    if facts.get("cause") not in OF_AN_OUTAGE:
        return False
    state = state_of(session, facts["channel"], facts["bot"])
    if state.down_since is None or state.down_since.isoformat() != facts["since"]:
        return True
    return facts["cause"] == "cut_off" and not unreachable(session, clock.today(), facts["channel"])


def _line(view: View, facts: dict[str, Any], detail: Detail) -> str:
    cause = str(facts["cause"])
    if cause in COUNTED:
        return view.t(f"alarm.{cause}", count=two(int(facts.get("count", 1))))
    channel = view.t(f"channel.{facts['channel']}")
    if cause == "quota":
        return _quota(view, facts, channel, detail)
    if cause == "failing":
        figures = {name: facts[name] for name in ("tried", "refused", "unknown", "later")}
        failed = figures["refused"] + figures["unknown"] + figures["later"]
        return view.t("alarm.failing", channel=channel, failed=failed, **figures)
    since = view.moment(datetime.fromisoformat(facts["since"]))
    if cause == "cut_off":
        return view.t("alarm.cut_off", channel=channel, since=since, **_names(view, facts["channel"], detail))
    if cause == "down":
        return view.t("alarm.down", channel=channel, since=since, why=_reason(view, str(facts["fault"] or "")))
    token = {"token": facts["token"]} if cause == "token" else {}
    return view.t(f"alarm.{cause}", channel=channel, since=since, **token)


def _quota(view: View, facts: dict[str, Any], channel: str, detail: Detail) -> str:
    month = f"{date.fromisoformat(facts['month']):%m/%Y}"
    if facts["level"] >= FULL:
        said = view.t("alarm.quota.spent", channel=channel, monthly=facts["monthly"], month=month)
        names = _names(view, facts["channel"], detail)
        return f"{said} {view.t('alarm.quota.nobody', **names)}" if names["names"] else said
    parts = [view.t("alarm.quota.used", channel=channel, used=facts["used"], monthly=facts["monthly"], month=month)]
    day = facts["runs_out"]
    parts.append(view.t("alarm.quota.until", day=view.day(date.fromisoformat(day))) if day
                 else view.t("alarm.quota.enough"))  # fmt: skip
    parts.append(view.t(f"alarm.quota.{facts['level']}"))
    return " ".join(parts)


def _names(view: View, channel: str, detail: Detail) -> dict[str, str]:
    """Whom nothing reaches while this channel does not work, as they are now; all of them where there is room."""
    people = unreachable(view.session, view.today, channel)
    most = max(detail.most, 5)
    names = "; ".join(f"{person.name} ({unit})" for person, unit in people[:most])
    rest = view.t("daily.more", count=two(len(people) - most)) if len(people) > most else ""
    return {"count": two(len(people)), "names": names + rest}


def _reason(view: View, why: str) -> str:
    return view.t(f"alarm.why.{why}") if why in REASONS else view.t("alarm.why.other", why=why)
