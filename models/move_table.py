"""What can be done to a task, from which states, by whom: the table, and what each move brings with it."""

from dataclasses import dataclass

from models.capacity import Who
from models.task import State

S = State
ANY_OPEN = frozenset({S.ASSIGNED, S.ACKNOWLEDGED, S.REPORTED, S.SUSPENDED, S.REFUSED})
UNIT = (Who.HEAD, Who.DEPUTY)
UNIT_AND_DESKS = (Who.HEAD, Who.DEPUTY, Who.FOCAL)


@dataclass(frozen=True)
class Move:
    """`to` None: the state stays. `behalf`: the Office may do it for a unit (telephone, paper)."""

    of: frozenset[State]
    to: State | None
    who: tuple[Who, ...]
    behalf: bool = False
    take_back: bool = False


_ASKS = frozenset({S.ASSIGNED, S.ACKNOWLEDGED})

MOVES: dict[str, Move] = {
    "acknowledge": Move(frozenset({S.ASSIGNED}), S.ACKNOWLEDGED, UNIT, behalf=True, take_back=True),
    "report": Move(_ASKS, S.REPORTED, UNIT, behalf=True, take_back=True),
    "progress": Move(_ASKS, None, (*UNIT_AND_DESKS, Who.CO_UNIT), behalf=True),
    "accept": Move(frozenset({S.REPORTED}), S.COMPLETED, (Who.OFFICE,)),
    "return": Move(frozenset({S.REPORTED}), S.ACKNOWLEDGED, (Who.OFFICE,)),
    "take_back": Move(frozenset({S.ACKNOWLEDGED, S.REPORTED, S.REFUSED}), None, (*UNIT, Who.OFFICE)),
    "refuse": Move(_ASKS, S.REFUSED, UNIT, behalf=True, take_back=True),
    "reassign": Move(frozenset({S.ASSIGNED, S.ACKNOWLEDGED, S.REFUSED}), S.ASSIGNED, (Who.OFFICE,)),
    "suspend": Move(frozenset({S.ASSIGNED, S.ACKNOWLEDGED, S.REPORTED}), S.SUSPENDED, (Who.OFFICE,)),
    "resume": Move(frozenset({S.SUSPENDED}), None, (Who.OFFICE,)),
    "ask_extension": Move(_ASKS, None, UNIT, behalf=True),
    "extend": Move(_ASKS, None, (Who.SETTER,)),
    "decline": Move(_ASKS, None, (Who.SETTER,)),
    "forward": Move(_ASKS, None, (Who.OFFICE,)),
    "wait": Move(_ASKS, None, UNIT_AND_DESKS, behalf=True),
    "resume_work": Move(frozenset({S.ACKNOWLEDGED}), None, UNIT_AND_DESKS, behalf=True),
    "name_focal": Move(_ASKS, None, UNIT, behalf=True),
    "hold": Move(_ASKS, None, (Who.OFFICE,)),
    "remind": Move(_ASKS, None, (Who.OFFICE, Who.ANY_LEADER)),
    "instruct": Move(ANY_OPEN, None, (Who.ANY_LEADER,)),
    "review": Move(_ASKS, None, (Who.OFFICE,)),
    "correct": Move(ANY_OPEN | {S.COMPLETED}, None, (Who.OFFICE,)),
    "confirm_cause": Move(ANY_OPEN | {S.COMPLETED}, None, (Who.OFFICE,)),
    "reopen": Move(frozenset({S.COMPLETED}), S.ACKNOWLEDGED, (Who.OFFICE,)),
    "withdraw": Move(ANY_OPEN, S.WITHDRAWN, (Who.OFFICE,)),
    # Its directive was replaced, and it goes on under an item of the new one.
    "carry_over": Move(ANY_OPEN, None, (Who.OFFICE,)),
    # What stands in the system of the higher authority that set it.
    "name_code": Move(ANY_OPEN | {S.COMPLETED}, None, (Who.OFFICE,)),
    "update_there": Move(frozenset({S.COMPLETED}), None, (Who.OFFICE,)),
    "confirm_there": Move(frozenset({S.COMPLETED}), None, (Who.OFFICE,)),
    # What an act on several tasks did to this one; whose it was and whether it still can be, `undoing.py` says.
    "undo_bulk": Move(_ASKS | {S.COMPLETED, S.WITHDRAWN}, None, (Who.OFFICE, Who.ANY_LEADER)),
}
# Acts that a head or deputy does on a task not yet confirmed confirm it in passing.
CONFIRMS = frozenset({"progress", "ask_extension", "wait", "name_focal"})
NEEDS_REASON = frozenset({"return", "refuse", "correct", "reopen", "withdraw", "suspend"})
# After these nobody can decide a request for more time any more, or the task is somebody else's.
ENDS_REQUESTS = frozenset({"accept", "reassign", "withdraw", "carry_over"})
VOIDS_REPORT = frozenset({"return", "reopen"})
# Moves that nobody else is told about by a message; they stand in the history and on the lists.
UNTOLD = frozenset({"take_back", "undo_bulk", "hold", "review", "confirm_cause", "resume_work", "name_code",
                    "update_there", "confirm_there"})  # fmt: skip
