"""What real directives need: doubtful words, questions about the whole, recall and replacement, photos of what leaders
wrote, names that a clerk corrected, and what was changed in a draft, to be undone.

Written in plain types, as 0001 was, and for the same reason.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATES = "draft assigned recalled discarded"
NEW_JSON = {"doubtful": "[]", "questions": "{}", "answers": "{}", "continues": "{}"}


def upgrade() -> None:
    # Nothing is looked up by these, and every turn of a conversation writes them.
    op.drop_index("ix_event_directive_id", table_name="event")
    op.drop_index("ix_message_inbox_id", table_name="message")
    _directive()
    with op.batch_alter_table("evidence") as evidence:
        evidence.add_column(sa.Column("instruction_id", sa.Integer(), sa.ForeignKey(
            "instruction.id", name="fk_evidence_instruction_id_instruction"), nullable=True))  # fmt: skip
        evidence.create_index("ix_evidence_instruction_id", ["instruction_id"])
    op.create_table(
        "remembered_name", sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("issuer", sa.String(), nullable=False), sa.Column("words", sa.String(), nullable=False),
        sa.Column("issuer_said", sa.String(), nullable=False), sa.Column("said", sa.String(), nullable=False),
        sa.Column("unit_ids", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("issuer", "words"),
    )  # fmt: skip
    op.create_table(
        "draft_change", sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("directive_id", sa.Integer(), sa.ForeignKey("directive.id"), nullable=False, index=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(40), nullable=False), sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False), sa.Column("undone", sa.Boolean(), nullable=False),
    )  # fmt: skip


def _directive() -> None:
    """New columns are filled before they are closed: rows that are there have no value for them."""
    with op.batch_alter_table("directive") as directive:
        for name, empty in NEW_JSON.items():
            directive.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text(f"'{empty}'")))
        directive.add_column(sa.Column("recalled_by", sa.String(), nullable=True))
        if op.get_bind().dialect.name != "sqlite":  # SQLite's table is made anew, without its checks
            directive.drop_constraint("state_known", type_="check")
        known = ", ".join(f"'{state}'" for state in STATES.split())
        directive.create_check_constraint("state_known", f"state IN ({known})")
        directive.create_index("ix_directive_replaces_id", ["replaces_id"])
    with op.batch_alter_table("directive") as directive:
        for name in NEW_JSON:
            directive.alter_column(name, server_default=None)
