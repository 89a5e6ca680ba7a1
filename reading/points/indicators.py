"""Measured shares with their targets: "68,42% (theo quy định 85%)"."""

from __future__ import annotations

from reading.model import Indicator
from reading.words import rx

PATTERN = (
    r"(?P<name>[Tt][ỷỉ] lệ\s[^;:()%\d]{5,160}?)\s*(?:đạt|là|mới đạt|chỉ đạt)?\s*(?P<value>\d{1,3}(?:[.,]\d+)?)\s*%\s*"
    r"[(,/]\s*(?:(?:theo|so với|mục tiêu|chỉ tiêu|yêu cầu|kế hoạch|quy định|giao|phải đạt|được|là|tối "
    r"thiểu|:)\s*)+(?P<target>\d{1,3}(?:[.,]\d+)?)\s*%"
)


def indicators(text: str) -> tuple[Indicator, ...]:
    """Every share printed with a target; decimal commas become points."""
    found = []
    for m in rx(PATTERN).finditer(text):
        name = " ".join(m.group("name").split()).strip(" ,")
        found.append(
            Indicator(
                name[:1].upper() + name[1:],
                m.group("value").replace(",", "."),
                m.group("target").replace(",", "."),
                "%",
            )
        )
    return tuple(dict.fromkeys(found))
