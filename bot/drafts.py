"""The đầu mối's report: drafted in his chat, confirmed with one tap in the head's."""

from __future__ import annotations

from dataclasses import replace

from bot.acts import Act, Do
from bot.prompts import open_prompt
from bot.scene import TaskRow
from bot.tell import tell
from bot.turn import Turn, as_json
from models import clock, event
from models.message import Kind
from models.recipients import Directory


def drafted(turn: Turn, act: Act, row: TaskRow) -> None:
    """Keep the draft in the history and ask whoever gets the head's messages to confirm it; nothing is reported yet."""
    own = replace(act, do=Do.ACT, tasks=(row.number,), words=turn.words(act))
    event.record(
        turn.session,
        f"task:{row.id}",
        "draft_report",
        actor_id=turn.speaker.id,
        channel=turn.channel,
        facts={"act": as_json(own)},
        task_id=row.id,
        directive_id=row.directive_id,
        announced=True,
    )
    turn.acted.add(row.number)
    _ask_head(turn, own, row)
    turn.say("draft.done", task=turn.label(row))


def _ask_head(turn: Turn, own: Act, row: TaskRow) -> None:
    about = {"verb": own.verb.value, "act": as_json(own), "at": turn.at.isoformat(), "inbox": turn.inbox_id}
    directory = Directory(turn.session, clock.today())
    for head in directory.for_head(row.unit_id):
        if head.person_id in directory.office():  # nobody of the unit is there: the Office confirms for it
            about["act"] = as_json(replace(own, on_behalf=True, person=turn.speaker.id))
        prompt = open_prompt(turn.session, person_id=head.person_id, kind="draft", tasks=(row.number,), about=about)
        tell(
            turn.session,
            f"draft:{turn.inbox_id}:{row.id}",
            Kind.REPORTED,
            head.person_id,
            "draft",
            task_id=row.id,
            told_id=head.meant_for,
            facts={"for_role": "head", "prompt": prompt},
            name=turn.speaker.name,
            task=turn.label(row),
            code=f"NV{row.number}",
            words=own.words,
            product=own.product or turn.text("product.none"),
        )
