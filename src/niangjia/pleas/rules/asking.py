"""An application on the phone, one thing a page (ui.md A2): which pages, what fits whom."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from niangjia.aid.rules import AidKind
from niangjia.kernel.periods import age_on
from niangjia.kernel.words import Said, say


class Page(StrEnum):
    """The pages, in their order; the value is the last part of the address."""

    KIND = "kind"
    CONSENT = "consent"
    HOME = "household"
    CHILD = "child"
    SCHOOL = "school"
    WORDS = "words"
    FILES = "files"
    ACCOUNT = "account"
    CHECK = "check"


PAGES: Mapping[Page, Said] = {
    Page.KIND: say("您要哪一种帮助"),
    Page.CONSENT: say("请您先同意"),
    Page.HOME: say("您家的情况"),
    Page.CHILD: say("为哪个孩子申请"),
    Page.SCHOOL: say("孩子上学的情况"),
    Page.WORDS: say("遇到了什么困难"),
    Page.FILES: say("上传材料"),
    Page.ACCOUNT: say("钱发到哪个账户"),
    Page.CHECK: say("核对并提交"),
}
NEEDED: Mapping[str, Said] = {
    AidKind.LIVING: say("要看：家庭收入和开支。先建困难职工档案，工会会上门核实。"),
    AidKind.MEDICAL: say("要有：报销后的结算单或发票。先建困难职工档案，工会会上门核实。"),
    AidKind.STUDY: say("要有：录取通知书（在校生带学籍证明）。一名学生一年只助学一次。"),
    AidKind.TEMPORARY: say("要有：能说明情况的材料，如事故证明、住院证明。没有建档也可以。"),
}
PURPOSES: Mapping[str, tuple[str, ...]] = {
    AidKind.LIVING: ("finance", "health"),
    AidKind.MEDICAL: ("finance", "health"),
    AidKind.STUDY: ("finance",),
    AidKind.TEMPORARY: ("finance", "health"),
}
"""What is agreed to before anything sensitive is read (PIPL 28, 29), each by itself."""
CHILD_UNDER = 14


def consents_needed(kind: str, *, born: Collection[date | None], day: date) -> tuple[str, ...]:
    """The consents that an application of this kind needs; of a parent where a child under 14 lives there.

    >>> consents_needed("study", born=[date(2008, 5, 1)], day=date(2018, 8, 20))
    ('finance', 'child')
    """
    child = any(one is not None and age_on(one, day) < CHILD_UNDER for one in born)
    return (*PURPOSES[kind], *(("child",) if child else ()))


def pages_of(kind: str, *, asks_consent: bool, asks_account: bool) -> tuple[Page, ...]:
    """The pages of an application: what is known already has none (R-G-07, WCAG 3.3.7).

    >>> [str(one) for one in pages_of("temporary", asks_consent=False, asks_account=False)]
    ['kind', 'household', 'words', 'files', 'check']
    """
    left_out = {Page.CONSENT: not asks_consent, Page.ACCOUNT: not asks_account}
    if kind != AidKind.STUDY:
        left_out |= {Page.CHILD: True, Page.SCHOOL: True}
    return tuple(page for page in PAGES if not left_out.get(page, False))
