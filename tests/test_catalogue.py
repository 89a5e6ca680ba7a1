"""The catalogues: the same keys and the same {fields} in every language, and a clear fault for what is missing."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import catalogue

SAMPLE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "sample.hello"
msgstr "Kính gửi: đồng chí {name}"
"""


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of one sentence in place of the real ones."""
    folder = tmp_path / "vi"
    folder.mkdir()
    (folder / "sample.po").write_text(SAMPLE, encoding="utf-8")
    monkeypatch.setattr(catalogue, "LOCALE", tmp_path)
    monkeypatch.setattr(catalogue, "sentences", catalogue.sentences.__wrapped__)
    return folder


def fields_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_a_sentence_gets_its_fields(sample: Path) -> None:
    assert catalogue.text("sample.hello", name="Nguyễn Văn Hùng") == "Kính gửi: đồng chí Nguyễn Văn Hùng"


def test_a_missing_key_is_named(sample: Path) -> None:
    with pytest.raises(KeyError, match=r"sample\.bye"):
        catalogue.text("sample.bye")


def test_a_missing_field_is_named(sample: Path) -> None:
    with pytest.raises(KeyError, match=r"sample\.hello.*name"):
        catalogue.text("sample.hello")


def test_a_missing_language_is_named(sample: Path) -> None:
    with pytest.raises(KeyError, match="'fr'"):
        catalogue.text("sample.hello", "fr", name="x")


def test_a_key_of_two_domains_is_refused(sample: Path) -> None:
    (sample / "twice.po").write_text(SAMPLE, encoding="utf-8")
    with pytest.raises(ValueError, match=r"sample\.hello"):
        catalogue.text("sample.hello", name="x")


def test_both_languages_hold_the_same_keys() -> None:
    assert set(catalogue.sentences("vi")) == set(catalogue.sentences("en"))


def test_both_languages_take_the_same_fields() -> None:
    vietnamese, english = catalogue.sentences("vi"), catalogue.sentences("en")
    different = [key for key in vietnamese if fields_of(vietnamese[key]) != fields_of(english.get(key, ""))]
    assert different == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_sentence_is_empty_and_no_key_stands_twice_in_a_file(language: str) -> None:
    assert [key for key, sentence in catalogue.sentences(language).items() if not sentence.strip()] == []
    for path in (catalogue.LOCALE / language).glob("*.po"):
        keys = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.M)
        assert len(keys) == len(set(keys)), f"{path} has a key twice"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_sentence_shouts_or_smiles(language: str) -> None:
    shouting = re.compile("[!\N{GRINNING FACE}-\N{PERSON WITH FOLDED HANDS}☀-➿]")
    assert [key for key, sentence in catalogue.sentences(language).items() if shouting.search(sentence)] == []
