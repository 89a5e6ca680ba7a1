"""The weekly report: a snapshot of where everything stands, frozen when the report goes out, and its files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import Session, col, func, select

from models import weekly as weeks
from models.base import rules_of
from models.event import Event, Seal
from models.exporting import Line
from models.figures import Figures
from models.organisation import Unit
from models.owing import Owing, due_between, for_office, overdue, waiting
from models.queries import by_unit, ledger
from models.rules import OFFICE_ZONE
from models.task import Waiting
from models.trend import trend
from papers.weekly.below import below_target
from papers.weekly.change import change_since
from papers.weekly.counts import set_above, waited
from papers.weekly.frozen import Below, Change, Digest, Source, UnitLine, shortened
from papers.weekly.late import all_late, reminded_whom, sources
from papers.weekly.picture import digest_svg
from papers.weekly.progress import progress_lines
from papers.weekly.tasks import all_tasks, read
from papers.weekly.text import digest_text, title

if TYPE_CHECKING:
    from papers.decree.letterhead import Signed

LIMIT = 5000
"""Tasks of one list that a snapshot keeps; the counts beside it are exact."""


def snapshot(session: Session, at: datetime, for_leader: int | None = None, week: date | None = None,
             most: int | None = None) -> Digest:  # fmt: skip
    """Where everything stands at `at`. `for_leader`: whose units it asks an opinion on; the Director is asked about
    all. `week`: a day of the week it is for (a draft is made in the week before). `most`: tasks of one list, for who
    only looks at it: then it has no progress list either."""
    limit = LIMIT if most is None else most
    today = at.astimezone(OFFICE_ZONE).date()
    start = max(week or today, today)
    monday, sunday = weeks.monday_of(start), start + timedelta(6 - start.weekday())
    units = tuple(UnitLine(unit.code, unit.name, figures) for unit, figures in by_unit(session, at))
    total = sum((line.figures for line in units), Figures())
    shown_after = rules_of(session).waiting_shown_after_days
    owed, due_week = overdue(session, at, limit=limit), due_between(session, start, sunday, limit=limit)
    late = all_late(session, at, limit)
    return Digest(
        at=at,
        week=monday,
        total=total,
        units=units,
        overdue=owed,
        for_office=waited(session, "for_office", for_office(session, at, limit=limit), at, shown_after),
        for_signature=waited(session, "waiting", waiting(session, at, Waiting.SUBMITTED, limit=limit), at, shown_after,
                             kind=Waiting.SUBMITTED),
        due_week=due_week,
        due_week_above=set_above(session, due_week, start, sunday),
        below_target=below_target(session, today),
        seal=session.exec(select(Seal.hash).order_by(col(Seal.id).desc()).limit(1)).first(),
        last_event=session.exec(select(func.max(Event.id))).one() or 0,
        messages=ledger(session, today - timedelta(7), today - timedelta(1)),
        beside=late.beside,
        beside_why=late.why,
        overdue_numbers=late.numbers,
        reminded_whom=reminded_whom(session, (owed, late.beside)),
        sources=sources(session, (owed, late.beside, due_week)),
        note=weeks.note_of(session, monday),
        last=change_since(session, monday, total, units, late.numbers),
        weeks=trend(session, at, today - timedelta(today.weekday() + 1)),
        progress=progress_lines(session, at) if most is None else (),
        units_in_charge=_in_charge(session, for_leader),
    )


def freeze(session: Session, week: date, at: datetime) -> bool:
    """Keep the report of the week of this day as it stands at `at`; False if it is kept already."""
    monday = weeks.monday_of(week)
    if weeks.is_frozen(session, monday):
        return False
    return weeks.freeze(session, monday, at, snapshot(session, at, week=week).to_json(), all_tasks(session, at))


def frozen(session: Session, week: date, most: int | None = None) -> Digest | None:
    """The report of the week of this day as it went out; None if it has not. `most`: tasks of one list, for who only
    looks at it, as in `snapshot`."""
    row = weeks.report_of(session, weeks.monday_of(week))
    if row is None or row.snapshot is None:
        return None
    return Digest.of_json(row.snapshot if most is None else shortened(row.snapshot, most))


@dataclass(frozen=True)
class Report:
    """The report as one reader is told it: `report(most)` is its text, at most so many tasks to a list."""

    digest: Digest
    language: str
    site: str = ""

    @property
    def at(self) -> datetime:
        """The moment it speaks of."""
        return self.digest.at

    @property
    def page(self) -> str:
        """Where it is opened; empty without a public address."""
        return f"{self.site}/reports/week/{self.digest.week.isoformat()}" if self.site else ""

    @property
    def lists(self) -> dict[str, str]:
        """What buttons open: it, and those of its lists that have something in them. None without an address that
        looks public: Telegram refuses a whole message with a button that leads to any other."""
        if not self.site.startswith("https://") or "." not in self.site:
            return {}
        digest, sunday = self.digest, self.digest.week + timedelta(6)
        due = f"{self.site}/tasks?due_from={digest.week.isoformat()}&due_to={sunday.isoformat()}"
        found = {"page": self.page, "overdue": f"{self.site}/tasks?overdue=1" if digest.total.overdue else "",
                 "due_week": due if digest.due_week.total else ""}  # fmt: skip
        return {name: address for name, address in found.items() if address}

    def __call__(self, most: int) -> str:
        return digest_text(self.digest, self.language, most, self.page)


@dataclass
class Reports:
    """Makes the report's text for the readers of one delivery, as `bot.render` asks for it: the row that was frozen,
    or, of a week whose report has not gone out, where everything stands now. They are told the same, so it is read or
    made for the first of them, and of each other reader only the units in charge are asked. `site`: its public
    address, empty if there is none."""

    site: str = ""
    made: dict[tuple[datetime, date], Digest] = field(default_factory=dict)

    def __call__(self, session: Session, at: datetime, week: date, leader_id: int | None, language: str) -> Report:
        if (at, week) not in self.made:
            self.made[(at, week)] = frozen(session, week) or snapshot(session, at, None, week)
        digest = replace(self.made[(at, week)], units_in_charge=_in_charge(session, leader_id))
        return Report(digest, language, self.site)


def tasks_of(session: Session, digest: Digest) -> Sequence[Line] | None:
    """All tasks as they stood in this report, frozen or not; None where they are too many to be kept."""
    frozen_then = weeks.went_out(session, digest.week, digest.at)
    kept = weeks.tasks_of(session, digest.week) if frozen_then else all_tasks(session, digest.at)
    return None if kept is None else read(kept)


def write_digest(digest: Digest, folder: Path, language: str = "vi", signed: Signed | None = None,
                 tasks: Sequence[Line] | None = None) -> list[Path]:  # fmt: skip
    """digest.json, .txt, .svg, .png and .xlsx in `folder` (made if need be), and with `signed`, what its papers bear,
    .docx and .pdf; their paths. `tasks`: of `tasks_of`, the last sheet."""
    from papers.png import png  # each of these loads a library that nobody else needs
    from papers.weekly.sheets import write_weekly

    folder.mkdir(parents=True, exist_ok=True)
    svg = digest_svg(digest, language)
    files: dict[str, str | bytes] = {
        "digest.json": json.dumps(digest.to_json(), ensure_ascii=False, indent=1) + "\n",
        "digest.txt": f"{title(digest, language)}\n{digest_text(digest, language, LIMIT)}\n",
        "digest.svg": svg,
        "digest.png": png(svg),
    }
    if signed is not None:
        from papers.decree.pdf import pdf
        from papers.decree.word import word
        from papers.weekly.paper import weekly_paper

        paper = weekly_paper(digest, signed)
        files |= {"digest.docx": word(paper, digest.at), "digest.pdf": pdf(paper, digest.at)}
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    write_weekly(folder / "digest.xlsx", digest, tasks, language)
    return [*(folder / name for name in files), folder / "digest.xlsx"]


def _in_charge(session: Session, leader_id: int | None) -> tuple[str, ...] | None:
    """Codes of a leader's units; None for the Office, and for the head of the leaders' unit, who answers for all."""
    if leader_id is None:
        return None
    units = session.exec(select(Unit).where(Unit.leader_id == leader_id, col(Unit.valid_to) == None)).all()  # noqa: E711
    return None if any(unit.is_leaders for unit in units) else tuple(unit.code for unit in units)


__all__ = ["LIMIT", "Below", "Change", "Digest", "Owing", "Report", "Reports", "Source", "UnitLine", "digest_text",
           "freeze", "frozen", "snapshot", "tasks_of", "write_digest"]  # fmt: skip
