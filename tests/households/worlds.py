"""A town with officers and a family of three; a household told as completely as a file needs."""

from niangjia.accounts import actions as accounts
from niangjia.accounts import queries as accounts_queries
from niangjia.households import actions, queries
from niangjia.households.actions import MemberDraft
from niangjia.households.rules import Change, fact_of, told
from niangjia.kernel.access import SYSTEM, Role
from tests.accounts.conftest import PASSWORD
from tests.conftest import AT, TODAY
from tests.network import worlds

WORKER, WIFE, SON = "990101196806120027", "99010119880405001X", "990101200702280033"
FACTS = {
    "residence": "湍口村 1 号",
    "migrant": "0",
    "single_parent": "0",
    "zero_employment": "0",
    "self_help": "1",
    "housing_type": "own",
    "housing_area": "80",
    "income_year": "54000",
    "expense_medical": "20000",
    "expense_education": "8000",
    "expense_disability_care": "0",
    "expense_employment_cost": "0",
    "expense_accident_loss": "0",
    "compensation": "0",
    "main_cause": "illness",
}
MEMBER_FACTS = {"identity": "employed", "income_month": "1500", "health": "good", "insurance": "employee"}


class Village:
    """The small world, and who acts in it."""

    actions = actions

    def __init__(self, land):
        self.land = land
        self.town = self.officer("town", land["left_town"], Role.TWN)
        self.mate = self.officer("mate", land["left_town"], Role.TWN)
        self.county = self.officer("county", land["left_county"], Role.CTY)
        self.deputy = self.officer("deputy", land["left_county"], Role.CTY)
        self.city = self.officer("city", land["city"], Role.MUN) if "city" in land else None
        self.elsewhere = self.officer("right", land["right_town"], Role.TWN)
        self.auditor = self.officer("auditor", land["left_county"], Role.AUD)

    def account(self, username, person=None):
        """An account of somebody."""
        return accounts.open_account(
            username=username, name="陈某", password=PASSWORD, by=SYSTEM, at=AT, person=person,
            must_change=False,
        )  # fmt: skip

    def nobody(self):
        """Somebody with an account who stands in no register."""
        return accounts_queries.actor_as_oneself(user=self.account("nobody"))

    def officer(self, username, organisation, role, person=None):
        user = self.account(username, person)
        post = accounts.grant_post(
            user=user, unit_id=organisation.pk, role=role, since=worlds.SINCE, by=SYSTEM, at=AT
        )
        return accounts_queries.actor_for(post=post, day=TODAY)

    def household(self, *, number=WORKER, name="何秀英", members=(("spouse", "李大山", WIFE),), by=None):
        """A household of the left town, nothing told of it yet."""
        by = by or self.town
        return actions.open_household(
            keeper_id=by.unit_id,
            head=MemberDraft("self", name, number),
            members=[MemberDraft(relation, told, paper) for relation, told, paper in members],
            by=by,
            at=AT,
        )

    def tell(self, row, facts=FACTS, *, member=None, by=None, source=""):
        """Something told by somebody who saw the file as it stands."""
        bases = {
            key: one.version
            for (whose, key), one in queries.standing_of(household=row).items()
            if whose == member
        }
        changes, wrong = actions.changes_of(told=facts, bases=bases, member=member)
        assert wrong == []
        return actions.amend(household_id=row.pk, changes=changes, by=by or self.town, at=AT, source=source)

    def change(self, row, *, member=None, by=None, **values):
        """Facts told anew, or emptied, by somebody who saw the file as it stands."""
        bases = queries.versions_of(household=row)
        changes = [
            Change(
                key,
                told(fact_of(key, member=member is not None), value) if value != "" else "",
                bases.get(f"{member}:{key}" if member else key, 0),
                member,
            )
            for key, value in values.items()
        ]
        return actions.amend(household_id=row.pk, changes=changes, by=by or self.town, at=AT)

    def complete(self, row, **facts):
        """Everything is told that a file needs."""
        self.tell(row, {**FACTS, **facts})
        members = queries.members_of(household=row)
        for one in members:
            self.tell(row, MEMBER_FACTS, member=one.number)
        return row
