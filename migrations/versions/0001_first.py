"""The first schema: everything that the main job needs.

Written in plain types, not in those of the models: what the models become later must not change what was done here.
Constraints get their names from the convention in models/base.py.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _column(kind: Any, name: str, *more: Any, null: bool = False, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *more, nullable=null, **options)


_number = partial(_column, sa.Integer())
_flag = partial(_column, sa.Boolean())
_day = partial(_column, sa.Date())
_hour = partial(_column, sa.Time())
_when = partial(_column, sa.DateTime(timezone=True))
_json = partial(_column, sa.JSON())
_id = partial(_column, sa.Integer(), "id", primary_key=True)


def _text(name: str, length: int | None = None, *more: Any, **options: Any) -> sa.Column[Any]:
    return _column(sa.String(length), name, *more, **options)


def _link(name: str, table: str, **options: Any) -> sa.Column[Any]:
    return _column(sa.Integer(), name, sa.ForeignKey(f"{table}.id"), **options)


def _one_of(column: str, values: str) -> sa.CheckConstraint:
    known = ", ".join(f"'{value}'" for value in values.split())
    return sa.CheckConstraint(f"{column} IN ({known})", name=f"{column}_known")


def _only(where: str) -> dict[str, Any]:
    """A partial index, the same on both databases."""
    return {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}


def upgrade() -> None:
    op.create_table("blob", _text("sha256", 64, primary_key=True), _number("size"))
    op.create_table("calendar_day", _day("day", primary_key=True), _flag("works"), _text("note"))
    op.create_table("department", _id(), _text("name"), _json("aliases"), _json("member_of"), _when("loaded_at"))
    op.create_table("lease", _text("name", 60, primary_key=True), _text("holder", 60), _when("until"))
    op.create_table("mark", _text("name", 60, primary_key=True), _when("at"))
    op.create_table(
        "person", _id(), _text("short_id", 60, unique=True), _text("name"), _text("email", null=True),
        _text("address", null=True), _text("language", null=True), _flag("daily_only"),
        _when("sessions_from", null=True),
    )
    op.create_table(
        "seal", _id(), _when("at"), _number("last_event_id"), _text("heads", 64), _text("prev", 64), _text("hash", 64),
    )
    op.create_table("unit_group", _id(), _text("name", unique=True), _json("aliases"))
    op.create_table(
        "absence", _id(), _link("person_id", "person", index=True), _day("start"), _day("end"),
        _link("deputy_id", "person", null=True), _when("handed_over_at", null=True),
    )
    op.create_table(
        "blob_chunk", _text("sha256", 64, sa.ForeignKey("blob.sha256"), primary_key=True),
        _number("part", primary_key=True), _column(sa.LargeBinary(), "data"),
    )
    op.create_table(
        "contact", _id(), _link("person_id", "person", index=True), _text("channel", 24), _text("bot", 60),
        _text("chat_id", 120), _text("state", 24), _number("preference"), _when("linked_at"),
        _when("refused_at", null=True), _json("facts"),
        _one_of("state", "active dead unlinked"),
        sa.UniqueConstraint("channel", "bot", "chat_id"),
    )
    op.create_table(
        "directive", _id(), _text("sha256", 64, unique=True), _text("source"), _text("kind", 24),
        _text("number", null=True), _day("issued_on", null=True), _text("issuer", null=True),
        _text("signer", null=True), _text("subject", null=True), _text("urgency", 24, null=True), _text("text"),
        _json("other_texts"), _json("reading"), _flag("from_above"), _day("received_on"),
        _text("arrival_number", null=True), _text("state", 24), _link("registered_by", "person", null=True),
        _when("registered_at"), _when("assigned_at", null=True), _link("replaces_id", "directive", null=True),
        _day("recalled_on", null=True), _number("version"),
        _one_of("state", "draft assigned recalled"),
    )
    op.create_index("ix_directive_number", "directive", ["number", "issued_on"])
    op.create_table(
        "inbox", _id(), _text("channel", 24), _text("bot", 60), _text("message_key", 120), _text("chat_id", 120),
        _link("person_id", "person", null=True, index=True), _when("received_at"), _json("payload"), _text("state", 24),
        _number("tries"), _text("error", 200, null=True), _when("done_at", null=True),
        _one_of("state", "received done failed"),
        sa.UniqueConstraint("channel", "bot", "message_key"),
    )
    op.create_index("ix_inbox_waiting", "inbox", ["id"], **_only("state = 'received'"))
    op.create_table(
        "link_code", _text("digest", 64, primary_key=True), _text("purpose", 12), _link("person_id", "person"),
        _when("expires_at"), _when("used_at", null=True),
    )
    op.create_table(
        "unit", _id(), _text("code", 24), _text("name"), _json("aliases"), _number("position"), _flag("is_leaders"),
        _link("leader_id", "person", null=True), _day("valid_from", null=True), _day("valid_to", null=True),
        _link("successor_id", "unit", null=True),
    )
    op.create_index("uq_unit_code_now", "unit", ["code"], unique=True, **_only("valid_to IS NULL"))
    op.create_table(
        "draft_item", _id(), _link("directive_id", "directive", index=True), _number("position"), _text("label", 60),
        _text("text"), _text("title"), _number("file"), _number("span_start", null=True),
        _number("span_end", null=True), _flag("ours", null=True), _flag("dropped"), _json("reading"), _json("unit_ids"),
        _flag("grouped"), _json("co_unit_ids"), _text("task_class", 24), _day("due_on", null=True),
        _hour("due_time", null=True), _day("internal_due", null=True), _json("recurrence", null=True),
        _day("review_on", null=True), _json("deliverables"), _json("questions"), _json("answers"), _number("version"),
    )
    op.create_table(
        "group_member", _link("group_id", "unit_group", primary_key=True), _link("unit_id", "unit", primary_key=True),
    )
    op.create_table(
        "indicator", _id(), _text("name"), _text("unit"), _column(sa.Numeric(12, 4), "target"),
        _link("unit_id", "unit", null=True), _link("directive_id", "directive", null=True, index=True),
    )
    op.create_table(
        "message", _id(), _text("key", 160, unique=True), _link("person_id", "person", null=True),
        _link("inbox_id", "inbox", null=True, index=True), _text("channel", 24, null=True),
        _text("chat_id", 120, null=True), _when("slot_at", null=True), _when("not_before"), _flag("any_hour"),
        _json("kinds"), _json("tasks"), _text("text", null=True), _json("buttons"), _number("prompt_id", null=True),
        _text("state", 24), _text("reason", 40, null=True), _number("tries"), _text("claim_token", 32, null=True),
        _when("claimed_until", null=True), _when("created_at", index=True), _when("sent_at", null=True),
        _one_of("state", "queued sending sent unknown failed dropped"),
    )
    op.create_index("ix_message_person", "message", ["person_id", "id"])
    op.create_index("ix_message_to_send", "message", ["not_before"], **_only("state IN ('queued','sending')"))
    op.create_table(
        "post", _id(), _link("person_id", "person", index=True), _link("unit_id", "unit", null=True), _text("role", 24),
        _text("title"), _day("valid_from", null=True), _day("valid_to", null=True),
        _one_of("role", "leader head deputy office focal admin"),
    )
    op.create_index("ix_post_unit", "post", ["unit_id", "role"])
    op.create_table(
        "attempt", _id(), _link("message_id", "message", index=True), _link("contact_id", "contact", null=True),
        _when("at"), _text("token", 32), _text("outcome", 24, null=True), _text("channel_message_id", 120, null=True),
        _text("error", 120, null=True),
    )
    op.create_table(
        "indicator_value", _id(), _link("indicator_id", "indicator", index=True), _day("day"),
        _column(sa.Numeric(12, 4), "value"), _text("source"), _when("entered_at"),
    )
    op.create_table(
        "prompt", _id(), _link("person_id", "person"), _link("message_id", "message", null=True), _text("kind", 24),
        _json("tasks"), _json("about"), _when("opened_at"), _when("expires_at"), _when("closed_at", null=True),
    )
    op.create_index("ix_prompt_open", "prompt", ["person_id"], **_only("closed_at IS NULL"))
    op.create_table(
        "series", _id(), _link("directive_id", "directive", null=True), _link("draft_item_id", "draft_item", null=True),
        _json("unit_ids"), _flag("grouped"), _json("recurrence"), _json("pattern"),
        _day("next_due", null=True, index=True), _day("make_on", null=True, index=True),
    )
    op.create_table(
        "task", _id(), _number("number", unique=True), _link("directive_id", "directive", null=True, index=True),
        _link("draft_item_id", "draft_item", null=True, index=True),
        _link("series_id", "series", null=True, index=True), _text("item", 60, null=True),
        _link("parent_id", "task", null=True, index=True), _flag("is_parent"), _link("unit_id", "unit", null=True),
        _text("title"), _text("text"), _number("file"), _number("span_start", null=True),
        _number("span_end", null=True), _text("period", 24, null=True), _text("task_class", 24), _text("state", 24),
        _text("state_before", 24, null=True), _text("urgency", 24, null=True), _json("deliverables"),
        _day("due_on", null=True), _hour("due_time", null=True), _day("original_due", null=True),
        _day("internal_due", null=True), _text("due_set_by", 24), _link("due_leader_id", "person", null=True),
        _number("due_version"), _day("review_on", null=True), _day("reviewed_on", null=True), _when("assigned_at"),
        _link("assigned_by", "person", null=True), _when("acknowledged_at", null=True), _when("reported_at", null=True),
        _when("completed_at", null=True), _day("promised_on", null=True), _text("waiting", 24, null=True),
        _text("waiting_for", null=True), _when("waiting_since", null=True), _when("extension_asked_at", null=True),
        _day("hold_until", null=True), _link("focal_id", "person", null=True), _number("late_events"),
        _number("late_counted_version"), _number("returns"), _number("extensions"), _text("objective_cause", null=True),
        _link("objective_confirmed_by", "person", null=True), _when("next_notice_at", null=True), _number("version"),
        _one_of("due_set_by", "office leader authority"),
        _one_of("state", "assigned acknowledged reported completed suspended refused withdrawn"),
        _one_of("task_class", "dated recurring standing monitor"),
    )
    op.create_index("ix_task_judged", "task", ["due_on", "reported_at", "completed_at"],
                    **_only("state IN ('reported','completed')"))
    op.create_index("ix_task_next_notice_at", "task", ["next_notice_at"], **_only("next_notice_at IS NOT NULL"))
    op.create_index("ix_task_open_due", "task", ["due_on"],
                    **_only("state IN ('assigned','acknowledged','reported','refused') AND NOT is_parent"))
    op.create_index("ix_task_reviewed_on", "task", ["reviewed_on"], **_only("reviewed_on IS NOT NULL"))
    op.create_index("ix_task_unconfirmed", "task", ["assigned_at"], **_only("state = 'assigned' AND NOT is_parent"))
    op.create_index("ix_task_unit_state", "task", ["unit_id", "state", "is_parent", "task_class", "due_on"])
    op.create_index("ix_task_waiting", "task", ["waiting_since"], **_only("waiting IS NOT NULL"))
    op.create_index("ix_task_waits", "task", ["state", "reported_at"], **_only("state IN ('reported','refused')"))
    op.create_table("co_unit", _link("task_id", "task", primary_key=True), _link("unit_id", "unit", primary_key=True))
    op.create_table(
        "completion_report", _id(), _link("task_id", "task", index=True), _link("by_id", "person"), _when("made_at"),
        _text("words"), _text("product_number", 80, null=True), _day("product_date", null=True),
        _day("claimed_on", null=True), _text("result", null=True), _flag("nil"), _flag("checked"),
        _when("voided_at", null=True), _when("accepted_at", null=True), _text("return_reason", null=True),
    )
    op.create_table(
        "event", _id(), _text("subject", 60), _number("seq"), _when("at"),
        _link("actor_id", "person", null=True, index=True), _text("verb", 40), _text("channel", 24),
        _json("facts", null=True), _text("salt", 32, null=True), _text("facts_digest", 64), _text("prev", 64),
        _text("hash", 64), _link("task_id", "task", null=True, index=True),
        _link("directive_id", "directive", null=True, index=True), _when("announce_from"),
        _when("announced_at", null=True),
        sa.UniqueConstraint("subject", "seq"),
    )
    op.create_index("ix_event_unannounced", "event", ["announce_from"], **_only("announced_at IS NULL"))
    op.create_table(
        "extension", _id(), _link("task_id", "task", index=True), _link("asked_by", "person"), _when("asked_at"),
        _day("from_due"), _day("to_due"), _hour("to_time", null=True), _text("reason", null=True),
        _text("claim", null=True), _number("ordinal"), _text("opinion", null=True), _when("forwarded_at", null=True),
        _text("decision", 24), _link("decided_by", "person", null=True), _when("decided_at", null=True),
        _day("granted_due", null=True), _text("decision_words", null=True), _text("permit", null=True),
        _one_of("decision", "open granted declined taken_back"),
    )
    op.create_index("ix_extension_open", "extension", ["id"], **_only("decision = 'open'"))
    op.create_table(
        "instruction", _id(), _link("directive_id", "directive", null=True, index=True),
        _link("task_id", "task", null=True, index=True), _link("leader_id", "person"), _day("said_on"), _text("words"),
        _link("entered_by", "person", null=True), _when("entered_at"),
    )
    op.create_table(
        "evidence", _id(), _link("task_id", "task", null=True, index=True),
        _link("report_id", "completion_report", null=True, index=True),
        _link("inbox_id", "inbox", null=True, index=True), _link("by_id", "person"), _when("received_at"),
        _text("name"), _text("media_type", 120), _text("sha256", 64, sa.ForeignKey("blob.sha256")),
    )
    op.create_table(
        "notice", _id(), _text("key", 160, unique=True), _text("kind", 24), _link("person_id", "person", index=True),
        _link("told_id", "person", null=True), _link("task_id", "task", null=True, index=True),
        _link("event_id", "event", null=True), _number("due_version", null=True), _when("due_at"), _flag("at_once"),
        _flag("any_hour"), _json("facts"), _text("state", 24), _text("reason", 40, null=True),
        _link("message_id", "message", null=True, index=True),
        _one_of("kind",
                "alarm digest escalated overdue due_today unconfirmed assigned returned extension_decided "
                "pre_notice digest_draft reported extension_asked refused accepted reassigned suspended resumed "
                "withdrawn due_changed handover review coordination due_soon daily_office reply"),
        _one_of("state", "planned carried dropped"),
    )
    op.create_index("ix_notice_planned", "notice", ["due_at"], **_only("state = 'planned'"))
