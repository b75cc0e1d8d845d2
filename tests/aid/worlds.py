"""A county with money, a campaign, families visited at the door; applications as far as a test asks."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

from niangjia.aid import actions, queries
from niangjia.aid.actions import Draft
from niangjia.aid.models import AidApplication
from niangjia.aid.rules import AidKind
from niangjia.campaigns.rules import CampaignKind
from niangjia.households import queries as households
from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.ledger import actions as ledger
from niangjia.ledger.actions import FundDraft
from niangjia.ledger.rules import EntryDraft, EntryKind, FundKind, PostingDraft
from niangjia.notices import actions as notices
from niangjia.payments import actions as payments
from niangjia.payments import queries as orders
from niangjia.payments.rules import AccountDraft, ResultRow
from niangjia.people import actions as people
from niangjia.visits import actions as visits
from niangjia.visits.rules import Family, Result, Signature, VisitDraft, Visitor, Whom
from tests.campaigns.worlds import Drive
from tests.conftest import AT, TODAY
from tests.households.worlds import MEMBER_FACTS, SON, WIFE, WORKER, Village
from tests.network import worlds
from tests.payments.worlds import card

STUDY = {"stage": "undergraduate", "school": "某大学", "admission_no": "A2018001", "tuition": "6000"}
FAMILY = (("spouse", "李大山", WIFE), ("child", "王小明", SON))
BANK, INCOME = "102", "404"
LATER = timedelta(days=21)


class Aiders(Village):
    """Everybody who takes part, and what they do."""

    def __init__(self, land):
        super().__init__(land)
        self.acc = self.officer("acc", land["left_county"], Role.ACC)
        self.acc2 = self.officer("acc2", land["left_county"], Role.ACC)
        self.csh = self.officer("csh", land["left_county"], Role.CSH)
        self.aud = self.officer("aud", land["left_county"], Role.AUD)
        self.crowd(10)
        self.drive = Drive(self, CampaignKind.SPRING)
        self.campaign = self.drive.campaign
        self.book = ledger.open_book(unit_id=land["left_county"].pk, opened_on=worlds.SINCE, by=SYSTEM, at=AT)
        self.fund = self.money("Z01", "中央财政帮扶资金", Yuan.of(100_000))

    def crowd(self, how_many):
        """Others of the towns, among whom a name on a notice is hidden."""
        for n in range(how_many):
            for place in ("left_town", "right_town"):
                people.register_person(
                    draft=people.PersonDraft(name=f"何{'一二三四五六七八九十'[n]}"),
                    keeper_id=self.land[place].pk, today=TODAY, by=SYSTEM, at=AT,
                )  # fmt: skip

    def money(self, code, name, amount):
        draft = FundDraft(code, name, FundKind.CENTRAL_FISCAL, purpose="困难职工帮扶")
        fund = ledger.open_fund(book_id=self.book.pk, draft=draft, since=worlds.SINCE, by=SYSTEM, at=AT)
        lines = (PostingDraft(BANK, code, amount, "上级拨入"), PostingDraft(INCOME, code, -amount))
        entry = EntryDraft(TODAY, EntryKind.RECEIPT, "拨入", lines, key=f"in/{fund.pk}")
        ledger.post_entry(book_id=self.book.pk, draft=entry, checked_by=None, by=SYSTEM, at=AT)
        return fund

    def family(self, *, number=WORKER, name="何秀英", members=FAMILY, study=STUDY, by=None, account=True):
        """A household with everything told, the child's school too, and the worker's bank account."""
        row = self.complete(self.household(number=number, name=name, members=members, by=by))
        for one in households.members_of(household=row):
            if one.relation == "child":
                self.tell(row, study, member=one.number)
        if account:
            draft = AccountDraft(number=card(row.head_id), bank="农业银行临安支行", holder=name)
            payments.keep_account(person_id=row.head_id, draft=draft, by=self.acc, at=AT)
        return row

    def visit(
        self, row, *, campaign=True, at=AT, by=None, result=Result.CONFIRMED, asks=(), members=(), key=None
    ):
        """Two officers of the town at the door, the family signs."""
        by = by or self.town
        campaign_id = self.campaign.pk if campaign else None
        signed = [Visitor(one.user_id, Signature("陈某", ticked=True)) for one in (self.town, self.mate)]
        draft = VisitDraft(
            whom=Whom(campaign_id=campaign_id, household_id=row.pk, unit_id=by.unit_id),
            visited_at=at,
            result=Result.CONFIRMED,
            statement="情况属实。",
            visitors=tuple(signed),
            family=Family(Signature("何秀英", ticked=True), "self"),
            asks=asks,
            members=members,
        )
        return visits.record_visit(draft=draft, key=key or uuid4(), by=by, at=at)

    def child(self, row):
        return next(one for one in households.members_of(household=row) if one.relation == "child")

    def draft(self, row, *, kind=AidKind.STUDY, by=None, campaign=True, unit=None, **more):
        by = by or self.town
        told = Draft(kind, 2018, asked=Yuan.of(600), words="孩子考上大学。")
        if kind is AidKind.STUDY:
            told = replace(
                told, asked=Yuan.of(3_000), student_id=self.child(row).person_id, stage=STUDY["stage"],
                school=STUDY["school"], admission_no=STUDY["admission_no"], tuition=Yuan.of(6_000),
            )  # fmt: skip
        return actions.draft_application(
            household_id=row.pk, draft=replace(told, **more), unit_id=unit or by.unit_id,
            campaign_id=self.campaign.pk if campaign else None, by=by, at=AT,
        )  # fmt: skip

    def submitted(self, row, **more):
        drafted = self.draft(row, **more)
        by = more.get("by") or self.town
        return actions.submit_application(application_id=drafted.pk, version=None, by=by, at=AT)

    def reviewed(self, row, *, by=None, **more):
        """Asked by one of the town, visited, reviewed by another of the town."""
        found = self.submitted(row, **more)
        self.visit(row)
        return actions.review_application(application_id=found.pk, version=None, by=by or self.mate, at=AT)

    def noticed(self, *rows, name="2018 年春风助学公示"):
        return actions.open_round(
            application_ids=[one.pk for one in rows], name=name, starts_on=TODAY, by=self.mate, at=AT
        )

    def run_out(self, days=LATER):
        """The notices have run their days."""
        with beyond():
            notices.turn_the_day(today=TODAY, at=AT)
            notices.turn_the_day(today=TODAY + days, at=AT + days)

    def approve(self, row, *, by=None, amount=None, fund=None):
        return actions.approve_application(
            application_id=row.pk, version=None, amount=amount, fund_id=(fund or self.fund).pk,
            by=by or self.county, at=AT + LATER,
        )  # fmt: skip

    def approved(self, row, **more):
        found = self.reviewed(row, **more)
        self.noticed(found)
        self.run_out()
        return self.approve(found)

    def ordered(self, row):
        """The accountant makes the payment order of a granted application."""
        (made,) = actions.order_aid(application_ids=[row.pk], by=self.acc, at=AT + LATER)
        return made

    def pay(self, *rows, fates=None):
        """Ordered, checked, sent; the bank answers."""
        at = AT + LATER
        made = actions.order_aid(application_ids=[one.pk for one in rows], by=self.acc, at=at)
        payments.check_orders(order_ids=[one.pk for one in made], by=self.acc2, at=at)
        batch = payments.send_batch(order_ids=[one.pk for one in made], by=self.csh, at=at)
        return self.answer(batch, fates), batch

    def answer(self, batch, fates=None):
        """What the bank says of each line: paid, or why not."""
        lines = list(orders.transfers_of(batch=batch))
        rows = [self.line(one, (fates or {}).get(one.line, "")) for one in lines]
        return payments.read_results(batch_id=batch.pk, rows=rows, by=self.csh, at=AT + LATER)

    def line(self, one, why):
        return ResultRow(
            row=one.line + 1, number=one.line, amount=Yuan(one.amount_fen), paid=not why, reason=why,
            tail=one.account.tail,
        )  # fmt: skip

    def fresh(self, row):
        return AidApplication.objects.get(pk=row.pk)

    def state(self, row):
        return self.fresh(row).state


__all__ = ["AT", "MEMBER_FACTS", "Aiders", "date", "datetime", "queries"]
