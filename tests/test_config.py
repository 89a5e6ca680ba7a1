"""config.toml: what the shipped one holds, and one clear sentence for every way of getting it wrong."""

from __future__ import annotations

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

import config
from config_file import ConfigError
from models.rules import Rules

SHIPPED = (config.HOME / "config.toml").read_text(encoding="utf-8")
SMALL = """
[department]
name = "Sở Thử nghiệm"

[[units]]
code = "VP"
name = "Văn phòng Sở"
leader = "gd"

[[units]]
code = "TTS"
name = "Thanh tra Sở"
aliases = ["Thanh tra"]
leader = "gd"

[[groups]]
name = "Các phòng"
units = ["VP", "TTS"]

[[people]]
id = "gd"
name = "Trần Văn Thành"
title = "Giám đốc"
posts = [{unit = "VP", role = "leader"}]

[[people]]
id = "tts.truong"
name = "Hoàng Minh Tuấn"
title = "Chánh Thanh tra"
posts = [{unit = "TTS", role = "head"}]
"""
SECOND_HEAD = """
[[people]]
id = "tts.moi"
name = "Lê Thị Mới"
title = "Chánh Thanh tra"
posts = [{unit = "TTS", role = "head", from = 2026-01-01}]
"""


def load(tmp_path: Path, text: str, **environ: str) -> config.Settings:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return config.load(file, {"DONDOC_DATA_DIR": str(tmp_path / "data"), **environ})


def test_the_shipped_file_is_the_demo_department() -> None:
    department = config.load(environ={}).department
    codes = [unit.code for unit in department.units]
    assert codes == ["LDS", "VP", "TTS", "TCCB", "QLVH", "QLTT", "QLDL", "NSVH", "BPMC", "BT", "TV", "TTVH", "NHC"]
    assert {group.name: group.units for group in department.groups} == {
        "Các phòng chuyên môn": ("QLVH", "QLTT", "QLDL", "NSVH"),
        "Các đơn vị thuộc Sở": ("BT", "TV", "TTVH", "NHC"),
    }
    inner = [code.lower() for code in codes if code != "LDS"]
    ids = {person.id for person in department.people}
    assert ids == {f"{code}.{post}" for code in inner for post in ("truong", "pho")} | {
        "gd", "pgd1", "pgd2", "vp.vanthu", "quantri",
    }  # fmt: skip
    assert {unit.leader for unit in department.units} == {"gd", "pgd1", "pgd2"}


def test_everyone_in_the_office_unit_holds_the_office_role_and_the_director_heads_the_leaders() -> None:
    people = {person.id: person for person in config.load(environ={}).department.people}
    holders = {who for who, person in people.items() if any(post.role == "office" for post in person.posts)}
    assert holders == {"vp.truong", "vp.pho", "vp.vanthu"}
    assert {(post.unit, post.role) for post in people["gd"].posts} == {("LDS", "head"), ("LDS", "leader")}
    assert people["tts.truong"].title == "Chánh Thanh tra"


def test_the_shipped_rules_are_the_defaults_each_written_out() -> None:
    assert config.load(environ={}).rules == Rules()
    for rule in fields(Rules):
        assert re.search(rf"^{rule.name} = ", SHIPPED, re.M), f"{rule.name} is not in config.toml"


def test_the_swap_of_january_2026_is_shipped() -> None:
    settings = config.load(environ={})
    assert (settings.days_off, settings.workdays) == ((date(2026, 1, 2),), (date(2026, 1, 10),))


def test_a_small_file_gets_the_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path, SMALL)
    assert (settings.host, settings.port, settings.language) == ("127.0.0.1", 8017, "vi")
    assert settings.database_url == f"sqlite:///{tmp_path}/data/dondoc.db"
    assert settings.telegram_api == "https://api.telegram.org"
    assert settings.now is None and settings.telegram_token is None


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    text = '[service]\nhost = "10.0.0.1"\nport = 80\n[channels]\ntelegram_api = "http://file"\n' + SMALL
    environ = {
        "DONDOC_HOST": "127.0.0.2", "DONDOC_PORT": "9000", "DONDOC_DATABASE_URL": "sqlite:///x.db",
        "DONDOC_TELEGRAM_API": "http://127.0.0.1:1/", "DONDOC_NOW": "2026-11-23T08:10:00+07:00",
    }  # fmt: skip
    settings = load(tmp_path, text, **environ)
    assert (settings.host, settings.port, settings.base_url) == ("127.0.0.2", 9000, "http://127.0.0.2:9000")
    assert (settings.database_url, settings.telegram_api) == ("sqlite:///x.db", "http://127.0.0.1:1")
    assert settings.now == datetime(2026, 11, 23, 1, 10, tzinfo=UTC)
    assert (load(tmp_path, text).host, load(tmp_path, text).port) == ("10.0.0.1", 80)


def test_dondoc_config_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_text('[service]\ndata_dir = "data"\n' + SMALL, encoding="utf-8")
    settings = config.load(environ={"DONDOC_CONFIG": str(file)})
    assert (settings.path, settings.data_dir) == (file, tmp_path / "data")


def test_rules_are_read_in_their_own_kinds(tmp_path: Path) -> None:
    rules = load(tmp_path, SMALL + '[rules]\nslots = ["08:00"]\ndue_offsets = [2]\nday_off_due_moves = false\n').rules
    assert (rules.slots, rules.due_offsets, rules.day_off_due_moves) == ((time(8),), (2,), False)


WRONG = [
    ("[rules]\nslotz = []\n", "", r"rules\.slotz: không có khóa này, đề nghị sửa thành slots"),
    ("[rulez]\n", "", r"rulez: không có khóa này, đề nghị sửa thành rules"),
    ("[channels]\ntelegram_token = 'x'\n", "", r"channels\.telegram_token: .*biến môi trường"),
    ("", 'leader = "gd"|leeder = "gd"', r"units\[1\]\.leeder: không có khóa này, đề nghị sửa thành leader"),
    ("", "[[units]]|[[unit]]", r"khóa unit: không có khóa này, đề nghị sửa thành units"),
    ("[rules]\ntake_back_minutes = 'mười'\n", "", r"rules\.take_back_minutes: \"mười\" không phải là số nguyên"),
    ("[rules]\ntake_back_minutes = -1\n", "", r"rules\.take_back_minutes: \"-1\" không phải là số nguyên"),
    ("[rules]\ntake_back_minutes = true\n", "", r"rules\.take_back_minutes: \"True\" không phải là số nguyên"),
    ("[rules]\nday_off_due_moves = 1\n", "", r"rules\.day_off_due_moves: phải là true hoặc false"),
    ("[rules]\nslots = '07:30'\n", "", r"rules\.slots: phải là danh sách"),
    ("[rules]\nslots = []\n", "", r"rules\.slots: phải là danh sách"),
    ("[rules]\nslots = ['7h30']\n", "", r"rules\.slots: \"7h30\" không phải là giờ, đề nghị ghi dạng \"07:30\""),
    ("[rules]\nslots = ['25:00']\n", "", r"rules\.slots: \"25:00\" không phải là giờ"),
    ("[rules]\nslots = ['13:30', '07:30']\n", "", r"rules\.slots: .*tăng dần"),
    ("[rules]\nslots = ['22:00']\n", "", r"rules\.slots: giờ gửi 22:00 nằm trong giờ nghỉ"),
    ("[rules]\nworking_until = '06:00'\n", "", r"rules\.working_until: phải sau working_from"),
    ("[rules]\nlate_judged_on = 'reports'\n", "", r"rules\.late_judged_on: không nhận \"reports\", .* \"report\""),
    ("[calendar]\ndays_off = ['2026-01-02']\n", "", r"calendar\.days_off: .*không phải là ngày"),
    ("[calendar]\ndays_off = [2026-01-02]\nworkdays = [2026-01-02]\n", "", r"calendar\.workdays: ngày 02/01/2026 cũng"),
    ("[channels]\norder = ['telegran']\n", "", r"channels\.order: không nhận \"telegran\", đề nghị ghi \"telegram\""),
    ("[channels]\norder = ['web', 'web']\n", "", r"channels\.order: .*hai lần"),
    ("[service]\nport = 'x'\n", "", r"service\.port"),
    ("[service]\nport = 70000\n", "", r"service\.port: \"70000\" không phải là số cổng"),
    ("", '[department]\nname = "Sở Thử nghiệm"|department = 3', r"khóa department: phải là một mục"),
    ("", 'name = "Sở Thử nghiệm"|aliases = []', r"department\.name: chưa có"),
    ("", 'code = "TTS"|code = "vp"', r"units\[2\]\.code: \"vp\" đã dùng cho đơn vị VP"),
    ("", '"Thanh tra"|"văn phòng sở"', r"units\[2\]\.aliases: \"văn phòng sở\" đã dùng cho đơn vị VP"),
    ("", 'units = ["VP", "TTS"]|units = ["VP", "TTX"]', r"groups\[1\]\.units: không nhận \"TTX\", đề nghị ghi \"TTS\""),
    ("", 'units = ["VP", "TTS"]|units = []', r"groups\[1\]\.units: nhóm chưa có đơn vị"),
    ("", 'name = "Các phòng"|name = "Thanh tra"', r"groups\[1\]\.name: \"Thanh tra\" đã dùng cho đơn vị TTS"),
    ("", 'id = "tts.truong"|id = "GD"', r"people\[2\]\.id: \"GD\" đã dùng cho Trần Văn Thành"),
    ("", '{unit = "TTS"|{unit = "TTZ"', r"people\[2\]\.posts\[1\]\.unit: không nhận \"TTZ\", đề nghị ghi \"TTS\""),
    ("", 'role = "head"|role = "haed"', r"people\[2\]\.posts\[1\]\.role: không nhận \"haed\", đề nghị ghi \"head\""),
    ("", 'role = "leader"|role = "office"', r"units\[1\]\.leader"),
    ("", 'role = "head"}|role = "head"}, {unit = "TTS", role = "head"}', r"posts\[2\]\.role: .*trong cùng thời gian"),
    ("", 'role = "head"}|role = "head", from = 2026-02-01, to = 2026-01-01}', r"posts\[1\]\.to: ngày cuối trước"),
    (SECOND_HEAD, "", r"people\[3\]\.posts: Hoàng Minh Tuấn đang là trưởng TTS"),
    ("", "[[people]]|[[people", r"sai cú pháp"),
]  # fmt: skip


@pytest.mark.parametrize(("added", "changed", "said"), WRONG)
def test_a_mistake_is_one_sentence_that_names_the_key(tmp_path: Path, added: str, changed: str, said: str) -> None:
    text = SMALL + added
    if changed:
        old, new = changed.split("|")
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(ConfigError, match=said) as error:
        load(tmp_path, text)
    sentence = str(error.value)
    assert "\n" not in sentence and sentence.endswith(".") and "đề nghị" in sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [("DONDOC_PORT", "tám"), ("DONDOC_PORT", "0"), ("DONDOC_NOW", "2026-11-23T08:10:00"), ("DONDOC_NOW", "mai")],
)
def test_a_wrong_variable_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f'^{name}: "{value}"'):
        load(tmp_path, SMALL, **{name: value})


def test_one_head_after_another_is_no_overlap(tmp_path: Path) -> None:
    text = SMALL.replace('role = "head"}', 'role = "head", to = 2025-12-31}') + SECOND_HEAD
    assert len(load(tmp_path, text).department.people) == 3


def test_a_file_that_is_not_there_or_not_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Không đọc được tệp"):
        config.load(tmp_path / "none.toml", {})
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        config.load(tmp_path / "binary.toml", {})


def test_no_secret_is_in_the_repr(tmp_path: Path) -> None:
    names = ("DONDOC_TELEGRAM_TOKEN", "DONDOC_ZALO_TOKEN", "DONDOC_SMTP_PASSWORD", "DONDOC_SECRET")
    environ = dict.fromkeys(names, "kin-dao")
    settings = load(tmp_path, SMALL, DONDOC_DATABASE_URL="postgresql://u:kin-dao@h/d", **environ)
    assert settings.telegram_token == "kin-dao" and settings.secret() == b"kin-dao"
    assert "kin-dao" not in repr(settings)


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    settings = load(tmp_path, SMALL)
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: settings.secret(), range(16)))
    assert len(made) == 1 and len(made.pop()) == 32
    assert [file.name for file in settings.data_dir.iterdir()] == ["secret"]
    assert stat.S_IMODE((settings.data_dir / "secret").stat().st_mode) == 0o600


def test_a_damaged_secret_is_not_used(tmp_path: Path) -> None:
    settings = load(tmp_path, SMALL)
    settings.data_dir.mkdir()
    (settings.data_dir / "secret").write_bytes(b"short")
    with pytest.raises(ConfigError, match="khôi phục"):
        settings.secret()
