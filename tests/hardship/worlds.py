"""A town in the mountains with a union, a county, civil affairs; a family on its way from lead to lifting."""

from dataclasses import replace
from datetime import date, timedelta

from niangjia.hardship import actions
from niangjia.hardship.actions import Asked, Lead
from niangjia.households import queries as homes
from niangjia.households.rules import NO_FLAGS
from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.clock import at_noon, day_of
from niangjia.kernel.money import Yuan
from niangjia.means import actions as means
from niangjia.means import queries as means_queries
from niangjia.means.rules import Answer, Outcome
from niangjia.notices import actions as notices
from niangjia.people import actions as people
from niangjia.people.actions import PersonDraft
from tests.conftest import AT, TODAY
from tests.households.worlds import MEMBER_FACTS, WORKER
from tests.visits.worlds import Mountain

A_DAY = timedelta(days=1)
NOTICE_OVER = at_noon(date(2018, 8, 27))
"""The five working days from Monday 20 August are over."""


class Hill:
    """The mountain of the visits, and everybody who has a hand in a needy-worker file."""

    def __init__(self, land):
        self.land = land
        self.mountain = Mountain(land)
        self.village = self.mountain.village
        self.town, self.mate = self.village.town, self.village.mate
        self.county, self.deputy = self.village.county, self.village.deputy
        self.pri = self.village.officer("pri", land["left_single"], Role.PRI)
        self.gov = self.village.officer("gov", land["left_county"], Role.GOV)
        self.group = self.village.officer("grp", land["left_single"], Role.GRP)
        self.city = self.village.city
        self.stranger = self.village.officer("pri2", land["right_single"], Role.PRI)
        for name in ("何一", "何二", "何三", "何四", "何五", "李六"):
            draft = PersonDraft(name)
            people.register_person(
                draft=draft, keeper_id=land["left_single"].pk, paper=None, mobile="", today=TODAY,
                by=SYSTEM, at=AT,
            )  # fmt: skip

    def home(self, *, by=None, number=WORKER, name="何秀英", **facts):
        """A household of the union, told completely: in deep hardship unless told otherwise."""
        row = self.village.household(number=number, name=name, by=by or self.pri, members=())
        self.village.tell(row, {**_TOLD, **facts}, by=by or self.pri)
        for one in homes.members_of(household=row):
            self.village.tell(row, MEMBER_FACTS, member=one.number, by=by or self.pri)
        flags = {"asset_flags": [NO_FLAGS]}
        self.village.tell(row, flags, by=by or self.pri)
        row.refresh_from_db()
        return row

    def lead(self, *, by=None, name="何秀英"):
        by = by or self.group
        lead = Lead(name, "三车间", "丈夫住院，两个孩子上学")
        return actions.report_lead(unit_id=self.land["left_single"].pk, lead=lead, by=by, at=AT)

    def lead_of(self, person_id, *, by=None):
        lead = Lead("何秀英", person_id=person_id)
        unit_id = self.land["left_single"].pk
        return actions.report_lead(unit_id=unit_id, lead=lead, by=by or self.pri, at=AT)

    def applied(self, home=None, *, asked=None, by=None, at=AT):
        home = home or self.home()
        return actions.apply_for_file(
            file_id=None, household_id=home.pk, asked=asked or Asked(), by=by or self.pri, at=at
        )

    def first(self, row, *, by=None, at=AT):
        return actions.first_review(
            file_id=row.pk, version=row.version, words="属实，同意上报。", by=by or self.pri, at=at
        )

    def visit(self, row, *, result=None, at=AT):
        """Two officers of the town stand at the door; a file that waits for them goes on."""
        home = row.household
        draft = self.mountain.known(home)
        draft = replace(draft, **({"result": result} if result else {}), visited_at=at - timedelta(hours=5))
        self.mountain.record(draft, at=at)
        row.refresh_from_db()
        return row

    def sign(self, home, *, at=AT, by=None):
        for one in homes.members_of(household=home):
            means.authorise(
                household_id=home.pk, member_id=one.number, way="paper", signed_on=day_of(at),
                by=by or self.town, at=at,
            )  # fmt: skip

    def check(self, row, *, at=AT):
        return actions.ask_check(file_id=row.pk, version=row.version, by=self.county, at=at)

    def answer(self, row, *, amount="18000", outcome=Outcome.AGREES, at=AT):
        """The batch is sent, civil affairs answers about everybody."""
        means.send_batch(unit_id=self.county.unit_id, purpose="困难职工建档", by=self.county, at=at)
        for one in means_queries.asked_in(household_id=row.household_id):
            told = means.Told(one.pk, one.version, Answer(outcome, Yuan.of(amount), day_of(at)))
            means.enter_answer(told=told, by=self.gov, at=at)
        row.refresh_from_db()
        return row

    def town_review(self, row, *, by=None, at=AT, **more):
        return actions.town_review(
            file_id=row.pk, version=row.version, words="入户核实属实。", by=by or self.town, at=at, **more
        )

    def notice(self, row, *, at=AT):
        return actions.open_notice(
            file_id=row.pk, version=row.version, starts_on=day_of(at), by=self.town, at=at
        )

    def approve(self, row, *, by=None, at=NOTICE_OVER):
        return actions.approve_file(
            file_id=row.pk, version=row.version, words="同意建档。", by=by or self.county, at=at
        )

    def let_the_notice_run(self, *, today=date(2018, 8, 27)):
        notices.turn_the_day(today=day_of(AT), at=AT)
        notices.turn_the_day(today=today, at=at_noon(today))

    def town_reviewed(self, home=None):
        """A file as far as the town's review, with everything behind it."""
        row = self.first(self.applied(home))
        row = self.visit(row)
        self.sign(row.household)
        row = self.answer(self.check(row))
        return self.town_review(row)

    def approved(self, home=None):
        row = self.notice(self.town_reviewed(home))
        self.let_the_notice_run()
        return self.approve(row)

    def active(self, home=None):
        row = self.approved(home)
        return actions.enter_file(file_id=row.pk, version=row.version, by=self.town, at=NOTICE_OVER)


_TOLD = {
    "residence": "湍口村 1 号", "migrant": "0", "single_parent": "0", "zero_employment": "0",
    "self_help": "1", "housing_type": "own", "housing_area": "80", "income_year": "18000",
    "expense_medical": "10000", "expense_education": "0", "expense_disability_care": "0",
    "expense_employment_cost": "0", "expense_accident_loss": "0", "compensation": "0",
    "main_cause": "illness",
}  # fmt: skip
"""(18,000 - 10,000) / 12 / 1 = 666.67, below 810: deep hardship."""
