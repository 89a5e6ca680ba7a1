"""People: what they write, how they are linked, who they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.base import AsJson, Who, app, helped, opened, print_json, quiet, tell
from commands.failures import AskedWrongly, Failure

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.organisation import Person

Words = Annotated[str, typer.Argument(metavar="TEXT", help=helped("words"))]
Evidence = Annotated[Path | None, typer.Option("--file", metavar="F", help=helped("evidence"))]
Channel = Annotated[str | None, typer.Argument(metavar="[CHANNEL]", help=helped("unlink_channel"))]
Export = Annotated[bool, typer.Option("--export", help=helped("export"))]


@app.command(help=helped("say"))
def say(who: Who, words: Words, file: Evidence = None, as_json: AsJson = False) -> None:
    """What a person writes in the chat."""
    if file is not None and not file.is_file():
        raise AskedWrongly("no_file", file=file)
    quiet()
    with opened() as (_, database):
        from commands import saying

        with database.read() as session:
            person = _person(session, who)
        replies = saying.say(database, person, words, file)
    if replies is None:
        raise Failure("say.unanswered")
    if as_json:
        print_json({"replies": replies})
    else:
        typer.echo("\n\n".join(reply["text"] or "" for reply in replies))


@app.command(help=helped("link"))
def link(who: Who) -> None:
    """A one-time code that links a chat; nothing else is printed."""
    from models import pairing

    with opened() as (settings, database), database.write() as session:
        code = pairing.give_code(session, settings.secret(), _person(session, who).id or 0, None, "cli")
    typer.echo(code)


@app.command(help=helped("unlink"))
def unlink(who: Who, channel: Channel = None) -> None:
    """Take a person's chats away, or the one of a channel; they are signed out of the browser too."""
    from models import pairing

    with opened() as (_, database), database.write() as session:
        person = _person(session, who)
        chats = [one for one in pairing.chats_of(session, person.id or 0) if channel in (None, one.channel)]
        names = ", ".join(one.channel for one in chats)
        if not pairing.unlink(session, [one.id or 0 for one in chats], None, "cli"):
            raise Failure("unlink.none", name=person.name)
    tell("unlink.done", name=person.name, channels=names)


@app.command(help=helped("login"))
def login(who: Who) -> None:
    """A one-time link that signs in to the web."""
    from models import linking

    with opened() as (settings, database), database.write() as session:
        code = linking.new_code(session, settings.secret(), _person(session, who).id or 0, linking.WEB)
    typer.echo(f"{settings.base_url}/login/{code}")


@app.command(help=helped("department"))
def department(export: Export = False) -> None:
    """Units and people as config.toml writes them; with --export the calendar too, all that the database keeps."""
    with opened() as (_, database), database.read() as session:
        import founding

        written = founding.written(founding.held(session))
        if export:
            written += "\n" + _calendar(session)
    typer.echo(written, nl=False)


def _calendar(session: Session) -> str:
    from sqlmodel import col, select

    from models.calendar import CalendarDay

    days = session.exec(select(CalendarDay).order_by(col(CalendarDay.day))).all()
    off, worked = (", ".join(one.day.isoformat() for one in days if one.works is works) for works in (False, True))
    return f"[calendar]\ndays_off = [{off}]\nworkdays = [{worked}]\n"


def _person(session: Session, short_id: str) -> Person:
    from models.recipients import person_by_short_id

    person = person_by_short_id(session, short_id)
    if person is None:
        raise AskedWrongly("no_person", who=short_id)
    return person
