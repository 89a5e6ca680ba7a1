"""From a document to tasks: read, import, assign, tasks, digest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catalogue import text
from commands import progress
from commands.base import AsJson, Files, app, contents, day, helped, language, opened, print_json, settings_now, tell
from commands.failures import AskedWrongly, Failure

if TYPE_CHECKING:
    from sqlmodel import Session

    from config import Settings
    from papers.decree.letterhead import Signed
    from reading.model import OfficeNames

AsText = Annotated[bool, typer.Option("--text", help=helped("text"))]
Received = Annotated[str | None, typer.Option("--received", metavar="DATE", help=helped("received"))]
Draft = Annotated[int, typer.Argument(metavar="ID", help=helped("draft"))]
Waive = Annotated[bool, typer.Option("--waive", help=helped("waive"))]
Overdue = Annotated[bool, typer.Option("--overdue", help=helped("overdue"))]
UnitCode = Annotated[str | None, typer.Option("--unit", metavar="U", help=helped("unit"))]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help=helped("out"))]


@app.command(help=helped("read"))
def read(files: Files, as_json: AsJson = False, as_text: AsText = False) -> None:
    """What a document says; stores nothing."""
    if as_json and as_text:
        raise AskedWrongly("json_or_text")
    documents = contents(files)
    settings = settings_now()
    if as_text:
        from reading.extract import extract_all

        with progress.shown() as page:
            texts = [one.text for one in extract_all(documents, page)]
        typer.echo("\n".join(texts), nl=False)
        return
    from reading.reader import read_documents

    with progress.shown() as page:
        said = read_documents(documents, _names(settings), page).to_json()
    if as_json:
        print_json(said)
        return
    from commands.shown import reading_lines

    typer.echo("\n".join(reading_lines(said, language())))


def _names(settings: Settings) -> OfficeNames:
    """The office's names, from the database if there is one; an SQLite file is asked without importing the models."""
    import office
    import storage
    from models import clock

    if storage.sqlite_file(settings) is None:
        import intake

        with opened() as (_, database), database.read() as session:
            return intake.office_names(session)
    known = storage.glance(settings, lambda rows: office.names_in_database(rows, clock.today()))
    return known or office.names_in_file(settings.department)


@app.command("import", help=helped("import"))
def import_(files: Files, received: Received = None, as_json: AsJson = False) -> None:
    """A document → a draft for the Office to check."""
    documents = contents(files)
    with opened() as (_, database):
        import intake
        from models import clock
        from models.moves import Actor

        received_on = day(received, clock.today())
        if received_on > clock.today():
            raise AskedWrongly("received_later", date=f"{received_on:%d/%m/%Y}")
        try:
            with database.read() as session:
                intake.refuse_known(session, documents[0][1])
            with progress.shown() as page:
                dispatch = intake.open_dispatch(documents, page)
            with database.read() as session:
                dispatch = intake.read_dispatch(session, dispatch)
            with database.write() as session:
                made = intake.import_dispatch(session, dispatch, received_on=received_on, actor=Actor(None, "cli"))
        except intake.Duplicate as error:
            raise _duplicate(error.directive, as_json) from None
    if as_json:
        print_json({"draft": made.directive_id, "items": made.items, "questions": made.questions, "duplicate_of": None})
        return
    tell("imported", id=made.directive_id, items=made.items)
    for line in (*made.questions, *made.warnings):
        typer.echo(f"- {line}")
    if not made.items:
        tell("import.empty")


def _duplicate(there: Any, as_json: bool) -> Failure:
    if as_json:
        print_json({"draft": None, "items": 0, "questions": [], "duplicate_of": there.id})
    return Failure("duplicate", id=there.id, name=there.number or there.source,
                   date=f"{there.issued_on or there.received_on:%d/%m/%Y}")  # fmt: skip


@app.command(help=helped("assign"))
def assign(draft: Draft, waive: Waive = False, as_json: AsJson = False) -> None:
    """A checked draft → tasks."""
    with opened() as (_, database):
        import intake
        import remembering
        from models.confirm import NotConfirmable, confirm, items_of
        from models.moves import Actor

        try:
            with database.write() as session:
                codes = [task.code for task in confirm(session, draft, Actor(None, "cli"), waive=waive)]
                remembering.remember(session, draft, intake.office_names(session), Actor(None, "cli"))
                kept = (item for item in items_of(session, draft) if not item.dropped and item.ours is not False)
                left = [item.label for item in kept if not item.unit_ids]
        except NotConfirmable as error:
            if as_json and error.questions:
                print_json({"tasks": [], "questions": error.questions})
            failure = AskedWrongly if error.why == "missing" else Failure
            raise failure(f"assign.{error.why}", id=draft, count=len(error.questions),
                          questions="; ".join(error.questions)) from None  # fmt: skip
    if as_json:
        print_json({"tasks": codes})
    else:
        tell("assigned", count=len(codes), codes=", ".join(codes))
    if left:
        typer.echo(text("cli.assign.left", language(), items=", ".join(left)), err=True)


@app.command(help=helped("tasks"))
def tasks(overdue: Overdue = False, unit: UnitCode = None, as_json: AsJson = False) -> None:
    """The list of tasks."""
    with opened() as (_, database), database.read() as session:
        from commands import output

        found = output.tasks(session, overdue=overdue, unit=_unit(session, unit))
    if as_json:
        print_json(found)
        return
    typer.echo("\n".join(output.task_lines(found, language())) if found else "", nl=bool(found))


def _unit(session: Session, given: str | None) -> str | None:
    from commands import output

    if given is None:
        return None
    code = output.unit_code(session, given)
    if code is None:
        raise AskedWrongly("no_unit", given=given)
    return code


@app.command(help=helped("digest"))
def digest(out: Out = None) -> None:
    """The weekly report as it stands now: its files in a folder, or its words alone."""
    if out is not None and out.exists() and not out.is_dir():
        raise AskedWrongly("no_folder", folder=out)
    with opened() as (_, database), database.read() as session:
        from models import clock
        from papers.weekly.digest import digest_text, snapshot, tasks_of, write_digest

        report = snapshot(session, clock.now())
        signed = _signed(session) if out is not None else None
        tasks = tasks_of(session, report) if out is not None else None
    if out is None:
        typer.echo(digest_text(report, language()))
        return
    for file in write_digest(report, out, language(), signed, tasks):
        typer.echo(str(file))


def _signed(session: Session) -> Signed | None:
    """What a paper to sign bears; None, and a word of it on standard error, when the office has not said it."""
    from models import officers
    from papers.decree.letterhead import Signed

    try:
        head, signer = officers.letterhead(session), officers.signer(session, None)
    except officers.LetterheadMissing as missing:
        typer.echo(text("cli.digest.no_letterhead", language(), parts=", ".join(missing.parts)), err=True)
        return None
    return Signed(head, signer) if signer is not None else None
