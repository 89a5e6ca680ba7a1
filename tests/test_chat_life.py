"""A task's whole life in chat, the same script on every channel: the same outcome, a conversation that reads well."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from models.event import Event
from models.report import CompletionReport, Evidence, Extension
from models.task import Task
from tests.chat_channels import ON
from tests.chat_office import ChatOffice

HEAD, OFFICE, LEADER = "tts.truong", "vp.vanthu", "gd"
DATA = Path(__file__).parent / "data"


async def whole_life(there: ChatOffice) -> None:
    """Linked, assigned, confirmed, more time asked and granted, reported, returned, reported again, accepted."""
    for who in (HEAD, OFFICE, LEADER):
        await there.link(who)
    there.at("2023-07-24 09:00")
    there.office.assign("TTS", due="2023-08-04", leader="gd")
    there.at("2023-07-24 13:30")
    await there.turn()
    await there.chooses(HEAD, 1)
    there.at("2023-07-26 09:00")
    await there.says(HEAD, "xin lùi NV1 đến 10/8 vì chờ số liệu của 02 xã")
    there.at("2023-07-26 13:30")
    await there.turn()
    await there.says(OFFICE, "chuyển NV1: không ảnh hưởng việc tổng hợp")
    there.at("2023-07-27 07:30")
    await there.turn()
    await there.chooses(LEADER, 8)
    there.at("2023-07-27 07:45")
    await there.turn()
    for morning in ("2023-08-07 07:30", "2023-08-08 07:30"):
        there.at(morning)
        await there.turn()
    there.at("2023-08-08 10:12")
    await there.sends_photo(HEAD)
    await there.says(HEAD, "2 số 145/BC-TTS ngày 7/8/2023")
    there.at("2023-08-08 13:30")
    await there.turn()
    await there.says(OFFICE, "9 NV1 văn bản trong ảnh chưa có dấu, thiếu phụ lục")
    there.at("2023-08-08 14:00")
    await there.turn()
    await there.says(HEAD, "xong rồi, số 146/BC-TTS ngày 8/8")
    there.at("2023-08-08 14:30")
    await there.turn()
    await there.says(OFFICE, "8 NV1")
    there.at("2023-08-08 15:00")
    await there.turn()


def outcome(there: ChatOffice) -> dict[str, Any]:
    """What is left of it in the database, whatever the channel was."""
    names = there.office.names
    with there.office.database.read() as session:
        task = session.exec(select(Task)).one()
        events = session.exec(select(Event).where(Event.task_id == task.id).order_by(col(Event.seq))).all()
        reports = session.exec(select(CompletionReport).order_by(col(CompletionReport.id))).all()
        asked = session.exec(select(Extension)).all()
        evidence = session.exec(select(Evidence)).all()
        return {
            "task": (task.state, task.due_on, task.original_due, task.returns, task.extensions),
            "events": [(event.verb, names.get(event.actor_id or 0)) for event in events],
            "reports": [(it.product_number, it.product_date, it.voided_at is None, it.return_reason) for it in reports],
            "extensions": [(one.to_due, one.decision, one.reason) for one in asked],
            "evidence": [(one.task_id, one.media_type) for one in evidence],
        }  # fmt: skip


@pytest.mark.parametrize("channel", ON)
async def test_a_whole_life_reads_well_on_every_channel(channel: str) -> None:
    async with ON[channel](HEAD, OFFICE, LEADER) as there:
        await whole_life(there)
    written = "\n".join(there.transcript).strip() + "\n"
    kept = DATA / f"life_on_{channel}.txt"
    if "KEEP_TRANSCRIPTS" in os.environ:
        kept.write_text(written, encoding="utf-8")
    assert written == kept.read_text(encoding="utf-8")


async def test_a_whole_life_has_the_same_outcome_on_every_channel() -> None:
    found = {}
    for channel, on in ON.items():
        async with on(HEAD, OFFICE, LEADER) as there:
            await whole_life(there)
        found[channel] = outcome(there)
    assert found["telegram"] == found["web"]
    assert found["zalo"] == found["web"]
    assert found["web"]["task"][0] == "completed"
