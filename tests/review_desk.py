"""A clerk at the review page: fills the form of one item as a browser would send it, and presses one of its buttons."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from models.confirm import items_of
from models.directive import Directive, DraftItem
from models.organisation import Unit
from tests.web_stage import Browser, Stage

KEPT = set(DraftItem.model_fields) - {"version"}


@dataclass
class Desk:
    """The draft `directive_id` in somebody's browser. `forms`: as they were last seen, by address; `seen`: how many
    rows had been written by then."""

    office: Stage
    who: str = "vp.vanthu"
    directive_id: int = 1
    forms: dict[str, dict[str, str]] = field(default_factory=dict)
    browser: Browser = field(init=False)
    seen: int = field(init=False)

    def __post_init__(self) -> None:
        self.browser = self.office.browser(self.who)
        self.look()

    @property
    def path(self) -> str:
        return f"/directives/{self.directive_id}/review"

    def look(self) -> str:
        """Load the page, and keep its forms."""
        text = str(self.browser.get(self.path).text)
        self.forms, self.seen = {}, self.office.changes()
        for form in re.findall(r"<form.*?</form>", text, re.S):
            address = re.search(r'action="([^"]+)"', form)
            if address and address.group(1).startswith(self.path):
                self.forms.setdefault(address.group(1), _fields(form))
        return text

    def item(self, label: str) -> DraftItem:
        """The item of this label, as it stands."""
        return next(one for one in self.items() if one.label == label)

    def items(self) -> list[DraftItem]:
        with self.office.database.read() as session:
            return list(items_of(session, self.directive_id))

    def directive(self) -> Directive:
        with self.office.database.read() as session:
            return session.get_one(Directive, self.directive_id)

    def state(self) -> list[dict[str, Any]]:
        """All that undo must bring back."""
        return [one.model_dump(include=KEPT) for one in self.items()]

    def act(self, label: str, act: str = "save", *, fresh: bool = True, **fields: str) -> Any:
        """Press a button of an item's form; `fresh`: on a page loaded just now. Dots in names are written as two
        underscores. A redirect is not followed: pages cost most of a test's time."""
        return self._send(f"{self.path}/{self.item(label).id}", act, fresh, fields)

    def whole(self, act: str, *, fresh: bool = True, **fields: str) -> Any:
        """Press a button for the whole draft; `fresh`: on a page of the version that stands."""
        version = str(self.directive().version) if fresh else self.forms[self.path]["version"]
        return self.browser.post(self.path, {"version": version} | fields | {"act": act}, follow=False)

    def _send(self, address: str, act: str, fresh: bool, fields: dict[str, str]) -> Any:
        if fresh and self.seen != self.office.changes():
            self.look()
        typed = {name.replace("__", "."): value for name, value in fields.items()}
        shown = self.forms[address]
        return self.browser.post(address, shown | typed | {"act": act}, follow=False)


def _fields(form: str) -> dict[str, str]:
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r' name="([^"]+)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and name.group(1) != "form_token" and ('type="checkbox"' not in tag or " checked" in tag):
            found[name.group(1)] = html.unescape(value.group(1)) if value else ""
    for name, value in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S):
        found[name] = html.unescape(value)
    for name, body in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        found[name] = "".join(re.findall(r'<option value="([^"]*)" selected', body))
    return found


def big(office: Stage, count: int) -> None:
    """A draft of `count` items and sixty pages."""
    words = "Rà soát, tổng hợp và báo cáo kết quả thực hiện nhiệm vụ được giao; gửi Văn phòng Sở trước ngày 15/8/2023. "
    with office.database.write() as session:
        unit = session.get_one(Unit, 3)
        text, spans = "", []
        for number in range(count):
            text += f"{number + 1}. "
            spans.append((len(text), len(text) + 10 * len(words) - 1))
            text += words * 10 + "\n\n"
        directive = session.get_one(Directive, 1)
        directive.text = text
        session.add(directive)
        for item in session.exec(DraftItem.__table__.select()).all():  # type: ignore[call-overload]
            session.delete(session.get_one(DraftItem, item.id))
        session.flush()
        for place, (start, end) in enumerate(spans):
            session.add(DraftItem(directive_id=1, position=place, label=str(place + 1), text=text[start:end].strip(),
                                  title=words.strip(), span_start=start, span_end=end, ours=True,
                                  unit_ids=[unit.id or 0],
                                  questions={"due": f"Mục {place + 1}: văn bản không nêu thời hạn"}))  # fmt: skip
