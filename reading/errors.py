"""Named refusals of a document. None of them carries a word of what was read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MOST_PAGES = 300
"""Pages of one file. The longest plans with their annexes have some 150; what is longer is a book."""


class ReadingError(Exception):
    """A document that cannot be read; `reason` is a plain code that the caller words for people.

    The exception holds nothing but the code, so that a refused document cannot leak into a log.
    """

    reason = "unreadable"
    values: Mapping[str, int] = MappingProxyType({})
    """What the sentence for people names: a limit, never anything of the document."""

    def __init__(self) -> None:
        super().__init__(self.reason)


class EmptyDocument(ReadingError):
    """No letter or digit in it."""

    reason = "empty"


class BinaryDocument(ReadingError):
    """Bytes that are no text, whatever the file is called."""

    reason = "binary"


class UndecodableDocument(ReadingError):
    """Text in an encoding that is not Unicode (TCVN3, VNI, cp1258), which cannot be told apart safely."""

    reason = "undecodable"


class UnsupportedFormat(ReadingError):
    """A file type that nothing here reads."""

    reason = "unsupported"


class SecretDocument(ReadingError):
    """A secrecy mark stands on it; Law 29/2018/QH14 article 5 forbids keeping it on a networked machine."""

    reason = "secret"


class BrokenDocument(ReadingError):
    """Of a known format, but damaged: it cannot be opened, or its reader died over it."""

    reason = "broken"


class ProtectedDocument(ReadingError):
    """A password is needed to open it."""

    reason = "password"


class MacroDocument(ReadingError):
    """It carries macros; a directive never needs any, and programs that open it might run them."""

    reason = "macros"


class WrongExtension(ReadingError):
    """A known format under the name of another."""

    reason = "wrong_extension"


class OversizedDocument(ReadingError):
    """It unpacks to more than a document can be: a zip bomb, a huge page, more memory than is granted."""

    reason = "too_big"


class TooManyPages(ReadingError):
    """More than `pages` pages, which are not read at once; of a scan fewer may be too many."""

    reason = "too_many_pages"

    def __init__(self, pages: int = MOST_PAGES) -> None:
        super().__init__()
        self.values = {"pages": pages}


class TooSlow(ReadingError):
    """Its reader did not end in the time that is granted."""

    reason = "too_slow"


class NoOldWordReader(ReadingError):
    """A .doc of Word 97-2003, and no program on this machine reads those."""

    reason = "no_doc_reader"


class NoRecogniser(ReadingError):
    """A scan or a photo, and Tesseract with Vietnamese is not on this machine."""

    reason = "no_ocr"
