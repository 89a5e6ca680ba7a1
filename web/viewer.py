"""The signed-in person: which posts, and what may be seen. What may be done is the moves' own business."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from models import clock
from models.organisation import Person, Post, Role
from models.recipients import posts_of, standing_role
from models.task import CoUnit, Task


@dataclass(frozen=True)
class Viewer:
    """`units`: those the person heads or is deputy of. Leaders and the Office see every unit."""

    person: Person
    posts: tuple[Post, ...]

    @property
    def id(self) -> int:
        """The person's id."""
        assert self.person.id is not None
        return self.person.id

    @property
    def roles(self) -> frozenset[Role]:
        """Roles held today."""
        return frozenset(post.role for post in self.posts)

    @property
    def office(self) -> bool:
        """Holds the Office's role."""
        return Role.OFFICE in self.roles

    @property
    def leader(self) -> bool:
        """Is one of the leaders."""
        return Role.LEADER in self.roles

    @property
    def sees_all(self) -> bool:
        """May look at every unit's tasks and at the directives."""
        return bool(self.roles & {Role.OFFICE, Role.LEADER, Role.ADMIN})

    @property
    def links_people(self) -> bool:
        """Gives codes and takes chats away: the Office and the administrator."""
        return bool(self.roles & {Role.OFFICE, Role.ADMIN})

    @property
    def units(self) -> frozenset[int]:
        """Units whose tasks the person answers for."""
        return frozenset(p.unit_id for p in self.posts if p.unit_id is not None and p.role in (Role.HEAD, Role.DEPUTY))

    @property
    def title(self) -> str:
        """The title of the post that stands for the person."""
        role = standing_role(self.posts)
        return next((post.title for post in self.posts if post.role is role), "")


def viewer_of(session: Session, person_id: int) -> Viewer | None:
    """The person with today's posts, or None if there is no such person."""
    person = session.get(Person, person_id)
    return Viewer(person, tuple(posts_of(session, person_id, clock.today()))) if person else None


def may_see(session: Session, viewer: Viewer, task: Task) -> bool:
    """Leaders and the Office see all; a unit its own tasks, those it co-operates in, their parent; a đầu mối his."""
    if viewer.sees_all or task.unit_id in viewer.units or task.focal_id == viewer.id:
        return True
    children = select(Task.id).where(Task.parent_id == task.id, col(Task.unit_id).in_(viewer.units)).limit(1)
    co_units = select(CoUnit.task_id).where(CoUnit.task_id == task.id, col(CoUnit.unit_id).in_(viewer.units)).limit(1)
    return session.exec(children).first() is not None or session.exec(co_units).first() is not None


def visible(viewer: Viewer) -> list[ColumnElement[bool]]:
    """Conditions on Task that keep what the viewer may see; none for those who see all."""
    if viewer.sees_all:
        return []
    co_tasks = select(CoUnit.task_id).where(col(CoUnit.unit_id).in_(viewer.units))
    return [or_(col(Task.unit_id).in_(viewer.units), Task.focal_id == viewer.id, col(Task.id).in_(co_tasks))]
