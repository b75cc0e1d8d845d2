"""The completeness check of a request 建会请示: each missing thing with its next step (R-ORG-16). Pure."""

from collections.abc import Iterator

from niangjia.founding.rules.cases import (
    JOINT_LEAST,
    PARENT_KINDS,
    Bounds,
    Case,
    Finding,
    good,
    lacks,
)
from niangjia.kernel.words import Said, listed, say
from niangjia.network.rules import KIND_LABELS, PARENTS, PRIMARY, OrgKind


def request_findings(case: Case, bounds: Bounds) -> tuple[Finding, ...]:
    """What the request 建会请示 must hold before anybody looks at it."""
    return (
        _stands_under(case),
        _name(case),
        _people(case),
        _employers(case),
        _group(case, bounds),
        _term(case, bounds),
    )


def _stands_under(case: Case) -> Finding:
    label = say("类别与上级")
    holds = case.parent in PARENTS[case.kind] and case.parent in PARENT_KINDS
    kinds = (say(KIND_LABELS[case.kind]), say(KIND_LABELS[case.parent]))
    words = say("{parent}之下建立{kind}。", parent=kinds[1], kind=kinds[0])
    wrong = say("{kind}不能建在{parent}之下。请另选上级工会。", kind=kinds[0], parent=kinds[1])
    if holds and case.kind is OrgKind.FEDERATION and not case.mode:
        return lacks("parent", label, say("还没有选联合会的统筹模式。请补选。"), "edit")
    return good("parent", label, words) if holds else lacks("parent", label, wrong, "edit")


def _name(case: Case) -> Finding:
    label = say("工会名称")
    if not case.name.strip():
        return lacks("name", label, say("还没有填写工会全称。请补填。"), "edit")
    return good("name", label, say("{name}", name=case.name))


def _people(case: Case) -> Finding:
    label = say("职工与会员")
    if case.workers < 1 or case.members < 1:
        return lacks("people", label, say("职工数和会员数都要填写，会员至少 1 人。请补填。"), "edit")
    if case.members > case.workers:
        return lacks("people", label, say("会员数不能多于职工数。请核对人数。"), "edit")
    words = say("职工 {n} 人，会员 {m} 人。", n=case.workers, m=case.members)
    return good("people", label, words)


def _employers(case: Case) -> Finding:
    label, n = say("用人单位"), len(case.employers)
    if case.kind is OrgKind.FEDERATION:
        words = say("工会联合会不直接覆盖单位，由它下面的工会覆盖。请删去已列的单位。")
        free = say("联合会由它下面的工会覆盖单位，这里不用填。")
        return lacks("employers", label, words, "employers") if n else good("employers", label, free)
    if not n:
        return lacks("employers", label, say("还没有写明是哪家单位建会。请添加单位。"), "employers")
    if case.kind is OrgKind.SINGLE and n > 1:
        words = say("单建会只覆盖一家单位，现在列了 {n} 家。请改为联合基层工会，或只留一家。", n=n)
        return lacks("employers", label, words, "employers")
    if case.kind is OrgKind.JOINT and n < JOINT_LEAST:
        words = say("联合基层工会覆盖两家以上单位。请再添加单位，或改为单建会。")
        return lacks("employers", label, words, "employers")
    return good("employers", label, listed([one.name for one in case.employers]))


def _group(case: Case, bounds: Bounds) -> Finding:
    label, n = say("筹备组"), len(case.group)
    if n < bounds.group_least:
        words = say("筹备组现有 {n} 人，至少 {m} 人。请再添加成员。", n=n, m=bounds.group_least)
        return lacks("group", label, words, "group")
    if len(case.leads) != 1:
        return lacks("group", label, say("筹备组要有一名组长，只能有一名。请核对成员。"), "group")
    return good("group", label, say("{n} 人，组长 {lead}。", n=n, lead=case.leads[0]))


def _term(case: Case, bounds: Bounds) -> Finding:
    label = say("届期")
    allowed = sorted(bounds.terms) if case.kind in PRIMARY else [max(bounds.terms)]
    if case.term_years not in allowed:
        words = say("届期只能是 {years} 年。请选择届期。", years=listed(allowed))
        return lacks("term", label, words, "edit")
    return good("term", label, say("{n} 年一届。", n=case.term_years))


def advice(case: Case, bounds: Bounds) -> Iterator[Said]:
    """What the founders are told beyond what binds them (R-ORG-05, R-ORG-10, S-NB-06)."""
    if case.kind not in PRIMARY:
        return
    if case.workers >= bounds.full_time_from:
        yield say("职工满 {n} 人，可以设专职工会主席。", n=bounds.full_time_from)
    if 0 < case.members < bounds.committee_from:
        text = "会员不满 {n} 人：可以单独建立委员会，也可以和别的单位联合建会，或者选举组织员一人。"
        yield say(text, n=bounds.committee_from)
    if case.members >= bounds.committee_from:
        yield say("会员满 {n} 人，应当建立工会委员会。", n=bounds.committee_from)
    for one in case.employers:
        if one.covered_by:
            text = "“{name}”现在由“{union}”覆盖并计入统计。新工会成立后先列为附属，原覆盖结束后计入新工会。"
            yield say(text, name=one.name, union=one.covered_by)
