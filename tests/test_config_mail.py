"""[email] of config.toml: a mail server that can be used, or one clear sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import config
from config_file import ConfigError
from tests.test_config import SHIPPED, SMALL, load

MAIL = '[email]\nhost = "mail.so.example"\nsender = "vp@so.example"\n'


def test_without_its_section_there_is_no_mail(tmp_path: Path) -> None:
    assert load(tmp_path, SMALL, DONDOC_SMTP_PASSWORD="x").mail is None
    assert config.load(environ={}).mail is None


@pytest.mark.parametrize(
    ("added", "mail"),
    [
        ("", config.Mail("mail.so.example", 587, None, "vp@so.example", "starttls")),
        ('security = "tls"\nuser = "vp"\n', config.Mail("mail.so.example", 465, "vp", "vp@so.example", "tls")),
        ('security = "none"\nport = 2525\n', config.Mail("mail.so.example", 2525, None, "vp@so.example", "none")),
    ],
)
def test_a_mail_server_has_the_port_of_its_security(tmp_path: Path, added: str, mail: config.Mail) -> None:
    assert load(tmp_path, SMALL + MAIL + added).mail == mail


def test_the_commented_mail_server_of_the_shipped_file_can_be_used(tmp_path: Path) -> None:
    lines = re.findall(r"^# (\[email\]|(?:host|port|user|sender|security) = .*)$", SHIPPED, re.M)
    mail = load(tmp_path, SMALL + "\n".join(lines)).mail
    assert mail == config.Mail("mail.so.gov.vn", 587, "vanphong@so.gov.vn", "vanphong@so.gov.vn", "starttls")


def test_a_sign_in_without_encryption_is_only_for_the_own_machine(tmp_path: Path) -> None:
    text = SMALL + MAIL.replace("mail.so.example", "127.0.0.1") + 'user = "vp"\nsecurity = "none"\n'
    mail = load(tmp_path, text).mail
    assert mail is not None and mail.user == "vp" and "vp" not in repr(mail)


WRONG = [
    ("[email]\n", r"email\.host: chưa có"),
    ("[email]\nhost = 'h'\n", r"email\.sender: chưa có"),
    (MAIL + "password = 'x'\n", r"email\.password: .*biến môi trường"),
    (MAIL + "hots = 'x'\n", r"email\.hots: không có khóa này, đề nghị sửa thành host"),
    (MAIL + "port = 0\n", r"email\.port: \"0\" không phải là số cổng"),
    (MAIL + "port = '25'\n", r"email\.port: \"25\" không phải là số nguyên"),
    (MAIL + "security = 'ssl'\n", r"email\.security: không nhận \"ssl\""),
    (MAIL.replace("vp@", "Văn phòng <vp@"), r"email\.sender: .*không phải là một địa chỉ thư"),
    (MAIL.replace("vp@", "vp,vt@"), r"email\.sender: .*không phải là một địa chỉ thư"),
    (MAIL + "user = 'vp'\nsecurity = 'none'\n", r"email\.security: mật khẩu không được gửi khi chưa mã hóa"),
]  # fmt: skip


@pytest.mark.parametrize(("added", "said"), WRONG)
def test_a_mistake_is_one_sentence_that_names_the_key(tmp_path: Path, added: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as error:
        load(tmp_path, SMALL + added)
    sentence = str(error.value)
    assert "\n" not in sentence and sentence.endswith(".") and "đề nghị" in sentence


def test_a_value_in_the_place_of_the_section_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="khóa email: phải là một mục"):
        load(tmp_path, "email = 3\n" + SMALL)
