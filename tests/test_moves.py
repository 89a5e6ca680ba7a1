"""What can be done to a task, from which states, by whom: every cell of the table of the design."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from models.moves import MOVES, Actor, NotAllowed, NotFromHere, move
from models.organisation import Post, Role
from models.task import DueSetBy, State
from tests.moving import PEOPLE, Trial, last_event, settled, snapshot, stand, trial_in
from tests.office import Office

# verb: from>to, or a state that stays. A state that is not named refuses the verb.
FROM_TO = """
acknowledge    assigned>acknowledged
report         assigned>reported acknowledged>reported
progress       assigned>acknowledged acknowledged>acknowledged
accept         reported>completed
return         reported>acknowledged
take_back      acknowledged reported refused
refuse         assigned>refused acknowledged>refused
reassign       assigned>assigned acknowledged>assigned refused>assigned
suspend        assigned>suspended acknowledged>suspended reported>suspended
resume         suspended>acknowledged
ask_extension  assigned>acknowledged acknowledged>acknowledged
extend         assigned acknowledged
decline        assigned acknowledged
forward        assigned acknowledged
wait           assigned>acknowledged acknowledged>acknowledged
resume_work    acknowledged
name_focal     assigned>acknowledged acknowledged>acknowledged
hold           assigned acknowledged
remind         assigned acknowledged
instruct       assigned acknowledged reported suspended refused
review         assigned acknowledged
correct        assigned acknowledged reported suspended refused completed
confirm_cause  assigned acknowledged reported suspended refused completed
reopen         completed>acknowledged
carry_over     assigned acknowledged reported suspended refused
name_code      assigned acknowledged reported suspended refused completed
update_there   completed
confirm_there  completed
undo_bulk      assigned acknowledged completed withdrawn
withdraw       assigned>withdrawn acknowledged>withdrawn reported>withdrawn suspended>withdrawn refused>withdrawn
"""
TO = {
    verb: {cell.split(">")[0]: cell.split(">")[-1] for cell in cells}
    for verb, *cells in map(str.split, FROM_TO.strip().splitlines())
}

UNIT, OFFICE, LEADERS = {"head", "deputy"}, {"office"}, {"leader", "other_leader"}
MAY: dict[str, set[str]] = {
    "acknowledge": UNIT, "report": UNIT, "progress": UNIT | {"focal", "co_unit"}, "refuse": UNIT, "ask_extension": UNIT,
    "wait": UNIT | {"focal"}, "resume_work": UNIT | {"focal"}, "name_focal": UNIT, "take_back": UNIT | OFFICE,
    "accept": OFFICE, "return": OFFICE, "reassign": OFFICE, "suspend": OFFICE, "resume": OFFICE, "extend": OFFICE,
    "decline": OFFICE, "forward": OFFICE, "hold": OFFICE, "remind": OFFICE | LEADERS, "instruct": LEADERS,
    "review": OFFICE, "correct": OFFICE, "confirm_cause": OFFICE, "reopen": OFFICE, "withdraw": OFFICE,
    "carry_over": OFFICE, "name_code": OFFICE, "update_there": OFFICE, "confirm_there": OFFICE,
    "undo_bulk": OFFICE | LEADERS,
}  # fmt: skip
BEHALF = {"acknowledge", "report", "progress", "refuse", "ask_extension", "wait", "resume_work", "name_focal"}


@pytest.fixture(scope="module")
def settled_office() -> Office:
    return settled()


@pytest.fixture
def trial(settled_office: Office) -> Iterator[Trial]:
    with trial_in(settled_office) as made:
        yield made


def actor_of(office: Office, verb: str) -> Actor:
    """Somebody who may: in the unit if it can, else the Office, else a leader."""
    return office.who(PEOPLE[next(who for who in ("head", "office", "leader") if who in MAY[verb])])


def test_the_table_here_names_every_move() -> None:
    assert TO.keys() == MAY.keys() == MOVES.keys()
    assert {verb for verb, spec in MOVES.items() if spec.behalf} == BEHALF


@pytest.mark.parametrize("verb", TO)
def test_a_move_is_made_from_its_own_states_only(trial: Trial, verb: str) -> None:
    session, office, task = trial
    actor = actor_of(office, verb)
    for state in State:
        stand(session, task, state)
        if state.value in TO[verb]:
            assert move(session, task.id or 0, verb, actor, reason="lý do").state == TO[verb][state]
            session.refresh(task)
            assert task.state == TO[verb][state]
            continue
        before = snapshot(session)
        with pytest.raises(NotFromHere) as refused:
            move(session, task.id or 0, verb, actor, reason="lý do")
        assert refused.value.task is task and task.state == state
        assert snapshot(session) == before


@pytest.mark.parametrize("behalf", [False, True])
@pytest.mark.parametrize("verb", TO)
def test_only_those_whom_the_table_names_may_make_a_move(trial: Trial, verb: str, behalf: bool) -> None:
    session, office, task = trial
    from_state = "acknowledged" if "acknowledged" in TO[verb] else next(iter(TO[verb]))
    may = (OFFICE if verb in BEHALF else set()) if behalf else MAY[verb]
    stand(session, task, from_state, focal_id=office.people["tv.pho"])
    before = snapshot(session)
    for capacity in PEOPLE.keys() - may:
        with pytest.raises(NotAllowed):
            move(session, task.id or 0, verb, office.who(PEOPLE[capacity], behalf=behalf), reason="lý do")
    assert snapshot(session) == before
    for capacity in may:
        stand(session, task, from_state)
        move(session, task.id or 0, verb, office.who(PEOPLE[capacity], behalf=behalf), reason="lý do")


def test_what_the_office_enters_for_a_unit_says_who_said_so_and_how(trial: Trial) -> None:
    session, office, task = trial
    actor = office.who("vp.vanthu", behalf=True, said_by="đồng chí Trưởng", how="điện thoại")
    move(session, task.id or 0, "acknowledge", actor)
    made = last_event(session, task)
    told = made.facts or {}
    assert (told["behalf"], told["said_by"], told["how"]) == (True, "đồng chí Trưởng", "điện thoại")
    assert made.actor_id == office.people["vp.vanthu"]


@pytest.mark.parametrize(
    ("set_by", "leader", "may"),
    [
        (DueSetBy.OFFICE, None, {"office"}),
        (DueSetBy.AUTHORITY, None, {"office"}),
        (DueSetBy.LEADER, "gd", {"leader"}),
        (DueSetBy.LEADER, "pgd1", {"other_leader"}),
    ],
)
@pytest.mark.parametrize("verb", ["extend", "decline"])
def test_whoever_set_a_date_decides_on_it(
    trial: Trial, verb: str, set_by: DueSetBy, leader: str | None, may: set[str]
) -> None:
    session, office, task = trial
    stand(session, task, "acknowledged", due_set_by=set_by, due_leader_id=office.people[leader] if leader else None)
    found = set()
    for capacity, who in PEOPLE.items():
        try:
            move(session, task.id or 0, verb, office.who(who))
            found.add(capacity)
        except NotAllowed:
            pass
    assert found == may


def test_the_schedule_itself_holds_no_capacity(trial: Trial) -> None:
    session, _, task = trial
    stand(session, task, "acknowledged", focal_id=None, due_set_by=DueSetBy.LEADER, due_leader_id=None)
    for verb in ("progress", "extend", "accept"):
        with pytest.raises(NotAllowed):
            move(session, task.id or 0, verb, Actor(None))


@pytest.mark.parametrize("verb", ["accept", "return"])
def test_the_offices_own_reports_are_decided_by_the_leader_in_charge_alone(trial: Trial, verb: str) -> None:
    session, office, task = trial
    stand(session, task, "reported", unit_id=office.units["VP"])
    for who in ("vp.truong", "vp.pho", "vp.vanthu", "pgd1", "quantri"):
        with pytest.raises(NotAllowed):
            move(session, task.id or 0, verb, office.who(who), reason="lý do")
    move(session, task.id or 0, verb, office.who("gd"), reason="lý do")


def test_a_post_of_the_office_that_has_ended_makes_a_unit_no_office(trial: Trial) -> None:
    session, office, task = trial
    session.add(Post(person_id=office.people["bt.pho"], unit_id=office.units["TTS"], role=Role.OFFICE,
                     valid_to=date(2023, 7, 21)))  # fmt: skip
    session.flush()
    stand(session, task, "reported")
    assert move(session, task.id or 0, "accept", office.who("vp.vanthu")).state is State.COMPLETED
