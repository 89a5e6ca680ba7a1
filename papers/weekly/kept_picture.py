"""The picture of a week's report, made from the frozen report alone: the same for the chats and for the page that a
service fetches it from."""

from __future__ import annotations

import threading
from datetime import date
from weakref import WeakKeyDictionary

from models.base import Database
from papers.weekly.digest import frozen
from papers.weekly.picture import digest_png

KEPT = 4
"""Pictures kept of each database: one report goes to many at once, and what is frozen does not change."""
_kept: WeakKeyDictionary[Database, dict[tuple[date, str], bytes]] = WeakKeyDictionary()
_making = threading.Lock()


def week_png(database: Database, week: date, language: str) -> bytes | None:
    """The report of the week that begins on this Monday; None if none is frozen. Asked by many at once, it is made for
    the first. Opens a transaction of its own, to read."""
    with _making:
        kept = _kept.setdefault(database, {})
        if (week, language) not in kept:
            with database.read() as session:
                digest = frozen(session, week)
            if digest is None:
                return None
            while len(kept) >= KEPT:
                kept.pop(next(iter(kept)))
            kept[(week, language)] = digest_png(digest, language)
        return kept[(week, language)]
