"""Policy delivered at the door 政策送到家: which help this household may use, and why (R-PG-02). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from niangjia.eligibility.rules.explaining import Verdict
from niangjia.eligibility.rules.situation import CATEGORY_WORDS, Category, Expense, Situation, Standards
from niangjia.households.rules import STAGES
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, listed, say


class Help(StrEnum):
    """The kinds of help that a union or the government behind it gives."""

    LIVING = "living"
    MEDICAL = "medical"
    STUDY = "study"
    TEMPORARY = "temporary"
    WARMTH = "warmth"
    SYMPATHY = "sympathy"
    WORK = "work"
    CIVIL = "civil"


HELP_WORDS: Mapping[Help, Said] = {
    Help.LIVING: say("生活救助"),
    Help.MEDICAL: say("医疗救助"),
    Help.STUDY: say("助学"),
    Help.TEMPORARY: say("临时救助"),
    Help.WARMTH: say("送温暖"),
    Help.SYMPATHY: say("慰问"),
    Help.WORK: say("再就业帮扶"),
    Help.CIVIL: say("民政低保和低保边缘"),
}


class Answer(StrEnum):
    """What the household is told."""

    YES = "yes"
    NO = "no"
    NEEDS = "needs"


ANSWER_WORDS: Mapping[Answer, Said] = {
    Answer.YES: say("可以申请"),
    Answer.NO: say("暂不符合"),
    Answer.NEEDS: say("补充资料后再看"),
}


@dataclass(frozen=True, slots=True)
class Around:
    """What else counts beside the figures: who studies at which stage, who is in hospital, who lost work.

    `amounts` are those of study aid by stage, for a household of this kind, as far as they are set.
    """

    stages: Sequence[str] = ()
    amounts: Mapping[str, Yuan] = field(default_factory=dict)
    in_hospital: bool | None = None
    out_of_work: int | None = None
    is_member: bool = False
    filed: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of help: the answer, why, and what to do next."""

    kind: Help
    answer: Answer
    why: Said
    how: Said
    rule: str

    @property
    def label(self) -> Said:
        """Its name."""
        return HELP_WORDS[self.kind]

    @property
    def told(self) -> Said:
        """The answer in words."""
        return ANSWER_WORDS[self.answer]


_ASK_TOWN = say("向所在工会或镇街总工会申请，工会干部可以代办。")
_ASK_CIVIL = say("向居住地的镇街民政窗口申请，工会干部可以陪同。")


def leaflet(
    situation: Situation, standards: Standards, verdict: Verdict, around: Around
) -> tuple[Offer, ...]:
    """Every kind of help with the answer for this household, in the order of the printed leaflet."""
    return (
        _living(verdict),
        _medical(situation, verdict),
        _study(verdict, around),
        _temporary(situation, verdict),
        _warmth(verdict, around),
        _sympathy(around),
        _work(around),
        _civil(standards, verdict),
    )


def _open_to(verdict: Verdict) -> Answer:
    if verdict.category is Category.NEEDS_DATA:
        return Answer.NEEDS
    return Answer.YES if verdict.is_eligible else Answer.NO


def _why(verdict: Verdict) -> Said:
    if verdict.missing and verdict.category is Category.NEEDS_DATA:
        return say("还缺 {n} 项资料：{first}", n=len(verdict.missing), first=verdict.missing[0].words)
    return say("按现有资料，家庭{category}。", category=CATEGORY_WORDS[verdict.category])


def _living(verdict: Verdict) -> Offer:
    regular = verdict.category in {Category.DEEP, Category.RELATIVE}
    answer = Answer.NO if verdict.is_eligible and not regular else _open_to(verdict)
    return Offer(Help.LIVING, answer, _why(verdict), _ASK_TOWN, "R-AID-04")


def _medical(situation: Situation, verdict: Verdict) -> Offer:
    spent = situation.expenses.get(Expense.MEDICAL)
    if spent is None:
        why = say("还没有填写全年医疗自付。")
        return Offer(Help.MEDICAL, Answer.NEEDS, why, say("请准备报销后的发票和结算单。"), "R-AID-04")
    if not spent:
        why = say("全年没有医疗自付。")
        return Offer(Help.MEDICAL, Answer.NO, why, say("以后有医疗支出的，请保留发票。"), "R-AID-04")
    why = say("全年医疗自付 {amount} 元。{state}", amount=spent, state=_why(verdict))
    return Offer(Help.MEDICAL, _open_to(verdict), why, _ASK_TOWN, "R-AID-04")


def _study(verdict: Verdict, around: Around) -> Offer:
    if not around.stages:
        why = say("家里没有登记在高中以上阶段就读的学生。")
        how = say("有子女升学的，收到录取通知书就可以登记。")
        return Offer(Help.STUDY, Answer.NO, why, how, "R-AID-09")
    named = [_stage_said(stage, around.amounts) for stage in around.stages]
    why = say("{stages}。{state}", stages=listed(named), state=_why(verdict))
    how = say("凭录取通知书申请；同一名学生全省每年只能享受一次，父母不能分别申请。")
    return Offer(Help.STUDY, _open_to(verdict), why, how, "R-AID-09")


def _stage_said(stage: str, amounts: Mapping[str, Yuan]) -> Said:
    label = say(STAGES[stage])
    if stage not in amounts:
        return label
    return say("{stage}（标准 {amount} 元）", stage=label, amount=amounts[stage])


def _temporary(situation: Situation, verdict: Verdict) -> Offer:
    if situation.sudden is None:
        why = say("没有登记突发的大病、事故或灾害。")
        how = say("发生突发困难的，当天就可以向工会报告。")
        return Offer(Help.TEMPORARY, Answer.NO, why, how, "R-AID-05")
    answer = Answer.NEEDS if verdict.category is Category.NEEDS_DATA else Answer.YES
    why = say("家里遇到了突发困难。{state}", state=_why(verdict))
    return Offer(Help.TEMPORARY, answer, why, _ASK_TOWN, "R-AID-05")


def _warmth(verdict: Verdict, around: Around) -> Offer:
    if around.filed:
        why = say("家庭已经建档。")
        how = say("元旦、春节前工会会主动联系，不用申请。")
        return Offer(Help.WARMTH, Answer.YES, why, how, "R-AID-15")
    how = say("先建立困难职工档案，之后由工会主动安排。")
    return Offer(Help.WARMTH, _open_to(verdict), _why(verdict), how, "R-AID-15")


def _sympathy(around: Around) -> Offer:
    how = say("告诉工会小组长或工会干部就行，由工会上门，不用申请。")
    if not around.is_member:
        why = say("住院、生育、结婚、退休等慰问面向工会会员，本人还不是会员。")
        return Offer(Help.SYMPATHY, Answer.NO, why, say("请先办理入会，在单位工会或扫码都可以。"), "R-AID-14")
    if around.in_hospital is None:
        why = say("是否有会员住院还没有登记。")
        return Offer(Help.SYMPATHY, Answer.NEEDS, why, how, "R-AID-14")
    if around.in_hospital:
        return Offer(Help.SYMPATHY, Answer.YES, say("会员正在住院。"), how, "R-AID-14")
    why = say("现在没有会员住院；生育、结婚、退休时也有慰问。")
    return Offer(Help.SYMPATHY, Answer.NO, why, how, "R-AID-14")


def _work(around: Around) -> Offer:
    how = say("到镇街总工会登记，由工会联系人社部门培训和推荐。")
    if around.out_of_work is None:
        why = say("成员的就业情况还没有登记。")
        return Offer(Help.WORK, Answer.NEEDS, why, how, "R-RTS-08")
    if around.out_of_work:
        why = say("家里有 {n} 人失业或待岗。", n=around.out_of_work)
        return Offer(Help.WORK, Answer.YES, why, how, "R-RTS-08")
    return Offer(Help.WORK, Answer.NO, say("家里没有人失业或待岗。"), how, "R-RTS-08")


def _civil(standards: Standards, verdict: Verdict) -> Offer:
    """Below the standard 低保 or its margin 低保边缘: both are decided by civil affairs (R-AID-12)."""
    living, margin = standards.min_living, standards.margin_multiple
    if verdict.numbers is None or living is None or margin is None:
        return Offer(Help.CIVIL, Answer.NEEDS, _why(verdict), _ASK_CIVIL, "R-AID-12")
    net, head = verdict.numbers.net, verdict.per_head
    if net < living.of(Yuan).fen:
        text = "人均月净收入 {net} 元，低于低保标准 {line} 元。"
        return Offer(Help.CIVIL, Answer.YES, say(text, net=head, line=living.value), _ASK_CIVIL, "R-AID-12")
    line = standards.line(margin)
    edge = Yuan.rounded(line / 100)
    if net <= line:
        text = "人均月净收入 {net} 元，在低保边缘线 {line} 元以内。"
        return Offer(Help.CIVIL, Answer.YES, say(text, net=head, line=edge), _ASK_CIVIL, "R-AID-12")
    text = "人均月净收入 {net} 元，高于低保边缘线 {line} 元。"
    return Offer(Help.CIVIL, Answer.NO, say(text, net=head, line=edge), _ASK_CIVIL, "R-AID-12")
