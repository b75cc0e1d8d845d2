"""The four papers of a founding: what each tells, and under which letters it is numbered."""

from niangjia.kernel.words import say
from niangjia.papers.rules import Field, FieldKind, Template

_FOLDER = "founding/templates/founding/papers"
_DAY, _NUMBER, _ROWS = FieldKind.DAY, FieldKind.NUMBER, FieldKind.ROWS
_HEAD = (
    Field("union", say("拟建工会")),
    Field("kind", say("工会类别")),
    Field("parent", say("上级工会")),
)
_GROUP = Field(
    "group",
    say("筹备组"),
    _ROWS,
    columns=(
        Field("name", say("姓名")),
        Field("duty", say("工作岗位"), required=False),
        Field("part", say("分工")),
    ),
)
_EMPLOYERS = Field(
    "employers",
    say("用人单位"),
    _ROWS,
    required=False,
    columns=(
        Field("name", say("单位名称")),
        Field("uscc", say("统一社会信用代码"), required=False),
        Field("headcount", say("职工数"), _NUMBER),
    ),
)
_ELECTED = Field(
    "elected",
    say("当选名单"),
    _ROWS,
    columns=(Field("name", say("姓名")), Field("post", say("职务")), Field("votes", say("得票"), _NUMBER)),
)

REQUEST = Template(
    key="founding.request",
    title=say("关于建立工会的请示"),
    file=f"{_FOLDER}/request.typ",
    series="QS",
    fields=(
        *_HEAD,
        _EMPLOYERS,
        Field("workers", say("职工数"), _NUMBER),
        Field("members", say("会员数"), _NUMBER),
        Field("term", say("届期")),
        _GROUP,
        Field("words", say("建会理由"), required=False),
        Field("phone", say("联系电话"), required=False),
        Field("day", say("申请日期"), _DAY),
    ),
)
"""建会请示: what the founders ask of the union above them."""

PREPARATION = Template(
    key="founding.preparation",
    title=say("关于同意成立工会筹备组的批复"),
    file=f"{_FOLDER}/preparation.typ",
    series="CB",
    fields=(
        *_HEAD,
        Field("to", say("主送")),
        _GROUP,
        Field("request", say("请示编号"), required=False),
        Field("day", say("批复日期"), _DAY),
    ),
)
"""筹备组批复: the county's approval to prepare."""

RESULT = Template(
    key="founding.result",
    title=say("关于工会选举结果的报告"),
    file=f"{_FOLDER}/result.typ",
    series="XJ",
    fields=(
        *_HEAD,
        Field("meeting", say("大会形式")),
        Field("congress_on", say("大会日期"), _DAY),
        Field("entitled", say("应到人数"), _NUMBER),
        Field("present", say("实到人数"), _NUMBER),
        Field("seats", say("应选人数"), _NUMBER),
        Field(
            "candidates",
            say("候选人与得票"),
            _ROWS,
            columns=(
                Field("name", say("姓名")),
                Field("post", say("职务")),
                Field("votes", say("得票"), _NUMBER),
                Field("elected", say("当选")),
            ),
        ),
        Field("tellers", say("监票人")),
        Field("day", say("报告日期"), _DAY),
    ),
)
"""选举结果报告: the election, signed by two tellers."""

APPROVAL = Template(
    key="founding.approval",
    title=say("关于同意成立工会的批复"),
    file=f"{_FOLDER}/approval.typ",
    series="PF",
    fields=(
        *_HEAD,
        Field("to", say("主送")),
        Field("reply_no", say("批复文号"), required=False),
        _EMPLOYERS,
        _ELECTED,
        Field("term", say("届期")),
        Field("day", say("批复日期"), _DAY),
    ),
)
"""成立批复: the approval reply under which the union stands in the register (R-ORG-06)."""

PAPERS = (REQUEST, PREPARATION, RESULT, APPROVAL)
