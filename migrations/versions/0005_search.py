"""Lists and figures of a million tasks: the orders they are asked for, what was late, and search in plain letters.

Written in plain types, as 0001 was, and for the same reason. Whoever makes `task` anew in a later revision (SQLite
cannot alter a column in place) makes its triggers again too: they go with the old table, and search would stand still.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DAY_IS_OVER = {
    "sqlite": "due_on || ' 17:00:00'",
    "postgresql": "timezone('Asia/Ho_Chi_Minh', due_on + interval '1 day')",
}
MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
PLAIN = "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd"
WORDS = "replace(replace({0}.title || ' ' || {0}.text, 'đ', 'd'), 'Đ', 'D') || ' NV' || {0}.number"
NEW, OLD = WORDS.format("new"), WORDS.format("old")
REMOVE = f"INSERT INTO task_search (task_search, rowid, words) VALUES ('delete', old.id, {OLD});"
ADD = f"INSERT INTO task_search (rowid, words) VALUES (new.id, {NEW});"
SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE task_search USING fts5(words, content='', detail=none, prefix='2 3', "
    "tokenize=\"unicode61 remove_diacritics 2\")",
    f"CREATE TRIGGER task_search_added AFTER INSERT ON task BEGIN {ADD} END",
    f"CREATE TRIGGER task_search_changed AFTER UPDATE OF title, text, number ON task BEGIN {REMOVE} {ADD} END",
    f"CREATE TRIGGER task_search_removed AFTER DELETE ON task BEGIN {REMOVE} END",
    f"INSERT INTO task_search (rowid, words) SELECT id, {WORDS.format('task')} FROM task",
)  # fmt: skip
SERVER_SEARCH = (
    "CREATE INDEX ix_task_search ON task USING gin (to_tsvector('simple', translate(lower(title || ' ' || text), "
    f"'{MARKED}', '{PLAIN}')))",
)


def upgrade() -> None:
    listed = ["number", "state", "unit_id", "due_on", "task_class", "is_parent"]
    _partial("ix_task_listed", listed, "is_parent IS NOT TRUE")
    dated = "is_parent IS NOT TRUE AND (due_on IS NULL) IS NOT TRUE"
    _partial("ix_task_due", ["due_on", "due_time", "number"], dated)
    over = DAY_IS_OVER[op.get_bind().dialect.name]
    late = ["state", "unit_id", "is_parent", "task_class", "due_on", "due_time", "reported_at", "completed_at"]
    _partial("ix_task_late", late,
             "state IN ('completed','reported') AND NOT is_parent AND (due_on IS NULL) IS NOT TRUE "
             f"AND (due_time IS NOT NULL OR reported_at >= {over} OR completed_at >= {over})")  # fmt: skip
    _partial("ix_task_focal", ["focal_id"], "focal_id IS NOT NULL")
    _partial("ix_task_not_told", ["completed_at"], "state = 'completed' AND updated_there_on IS NULL "
             "AND (due_set_by = 'authority' OR authority_code IS NOT NULL)")  # fmt: skip
    op.create_index("ix_co_unit_unit_id", "co_unit", ["unit_id"])
    for statement in SQLITE_SEARCH if op.get_bind().dialect.name == "sqlite" else SERVER_SEARCH:
        op.execute(sa.DDL(statement))


def _partial(name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "task", columns, sqlite_where=condition, postgresql_where=condition)
