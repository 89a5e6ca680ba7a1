"""Letters and words: folding, raw Telex and VNI keys, chat abbreviations, frequent typing errors.

Rule R5: a word typed with marks matches only itself, a word typed without marks matches every marked form.
`vn()` builds that into a regular expression, so that every pattern elsewhere is written once, with marks.
"""

import re
import unicodedata
from functools import lru_cache

_VOWELS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_FOLD = str.maketrans(_VOWELS, "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "y" * 5 + "d")
_TONES = {
    tone: {base: unicodedata.normalize("NFC", base + mark) for base in "aăâeêioôơuưy"}
    for tone, mark in zip("sfrxj", ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True)
}
_DIGITS = str.maketrans("０１２３４５６７８９？！，．：；／－–—“”’\u00a0", '0123456789?!,.:;/---""\' ')
_THUMBS = re.compile("[👍👌✅☑✔🆗🙆🫡]|\\(y\\)")
_DRESS = re.compile("[\u200b-\u200d\ufe0f\U0001f3fb-\U0001f3ff]")
_OLD_TONE = re.compile(r"(?<![q])([ou])([àáảãạèéẻẽẹỳýỷỹỵ])(?!\w)")
_TOKEN = re.compile(r"(?<![\w/@-])[^\W\d_]+(?![\w/-])")
_VNI = re.compile(r"d9|[aeo][a-z]{0,2}6|[ou]7|a8")
_VNI_TOKEN = re.compile(r"(?<![\w/-])[a-z][a-z0-9]*\d[a-z0-9]*(?![\w/-])")
_PLAN = re.compile(r"(?<!\w)kh ?(?=(?:số )?\d)")
_STUCK = re.compile(r"(?<!\w)(cv|vb|tb|qđ|ct|bc)(?=\d)")
_SYLLABLE = re.compile(r"(ngh|ng|nh|gh|gi(?=[aeou])|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?([a-z]+)")
_RHYME = re.compile(r"([aăâeêioôơuưy]{1,3})(ch|ng|nh|[cmnpt])?")
_ENGLISH = frozenset(
    (
        "is",
        "as",
        "us",
        "or",
        "has",
        "his",
        "max",
        "seen",
        "soon",
        "room",
        "see",
        "too",
        "been",
        "of",
        "if",
        "off",
        "so",
        "docs",
        "boss",
        "tax",
        "ex",
        "yes",
        "sure",
        "list",
        "last",
        "test",
        "just",
        "best",
        "task",
        "must",
        "cost",
        "post",
        "bus",
        "gas",
        "its",
        "this",
        "does",
        "needs",
    )
)
_RHYMES = (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê ie iu oa oă oe oi ôi ơi ua uâ uê ue ui uơ uô "
    "uo ưa ươ ưi ưu uy yê ye iêu ieu yêu yeu "
    "oai oay oeo uây uay uôi uoi ươi ươu uou uya uyê uye uyu"
)
_VOWEL_GROUPS = frozenset(_RHYMES.split())
_TRIGGER = re.compile(r"aa|ee|oo|dd|w|[aeiouy][a-z]*[sfrxj]|a[a-z]+a|o[a-z]+o|e[a-z]+e|d[a-z]+d")

_SAME = {
    "không": "k ko kô hok hông hong hổng hem khum kg khg hk khog khôg kh hog kou",
    "rồi": "r rùi rui òi oy roài ròi rồiii rôi rooi",
    "được": "dc đc dk đk đuợc dươc đươc",
    "với": "vs",
    "báo cáo": "bc b/c",
    "công văn": "cv",
    "văn bản": "vb",
    "phòng": "p",
    "đơn vị": "đv dv",
    "lãnh đạo sở": "ls lđs lds",
    "lãnh đạo": "lđ",
    "giám đốc": "gđ",
    "phó giám đốc": "pgđ",
    "văn phòng": "vp",
    "điện thoại": "đt dt đthoại",
    "hồ sơ": "hs",
    "gì": "j",
    "vậy": "z zậy dzậy",
    "như thế nào": "ntn",
    "hôm nay": "hnay",
    "bao giờ": "bh bjo bg",
    "người": "ng",
    "làm": "lm",
    "đang": "đg dg",
    "chưa": "chx chưaa",
    "gia hạn": "gh",
    "hoàn thành": "ht hthành hthanh",
    "trước": "trc",
    "thời gian": "tg",
    "vâng": "vg vag vâg",
    "xong": "xog xonh xoq xonq xg xng xongg sog xoong xonng",
    "trễ": "trể",
    "số liệu": "sl",
    "nhiệm vụ": "nvụ",
    "biết": "bít",
    "ngày mai": "ngmai",
    "phối hợp": "phợp",
    "muộn": "muôn",
    "làm việc": "lv",
    "xác nhận": "xn",
    "chuyên viên": "cvien cviên",
    "tiến độ": "tđộ",
    "hoãn": "hoản",
    "nhé": "nhóe nhoé nhaa",
    "mới": "ms",
    "cảm ơn": "camon",
    "danh sách": "ds",
    "không phát sinh": "kps",
    "phát sinh": "ps",
}
_SHORT = {short: full for full, shorts in _SAME.items() for short in shorts.split()}
_PHRASES = (
    (r"(?:gia|ra|da|gja|ja|gian|giạ|giá|gía|dia) (?:hạn|hạng|hạm)(?! chế)", "gia hạn"),
    (r"hoàng (?:thành|thanh)|hoàn thàng|hòan thành|hoàn thanh", "hoàn thành"),
    (r"song(?= (?:rồi|nhé|nha|ạ|hết|cả|r)(?!\w)|$)", "xong"),
    (r"chử nhật|chúa nhật|chu nhat|chủ nhựt", "chủ nhật"),
    (r"giahan", "gia hạn"),
    (r"hoanthanh", "hoàn thành"),
    (r"danhan", "đã nhận"),
    (r"tiendo", "tiến độ"),
    (r"baocao", "báo cáo"),
    (r"không không", "không"),
    (r"nhận đươc", "nhận được"),
    (r"lí do", "lý do"),
)


def fold(text: str) -> str:
    """Lower-case Vietnamese letters without marks."""
    return text.translate(_FOLD)


def vn_source(pattern: str) -> str:
    """The source of `vn(pattern)`, to put inside a larger pattern."""
    return re.sub(r"[^\W\d_]+", lambda m: _either(m.group()), pattern)


def _either(word: str) -> str:
    return word if word.isascii() or not word.islower() else f"(?:{word}|{fold(word)})"


def vn(pattern: str) -> re.Pattern[str]:
    """Compile a pattern written with marks; each marked word also matches its form without marks (R5)."""
    return re.compile(rf"(?<!\w)(?:{vn_source(pattern)})(?!\w)")


_REWRITE = tuple((vn(pattern), new) for pattern, new in _PHRASES)


@lru_cache(maxsize=64)  # a turn asks for its own words more than once
def clean(words: str) -> str:
    """NFC, lower case, plain digits, one blank between words, abbreviations written out, no full stop at the end."""
    text = unicodedata.normalize("NFC", words).lower().translate(_DIGITS)
    text = _DRESS.sub("", _THUMBS.sub(" ok ", text))
    text = re.sub(r"(\d{12})\d+", r"\1", re.sub(r"([^\W\d_])\1{2,}", r"\1", text))
    text = re.sub(r"[ \t\r]*\n\s*", " ; ", text.strip())
    text = re.sub(r"\s+", " ", text).strip(" .!…~,;:")
    text = _OLD_TONE.sub(lambda m: _shift_tone(m.group(1), m.group(2)), text)
    if text.isascii() and _VNI.search(text):
        text = _VNI_TOKEN.sub(lambda m: decode_keys(_from_vni(m.group())) or m.group(), text)
    raw_keys = text.isascii() and _TRIGGER.search(text) is not None
    text = _TOKEN.sub(lambda m: _word(m.group(), raw_keys), _PLAN.sub("kế hoạch ", _STUCK.sub(r"\1 ", text)))
    for pattern, new in _REWRITE:
        text = pattern.sub(new, text)
    return text


def _shift_tone(first: str, second: str) -> str:
    mark = unicodedata.normalize("NFD", second)
    return unicodedata.normalize("NFC", first + mark[1:]) + mark[0]


def _word(token: str, raw_keys: bool) -> str:
    if (short := _SHORT.get(token)) is not None:
        return short
    return (decode_keys(token) or token) if raw_keys else token


def _from_vni(token: str) -> str:
    keys = re.sub(r"([aeo])([a-z]*)6", r"\1\1\2", token)
    return keys.translate(str.maketrans("1234579", "sfrxjwd")).replace("8", "w")


@lru_cache(maxsize=4096)
def decode_keys(token: str) -> str | None:
    """Raw Telex keys (a keyboard left in English) as the syllable they would have made; None when they make none."""
    if token in _ENGLISH or not _TRIGGER.search(token):
        return None
    if token[0] == "d" and "d" in token[1:]:
        token = "đ" + token[1:].replace("d", "", 1)
    head, body = ("đ", token[1:]) if token[0] == "đ" else ("", token)
    if not head:
        found = _SYLLABLE.fullmatch(body)
        if found is None:
            return None
        head, body = found.group(1) or "", found.group(2)
    tones = [letter for letter in body[1:] if letter in "sfrxj"]
    if len(tones) > 1:
        return None
    if tones:
        body = body[0] + body[1:].replace(tones[0], "", 1)
    body = re.sub(
        r"([aeo])([a-z]*)\1", lambda m: {"a": "â", "e": "ê", "o": "ô"}[m.group(1)] + m.group(2), body, count=1
    )
    if "w" in body:
        body = body.replace("w", "").replace("uo", "ươ")
        body = (
            body
            if "ươ" in body
            else re.sub(r"[aou]", lambda m: {"a": "ă", "o": "ơ", "u": "ư"}[m.group()], body, count=1)
        )
    rhyme = _RHYME.fullmatch(body)
    return (
        None
        if rhyme is None or rhyme.group(1) not in _VOWEL_GROUPS
        else head + _with_tone(rhyme.group(1), rhyme.group(2) or "", tones[0] if tones else "")
    )


def _with_tone(vowels: str, final: str, tone: str) -> str:
    if not tone:
        return vowels + final
    hatted = [place for place, letter in enumerate(vowels) if letter in "ăâêôơư"]
    if hatted:
        place = hatted[-1]
    elif final:
        place = len(vowels) - 1
    else:
        place = 1 if len(vowels) == 3 else 0
    return vowels[:place] + _TONES[tone][vowels[place]] + vowels[place + 1 :] + final
