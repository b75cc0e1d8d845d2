"""The grant list in the columns of the national aid system, as far as known: data, not code. Pure."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from niangjia.kernel.sheets.columns import Column, ColumnType
from niangjia.kernel.words import Said, say

FILE = Path(__file__).resolve().parents[1] / "register.toml"


def told_in(text: str) -> tuple[tuple[Column, ...], bool]:
    """The columns that a file tells, and whether somebody compared them with the system itself.

    >>> columns, verified = told_in('verified=false\\n[[column]]\\nname="name"\\nlabel="姓名"')
    >>> columns[0].name, verified
    ('name', False)
    """
    told = tomllib.loads(text)
    return tuple(_column(one) for one in told["column"]), bool(told["verified"])


def _column(told: Mapping[str, Any]) -> Column:
    kind = ColumnType(told.get("type", "text"))
    return Column(
        told["name"],
        say(told["label"]),
        kind,
        width=told.get("width", 16),
        personal=told.get("personal", False),
    )


COLUMNS, VERIFIED = told_in(FILE.read_text(encoding="utf-8"))
NOTE = say("列名和顺序依公开的填表说明整理，未与全国帮扶工作管理系统核对；报送前请对照当年的模板。")
REASONS: Mapping[str, Said] = {
    "payee": say("收款人没有核对过的证件号码"),
    "student": say("受助学生没有核对过的证件号码"),
}
"""Why a grant cannot go into the file; whichever lacks several stands under the first."""
