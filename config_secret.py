"""The secret that signs links and cookies: random bytes in a file of the data folder."""

from __future__ import annotations

import os
from pathlib import Path

from config_file import ConfigError

SECRET_BYTES = 32


def kept_secret(file: Path) -> bytes:
    """The bytes of the file, made when there is none. Two processes that start together end with the same bytes.

    Written under a name of its own and then linked: whoever finds the file finds it whole, and only one link wins.
    """
    try:
        secret = file.read_bytes()
    except FileNotFoundError:
        secret = _new_secret(file)
    if len(secret) != SECRET_BYTES:
        raise ConfigError(f"Tệp {file} không còn đủ {SECRET_BYTES} byte, đề nghị khôi phục từ bản sao lưu hoặc xóa đi.")
    return secret


def _new_secret(file: Path) -> bytes:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".secret-{os.urandom(8).hex()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(os.urandom(SECRET_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        os.link(draft, file)
    except FileExistsError:
        return file.read_bytes()  # the other process was first
    finally:
        draft.unlink()
    return file.read_bytes()
