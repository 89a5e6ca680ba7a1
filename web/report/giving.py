"""What the papers of the office have in common on the way out: who signs, the file that is given, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from starlette.responses import Response

from models import clock, officers
from models.officers import LetterheadMissing
from papers.decree.layout import Paper
from papers.decree.letterhead import Signed
from web.asking import Ask, Stop
from web.uploads import whole_number

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = ("docx", "pdf")


def head_of(ask: Ask) -> officers.Letterhead:
    """The head of the office's papers. Raises Stop that says which parts of it are missing."""
    try:
        return officers.letterhead(ask.session)
    except LetterheadMissing as missing:
        parts = ", ".join(ask.text(f"web.letterhead.{part}") for part in missing.parts)
        raise Stop(409, "web.letterhead.missing", parts=parts) from None


def signed(ask: Ask) -> Signed:
    """The head, and the person who was chosen in the address (`signer`), else the head of the Office. Raises Stop."""
    head = head_of(ask)
    signer = officers.signer(ask.session, whole_number(ask.request.query_params.get("signer", "")))
    if signer is None:
        raise Stop(409, "web.letter.no_signer")
    return Signed(head, signer)


def given(paper: Paper, name: str, kind: str) -> Response:
    """The paper as a file to keep: docx or pdf."""
    if kind == "docx":
        from papers.decree.word import word

        return attached(word(paper, clock.now()), f"{name}.docx", DOCX)
    from papers.decree.pdf import pdf

    return attached(pdf(paper, clock.now()), f"{name}.pdf", "application/pdf")


def attached(data: bytes, name: str, kind: str) -> Response:
    """A file to keep, under a plain name."""
    return Response(data, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def of_kind(make: Callable[[Ask], tuple[Paper, str]], kind: str) -> Callable[[Ask], Response]:
    """The page that gives what `make` makes (the paper, and its name) as a file of this kind."""

    def answer(ask: Ask) -> Response:
        paper, name = make(ask)
        return given(paper, name, kind)

    return answer


def day_asked(ask: Ask, name: str, otherwise: date) -> date:
    """A day in the address. Raises Stop for what is no day."""
    typed = ask.request.query_params.get(name, "").strip()
    if not typed:
        return otherwise
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        raise Stop(400, "web.stop.date", given=typed) from None
    if not 2000 <= found.year < 2100:
        raise Stop(400, "web.stop.date", given=typed)
    return found
