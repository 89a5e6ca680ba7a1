"""Which of our units have names like words that are none of them: offered to the clerk, never taken."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

from reading.words import rx, toneless

# Words that say nothing of which unit it is.
EMPTY = frozenset(toneless("phòng ban và của các sở tỉnh thuộc trung tâm bộ phận đồng chí").split())
ROOMS = r"(?:phòng|ban|bộ phận|trung tâm|nhà|đội|tổ|bảo tàng|thư viện|trường|thanh tra|văn phòng|đoàn|chi cục)\s"
NEAR = 0.5
MOST = 3


def nearest(name: str, units: Mapping[str, str]) -> tuple[str, ...]:
    """Codes of at most three units, the most alike first. `units` is folded name → code."""
    if not rx(toneless(ROOMS)).match(name):
        return ()
    best: dict[str, float] = {}
    for known, code in units.items():
        if " " in known:
            best[code] = max(best.get(code, 0.0), _alike(name, known))
    ranked = sorted((code for code, how in best.items() if how >= NEAR), key=lambda code: -best[code])
    return tuple(ranked[:MOST])


def _alike(a: str, b: str) -> float:
    """The share of the telling words that the two names have in common, or of their letters in order."""
    left, right = set(a.split()) - EMPTY, set(b.split()) - EMPTY
    if not left & right:
        return 0.0
    return max(len(left & right) / len(left | right), SequenceMatcher(None, a, b).ratio() - 0.25)
