"""Units: looked at, named, ordered, ended, each act by who may and written down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.units_desk import events, merging, read_again, unit
from tests.web_stage import Stage, said, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    """The seed directive, assigned."""
    with stage() as made:
        made.assign_seed()
        yield made


def test_only_the_office_and_the_administrator_change_units_and_leaders_look(office: Stage) -> None:
    tts = unit(office, "TTS").id
    may = {"vp.vanthu": (200, 200), "quantri": (200, 200), "gd": (200, 403), "tts.truong": (403, 403)}
    for who, (look, change) in may.items():
        someone = office.browser(who)
        assert someone.get("/office/units").status_code == look
        assert someone.get(f"/office/units/{tts}").status_code == look
        form = {"name": "Thanh tra Sở", "leader": office.person("gd"), "aliases": who}
        assert someone.post(f"/office/units/{tts}", form).status_code == change
        assert someone.post("/office/units", {"code": f"X{who[:2]}", "name": f"Phòng {who}",
                                              "leader": office.person("gd")}).status_code == change  # fmt: skip
    for who in ("quantri", "gd", "tts.truong"):  # tasks are handed over by the Office alone
        assert office.browser(who).get("/office/units/merge").status_code == 403
        assert office.browser(who).post("/office/units/merge", merging(office, "QLVH", "QLTT")).status_code == 403
    assert events(office, "office")[-1].verb != "merged"


def test_a_renamed_unit_is_still_found_by_its_old_name(office: Stage) -> None:
    tts, clerk = unit(office, "TTS"), office.browser("vp.vanthu")
    form = {"name": "Thanh tra ngành", "since": "2023-07-20", "leader": tts.leader_id, "position": tts.position,
            "aliases": "\n".join(tts.aliases)}  # fmt: skip
    assert said(clerk.post(f"/office/units/{tts.id}", form)) == "Đã lưu."
    assert said(clerk.post(f"/office/units/{tts.id}", form | {"aliases": "\n".join([*tts.aliases, tts.name])})) == (
        "Không có gì thay đổi."
    )
    now = unit(office, "TTS")
    assert now.name == "Thanh tra ngành" and tts.name in now.aliases and now.id == tts.id
    (told,) = events(office, f"unit:{tts.id}")
    assert told.verb == "unit_renamed" and told.facts and told.facts["since"] == "2023-07-20"
    assert told.facts["before"]["name"] == tts.name
    read_again(office)


def test_a_name_means_one_unit_only(office: Stage) -> None:
    clerk, tts = office.browser("vp.vanthu"), unit(office, "TTS")
    taken = clerk.post("/office/units", {"code": "tts", "name": "Phòng mới", "leader": office.person("gd")})
    assert taken.status_code == 409 and "“tts” đã dùng cho Thanh tra Sở" in said(taken)
    form = {"name": tts.name, "leader": tts.leader_id, "aliases": "Các phòng chuyên môn"}
    assert clerk.post(f"/office/units/{tts.id}", form).status_code == 409
    assert clerk.post("/office/units", {"code": "PM", "name": "Phòng mới", "leader": 99999}).status_code == 409


def test_a_unit_with_open_tasks_does_not_end_by_itself(office: Stage) -> None:
    clerk, tts = office.browser("vp.vanthu"), unit(office, "TTS")
    refused = clerk.post(f"/office/units/{tts.id}/end", {"last": "2023-07-24"})
    assert refused.status_code == 409 and "còn 1 nhiệm vụ đang thực hiện" in said(refused)
    clerk.post("/office/units", {"code": "PM", "name": "Phòng mới", "leader": office.person("gd")})
    new = unit(office, "PM")
    assert said(clerk.post(f"/office/units/{new.id}/end", {"last": "2023-07-23"})) == "Đã kết thúc đơn vị."
    assert unit(office, "PM").valid_to == date(2023, 7, 23)
    assert clerk.post(f"/office/units/{unit(office, 'LDS').id}/end", {"last": "2023-07-23"}).status_code == 409
