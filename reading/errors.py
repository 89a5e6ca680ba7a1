"""Named refusals of a document. None of them carries a word of what was read."""

from __future__ import annotations


class ReadingError(Exception):
    """A document that cannot be read; `reason` is a plain code that the caller words for people.

    The exception holds nothing but the code, so that a refused document cannot leak into a log.
    """

    reason = "unreadable"

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
    """A file type that no extractor knows."""

    reason = "unsupported"


class SecretDocument(ReadingError):
    """A secrecy mark stands on it; Law 29/2018/QH14 article 5 forbids keeping it on a networked machine."""

    reason = "secret"
