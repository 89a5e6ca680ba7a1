"""Forms as they come in: never more than the site takes, never on disk, and files known by their content.

An upload stays in memory until it has been checked: the parser of the library would write what is over 1 MB into a
temporary file, and a document that must be refused may leave no byte anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

FIELDS_BYTES = 2 << 20
MOST_FIELDS, MOST_FILES = 4000, 10

MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
    (b"\x89PNG\r\n\x1a\n", "image/png", (".png",)),
    (b"GIF8", "image/gif", (".gif",)),
    (b"%PDF-", "application/pdf", (".pdf",)),
    (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",)),
    (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)),
    (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.presentationml.presentation", (".pptx",)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", (".doc",)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/vnd.ms-excel", (".xls",)),
)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
SHOWN_AS_IMAGE = ("image/jpeg", "image/png", "image/gif")


class FormTooLarge(Exception):
    """More bytes than the site takes in one form."""


class FormBroken(Exception):
    """Not a form that a browser would send."""


class UnknownFile(ValueError):
    """Content and name do not agree on a type that is taken as evidence."""


@dataclass(frozen=True)
class Upload:
    """One file of a form, whole, in memory. `field`: where in the form it was chosen."""

    name: str
    data: bytes
    field: str = ""


@dataclass(frozen=True)
class Form:
    """Fields by name (NFC, line ends of one kind), and the files of one form."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: tuple[Upload, ...] = ()

    def get(self, name: str) -> str:
        """The last value of a field without blanks around it; empty when it was not sent."""
        return (self.fields.get(name) or [""])[-1].strip()

    def number(self, name: str) -> int | None:
        """A field that is a whole number; None for anything else."""
        return whole_number(self.get(name))

    def all(self, name: str) -> list[str]:
        """Every value of a field."""
        return [value.strip() for value in self.fields.get(name, []) if value.strip()]

    def flat(self) -> dict[str, str]:
        """One value for each field, to fill a form again."""
        return {name: values[-1] for name, values in self.fields.items() if values}


def whole_number(given: str) -> int | None:
    """The number that these digits are; None for anything else, and for one that no row of ours could have."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None


async def read_form(request: Request, largest: int) -> Form:
    """The form of a request. `largest`: bytes of all its files. Raises FormTooLarge or FormBroken."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    stream = _limited(request, largest + FIELDS_BYTES)
    try:
        if kind == "multipart/form-data":
            parser = MultiPartParser(request.headers, stream, max_files=MOST_FILES, max_fields=MOST_FIELDS)
            parser.spool_max_size = largest + FIELDS_BYTES + 1
            data = await parser.parse()
        elif kind == "application/x-www-form-urlencoded":
            data = await FormParser(request.headers, _counted(_limited(request, FIELDS_BYTES))).parse()
        else:
            raise FormBroken(kind)
    except MultiPartException as error:
        raise FormBroken(error.message) from error
    except ClientDisconnect as error:  # nobody waits for an answer, and nothing is to be logged
        raise FormBroken("cut off") from error
    fields: dict[str, list[str]] = {}
    files = []
    for name, value in data.multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(plain(value))
        elif value.filename:
            files.append(Upload(unicodedata.normalize("NFC", value.filename), await value.read(), name))
    await data.close()
    return Form(fields, tuple(files))


def plain(value: str) -> str:
    """What was typed: NFC, line ends of one kind, without what no person types and no paper can hold (PostgreSQL takes
    no NUL, XML no other control character, UTF-8 no half of a surrogate pair)."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", value).replace("\r\n", "\n"))


async def _counted(stream: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """The parser of plain forms takes any number of fields, and a byte or two of each becomes a hundred."""
    found = 0
    async for chunk in stream:
        found += chunk.count(b"&")
        if found > MOST_FIELDS:
            raise FormTooLarge("fields")
        yield chunk


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > most:
        raise FormTooLarge(declared)
    got = 0
    async for chunk in request.stream():
        got += len(chunk)
        if got > most:
            raise FormTooLarge(str(got))
        yield chunk


def media_type(upload: Upload) -> str:
    """The type that content and name agree on. Raises UnknownFile: a name alone proves nothing.

    Plain text is what decodes as UTF-8 without control characters, and is called .txt or .csv.
    """
    name = upload.name.lower()
    for magic, kind, endings in MAGIC:
        if upload.data.startswith(magic) and name.endswith(endings):
            return kind
    if name.endswith((".txt", ".csv")) and text_of(upload) is not None:
        return "text/plain"
    raise UnknownFile(upload.name)


def plain_name(name: str) -> str:
    """A file name without its path, at most 120 letters: it is shown and given back, never opened by it."""
    last = re.split(r"[\\/]", name)[-1]
    return "".join(c for c in last if c.isprintable())[-120:] or "file"


def text_of(upload: Upload) -> str | None:
    """The words of a plain text file, or None for anything else."""
    try:
        text = upload.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if any(unicodedata.category(c) == "Cc" and c not in "\n\r\t\f" for c in text[:4096]):
        return None
    return unicodedata.normalize("NFC", text)
