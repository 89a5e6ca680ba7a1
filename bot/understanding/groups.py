"""Clauses about one subject, and a day that stands alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.acts import Act, Do, Scene, Verb
from bot.understanding import finish, reckon
from bot.understanding import lexicon as lex
from bot.understanding.clauses import Clause
from bot.understanding.dates import find
from bot.understanding.tasks import codes, says_all
from bot.understanding.words import vn

_AROUND = vn(r"khoảng|tầm|chắc|hẹn|dự kiến|cỡ|trước|vào|là|để|ngày dự kiến|ok|vâng|dạ|đến")
_OTHER_TASK = vn(r"(?:việc|cái|nv|nhiệm vụ) (?:kia|còn lại)")


@dataclass(frozen=True)
class Group:
    """Clauses about one subject: one set of codes, or none."""

    clauses: tuple[Clause, ...]

    @property
    def text(self) -> str:
        return ", ".join(clause.text for clause in self.clauses)

    @property
    def labels(self) -> list[str]:
        return [clause.label for clause in self.clauses]

    def only(self, *labels: str) -> str:
        return ", ".join(clause.text for clause in self.clauses if clause.label in labels)


def groups(clauses: list[Clause], scene: Scene) -> list[Group]:
    """Each clause with another code, or 'việc kia', begins a new subject; the others belong to the one before."""
    groups: list[list[Clause]] = []
    seen: set[str] = set()
    for clause in clauses:
        here = {m.group() for m in codes(clause.text)}
        other = _OTHER_TASK.search(clause.text) is not None
        all_before = here and not seen and groups and says_all(groups[-1][-1].text)
        if groups and (all_before or (here and seen and not here <= seen) or (other and seen)):
            groups.append([])
            seen = set()
        if not groups:
            groups.append([])
        seen |= here
        groups[-1].append(clause)
    done = [Group(tuple(group)) for group in groups]
    return [_resolve_other(group, done, scene) for group in done]


def _resolve_other(group: Group, groups: list[Group], scene: Scene) -> Group:
    """Write 'việc kia' as the code of the other task of the last message."""
    if not _OTHER_TASK.search(group.text) or not scene.prompts:
        return group
    said = {int(m.group(1)) for g in groups for m in codes(g.text)}
    left = [number for number in scene.prompts[-1].tasks if number not in said]
    if len(left) != 1 or not said:
        return group
    return Group(tuple(replace(c, text=_OTHER_TASK.sub(f"nv{left[0]}", c.text)) for c in group.clauses))


def bare_day(group: Group, scene: Scene) -> Act | None:
    """A day and nothing else: asked for, or not after the due date, it is promised; else it is asked back."""
    text = _AROUND.sub(" ", group.text)
    mentions = find(text, reckon.today(scene))
    left = text
    for mention in reversed(mentions):
        left = left[: mention.start] + " " + left[mention.end :]
    words = " ".join(re.findall(r"\w+", left))
    if not mentions or (words and not lex.PARTICLE.fullmatch(words + " ")) or not scene.prompts:
        return None
    act = finish.progress(group.text, group.text, scene, then="date")
    dues = [task.due for task in scene.tasks if task.number in act.tasks and task.due is not None]
    late = act.date is not None and any(act.date > due for due in dues) and scene.prompts[-1].kind != "overdue"
    return replace(act, verb=Verb.NONE, do=Do.ASK, then="which_act") if late and act.tasks else act
