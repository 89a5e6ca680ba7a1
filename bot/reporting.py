"""Reports of completion: when they were begun, what they hand in, what is still asked for."""

from __future__ import annotations

from datetime import datetime

from bot import drafts, texts
from bot.acts import Act
from bot.scene import TaskRow
from bot.turn import Turn
from models import handling
from models.report import CompletionReport, current_report
from models.task import State


def report(turn: Turn, act: Act) -> None:
    """Report tasks complete, or complete a report that waits for its product (R9: it keeps its moment)."""
    asked: list[int] = []
    for row in turn.named_rows(act):
        with turn.refusing():
            if row.focal_id == turn.speaker.id and row.unit_id not in turn.speaker.units:
                drafts.drafted(turn, act, row)
                continue
            made = _added(turn, act, row) if row.state is State.REPORTED else _made(turn, act, row)
            turn.acted.add(row.number)
            if made is not None and _lacks(made, act):
                asked.append(row.number)
    if not asked:
        return
    if act.then == "result":
        turn.say("ask.result")
        turn.ask("ask_result", asked, act)
    else:
        turn.say("ask.product", codes=texts.codes(asked))
        turn.ask("ask_product", asked, act)


def _lacks(made: CompletionReport, act: Act) -> bool:
    """Is something still to be asked for: the product, or after a bare number its sign and date?"""
    return not (made.product_number or made.nil or made.result) or (act.then == "product" and made.product_date is None)


def _made(turn: Turn, act: Act, row: TaskRow) -> CompletionReport:
    product_date = act.date if act.date_kind == "product" else None
    claimed_on = act.date if act.date_kind == "done" else None
    inbox = turn.evidence()
    made = handling.report(
        turn.session,
        row.id,
        turn.actor_for(act, row),
        made_at=began(turn),
        words=turn.words(act),
        product_number=act.product,
        product_date=product_date,
        claimed_on=claimed_on,
        result=act.reason,
        nil=act.nil,
        inbox_id=inbox,
    )
    key = "report.behalf" if act.on_behalf else "report.nil" if act.nil else "report.done"
    turn.say(
        key,
        task=turn.label(row),
        at=texts.moment(made.made_at, turn.language),
        product=product(turn, made),
        how=turn.how(act) if act.on_behalf else "",
        unit=row.unit_name,
    )
    if claimed_on is not None:
        turn.say("report.claimed", day=turn.day(claimed_on))
    if turn.incoming.attachments:
        turn.say("report.photo")
    turn.undoable = turn.undoable or not act.on_behalf
    return made


def _added(turn: Turn, act: Act, row: TaskRow) -> CompletionReport | None:
    """Product, date or result of a report that is there."""
    given = act.product or act.reason or act.nil or (act.date and act.date_kind == "product")
    if not given:
        made = current_report(turn.session, row.id)
        if act.then != "result":
            turn.say("report.already", task=turn.label(row), at=texts.moment(row.reported_at or turn.at, turn.language))
            return None
        return made
    day = act.date if act.date_kind == "product" else None
    made = handling.add_product(
        turn.session, row.id, turn.actor_for(act, row), number=act.product, day=day, result=act.reason, nil=act.nil
    )
    turn.say(
        "report.completed",
        task=turn.label(row),
        at=texts.moment(made.made_at, turn.language),
        product=product(turn, made),
    )
    return made


def began(turn: Turn) -> datetime:
    """When the report was begun: the first message of this dialogue. The model judges whether it still counts."""
    first = turn.began.about.get("at") if turn.began is not None else None
    return datetime.fromisoformat(str(first)) if first else turn.at


def product(turn: Turn, made: CompletionReport) -> str:
    """; sản phẩm: 145/BC-QLVH ngày thứ Sáu 27/11/2026."""
    if made.nil:
        return turn.text("product.nil")
    if made.product_number is None:
        return turn.text("product.result", result=made.result) if made.result else ""
    if made.product_date is None:
        return turn.text("product.number", number=made.product_number)
    return turn.text("product", number=made.product_number, day=turn.day(made.product_date))
