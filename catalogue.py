"""The sentences people read, from locale/<language>/<domain>.po: msgid is a dotted key, msgstr the sentence.

Keys rather than source sentences as msgid: Vietnamese comes first here, and a changed sentence must not lose its
English. There is no fallback from one language to the other: a missing key is a fault that the tests find.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

LOCALE = Path(__file__).resolve().parent / "locale"


def text(key: str, language: str = "vi", **values: Any) -> str:
    """The sentence of `key`, its {fields} filled in from `values`.

    Raises KeyError naming the key that no catalogue of the language has, or the field that got no value.
    """
    sentence = sentences(language).get(key)
    if sentence is None:
        raise KeyError(f"no sentence {key!r} in locale/{language}")
    try:
        return sentence.format(**values)
    except KeyError as missing:
        raise KeyError(f"sentence {key!r} needs a value for {missing}") from None


@cache
def sentences(language: str) -> dict[str, str]:
    """Every key of a language with its sentence, read once a process (about 25 ms for 600).

    Raises KeyError for a language without a folder, ValueError for a key that two domains define.
    """
    files = sorted((LOCALE / language).glob("*.po"))
    if not files:
        raise KeyError(f"no catalogue for language {language!r}")
    found: dict[str, str] = {}
    for path in files:
        for key, sentence in _read(path).items():
            if key in found:
                raise ValueError(f"key {key!r} stands twice, once in {path.name}")
            found[key] = sentence
    return found


def _read(path: Path) -> dict[str, str]:
    # Babel costs 30 ms to import: `dondoc --help` must not pay for it.
    from babel.messages.pofile import read_po

    with path.open("rb") as stream:
        catalogue = read_po(stream, abort_invalid=True)
    return {str(message.id): str(message.string) for message in catalogue if message.id}
