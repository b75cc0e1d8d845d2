"""The papers of the register: what each tells, and under which letters it is numbered."""

from niangjia.kernel.words import say
from niangjia.papers.rules import Field, FieldKind, Template

_FOLDER = "register/templates/register/papers"

SHEET = Template(
    key="register.organisation_sheet",
    title=say("工会组织登记表"),
    file=f"{_FOLDER}/organisation_sheet.typ",
    docx=f"{_FOLDER}/organisation_sheet.docx",
    series="DJ",
    fields=(
        Field("name", say("组织全称")),
        Field("kind", say("组织类别")),
        Field("parent", say("上级工会"), required=False),
        Field("mode", say("统筹模式"), required=False),
        Field("established_on", say("建会日期"), FieldKind.DAY),
        Field("approval", say("批复文号"), required=False),
        Field("uscc", say("统一社会信用代码"), required=False),
        Field("legal_person_no", say("法人资格证号"), required=False),
        Field("term", say("本届届期"), required=False),
        Field("phone", say("办公电话"), required=False),
        Field("address", say("地址"), required=False),
        Field("unions", say("所辖工会数"), FieldKind.NUMBER),
        Field("employers", say("覆盖单位数"), FieldKind.NUMBER),
        Field("workers", say("覆盖职工数"), FieldKind.NUMBER),
        Field(
            "committee",
            say("委员会成员"),
            FieldKind.ROWS,
            required=False,
            columns=(
                Field("person", say("姓名")),
                Field("post", say("职务")),
                Field("full_time", say("专职或兼职")),
                Field("since", say("任职日期"), FieldKind.DAY),
            ),
        ),
        Field("day", say("统计截至"), FieldKind.DAY),
    ),
)
"""工会组织登记表: an organisation as the register holds it on a day."""

ROSTER = Template(
    key="register.covering_list",
    title=say("单位覆盖名册"),
    file=f"{_FOLDER}/covering_list.typ",
    series="FG",
    fields=(
        Field("federation", say("工会组织")),
        Field("day", say("统计截至"), FieldKind.DAY),
        Field("employers", say("覆盖单位数"), FieldKind.NUMBER),
        Field("workers", say("覆盖职工数"), FieldKind.NUMBER),
        Field(
            "rows",
            say("单位"),
            FieldKind.ROWS,
            columns=(
                Field("place", say("序号"), FieldKind.NUMBER),
                Field("employer", say("单位名称")),
                Field("uscc", say("统一社会信用代码"), required=False),
                Field("kind", say("性质")),
                Field("headcount", say("职工数"), FieldKind.NUMBER),
                Field("union", say("所在工会")),
                Field("since", say("覆盖自"), FieldKind.DAY),
            ),
        ),
    ),
)
"""单位覆盖名册: every employer under a union, each once, with the union that counts it."""

PAPERS = (SHEET, ROSTER)

VERBS = {
    "found_organisation": "登记了这个组织",
    "edit_organisation": "修改了组织资料",
    "rename_organisation": "办理了更名",
    "move_organisation": "调整了隶属关系",
    "compose": "编入了一家工会",
    "close_organisation": "办理了撤销",
    "open_term": "登记了新一届委员会",
    "appoint": "登记了任职",
    "end_post": "登记了离任",
    "register_employer": "登记了这家单位",
    "edit_employer": "修改了单位资料",
    "cover_employer": "办理了覆盖",
    "end_coverage": "结束了一条覆盖关系",
    "open_facility": "登记了这个阵地",
    "edit_facility": "修改了阵地资料",
    "open_zone": "登记了这个商圈或园区",
    "edit_zone": "修改了它的资料",
    "enter_zone": "登记了一家单位在这里",
    "leave_zone": "登记了一家单位离开",
    "leave_register": "办理了出册",
}
"""What the journal's verbs say of a record of the register."""
