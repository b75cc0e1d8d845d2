"""The rows of a roll are understood: names, numbers, places; what is wrong is told by column."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from niangjia.enrolment.queries.found import Places
from niangjia.enrolment.rules.columns import RESIDENT
from niangjia.enrolment.rules.peoples import people_code
from niangjia.enrolment.rules.plans import Plan, is_migrant
from niangjia.exchange.rules.verdicts import Problem
from niangjia.kernel.errors import NiangjiaError, Refused
from niangjia.kernel.identifiers import IdKind, Sex, parse_mobile, parse_name
from niangjia.kernel.identifiers.findings import Code
from niangjia.kernel.words import say
from niangjia.members import rules
from niangjia.network.rules import OrgKind
from niangjia.people import queries as people
from niangjia.people.rules import Paper, read_paper

CONTRADICTIONS = {Code.SEX: "sex", Code.BIRTH: "born"}
NO_NUMBER = say("没有证件号码。确实暂缺的，请在“证件待补”列填“是”，先登记、后补登。")


def read_rows(*, rows: Sequence[Mapping[str, Any]], places: Places, today: date) -> list[Plan]:
    """Each row as a plan; `wrong` where it cannot be entered whatever the register holds."""
    return [_read(values, places, today) for values in rows]


def _read(values: Mapping[str, Any], places: Places, today: date) -> Plan:
    plan = Plan(values)
    _asked(plan, "name", lambda: _name(plan))
    _asked(plan, "number", lambda: _number(plan, today))
    _asked(plan, "mobile", lambda: _mobile(plan))
    _asked(plan, "ethnicity", lambda: _people(plan))
    _place(plan, places, today)
    _work(plan, places)
    return plan


def _asked(plan: Plan, column: str, rule: Callable[[], None]) -> None:
    try:
        rule()
    except NiangjiaError as error:
        plan.problems += [Problem(words, column) for words in error.reasons]
        plan.wrong = True


def _wrong(plan: Plan, words: Any, column: str) -> None:
    plan.problems.append(Problem(words, column))
    plan.wrong = True


def _name(plan: Plan) -> None:
    plan.name_key = parse_name(plan.values["name"] or "").key


def _number(plan: Plan, today: date) -> None:
    """The paper; where it comes later, an unsound number is told and not kept (R-MEM-09)."""
    values = plan.values
    if not values["number"]:
        if not plan.may_lack:
            _wrong(plan, NO_NUMBER, "number")
        return
    kind, sex = IdKind(values["kind"] or RESIDENT), values["sex"]
    paper = Paper(kind, values["number"])
    try:
        value = read_paper(paper, today=today, sex=Sex(sex) if sex else None, born=values["born"])
    except Refused as error:
        if not plan.may_lack:
            raise
        words = say("号码有误，没有留存，暂按“证件待补”登记：{reason}", reason=error.reasons[0])
        plan.problems.append(Problem(words, "number"))
        return
    plan.paper, plan.value, plan.blind = paper, value, people.number_index(value=value)
    plan.problems += [
        Problem(finding.said, CONTRADICTIONS.get(finding.code, "number")) for finding in value.findings
    ]


def _mobile(plan: Plan) -> None:
    if plan.values["mobile"]:
        plan.mobile_blind = people.mobile_index(mobile=parse_mobile(plan.values["mobile"]))


def _people(plan: Plan) -> None:
    if plan.values["ethnicity"]:
        plan.ethnicity = people_code(plan.values["ethnicity"])


def _place(plan: Plan, places: Places, today: date) -> None:
    """The union and the day; a union that cannot have members, or did not stand then, is told."""
    text = plan.values["union"]
    plan.since = plan.values["since"] or today
    own = places.by_id.get(places.unit_id)
    found = places.unions.get(text, []) if text else [own] if own else []
    if len(found) != 1:
        _wrong(plan, _which(text, many=len(found) > 1), "union")
        return
    union = found[0]
    plan.union_id = union.pk
    _asked(plan, "union", lambda: rules.require_joinable(OrgKind(union.kind)))
    founded, closed = union.established_on, union.closed_on
    _asked(plan, "since", lambda: rules.require_day(plan.since, today=today, founded=founded, closed=closed))


def _which(text: str | None, *, many: bool) -> Any:
    if not text:
        return say("请填写工会：您所在的组织不直接登记会员。")
    if many:
        return say("有不止一家工会叫“{text}”，请改填编号或代码。", text=text)
    return say("您的工作范围内没有工会“{text}”。请填全称、编号或代码。", text=text)


def _work(plan: Plan, places: Places) -> None:
    """Where and how he works, as the columns of a membership; an empty cell tells nothing."""
    values = plan.values
    told: dict[str, Any] = {"form": values["form"] or None, "platform": values["platform"]}
    told |= {"migrant": is_migrant(values), "basis": values["basis"]}
    for name in ("employer", "workplace", "group"):
        told[f"{name}_id"] = _one(plan, places, name)
    plan.columns = {name: value for name, value in told.items() if value is not None}


def _one(plan: Plan, places: Places, name: str) -> int | None:
    text = plan.values[name]
    if not text:
        return None
    found = (places.groups if name == "group" else places.employers).get(text, [])
    if len(found) == 1:
        number: int = found[0].pk
        return number
    if name == "group":
        words = say("这家工会没有小组“{text}”。请填全称或编号，没有分组的不填。", text=text)
    elif found:
        words = say("有不止一家单位叫“{text}”，请改填编号或统一社会信用代码。", text=text)
    else:
        words = say("名册里没有单位“{text}”。请填全称、编号或统一社会信用代码；新单位请先登记。", text=text)
    _wrong(plan, words, name)
    return None
