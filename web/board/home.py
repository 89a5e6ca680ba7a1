"""The first page: what waits for this person and can be done there, where everything stands, the units side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import select
from sqlmodel import col
from starlette.responses import Response

from models import clock
from models.base import connection_of
from models.calendar import calendar_of
from models.capacity import acting_posts
from models.figures import Figures, by_unit
from models.kept import kept
from models.organisation import Role, Unit
from models.owing import Owing, for_office, owings, waiting
from models.recipients import Directory
from models.task import OPEN, Category, State, Task, Waiting, overdue_days
from web.asking import Ask
from web.board import messages
from web.board.ages import MOST_UNITS, due_this_week, overdue_by_age
from web.board.charts import first_panels
from web.board.desk import FEW, LINKS, Reported, asked_of, office_desk, offices_units, reported, seen, told
from web.board.listing import CAME_DUE, DUTIES, FIGURES, Filter, conditions, count, list_link
from web.board.own import co_tasks, own_tasks
from web.board.reach import reach
from web.board.units_table import rows

MOST_OVERDUE = 10
LATE = (Category.OVERDUE.value,)
AGE_COLUMNS = ("age_5", "age_10", "age_30", "age_more")


def show(ask: Ask) -> Response:
    """GET /."""
    now = clock.now()
    values: dict[str, Any] = {
        "link": list_link, "figures": FIGURES, "came_due": CAME_DUE, "duties": DUTIES, "age_columns": AGE_COLUMNS,
        "waits_links": LINKS, "most_units": MOST_UNITS, "now_day": clock.today(), "messages_link": messages.link,
        "week": due_this_week(ask.session, ask.me, now),
    }  # fmt: skip
    shown = _overview(ask, now) if ask.me.sees_all else _of_unit(ask, now)
    return ask.page("board.html", **values, **shown, seen=seen(ask.session, _acted_on(shown)))


def _acted_on(shown: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """Tasks with a form on the page: (id, code)."""
    if shown["desk"]:
        yield from shown["desk"].shown
    if shown["leader"]:
        yield from ((one.id, one.code) for one in shown["leader"]["decide"])
        yield from ((one.task.id, one.task.code) for one in shown["leader"]["reports"])
    yield from ((step.task.id, step.task.code) for step in shown["own"])
    yield from ((task.id, task.code) for task in (*shown["overdue"], *shown["mine_overdue"]))


def _overview(ask: Ask, now: datetime) -> dict[str, Any]:
    """For the Office, the leaders and the administrator: all units."""
    unit_rows, whole = kept(ask.session, ("units", ask.language), now, lambda: _units(ask, now))
    leaders = [post.holder for post in acting_posts(ask.session, ask.me.id) if post.role is Role.LEADER]
    found = {
        "unit_rows": unit_rows, "whole": whole, "scope": {}, "desk": office_desk(ask.session, now),
        "reach": reach(ask.session, ask.context), "ages": overdue_by_age(ask.session, ask.me, now),
        "overdue": longest_overdue(ask, now), "today_units": _units_today(ask) if ask.me.office else [],
        "leader": None, "mine_rows": "", "mine_overdue": (), "own": (),
        "pictures": kept(ask.session, ("pictures", ask.language, clock.today()), now, lambda: first_panels(ask)),
    }  # fmt: skip
    if leaders:
        found["leader"] = kept(ask.session, ("leader", *leaders, told(ask.session)), now,
                               lambda: _of_leader(ask, now, leaders))  # fmt: skip
    if ask.me.leader:
        called = ask.me.person.short_id
        found["mine_rows"], _ = kept(ask.session, ("units", ask.language, called), now,
                                     lambda: _units(ask, now, ask.me.id))  # fmt: skip
        found["mine_ages"] = overdue_by_age(ask.session, ask.me, now, called)
        found["mine_overdue"] = longest_overdue(ask, now, leader=called)
    return found


def _units(ask: Ask, now: datetime, leader_id: int | None = None) -> tuple[Markup, Figures]:
    """The rows of the table of units, all or those of one leader, and their sum."""
    units = [pair for pair in by_unit(ask.session, now) if leader_id is None or pair[0].leader_id == leader_id]
    part = "unit" if leader_id is None else "mine"
    return rows(ask, units, part), sum((counts for _, counts in units), Figures())


def _units_today(ask: Ask) -> Sequence[Any]:
    """Id and name of the units that a task can go to."""
    there = col(Unit.valid_to).is_(None) | (col(Unit.valid_to) >= clock.today())
    query = select(col(Unit.id), col(Unit.name)).where(there)
    return connection_of(ask.session).execute(query.order_by(col(Unit.position))).all()


def _of_leader(ask: Ask, now: datetime, leaders: list[int]) -> dict[str, Any]:
    """What waits for a leader: dates that he set, the Office's own reports, papers that lie with him."""
    return {
        "decide": asked_of(ask.session, leaders, 2 * FEW),
        "reports": _offices_reports(ask, now, leaders),
        "signature": _for_signature(ask, now, leaders),
    }


def _offices_reports(ask: Ask, now: datetime, leaders: list[int]) -> tuple[Reported, ...]:
    """Reports of the Office's own tasks, which the leader in charge confirms."""
    query = select(col(Unit.id)).where(col(Unit.id).in_(offices_units(ask.session)), col(Unit.leader_id).in_(leaders))
    found: list[Owing] = []
    for unit in ask.session.execute(query).scalars():
        found += for_office(ask.session, now, unit, FEW).tasks
    return reported(ask.session, tuple(found))


def _for_signature(ask: Ask, now: datetime, leaders: list[int]) -> list[Owing]:
    directory = Directory(ask.session, clock.today())
    waits = waiting(ask.session, now, Waiting.SUBMITTED).tasks
    return [task for task in waits if directory.leader_called(task.waiting_for) in leaders]


def longest_overdue(ask: Ask, now: datetime, **narrower: str) -> tuple[Owing, ...]:
    """The longest overdue of what the viewer sees, or of less (filters of a list), with reminders and last words."""
    scope = None if ask.me.sees_all else ask.me.id
    return kept(ask.session, ("longest", scope, told(ask.session), *sorted(narrower.items())), now,
                lambda: _longest_overdue(ask, now, Filter(category=LATE, **narrower)))  # type: ignore[arg-type]


def _longest_overdue(ask: Ask, now: datetime, wanted: Filter) -> tuple[Owing, ...]:
    query = select(Task).where(*conditions(ask.session, ask.me, wanted)).order_by(col(Task.due_on), col(Task.id))
    tasks = ask.session.execute(query.limit(MOST_OVERDUE)).scalars().all()
    calendar = calendar_of(ask.session)
    return owings(ask.session, tasks, lambda task: overdue_days(task, calendar, now))


def _of_unit(ask: Ask, now: datetime) -> dict[str, Any]:
    """For heads and deputies, and for a đầu mối: their own tasks first."""
    units = [pair for unit in sorted(ask.me.units) for pair in by_unit(ask.session, now, unit)]
    total, own = own_tasks(ask.session, ask.me, now)
    scope = {"unit": units[0][0].code} if len(units) == 1 else {}
    return {
        "unit_rows": "", "whole": sum((counts for _, counts in units), Figures()), "scope": scope, "own": own,
        "own_count": total, "own_link": Filter(state=tuple(OPEN)).link(), "waits": _unit_waits(ask, own),
        "co": co_tasks(ask.session, ask.me.units), "leader": None, "mine_rows": "", "reach": None,
        "desk": None, "overdue": (), "mine_overdue": (), "pictures": (),
    }  # fmt: skip


def _unit_waits(ask: Ask, own: Any) -> list[tuple[str, int, str]]:
    """What the unit must see to: kind, count, list."""
    wanted = {
        "unconfirmed": Filter(unconfirmed=True),
        "overdue": Filter(category=LATE),
        "reported": Filter(state=(State.REPORTED.value,)),
    }
    return [(name, count(ask.session, ask.me, one), one.link()) for name, one in wanted.items()]
