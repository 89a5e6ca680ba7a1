"""The contexts of the table of utterances as Scenes without a database, and Acts written as the table writes them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from bot.acts import Act, PersonView, PromptView, Scene, TaskView, UnitView

NOW = datetime(2026, 11, 23, 8, 10, tzinfo=timezone(timedelta(hours=7)))
DAYS_OFF = frozenset((date(2026, 11, 24), date(2027, 1, 1)))
_FILES = {"ảnh": "photo", "2 ảnh": "photo", "tệp": "file", "thoại": "voice", "nhãn dán": "sticker"}


class WeekCalendar:
    """Monday to Friday, without two days off."""

    def is_working(self, day: date) -> bool:
        return day.weekday() < 5 and day not in DAYS_OFF

    def next_working(self, day: date) -> date:
        return self.add(day, 1)

    def previous_working(self, day: date) -> date:
        day -= timedelta(days=1)
        while not self.is_working(day):
            day -= timedelta(days=1)
        return day

    def add(self, day: date, working_days: int) -> date:
        while working_days > 0:
            day += timedelta(days=1)
            working_days -= self.is_working(day)
        return day


UNITS = (
    UnitView("LDS", "Lãnh đạo Sở"),
    UnitView("VP", "Văn phòng Sở", ("VP", "Văn phòng")),
    UnitView("TTS", "Thanh tra Sở", ("Thanh tra",)),
    UnitView("TCCB", "Phòng Tổ chức cán bộ", ("TCCB", "Tổ chức")),
    UnitView("QLVH", "Phòng Quản lý Văn hóa", ("QLVH", "văn hóa")),
    UnitView("QLDL", "Phòng Quản lý Du lịch", ("QLDL", "du lịch", "p. du lịch")),
    UnitView("TV", "Thư viện tỉnh", ("thư viện",)),
    UnitView("BT", "Bảo tàng tỉnh", ("bảo tàng",)),
)
THANH, HA, LAN, HUNG, MAI, LONG, HONG, TAM, TUAN = range(1, 10)
PEOPLE = (
    PersonView(THANH, "Trần Văn Thành", "LDS", "leader"),
    PersonView(HA, "Lê Thị Hà", "LDS", "leader"),
    PersonView(LAN, "Nguyễn Thu Lan", "VP", "office"),
    PersonView(HUNG, "Nguyễn Văn Hùng", "QLVH", "head"),
    PersonView(MAI, "Đỗ Thị Mai", "QLVH", "deputy"),
    PersonView(LONG, "Vũ Đức Long", "QLDL", "head"),
    PersonView(HONG, "Phạm Thị Hồng", "TCCB", "head"),
    PersonView(TAM, "Bùi Văn Tâm", "TCCB", "deputy"),
    PersonView(TUAN, "Hoàng Minh Tuấn", "TTS", "head"),
)


def _task(
    number: int, title: str, unit: str, due: date | None, directive: str | None = None, item: str | None = None
) -> TaskView:
    return TaskView(
        number,
        title,
        unit,
        "acknowledged",
        "dated" if due else "standing",
        due,
        due_set_by="leader",
        directive=directive,
        item=item,
    )


TASKS = {
    task.number: task
    for task in (
        _task(9, "Báo cáo tình hình khách du lịch", "QLDL", date(2026, 11, 20)),
        _task(12, "Báo cáo kết quả số hóa hồ sơ TTHC", "QLVH", date(2026, 11, 27)),
        _task(13, "Đề xuất danh mục di tích cần tu bổ", "QLVH", date(2026, 12, 2)),
        _task(15, "Rà soát thiết chế văn hóa", "QLVH", date(2026, 12, 2), "215/KH-SVHTTDL", "2"),
        _task(21, "Tham mưu văn bản trả lời", "QLVH", None, "1788/SVHTTDL-VP", "3"),
        replace(
            _task(8, "Báo cáo Ủy ban nhân dân tỉnh", "QLVH", date(2026, 12, 2), "4390/UBND-KGVX"),
            due_set_by="authority",
        ),
        replace(_task(22, "Tham mưu văn bản trả lời", "QLDL", None, "1788/SVHTTDL-VP", "3"), state="assigned"),
        replace(_task(40, "Báo cáo CCHC tháng 11", "QLVH", date(2026, 12, 4)), task_class="recurring"),
    )
}


def _tasks(state: str, *numbers: int) -> tuple[TaskView, ...]:
    return tuple(replace(TASKS[number], state=state) for number in numbers)


def _prompt(kind: str, *tasks: int, **about: object) -> PromptView:
    return PromptView(1, kind, tasks, dict(about))


def _unit(tasks: tuple[TaskView, ...], *prompts: PromptView) -> Scene:
    return Scene(NOW, WeekCalendar(), "unit", tasks, prompts, units=UNITS, people=PEOPLE, me=HUNG, own_unit="QLVH")


def _above(role: str, me: int, *prompts: PromptView, changed: tuple[TaskView, ...] = ()) -> Scene:
    tasks = {**TASKS, **{task.number: task for task in changed}}
    return Scene(
        NOW,
        WeekCalendar(),
        role,
        tuple(tasks.values()),
        prompts,
        units=UNITS,
        people=PEOPLE,
        me=me,
        own_unit="VP" if role == "office" else "LDS",
    )


@cache
def scenes() -> dict[str, Scene]:
    """Every context of the table; after them a few more (K3, CR, CL, CU, WT, LR), which only our own rows use."""
    assigned, known, three = _tasks("assigned", 12), _tasks("acknowledged", 12), _tasks("acknowledged", 12, 15, 21)
    late = (replace(TASKS[12], due=date(2026, 11, 20)),)
    reported = replace(TASKS[12], state="reported", has_open_report=True)
    nine = replace(TASKS[9], state="reported", has_open_report=True)
    asked = replace(TASKS[9], has_open_extension=True)
    a1, due_soon = _unit(assigned, _prompt("assigned", 12)), _prompt("due_soon", 12)
    b2 = _unit(three, _prompt("due_soon", 12, 15))
    waits = replace(_unit((reported,)), last_acted=(12,), can_take_back=True)
    extension = _prompt("extension_asked", 9, date="2026-12-04")
    return {
        "A1": a1,
        "A2": _unit(_tasks("assigned", 12, 13), _prompt("assigned", 12, 13)),
        "A3": _unit(_tasks("assigned", 12, 13), _prompt("assigned", 12), _prompt("assigned", 13)),
        "B1": _unit(known, due_soon),
        "B2": b2,
        "BR": replace(b2, reply_to=(12,)),
        "S1": _unit(_tasks("acknowledged", 21), _prompt("review", 21)),
        "V1": _unit(late, _prompt("overdue", 12)),
        "P1": _unit(known, due_soon, _prompt("ask_product", 12, verb="report")),
        "X1": _unit(known, due_soon, _prompt("ask_date", 12, verb="extension")),
        "X2": _unit(known, due_soon, _prompt("ask_reason", 12, verb="extension", date="2026-12-01")),
        "W1": waits,
        "R1": _unit((replace(TASKS[12], returned=True),), _prompt("returned", 12)),
        "N1": _unit(()),
        "M1": _unit((TASKS[40],), _prompt("due_soon", 40)),
        "H1": _unit((TASKS[8],), _prompt("due_soon", 8)),
        "DP": replace(a1, me=MAI, head_absent=True),
        "DU": replace(_unit(assigned, _prompt("unconfirmed", 12)), me=MAI),
        "H:10ph": waits,
        "H:1d": replace(waits, can_take_back=False),
        "L1": _above("leader", THANH),
        "L2": _above("leader", THANH, extension, changed=(asked,)),
        "K1": _above("office", LAN, _prompt("reported", 12), changed=(reported,)),
        "K2": _above("office", LAN, _prompt("reported", 12, 9), changed=(reported, nine)),
        "K3": _above("office", LAN, extension, changed=(asked,)),
        "G1": replace(_above("leader", THANH), group=True),
        "U1": Scene(NOW, WeekCalendar(), "stranger"),
        "CR": _unit(assigned, _prompt("confirm", 12, verb="refuse")),
        "CU": _unit(known, _prompt("confirm", 12, verb="report")),
        "CL": _above("leader", THANH, _prompt("confirm", 9, verb="approve", date="2026-12-04")),
        "WT": _unit(three, _prompt("due_soon", 12, 15), _prompt("which_task", 12, 15, words="xong rồi")),
        "LR": replace(_above("leader", THANH), reply_to=(12,)),
    }


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    id: str
    ctx: str
    utterance: str
    act: str
    task: str
    date: str
    do: str
    then: str


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Row(*(line[name] for name in ("id", "ctx", "utterance", "act", "task", "date", "do", "then")))
            for line in lines
        ]


def scene_of(row: Row) -> tuple[str, Scene]:
    """The words and the scene of a row; '[ảnh] xong' is a photo with the words 'xong'."""
    scene = scenes()[row.ctx]
    found = re.match(r"\[([^\]]*)\]\s*(.*)", row.utterance)
    if found is None:
        return row.utterance, scene
    kind = "unsupported" if "unsupported" in found.group(1) else _FILES[re.split(r",| (?=docx|pdf)", found.group(1))[0]]
    return found.group(2), replace(scene, attachments=(kind,))


def seen(acts: tuple[Act, ...]) -> tuple[str, str, str, str, str]:
    """Acts written as the table writes them: act, task, date, do, then."""
    does = list(dict.fromkeys(act.do.value for act in acts))
    dos = does[0] if len(does) == 1 else " + ".join(act.do.value for act in acts)
    then = list(dict.fromkeys(act.then for act in acts if act.then))
    return (
        " + ".join(("on_behalf:" if act.on_behalf else "") + act.verb.value for act in acts),
        _joined([_codes(act) for act in acts]),
        _joined([_day(act) for act in acts]),
        dos,
        ", ".join(then) or "–",
    )


def _joined(parts: list[str]) -> str:
    return "–" if all(part == "–" for part in parts) else " + ".join(parts)


def _codes(act: Act) -> str:
    return "?" if act.task_unknown else ", ".join(f"NV{number}" for number in act.tasks) or "–"


def _day(act: Act) -> str:
    if act.date is None and act.until is None:
        return "–"
    mark = {"promised": "p:", "product": "d:", "done": "x:"}.get(act.date_kind or "", "")
    hour = f" {act.time:%H:%M}" if act.time and act.date_kind != "absence" else ""
    day = "" if act.date is None else f"{act.date:%Y-%m-%d}{hour}"
    return mark + (f"{day}..{act.until:%Y-%m-%d}" if act.until else day)
