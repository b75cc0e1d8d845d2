"""The sheets in the shapes of the page furniture."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.http import urlencode

from niangjia.enrolment.queries.leaving import Closed
from niangjia.enrolment.queries.yearly import HIDDEN, Line
from niangjia.enrolment.rules import national
from niangjia.kernel.shapes import Cell, Column, Row, Table
from niangjia.kernel.words import Said, listed, say


def closing(closed: Closed, *, under: int | None) -> Table:
    """Every member stands in exactly one line; a line that keeps members back opens its rows."""
    told = [Row((say("可以导出"), closed.out))]
    for reason, words in national.REASONS.items():
        asked = {"lacks": reason} | ({"under": under} if under else {})
        href = f"{reverse('members')}?{urlencode(asked)}"
        told.append(Row((Cell(say("不能导出：{why}", why=words), href=href), closed.kept[reason])))
    columns = (Column(say("去向")), Column(say("人数"), right=True))
    return Table(say("逐人核对"), columns, told, foot=(say("在册会员"), closed.members))


def national_columns() -> Said:
    """The headings of the national file in their order."""
    return listed([column.label for column in national.COLUMNS])


def sheet(lines: Sequence[Line]) -> Table:
    """The yearly sheet as one table."""
    columns = (
        Column(say("项目")),
        Column(say("类别")),
        Column(say("数量"), right=True),
        Column(say("计量单位")),
    )
    rows = [
        Row((line.label, line.group, HIDDEN if line.value is None else line.value, line.unit))
        for line in lines
    ]
    return Table(say("会员年报"), columns, rows)
