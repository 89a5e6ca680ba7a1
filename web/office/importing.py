"""The sheet that an office kept until now: read, shown row by row, and taken over when a person says so."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import col, select
from starlette.responses import Response
from starlette.routing import Route

from models import clock
from models.base import connection_of
from models.organisation import Person, Post, Role
from models.organising import held_on
from models.sheet import SheetImport
from models.task import DueSetBy
from takeover.checking import Row, checked
from takeover.columns import FIELDS, NEEDED
from takeover.opening import Layout, ReadingError, keep, name_columns, open_sheet
from takeover.taking import Choice, OtherCount, take
from web.asking import Ask, Stop, page
from web.guards import for_office
from web.office.import_view import heading_of, shown
from web.prepared import Progress, Work, prepared_page
from web.uploads import plain_name

PAGE = 200
SHOWN_IMPORTS = 20
_sheet, _person = SheetImport.__table__.c, Person.__table__.c
_BEFORE = (  # without the rows, which may be thousands
    columns(_sheet.id, _sheet.source, _sheet.at, _sheet.taken_at, _sheet.tasks, _person.name)
    .join(Person.__table__, _person.id == _sheet.by_id)
    .order_by(_sheet.id.desc())
    .limit(SHOWN_IMPORTS)
)
REFUSALS = ("empty", "broken", "password", "macros", "too_big", "too_slow", "secret", "old_sheet", "no_sheet",
            "undecodable")  # fmt: skip


def routes() -> list[Route]:
    """The upload, the page that shows what would be taken, and the acts on it; a refused one is shown there again."""
    one = "/office/import/{id:int}"
    acts = {"columns": name, "rows": leave, "take": take_over, "discard": discard}
    return [
        Route("/office/import", page(index), methods=["GET"]),
        Route("/office/import", prepared_page(upload, opened, failed=index), methods=["POST"]),
        Route(one, page(show), methods=["GET"]),
        *(Route(f"{one}/{path}", page(act, failed=show), methods=["POST"]) for path, act in acts.items()),
    ]


def index(ask: Ask) -> Response:
    """GET /office/import: the upload, and what was sent before."""
    for_office(ask)
    before = connection_of(ask.session).execute(_BEFORE).all()
    return ask.page("import_new.html", before=before, fields=FIELDS)


def opened(ask: Ask) -> Work:
    """Before POST /office/import: the file is opened, outside any transaction."""
    for_office(ask)
    if not ask.form.get("not_secret"):
        raise Stop(400, "web.import.stop.not_secret_unsaid")
    file = ask.form.files[0]
    source = plain_name(file.name)

    def work(progress: Progress) -> tuple[str, Layout]:
        try:
            return source, open_sheet(source, file.data)
        except ReadingError as error:
            raise Stop(400, f"web.import.stop.{error.reason if error.reason in REFUSALS else 'broken'}") from None

    return work


def upload(ask: Ask) -> Response:
    """POST /office/import: its rows are kept to be shown; nothing else is made of them yet."""
    for_office(ask)
    if ask.ready is None:
        raise Stop(400, "web.import.stop.no_file")
    source, layout = ask.ready
    return ask.go(f"/office/import/{keep(ask.session, layout, source, ask.me.id)}")


def show(ask: Ask) -> Response:
    """GET /office/import/<id>: what would be taken and what not; once taken, what was made of it."""
    sheet = sheet_asked_for(ask)
    if sheet.taken_at is not None:
        return _result(ask, sheet)
    rows = checked(ask.session, sheet)
    only = ask.request.query_params.get("only", "")
    wanted = [row for row in rows if _fits(row, only)]
    pages = max(1, -(-len(wanted) // PAGE))
    asked = ask.request.query_params.get("page", "")
    number = min(max(int(asked), 1), pages) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    reasons = Counter(row.why[0] for row in rows if row.why)
    used = set(sheet.columns["fields"].values())
    headings = [heading_of(ask, sheet, at) for at in range(len(sheet.columns["headings"]))]
    unknown = sorted({row.state_words for row in rows if row.why and row.why[0] == "state_unknown"})
    return ask.page(
        "import_rows.html", sheet=sheet, fields=FIELDS, needed=NEEDED, headings=headings,
        chosen=sheet.columns["fields"], missing=[one for one in NEEDED if one not in sheet.columns["fields"]],
        unmatched=[heading for at, heading in enumerate(headings) if at not in used], total=len(rows),
        taken=sum(row.taken for row in rows), expected=sum(row.why is None for row in rows),
        left=sum(row.left and row.why is None for row in rows), reasons=reasons.most_common(), only=only,
        rows=shown(ask, wanted[(number - 1) * PAGE : number * PAGE]), pages=pages, number=number,
        unknown_states=unknown, leaders=_leaders(ask), typed=ask.form.flat(),
    )  # fmt: skip


def name(ask: Ask) -> Response:
    """POST /office/import/<id>/columns: which column is what, and what words for a state mean."""
    sheet = _open_sheet(ask)
    fields: dict[str, int] = {}
    for field in FIELDS:
        at = ask.form.number(f"field_{field}")
        if at is not None and at in fields.values():
            raise Stop(400, "web.import.stop.twice", column=heading_of(ask, sheet, at))
        if at is not None:
            fields[field] = at
    words, meant = ask.form.fields.get("state_words", []), ask.form.fields.get("state_means", [])
    name_columns(ask.session, sheet, fields, dict(zip(words, meant, strict=False)))
    return ask.go(f"/office/import/{sheet.id}", done="import_columns")


def leave(ask: Ask) -> Response:
    """POST /office/import/<id>/rows: which rows of this page are not to be taken."""
    sheet = _open_sheet(ask)
    _leave(ask, sheet)
    query = {name: value for name in ("only", "page") if (value := ask.form.get(name))}
    return ask.go(f"/office/import/{sheet.id}", done="import_rows", **query)


def take_over(ask: Ask) -> Response:
    """POST /office/import/<id>/take: once; pressed again, it leads to what was made."""
    sheet = sheet_asked_for(ask)
    if sheet.taken_at is not None:
        return ask.go(f"/office/import/{sheet.id}")
    choice = _choice(ask)
    _leave(ask, sheet)
    try:
        take(ask.session, sheet, choice, ask.me.id, ask.form.number("expected") or 0)
    except OtherCount:
        raise Stop(409, "web.import.stop.other_count") from None
    if not sheet.tasks:
        raise Stop(409, "web.import.stop.nothing")
    return ask.go(f"/office/import/{sheet.id}", done="import_taken")


def discard(ask: Ask) -> Response:
    """POST /office/import/<id>/discard: nothing of it is kept."""
    sheet = _open_sheet(ask)
    ask.session.delete(sheet)
    ask.session.flush()
    return ask.go("/office/import", done="import_discarded")


def sheet_asked_for(ask: Ask) -> SheetImport:
    """The sheet of the address, for the Office alone. Raises Stop."""
    for_office(ask)
    sheet = ask.session.get(SheetImport, ask.number("id"))
    if sheet is None:
        raise Stop(404, "web.import.stop.no_sheet_here")
    return sheet


def _open_sheet(ask: Ask) -> SheetImport:
    sheet = sheet_asked_for(ask)
    if sheet.taken_at is not None:
        raise Stop(409, "web.import.stop.taken")
    return sheet


def _leave(ask: Ask, sheet: SheetImport) -> None:
    """Rows that were shown with a tick and came back without one."""
    listed, ticked = ({int(one) for one in ask.form.all(name) if one.isdecimal() and len(one) < 8}
                      for name in ("shown", "row"))  # fmt: skip
    left = (set(sheet.columns["left"]) - listed) | (listed - ticked)
    sheet.columns = {**sheet.columns, "left": sorted(left)}
    ask.session.add(sheet)
    ask.session.flush()


def _choice(ask: Ask) -> Choice:
    said, telling = ask.form.get("set_by"), ask.form.get("telling")
    leader = int(said) if said.isdecimal() and len(said) < 10 else None
    if said not in ("office", "authority") and leader not in {one for one, _ in _leaders(ask)}:
        raise Stop(400, "web.import.stop.set_by_unsaid")
    if telling not in ("new", "known"):
        raise Stop(400, "web.import.stop.telling_unsaid")
    return Choice(DueSetBy.LEADER if leader else DueSetBy(said), leader, telling == "known")


def _leaders(ask: Ask) -> list[tuple[int, str]]:
    query = select(Person.id, Person.name).join(Post, col(Post.person_id) == Person.id)
    query = query.where(Post.role == Role.LEADER, *held_on(clock.today())).order_by(col(Post.id))
    return [(one, name) for one, name in dict(ask.session.exec(query).all()).items() if one is not None]


def _fits(row: Row, only: str) -> bool:
    if only == "taken":
        return row.taken
    if only == "left":
        return row.left and row.why is None
    return not only or (row.why is not None and only in ("not", row.why[0]))


def _result(ask: Ask, sheet: SheetImport) -> Response:
    outcome: dict[str, Any] = sheet.columns["outcome"]
    skipped = [(number, ask.text(f"web.import.row.{key}", **values)) for number, key, values in outcome["skipped"]]
    return ask.page("import_result.html", sheet=sheet, outcome=outcome, skipped=skipped)
