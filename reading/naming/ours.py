"""Which of the names in a document are ours: the office itself, its units, its groups."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from reading.model import Lead, OfficeNames
from reading.naming.agencies import elsewhere, is_anothers, place_of, tail, without_level
from reading.naming.alike import nearest
from reading.words import UPPER, fold, rx, toneless

ROLE = (
    r"^(?:(?:các |quý )?(?:đồng chí |đ c )+|(?:giao|yêu cầu|đề nghị) )*"
    r"(?:(?:quyền |q )?(?:phó )?(?:thủ trưởng|giám đốc|chủ tịch|hiệu trưởng|người đứng đầu|chánh|trưởng|lãnh đạo)"
    r"(?:,? (?:các )?phó)? (?!sở$))?"
)
TAIL = (
    r"\s(?:trực )?(?:thuộc|của) (?:và trực thuộc )?(?:sở|cơ quan|đơn vị mình)$| trực thuộc sở$| có liên "
    r"quan$| liên quan$"
)
# "Đồng chí Phạm Thị Hồng, Trưởng phòng X": the post says which unit.
PERSON = rf"^(?:[Đđ]ồng chí|[Đđ]/c|[ÔôBb][\w]+)(?:\s[{UPPER}][\wÀ-ỹ]*){{2,5}}\s*[,–-]\s*(?=\w)"
# Said by another agency, these words mean its own units, not ours.
INNER = (
    r"(?:các |lãnh đạo|văn phòng|thanh tra|phòng|bộ phận|đơn vị|trưởng|thủ trưởng|toàn thể|chánh |phó |ban giám đốc|"
    r"(?:vp|tts|ldđ|bt|tv)$)"
)
GENERIC = r"(?:các )?(?:đơn vị|phòng|cơ quan|phòng ban|phòng, ban|đơn vị trực thuộc)(?:(?: có)? liên quan)?$"
RELATED = (
    r"(?:các )?(?:đơn vị|phòng|cơ quan|phòng ban|phòng, ban)(?:, (?:đơn vị|cá nhân|"
    r"địa phương))* (?:có )?liên quan$"
)
SHORT = r" (?:sở|xã|phường|đặc khu|cơ quan)$"
COMMUNE = toneless(r"hội đồng nhân dân"), toneless(r"ủy ban nhân dân")
BEYOND = (
    r"(?:$| (?:tỉnh|thành phố|liên quan|có liên quan|và|thuộc|cấp tỉnh|ban|ngành|đoàn thể|hội|ubnd|các|cơ quan|đơn vị|"
    r"địa phương|thủ trưởng|giám đốc|chủ tịch|mặt trận|trung ương|tổ chức|doanh nghiệp)(?!\w))"
)


@lru_cache(maxsize=4096)  # the office's names and those of the text, again with every item
def key(name: str) -> str:
    """The words that two spellings of one name share: without tones, marks, and "Ủy ban nhân dân" written out."""
    plain = " ".join(rx(r"[^\w\s:]").sub(" ", fold(name)).split())
    plain = plain.replace(COMMUNE[0], "hđnd").replace(COMMUNE[1], "ubnd")
    return rx(toneless(TAIL)).sub("", plain.replace(toneless("sở ban ngành"), toneless("sở ngành")))


class Resolver:
    """From the words of one document to the office's own codes. `issuer` decides whose "các đơn vị" are meant, `day`,
    the document's date, which of the units that have ended are meant."""

    def __init__(self, office: OfficeNames, issuer: str | None, day: date | None = None) -> None:
        self.place = place_of((office.name, *office.aliases))
        self.office = [self._flat(n) for n in (office.name, *office.aliases)]
        self.belongs = [key(n) for n in office.belongs_to]
        if self.office[0].startswith(toneless("sở ")):
            self.belongs.append(toneless("các sở"))
        self.remembered = {key(words): codes for words, codes in office.remembered}
        self.units = unit_codes(office, day)
        self.groups = {key(n): g.members for g in office.groups for n in (g.name, *g.aliases)}
        self.resolved: dict[str, Lead] = {}  # a long document says the same few names again and again
        writer = self._flat(issuer or "")
        self.internal = self._is_us(writer)
        # A letter of another agency about "Văn phòng Sở" speaks of its own.
        self.foreign = bool(writer) and not self.internal
        self.peer = self.foreign and bool(
            rx(toneless(r"(?:sở|phòng|trường|cục|chi cục|trung tâm|tổng cục|công an|bệnh viện)\s")).match(writer)
        )

    def _flat(self, name: str) -> str:
        return without_level(key(name), self.place)

    def _is_us(self, writer: str) -> bool:
        """This office, or one of its units; never the namesake in another province."""
        for name in self.office:
            behind = tail(writer, name)
            if behind is not None and (behind == "" or self.place is None or behind.startswith(self.place)):
                return True
        return any(
            behind == "" or (behind is not None and behind in self.office)
            for behind in (tail(writer, unit) for unit in self.units if " " in unit)
        )

    def lead(self, text: str) -> Lead:
        """The name with the codes it stands for; without any where it is nobody of ours."""
        if text not in self.resolved:
            self.resolved[text] = self._resolve(text)
        return self.resolved[text]

    def _resolve(self, text: str) -> Lead:
        names = self._readings(text)
        for name in names:
            if codes := self.remembered.get(name):
                return Lead(text, codes, len(codes) > 1)
        inside = [name for name in map(self._inside, names) if name]
        if not inside and self._another(text):
            return Lead(text)
        for name in [*names, *inside]:
            if name in self.units:
                return Lead(text, (self.units[name],))
            if name in self.groups:
                return Lead(text, self.groups[name], True)
        if code := self._same_but_for_small_words(names) or self._staff_of(key(text)):
            return Lead(text, (code,))
        several = self._listed(text) or self._several(fold(text))
        return Lead(text, several, bool(several), () if several else self._nearest(text, names))

    def _inside(self, name: str) -> str | None:
        """ "thanh tra sở văn hóa và thể thao" → "thanh tra sở": the office itself is said behind its unit."""
        for office in self.office:
            if name.endswith(f" {office}"):
                bare = name[: -len(office) - 1]
                called = (f"{bare} {toneless('sở')}", bare)
                return next((n for n in called if n in self.units or n in self.groups), None)
        return None

    def _another(self, text: str) -> bool:
        """Words that mean another agency's inside when that agency writes them, or that mean nobody in particular."""
        plain = fold(text)
        if rx(toneless(RELATED)).match(plain):
            return True
        generic = rx(toneless(GENERIC)).match(plain) and not self.internal
        if generic or not (self.foreign and rx(toneless(INNER)).match(plain)):
            return bool(generic)
        # The province says "Thanh tra Sở", "Phòng Văn hóa" of a department; another department of its own.
        return (
            self.peer
            or not rx(toneless(r".*(?<!\w)sở(?!\w)|(?:.* )?phòng \w+")).match(plain)
            or bool(rx(toneless(r"(?:.* )?(?:các phòng|văn phòng(?! sở))")).match(plain))
        )

    def _readings(self, text: str) -> list[str]:
        """The name itself, without its courtesy, without the post held ("Trưởng phòng X" → "phòng X")."""
        plain = self._flat(rx(PERSON).sub("", text))
        if self.internal and rx(toneless(r"(?:(?:các |quý )?đồng chí )?(?:phó )?giám đốc(?: sở)?$")).match(plain):
            plain = toneless("lãnh đạo sở")
        bare = rx(toneless(r"^(?:các )?(?:đồng chí |đ c |ông |bà )")).sub("", plain)
        held = key(rx(toneless(ROLE)).sub("", bare))
        acting = rx(toneless(r"^.*phụ trách (?=phòng|ban|trung tâm|bộ phận|văn phòng|thanh tra)")).sub("", bare)
        short = rx(toneless(SHORT)).sub("", bare)
        kept = rx(toneless(SHORT)).sub("", held) if self.internal else held
        return list(dict.fromkeys((plain, bare, held, acting, short, kept, rx(toneless("^các ")).sub("", bare))))

    def _same_but_for_small_words(self, names: list[str]) -> str | None:
        """ "Thư viện Khoa học tổng hợp" for "… tỉnh": equal without và, tỉnh, thuộc; three words must be left."""
        if self.foreign:
            return None
        said = {loose for name in names if len((loose := _loose(name)).split()) > 2}
        found = {code for name, code in self.units.items() if _loose(name) in said}
        return found.pop() if len(found) == 1 else None

    def _nearest(self, text: str, names: list[str]) -> tuple[str, ...]:
        if self.foreign or self._means_us(text) or is_anothers(text, not self.foreign):
            return ()
        return nearest(names[-1] if names[-1] != names[0] else names[0], self.units)

    def _staff_of(self, name: str) -> str | None:
        """ "Toàn thể cán bộ, công chức Văn phòng Sở": the unit whose people they are."""
        if not rx(toneless(r"(?:toàn thể|tập thể|cán bộ|công chức|viên chức|nhân viên)\b")).match(name):
            return None
        ends = [unit for unit in self.units if " " in unit and name.endswith(f" {unit}")]
        return self.units[max(ends, key=len)] if ends else None

    def _listed(self, text: str) -> tuple[str, ...]:
        """ "Các phòng: Quản lý Văn hóa, Quản lý Du lịch": the names share their first word."""
        shared = rx(r".*?[Cc]ác (phòng|đơn vị|trung tâm)(?: thuộc Sở| trực thuộc)?:\s").match(text)
        if shared is None or not self.internal:
            return ()
        first = key(shared.group(1))
        said = [key(part) for part in rx(r",\s|;\s|\svà\s(?=[A-ZĐ])").split(text[shared.end() :])]
        codes = [self.units.get(f"{first} {part}") or self.units.get(part) for part in said]
        return tuple(code for code in codes if code)

    def _several(self, name: str) -> tuple[str, ...]:
        """ "Trưởng các phòng, đơn vị thuộc Sở": every part must be one of our groups."""
        pieces = [
            rx(toneless(r"^(?:trưởng|thủ|giám|đốc|các|lãnh|đạo|đồng|chí|\s)+")).sub("", key(p))
            for p in rx(toneless(r",\s| và ")).split(name)
        ]
        if len(pieces) < 2 or not all(pieces) or self.foreign:
            return ()
        codes: list[str] = []
        for piece in pieces:
            all_of = rx(toneless("^các "))
            members = next((m for n, m in self.groups.items() if all_of.sub("", n).startswith(piece)), ())
            if not members:
                return ()
            codes.extend(code for code in members if code not in codes)
        return tuple(codes)

    def ours(self, leads: tuple[Lead, ...]) -> bool | None:
        """True for this office, its units or a group it belongs to; False when all are other named agencies."""
        if any(lead.codes or self._means_us(lead.text) for lead in leads):
            return True
        return False if leads and all(self._others(rx(PERSON).sub("", lead.text)) for lead in leads) else None

    def _others(self, name: str) -> bool:
        # A room named in a text without a letterhead may be one of ours under a name that is not known.
        return ": " in name or elsewhere(name, self.place) or is_anothers(name, not self.foreign)

    def _means_us(self, text: str) -> bool:
        if elsewhere(text, self.place):
            return False
        if rx(rf"[^:]*: |[Cc]ác [Ss]ở [{UPPER}]").match(text):  # "Các sở: Y tế, Văn hóa, Thể thao và Du lịch"
            listed = key(text)
            return any(rx(toneless("^sở ")).sub("", n) in listed for n in self.office)
        return any(self._us_or_all_of_us(name) for name in self._readings(text))

    def _us_or_all_of_us(self, name: str) -> bool:
        if name in self.office or any(_beyond(name, group) for group in self.belongs):
            return True
        # "Sở Y tế các tỉnh, thành phố": a ministry's way to name all of us
        named = rx(toneless("^các ")).sub("", name)
        return any(rx(toneless(r"các (?:tỉnh|địa phương)")).match(tail(named, n) or "") for n in self.office)


def unit_codes(office: OfficeNames, day: date | None) -> dict[str, str]:
    """Folded name → code. A unit that has ended stands for its successor, unless the document is from its time."""
    now = [unit for unit in office.units if unit.ended is None]
    codes = {key(name): unit.code for unit in now for name in (unit.code, unit.name, *unit.aliases)}
    taken = {unit.code for unit in now}
    for unit in office.units:
        if unit.ended is None:
            continue
        of_its_time = day is not None and day <= unit.ended and unit.code not in taken
        code = unit.code if of_its_time else unit.successor
        if code is None:
            continue
        for name in (unit.name, *unit.aliases):
            codes.setdefault(key(name), code)
    return codes


def _beyond(name: str, group: str) -> bool:
    return name.startswith(group) and rx(toneless(BEYOND)).match(name[len(group) :]) is not None


def _loose(name: str) -> str:
    return " ".join(word for word in name.split() if word not in SMALL)


SMALL = frozenset(toneless("và tỉnh thuộc của các thực hiện").split())
