"""Which of the names in a document are ours: the office itself, its units, its groups."""

from __future__ import annotations

from reading.model import Lead, OfficeNames
from reading.words import UPPER, fold, rx, toneless

ROLE = (
    r"^(?:(?:các |quý )?(?:đồng chí |đ c )+|(?:giao|yêu cầu|đề nghị) )*"
    r"(?:(?:phó )?(?:thủ trưởng|giám đốc|chủ tịch|hiệu trưởng|người đứng đầu|chánh|trưởng|lãnh đạo)"
    r"(?:,? (?:các )?phó)? (?!sở$))?"
)
TAIL = (
    r"\s(?:trực )?(?:thuộc|của) (?:và trực thuộc )?(?:sở|cơ quan|đơn vị mình)$|, trực thuộc sở$| có liên "
    r"quan$| liên quan$"
)
# "Đồng chí Phạm Thị Hồng, Trưởng phòng X": the post says which unit.
PERSON = rf"^(?:[Đđ]ồng chí|[Đđ]/c|[ÔôBb][\w]+)(?:\s[{UPPER}][\wÀ-ỹ]*){{2,5}}\s*[,–-]\s*(?=\w)"
# Said by another agency, these words mean its own units, not ours.
INNER = r"(?:các |lãnh đạo|văn phòng|thanh tra|phòng|bộ phận|đơn vị|trưởng|thủ trưởng|toàn thể)"
GENERIC = r"(?:các )?(?:đơn vị|phòng|cơ quan|phòng ban|phòng, ban|đơn vị trực thuộc)(?:(?: có)? liên quan)?$"
NAMED = (
    r"(?:Chủ tịch |Giám đốc |Thủ trưởng |Bộ trưởng |Trưởng |Chánh )*(?:Sở|Bộ|UBND|[UỦ][ỷỶyYủ] ban|"
    r"Công an|Ngân hàng|Đài|"
    r"Báo|Kho bạc|Cục|Văn phòng|Thanh tra [^S]|Trường|Tỉnh ủy|Đảng ủy|Bảo hiểm|Công ty|Tập đoàn)\s*\S"
)


def key(name: str) -> str:
    """The words that two spellings of one name share."""
    plain = " ".join(rx(r"[^\w\s,:]").sub(" ", fold(name)).split()).strip(" ,")
    return rx(toneless(TAIL)).sub("", plain.replace(", ban, ", ", "))


class Resolver:
    """From the words of one document to the office's own codes. `issuer` decides whose "các đơn vị" are meant."""

    def __init__(self, office: OfficeNames, issuer: str | None) -> None:
        self.units = {key(n): u.code for u in office.units for n in (u.code, u.name, *u.aliases)}
        self.groups = {key(n): g.members for g in office.groups for n in (g.name, *g.aliases)}
        self.office = [key(n) for n in (office.name, *office.aliases)]
        self.belongs = [key(n) for n in office.belongs_to]
        self.resolved: dict[str, Lead] = {}  # a long document says the same few names again and again
        writer = key(issuer or "")
        self.internal = any(writer.startswith(n) for n in (*self.office, *self.units))
        # A letter of another department about "Văn phòng Sở" speaks of its own.
        self.foreign = not self.internal and bool(
            rx(toneless("(?:sở|phòng|trường|cục|chi cục|trung tâm|tổng cục)\\s")).match(writer)
        )

    def lead(self, text: str) -> Lead:
        """The name with the codes it stands for; without any where it is nobody of ours."""
        if text not in self.resolved:
            self.resolved[text] = self._resolve(text)
        return self.resolved[text]

    def _resolve(self, text: str) -> Lead:
        if self._another(text):
            return Lead(text)
        names = self._readings(text)
        for name in names:
            if name in self.units:
                return Lead(text, (self.units[name],))
            if name in self.groups:
                return Lead(text, self.groups[name], True)
        for name in names:
            near = max(self.units, key=lambda n: _alike(n, name), default="")
            if near and _alike(near, name) >= 0.8:
                return Lead(text, (self.units[near],))
        if code := self._staff_of(key(text)):
            return Lead(text, (code,))
        several = self._listed(text) or self._several(key(text))
        return Lead(text, several, bool(several))

    def _another(self, text: str) -> bool:
        """Words that mean some other agency's inside when another agency writes them."""
        plain = fold(text)
        generic = rx(toneless(GENERIC)).match(plain) and not self.internal
        return bool(generic or (self.foreign and rx(toneless(INNER)).match(plain)))

    def _readings(self, text: str) -> list[str]:
        """The name itself, without its courtesy, without the post held ("Trưởng phòng X" → "phòng X")."""
        plain = key(rx(PERSON).sub("", text))
        if self.internal and rx(toneless(r"(?:(?:các |quý )?đồng chí )?(?:phó )?giám đốc(?: sở)?$")).match(plain):
            plain = toneless("lãnh đạo sở")
        bare = rx(toneless(r"^(?:các )?(?:đồng chí |đ c )")).sub("", plain)
        held = key(rx(toneless(ROLE)).sub("", plain))
        short = rx(toneless(" sở$")).sub("", bare)
        return list(dict.fromkeys((plain, bare, held, short, rx("^cac ").sub("", bare))))

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
            rx(toneless(r"^(?:trưởng|thủ|giám|đốc|các|lãnh|đạo|đồng|chí|\s)+")).sub("", p)
            for p in rx(", | va ").split(name)
        ]
        if len(pieces) < 2 or not all(pieces):
            return ()
        codes: list[str] = []
        for piece in pieces:
            members = next((m for n, m in self.groups.items() if rx("^cac ").sub("", n).startswith(piece)), ())
            if not members:
                return ()
            codes.extend(code for code in members if code not in codes)
        return tuple(codes)

    def ours(self, leads: tuple[Lead, ...]) -> bool | None:
        """True for this office, its units or a group it belongs to; False when all are other named agencies."""
        if any(lead.codes or self._means_us(lead.text) for lead in leads):
            return True
        return False if leads and all(rx(NAMED).match(lead.text) or ": " in lead.text for lead in leads) else None

    def _means_us(self, text: str) -> bool:
        if ": " in text:  # "Các sở: Y tế, Văn hóa, Thể thao và Du lịch"
            return any(rx(toneless("^sở ")).sub("", n) in key(text) for n in self.office)
        return any(
            n in self.office or any(n.startswith(g) and rx(toneless(BEYOND)).match(n[len(g) :]) for g in self.belongs)
            for n in self._readings(text)
        )


BEYOND = r"(?:$|,| tỉnh| thành phố| liên quan| có liên quan| và| thuộc| cấp tỉnh)"


def _alike(a: str, b: str) -> float:
    left, right = set(a.split()), set(b.split())
    return len(left & right) / max(1, len(left | right)) if len(left) > 2 and len(right) > 2 else float(a == b)
