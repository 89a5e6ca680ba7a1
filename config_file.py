"""A TOML file as sections that know which keys they may hold, and say in one sentence what is wrong with a value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NoReturn


class ConfigError(ValueError):
    """The settings cannot be used; the message is one sentence for the person who wrote them."""


class Section:
    """One table of the file. `where` is its dotted name, "" for the file itself."""

    def __init__(self, values: dict[str, Any], where: str, file: str) -> None:
        self.values, self.where, self.file = values, where, file

    def only(self, *keys: str) -> Section:
        """This section. Raises ConfigError for a key that is none of these: to be asked before anything is read, so
        that a typing mistake is named itself and not the key it was meant to be."""
        for key in self.values:
            if key not in keys:
                self.wrong(key, unknown_key(key, keys))
        return self

    def wrong(self, key: str, what: str) -> NoReturn:
        """Raise ConfigError: which file, which key, what is wrong with it and what to do."""
        raise ConfigError(f"Tệp {self.file}, khóa {self.name(key)}: {what}.")

    def name(self, key: str) -> str:
        """The key as a person finds it in the file: rules.slots, units[3].leader."""
        return f"{self.where}.{key}" if self.where else key

    def text(self, key: str, default: str | None = None) -> str:
        """A string that is not blank, in NFC; without a default the key must be there."""
        value = self.values.get(key)
        if value is None and default is not None:
            return default
        if value is None:
            self.wrong(key, "chưa có, đề nghị ghi thêm")
        return self._text(key, value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings, empty when the key is not there."""
        return tuple(self._text(key, value) for value in self._list(key))

    def one_of(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """A string out of a fixed set."""
        value = self.text(key, default)
        if value not in allowed:
            self.wrong(key, f'không nhận "{value}", đề nghị ghi {choice(value, allowed)}')
        return value

    def some_of(self, key: str, allowed: Iterable[str], default: tuple[str, ...]) -> tuple[str, ...]:
        """A list of strings out of a fixed set, none twice."""
        values = self.texts(key) or default
        for value in values:
            if value not in allowed:
                self.wrong(key, f'không nhận "{value}", đề nghị ghi {choice(value, allowed)}')
        if len(set(values)) < len(values):
            self.wrong(key, "có giá trị ghi hai lần, đề nghị bỏ bớt")
        return values

    def day(self, key: str) -> date | None:
        """A date, or None."""
        value = self.values.get(key)
        return None if value is None else self._day(key, value)

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates, empty when the key is not there."""
        return tuple(self._day(key, value) for value in self._list(key))

    def like(self, key: str, default: Any) -> Any:
        """A value of the same kind as `default`: whole number, yes or no, text, time of day, or a list of one kind."""
        value = self.values.get(key)
        if value is None:
            return default
        if isinstance(default, tuple):
            if not isinstance(value, list) or not value:
                self.wrong(key, "phải là danh sách có ít nhất một giá trị, đề nghị ghi trong ngoặc vuông")
            return tuple(self._like(key, default[0], one) for one in value)
        return self._like(key, default, value)

    def section(self, key: str) -> Section:
        """The table of that name; an empty one when it is not there."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, dict):
            self.wrong(key, f"phải là một mục, đề nghị ghi [{self.name(key)}] ở một dòng riêng")
        return Section(value or {}, self.name(key), self.file)

    def sections(self, key: str) -> list[Section]:
        """The tables of a list, numbered from 1 as a person counts them."""
        values = self._list(key)
        if not all(isinstance(value, dict) for value in values):
            self.wrong(key, f"phải là các mục, đề nghị ghi [[{self.name(key)}]] trước mỗi mục")
        return [Section(value, f"{self.name(key)}[{number}]", self.file) for number, value in enumerate(values, 1)]

    def _list(self, key: str) -> list[Any]:
        value = self.values.get(key)
        if value is not None and not isinstance(value, list):
            self.wrong(key, "phải là danh sách, đề nghị ghi trong ngoặc vuông")
        return value or []

    def _text(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, "phải là chữ và không để trống, đề nghị ghi trong dấu nháy kép")
        import unicodedata

        return unicodedata.normalize("NFC", value.strip())

    def _day(self, key: str, value: Any) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.wrong(key, f'"{value}" không phải là ngày, đề nghị ghi dạng 2026-01-31, không có dấu nháy')

    def _like(self, key: str, default: Any, value: Any) -> Any:
        if isinstance(default, bool):
            if isinstance(value, bool):
                return value
            self.wrong(key, "phải là true hoặc false, đề nghị ghi một trong hai")
        if isinstance(default, int):
            if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
                return value
            self.wrong(key, f'"{value}" không phải là số nguyên từ 0 trở lên, đề nghị ghi lại')
        if isinstance(default, time):
            return self._time(key, value)
        return self._text(key, value)

    def _time(self, key: str, value: Any) -> time:
        if isinstance(value, str) and len(value) == 5:
            try:
                return time.fromisoformat(value)
            except ValueError:
                pass  # said below, in the same words as any other wrong time
        self.wrong(key, f'"{value}" không phải là giờ, đề nghị ghi dạng "07:30"')


def parsed(file: Path) -> dict[str, Any]:
    """The file's tables. Raises ConfigError when it is not there, is not UTF-8 or is no TOML."""
    import tomllib

    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"Không đọc được tệp {file} ({error.strerror}), đề nghị kiểm tra đường dẫn.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"Tệp {file.name} không ở bảng mã UTF-8, đề nghị lưu lại với UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"Tệp {file.name} sai cú pháp, đề nghị sửa chỗ này: {error}.") from None


def unknown_key(key: str, known: Iterable[str]) -> str:
    """What to say of a key that means nothing here."""
    if any(word in key.lower() for word in ("token", "password", "secret")):
        return "điều bí mật không ghi trong tệp, đề nghị đặt biến môi trường DONDOC_… tương ứng"
    near = nearest(key, known)
    return f"không có khóa này, đề nghị {f'sửa thành {near}' if near else 'xóa đi'}"


def choice(value: str, allowed: Iterable[str]) -> str:
    """The nearest of what is allowed, or all of it."""
    near = nearest(value, allowed)
    return f'"{near}"' if near else " hoặc ".join(f'"{one}"' for one in allowed)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was most likely meant to be."""
    import difflib

    by_fold = {one.casefold(): one for one in known}
    found = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def no_repeats(section: Section, key: str, seen: dict[str, str], value: str, owner: str) -> None:
    """Raise ConfigError when `value`, in any case, already belongs to another owner in `seen`."""
    other = seen.setdefault(value.casefold(), owner)
    if other != owner:
        section.wrong(key, f'"{value}" đã dùng cho {other}, đề nghị chọn cách gọi khác')
