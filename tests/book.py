"""One task of each kind that the official table knows, a week later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models import clock, extending, handling
from models.moves import move
from models.task import Task, TaskClass
from tests.office import Office


def done(office: Office, task: Task, reported: str, accepted: str | None = None) -> None:
    """Reported by its head at one moment, accepted at another."""
    unit = office.task(task.id).unit_id
    head = next(code for code, key in office.units.items() if key == unit).lower() + ".truong"
    with office.at(reported).database.write() as session:
        handling.report(session, task.id or 0, office.who(head), words="xong")
    if accepted:
        with office.at(accepted).database.write() as session:
            handling.accept(session, task.id or 0, office.who("vp.truong"))


def by_the_book(office: Office) -> dict[str, Task]:
    """One task of each kind that the table knows, due Friday 24 November unless it says otherwise."""
    due = "2023-11-24"
    made = {
        "in time, reported and accepted": office.assign("TTS", due=due),
        "in time, accepted after the date": office.assign("TCCB", due=due),
        "late": office.assign("QLVH", due=due),
        "under way": office.assign("QLTT", due="2023-12-29"),
        "overdue": office.assign("QLDL", due=due),
        "reported in time, waiting": office.assign("NSVH", due=due),
        "reported late, waiting": office.assign("BPMC", due=due),
        "asked for more time in time": office.assign("BT", due=due),
        "no date": office.assign("TV"),
        "no date, done": office.assign("TTVH"),
        "suspended": office.assign("NHC", due=due),
        "withdrawn": office.assign("NHC", due=due),
        "of the leaders": office.assign("LDS", due=due),
        "to follow up": office.assign("VP", task_class=TaskClass.MONITOR),
    }
    with office.database.write() as session:
        move(session, made["suspended"].id or 0, "suspend", office.who("vp.truong"), reason="chờ tỉnh")
        move(session, made["withdrawn"].id or 0, "withdraw", office.who("vp.truong"), reason="giao nhầm")
        extending.ask_extension(
            session, made["asked for more time in time"].id or 0, office.who("bt.truong"), date(2023, 12, 8)
        )
    done(office, made["in time, reported and accepted"], "2023-11-23 09:00", "2023-11-23 10:00")
    done(office, made["no date, done"], "2023-11-23 09:00", "2023-11-23 10:00")
    done(office, made["in time, accepted after the date"], "2023-11-24 16:00", "2023-11-28 09:00")
    done(office, made["reported in time, waiting"], "2023-11-24 17:00")
    done(office, made["late"], "2023-11-27 09:00", "2023-11-28 09:00")
    done(office, made["reported late, waiting"], "2023-11-27 09:30")
    office.at("2023-11-29 08:00")
    return made


def seen_by_the_book() -> Iterator[Office]:
    """An office with all of them, seen on Wednesday 29 November 2023; the clock runs free afterwards."""
    made = Office("2023-11-20 08:00")
    by_the_book(made)
    yield made
    clock.run_free()
