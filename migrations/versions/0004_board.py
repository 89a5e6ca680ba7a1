"""The Office's board: frozen weekly reports, the authority's dates of a task, where a directive is filed, what an
indicator hangs on, acts on several tasks at once, sheets read but not yet taken, and programs that join in.

Written in plain types, as 0001 was, and for the same reason.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("authority_code", sa.String(80), nullable=True))
    op.add_column("task", sa.Column("updated_there_on", sa.Date(), nullable=True))
    op.add_column("task", sa.Column("authority_confirmed_on", sa.Date(), nullable=True))
    op.add_column("department", sa.Column("parent", sa.String(), nullable=True))
    op.add_column("department", sa.Column("place", sa.String(), nullable=True))
    op.add_column("department", sa.Column("symbol", sa.String(40), nullable=True))
    op.add_column("directive", sa.Column("file_code", sa.String(80), nullable=True))
    op.add_column("directive", sa.Column("retention", sa.String(80), nullable=True))
    op.create_index("ix_directive_state", "directive", ["state", "id"])
    op.create_table(
        "indicator_task",
        sa.Column("indicator_id", sa.Integer(), sa.ForeignKey("indicator.id"), primary_key=True, nullable=False),
        sa.Column("task_id", sa.Integer(), sa.ForeignKey("task.id"), primary_key=True, nullable=False),
    )
    op.create_table(
        "weekly_report", _id(), sa.Column("week", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=True), _person("note_by", null=True), _when("note_at"),
        _when("frozen_at"), sa.Column("snapshot", sa.JSON(), nullable=True), sa.UniqueConstraint("week"),
    )  # fmt: skip
    op.create_table(
        "weekly_tasks",
        sa.Column("report_id", sa.Integer(), sa.ForeignKey("weekly_report.id"), primary_key=True, nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
    )
    op.create_table(
        "bulk_act", _id(), _person("by_id"), _when("at", null=False), sa.Column("verb", sa.String(24), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False), _when("undone_at"),
    )  # fmt: skip
    op.create_table(
        "sheet_import", _id(), sa.Column("source", sa.String(), nullable=False), _person("by_id"),
        _when("at", null=False), sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False), _when("taken_at"), sa.Column("tasks", sa.JSON(), nullable=False),
    )  # fmt: skip
    _joining()


def _joining() -> None:
    op.create_table(
        "api_token", _id(), sa.Column("name", sa.String(80), nullable=False),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False), _person("made_by"), _when("made_at", null=False),
        _when("used_at"), _when("revoked_at"), sa.UniqueConstraint("digest"),
        sa.CheckConstraint("role IN ('read', 'unit', 'office')", name="role_known"),
    )  # fmt: skip
    op.create_table(
        "api_act", _id(), sa.Column("token_id", sa.Integer(), sa.ForeignKey("api_token.id"), nullable=False),
        sa.Column("key", sa.String(120), nullable=False), sa.Column("asked", sa.String(64), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False), _when("at", null=False),
        sa.UniqueConstraint("token_id", "key"),
    )  # fmt: skip
    op.create_index("ix_api_act_at", "api_act", ["at"])
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False), _when("made_at", null=False), sa.UniqueConstraint("digest"),
    )  # fmt: skip
    op.create_table(
        "webhook", _id(), sa.Column("url", sa.String(), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("after_event_id", sa.Integer(), nullable=False), _person("made_by"), _when("made_at", null=False),
        _when("stopped_at"),
    )  # fmt: skip
    op.create_table(
        "webhook_delivery", _id(), sa.Column("webhook_id", sa.Integer(), sa.ForeignKey("webhook.id"), nullable=False),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), nullable=False, index=True),
        sa.Column("state", sa.String(24), nullable=False), _when("not_before", null=False),
        sa.Column("tries", sa.Integer(), nullable=False), sa.Column("claim_token", sa.String(32), nullable=True),
        _when("claimed_until"), sa.Column("answer", sa.String(40), nullable=True), _when("sent_at"),
        sa.UniqueConstraint("webhook_id", "event_id"),
        sa.CheckConstraint("state IN ('queued', 'sending', 'sent', 'failed')", name="state_known"),
    )  # fmt: skip
    waiting = sa.text("state IN ('queued','sending')")
    op.create_index("ix_webhook_delivery_to_send", "webhook_delivery", ["not_before"],
                    sqlite_where=waiting, postgresql_where=waiting)  # fmt: skip


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), primary_key=True, nullable=False)


def _person(name: str, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey("person.id"), nullable=null)


def _when(name: str, null: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)
