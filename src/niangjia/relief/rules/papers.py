"""The papers of aid, printed from the record: 救助审批表, 助学申请表, 发放花名册 (domain.md §5)."""

from niangjia.kernel.words import say
from niangjia.papers.rules import Field, FieldKind, Template

FOLDER = "relief/templates/relief/papers"
_MEMBERS = Field(
    "members",
    say("家庭成员"),
    FieldKind.ROWS,
    columns=(
        Field("name", say("姓名")),
        Field("relation", say("关系")),
        Field("age", say("年龄"), required=False),
        Field("identity", say("身份"), required=False),
        Field("income", say("月收入（元）"), required=False),
        Field("school", say("单位或学校"), required=False),
    ),
)
_WHO = (
    Field("name", say("姓名")),
    Field("sex", say("性别"), required=False),
    Field("age", say("年龄"), required=False),
    Field("id_no", say("身份证号"), required=False),
    Field("phone", say("联系电话"), required=False),
    Field("union", say("所在工会")),
    Field("address", say("家庭住址"), required=False),
    Field("cause", say("致困原因"), required=False),
    Field("income", say("家庭年收入（元）"), FieldKind.MONEY, required=False),
)
_WAY = (
    Field("words", say("困难情况"), required=False),
    Field("applied_on", say("申请日期"), FieldKind.DAY, required=False),
    Field("visit", say("走访核实"), required=False),
    Field("review", say("镇（街道）工会意见"), required=False),
    Field("decision", say("县（市、区）总工会意见"), required=False),
    Field("notice", say("公示情况"), required=False),
)
APPROVAL_FORM = Template(
    key="relief.approval",
    title=say("困难职工救助审批表"),
    file=f"{FOLDER}/approval.typ",
    series="JZ",
    fields=(
        *_WHO,
        Field("kind", say("救助类别")),
        Field("campaign", say("专项行动"), required=False),
        Field("asked", say("申请金额（元）"), FieldKind.MONEY, required=False),
        Field("amount", say("批准金额（元）"), FieldKind.MONEY, required=False),
        Field("capital", say("大写"), required=False),
        _MEMBERS,
        *_WAY,
    ),
)
STUDY_FORM = Template(
    key="relief.study",
    title=say("困难职工子女助学申请表"),
    file=f"{FOLDER}/study.typ",
    series="ZX",
    fields=(
        *_WHO,
        Field("year", say("年度")),
        Field("student", say("学生姓名")),
        Field("stage", say("学段"), required=False),
        Field("school", say("学校"), required=False),
        Field("admission_no", say("录取通知书编号或学籍号"), required=False),
        Field("tuition", say("一年学费（元）"), FieldKind.MONEY, required=False),
        Field("other_aid", say("已获其他资助"), required=False),
        Field("asked", say("申请金额（元）"), FieldKind.MONEY, required=False),
        _MEMBERS,
        *_WAY,
    ),
)
ROSTER = Template(
    key="relief.roster",
    title=say("救助金发放花名册"),
    file=f"{FOLDER}/roster.typ",
    series="FF",
    fields=(
        Field("union", say("发放工会")),
        Field("round", say("批次")),
        Field("grants", say("笔数"), FieldKind.NUMBER),
        Field("households", say("户数"), FieldKind.NUMBER),
        Field("total", say("合计（元）"), FieldKind.MONEY),
        Field("capital", say("合计大写")),
        Field(
            "rows",
            say("名单"),
            FieldKind.ROWS,
            columns=(
                Field("number", say("序号"), FieldKind.NUMBER),
                Field("name", say("姓名")),
                Field("union", say("所在工会")),
                Field("kind", say("类别")),
                Field("amount", say("金额（元）"), FieldKind.MONEY),
                Field("account", say("收款账户"), required=False),
                Field("paid_on", say("到账日"), required=False),
                Field("signed", say("签名"), required=False),
            ),
        ),
    ),
)
PAPERS = (APPROVAL_FORM, STUDY_FORM, ROSTER)
