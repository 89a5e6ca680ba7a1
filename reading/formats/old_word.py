""".doc of Word 97-2003, through catdoc or else LibreOffice, whichever is on this machine.

catdoc takes milliseconds where LibreOffice takes a second and 250 MB, but it prints no automatic numbers.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import unicodedata
from pathlib import Path

from reading.errors import BrokenDocument, NoOldWordReader, TooSlow
from reading.formats import docx, legacy
from reading.formats.old_word_text import shape

SECONDS = 60
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(data: bytes) -> str:
    """The text as printed. Raises BrokenDocument, NoOldWordReader, TooSlow or what reading.formats.docx raises."""
    if not data.startswith(COMPOUND):
        raise BrokenDocument()
    catdoc = shutil.which("catdoc")
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if catdoc is None and office is None:
        raise NoOldWordReader()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in.doc")
        source.write_bytes(data)
        if catdoc is None and office is not None:
            return _through_office(office, source)
        # Text of one byte a letter is windows-1252 in every Word; catdoc would take it for Cyrillic.
        printed = _run([catdoc or "", "-s", "cp1252", "-d", "utf-8", "-w", str(source)], folder)
    text = printed.decode("utf-8", "replace")
    if not any(c.isalnum() for c in text):
        raise BrokenDocument()
    return unicodedata.normalize("NFC", shape(legacy.repair(text)))


def _through_office(office: str, source: Path) -> str:
    """By way of DOCX, which keeps tables and numbers. The profile is private: one in use elsewhere would lock it."""
    profile = source.with_name("profile").as_uri()
    folder = str(source.parent)
    _run([office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "docx", "--outdir",
          folder, str(source)], folder)  # fmt: skip
    converted = source.with_suffix(".docx")
    if not converted.is_file():
        raise BrokenDocument()
    return docx.read(converted.read_bytes())


def _run(command: list[str], folder: str) -> bytes:
    try:
        ran = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise TooSlow() from None
    if ran.returncode:
        raise BrokenDocument()
    return ran.stdout
