"""Every address of the site with who may ask there: a new route without a line here fails the tests.

`{name}` in an address is the scene's (tests/safety_scene.py). What is written here is the contract, not what the code
happens to do: the design says who does what.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from models.joining import TokenRole

OFFICE = frozenset({"office", "clerk"})
LEADERS = frozenset({"leader", "other_leader"})
LINKS = OFFICE | {"admin"}
OVERSEE = LINKS | LEADERS
UNIT = frozenset({"head", "deputy"})
CLERKS = frozenset({"clerk"})
OF_TASK = OVERSEE | UNIT | {"focal"}
EVERYBODY = OF_TASK | {"other"}
KNOWN = EVERYBODY | {"former"}
"""Whoever can sign in: also somebody without any post, who sees nothing but the own page and the own conversation."""


@dataclass(frozen=True)
class Entry:
    """One question or act: its route, who may, and an address with a form that would do it. `writes`: an event comes
    of it."""

    route: str
    who: frozenset[str]
    address: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    writes: bool = True

    @property
    def path(self) -> str:
        """The address, to be filled in."""
        return self.address or self.route


def reads(*entries: tuple[Any, ...]) -> list[Entry]:
    """Entries that are only looked at."""
    return [replace(Entry(*one), writes=False) for one in entries]


WEEK = "/reports/week/2023-07-31"
GETS = [
    *reads(
        ("/", EVERYBODY), ("/tasks", EVERYBODY), ("/charts", OVERSEE | UNIT | {"other"}), ("/live", EVERYBODY),
        ("/messages", OVERSEE), ("/units/{code}", OVERSEE | UNIT, "/units/TTS"), ("/copy", EVERYBODY),
        ("/bulk/{id:int}", OFFICE, "/bulk/{bulk}"), ("/tasks/NV{number:int}", OF_TASK, "/tasks/NV{task_new}"),
        ("/evidence/{id:int}", OVERSEE | UNIT, "/evidence/{png}"),
        ("/evidence/{id:int}/pages", OVERSEE | UNIT, "/evidence/{pdf}/pages"),
        ("/evidence/{id:int}/pages/{page:int}.png", OVERSEE | UNIT, "/evidence/{pdf}/pages/1.png"),
        ("/directives", OVERSEE), ("/directives/new", OFFICE), ("/directives/{id:int}", OVERSEE, "/directives/1"),
        ("/directives/{id:int}/review", OVERSEE, "/directives/{draft}/review"), ("/remembered", OVERSEE),
        ("/office", OVERSEE), ("/calendar", OVERSEE), ("/people", LINKS), ("/people/{id:int}", LINKS,
        "/people/{person}"),
        ("/office/units", OVERSEE), ("/office/units/merge", OFFICE), ("/office/units/split", OFFICE),
        ("/office/units/{id:int}", OVERSEE, "/office/units/{unit}"), ("/indicators", EVERYBODY),
        ("/indicators/{id:int}", OVERSEE | UNIT, "/indicators/{indicator}"),
        ("/chat", KNOWN), ("/chat/log", KNOWN), ("/chat/events", KNOWN), ("/me", KNOWN),
        ("/reports", OVERSEE), ("/reports/week/{day}", OVERSEE, WEEK), ("/reports/scoring", OVERSEE),
        ("/reports/week/{day}/list/{name}", OVERSEE, f"{WEEK}/list/units"), ("/reports/scoring.xlsx", OVERSEE),
        *((f"/reports/week/{{day}}/{{name}}.{kind}", OVERSEE, f"{WEEK}/b.{kind}")
          for kind in ("json", "txt", "svg", "png", "xlsx", "docx", "pdf")),
        ("/reports/export", EVERYBODY), ("/reports/letter", OVERSEE), ("/reports/letterhead", OVERSEE),
        *((f"/reports/letter.{kind}", OVERSEE, f"/reports/letter.{kind}?days=30") for kind in ("docx", "pdf")),
        *((f"/reports/unit/{{code}}.{kind}", OVERSEE | UNIT, f"/reports/unit/TTS.{kind}") for kind in ("docx", "pdf")),
        *((f"/reports/register{kind}", OVERSEE) for kind in ("", ".docx", ".pdf", ".xlsx")),
        *((f"/directives/{{id:int}}/file{kind}", OVERSEE, f"/directives/1/file{kind}")
          for kind in ("", ".docx", ".pdf", ".xlsx")),
        ("/office/programs", LINKS), ("/office/import", OFFICE), ("/office/import/{id:int}", OFFICE,
        "/office/import/{sheet}"),
    ),
]  # fmt: skip
OPEN = {
    "/login": "", "/login/{token}": "/login/{login}", "/ics/{token}.ics": "/ics/{feed}.ics", "/api/docs": "",
    "/t/{token}": "/t/{upload}", "/p/{token}": "/p/none", "/healthz": "", "/static": "/static/site.css",
}  # fmt: skip
"""What is asked without a session: sign-in, what a secret address gives, and what says nothing about anybody."""
BY_OTHERS = {"/reports/export/{name}"}
"""A file that was made for one person: tests/test_export.py."""


def _task(name: str, who: frozenset[str], task: str = "new", **data: Any) -> Entry:
    return Entry("/tasks/NV{number:int}/{act}", who, f"/tasks/NV{{task_{task}}}/{name}", data)


def _bulk(verb: str, who: frozenset[str], task: str = "new", **data: Any) -> Entry:
    return Entry("/tasks/bulk", who, "/tasks/bulk", {"verb": verb, "confirm": "1", "task": f"{{seen:{task}}}", **data})


TASK_ACTS = [
    _task("acknowledge", UNIT, "plain"), _task("acknowledge", OFFICE, "plain", behalf="1", said_by="ông Tuấn"),
    _task("report", UNIT, product="9/BC-TTr"), _task("report", OFFICE, product="9", behalf="1", said_by="ông Tuấn"),
    _task("progress", UNIT | {"focal"}, words="đang làm"),
    _task("progress", OFFICE, words="đang làm", behalf="1", said_by="ông Tuấn"),
    _task("ask_extension", UNIT, due="2023-08-20"), _task("refuse", UNIT, reason="không thuộc chức năng"),
    _task("ask_extension", OFFICE, due="2023-08-20", behalf="1", said_by="ông Tuấn"),
    _task("refuse", OFFICE, reason="khác", behalf="1", said_by="ông Tuấn"),
    _task("name_focal", UNIT, focal="{focal}"), _task("take_back", frozenset({"head"}), "reported"),
    _task("add_product", UNIT, "reported", product="13/BC-TTr"),
    _task("accept", OFFICE, "reported"), _task("return", OFFICE, "reported", reason="thiếu số"),
    _task("confirm_cause", OFFICE, "late", objective_cause="mưa bão"),
    _task("forward", OFFICE, "asked", opinion="đồng ý"), _task("extend", frozenset({"leader"}), "asked",
    due="2023-08-10"),
    _task("decline", frozenset({"leader"}), "asked", words="không"),
    _task("instruct", LEADERS, words="làm ngay"), _task("remind", OFFICE | LEADERS),
    _task("hold", OFFICE), _task("reassign", OFFICE, unit="{other_unit}"),
    _task("correct", OFFICE, title="Tên khác", reason="nhầm", due="2023-07-28"),
    _task("suspend", OFFICE, reason="chờ"), _task("resume", OFFICE, "stopped"),
    _task("resume_work", UNIT | {"focal"}, "waiting"), _task("reopen", OFFICE, "done", reason="sai"),
    _task("withdraw", OFFICE, reason="hết việc"), _task("name_code", OFFICE, authority_code="UB-1"),
    _task("update_there", OFFICE, "done"), _task("confirm_there", OFFICE, "updated"),
    _bulk("remind", OFFICE | LEADERS), _bulk("reassign", OFFICE, unit="{other_unit}"),
    _bulk("extend", frozenset({"leader"}), due="2023-08-10"), _bulk("withdraw", OFFICE, reason="hết việc"),
    _bulk("update_there", OFFICE, "done"),
]  # fmt: skip

_REVIEW, _AT = "/directives/{id:int}", "/directives/{draft}"
_DRAFT_ITEM = f"{_AT}/review/{{item}}"
DIRECTIVE_ACTS = [
    Entry(f"{_REVIEW}/review", OFFICE, f"{_AT}/review", {"act": "header", "version": "{version}",
        "signer": "Ông Khác"}),
    Entry(f"{_REVIEW}/review", OFFICE, f"{_AT}/review", {"act": "waive", "version": "{version}"}),
    Entry(f"{_REVIEW}/review/{{item:int}}", OFFICE, _DRAFT_ITEM, {"act": "drop", "item_version": "{item_version}"}),
    Entry(f"{_REVIEW}/instruction", OFFICE | {"leader"}, f"{_AT}/instruction",
          {"words": "TTS làm", "leader": "{leader}"}),
    Entry(f"{_REVIEW}/instruction/{{one:int}}/take", OFFICE, f"{_AT}/instruction/{{said}}/take",
          {"number": "0", "all": "1"}),
    Entry(f"{_REVIEW}/whole", OFFICE, f"{_AT}/whole", {"key": "forwarded", "answer": "yes"}, writes=False),
    Entry(f"{_REVIEW}/replaces", OFFICE, f"{_AT}/replaces", {"old": "1", "version": "{version}"}),
    Entry(f"{_REVIEW}/continues", OFFICE, f"{_AT}/continues", {"old": "1", "version": "{version}"}, writes=False),
    Entry(f"{_REVIEW}/recall", OFFICE, "/directives/1/recall", {"recalled_on": "2023-07-24", "document": "1/QĐ"},
          writes=False),
    Entry(f"{_REVIEW}/settle", OFFICE, "/directives/1/settle", {}, writes=False),
    Entry(f"{_REVIEW}/discard", OFFICE, f"{_AT}/discard", {"why": "nhầm"}),
    Entry(f"{_REVIEW}/file", OFFICE, "/directives/1/file", {"file_code": "01.2023", "retention": "10 năm"}),
    Entry("/directives/new", OFFICE, data={"not_secret": "1"}, writes=False),
    Entry("/remembered/{id:int}/forget", OFFICE, "/remembered/{remembered}/forget"),
]  # fmt: skip

_ONE, _PERSON, _UNIT, _AIM = "/people/{id:int}", "/people/{person}", "/office/units/{id:int}", "/indicators/{id:int}"
OFFICE_ACTS = [
    Entry("/calendar", LINKS, data={"save": "1", "day0": "2023-08-02", "how0": "off", "note0": "nghỉ"}),
    Entry("/people", LINKS, data={"short_id": "tts.moi", "name": "Người Mới"}),
    Entry(f"{_ONE}/unlink", LINKS, "/people/{focal}/unlink", {"chat": "{chat}"}),
    Entry(f"{_ONE}/prefer", LINKS, "/people/{head}/prefer", {"chat": "{second_chat}"}),
    Entry(f"{_ONE}/code", LINKS, f"{_PERSON}/code"),
    Entry(_ONE, LINKS, _PERSON, {"name": "Tên Khác"}),
    Entry(f"{_ONE}/posts", LINKS, f"{_PERSON}/posts", {"unit": "{other_unit}", "role": "deputy", "title": "Phó"}),
    Entry(f"{_ONE}/posts/{{post:int}}/end", LINKS, f"{_PERSON}/posts/{{post}}/end", {"last": "2023-07-24"}),
    Entry(f"{_ONE}/absences", LINKS, f"{_PERSON}/absences", {"start": "2023-08-07", "end": "2023-08-08"}),
    Entry(f"{_ONE}/absences/{{absence:int}}/end", LINKS, f"{_PERSON}/absences/{{absence}}/end"),
    Entry(f"{_ONE}/signout", LINKS, f"{_PERSON}/signout"),
    Entry(f"{_ONE}/forget", LINKS, "/people/{former}/forget", {"sure": "cu"}),
    Entry("/office/units", LINKS, data={"code": "PM", "name": "Phòng Mới", "leader": "{leader}"}),
    Entry("/office/units/merge", OFFICE, data={"old": "{unit}"}, writes=False),
    Entry("/office/units/split", OFFICE, data={"old": "{unit}"}, writes=False),
    Entry(_UNIT, LINKS, "/office/units/{unit}", {"name": "Thanh tra", "leader": "{leader}"}),
    Entry(f"{_UNIT}/end", LINKS, "/office/units/{empty_unit}/end", {"last": "2023-07-24"}),
    Entry("/indicators", LINKS, data={"name": "Chỉ số", "target": "9"}),
    Entry(_AIM, LINKS, "/indicators/{indicator}", {"name": "Chỉ số", "target": "9"}),
    Entry(f"{_AIM}/values", LINKS | UNIT, "/indicators/{indicator}/values", {"day": "2023-07-20", "value": "70,5"}),
    Entry(f"{_AIM}/paste", LINKS | UNIT, "/indicators/{indicator}/paste", {"rows": "20/7/2023;70,5;x"}),
    Entry(f"{_AIM}/values/{{value:int}}", LINKS | UNIT, "/indicators/{indicator}/values/{value}", {"value": "71"}),
    Entry(f"{_AIM}/tasks", LINKS, "/indicators/{indicator}/tasks", {"task": "NV{task_new}"}),
    Entry(f"{_AIM}/tasks/{{task:int}}/remove", LINKS, "/indicators/{indicator}/tasks/{id_late}/remove"),
    Entry("/office/programs/keys", OFFICE, data={"name": "x", "role": "office"}),
    Entry("/office/programs/keys", LINKS, data={"name": "x", "role": "read"}),
    Entry("/office/programs/keys/{id:int}/revoke", LINKS, "/office/programs/keys/{key}/revoke"),
    Entry("/office/programs/webhooks", LINKS, data={"url": "https://a.example.vn/x"}),
    Entry("/office/programs/webhooks/{id:int}/stop", LINKS, "/office/programs/webhooks/{hook}/stop"),
    Entry("/office/programs/deliveries/{id:int}/again", LINKS, "/office/programs/deliveries/{delivery}/again"),
    Entry("/office/import", OFFICE, data={"not_secret": "1"}, writes=False),
    *(Entry(f"/office/import/{{id:int}}/{act}", OFFICE, f"/office/import/{{sheet}}/{act}", writes=False)
      for act in ("columns", "rows", "discard")),
    Entry("/office/import/{id:int}/take", OFFICE, "/office/import/{sheet}/take",
          {"set_by": "office", "telling": "new", "expected": "1"}),
    Entry("/reports/letterhead", OFFICE, data={"parent": "UBND", "place": "Huế", "symbol": "SVH"}),
    Entry("/reports/week/{day}/note", OFFICE, f"{WEEK}/note", {"note": "Tuần này"}),
    Entry("/bulk/{id:int}/undo", CLERKS, "/bulk/{bulk}/undo"),
]  # fmt: skip
OWN_ACTS = [
    Entry("/logout", KNOWN, writes=False), Entry("/chat", KNOWN, data={"text": "ai còn nợ"}, writes=False),
    Entry("/reports/export", EVERYBODY, writes=False),
    Entry("/me/language", KNOWN, data={"language": "en"}), Entry("/me/code", KNOWN),
    Entry("/me/unlink", KNOWN, data={"chat": "{own_chat}"}),
    Entry("/me/feed", KNOWN), Entry("/me/feed/end", KNOWN, writes=False), Entry("/me/sign-out", KNOWN),
]  # fmt: skip
POSTS = [*TASK_ACTS, *DIRECTIVE_ACTS, *OFFICE_ACTS, *OWN_ACTS]
OPEN_POSTS = {"/login/{token}": "/login/{login}", "/t/{token}": "/t/{upload}"}
BY_SECRET = {"/hook/{channel}"}
"""Of a chat service, which proves itself by a secret of its own: tests/test_zalo_hooks.py,
tests/test_telegram_hook.py."""

READ, PART, ACTS = TokenRole.READ.value, TokenRole.UNIT.value, TokenRole.OFFICE.value
ANY_KEY = frozenset({READ, PART, ACTS})
API = [
    *reads(*((route, ANY_KEY, *rest) for route, *rest in (
        ("/tasks",), ("/tasks/{code}", "/tasks/NV{task_new}"), ("/directives",),
        ("/directives/{id}", "/directives/1"), ("/units",), ("/figures",), ("/indicators",), ("/events",)))),
    Entry("/reports/{week}", frozenset({READ, ACTS}), "/reports/2023-07-24", writes=False),
]  # fmt: skip
API_POSTS = [
    Entry("/tasks/{code}/updated-there", frozenset({ACTS}), "/tasks/NV{task_done}/updated-there"),
    Entry("/tasks/{code}/authority-confirmed", frozenset({ACTS}), "/tasks/NV{task_updated}/authority-confirmed"),
    Entry("/tasks/{code}/progress", frozenset({ACTS}), "/tasks/NV{task_new}/progress",
          {"words": "đang làm", "said_by": "ông Tuấn"}),
    Entry("/indicators/{id}/values", frozenset({ACTS}), "/indicators/{indicator}/values",
          {"day": "2023-07-20", "value": "70.5", "source": "x"}),
]  # fmt: skip
