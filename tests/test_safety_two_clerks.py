"""Two clerks at one page of the office room: the second sees that it has changed and decides; nothing is written over
unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.safety_scene import Scene, scene_in
from tests.web_stage import said, stage

PAGES = {
    "unit": ("/office/units/{unit}", {"name": "Thanh tra A", "leader": "1"}, {"name": "Thanh tra B", "leader": "1"}),
    "person": ("/people/{person}", {"name": "Tên A"}, {"name": "Tên B"}),
    "indicator": ("/indicators/{indicator}", {"name": "Chỉ số A", "target": "1"}, {"name": "Chỉ số B", "target": "2"}),
    "letterhead": ("/reports/letterhead", {"parent": "UBND A", "place": "Huế", "symbol": "A"},
                   {"parent": "UBND B", "place": "Huế", "symbol": "B"}),
}  # fmt: skip


@pytest.fixture
def scene() -> Iterator[Scene]:
    with stage() as office:
        yield scene_in(office)


def hidden(page: Any, address: str) -> dict[str, str]:
    """What the form that leads to this address carries along."""
    form = re.search(rf'<form[^>]*action="{re.escape(address)}"[^>]*>(.*?)</form>', page.text, re.S)
    assert form, address
    found = re.findall(r'<input type="hidden" name="(seen\w*)" value="([^"]*)"', form.group(1))
    assert found, address
    return dict(found)


@pytest.mark.parametrize("name", PAGES)
def test_the_second_clerk_sees_what_changed_and_decides(scene: Scene, name: str) -> None:
    path, one, other = PAGES[name]
    address = path.format(**scene.at)
    first, second = scene.office.browser("vp.vanthu"), scene.office.browser("vp.truong")
    mine, theirs = hidden(first.get(address), address), hidden(second.get(address), address)
    assert first.post(address, one | mine).status_code == 200
    refused = second.post(address, other | theirs)
    assert refused.status_code == 409 and said(refused)
    now = first.get(address).text
    assert next(iter(one.values())) in now and next(iter(other.values())) not in now
    again = second.post(address, other | hidden(refused, address))
    assert again.status_code == 200 and next(iter(other.values())) in again.text


def test_a_value_and_a_post_are_not_put_right_twice_unseen(scene: Scene) -> None:
    first, second = scene.office.browser("vp.vanthu"), scene.office.browser("vp.truong")
    for page, form, values in (
        ("/indicators/{indicator}", "/indicators/{indicator}/values/{value}", ({"value": "71"}, {"value": "72"})),
        ("/people/{person}", "/people/{person}/posts/{post}/end", ({"last": "2023-08-24"}, {"last": "2023-09-24"})),
    ):
        page, form = page.format(**scene.at), form.format(**scene.at)
        mine, theirs = hidden(first.get(page), form), hidden(second.get(page), form)
        assert first.post(form, values[0] | mine).status_code == 200
        assert second.post(form, values[1] | theirs).status_code == 409
