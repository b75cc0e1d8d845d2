"""The papers of a needy-worker file: what each tells, and under which letters it is numbered."""

from niangjia.kernel.words import say
from niangjia.papers.rules import Field, FieldKind, Template

_FOLDER = "dossiers/templates/dossiers/papers"
_DAY, _ROWS = FieldKind.DAY, FieldKind.ROWS
_HEAD = (
    Field("number", say("档案编号")),
    Field("worker", say("姓名")),
    Field("unit", say("所在工会")),
)
_REASONS = Field(
    "reasons",
    say("认定说明"),
    _ROWS,
    columns=(
        Field("rule", say("规则")),
        Field("words", say("说明")),
        Field("paper", say("依据"), required=False),
    ),
)

FILE_FORM = Template(
    key="hardship.file",
    title=say("困难职工档案表"),
    file=f"{_FOLDER}/file.typ",
    series="KD",
    fields=(
        *_HEAD,
        Field("sex", say("性别"), required=False),
        Field("age", say("年龄"), required=False),
        Field("id_number", say("证件号码"), required=False),
        Field("phone", say("联系电话"), required=False),
        Field("residence", say("家庭住址"), required=False),
        Field("work", say("工作单位"), required=False),
        Field("level", say("建档标准")),
        Field("category", say("困难类别")),
        Field("main_cause", say("主要致困原因"), required=False),
        Field("secondary_cause", say("次要致困原因"), required=False),
        Field("housing", say("住房情况"), required=False),
        Field("household_kind", say("家庭类型"), required=False),
        Field("income", say("家庭年收入")),
        Field("income_capital", say("大写")),
        Field("burden", say("刚性支出")),
        Field("per_head", say("人均月净收入")),
        Field(
            "members",
            say("家庭成员"),
            _ROWS,
            columns=(
                Field("name", say("姓名")),
                Field("relation", say("关系")),
                Field("age", say("年龄"), required=False),
                Field("health", say("健康状况"), required=False),
                Field("identity", say("身份"), required=False),
                Field("income", say("月收入"), required=False),
                Field("school", say("单位或学校"), required=False),
            ),
        ),
        Field("story", say("困难情况"), required=False),
        Field("visit", say("走访核实"), required=False),
        Field("check", say("经济状况核对"), required=False),
        Field("notice", say("公示情况"), required=False),
        Field("first_words", say("基层工会意见"), required=False),
        Field("town_words", say("镇街工会意见"), required=False),
        Field("county_words", say("县（市、区）总工会意见"), required=False),
        _REASONS,
        Field("approved_on", say("批准日期"), _DAY, required=False),
        Field("review_due", say("下次复核"), _DAY, required=False),
    ),
)
"""困难职工档案表: printed from the file, in as many copies as the office needs."""

ENDED = Template(
    key="hardship.ended",
    title=say("困难职工脱困（注销）表"),
    file=f"{_FOLDER}/ended.typ",
    series="TK",
    fields=(
        *_HEAD,
        Field("category", say("原困难类别")),
        Field("since", say("建档日期"), _DAY, required=False),
        Field("end", say("办理事项")),
        Field("cause", say("原因")),
        Field("why", say("情况说明")),
        Field("town", say("提出工会")),
        Field("county", say("确认工会")),
        Field("day", say("确认日期"), _DAY),
    ),
)
"""脱困/注销表: why the file ended, proposed by the town, confirmed by the county."""

REVIEWED = Template(
    key="hardship.review",
    title=say("困难职工档案年度复核表"),
    file=f"{_FOLDER}/review.typ",
    series="FH",
    fields=(
        *_HEAD,
        Field("before", say("原困难类别")),
        Field("after", say("复核结果")),
        Field(
            "changes",
            say("与上次认定相比的变化"),
            _ROWS,
            required=False,
            columns=(
                Field("label", say("事项")),
                Field("before", say("上次"), required=False),
                Field("after", say("本次"), required=False),
            ),
        ),
        _REASONS,
        Field("words", say("复核意见"), required=False),
        Field("next_on", say("下次复核"), _DAY),
        Field("day", say("复核日期"), _DAY),
    ),
)
"""年度复核表: what has changed since the last decision, and what came of it."""

PAPERS = (FILE_FORM, ENDED, REVIEWED)
