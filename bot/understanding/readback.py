"""What an open step already knows, and the act that was read back."""

from __future__ import annotations

from datetime import date, time

from bot.acts import Act, Do, PromptView, Verb


def about_verb(prompt: PromptView, default: Verb) -> Verb:
    return Verb(str(prompt.about["verb"])) if prompt.about.get("verb") else default


def about_date(prompt: PromptView, key: str = "date") -> date | None:
    value = prompt.about.get(key)
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value if isinstance(value, date) else None


def about_time(prompt: PromptView) -> time | None:
    value = prompt.about.get("time")
    return time.fromisoformat(value) if isinstance(value, str) else value if isinstance(value, time) else None


def about_text(prompt: PromptView, key: str) -> str | None:
    value = prompt.about.get(key)
    return str(value) if value else None


def as_read_back(verb: Verb, prompt: PromptView, text: str) -> Act:
    """The act that was read back, with everything the step knows."""
    day, person = about_date(prompt), prompt.about.get("person")
    return Act(
        verb,
        Do.ACT,
        prompt.tasks,
        date=day,
        time=about_time(prompt),
        until=about_date(prompt, "until"),
        date_kind=about_text(prompt, "date_kind") or ("due" if day else None),
        reason=about_text(prompt, "reason"),
        product=about_text(prompt, "product"),
        unit=about_text(prompt, "unit"),
        words=about_text(prompt, "words") or text,
        person=person if isinstance(person, int) else None,
        how=about_text(prompt, "how"),
        on_behalf=bool(prompt.about.get("on_behalf")),
        nil=bool(prompt.about.get("nil")),
        standing_in=bool(prompt.about.get("standing_in")),
        absent=absent if isinstance(absent := prompt.about.get("absent"), int) else None,
    )
