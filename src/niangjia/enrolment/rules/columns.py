"""The columns of a roll of members as it comes in by file, with the headings that other offices use."""

from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.sheets.columns import Column, ColumnType
from niangjia.kernel.words import say
from niangjia.members.rules import FORMS, Form
from niangjia.people.rules import ID_KINDS, SEXES

YES, NO = "yes", "no"
BESIDE, LEAVE = "beside", "leave"
YESNO = {YES: say("是"), NO: say("否")}
TWICE = {BESIDE: say("挂靠"), LEAVE: say("不登记")}
KINDS = {str(kind): say(label) for kind, label in ID_KINDS.items()}
FORM_WORDS = {str(form): say(label) for form, label in FORMS.items() if form is not Form.NONE}
SEX_WORDS = {str(sex): say(label) for sex, label in SEXES.items()}
RESIDENT = str(IdKind.RESIDENT)

COLUMNS = (
    Column("name", say("姓名"), aliases=("会员姓名", "职工姓名", "名字", "name"), required=True, longest=50,
           width=12, example="张小明", hint=say("与证件上的写法一致。"), personal=True),
    Column("kind", say("证件类型"), ColumnType.CHOICE, aliases=("证件种类", "有效证件类型", "证件名称"),
           choices=KINDS, width=16, hint=say("不填就是居民身份证。")),
    Column("number", say("证件号码"), ColumnType.CODE, longest=40, width=22, personal=True,
           aliases=("身份证号", "身份证号码", "公民身份号码", "证件号", "有效证件号码", "id number"),
           hint=say("会带出性别和出生日期，并核对是否已在别处入会。")),
    Column("mobile", say("手机号"), ColumnType.MOBILE, width=14, personal=True,
           aliases=("手机", "手机号码", "移动电话", "联系电话", "联系方式", "mobile")),
    Column("sex", say("性别"), ColumnType.CHOICE, choices=SEX_WORDS, width=8,
           hint=say("有居民身份证的不用填；填了会核对。")),
    Column("born", say("出生日期"), ColumnType.DAY, aliases=("出生年月", "生日", "出生年月日"), width=12,
           hint=say("有居民身份证的不用填；填了会核对。")),
    Column("ethnicity", say("民族"), aliases=("民族成份", "民族代码"), longest=20, width=10, example="汉族"),
    Column("union", say("工会"), longest=120, width=30,
           aliases=("所属工会", "工会名称", "所在工会", "基层工会", "工会组织名称", "所属工会组织"),
           hint=say("工会全称、编号或代码。不填就登记在您所在的工会。")),
    Column("employer", say("用人单位"), longest=120, width=30,
           aliases=("工作单位", "单位名称", "所在单位", "单位全称", "单位"),
           hint=say("全称、编号或统一社会信用代码。单建会不填就是它覆盖的单位。")),
    Column("workplace", say("实际用工单位"), aliases=("用工单位", "实际工作单位"), longest=120, width=26,
           hint=say("派遣工、品牌专柜员工填实际上班的单位。")),
    Column("group", say("工会小组"), aliases=("小组", "班组", "分工会"), longest=120, width=18),
    Column("since", say("入会日期"), ColumnType.DAY, width=12, example="2018-03-06",
           aliases=("入会时间", "加入工会时间", "入会年月"), hint=say("不填就是上传的当天。")),
    Column("form", say("新就业形态"), ColumnType.CHOICE, choices=FORM_WORDS, width=14,
           aliases=("新就业形态类型", "从业形态", "就业形态")),
    Column("platform", say("平台或车辆"), aliases=("平台", "车牌号", "平台名称"), longest=60, width=16),
    Column("migrant", say("外来务工"), ColumnType.CHOICE, choices=YESNO, width=10,
           aliases=("是否农民工", "农民工", "是否外来务工人员", "外来务工人员")),
    Column("fee_base", say("会费基数"), ColumnType.MONEY, aliases=("会费基数（元/月）", "月工资", "工资基数"),
           width=12, personal=True, hint=say("每月，单位为元。")),
    Column("basis", say("依据"), aliases=("入会申请书编号", "批准文号", "备注"), longest=120, width=18),
    Column("lacking", say("证件待补"), ColumnType.CHOICE, choices=YESNO, width=10,
           hint=say("填“是”的，没有证件号码或号码有误也先登记，列在“实名缺项”里等补登。")),
    Column("twice", say("重复时"), ColumnType.CHOICE, choices=TWICE, width=10,
           hint=say("填“挂靠”的，若会籍已在别处，就在这里登记为挂靠（不计数）。")),
)  # fmt: skip
