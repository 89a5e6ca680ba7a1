"""The schema's history. Revision ids are the numbers of the files: 0001, 0002 …, one line without branches."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
WITH_TABLES = ("bulk", "calendar", "channel_state", "directive", "draft_change", "event", "group_chat", "indicator",
               "joining", "lease", "message", "organisation", "pairing", "remembered", "report", "series", "sheet",
               "shown", "task", "weekly")  # fmt: skip


def revisions() -> list[str]:
    """Every revision id, oldest first. Read from the file names: Alembic costs 100 ms to import."""
    return sorted(path.name[:4] for path in (HERE / "versions").glob("[0-9]*.py"))


def load_models() -> None:
    """Import every module that defines tables, so that the metadata is whole."""
    for name in WITH_TABLES:
        import_module(f"models.{name}")
