"""Every act on a draft is kept with what it changed, so that it can be taken back, also after a restart.

A snapshot before, a snapshot after, and the difference is the memory: no act has an undo of its own that could forget
a column. Acts are undone in the reverse order in which they were done, whoever did them; the row says who.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from models import event
from models.confirm import items_of
from models.directive import Directive, DirectiveState, DraftItem
from models.draft_acts import keep_act
from models.draft_change import DraftChange
from models.moves import Actor
from models.task import json_value

HEAD = "directive"
HEAD_COLUMNS = ("number", "issued_on", "issuer", "signer", "from_above", "received_on", "arrival_number", "replaces_id",
                "continues", "answers")  # fmt: skip
NOT_KEPT = {"id", "directive_id", "version"}
ITEM_COLUMNS = tuple(name for name in DraftItem.model_fields if name not in NOT_KEPT)
DAYS = {"issued_on", "received_on", "due_on", "internal_due", "review_on"}
HOURS = {"due_time"}

Row = dict[str, Any]
Snapshot = dict[str, Row | None]


class DraftMoved(Exception):
    """Somebody else has changed the draft, or the item, since this page was made; `by` is who did last, if known."""

    def __init__(self, by: int | None = None) -> None:
        super().__init__("the draft has moved on")
        self.by = by


class NotADraft(Exception):
    """The directive is no draft any more: its tasks exist, or it was thrown away."""


class NothingLeft(Exception):
    """There is nothing to undo, or nothing to do again."""


def claim(session: Session, directive_id: int, version: int | None = None) -> Directive:
    """Take the draft for one act: its version goes up, and nobody else changes it before this transaction ends.

    `version`: the one the page showed; None where the act checks the version of its item instead. Raises NotADraft,
    DraftMoved.
    """
    statement = update(Directive).where(col(Directive.id) == directive_id,
                                        col(Directive.state) == DirectiveState.DRAFT)  # fmt: skip
    if version is not None:
        statement = statement.where(col(Directive.version) == version)
    changed = session.execute(statement.values(version=Directive.version + 1))
    directive = session.get_one(Directive, directive_id)
    session.refresh(directive)
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        if directive.state is not DirectiveState.DRAFT:
            raise NotADraft
        raise DraftMoved(last_by(session, directive_id))
    return directive


@contextmanager
def recorded(session: Session, directive_id: int, actor: Actor, what: str) -> Iterator[None]:
    """Remember what the block changes in the draft's items and header as one act that can be undone.

    `what` names the act (`web.review.what.<what>`). A block that changes nothing leaves nothing.
    """
    before = snapshot(session, directive_id)
    yield
    session.flush()
    after = snapshot(session, directive_id)
    was, became = difference(before, after)
    if not became and not was:
        return
    keep_act(session, directive_id, actor, what, was, became)
    for name, columns in became.items():
        # An item that only moved down a place is the same for whoever looks at it.
        if name != HEAD and name in before and columns is not None and set(columns) != {"position"}:
            _raise_version(session, int(name))
    session.flush()
    _told(session, directive_id, actor, "draft_saved", what, _named(before | after, was))


def undo(session: Session, directive_id: int, actor: Actor) -> DraftChange:
    """Take the last act back. Raises NothingLeft; DraftMoved when the rows are not as the act left them."""
    change = last_done(session, directive_id)
    if change is None:
        raise NothingLeft
    _apply(session, directive_id, change.after, change.before)
    return _turned(session, change, actor, undone=True)


def redo(session: Session, directive_id: int, actor: Actor) -> DraftChange:
    """Do again what was undone last. Raises NothingLeft, DraftMoved."""
    change = first_undone(session, directive_id)
    if change is None:
        raise NothingLeft
    _apply(session, directive_id, change.before, change.after)
    return _turned(session, change, actor, undone=False)


def _turned(session: Session, change: DraftChange, actor: Actor, *, undone: bool) -> DraftChange:
    change.undone = undone
    session.add(change)
    session.flush()
    labels = _named(snapshot(session, change.directive_id), change.after)
    verb = "draft_undone" if undone else "draft_redone"
    _told(session, change.directive_id, actor, verb, change.what, labels)
    return change


def last_done(session: Session, directive_id: int) -> DraftChange | None:
    """The act that undo would take back."""
    query = select(DraftChange).where(DraftChange.directive_id == directive_id, DraftChange.undone == False)  # noqa: E712
    return session.exec(query.order_by(col(DraftChange.id).desc()).limit(1)).first()


def first_undone(session: Session, directive_id: int) -> DraftChange | None:
    """The act that redo would do again: the first one undone after the last that still stands."""
    query = select(DraftChange).where(DraftChange.directive_id == directive_id, DraftChange.undone == True)  # noqa: E712
    done = last_done(session, directive_id)
    if done is not None:
        query = query.where(col(DraftChange.id) > done.id)
    return session.exec(query.order_by(col(DraftChange.id)).limit(1)).first()


def listed(session: Session, directive_id: int, most: int = 20) -> list[DraftChange]:
    """The last acts, the latest first; those that were undone too."""
    query = select(DraftChange).where(DraftChange.directive_id == directive_id)
    return list(session.exec(query.order_by(col(DraftChange.id).desc()).limit(most)))


def last_by(session: Session, directive_id: int) -> int | None:
    """Who changed the draft last."""
    change = last_done(session, directive_id)
    return change.person_id if change else None


def forget(session: Session, directive_id: int) -> None:
    """Erase the memory of undo: the draft has become tasks, or was thrown away."""
    session.execute(delete(DraftChange).where(col(DraftChange.directive_id) == directive_id))


def snapshot(session: Session, directive_id: int) -> Snapshot:
    """The draft as JSON values: the header's columns, and each item's by its id."""
    directive = session.get_one(Directive, directive_id)
    rows: Snapshot = {HEAD: {name: json_value(getattr(directive, name)) for name in HEAD_COLUMNS}}
    for item in items_of(session, directive_id):
        rows[str(item.id)] = {name: json_value(getattr(item, name)) for name in ITEM_COLUMNS}
    return rows


def difference(before: Snapshot, after: Snapshot) -> tuple[Snapshot, Snapshot]:
    """Only what differs, as it was and as it became; a whole row where one came or went."""
    was: Snapshot = {}
    became: Snapshot = {}
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            was[name], became[name] = old, new
            continue
        columns = [column for column in new if new[column] != old.get(column)]
        if columns:
            was[name] = {column: old.get(column) for column in columns}
            became[name] = {column: new[column] for column in columns}
    return was, became


def _apply(session: Session, directive_id: int, expected: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """From one side of a change to the other. Nothing is written unless every row is as `expected`."""
    now = snapshot(session, directive_id)
    for name, columns in expected.items():
        row = now.get(name)
        same = row is None if columns is None else row is not None and all(row[c] == v for c, v in columns.items())
        if not same:
            raise DraftMoved(last_by(session, directive_id))
    for name, columns in wanted.items():
        if name == HEAD:
            session.execute(update(Directive).where(col(Directive.id) == directive_id).values(_columns(columns)))
        elif columns is None:
            session.execute(delete(DraftItem).where(col(DraftItem.id) == int(name)))
        elif name not in now:
            session.execute(DraftItem.__table__.insert().values(
                id=int(name), directive_id=directive_id, version=1, **_columns(columns)))  # fmt: skip
        else:
            session.execute(update(DraftItem).where(col(DraftItem.id) == int(name))
                            .values(**_columns(columns), version=DraftItem.version + 1))  # fmt: skip
    session.expire_all()


def _raise_version(session: Session, item_id: int) -> None:
    item = session.get_one(DraftItem, item_id)
    item.version += 1
    session.add(item)


def _named(rows: Snapshot, changed: Mapping[str, Any]) -> list[str]:
    """Labels of the items an act was about: what the history tells without the text."""
    return [str((rows.get(name) or columns or {}).get("label", HEAD)) if name != HEAD else HEAD
            for name, columns in changed.items()]  # fmt: skip


def _told(session: Session, directive_id: int, actor: Actor, verb: str, what: str, labels: list[str]) -> None:
    event.record(session, f"directive:{directive_id}", verb, actor_id=actor.person_id, channel=actor.channel,
                 facts={"what": what, "changed": labels}, directive_id=directive_id, announced=True)  # fmt: skip


def _columns(row: Mapping[str, Any]) -> Row:
    return {name: _typed(name, value) for name, value in row.items()}


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DAYS:
        return date.fromisoformat(value)
    return time.fromisoformat(value) if name in HOURS else value
