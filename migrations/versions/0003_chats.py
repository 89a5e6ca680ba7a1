"""Chats of Telegram and Zalo: where messages stand in them, how the channels are, groups, codes typed in a chat.

Written in plain types, as 0001 was, and for the same reason.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _codes()
    with op.batch_alter_table("inbox") as inbox:
        inbox.add_column(_when("not_before"))
    _shown()
    op.create_table(
        "channel_state", sa.Column("channel", sa.String(24), primary_key=True, nullable=False),
        sa.Column("bot", sa.String(60), primary_key=True, nullable=False),
        _when("polled_at"), _when("answered_at"), _when("down_since"), _when("failed_at"),
        sa.Column("why", sa.String(40), nullable=True), sa.Column("in_sending", sa.Boolean(), nullable=False),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False), sa.Column("monthly", sa.Integer(), nullable=True),
        _when("spent_until"),
    )  # fmt: skip
    op.create_table(
        "group_chat", sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("channel", sa.String(24), nullable=False), sa.Column("bot", sa.String(60), nullable=False),
        sa.Column("chat_id", sa.String(120), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=True),
        sa.Column("linked_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        _when("linked_at", null=False), _when("left_at"),
        sa.UniqueConstraint("channel", "bot", "chat_id"),
    )  # fmt: skip


def _codes() -> None:
    with op.batch_alter_table("link_code") as code:
        code.add_column(sa.Column("about", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
        code.add_column(sa.Column("chat", sa.String(240), nullable=True))
        code.create_index("ix_link_code_chat", ["chat"])
    with op.batch_alter_table("link_code") as code:
        code.alter_column("about", server_default=None)
    op.create_table(
        "wrong_code", sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("chat", sa.String(240), nullable=False, index=True), _when("at", null=False),
    )  # fmt: skip


def _shown() -> None:
    op.create_table(
        "shown", sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), nullable=False, index=True),
        sa.Column("channel", sa.String(24), nullable=False), sa.Column("bot", sa.String(60), nullable=False),
        sa.Column("chat_id", sa.String(120), nullable=False), sa.Column("place", sa.String(120), nullable=False),
        sa.Column("buttons", sa.Boolean(), nullable=False), _when("stale_since"),
        sa.UniqueConstraint("channel", "bot", "chat_id", "place"),
    )  # fmt: skip
    stale = sa.text("stale_since IS NOT NULL")
    op.create_index("ix_shown_stale", "shown", ["stale_since"], sqlite_where=stale, postgresql_where=stale)
    op.create_table(
        "shown_task", sa.Column("task", sa.Integer(), primary_key=True, nullable=False, autoincrement=False),
        sa.Column("shown_id", sa.Integer(), sa.ForeignKey("shown.id"), primary_key=True, nullable=False),
    )  # fmt: skip


def _when(name: str, null: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)
