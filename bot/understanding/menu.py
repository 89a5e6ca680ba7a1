"""The numbers of the menu (R3), pictures without words, and naming a đầu mối."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.acts import Act, Do, Scene, Verb
from bot.understanding import finish
from bot.understanding import lexicon as lex
from bot.understanding.clauses import bare
from bot.understanding.names import people_named
from bot.understanding.tasks import CODE, named, resolve
from bot.understanding.words import vn

_NUMBER = re.compile(r"(?:số |so |chọn |chon |phím |bấm |ấn )?0?([0-589])(?:[.):\-\s,]+|$)(.*)")
_AFTER_CODES = re.compile(r"((?:nv\d+(?:,| và| va)? ?)+)[:\- ]+([0-589])")
_AFTER_NUMBER = vn(
    r"(?:ạ|nhé|nha|em|e|anh|a|tất cả|hết|cả (?:2|3|hai|ba)(?: việc)?|cả|all|và|rồi|đã nhận|báo cáo hoàn thành|"
    r"tiến độ|xin gia hạn|đề nghị chuyển đơn vị khác|xem việc|,|\+|&|nv\d+)"
)
_SEVERAL = re.compile(r"\s*[,;.\n]\s*(?:và |va )?(?=[0-589] nv\d)| (?:và|va) (?=[0-589] nv\d)")
_FOCAL = vn(r"(?:đầu mối|chuyên viên phụ trách|người làm|cán bộ đầu mối)")
_UNKNOWN = re.compile(r"(?:^|cử |cu |giao )(?:cán bộ )?(?:đầu mối|dau moi)(?: nv\d+)?(?: là| la|:) ?\S")
"""Plainly a naming, though nobody of that name is known: said back, not passed over."""


def media(text: str, scene: Scene) -> Act | None:
    """Pictures and files without words that say what they are."""
    kinds = set(scene.attachments)
    silent = not bare(text)
    if kinds == {"sticker"} and silent:
        return Act(Verb.NONE, Do.QUIET)
    if "unsupported" in kinds and silent:
        return Act(Verb.NONE, Do.ASK, _here(text, scene), then="upload")
    if kinds == {"voice"} and silent:
        return Act(Verb.NONE, Do.ASK, then="which_act")
    if silent:
        return Act(Verb.NONE, Do.ASK, _here(text, scene), then="which_act", words=text)
    return None


def _here(text: str, scene: Scene) -> tuple[int, ...]:
    return resolve(text, scene, scene.tasks, many=True).tasks


def number(text: str, raw: str, scene: Scene) -> tuple[Act, ...] | None:
    """R3: a digit alone, or with codes or words of its own. '2 NV12 số 145/BC-QLVH ngày 27/11' is a report."""
    if bare(text) in ("tiến độ", "tien do"):
        text = "3"
    if (after := _AFTER_CODES.fullmatch(text)) is not None:
        text = f"{after.group(2)} {after.group(1)}"
    found = _NUMBER.fullmatch(text)
    if found is None or (re.match(r"\d", found.group(2)) and not CODE.match(found.group(2)) and not _four(found)):
        return None
    digit, rest = int(found.group(1)), found.group(2).strip()
    left = _AFTER_NUMBER.sub(" ", rest).strip(" ,.")
    if digit in (0, 1, 2, 3, 4, 5) and left and not _goes_with(digit, left, rest):
        return None
    return tuple(_by_digit(digit, rest, left, raw, scene))


def several(text: str) -> list[str]:
    """'1 NV12, 5 NV13': each number with its own tasks and words; empty unless there are two at least."""
    parts = _SEVERAL.split(text)
    return parts if len(parts) > 1 and CODE.search(parts[0]) and bare(parts[0]) else []


def _four(found: re.Match[str]) -> bool:
    """'4 2/12', '4 3 ngày': more time, and until when; but '4 5 ngày' is a vague length."""
    length = re.match(r"(\d+) (?:ngày|ngay|tuần|tuan|hôm|hom)", found.group(2))
    if found.group(1) != "4":
        return False
    return re.match(r"\d{1,2}[/.-]\d", found.group(2)) is not None or (length is not None and int(length.group(1)) <= 4)


def _goes_with(digit: int, left: str, rest: str) -> bool:
    """Words after a digit that name a product (2), a state (3), a day or reason (4, 5); never '2 ngày nữa xong'."""
    if re.match(
        r"(?:ngày|ngay|tuần|tuan|hôm|hom|việc|viec|xã|xa|nv|người|nguoi|hồ sơ|tháng|thang|giờ|h|đơn vị|phòng|"
        r"cái)(?!\w)",
        left,
    ):
        return False
    return digit >= 2 and (CODE.search(rest) is not None or digit != 2 or finish.product_in(rest) is not None)


def _by_digit(digit: int, rest: str, left: str, raw: str, scene: Scene) -> list[Act]:
    if digit == 0:
        return [_look(rest, scene)]
    if digit == 1:
        return [finish.acknowledge(rest, scene)]
    if digit == 2:
        return [finish.report(rest, raw if left else rest, scene, nil=lex.NIL.search(rest) is not None)]
    if digit == 3:
        act = finish.progress(rest, left, scene)
        return [act] if left or act.then else [replace(act, do=Do.ASK, then="result")]
    if digit == 4:
        return finish.extension(_until(left), f"{rest} {left}" if left and not rest else rest, scene)
    if digit == 5:
        return [finish.refuse(rest, scene)]
    return [Act(Verb.NONE, Do.QUIET, words=rest)]


def _until(left: str) -> str:
    """After '4' a day may stand bare: '4 NV12 2/12', '4 30/11'."""
    return f"xin đến {left}" if re.match(r"\d", left) and not re.match(r"\d+ \w", left) else left


def _look(rest: str, scene: Scene) -> Act:
    tasks = named(rest, scene).tasks or _here(rest, scene)
    if not tasks:
        return Act(Verb.LIST, Do.ACT, then="own unit", show="own unit")
    return Act(Verb.LIST, Do.ACT, tasks, then="doc", show="doc")


def focal(text: str, scene: Scene) -> Act | None:
    """'đầu mối NV12 là c Mai': the specialist who is reminded too."""
    if not _FOCAL.search(text) or "?" in text:
        return None
    people = people_named(text, scene)
    if not people and not _UNKNOWN.search(text):
        return None
    target, asking = finish.aim(Verb.FOCAL, text, scene, many=True)
    person = people[-1][1].id if people else None
    return asking or Act(Verb.FOCAL, Do.ACT, target.tasks, person=person, words=text)
