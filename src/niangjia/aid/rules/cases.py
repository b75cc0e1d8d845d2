"""What is known of an application, and what it is held against (R-AID-02, R-AID-08 to 10). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from niangjia.aid.rules.flow import KINDS, NEEDS_FILE, AidKind
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, say


@dataclass(frozen=True, slots=True)
class Study:
    """What is told of a student's studies: the parent is helped, the student hangs under him (R-AID-08)."""

    student: str = ""
    real: bool = False
    lives_here: bool = False
    stage: str = ""
    school: str = ""
    kind: str = ""
    admission_no: str = ""
    tuition: Yuan | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What the check reads: the application, its household, what the policies say there and then.

    `standard` is what the policy grants a student of this stage, by whether a file stands (R-AID-10).
    """

    kind: AidKind
    asked: Yuan | None
    home: Sequence[Said] = ()
    filed: bool = False
    deceased: bool = False
    study: Study | None = None
    standard: Yuan | None = None
    excluded: Sequence[str] = ()
    others: Sequence[Said] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: what is known, or what is missing with the next step (`road`)."""

    code: str
    label: Said
    holds: bool
    words: Said
    road: str = ""


def findings(case: Case) -> tuple[Finding, ...]:
    """Everything that is checked, in the order of the page."""
    told = [_amount(case), _home(case), _alive(case)]
    told += [_file(case)] if case.kind in NEEDS_FILE else []
    told += _student(case) if case.kind is AidKind.STUDY else []
    return tuple(told)


def is_complete(case: Case) -> bool:
    """Whether nothing is missing."""
    return all(one.holds for one in findings(case))


def _good(code: str, label: Said, words: Said) -> Finding:
    return Finding(code, label, holds=True, words=words)


def _lacks(code: str, label: Said, words: Said, road: str) -> Finding:
    return Finding(code, label, holds=False, words=words, road=road)


def _amount(case: Case) -> Finding:
    label = say("金额")
    if case.asked is None or case.asked.fen <= 0:
        return _lacks("amount", label, say("还没有填写金额。请填写要发的金额。"), "edit")
    most = case.standard
    if case.kind is AidKind.STUDY and most is not None and case.asked > most:
        words = say(
            "助学标准是 {most} 元，所填 {asked} 元超过了标准。请核对金额。", most=most, asked=case.asked
        )
        return _lacks("amount", label, words, "edit")
    return _good("amount", label, say("{kind} {n} 元", kind=KINDS[case.kind], n=case.asked))


def _home(case: Case) -> Finding:
    label = say("家庭档案")
    if case.home:
        return _lacks("home", label, case.home[0], "household")
    return _good("home", label, say("已填完整，证件均已核对。"))


def _alive(case: Case) -> Finding:
    label = say("收款人")
    if case.deceased:
        words = say("收款人已去世。请先更换户主，再由新的户主申请。")
        return _lacks("payee", label, words, "household")
    return _good("payee", label, say("发给本人名下的银行账户。"))


def _file(case: Case) -> Finding:
    label = say("困难职工档案")
    if not case.filed:
        words = say("{kind}发给已建档的困难职工。请先建档，或改为申请临时救助。", kind=KINDS[case.kind])
        return _lacks("file", label, words, "file")
    return _good("file", label, say("已建档。"))


def _student(case: Case) -> list[Finding]:
    study, label = case.study or Study(), say("学生")
    if not study.student or not study.lives_here:
        return [_lacks("student", label, say("还没有选定是哪一位家庭成员上学。请选择学生。"), "edit")]
    if not study.real:
        words = say(
            "{name}的证件号码还没有核对。学生一人一年只助学一次，凭证件号码认定。", name=study.student
        )
        return [_lacks("student", label, words, "household")]
    return [
        _good("student", label, Said(study.student)),
        _school(case, study),
        _notice_no(study),
        _tuition(study),
    ]


def _school(case: Case, study: Study) -> Finding:
    label = say("学校")
    if not study.school or not study.stage:
        return _lacks("school", label, say("还没有填写学校和学段。"), "edit")
    if study.kind and study.kind in case.excluded:
        words = say("“{kind}”不在助学范围内。", kind=study.kind)
        return _lacks("school", label, words, "edit")
    if case.standard is None:
        return _lacks(
            "school", label, say("这个学段还没有规定助学标准，请联系县（市、区）总工会登记标准。"), "edit"
        )
    return _good("school", label, Said(study.school))


def _notice_no(study: Study) -> Finding:
    label = say("录取通知书")
    if not study.admission_no:
        return _lacks("admission", label, say("还没有填写录取通知书编号（在校生填学籍号）。"), "edit")
    return _good("admission", label, Said(study.admission_no))


def _tuition(study: Study) -> Finding:
    label = say("学费")
    if study.tuition is None or study.tuition.fen <= 0:
        return _lacks("tuition", label, say("还没有填写一年的学费。"), "edit")
    return _good("tuition", label, say("一年 {n} 元", n=study.tuition))
