"""Sympathy and needy-worker files in the demo world: what was reported, arranged and applied for lately."""

from datetime import timedelta
from typing import TYPE_CHECKING

from niangjia.aid import queries as cases
from niangjia.demo.actions.laying import Ground
from niangjia.demo.actions.tasking import actor_of
from niangjia.handouts import actions as handouts
from niangjia.handouts.rules import BatchDraft, BatchKind
from niangjia.hardship import actions as hardship
from niangjia.hardship.actions import Asked, Lead
from niangjia.kernel.money import Yuan
from niangjia.members import queries as roll
from niangjia.members.permissions import Word as MembersWord
from niangjia.sympathy import actions as sympathy
from niangjia.sympathy.actions import Report
from niangjia.sympathy.rules import Given, Occasion, Visited

if TYPE_CHECKING:
    from niangjia.kernel.access import Actor

LEADS = (
    ("卢某强", "大洲村 3 组", "本人大病住院，家里两个孩子上学。"),
    ("叶某芬", "镇卫生院住院部", "交通事故受伤，暂时没有收入。"),
)
"""Reported in three fields, as one hears of it: nobody has been looked up yet."""


def care(*, on: Ground) -> None:
    """A works union visits its own; the town hears of families in need and applies for one of them."""
    _visit(actor_of(login="pri", on=on), on)
    _hear(actor_of(login="twn", on=on), on)


def _visit(chair: "Actor", on: Ground) -> None:
    """One lies in hospital and is to be visited in time; one married and was visited; a holiday comes."""
    rows = roll.memberships_in_scope(scope=chair.scope_for(MembersWord.READ)).order_by("pk")
    ill, married = [row.person_id for row in rows[1:3]]
    report = Report(Occasion.HOSPITAL, on.today - timedelta(days=1), "区人民医院 6 号楼 12 床")
    sympathy.report_visit(person_id=ill, report=report, by=chair, at=on.at)
    report = Report(Occasion.MARRIAGE, on.today - timedelta(days=6))
    row = sympathy.report_visit(person_id=married, report=report, by=chair, at=on.at)
    told = Visited(
        on.today - timedelta(days=1), [chair.user_id or 0], ["车间工会组长"],
        given=Given("四件套", gift_value=Yuan.of("300")), words="希望车间夏天多装两台风扇。",
    )  # fmt: skip
    sympathy.record_visit(visit_id=row.pk, version=None, visited=told, by=chair, at=on.at)
    draft = BatchDraft(
        BatchKind.HOLIDAY, f"{on.today.year + 1} 年春节慰问", on.today + timedelta(days=30), "职工之家",
        goods="米、油各一份", each=Yuan.of("200"),
    )  # fmt: skip
    batch = handouts.arrange_batch(unit_id=chair.unit_id or 0, draft=draft, by=chair, at=on.at)
    handouts.submit_batch(batch_id=batch.pk, version=None, by=chair, at=on.at)


def _hear(town: "Actor", on: Ground) -> None:
    """Two leads wait; one family that was visited in the campaign applies for a file."""
    for name, place, words in LEADS:
        lead = Lead(name, place, words)
        hardship.report_lead(unit_id=town.unit_id or 0, lead=lead, by=town, at=on.at)
    helped = cases.applications_for(actor=town).exclude(campaign=None).order_by("pk")
    household_id = helped.values_list("household_id", flat=True)[0]
    hardship.apply_for_file(file_id=None, household_id=household_id, asked=Asked(), by=town, at=on.at)
