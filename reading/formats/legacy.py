"""Vietnamese typed before Unicode: bytes of TCVN3 (fonts ".VnTime") and VNI ("VNI-Times") shown as Latin-1 → Unicode.

Where a format tells the font of its text, `from_font` is sure. Where it does not, `repair` judges by what the words
become: only text whose words turn into Vietnamese syllables is touched, for "§ 5", "50 µm" and "Besançon" must stay.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from reading.words import TONES, rx

# TCVN 5712:1993, the part that the ".Vn" fonts use; 0xB8 is "á". Capital vowels with a tone have no code: the fonts
# whose name ends in H draw small letters as capitals.
TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®¸µ¶·¹¾»¼½ÆÊÇÈÉËÐÌÎÏÑÕÒÓÔÖÝ×ØÜÞãßáâäèåæçéíêëìîóïñòôøõö÷ùýúûüþ",
        "ĂÂÊÔƠƯĐăâêôơưđáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ",
        strict=True,
    )
)
_TCVN3_CODES = {ord(code): letter for code, letter in TCVN3.items()}
# VNI writes a letter and then its marks as a second letter: "oä" is "ộ". ñ, ö, ô stand for đ, ư, ơ.
_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300",
    "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300",
    "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_ALONE = {"ñ": "đ", "ö": "ư", "ô": "ơ", "ò": "ị", "æ": "ỉ", "ó": "ĩ", "î": "ỵ"}
_CARRIERS = {"ø": "aeiouyôö", "ù": "aeiouyôö", "û": "aeouyôö", "õ": "aeouyôö", "ï": "aeouyôö"}


def _vni() -> dict[str, str]:
    table = dict(_ALONE)
    for mark, parts in _MARKS.items():
        for letter in _CARRIERS.get(mark, "aeo" if parts[0] == "\u0302" else "a"):
            table[letter + mark] = unicodedata.normalize("NFC", _ALONE.get(letter, letter) + parts)
    # Capitals come with capital marks; "Oä" at the start of a name has a small one.
    capitals = {key.upper(): value.upper() for key, value in table.items()}
    mixed = {key[0].upper() + key[1:]: value.upper() for key, value in table.items() if len(key) == 2}
    return table | capitals | mixed


VNI = _vni()
TABLES = {"tcvn3": TCVN3, "vni": VNI}
# Letters that Unicode Vietnamese cannot do without, and that neither code can hold.
_UNICODE_ONLY = r"[ăđơưĂĐƠƯ\u0102-\u0111\u1ea0-\u1ef9\u0300-\u036f]"
# Signs that no language writes inside a word; in TCVN3 they are letters.
_SIGNS = r"[¨©ª«¬\u00ad®¸µ¶·¹»¼½¾§¡¢£¤¥¦]"
_SYLLABLE = (
    r"(?:ngh|ng|gh|gi|kh|ph|qu|th|tr|ch|nh|[bcdđghklmnprstvx])?"
    r"(?:uyê|uya|uyu|uây|uôi|oai|oay|oao|oeo|ươi|ươu|iêu|yêu|[aăâeêioôơuưy]|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|"
    r"oi|oo|ôi|ơi|ua|uâ|ue|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê)(?:ng|nh|ch|[cmnpt])?"
)
_MOST = 0.8  # of the words that would change must become Vietnamese
_MANY = 0.6  # of all words must be Vietnamese then


def from_font(font: str, text: str) -> str:
    """Text of a run in this font → Unicode; identity when the font is no legacy one, or the text is Unicode after all.

    Word leaves ".VnTime" on runs that were typed anew in Unicode and shows them in another font.
    """
    name = font.strip("\"' ").lower()
    code = "tcvn3" if name.startswith(".vn") else "vni" if name.startswith("vni") else None
    if code is None or rx(_UNICODE_ONLY).search(text):
        return text
    # Fonts of the symbol character set have their bytes in a private area.
    text = "".join(chr(ord(c) - 0xF000) if "\uf020" <= c <= "\uf0ff" else c for c in text)
    text = _convert(text, code)
    return text.upper() if code == "tcvn3" and name.endswith("h") else text


def repair(text: str) -> str:
    """TCVN3 or VNI → Unicode, NFC; any other text comes back as it is."""
    if not rx(r"[\u00a1-\u00ff]").search(text):
        return text
    modern = len(rx(_UNICODE_ONLY).findall(text)) > len(text) // 100
    if not modern and (code := _code(text, least=3)):
        return _convert(text, code)
    # A Unicode document with a part typed in the old way: line by line, and only where it is plain.
    return "\n".join(_repair_line(line) for line in text.split("\n"))


def _repair_line(line: str) -> str:
    if rx(_UNICODE_ONLY).search(line):
        return line
    for code in TABLES:
        if rx(r"\W*(?:TỐI |TUYỆT )?MẬT\W*").fullmatch(after := _convert(line, code)) and after != line:
            return after
    found = _code(line, least=2)
    return _convert(line, found) if found else line


def _code(text: str, least: int) -> str | None:
    """Which code the text is in, if at least so many different words speak for it and hardly any against it."""
    votes: dict[str, int] = {}
    for code in TABLES:
        words = set(rx(r"[^\s.,;:!?()\[\]\"“”/0-9-]+").findall(text))
        changed = {word for word in words if _convert(word, code) != word}
        good = {word for word in changed if _is_syllable(_convert(word, code))}
        sure = {word for word in good if len(word) > 1 and (rx(_SIGNS).search(word) or not _is_syllable(word))}
        all_good = {word for word in words - changed if _is_syllable(word)} | good
        # Both shares: French "où" and "forêt dès" turn into something, but the words around them are no Vietnamese.
        if len(sure) >= least and len(good) >= _MOST * len(changed) and len(all_good) >= _MANY * len(words):
            votes[code] = len(sure)
    return max(votes, key=votes.__getitem__) if votes else None


@lru_cache(maxsize=4096)
def _is_syllable(word: str) -> bool:
    letters = unicodedata.normalize("NFD", word.lower())
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONES))
    return sum(c in TONES for c in letters) <= 1 and rx(_SYLLABLE).fullmatch(bare) is not None


def _convert(text: str, code: str) -> str:
    if code == "vni":
        keys = r"[aeiouyôöAEIOUYÔÖ][øùûõïâáàåãäêéèúüëØÙÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[ñöôòæóîÑÖÔÒÆÓÎ]"
        return rx(keys).sub(lambda m: VNI.get(m[0]) or VNI.get(m[0][0], m[0][0]) + m[0][1:], text)
    return "\n".join(_capitals(line) for line in text.translate(_TCVN3_CODES).split("\n"))


def _capitals(line: str) -> str:
    """ "CộNG HòA": TCVN3 has no capital vowels with marks, so a word whose other letters are capitals is one."""
    plain = rx(r"[A-Za-z]").findall(line)
    if len(plain) > 1 and "".join(plain).isupper():
        return line.upper()
    return rx(r"[^\W\d_]{2,}").sub(lambda m: m[0].upper() if _is_capitals(m[0]) else m[0], line)


def _is_capitals(word: str) -> bool:
    plain = "".join(c for c in word[1:] if c.isascii())
    return plain.isupper() or (word[0].isupper() and not plain and len(word) > 2)
