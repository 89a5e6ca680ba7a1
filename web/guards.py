"""Who may: asked first by the pages that are not for everybody."""

from __future__ import annotations

from web.asking import Ask, Stop


def for_overseers(ask: Ask) -> None:
    """What goes beyond one unit is seen by the Office, the leaders and the administrator. Raises Stop."""
    if not ask.me.sees_all:
        raise Stop(403, "web.stop.office_sees")


def for_office_and_admin(ask: Ask) -> None:
    """People, units, keys: for the Office and the administrator. Raises Stop."""
    if not ask.me.links_people:
        raise Stop(403, "web.office.only")


def for_office(ask: Ask) -> None:
    """What the Office alone does. Raises Stop."""
    if not ask.me.office:
        raise Stop(403, "web.stop.office_does")
