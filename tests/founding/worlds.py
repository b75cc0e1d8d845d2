"""A county, its town and federation, officers, founders; an establishment taken as far as a test asks."""

from dataclasses import replace

from tests.accounts.conftest import PASSWORD
from tests.conftest import AT, TODAY
from tests.network import worlds

from niangjia.accounts import actions as accounts
from niangjia.accounts import queries as accounts_queries
from niangjia.founding import actions
from niangjia.founding.models import UnionEstablishment
from niangjia.founding.rules import Meeting, PostKind
from niangjia.kernel.access import SYSTEM, Role
from niangjia.network.rules import EmployerKind, OrgKind
from niangjia.people import actions as people

CODE = "91990101MA2DEM009R"
UNION_CODE = "81990101MA2DEM009T"
GROUP = (("陈一", True), ("李二", False), ("王三", False))
SLATE = (
    ("陈一", PostKind.CHAIR),
    ("李二", PostKind.VICE),
    ("王三", PostKind.MEMBER),
    ("赵四", PostKind.WOMEN),
)
VOTES = {"陈一": 30, "李二": 28, "王三": 27, "赵四": 5}
TELLERS = ("钱五", "孙六")


class Founders:
    """The small world, and who acts in it."""

    def __init__(self, land):
        self.land = land
        self.town = self.officer("town", land["left_town"], Role.TWN)
        self.mate = self.officer("mate", land["left_town"], Role.TWN)
        self.county = self.officer("county", land["left_county"], Role.CTY)
        self.deputy = self.officer("deputy", land["left_county"], Role.CTY)
        self.elsewhere = self.officer("right", land["right_town"], Role.TWN)
        self.worker = self.own("worker", "陈一")
        self.stranger = self.own("stranger", "周八")

    def officer(self, username, organisation, role):
        user = self.account(username)
        post = accounts.grant_post(
            user=user, unit_id=organisation.pk, role=role, since=worlds.SINCE, by=SYSTEM, at=AT
        )
        return accounts_queries.actor_for(post=post, day=TODAY)

    def account(self, username, *, name="陈某", person=None):
        return accounts.open_account(
            username=username, name=name, password=PASSWORD, by=SYSTEM, at=AT, person=person,
            must_change=False,
        )  # fmt: skip

    def own(self, username, name):
        keeper = self.land["left_town"]
        draft = people.PersonDraft(name=name)
        person = people.register_person(draft=draft, keeper_id=keeper.pk, today=TODAY, by=SYSTEM, at=AT)
        user = self.account(username, name=name, person=person)
        return accounts_queries.actor_as_oneself(user=user)

    def request(self, **more):
        told = {
            "kind": OrgKind.SINGLE, "name": "大洲新风电子厂工会委员会", "workers": 60, "members": 40,
            "term_years": 3, "phone": "0570-8800000", "words": "职工有意愿。",
        }  # fmt: skip
        return actions.RequestDraft(**told | more)

    def draft(self, by=None, parent="left_fed", employer=None, **more):
        return actions.draft_establishment(
            draft=self.request(**more),
            parent=self.land[parent],
            employer=employer,
            by=by or self.worker,
            at=AT,
        )

    def named(self, by=None, parent="left_fed", firms=(("大洲新风电子厂", CODE),), **more):
        """A draft with all that a request must hold."""
        by = by or self.worker
        row = self.draft(by, parent, **more)
        for name, code in firms:
            firm = actions.EmployerDraft(name=name, kind=EmployerKind.ENTERPRISE, headcount=60, uscc=code)
            actions.name_employer(establishment_id=row.pk, draft=firm, by=by, at=AT)
        for name, leads in GROUP:
            actions.join_founding_group(
                establishment_id=row.pk, name=name, duty="车间", leads=leads, by=by, at=AT
            )
        return self.fresh(row)

    def submitted(self, by=None, **more):
        row = self.named(by, **more)
        return actions.submit_establishment(
            establishment_id=row.pk, version=row.version, by=by or self.worker, at=AT
        )

    def reviewed(self, by=None, **more):
        row = self.submitted(by, **more)
        return actions.review_establishment(establishment_id=row.pk, version=row.version, by=self.town, at=AT)

    def preparing(self, by=None, **more):
        row = self.reviewed(by, **more)
        return actions.approve_preparation(
            establishment_id=row.pk, version=row.version, prepared_on=TODAY, by=self.county, at=AT
        )

    def proposed(self, by=None, slate=SLATE, **more):
        row = self.preparing(by, **more)
        for name, post in slate:
            actions.propose_candidate(
                establishment_id=row.pk, name=name, post=post, relative="no", by=by or self.worker, at=AT
            )
        return self.fresh(row)

    def congress(self, **more):
        told = {"meeting": Meeting.MEMBERS, "congress_on": TODAY, "entitled": 40, "present": 36, "seats": 3}
        return actions.Congress(**told | more)

    def held(self, by=None, **more):
        row = self.proposed(by, **more)
        return self.hold(row, by)

    def hold(self, row, by=None, **more):
        return actions.hold_congress(
            establishment_id=row.pk,
            version=row.version,
            congress=self.congress(**more),
            by=by or self.worker,
            at=AT,
        )

    def votes(self, row, votes=None):
        told = votes or VOTES
        return {one.pk: told.get(one.name, 0) for one in row.candidates.all()}

    def report(self, row, by=None, votes=None, tellers=TELLERS):
        return actions.submit_result(
            establishment_id=row.pk, version=row.version, votes=self.votes(row, votes), tellers=tellers,
            by=by or self.worker, at=AT,
        )  # fmt: skip

    def reported(self, by=None, **more):
        return self.report(self.held(by, **more), by)

    def approve(self, row, by=None, **more):
        told = {"version": row.version, "approved_on": TODAY}
        return actions.approve_establishment(
            establishment_id=row.pk, by=by or self.county, at=AT, **told | more
        )

    def approved(self, by=None, **more):
        return self.approve(self.reported(by, **more))

    @staticmethod
    def fresh(row):
        return UnionEstablishment.objects.get(pk=row.pk)

    @staticmethod
    def recused(actor, person_id):
        return replace(actor, person_id=person_id)
