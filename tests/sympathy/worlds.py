"""A works union with members, a chair, a group leader; a town above with an officer and an accountant."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from niangjia.accounts import actions as accounts
from niangjia.accounts import queries as accounts_queries
from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.money import Yuan
from niangjia.members.models import Membership
from niangjia.papers import actions as papers
from niangjia.policies import actions as policies
from niangjia.sympathy import actions
from niangjia.sympathy.actions import Report
from niangjia.sympathy.models import SympathyVisit
from niangjia.sympathy.rules import Given, Occasion, Signed, Visited
from tests.accounts.conftest import PASSWORD
from tests.conftest import AT, TODAY
from tests.members.people import member
from tests.network import worlds
from tests.papers.hostile import picture

SINCE = date(2018, 8, 17)
DRAWN = "data:image/png;base64,iVBORw0KGgo="
OFFICERS = {
    "pri": ("吴主席", Role.PRI, "left_single"),
    "pri2": ("郑委员", Role.PRI, "left_single"),
    "grp": ("周组长", Role.GRP, "left_single"),
    "twn": ("王干事", Role.TWN, "left_town"),
    "acc": ("钱会计", Role.ACC, "left_town"),
    "cty": ("冯主席", Role.CTY, "left_county"),
    "away": ("陈干事", Role.TWN, "right_town"),
}


class Works:
    """The small world, and who acts in it."""

    def __init__(self, land):
        self.land, self.union = land, land["left_single"]
        for username, (name, role, place) in OFFICERS.items():
            setattr(self, username, self.officer(username, name, role, land[place]))
        self.jin = self.member("金良")

    def member(self, name, **more):
        """Somebody of the works union: the person."""
        membership = member(self.union, name=name, **more)
        return Membership.objects.select_related("person").get(pk=membership.pk).person

    def officer(self, username, name, role, organisation, person=None):
        user = accounts.open_account(
            username=username, name=name, password=PASSWORD, by=SYSTEM, at=AT, person=person,
            must_change=False,
        )  # fmt: skip
        post = accounts.grant_post(
            user=user, unit_id=organisation.pk, role=role, since=worlds.SINCE, by=SYSTEM, at=AT
        )
        return accounts_queries.actor_for(post=post, day=TODAY)

    def report(self, person=None, *, occasion=Occasion.HOSPITAL, since=SINCE, by=None, at=AT, **more):
        who = person or self.jin
        report = Report(occasion, since, **more)
        return actions.report_visit(person_id=who.pk, report=report, by=by or self.grp, at=at)

    def plan(self, row, *, by=None, holder=None, on=TODAY, at=AT, **more):
        holder = holder or self.pri
        return actions.plan_visit(
            visit_id=row.pk, version=None, holder_id=holder.user_id, planned_on=on, by=by or self.pri, at=at,
            **more,
        )  # fmt: skip

    def visited(self, *, on=TODAY, officers=None, amount="0", value="0", gift="", signed=None, **more):
        told = [self.pri, self.pri2] if officers is None else officers
        return Visited(
            on,
            [one.user_id for one in told],
            given=Given(gift, Yuan.of(value), Yuan.of(amount)),
            signed=signed or Signed(),
            **more,
        )

    def record(self, row, *, by=None, at=AT, **more):
        return actions.record_visit(
            visit_id=row.pk, version=None, visited=self.visited(**more), by=by or self.pri, at=at
        )

    def kept(self, kind, row):
        """A picture of the paper that was signed hangs on a visit or a batch."""
        file = SimpleUploadedFile("签收单.png", picture("PNG"), "image/png")
        return papers.attach(
            file=file,
            kind="signed",
            about_kind=kind,
            about_id=row.pk,
            unit_id=row.unit_id,
            by=self.pri,
            at=AT,
        )

    def cap(self, occasion, amount, *, unit="left_county", by=None):
        """The county sets a cap by its own paper."""
        value = [{"occasion": occasion, "amount": amount}]
        return policies.set_local_value(
            draft=policies.ValueDraft(key="aid.caps", value=value, since=TODAY, paper="区总工〔2018〕7 号"),
            unit_id=self.land[unit].pk, today=TODAY, by=by or self.cty, at=AT,
        )  # fmt: skip

    @staticmethod
    def fresh(row):
        return SympathyVisit.objects.get(pk=row.pk)
