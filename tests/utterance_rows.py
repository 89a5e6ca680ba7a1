"""One row of the table, said on the stage, and what in the database it has to be seen by."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import catalogue
from tests.contexts import CONTEXTS, on_stage
from tests.stage import Said, Stage

COLUMNS = ("id", "ctx", "utterance", "act", "task", "date", "do", "then", "note")
CHANNELS = ("web",)
"""Every channel there is. Where one has no reply-to, the rows of context BR are left out."""
VERBS = {
    "acknowledge": "acknowledge",
    "report": "report",
    "add_product": "report",
    "progress": "progress",
    "wait": "progress",
    "ask_extension": "extension",
    "add_reason": "extension",
    "refuse": "refuse",
    "accept": "accept",
    "return": "return",
    "extend": "approve",
    "decline": "deny",
    "hold": "hold",
    "remind": "remind",
    "take_back": "takeback",
    "reassign": "reassign",
    "suspend": "suspend",
    "withdraw": "withdraw",
    "absent": "absence",
    "instruct": "instruct",
    "ordered": "order",
}
SHOWS = {
    "overdue": ("bot.owed.head", "bot.owed.totals"),
    "help": ("bot.help.unit", "bot.help.office", "bot.help.leader"),
    "greeting": ("bot.greeting", "bot.greeting.tasks", "bot.link"),
}
QUESTIONS: dict[str, str | tuple[str, ...]] = {
    "product": "ask_product",
    "result": ("ask_result", "ask_progress"),
    "reason": "ask_reason",
    "date": "ask_date",
    "which_task": "which_task",
    "which_act": ("which_act", "ask_evidence"),
    "confirm": "confirm",
    "dayoff": "ask_date",
    "earlier": "ask_date",
    "far": "ask_date",
    "higher": "ask_reason",
    "absence": "ask_absence",
    "mute": "confirm",
}
ATTACHED = {
    "[ảnh, không chú thích]": ("photo",),
    "[ảnh]": ("photo",),
    "[tệp docx]": ("file",),
    "[nhãn dán]": ("sticker",),
    "[thoại]": ("voice",),
    "[tệp, Zalo: unsupported]": ("unsupported",),
}


@dataclass(frozen=True)
class Row:
    """A row; several values of one cell are split at " + ", one for each act."""

    id: str
    ctx: str
    utterance: str
    act: str
    task: str
    date: str
    do: str
    then: str
    note: str

    def parts(self) -> Iterator[tuple[str, list[int] | None, str, str, str]]:
        """(act, task numbers or None for "?", date, do, then) of each act."""
        acts = self.act.split(" + ")
        cells = [self._spread(cell, len(acts)) for cell in (self.task, self.date, self.do)]
        for act, task, date, do in zip(acts, *cells, strict=True):
            numbers = [int(code.strip()[2:]) for code in task.split(",") if code.strip().startswith("NV")]
            yield act, None if task == "?" else numbers, date, do, self.then

    @staticmethod
    def _spread(cell: str, count: int) -> list[str]:
        parts = cell.split(" + ")
        return parts if len(parts) == count else parts * count


def rows() -> list[Row]:
    """The table, or the file of the same columns that the environment names."""
    path = Path(os.environ.get("UTTERANCES") or Path(__file__).parent / "utterances.tsv")
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Row(**{name: line[name] for name in COLUMNS})
            for line in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def said_on(row: Row, words: str, channel: str = "web", key: str | None = None) -> tuple[Stage, Said]:
    """The stage after the row's words."""
    stage = on_stage(row.ctx)
    more: dict[str, Any] = {}
    for mark, kinds in ATTACHED.items():
        if words.startswith(mark):
            words, more = words[len(mark) :].strip(), {"attachments": kinds}
            break
    if row.ctx == "BR":
        more["reply_to"] = stage.message(CONTEXTS["BR"][1] or "", "due_soon", 12, prompt=False)
    return stage, stage.say(CONTEXTS[row.ctx][1], words, channel=channel, key=key, group=row.ctx == "G1", **more)


def faults(row: Row, stage: Stage, said: Said) -> list[str]:
    """How what happened differs from the row; empty when it does not."""
    found: list[str] = []
    expected: set[tuple[str, int]] = set()
    asks = [part for part in row.parts() if part[3] == "ask"]
    for act, numbers, date, do, then in row.parts():
        if do == "act":
            said_so = then == "result" and any(prompt.kind == "ask_result" for prompt in said.prompts)
            found += [] if said_so else _done(said, act, numbers or [], date, expected)
        elif do == "quiet":
            found += (
                [f"quiet, but {said.events} {said.texts}"] if said.events or said.prompts or len(said.texts) > 1 else []
            )
        else:
            found += _asked(said, act, numbers, date, then, len(asks) == 1, expected)
    happened = {(VERBS.get(verb, verb), number) for verb, number, _ in said.events if number is not None}
    if extra := happened - expected - {("takeback", number) for _, number in happened}:
        found.append(f"also did {sorted(extra)}")
    if all(part[3] == "act" for part in row.parts()):
        for then in row.then.split(", "):
            kinds = QUESTIONS.get(then)
            if kinds and not any(prompt.kind in kinds for prompt in said.prompts):
                found.append(f"did not ask {then}: {[p.kind for p in said.prompts]}")
    return found


def _done(said: Said, act: str, numbers: list[int], date: str, expected: set[tuple[str, int]]) -> list[str]:
    if act in ("list", *SHOWS):
        return _shown(said, act, numbers)
    behalf = act.startswith("on_behalf:")
    act = act.removeprefix("on_behalf:")
    found = [] if said.texts else ["no reply"]
    for number in numbers:
        expected.add((act, number))
        facts = [facts for verb, n, facts in said.events if n == number and VERBS.get(verb) == act]
        if not facts:
            found.append(f"no {act} of NV{number}: {[(v, n) for v, n, _ in said.events]}")
        elif behalf and not all(one.get("behalf") and one.get("how") for one in facts):
            found.append(f"not on behalf: {facts}")
        elif not _dated(facts[-1], act, date):
            found.append(f"NV{number} {act}: {date} is not in {facts[-1]}")
    return found


def _dated(facts: dict[str, Any], act: str, date: str) -> bool:
    """Does the event tell this date, in the place where it belongs?"""
    kind, _, day = date.rpartition(":") if date[:2] in ("p:", "d:", "x:") else ("", "", date)
    if day == "–":
        places = {"progress": ("promised_on",), "report": ("product_date", "claimed_on")}.get(act, ())
        return not any(facts.get(place) for place in places)
    place = {"p": "promised_on", "d": "product_date", "x": "claimed_on"}.get(kind) or {
        "extension": "to_due",
        "approve": "due_on",
        "hold": "hold_until",
    }.get(act, "")
    if act == "extension" and "to_due" not in facts:
        return bool(facts.get("reason_given"))  # the date was said a message before
    day, _, hour = day.partition(" ")
    return facts.get(place) == day and (not hour or str(facts.get("to_time", "")).startswith(hour))


def _shown(said: Said, act: str, numbers: list[int]) -> list[str]:
    found = [f"NV{number} is not shown: {said.text}" for number in numbers if f"NV{number}" not in said.text]
    if not said.texts:
        found.append("no reply")
    if act in SHOWS:
        heads = [catalogue.sentences("vi")[key].split("{")[0].rstrip(": ") for key in SHOWS[act]]
        if not any(head in said.text for head in heads):
            found.append(f"no {act} in: {said.text}")
    return found


def _asked(
    said: Said, act: str, numbers: list[int] | None, date: str, then: str, alone: bool, expected: set[tuple[str, int]]
) -> list[str]:
    if then == "higher":
        # What was typed is kept for the leader in charge; the date stands and the reason is asked for.
        expected |= {(act, number) for number in numbers or []}
    elif then in ("badcode", "link", "upload", "takeback") or (then == "office" and act == "takeback"):
        return [] if said.texts and not said.events else [f"{said.events} {said.texts}"]
    wanted = [kind for one in then.split(", ") for kind in _kinds(one)]
    asked = [prompt for prompt in said.prompts if prompt.kind in wanted] if wanted else said.prompts
    if not said.texts or not asked:
        return [f"no question {then}: {[p.kind for p in said.prompts]} {said.text}"]
    found = []
    prompt = asked[-1]
    if act not in ("none", str(prompt.about.get("verb"))) and not (act == "none" and then == "date"):
        found.append(f"asked about {prompt.about.get('verb')}, not {act}")
    if numbers and not set(numbers) <= set(prompt.tasks):
        found.append(f"asked about {prompt.tasks}, not {numbers}")
    day = date.removeprefix("p:").partition("..")[0]
    if day != "–" and day not in json.dumps(prompt.about):
        found.append(f"{day} is not in {prompt.about}")
    return found


def _kinds(then: str) -> tuple[str, ...]:
    kinds: str | tuple[str, ...] = QUESTIONS.get(then, ())
    return (kinds,) if isinstance(kinds, str) else kinds
