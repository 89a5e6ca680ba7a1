"""Texts built to make a reader slow, in the length wanted: whole for the bench, a small share of it for the tests."""

from __future__ import annotations


def texts(share: float) -> dict[str, str]:
    """By what is repeated; `share` of the full length, of which each takes about a second."""

    def times(full: int) -> int:
        return round(full * share)

    return {
        "a sentence at every semicolon": "1. " + "Sở Y tế rà soát; " * times(20_000),
        "a name at every comma": "1. " + "Sở Y tế, " * times(40_000),
        "orders without names": "yêu cầu " * times(30_000) + ":\n- rà soát thủ tục hành chính",
        "bullets in bullets": "- rà soát thủ tục\n+ báo cáo kết quả\n" * times(4_000),
        "brackets that never close": "1. Xây dựng (Cơ quan chủ trì: Sở Y tế; " * times(8_000),
        "heads of tables": "STT\n" * times(20_000),
        "one long row": "STT\nNội dung\nChủ trì\nThời hạn\n1\n" + "Việc phải làm\n" * times(20_000),
        "cells": "|" * times(200_000),
        "one word": "a" * times(500_000),
        "numbers on lines of their own": "1.\nRà soát toàn bộ hồ sơ thủ tục.\n\n" * times(4_000),
        "bullets that lost their marks": "Sở Y tế:\n" + "- Rà soát hồ sơ.\nBáo cáo kết quả.\n" * times(4_000),
        "inline numbers": "Giao: " + "".join(f"({n}) Sở Y tế rà soát; " for n in range(1, times(8_000))),
    }
