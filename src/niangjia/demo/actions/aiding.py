"""Aid in the demo world: a campaign of the district, families of a town at every step of the way."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from niangjia.accounts import queries as accounts
from niangjia.aid import actions as aid
from niangjia.aid import queries as cases
from niangjia.aid.actions import Draft
from niangjia.aid.rules import AidKind
from niangjia.campaigns import actions as campaigns
from niangjia.campaigns.actions import Lead
from niangjia.campaigns.rules import CampaignKind, Outcome
from niangjia.demo.actions import relief
from niangjia.demo.actions.laying import Ground
from niangjia.demo.actions.relief import FamilySketch, Stage
from niangjia.demo.rules.staff import BESIDE, LOG_INS
from niangjia.demo.rules.world import SEED
from niangjia.households.actions import MemberDraft, open_household
from niangjia.households.rules import NO_FLAGS
from niangjia.kernel import clock
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.money import Yuan
from niangjia.ledger import actions as ledger
from niangjia.ledger.rules import FundKind
from niangjia.people import queries as people
from niangjia.visits.rules import Ask, AskKind, Whom

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication
    from niangjia.campaigns.models import Campaign

TOWN, DISTRICT = "330803110", "330803"
BEGAN, LASTS = timedelta(days=28), timedelta(days=25)
VISITED, NOT_YET = 9, 2
GRANT = Yuan.of(1_500)
ACTING = {
    "town": "twn", "mate": "twn2", "county": "cty", "accountant": "acc2", "second": "acc3",
    "cashier": "csh2", "auditor": "aud",
}  # fmt: skip
MONEY = {
    "month": "1800.00",
    "home": {"income_year": "21600.00", "expense_medical": "9000.00", "asset_flags": [NO_FLAGS]},
    "school": {"stage": "undergraduate", "school": "浙江某学院", "tuition": "6000.00"},
}


def help_families(*, on: Ground) -> None:
    """The district's autumn campaign runs; what came of each family is for every role to see."""
    began = on.today - BEGAN
    with clock.fixed(began):
        stage = _stage(on)
        campaign = _campaign(stage, on)
    families = relief.families(how_many=VISITED + NOT_YET + 2, seed=SEED, begin=7_000)
    _report(stage, campaign, families, began)
    for place, one in enumerate(families[:VISITED], 1):
        _visit(stage, campaign, one, place, began + timedelta(days=1 + place % 4))
    rows = list(cases.applications_for(actor=stage["town"]).filter(campaign=campaign).order_by("pk"))
    _carry_on(stage, rows, families, began + timedelta(days=6))
    _own(stage, on)


def _stage(on: Ground) -> Stage:
    """The officers of the town and the district, acting in their posts; the district's book and funds."""
    stage = Stage(on)
    for name, login in ACTING.items():
        user = accounts.user_by_username(username=login)
        unit = next(row.unit for row in (*LOG_INS, *BESIDE) if row.name == login)
        posts = accounts.posts_in_scope(scope=on.by.scope_for("accounts.read"), user=user)
        post = posts.filter(unit_id=on.units[unit]).order_by("pk").first()
        if post is None:
            raise LookupError(login)
        stage.people[name] = accounts.actor_for(post=post, day=on.today)
    since = date(clock.today().year, 1, 1)
    relief.open_purse(
        stage=stage, unit=DISTRICT, fund="困难职工帮扶资金", received=Yuan.of(200_000), since=since
    )
    warmth = ledger.FundDraft("S01", "送温暖资金", FundKind.WARMTH, purpose="节日慰问、大病慰问")
    if stage.book is not None:
        ledger.open_fund(book_id=stage.book.pk, draft=warmth, since=since, by=SYSTEM, at=clock.now())
    return stage


def _campaign(stage: Stage, on: Ground) -> "Campaign":
    today = clock.today()
    draft = campaigns.CampaignDraft(
        CampaignKind.AUTUMN, today.year, f"{today.year} 年金秋助学", today, on.today + LASTS,
        "每户两名干部上门，当面核实，当场代办申请。",
    )  # fmt: skip
    row = campaigns.arrange_campaign(
        unit_id=on.units[DISTRICT], draft=draft, by=stage["county"], at=clock.now()
    )
    return campaigns.begin_campaign(
        campaign_id=row.pk, version=row.version, by=stage["county"], at=clock.now()
    )


def _report(stage: Stage, campaign: "Campaign", families: list[FamilySketch], began: date) -> None:
    """Everybody is on the list; one declined, one was never at home, the last ones are to be visited."""
    town, at = stage["town"], clock.at_noon(began)
    outcomes = (
        (Outcome.DECLINED, "家里已有亲友资助，谢绝走访"),
        (Outcome.UNREACHABLE, "三次上门无人，电话停机"),
    )
    for place, one in enumerate(families[VISITED:]):
        lead = Lead(one.name, one.place, "孩子考上大学")
        row = campaigns.report_target(
            campaign_id=campaign.pk, unit_id=stage.ground.units[TOWN], lead=lead, by=town, at=at
        )
        if place < len(outcomes):
            outcome, why = outcomes[place]
            later = clock.at_noon(began + timedelta(days=9))
            campaigns.settle_target(
                target_id=row.pk, outcome=outcome, why=why, version=None, by=town, at=later
            )


def _visit(stage: Stage, campaign: "Campaign", one: FamilySketch, place: int, on: date) -> None:
    at = clock.at_noon(on)
    whom = Whom(campaign_id=campaign.pk, unit_id=stage.ground.units[TOWN])
    draft = relief.at_the_door(
        family=one, whom=whom, by=(stage["town"], stage["mate"]), at=at, money=MONEY,
        asks=(Ask(AskKind.STUDY, "n2", "学费凑不齐"),),
    )  # fmt: skip
    with clock.fixed(at):
        relief.arrive(draft=draft, key=relief.key_of("demo", place), by=stage["town"], at=at)


def _carry_on(stage: Stage, rows: list["AidApplication"], families: list[FamilySketch], on: date) -> None:
    """Two wait for the review, one is reviewed, two hang on the board, the others go on to the account."""
    _to_review, reviewed, posted, granted = rows[:2], rows[2:3], rows[3:5], rows[5:]
    with clock.fixed(on):
        for row in granted:
            relief.keep_account(
                stage=stage,
                person_id=row.payee_id,
                name=families[rows.index(row)].name,
                serial=700 + rows.index(row),
            )
            aid.review_application(application_id=row.pk, version=None, by=stage["mate"], at=clock.now())
    ends_on, *_ = relief.post(stage=stage, rows=granted, name="金秋助学公示（第一批）", on=on)
    with clock.fixed(ends_on):
        fund = stage.fund.pk if stage.fund else 0
        aid.approve_all(
            application_ids=[row.pk for row in granted], fund_id=fund, by=stage["county"], at=clock.now()
        )
    relief.pay(stage=stage, rows=granted[1:], on=ends_on, bounced=1)
    done = granted[-1]
    with clock.fixed(ends_on + timedelta(days=1)):
        aid.confirm_receipt(
            application_id=done.pk, version=None, how="本人签字单", by=stage["town"], at=clock.now()
        )
        aid.close_application(application_id=done.pk, version=None, by=stage["mate"], at=clock.now())
    with clock.fixed(stage.ground.today):
        for row in (*reviewed, *posted):
            aid.review_application(application_id=row.pk, version=None, by=stage["mate"], at=clock.now())
        aid.open_round(
            application_ids=[row.pk for row in posted], name="金秋助学公示（第二批）",
            starts_on=clock.today(), by=stage["mate"], at=clock.now(),
        )  # fmt: skip


def _own(stage: Stage, on: Ground) -> None:
    """The member behind the log-in has a household, and an application that was returned to him."""
    with clock.fixed(on.today - timedelta(days=3)):
        at, town = clock.now(), stage["town"]
        person = people.records(person_ids=[on.people["mem"]]).get()
        home = open_household(
            keeper_id=on.units[TOWN], head=MemberDraft("self", person_id=person.pk), by=town, at=at
        )
        row = aid.draft_application(
            household_id=home.pk, draft=Draft(AidKind.TEMPORARY, clock.today().year, asked=GRANT,
            words="老人住院，一时周转不开。"), unit_id=on.units[TOWN], by=town, at=at,
        )  # fmt: skip
        row = aid.submit_application(application_id=row.pk, version=None, by=town, at=at)
        aid.send_back_application(
            application_id=row.pk, version=row.version, reason="请补填家庭收入和住院自付费用。",
            by=stage["mate"], at=at,
        )  # fmt: skip
