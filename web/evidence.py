"""Files that stand behind a report: taken in after a look at their content, given out only as what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from sqlmodel import col, select
from starlette.responses import Response

from intake import ReadingError, SecretDocument, refuse_marked
from models.report import Evidence, add_evidence, blob_chunks
from models.task import Task
from web.asking import Ask, Stop
from web.prepared import Progress, Work
from web.uploads import SHOWN_AS_IMAGE, UnknownFile, Upload, media_type, plain_name
from web.viewer import may_see

TOO_MUCH = ("too_big", "too_many_pages", "too_slow")
"""Reasons why a file could not be searched for a mark to its end."""


def screened(ask: Ask) -> Work:
    """Before files are taken: a secrecy mark inside a document or a picture must be looked for."""
    files = ask.form.files

    def work(_: Progress) -> None:
        for upload in files:
            try:
                refuse_marked(upload.name, upload.data)
            except SecretDocument:
                raise Stop(400, "web.stop.secret_file") from None
            except ReadingError as error:
                key = "unscreened" if error.reason in TOO_MUCH else f"document_{error.reason}"
                raise Stop(400, f"web.stop.{key}") from None

    return work


def taken(ask: Ask, files: Sequence[Upload]) -> list[tuple[Upload, str]]:
    """The files with their types, all of them checked before any is kept.

    Raises Stop: too large, empty, or of a type that is no evidence. Marks were looked for before (`screened`).
    """
    found = []
    for upload in files:
        if len(upload.data) > ask.context.largest_upload:
            raise Stop(413, "web.stop.too_large")
        if not upload.data:
            raise Stop(400, "web.stop.empty_file")
        try:
            kind = media_type(upload)
        except UnknownFile:
            raise Stop(400, "web.stop.file_type") from None
        found.append((upload, kind))
    return found


def keep(
    ask: Ask, checked: Sequence[tuple[Upload, str]], *, task_id: int | None = None, inbox_id: int | None = None
) -> list[Evidence]:
    """Store checked files in the name of the signed-in person."""
    return [add_evidence(ask.session, by_id=ask.me.id, name=plain_name(upload.name), media_type=kind, data=upload.data,
                         task_id=task_id, inbox_id=inbox_id) for upload, kind in checked]  # fmt: skip


def give(ask: Ask) -> Response:
    """GET /evidence/<id>: the file, as an attachment. `?show` gives a picture for an <img>, still never as a page."""
    evidence = asked_for(ask)
    data = b"".join(blob_chunks(ask.session, evidence.sha256))
    picture = "show" in ask.request.query_params and evidence.media_type in SHOWN_AS_IMAGE
    how = "inline" if picture else "attachment"
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", evidence.name) or "file"
    # What a browser might take for a page is given as bytes; nosniff keeps it from guessing otherwise.
    kind = (
        evidence.media_type
        if evidence.media_type in (*SHOWN_AS_IMAGE, "application/pdf")
        else "application/octet-stream"
    )
    return Response(data, media_type=kind, headers={
        "content-disposition": f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(evidence.name)}",
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "private, no-store",
    })  # fmt: skip


def asked_for(ask: Ask) -> Evidence:
    """The file of the address. Raises Stop for none, and for one that this person may not see."""
    evidence = ask.session.get(Evidence, ask.number("id"))
    if evidence is None or not _may_see(ask, evidence):
        raise Stop(404, "web.stop.no_file")
    return evidence


def _may_see(ask: Ask, evidence: Evidence) -> bool:
    """Who sees the task sees its evidence, who sees the directive what was written on it; what is not yet tied to
    either is its sender's and the Office's."""
    if evidence.by_id == ask.me.id or ask.me.office:
        return True
    if evidence.instruction_id is not None:
        return ask.me.sees_all
    task = ask.session.exec(select(Task).where(col(Task.id) == evidence.task_id)).first()
    return task is not None and may_see(ask.session, ask.me, task)
