"""The check of the congress, its candidates and its result (R-ORG-08, R-ORG-11, R-ORG-12). Pure."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil

from niangjia.bodies.rules import PostKind
from niangjia.founding.rules.cases import (
    MEETING_LABELS,
    Bounds,
    Candidate,
    Case,
    Finding,
    Meeting,
    good,
    lacks,
)
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import Said, listed, say
from niangjia.network.rules import PRIMARY


def slate_findings(case: Case, bounds: Bounds) -> tuple[Finding, ...]:
    """What the congress 会员（代表）大会 and its candidates must hold to (R-ORG-08, R-ORG-11, R-ORG-12)."""
    return (
        _meeting(case, bounds),
        _seats(case, bounds),
        _slate(case, bounds),
        _relatives(case),
        _present(case, bounds),
    )


def _meeting(case: Case, bounds: Bounds) -> Finding:
    label = say("大会")
    if case.meeting is None or case.congress_on is None or not case.entitled:
        words = say("还没有登记大会的形式、日期和应到人数。请登记大会。")
        return lacks("meeting", label, words, "congress")
    if case.prepared_on and case.congress_on < case.prepared_on:
        words = say("大会不能早于批准筹备的日子 {day}。请核对日期。", day=case.prepared_on)
        return lacks("meeting", label, words, "congress")
    wanted = Meeting.DELEGATES if case.members >= bounds.congress_from else Meeting.MEMBERS
    if case.meeting is not wanted:
        text = "会员 {n} 人：满 {m} 人召开会员代表大会，不满召开会员大会。请改开{wanted}。"
        words = say(text, n=case.members, m=bounds.congress_from, wanted=say(MEETING_LABELS[wanted]))
        return lacks("meeting", label, words, "congress")
    return _entitled(case, bounds, label)


def _entitled(case: Case, bounds: Bounds, label: Said) -> Finding:
    entitled, kind = case.entitled or 0, say(MEETING_LABELS[case.meeting or Meeting.MEMBERS])
    if case.meeting is Meeting.MEMBERS and entitled != case.members:
        words = say("会员大会应到的是全体会员 {n} 人。请核对应到人数。", n=case.members)
        return lacks("meeting", label, words, "congress")
    band = next((one for one in bounds.delegates if one.holds(case.members)), None)
    if case.meeting is Meeting.DELEGATES and band and not band.low <= entitled <= band.high:
        words = say(
            "会员 {n} 人，代表名额为 {low} 至 {high} 人。请核对应到人数。",
            n=case.members,
            low=band.low,
            high=band.high,
        )
        return lacks("meeting", label, words, "congress")
    words = say("{day}召开{kind}，应到 {n} 人。", day=case.congress_on, kind=kind, n=entitled)
    return good("meeting", label, words)


def uses_organiser(case: Case, bounds: Bounds) -> bool:
    """Whether one organiser 组织员 stands in the place of a committee: below the bound one may (R-ORG-05)."""
    return case.kind in PRIMARY and case.members < bounds.committee_from and case.seats == 1


def _seats(case: Case, bounds: Bounds) -> Finding:
    label, seats = say("委员名额"), case.seats or 0
    if not seats:
        return lacks("seats", label, say("还没有登记委员名额。请登记大会时填写。"), "congress")
    if uses_organiser(case, bounds):
        words = say("会员不满 {n} 人，选举组织员 1 人。", n=bounds.committee_from)
        return good("seats", label, words)
    band = next((one for one in bounds.seats if one.holds(case.members)), None)
    if case.kind in PRIMARY and band and not band.low <= seats <= band.high:
        words = say(
            "会员 {n} 人，委员名额为 {low} 至 {high} 人，现在是 {seats} 人。请核对名额。",
            n=case.members,
            low=band.low,
            high=band.high,
            seats=seats,
        )
        return lacks("seats", label, words, "congress")
    return good("seats", label, say("委员 {n} 人。", n=seats))


def committee_candidates(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those who stand for the committee itself; the audit committee is elected beside it."""
    return [one for one in candidates if one.post is not PostKind.AUDIT]


def candidates_least(seats: int, difference: Fraction) -> int:
    """So many must stand for so many seats: the difference election (R-ORG-11); one organiser may be alone.

    >>> [candidates_least(seats, Fraction(1, 20)) for seats in (7, 21, 1)]
    [8, 23, 1]
    """
    return seats + ceil(seats * difference) if seats > 1 else seats


def _slate(case: Case, bounds: Bounds) -> Finding:
    label, seats = say("差额选举"), case.seats or 0
    standing = committee_candidates(case.candidates)
    least = candidates_least(seats, bounds.difference)
    if not standing or len(standing) < least:
        text = "委员名额 {seats} 人，候选人至少 {least} 人（差额不低于规定比例），现有 {n} 人。请再提候选人。"
        words = say(text, seats=seats, least=least, n=len(standing))
        return lacks("slate", label, words, "candidates")
    head = PostKind.ORGANISER if uses_organiser(case, bounds) else PostKind.CHAIR
    if not any(one.post is head for one in standing):
        words = say("候选人里没有主席人选（或组织员人选）。请补提。")
        return lacks("slate", label, words, "candidates")
    words = say("候选人 {n} 人，应选 {seats} 人。", n=len(standing), seats=seats)
    return good("slate", label, words)


def _relatives(case: Case) -> Finding:
    label = say("近亲属声明")
    bound = [one.name for one in case.candidates if not one.free]
    if case.kind in PRIMARY and bound:
        text = "{names}是企业主要负责人的近亲属或还没有声明，不得作为委员会成员（工会法第十条）。请另提。"
        return lacks("relatives", label, say(text, names=listed(bound)), "candidates")
    return good("relatives", label, say("候选人均已声明不是企业主要负责人的近亲属。"))


def _present(case: Case, bounds: Bounds) -> Finding:
    label = say("到会人数")
    entitled, present = case.entitled or 0, case.present or 0
    least = ceil(entitled * bounds.quorum)
    if not entitled:
        return lacks("present", label, say("还没有登记到会人数。请登记大会。"), "congress")
    if present < least:
        words = say(
            "应到 {n} 人，实到 {m} 人，至少到 {least} 人才能选举。请改期召开。",
            n=entitled,
            m=present,
            least=least,
        )
        return lacks("present", label, words, "congress")
    if present > entitled:
        words = say("实到 {m} 人多于应到 {n} 人。请核对人数。", m=present, n=entitled)
        return lacks("present", label, words, "congress")
    return good("present", label, say("应到 {n} 人，实到 {m} 人。", n=entitled, m=present))


def result_findings(case: Case, bounds: Bounds) -> tuple[Finding, ...]:
    """What the result must hold to: votes of all entitled, seats filled, a chair, two tellers (R-ORG-11)."""
    return (_votes(case, bounds), _elected(case, bounds), _tellers(case, bounds))


def _votes(case: Case, bounds: Bounds) -> Finding:
    label, present = say("得票"), case.present or 0
    open_ones = [one.name for one in case.candidates if one.votes is None]
    if open_ones or not case.candidates:
        return lacks("votes", label, say("还没有登记每名候选人的得票。请登记选举结果。"), "result")
    over = [one.name for one in case.candidates if (one.votes or 0) > present]
    if over:
        words = say("{names}的得票多于到会人数 {n}。请核对得票。", names=listed(over), n=present)
        return lacks("votes", label, words, "result")
    least = votes_least(case.entitled or 0, bounds.majority)
    return good(
        "votes",
        label,
        say("得 {n} 票以上（超过全体应到人数的 {share}）当选。", n=least, share=bounds.majority),
    )


def votes_least(entitled: int, majority: Fraction) -> int:
    """The fewest votes that are more than the share of all entitled, not of those present.

    >>> votes_least(54, Fraction(1, 2)), votes_least(55, Fraction(1, 2))
    (28, 28)
    """
    return int(entitled * majority) + 1


def _elected(case: Case, bounds: Bounds) -> Finding:
    label, seats = say("当选"), case.seats or 0
    chosen = [one for one in committee_candidates(case.candidates) if one.elected]
    if not seats or len(chosen) != seats:
        text = "应选 {seats} 人，得票够数的 {n} 人。没有选满的名额请另行选举。"
        return lacks("elected", label, say(text, seats=seats, n=len(chosen)), "result")
    head = PostKind.ORGANISER if uses_organiser(case, bounds) else PostKind.CHAIR
    if [one.post for one in chosen].count(head) != 1:
        words = say("主席（或组织员）须当选一人，而且只有一人。请核对选举结果。")
        return lacks("elected", label, words, "result")
    return good("elected", label, listed([one.name for one in chosen]))


def _tellers(case: Case, bounds: Bounds) -> Finding:
    label, names = say("监票人签字"), set(case.tellers)
    standing = sorted(names & {one.name for one in case.candidates})
    if standing:
        words = say("{names}是候选人，不能监票。请换人签字。", names=listed(standing))
        return lacks("tellers", label, words, "result")
    if len(names) < bounds.tellers:
        words = say("已有 {n} 名监票人签字，须有 {m} 名。请补签。", n=len(names), m=bounds.tellers)
        return lacks("tellers", label, words, "result")
    return good("tellers", label, listed(sorted(names)))


def elected_of(
    candidates: Sequence[Candidate], *, seats: int, entitled: int, majority: Fraction
) -> frozenset[str]:
    """Who is elected: more than half of all entitled, the most votes first, as many as there are seats.

    The audit post is filled beside the committee. Raises Refused where equal votes leave the last seat open.
    """
    least = votes_least(entitled, majority)
    able = [one for one in candidates if (one.votes or 0) >= least]
    chosen = {one.name for one in able if one.post is PostKind.AUDIT}
    ranked = sorted(committee_candidates(able), key=lambda one: -(one.votes or 0))
    if len(ranked) > seats > 0 and ranked[seats - 1].votes == ranked[seats].votes:
        tied = [one.name for one in ranked if one.votes == ranked[seats].votes]
        words = say(
            "{names}得票相同，最后的名额定不下来。请就他们再选一次，登记再选的票数。", names=listed(tied)
        )
        raise Refused(words, field="votes")
    return frozenset(chosen | {one.name for one in ranked[:seats]})
