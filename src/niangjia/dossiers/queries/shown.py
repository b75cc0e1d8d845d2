"""A file in the shapes of the page furniture; called where its rows may be read."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from niangjia.hardship import rules
from niangjia.hardship.queries import Difference, shown
from niangjia.households import queries as homes
from niangjia.households import rules as home_rules
from niangjia.households.rules import About
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.shapes import Cell, Column, Fact, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.means import queries as means
from niangjia.means.rules import OUTCOMES, Beside

if TYPE_CHECKING:
    from niangjia.hardship.models import NeedyWorkerFile

NOT_TOLD = say("未填")


def facts_of(*, row: "NeedyWorkerFile") -> list[Fact]:
    """What is known of the file itself."""
    told = [
        Fact(say("档案编号"), row.number or "—"),
        Fact(say("所在工会"), row.keeper.name),
        Fact(say("建档标准"), say(rules.LEVELS[row.level])),
    ]
    if row.category:
        told.append(Fact(say("困难类别"), rules.CATEGORY_WORDS[rules.Category(row.category)]))
    if row.told_words or row.told_place:
        told.append(Fact(say("线索情况"), say("{place} {words}", place=row.told_place, words=row.told_words)))
    for label, value in (
        (say("申请日期"), row.applied_on),
        (say("批准日期"), row.approved_on),
        (say("复核日"), row.review_due_on),
        (say("劳动关系起始日"), row.labour_since),
    ):
        if value:
            told.append(Fact(label, value))
    opinions = (
        (say("基层工会意见"), row.first_words),
        (say("镇街工会意见"), row.town_words),
        (say("县级总工会意见"), row.county_words),
        (say("例外审批理由"), row.exception),
        (say("申诉理由"), row.appeal_words),
    )
    return [*told, *(Fact(label, words) for label, words in opinions if words)]


def household_facts(*, row: "NeedyWorkerFile", hidden: Collection[About]) -> list[Fact]:
    """What was told of the household, as far as the reader may know it (R-G-03)."""
    if row.household is None:
        return []
    told = homes.facts_of(household=row.household, hidden=hidden)[None]
    return [
        Fact(say(fact.label), shown(fact=fact, value=told.get(fact.key)) or NOT_TOLD)
        for fact in home_rules.HOUSEHOLD
        if fact.about not in hidden
    ]


def members_table(*, row: "NeedyWorkerFile", hidden: Collection[About], masked: bool) -> Table | None:
    """Who lives there."""
    if row.household is None:
        return None
    facts = homes.facts_of(household=row.household, hidden=hidden)
    keys = [key for key in ("identity", "income_month", "health", "school") if _about(key) not in hidden]
    columns = [Column(say("姓名")), Column(say("关系")), Column(say("证件"))]
    columns += [Column(say(home_rules.MEMBER_BY_KEY[key].label)) for key in keys]
    rows = []
    for one in homes.members_of(household=row.household):
        told = facts.get(one.number, {})
        proven = Cell(say("已核对"), status="done") if one.real else Cell(say("待核对"), status="warn")
        rows.append(
            Row(
                [
                    mask_name(one.name) if masked else one.name,
                    say(home_rules.RELATIONS[one.relation]),
                    proven,
                    *(_member_cell(key, told) for key in keys),
                ]
            )
        )
    return Table(say("共同生活的家庭成员"), columns, rows, empty=say("还没有登记家庭成员。"))


def _about(key: str) -> About:
    return home_rules.MEMBER_BY_KEY[key].about


def _member_cell(key: str, told: Mapping[str, Any]) -> object:
    return shown(fact=home_rules.MEMBER_BY_KEY[key], value=told.get(key)) or "—"


def differences_table(*, found: Sequence[Difference]) -> Table | None:
    """What has changed since the decision that stands (pictures/approval.png)."""
    if not found:
        return None
    columns = [Column(say("项目")), Column(say("上次认定")), Column(say("现在"))]
    rows = [Row([one.label, one.before or NOT_TOLD, one.after or NOT_TOLD]) for one in found]
    note = say("{n} 处改动", n=len(found))
    return Table(say("与上次认定相比的改动"), columns, rows, note=note)


def check_table(*, standing: means.Standing) -> Table | None:
    """What civil affairs found beside what was told."""
    if not standing.rows:
        return None
    columns = [
        Column(say("姓名")),
        Column(say("申报年收入（元）"), right=True),
        Column(say("核对年收入（元）"), right=True),
        Column(say("相差（元）"), right=True),
        Column(say("结论")),
    ]
    return Table(say("家庭经济状况核对"), columns, [_check_row(one) for one in standing.rows])


def _check_row(one: Beside) -> Row:
    answer = one.answer
    verdict: object = say("待反馈")
    if answer is not None:
        shape = "warn" if one.differs else "done"
        verdict = Cell(OUTCOMES[answer.outcome], status=shape)
    found = str(answer.amount) if answer else "—"
    return Row(
        [
            one.name,
            str(one.told) if one.told is not None else "—",
            found,
            str(one.gap) if one.gap is not None else "—",
            verdict,
        ]
    )


def signing_table(*, row: "NeedyWorkerFile", found: Sequence[means.Signing], may_sign: bool) -> Table | None:
    """Which adult has agreed to the check, since when."""
    if not found:
        return None
    columns = [Column(say("成年成员")), Column(say("核对授权")), Column(say("办理"))]
    rows = []
    for one in found:
        state = (
            Cell(say("{day} 已签", day=one.signed_on), status="done")
            if one.signed_on
            else Cell(say("待签"), status="todo")
        )
        rows.append(Row([one.member.name, state, _signing_act(row, one) if may_sign else "—"]))
    return Table(say("核对授权书"), columns, rows)


def _signing_act(row: "NeedyWorkerFile", one: means.Signing) -> Cell:
    if one.signed_on:
        href = reverse("take-back-authorisation", args=[row.pk, one.member.number])
        return Cell(say("撤回授权"), href=href)
    return Cell(say("登记签字"), href=reverse("authorise-check", args=[row.pk, one.member.number]))


def decisions_table(*, decisions: Sequence[Any]) -> Table | None:
    """Every decision, the newest first."""
    if not decisions:
        return None
    columns = [Column(say("时间")), Column(say("环节")), Column(say("困难类别")), Column(say("认定工会"))]
    rows = [
        Row(
            [
                one.decided_at,
                say(one.get_stage_display()),
                rules.CATEGORY_WORDS[rules.Category(one.category)],
                one.unit.name if one.unit else say("系统"),
            ]
        )
        for one in decisions
    ]
    return Table(say("历次认定"), columns, rows)


def lines_of(*, said: Sequence[Said]) -> list[Said]:
    """Sentences without repetition, in their order."""
    return list(dict.fromkeys(said))
