"""What the database keeps beside the rows of `task`, so that a million of them are asked as fast as a thousand.

A partial index is used only where its own words stand in the query (models/lateness.py has them again).
"""

from collections.abc import Iterator

from sqlalchemy import DDL, Index, Table, TextClause, event, text

MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
PLAIN = "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd"
_WORDS = "replace(replace({0}.title || ' ' || {0}.text, 'đ', 'd'), 'Đ', 'D') || ' NV' || {0}.number"
_REMOVE = f"INSERT INTO task_search (task_search, rowid, words) VALUES ('delete', old.id, {_WORDS.format('old')});"
_ADD = f"INSERT INTO task_search (rowid, words) VALUES (new.id, {_WORDS.format('new')});"
_SQLITE = (
    "CREATE VIRTUAL TABLE task_search USING fts5(words, content='', detail=none, prefix='2 3', "
    "tokenize=\"unicode61 remove_diacritics 2\")",
    f"CREATE TRIGGER task_search_added AFTER INSERT ON task BEGIN {_ADD} END",
    f"CREATE TRIGGER task_search_changed AFTER UPDATE OF title, text, number ON task BEGIN {_REMOVE} {_ADD} END",
    f"CREATE TRIGGER task_search_removed AFTER DELETE ON task BEGIN {_REMOVE} END",
)  # fmt: skip
SQLITE_SEARCH_FILL = f"INSERT INTO task_search (rowid, words) SELECT id, {_WORDS.format('task')} FROM task"
"""After many rows were written without the triggers."""
VECTOR = f"to_tsvector('simple', translate(lower(title || ' ' || text), '{MARKED}', '{PLAIN}'))"
_SERVER = (f"CREATE INDEX ix_task_search ON task USING gin ({VECTOR})",)

_OPEN_SQL = text("state IN ('assigned','acknowledged','reported','refused') AND NOT is_parent")
_WAITS_SQL = text("state IN ('reported','refused')")
_NOTICE_SQL = text("next_notice_at IS NOT NULL")
_JUDGED_SQL = text("state IN ('reported','completed')")
_UNCONFIRMED_SQL = text("state = 'assigned' AND NOT is_parent")
_WAITING_SQL = text("waiting IS NOT NULL")
_REVIEWED_SQL = text("reviewed_on IS NOT NULL")
# In words that no other condition has by chance: without statistics SQLite would take these for smaller ones.
_DUTY_SQL = text("is_parent IS NOT TRUE")
_DATED_SQL = text("is_parent IS NOT TRUE AND (due_on IS NULL) IS NOT TRUE")
_FOCAL_SQL = text("focal_id IS NOT NULL")
_NOT_TOLD_SQL = text("state = 'completed' AND updated_there_on IS NULL "
                     "AND (due_set_by = 'authority' OR authority_code IS NOT NULL)")  # fmt: skip
DAY_IS_OVER = {
    "sqlite": "due_on || ' 17:00:00'",
    "postgresql": "timezone('Asia/Ho_Chi_Minh', due_on + interval '1 day')",
}
"""The instant at which the day of `due_on` ends at the office (the zone has no summer time), spelled so that an index
may hold it: PostgreSQL takes only what never changes."""


def _may_be_late(dialect: str) -> TextClause:
    over = DAY_IS_OVER[dialect]
    return text("state IN ('completed','reported') AND NOT is_parent AND (due_on IS NULL) IS NOT TRUE "
                f"AND (due_time IS NOT NULL OR reported_at >= {over} OR completed_at >= {over})")  # fmt: skip


def indexes() -> Iterator[Index]:
    """Every index of `task` but those of single columns."""
    yield Index("ix_task_next_notice_at", "next_notice_at", sqlite_where=_NOTICE_SQL, postgresql_where=_NOTICE_SQL)
    yield Index("ix_task_open_due", "due_on", sqlite_where=_OPEN_SQL, postgresql_where=_OPEN_SQL)
    # Wide enough for the counts of figures.py: a count over a million tasks must not read their texts.
    yield Index("ix_task_unit_state", "unit_id", "state", "is_parent", "task_class", "due_on")
    yield Index("ix_task_waits", "state", "reported_at", sqlite_where=_WAITS_SQL, postgresql_where=_WAITS_SQL)
    yield Index("ix_task_judged", "due_on", "reported_at", "completed_at",
                sqlite_where=_JUDGED_SQL, postgresql_where=_JUDGED_SQL)
    yield Index("ix_task_unconfirmed", "assigned_at", sqlite_where=_UNCONFIRMED_SQL, postgresql_where=_UNCONFIRMED_SQL)
    yield Index("ix_task_waiting", "waiting_since", sqlite_where=_WAITING_SQL, postgresql_where=_WAITING_SQL)
    yield Index("ix_task_reviewed_on", "reviewed_on", sqlite_where=_REVIEWED_SQL, postgresql_where=_REVIEWED_SQL)
    # Lists, in the orders that they are asked for; the first is also wide enough for most of their filters.
    yield Index("ix_task_listed", "number", "state", "unit_id", "due_on", "task_class", "is_parent",
                sqlite_where=_DUTY_SQL, postgresql_where=_DUTY_SQL)
    yield Index("ix_task_due", "due_on", "due_time", "number", sqlite_where=_DATED_SQL, postgresql_where=_DATED_SQL)
    # Handed in or accepted after its day: the few of all that is done that a figure must look at.
    yield Index("ix_task_late", "state", "unit_id", "is_parent", "task_class", "due_on", "due_time", "reported_at",
                "completed_at", sqlite_where=_may_be_late("sqlite"), postgresql_where=_may_be_late("postgresql"))
    yield Index("ix_task_focal", "focal_id", sqlite_where=_FOCAL_SQL, postgresql_where=_FOCAL_SQL)
    yield Index("ix_task_not_told", "completed_at", sqlite_where=_NOT_TOLD_SQL, postgresql_where=_NOT_TOLD_SQL)


def searched(table: Table) -> None:
    """Have what search needs made with the table: an FTS5 table that triggers keep, or an index of word vectors."""
    for dialect, statements in (("sqlite", _SQLITE), ("postgresql", _SERVER)):
        for statement in statements:
            event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))
