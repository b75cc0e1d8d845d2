"""hledger for the tests of the ledger; bean-check comes with the test environment."""

from __future__ import annotations

import shutil

from machine import apt_install, say


def set_up() -> str:
    """The path of hledger (`NIANGJIA_HLEDGER` of the tests), or "" after saying so."""
    if not _found():
        say("安装 hledger", "installing hledger")
        apt_install("hledger")
    if not _found():
        say(
            "没有 hledger，账务导出只用 bean-check 核对；请安装 hledger",
            "no hledger: the export of the ledger is checked by bean-check alone; install hledger",
        )
    return _found()


def _found() -> str:
    return shutil.which("hledger") or ""
