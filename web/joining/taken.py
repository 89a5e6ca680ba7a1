"""The JSON of the API: what may come in."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from web.uploads import plain


def _written(words: str) -> str:
    return plain(words).strip()


# No NUL, which PostgreSQL takes in no text, and something that is no blank.
Words = Annotated[str, Field(max_length=4000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$"), AfterValidator(_written)]
Short = Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$"), AfterValidator(_written)]


class In(BaseModel):
    """What comes in: a field that nobody knows is a mistake."""

    model_config = ConfigDict(extra="forbid")


class There(In):
    """What stands in the authority's system. `on`: the day, today when it is left out; `code`: the task's code
    there."""

    on: date | None = None
    code: Short | None = None


class ThereConfirmed(In):
    """`on`: the day on which the authority confirmed the result, today when it is left out."""

    on: date | None = None


class Progress(In):
    """A word on the work, entered by the Office for the unit. `said_by`: who said so."""

    words: Words
    said_by: Short
    promised_on: date | None = None


class NewValue(In):
    """A value of an indicator, a decimal as text. `source`: where it comes from."""

    day: date
    value: Annotated[str, Field(pattern=r"^-?[0-9]{1,8}(\.[0-9]{1,4})?$", examples=["68.42"])]
    source: Short
