"""The tasks of two years of an office of 200 units, written as rows: no act takes part, but all columns are as acts
leave them, with directives, reports, history, messages and co-operating units beside them."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from models.event import FIRST
from models.task import DueSetBy, State, Task, TaskClass, Waiting
from models.task_indexes import SQLITE_SEARCH_FILL

UNITS = 200
A_DIRECTIVE = 14
"""Tasks of one directive."""
PART = 20_000
WORDS = [
    "báo", "cáo", "kết", "quả", "thực", "hiện", "kế", "hoạch", "rà", "soát", "tổng", "hợp", "triển", "khai",
    "công", "tác", "kiểm", "tra", "đề", "xuất", "tham", "mưu", "ban", "hành", "văn", "bản", "hướng", "dẫn",
    "tuyên", "truyền", "lễ", "hội", "di", "tích", "bảo", "tàng", "thư", "viện", "du", "lịch", "thể", "thao",
    "quảng", "cáo", "gia", "đình", "nghệ", "thuật", "biểu", "diễn", "cấp", "phép", "hồ", "sơ", "trực", "tuyến",
    "số", "hóa", "dịch", "vụ", "công", "thủ", "tục", "hành", "chính", "đào", "tạo", "bồi", "dưỡng", "cán", "bộ",
    "ngân", "sách", "dự", "toán", "quyết", "toán", "đầu", "tư", "xây", "dựng", "nông", "thôn", "mới", "chuyển",
    "đổi", "số", "an", "toàn", "phòng", "cháy", "bão", "lụt", "trẻ", "em", "người", "cao", "tuổi", "quý", "tháng",
    "năm", "tỉnh", "huyện", "xã", "phường",
]  # fmt: skip
RARE = "Tràng Kênh"
"""In the title of one task of 2,000; the word "báo" stands in nearly all."""


def fill(file: str, count: int, now: datetime, people: list[int]) -> None:
    """Write so many tasks into the founded office in `file`. `people`: who may have acted."""
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-200000")
        triggers = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        units = _units(connection)
        made = _Rows(now.astimezone(UTC).replace(tzinfo=None), units, people, random.Random(7))
        for table, rows in made.all(count):
            _write(connection, table, rows)
        connection.execute(SQLITE_SEARCH_FILL)
        connection.execute("INSERT INTO task_search (task_search) VALUES ('optimize')")
        for sql in triggers:
            connection.execute(sql)
        connection.commit()
    connection.close()


def _units(connection: sqlite3.Connection) -> list[int]:
    """Ids of the units that may own tasks: those that there are, and new ones up to 200, each with a head."""
    there = connection.execute("SELECT count(*) FROM unit").fetchone()[0]
    (leader,) = connection.execute("SELECT leader_id FROM unit WHERE leader_id IS NOT NULL").fetchone()
    for n in range(there + 1, UNITS + 1):
        unit = connection.execute(
            "INSERT INTO unit (code, name, aliases, position, is_leaders, leader_id) VALUES (?, ?, '[]', ?, 0, ?)",
            (f"DV{n:03d}", f"Trung tâm Văn hóa, Thể thao số {n}", n, leader),
        ).lastrowid
        person = connection.execute("INSERT INTO person (short_id, name, daily_only) VALUES (?, ?, 0)",
                                    (f"dv{n:03d}.truong", f"Nguyễn Văn Trưởng {n}")).lastrowid  # fmt: skip
        connection.execute("INSERT INTO post (person_id, unit_id, role, title) VALUES (?, ?, 'head', 'Giám đốc')",
                           (person, unit))  # fmt: skip
    return [unit for (unit,) in connection.execute("SELECT id FROM unit WHERE NOT is_leaders ORDER BY id")]


def _write(connection: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        names = list(rows[0])
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        connection.executemany(sql, [tuple(row.values()) for row in rows])


class _Rows:
    """Rows of everything, in parts. Instants are UTC without a zone, as they lie in SQLite."""

    def __init__(self, now: datetime, units: list[int], people: list[int], chance: random.Random) -> None:
        self.now, self.units, self.people, self.chance = now, units, people, chance
        plain = Task(number=0, title="", task_class=TaskClass.DATED, assigned_at=now.replace(tzinfo=UTC))
        self.plain = {name: _raw(value) for name, value in plain.model_dump(exclude={"id"}).items()}

    def all(self, count: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """(table, rows) of `count` tasks, oldest first."""
        for start in range(0, count, PART):
            numbers = range(start + 1, min(start + PART, count) + 1)
            tasks = [self.task(number, count) for number in numbers]
            yield "directive", [self.directive(n) for n in numbers if n % A_DIRECTIVE == 1]
            yield "task", tasks
            yield "co_unit", [{"task_id": task["id"], "unit_id": self.units[task["id"] % len(self.units)]}
                              for task in tasks if task["id"] % 9 == 0]  # fmt: skip
            yield "completion_report", [self.report(task) for task in tasks if task["reported_at"]]
            yield "extension", [self.request(task) for task in tasks if task["extension_asked_at"]]
            yield "event", [event for task in tasks for event in self.events(task)]

    def directive(self, number: int) -> dict[str, Any]:
        """A directive of some pages."""
        which = number // A_DIRECTIVE + 1
        return {
            "id": which + 100, "sha256": f"{which:064x}", "source": f"{which}.pdf", "kind": "cong_van",
            "number": f"{which}/UBND-KGVX", "subject": self.words(12), "text": self.words(600), "other_texts": "[]",
            "doubtful": "[]", "questions": "{}", "answers": "{}", "reading": "{}", "from_above": which % 5 == 0,
            "continues": "{}", "received_on": "2025-01-01", "state": "assigned", "registered_at": str(self.now),
            "issued_on": "2025-01-01", "issuer": "Ủy ban nhân dân tỉnh", "version": 1,
        }  # fmt: skip

    def task(self, number: int, count: int) -> dict[str, Any]:
        """One task where the two years have brought it: the older, the likelier done."""
        chance = self.chance
        assigned = self.now - timedelta(days=730 * (1 - number / count), minutes=chance.randrange(600))
        due = None if chance.random() < 0.12 else assigned.date() + timedelta(chance.randrange(5, 60))
        row = self.plain | {
            "id": number, "number": number, "unit_id": chance.choice(self.units), "title": self.title(number),
            "text": self.words(40), "directive_id": number // A_DIRECTIVE + 101, "item": str(number % A_DIRECTIVE + 1),
            "assigned_at": str(assigned), "due_on": str(due) if due else None,
            "original_due": str(due) if due else None,
            "task_class": "dated" if due else chance.choice(["standing", "standing", "monitor"]),
            "due_set_by": chance.choice(["office", "office", "leader", "authority"]),
        }  # fmt: skip
        if due and chance.random() < 0.05:
            row["due_time"] = "16:00:00.000000"
        self._moved(row, assigned, due)
        return row

    def _moved(self, row: dict[str, Any], assigned: datetime, due: date | None) -> None:
        chance = self.chance
        acknowledged = assigned + timedelta(hours=chance.randrange(1, 40))
        end = datetime.combine(due, time(9)) if due else assigned + timedelta(days=30)
        late = timedelta(days=chance.randrange(1, 20)) if chance.random() < 0.12 else timedelta(-chance.randrange(6))
        reported = max(end + late, acknowledged) + timedelta(minutes=chance.randrange(480))
        accepted = reported + timedelta(hours=chance.randrange(1, 70))
        if chance.random() < 0.02:
            row["state"] = chance.choice([State.SUSPENDED.value, State.WITHDRAWN.value])
        elif accepted < self.now and chance.random() < 0.985:
            row |= {"state": State.COMPLETED.value, "acknowledged_at": str(acknowledged), "reported_at": str(reported),
                    "completed_at": str(accepted), "late_events": int(late.days > 0)}  # fmt: skip
            if row["due_set_by"] == DueSetBy.AUTHORITY.value and chance.random() < 0.9:
                row["updated_there_on"] = str(accepted.date())
        elif reported < self.now and chance.random() < 0.7:
            row |= {"state": State.REPORTED.value, "acknowledged_at": str(acknowledged), "reported_at": str(reported)}
        elif acknowledged < self.now:
            row |= {"state": State.ACKNOWLEDGED.value, "acknowledged_at": str(acknowledged)}
            if chance.random() < 0.05:
                row |= {"waiting": Waiting.SUBMITTED.value, "waiting_for": "đ/c Hà", "waiting_since": str(acknowledged)}
            elif chance.random() < 0.05 and due:
                row["extension_asked_at"] = str(end - timedelta(days=2))

    def report(self, task: dict[str, Any]) -> dict[str, Any]:
        """The report that counts."""
        return {"task_id": task["id"], "by_id": self.people[0], "made_at": task["reported_at"], "words": "đã xong",
                "product_number": f"{task['id']}/BC", "nil": 0, "checked": 0,
                "accepted_at": task["completed_at"]}  # fmt: skip

    def request(self, task: dict[str, Any]) -> dict[str, Any]:
        """A request for more time that nobody has decided."""
        return {"task_id": task["id"], "asked_by": self.people[0], "asked_at": task["extension_asked_at"],
                "from_due": task["due_on"], "to_due": "2027-01-29", "ordinal": 1, "decision": "open"}  # fmt: skip

    def events(self, task: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What happened to a task, as history says it; its chain is not one that verifies."""
        steps = (("assign", "assigned_at"), ("acknowledge", "acknowledged_at"), ("report", "reported_at"),
                 ("accept", "completed_at"))  # fmt: skip
        for seq, (verb, column) in enumerate(steps, 1):
            if at := task[column]:
                yield {"subject": f"task:{task['id']}", "seq": seq, "at": at, "actor_id": self.people[seq],
                       "verb": verb, "channel": "web", "facts": '{"before":{"state":"assigned"},"words":"đã xong"}',
                       "salt": "0" * 32, "facts_digest": FIRST, "prev": FIRST, "hash": f"{task['id']:060x}{seq:04x}",
                       "task_id": task["id"], "announce_from": at, "announced_at": at}  # fmt: skip

    def title(self, number: int) -> str:
        """Some words; one task of many has a rare one."""
        return f"Báo cáo {self.words(8)}" + (f" {RARE}" if number % 2000 == 0 else "")

    def words(self, count: int) -> str:
        """So many words of the trade."""
        return " ".join(self.chance.choices(WORDS, k=count))


def _raw(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        return json.dumps(value)
    return str(value) if isinstance(value, (date, datetime, time)) else value
