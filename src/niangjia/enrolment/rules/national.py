"""The national real-name register as far as it is known: its columns, and which members cannot go into it.

The columns follow published collection forms and were NOT checked against the system itself (domain.md §13).
"""

from collections.abc import Mapping

from niangjia.kernel.sheets.columns import Column, ColumnType
from niangjia.kernel.words import Said, say

UNVERIFIED = say("列名和顺序依公开的采集表整理，未与全国系统核对；报送前请对照当年的模板。")
COLUMNS = (
    Column("name", say("姓名"), width=12, personal=True),
    Column("sex", say("性别"), width=8),
    Column("kind", say("有效证件类型"), width=16),
    Column("number", say("有效证件号码"), ColumnType.CODE, width=22, personal=True),
    Column("born", say("出生日期"), ColumnType.DAY, width=12, personal=True),
    Column("ethnicity", say("民族"), width=10),
    Column("mobile", say("移动电话"), ColumnType.CODE, width=14, personal=True),
    Column("union", say("所属工会组织"), width=32),
    Column("uscc", say("工会统一社会信用代码"), ColumnType.CODE, width=22),
    Column("employer", say("工作单位"), width=30),
    Column("since", say("入会日期"), ColumnType.DAY, width=12),
    Column("form", say("新就业形态类型"), width=14),
    Column("migrant", say("是否农民工"), width=10),
    Column("note", say("说明"), width=40),
)
REASONS: Mapping[str, Said] = {
    "id": say("没有有效证件号码"),
    "mobile": say("没有手机号"),
    "employer": say("没有用人单位或从业形态"),
}
"""Why a member cannot go into the file; whoever lacks several stands under the first."""


def reason_of(*, has_id: bool, has_mobile: bool, has_work: bool) -> str:
    """The first thing a member lacks for the national register, '' if nothing (R-MEM-09).

    >>> reason_of(has_id=True, has_mobile=False, has_work=False)
    'mobile'
    """
    if not has_id:
        return "id"
    if not has_mobile:
        return "mobile"
    return "" if has_work else "employer"
