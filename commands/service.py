"""The service and what keeps it in order: demo, run, rehearse, check, migrate, backup, restore, verify-log."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.base import AsJson, app, contents, day, helped, language, opened, print_json, quiet, settings_now, tell
from commands.failures import AskedWrongly, Failure

if TYPE_CHECKING:
    from config import Settings
    from department import Department
    from rehearse import Answer


class Only(StrEnum):
    """What one process of several does."""

    BOT = "bot"
    JOBS = "jobs"
    WEB = "web"


CopyFile = Annotated[Path, typer.Argument(metavar="FILE", help=helped("copy"))]
OnlyPart = Annotated[Only | None, typer.Option("--only", help=helped("only"))]
Drill = Annotated[bool, typer.Option("--drill", help=helped("drill"))]
Document = Annotated[Path, typer.Argument(metavar="FILE", help=helped("files"))]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help=helped("from"))]
Days = Annotated[int, typer.Option("--days", metavar="N", min=1, max=1000, help=helped("days"))]
Answers = Annotated[Path | None, typer.Option("--answers", metavar="FILE", help=helped("answers"))]


@app.command(help=helped("demo"))
def demo() -> None:
    """A department to play with."""
    import config
    import demo as play

    play.run(config.load())


@app.command(help=helped("run"))
def run(only: OnlyPart = None, drill: Drill = False) -> None:
    """The service."""
    settings = settings_now()
    if settings.now is not None and not drill:
        raise Failure("now_without_drill")
    import app as service

    service.run(settings, only.value if only else None)


@app.command(help=helped("rehearse"))
def rehearse(file: Document, start: From = None, days: Days = 30, answers: Answers = None,
             as_json: AsJson = False) -> None:  # fmt: skip
    """What would be sent to whom and when."""
    documents = contents([file])
    quiet()
    settings = settings_now()
    import rehearse as rehearsal
    from models import clock
    from models.confirm import NotConfirmable

    said = _answers(answers) if answers is not None else []
    try:
        played = rehearsal.rehearse(settings, documents, day(start, clock.today()), days, said, _department(settings))
    except NotConfirmable as error:
        key = "rehearse.unwaivable" if error.why == "unwaivable" else "rehearse.empty"
        raise Failure(key, questions="; ".join(error.questions)) from None
    if as_json:
        print_json(played)
        return
    for message in played["messages"]:
        tell("rehearsed", at=message["at"][:16].replace("T", " "), to=message["to"], kinds=", ".join(message["kinds"]))
        typer.echo("\n".join(f"    {line}" for line in message["text"].splitlines()))


def _answers(file: Path) -> list[Answer]:
    import rehearse as rehearsal

    (_, data), = contents([file])
    try:
        return rehearsal.read_answers(json.loads(data))
    except ValueError as error:
        if isinstance(error, rehearsal.BadAnswers):
            raise
        raise AskedWrongly("not_json", file=file) from None


def _department(settings: Settings) -> Department | None:
    """The department of the database, if there is one: what is rehearsed is the office as it is now."""
    import founding
    import storage

    if not storage.exists(settings):
        return None
    with opened() as (_, database), database.read() as session:
        return founding.held(session)


@app.command(help=helped("check"))
def check() -> None:
    """Is everything in order?"""
    with opened() as (settings, database), database.read() as session:
        import checks
        from catalogue import text

        found = list(checks.findings(session, settings))
    for one in found:
        level = text(f"cli.check.level.{one.level.value}", language())
        typer.echo(f"{level:<8} {text(f'cli.check.{one.key}', language(), **one.values)}")
    if any(one.level is checks.Level.BAD for one in found):
        raise typer.Exit(1)


@app.command(help=helped("migrate"))
def migrate() -> None:
    """Bring the schema up to date."""
    with opened() as (settings, database):
        import storage

        with database.engine.connect() as connection:
            tell("migrated", revision=storage.revision(connection), folder=settings.data_dir)


@app.command(help=helped("backup"))
def backup(target: CopyFile) -> None:
    """Everything into one file, while the service runs."""
    settings = settings_now()
    import backup as copying

    try:
        copying.backup(_database_file(settings), target.absolute())
    except FileExistsError:
        raise Failure("backup.exists", file=target) from None
    except FileNotFoundError:
        raise Failure("backup.nothing", folder=settings.data_dir) from None
    tell("backup.done", file=target)


@app.command(help=helped("restore"))
def restore(source: CopyFile) -> None:
    """Back from a file; the database that was there is kept beside."""
    if not source.is_file():
        raise AskedWrongly("no_file", file=source)
    settings = settings_now()
    import backup as copying
    from models import clock

    kept = copying.restore(source, _database_file(settings), settings.data_dir, clock.local_now())
    with opened():
        pass  # an older copy is brought up to date now, not at the next start
    tell("restore.done", file=source)
    if kept is not None:
        tell("restore.kept", file=kept)


def _database_file(settings: Settings) -> Path:
    import storage

    file = storage.sqlite_file(settings)
    if file is None:
        raise Failure("backup.server")
    return file


@app.command("verify-log", help=helped("verify_log"))
def verify_log() -> None:
    """Is the history whole?"""
    with opened() as (_, database), database.read() as session:
        from sqlmodel import func, select

        from models import event

        fault = next(event.broken(session), None)
        events = session.exec(select(func.count()).select_from(event.Event)).one()
        seals = session.exec(select(func.count()).select_from(event.Seal)).one()
    if fault is not None:
        raise Failure("log.broken", fault=fault)
    tell("log.whole", events=events, seals=seals)
