"""config.toml and the environment → one frozen Settings.

Everything wrong is one sentence of ConfigError, in Vietnamese, that names the key and says what to do. Standard
library only, and its heavier parts late: the command line imports this file every time.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path

from config_file import ConfigError, Section, choice, parsed
from config_secret import kept_secret
from department import Department, read_department
from models.rules import Rules

HOME = Path(__file__).resolve().parent
CHANNELS = ("telegram", "zalo", "web", "email")
LANGUAGES = ("vi", "en")
CHOICES = {"late_judged_on": ("report", "acceptance"), "review_policy": ("month_then_quarter", "quarter", "month")}
TELEGRAM_API = "https://api.telegram.org"
ZALO_API = "https://bot-api.zaloplatforms.com"
RECEIVE = ("polling", "webhook")
ZALO_MONTHLY, ZALO_PEOPLE = 3000, 50
MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}
OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Mail:
    """The mail server of [email]; its password is Settings.smtp_password. No `user`: it asks for no sign-in."""

    host: str
    port: int
    user: str | None = field(repr=False)
    sender: str = field(repr=False)
    security: str


@dataclass(frozen=True)
class SignIn:
    """The office's own sign-in service of [signin], by OpenID Connect; its secret is Settings.oidc_secret.

    `label`: what stands on the button."""

    issuer: str
    client_id: str
    label: str


@dataclass(frozen=True)
class Settings:
    """All that is set from outside. Nothing secret is in its repr, and so in no log.

    `receive`: channel → polling or webhook. `zalo_monthly`, `zalo_people`: what the bot's plan allows.
    `now`: the aware instant at which office time starts in a drill, else None. `base_url` and the two `_api`
    addresses have no slash at the end.
    """

    path: Path
    data_dir: Path
    database_url: str = field(repr=False)
    host: str
    port: int
    base_url: str
    language: str
    channels: tuple[str, ...]
    telegram_api: str
    zalo_api: str
    receive: Mapping[str, str]
    zalo_monthly: int
    zalo_people: int
    now: datetime | None
    rules: Rules
    department: Department
    days_off: tuple[date, ...]
    workdays: tuple[date, ...]
    mail: Mail | None = None
    signin: SignIn | None = None
    inner_webhooks: bool = False
    telegram_token: str | None = field(default=None, repr=False)
    zalo_token: str | None = field(default=None, repr=False)
    smtp_password: str | None = field(default=None, repr=False)
    oidc_secret: str | None = field(default=None, repr=False)
    given_secret: str | None = field(default=None, repr=False)

    def secret(self) -> bytes:
        """DONDOC_SECRET, or the 32 random bytes of `secret` in the data folder, written at the first call."""
        return self.given_secret.encode() if self.given_secret else kept_secret(self.data_dir / "secret")


def load(path: Path | str | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of `path`, else of DONDOC_CONFIG, else of the config.toml beside this file; the environment wins.

    Raises ConfigError. A relative folder in the file is counted from the file, one in the environment from the
    working directory.
    """
    env = {key: value for key, value in environ.items() if key.startswith("DONDOC_") and value}
    file = Path(path or env.get("DONDOC_CONFIG") or HOME / "config.toml").absolute()
    top = Section(parsed(file), "", file.name)
    service, channels = _sections(top)
    days_off, workdays = _calendar(top.section("calendar"))
    data_dir = _data_dir(file, service, env)
    host, port = env.get("DONDOC_HOST") or service.text("host", "127.0.0.1"), _port(env, service)
    return Settings(
        path=file,
        data_dir=data_dir,
        database_url=_database_url(data_dir, service, env),
        host=host,
        port=port,
        base_url=service.text("base_url", f"http://{host}:{port}").rstrip("/"),
        language=top.one_of("language", LANGUAGES, "vi"),
        channels=channels.some_of("order", CHANNELS, ("telegram", "zalo", "web")),
        telegram_api=(env.get("DONDOC_TELEGRAM_API") or channels.text("telegram_api", TELEGRAM_API)).rstrip("/"),
        zalo_api=(env.get("DONDOC_ZALO_API") or channels.text("zalo_api", ZALO_API)).rstrip("/"),
        receive={name: channels.one_of(name, RECEIVE, "polling") for name in ("telegram", "zalo")},
        zalo_monthly=channels.like("zalo_monthly", ZALO_MONTHLY),
        zalo_people=channels.like("zalo_people", ZALO_PEOPLE),
        now=_now(env),
        rules=_rules(top.section("rules")),
        department=read_department(top),
        days_off=days_off,
        workdays=workdays,
        mail=_mail(top.section("email")) if "email" in top.values else None,
        signin=_signin(top.section("signin")) if "signin" in top.values else None,
        inner_webhooks=service.like("inner_webhooks", False),
        telegram_token=env.get("DONDOC_TELEGRAM_TOKEN"), zalo_token=env.get("DONDOC_ZALO_TOKEN"),
        smtp_password=env.get("DONDOC_SMTP_PASSWORD"),
        oidc_secret=env.get("DONDOC_OIDC_SECRET"),
        given_secret=env.get("DONDOC_SECRET"),
    )  # fmt: skip


def _sections(top: Section) -> tuple[Section, Section]:
    """[service] and [channels]; what nobody knows of the file or of them is refused."""
    top.only("language", "service", "channels", "department", "units", "groups", "people", "rules", "calendar",
             "email", "signin")  # fmt: skip
    service = top.section("service").only("data_dir", "database_url", "host", "port", "base_url",
                                          "inner_webhooks")  # fmt: skip
    channels = top.section("channels").only("order", "telegram", "zalo", "telegram_api", "zalo_api",
                                            "zalo_monthly", "zalo_people")  # fmt: skip
    return service, channels


def _calendar(section: Section) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Days off and make-up days; no day is both."""
    section.only("days_off", "workdays")
    days_off, workdays = section.days("days_off"), section.days("workdays")
    for day in sorted(set(days_off) & set(workdays)):
        section.wrong("workdays", f"ngày {day:%d/%m/%Y} cũng có trong days_off, đề nghị bỏ ở một trong hai chỗ")
    return days_off, workdays


def _data_dir(file: Path, service: Section, env: Mapping[str, str]) -> Path:
    in_file = service.text("data_dir", str(HOME / "var"))
    return Path(env.get("DONDOC_DATA_DIR") or file.parent / in_file).absolute()


def _database_url(data_dir: Path, service: Section, env: Mapping[str, str]) -> str:
    return env.get("DONDOC_DATABASE_URL") or service.text("database_url", f"sqlite:///{data_dir / 'dondoc.db'}")


def _port(env: Mapping[str, str], service: Section) -> int:
    in_file = service.like("port", 8017)
    given = env.get("DONDOC_PORT", str(in_file))
    if not given.isdecimal() or not 0 < int(given) < 65536:
        key = "DONDOC_PORT" if "DONDOC_PORT" in env else "service.port"
        raise ConfigError(f'{key}: "{given}" không phải là số cổng, đề nghị ghi một số từ 1 đến 65535.')
    return int(given)


def _mail(section: Section) -> Mail:
    section.only("host", "port", "user", "sender", "security")
    security = section.one_of("security", tuple(MAIL_PORTS), "starttls")
    port = section.like("port", MAIL_PORTS[security])
    if not 0 < port < 65536:
        section.wrong("port", f'"{port}" không phải là số cổng, đề nghị ghi một số từ 1 đến 65535')
    host, sender = section.text("host"), section.text("sender")
    user = section.text("user") if "user" in section.values else None
    if not re.fullmatch(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)*", sender,
                        re.ASCII | re.IGNORECASE):  # fmt: skip
        section.wrong("sender", f'"{sender}" không phải là một địa chỉ thư, đề nghị ghi dạng "vanphong@so.gov.vn"')
    if user and security == "none" and host not in OWN_MACHINE:
        section.wrong("security", 'mật khẩu không được gửi khi chưa mã hóa, đề nghị ghi "starttls" hoặc "tls"')
    return Mail(host, port, user, sender, security)


def _signin(section: Section) -> SignIn:
    """All of it or nothing: half a sign-in would be a button that leads nowhere."""
    section.only("oidc_issuer", "oidc_client_id", "label")
    issuer = section.text("oidc_issuer").rstrip("/")
    if not re.match(r"https://[^/\s]|http://(localhost|127\.0\.0\.1|\[::1\])[:/]", issuer + "/"):
        section.wrong("oidc_issuer", f'"{issuer}" không phải là một địa chỉ https, đề nghị ghi lại')
    return SignIn(issuer, section.text("oidc_client_id"), section.text("label", "Tài khoản của cơ quan"))


def _now(env: Mapping[str, str]) -> datetime | None:
    given = env.get("DONDOC_NOW")
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ConfigError(
            f'DONDOC_NOW: "{given}" không phải là thời điểm có múi giờ, đề nghị ghi dạng 2026-11-23T08:10:00+07:00.'
        )
    return moment


def _rules(section: Section) -> Rules:
    defaults = Rules()
    section.only(*(one.name for one in fields(Rules)))
    rules = Rules(**{one.name: section.like(one.name, getattr(defaults, one.name)) for one in fields(Rules)})
    for key, allowed in CHOICES.items():
        value = getattr(rules, key)
        if value not in allowed:
            section.wrong(key, f'không nhận "{value}", đề nghị ghi {choice(value, allowed)}')
    if list(rules.slots) != sorted(set(rules.slots)):
        section.wrong("slots", "các giờ gửi phải tăng dần và khác nhau, đề nghị xếp lại")
    if rules.working_from >= rules.working_until:
        section.wrong("working_until", "phải sau working_from, đề nghị sửa một trong hai")
    for slot in rules.slots:
        if slot >= rules.quiet_from or slot < rules.quiet_until:
            section.wrong("slots", f"giờ gửi {slot:%H:%M} nằm trong giờ nghỉ, đề nghị đổi giờ khác")
    return rules
