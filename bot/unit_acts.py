"""What a unit does about its tasks: confirm, report progress, pass on, name a đầu mối, take back."""

from __future__ import annotations

import re
from dataclasses import replace

from bot import texts
from bot.acts import Act
from bot.scene import TaskRow
from bot.turn import Turn
from models import clock, handling
from models.moves import NotFromHere, TooLateToTakeBack, move
from models.recipients import Directory
from models.task import State, Task, Waiting

WAITS_FOR = {"signature": Waiting.SUBMITTED, "unit": Waiting.CO_UNIT}
BACK = re.compile(r"(?i)trả lại|tra lai|làm lại|lam lai|sửa|bổ sung|chưa trình|rút về")
"""Words by which a paper that was submitted is with its unit again."""
HAS_IT = (State.ACKNOWLEDGED, State.REPORTED, State.COMPLETED)


def acknowledge(turn: Turn, act: Act) -> None:
    """Confirm tasks, in the speaker's own name; the Office for a unit when it says so."""
    done: list[TaskRow] = []
    thay = act.standing_in or turn.speaker.head_away
    for row in turn.named_rows(act):
        with turn.refusing():
            if row.state in HAS_IT:
                turn.say("ack.already", task=turn.label(row))
                continue
            handling.acknowledge(
                turn.session, row.id, turn.actor_for(act, row), words=turn.words(act), thay=thay and not act.on_behalf
            )
            done.append(row)
            turn.acted.add(row.number)
    if not done:
        return
    who = {"codes": texts.codes(row.number for row in done), "unit": done[0].unit_name, "name": turn.speaker.name}
    if act.on_behalf:
        turn.say("ack.behalf", how=turn.how(act), **who)
    else:
        turn.say("ack.thay" if thay else "ack.done", **who)
        turn.undoable = True
    for row in done:
        turn.say("task.line", task=turn.label(row), due=turn.due(row))
    left = [
        n for p in turn.prompts if p.tasks and set(p.tasks) & turn.acted for n in p.tasks if still_assigned(turn, n)
    ]
    if left:
        turn.say("ack.left", codes=texts.codes(dict.fromkeys(left)))
    if not act.on_behalf:
        turn.say("next.unit" if any(row.due_on for row in done) else "next.standing")


def progress(turn: Turn, act: Act) -> None:
    """Keep a unit's last word; a report of one's own that still waits is taken back first ("nhầm, chưa xong")."""
    waiting = WAITS_FOR.get(act.waiting or "")
    promised = act.date if act.date_kind == "promised" else None
    for row in turn.named_rows(act):
        with turn.refusing():
            row = _without_own_report(turn, row)
            kept = handling.progress(
                turn.session,
                row.id,
                turn.actor_for(act, row),
                words=turn.words(act),
                promised_on=promised,
                waiting=waiting,
                waiting_for=act.waiting_for if turn.unit_name(act.waiting_for) else turn.verbatim(act.waiting_for),
                obstacle=act.obstacle,
                inbox_id=turn.evidence(),
            )
            turn.acted.add(row.number)
            if waiting is None and _goes_on(turn, row, kept, act):
                move(turn.session, row.id, "resume_work", turn.actor_for(act, row), facts={"words": turn.words(act)})
                turn.say("progress.resumed", task=turn.label(row))
            if act.on_behalf:
                turn.say("progress.behalf", unit=row.unit_name, how=turn.how(act))
            turn.say(
                f"progress.{waiting.value}" if waiting else "progress.done",
                task=turn.label(row),
                words=turn.words(act),
                who=(_waited_for(turn, kept) if waiting else None) or turn.text(f"progress.{waiting or 'done'}.who"),
                due=turn.due(row),
            )
            if promised is not None:
                rests = kept.promised_on == promised
                turn.say("progress.promised" if rests else "progress.promised_only", day=turn.day(promised))
    if act.obstacle:
        turn.say("progress.obstacle")
    if act.then == "date":
        turn.say("ask.promise")
        turn.ask("ask_date", act.tasks, act)


def _without_own_report(turn: Turn, row: TaskRow) -> TaskRow:
    """The task after a report of the speaker's unit that still waited was taken back, if there was one."""
    if row.state is not State.REPORTED or row.unit_id not in turn.speaker.units:
        return row
    handling.undo(turn.session, row.id, turn.actor())
    turn.say("report.undone", task=turn.label(row))
    return turn.again(row.number)


def _goes_on(turn: Turn, row: TaskRow, task: Task, act: Act) -> bool:
    """Has the unit's own word ended its wait? That it works on ends the wait for another unit; what lies with a leader
    comes back only when that is said."""
    own = act.on_behalf or row.unit_id in turn.speaker.units or row.focal_id == turn.speaker.id
    if task.waiting is None or not own:
        return False
    return task.waiting is Waiting.CO_UNIT or BACK.search(turn.words(act)) is not None


def _waited_for(turn: Turn, task: Task) -> str | None:
    """The leader with title and name, the unit by its full name, or whatever was typed."""
    directory = Directory(turn.session, clock.today())
    if task.waiting is Waiting.SUBMITTED:
        leader = directory.leader_called(task.waiting_for)
        return turn.text("comrade", name=turn.titled(leader)) if leader is not None else task.waiting_for
    unit = directory.unit_called(task.waiting_for)
    return unit.name if unit else task.waiting_for


def refuse(turn: Turn, act: Act) -> None:
    """Carry out a confirmed refusal; without a reason one is asked for."""
    if not act.reason:
        turn.say("ask.refuse_reason", codes=texts.codes(act.tasks))
        turn.ask("ask_reason", act.tasks, act)
        return
    for row in turn.named_rows(act):
        with turn.refusing():
            facts = {"words": turn.words(act), "proposed_unit": act.unit}
            move(turn.session, row.id, "refuse", turn.actor_for(act, row), reason=act.reason, facts=facts)
            turn.acted.add(row.number)
            turn.undoable = True
            unit = turn.unit_name(act.unit)
            turn.say("refuse.to" if unit else "refuse.done", task=turn.label(row), unit=unit or "", reason=act.reason)


def focal(turn: Turn, act: Act) -> None:
    """Name the specialist who does the work: reminded too, and able to draft the report."""
    name = turn.person_name(act.person)
    if name is None:
        turn.say("focal.unknown")
        return
    for row in turn.named_rows(act):
        with turn.refusing():
            move(
                turn.session,
                row.id,
                "name_focal",
                turn.actor(act),
                values={"focal_id": act.person},
                facts={"words": turn.words(act)},
            )
            turn.acted.add(row.number)
            turn.say("focal.done", task=turn.label(row), name=name)


def take_back(turn: Turn, act: Act) -> None:
    """Undo one's own last act within ten minutes; later the Office is asked, if the person wants that."""
    if not act.tasks:
        turn.say("takeback.nothing")
        return
    for row in turn.named_rows(act):
        with turn.refusing():
            _taken_back(turn, act, row)


def _taken_back(turn: Turn, act: Act, row: TaskRow) -> None:
    try:
        task, verb = handling.undo(turn.session, row.id, turn.actor())
    except (TooLateToTakeBack, NotFromHere):
        turn.say("takeback.late", task=turn.label(row))
        turn.ask("confirm", (row.number,), replace(act, tasks=(row.number,)), taps=(8, 9), special="takeback")
        return
    turn.acted.add(row.number)
    turn.say(
        "takeback.done",
        task=turn.label(row),
        what=turn.text(f"verb.{verb}"),
        state=turn.text(f"state.{task.state.value}"),
    )


def still_assigned(turn: Turn, number: int) -> bool:
    """Not yet confirmed, and not by this message either."""
    row = turn.row(number)
    return row is not None and row.state is State.ASSIGNED and number not in turn.acted
