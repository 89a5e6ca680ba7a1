"""An office in which reports come with photos, and whoever decides on them has a chat that shows pictures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from jobs.deliver import Sender
from models import handling
from models.report import add_evidence
from models.task import Task
from tests.office import Office
from tests.scripted import Linked, Scripted

SITE = "https://dondoc.example"
JPEG, PNG = b"\xff\xd8\xff\xe0" + bytes(60), b"\x89PNG\r\n\x1a\n" + bytes(60)
CLERK, GD, HEAD = "vp.vanthu", "gd", "tts.truong"
File = tuple[str, bytes]
PHOTO: File = ("image/jpeg", JPEG)


def address(evidence_id: int, at: datetime) -> str:
    """An address that a test can read."""
    return f"{SITE}/p/{evidence_id}"


def linked() -> Linked:
    """Monday 24/07/2023, 09:00; the clerk, the director and one head on a Telegram that shows pictures."""
    made = Linked(Office("2023-07-24 09:00"), Scripted("telegram", pictures=True, edit=True),
                  Scripted("zalo", pictures=True, monthly=100))  # fmt: skip
    made.link({CLERK: "telegram", GD: "telegram", HEAD: "telegram", "vp.truong": "", "vp.pho": ""})
    return with_address(made)


def with_address(stage: Linked, where: Any = address) -> Linked:
    """The site lies at a public address, or nowhere (None)."""
    stage.sender = Sender(stage.office.database, stage.channels, pictures=where, elapsed=lambda: stage.seconds,
                          sleep=stage.wait)  # fmt: skip
    return stage


def task_of(stage: Linked, unit: str = "TTS") -> Task:
    """A task that its unit has confirmed; the message about it is long gone."""
    task = stage.office.assign(unit, due="2023-07-28")
    who = HEAD if unit == "TTS" else "vp.truong"
    stage.office.do(handling.acknowledge, task, who)
    return task


def report(stage: Linked, task: Task, *files: File, by: str = HEAD) -> list[int]:
    """Completion is reported with these files; their ids."""

    def made(session: Session, task_id: int, actor: Any) -> list[int]:
        told = handling.report(session, task_id, actor, product_number="145/BC")
        kept = [add_evidence(session, by_id=actor.person_id, name="tep", media_type=kind, data=data, task_id=task_id)
                for kind, data in files]  # fmt: skip
        for one in kept:
            one.report_id = told.id
            session.add(one)
        return [one.id or 0 for one in kept]

    return list(stage.office.do(made, task, by))


def seen(channel: Scripted, who: str = CLERK) -> list[tuple[str, str]]:
    """(address, caption) of the pictures that came to somebody."""
    return [(one.url, one.caption) for sent in channel.arrived if sent.chat_id == who for one in sent.pictures]


def ids(channel: Scripted, who: str = CLERK) -> list[int]:
    """Of which evidence they are."""
    return [int(url.rpartition("/")[2]) for url, _ in seen(channel, who)]
