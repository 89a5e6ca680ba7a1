"""What nobody may ask too much of: pages, lists, forms, streams, addresses to call; and what no row is behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlencode

import pytest

from models.webhooks import is_inner
from tests import safety_entries as table
from tests.safety_scene import scene_in
from tests.test_every_route import STREAMS, Site
from tests.web_stage import said, stage
from web import listening, uploads

pytestmark = pytest.mark.thorough

ODD = ("1000000000", "99999999999999999999", "-1", "0", "x" * 1_500, "9999-12-31", "0001-01-01", "٣", "1e9", "\x00",
       "%", "'\"<", "../..", "NV1", "\u202e", "[")  # fmt: skip
NAMES = ("page", "q", "day", "month", "year", "from", "to", "start", "end", "due_from", "due_to", "unit", "leader",
    "co",
         "directive", "state", "category", "class", "waiting", "sort", "part", "days", "by", "signer", "only", "below",
         "since", "after", "reply", "back", "done", "next", "ahead", "units", "chosen", "whole", "limit",
         "view")  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with stage() as office:
        scene = scene_in(office)
        made = Site(scene, office.kept())
        made.first = made.whole()
        yield made


@pytest.mark.parametrize("odd", ODD, ids=lambda one: ascii(one[:12]))
def test_no_address_breaks_a_page(site: Site, odd: str) -> None:
    clerk, wrong = site.browser("clerk"), []
    query = urlencode(dict.fromkeys(NAMES, odd))
    for entry in table.GETS:
        if entry.route in STREAMS or entry.path.endswith((".pdf", ".docx", ".png")):
            continue
        address = site.address(entry).partition("?")[0]
        try:
            answer = clerk.get(f"{address}?{query}")
        except Exception as error:  # it would be a 500; all of them are wanted at once
            wrong.append((address, f"{type(error).__name__}: {error}"[:160]))
            continue
        if len(answer.content) > 2_000_000 or answer.status_code >= 500:
            wrong.append((address, str(answer.status_code)))
    assert not wrong


def test_a_name_that_is_repeated_a_thousand_times_is_asked_for_once(site: Site) -> None:
    clerk = site.browser("clerk")
    for name, value in (("category", "qua_han"), ("state", "assigned"), ("class", "dated")):
        answer = clerk.get(f"/tasks?{'&'.join([f'{name}={value}'] * 3000)}")
        assert answer.status_code == 200 and len(answer.content) < 200_000


@pytest.mark.parametrize("odd", ["999999999", "-1", "9" * 30, "x" * 5000, "", "2023-02-30", "9999-12-31", "12/9999",
    "\x00",
                                 "1e999999", "=1+1", "\u202e", "٣"], ids=lambda one: ascii(one[:12]))  # fmt: skip
def test_no_form_breaks_whatever_stands_in_it(site: Site, odd: str) -> None:
    """Each field of each act by itself."""
    wrong = []
    for entry in table.POSTS:
        role = "clerk" if "clerk" in entry.who else "head" if "head" in entry.who else "leader"
        for name in entry.data:
            if name in ("act", "verb", "confirm", "save"):
                continue
            try:
                answer = site.browser(role).post(site.address(entry), site.form(entry, role) | {name: odd},
                    follow=False)
                if answer.status_code >= 500:
                    wrong.append((site.address(entry), name, str(answer.status_code)))
            except Exception as error:  # it would be a 500; all of them are wanted at once
                wrong.append((site.address(entry), name, f"{type(error).__name__}: {error}"[:160]))
            if not site.same(-1):
                site.anew()
    assert not wrong


def test_a_form_of_very_many_fields_is_not_read(site: Site) -> None:
    clerk = site.browser("clerk")
    many = "a&" * (uploads.MOST_FIELDS + 2)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = clerk.client.post("/me/language", content=many, headers=headers)
    assert answer.status_code == 413 and said(answer)
    long = "a=" + "x" * (uploads.FIELDS_BYTES + 1)
    assert clerk.client.post("/me/language", content=long, headers=headers).status_code == 413


def test_a_charset_that_makes_half_letters_breaks_nothing(site: Site) -> None:
    clerk = site.browser("clerk")
    for charset in ("utf-7", "no-such", "utf-16"):
        body = (b'--b\r\ncontent-disposition: form-data; name="form_token"\r\n\r\n+2AA-\r\n--b\r\n'
                b'content-disposition: form-data; name="note"\r\n\r\n+2AA-\r\n--b--\r\n')  # fmt: skip
        kind = {"content-type": f"multipart/form-data; boundary=b; charset={charset}"}
        assert clerk.client.post("/calendar", content=body, headers=kind).status_code == 403


async def test_a_person_listens_with_so_many_pages_at_once() -> None:
    async def news() -> AsyncIterator[str]:
        while True:
            yield "x"
            await asyncio.sleep(0)

    streams = [listening.counted(7, news()) for _ in range(listening.MOST)]
    for one in streams:
        await anext(one)
    assert listening.too_many(7) and not listening.too_many(8)
    for one in streams:
        await one.aclose()  # type: ignore[attr-defined]
    assert not listening.too_many(7)


@pytest.mark.parametrize("address", [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001::1", "2001:db8::1",
])  # fmt: skip
def test_no_inner_address_is_called_in_any_spelling(address: str) -> None:
    assert is_inner(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.113.131.1", "2405:4800::1", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_open_network_are_called(address: str) -> None:
    assert not is_inner(address)


