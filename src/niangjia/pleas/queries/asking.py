"""An application as it is filled in on the phone: its pages, what is known, what is still to be told."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from niangjia.aid import queries as aid
from niangjia.aid import rules
from niangjia.aid.actions import Draft
from niangjia.aid.rules import AidKind
from niangjia.campaigns import queries as campaigns
from niangjia.campaigns.rules import STUDY
from niangjia.casework.queries import CHILDREN
from niangjia.hardship import queries as hardship
from niangjia.households import queries as households
from niangjia.households.rules import STAGES
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import StepRefused
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, listed, say
from niangjia.payments import queries as payments
from niangjia.people import queries as people
from niangjia.people.rules.consenting import purpose_of
from niangjia.pleas.queries.own import files_of
from niangjia.pleas.rules import Page, consents_needed, pages_of

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication
    from niangjia.households.models import Household

CAMPAIGNS = [str(one) for one in STUDY]


@dataclass(frozen=True, slots=True)
class Filling:
    """One application being filled in: its pages in order, what is agreed to and what not."""

    row: "AidApplication"
    pages: tuple[Page, ...]
    wanted: tuple[str, ...]
    agreed: frozenset[str]
    has_account: bool

    def place(self, page: Page) -> int:
        """Which of the pages it is, from one on."""
        return self.pages.index(page) + 1

    def after(self, page: Page) -> str:
        """The address of the next page."""
        return self.road(self.pages[min(self.place(page), len(self.pages) - 1)])

    def before(self, page: Page) -> str:
        """The address of the page before; of the first one, of my applications."""
        at = self.place(page) - 2
        return self.road(self.pages[at]) if at >= 0 else reverse("my-aid")

    def road(self, page: Page) -> str:
        """The address of a page."""
        return reverse(f"ask-aid-{page.name.lower()}", args=[self.row.pk])

    @property
    def first_open(self) -> Page | None:
        """The first page that must be answered before anything further is read."""
        return Page.CONSENT if set(self.wanted) - self.agreed else None


def filling_of(*, row: "AidApplication", day: date) -> Filling:
    """The pages of an application; what was known before it was begun has no page (R-G-07)."""
    if row.state not in rules.EDITABLE:
        raise StepRefused(
            say("现在的状态是“{state}”，内容不能再改。", state=rules.LABELS[row.state]), step="edit"
        )
    with beyond():
        born = [one.born for one in households.members_of(household=row.household)]
        wanted = consents_needed(row.kind, born=born, day=day)
        agreed = {one for one in wanted if people.has_consent(person_id=row.payee_id, purpose=one, day=day)}
        rows = people.consents_of(person=row.payee).filter(withdrawn_at=None, purpose__in=wanted)
        fresh = rows.filter(given_at__gte=row.created_at).exists()
        account = payments.account_in_use(person_id=row.payee_id)
    asks_account = account is None or account.kept_at >= row.created_at
    asks_consent = fresh or bool(set(wanted) - agreed)
    pages = pages_of(row.kind, asks_consent=asks_consent, asks_account=asks_account)
    return Filling(row, pages, wanted, frozenset(agreed), has_account=account is not None)


def with_standard(*, row: "AidApplication", draft: Draft, day: date) -> Draft:
    """For study aid the sum follows from the stage, as the standard there says; otherwise it is asked."""
    found = standard_for(row=row, stage=draft.stage, day=day) if draft.kind is AidKind.STUDY else None
    return draft if found is None else replace(draft, asked=found)


def standard_for(*, row: "AidApplication", stage: str, day: date) -> Yuan | None:
    """The standard of study aid of a stage for this family, if one is set (R-AID-10)."""
    if not stage:
        return None
    with beyond():
        filed = hardship.is_filed(household_id=row.household_id, day=day)
        return aid.standard_at(unit_id=row.unit_id, day=day, stage=stage, filed=filed)


def children_of(*, row: "AidApplication") -> list[tuple[int, str, Said | str]]:
    """Whom study aid may be for: the young who live there, with what is known of their school."""
    with beyond():
        members = households.members_of(household=row.household)
        facts = households.facts_of(household=row.household)
    found = []
    for one in members:
        if one.relation not in CHILDREN:
            continue
        known = facts.get(one.number, {})
        school = str(known.get("school", ""))
        hint: Said | str = say("证件还没有核对，上门时请备好户口簿。") if not one.real else ""
        found.append((one.person_id, one.name, hint or school))
    return found


def with_school(*, row: "AidApplication", draft: Draft, day: date) -> Draft:
    """The draft with what the household's file tells of the student's school: not typed again (R-G-07)."""
    with beyond():
        members = {one.person_id: one.number for one in households.members_of(household=row.household)}
        facts = households.facts_of(household=row.household).get(members.get(draft.student_id or 0), {})
    tuition = facts.get("tuition")
    names = ("stage", "school", "school_kind", "admission_no")
    kept: dict[str, Any] = {name: str(facts.get(name, "")) for name in names}
    kept["tuition"] = Yuan(tuition) if isinstance(tuition, int) else None
    return with_standard(row=row, draft=replace(draft, **kept), day=day)


def begun(*, actor: Actor, kind: AidKind) -> "AidApplication | None":
    """An application of this kind that I began and did not hand in."""
    return (
        aid.own_applications(actor=actor).filter(kind=kind, state=rules.State.DRAFT, on_behalf=False).first()
    )


def campaign_for(*, household: "Household | None", kind: AidKind, day: date) -> int | None:
    """The study campaign that runs over the family's union, so that its visit counts for it (R-AID-01)."""
    if household is None or kind is not AidKind.STUDY:
        return None
    with beyond():
        found = campaigns.running_over(path=household.path, kinds=CAMPAIGNS, day=day)
    return found.pk if found else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, its answer, and the page on which it may be changed."""

    question: Said
    answer: object
    href: str


def answers_of(*, filling: Filling) -> list[Answer]:
    """Everything that was told, for the page on which it is checked (ui.md A4)."""
    row, road = filling.row, filling.road
    told = [
        Answer(say("要哪一种帮助"), rules.KINDS[row.kind], road(Page.KIND)),
        Answer(say("家庭情况"), _home(row), road(Page.HOME)),
    ]
    if Page.CHILD in filling.pages:
        stage: Said | str = say(STAGES[row.stage]) if row.stage in STAGES else "—"
        told += [
            Answer(say("学生"), row.student.name if row.student else "—", road(Page.CHILD)),
            Answer(say("学校"), row.school or "—", road(Page.SCHOOL)),
            Answer(say("学段"), stage, road(Page.SCHOOL)),
            Answer(say("录取通知书编号"), row.admission_no or "—", road(Page.SCHOOL)),
            Answer(say("一学年学费"), _yuan(row.tuition_fen), road(Page.SCHOOL)),
        ]
    told += [
        Answer(say("遇到的困难"), aid.words_of(row=row) or "—", road(Page.WORDS)),
        Answer(say("金额"), _yuan(row.asked_fen), road(Page.WORDS)),
    ]
    told += [Answer(say("别处给过的帮助"), row.other_aid, road(Page.WORDS))] if row.other_aid else []
    files, account = _files(row), _account(row)
    told.append(Answer(say("材料"), files, road(Page.FILES)))
    to_change = road(Page.ACCOUNT) if Page.ACCOUNT in filling.pages else reverse("my-bank-account")
    told.append(Answer(say("收款账户"), account, to_change))
    if Page.CONSENT in filling.pages:
        agreed = listed(purpose_of(one).label for one in filling.wanted if one in filling.agreed)
        told.append(Answer(say("已同意"), agreed, road(Page.CONSENT)))
    return told


def _yuan(fen: int | None) -> Said | str:
    return "—" if fen is None else say("{n} 元", n=Yuan(fen))


def _home(row: "AidApplication") -> Said:
    with beyond():
        members = households.members_of(household=row.household)
    return say("{n} 人共同生活", n=len(members))


def _files(row: "AidApplication") -> Said:
    count = len(files_of(row=row))
    return say("{n} 个文件", n=count) if count else say("没有上传")


def _account(row: "AidApplication") -> Said | str:
    with beyond():
        found = payments.account_in_use(person_id=row.payee_id)
    return say("{bank} 尾号 {tail}", bank=found.bank, tail=found.tail) if found else "—"


def lacking_of(*, row: "AidApplication", day: date) -> tuple[list[Said], list[Said]]:
    """What the family must still tell, and what the union completes at the door."""
    found = [one for one in rules.findings(aid.case_of(row=row, day=day)) if not one.holds]
    mine = [one.words for one in found if one.road == "edit"]
    return mine, [one.words for one in found if one.road != "edit"]
