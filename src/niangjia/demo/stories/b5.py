"""B5 Lin'an study aid: four families reported, four visited at the door, none left out (S-LA-01 to 11)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from niangjia.aid import actions as aid
from niangjia.aid import queries as cases
from niangjia.aid.actions import Draft
from niangjia.aid.rules import AidKind, State
from niangjia.campaigns import actions as campaigns
from niangjia.campaigns import queries as running
from niangjia.campaigns.actions import Lead
from niangjia.campaigns.rules import CampaignKind, Row
from niangjia.demo.actions import relief
from niangjia.demo.actions.relief import FamilySketch, Stage
from niangjia.demo.rules.sketch import OrganisationSketch
from niangjia.demo.stories import recount
from niangjia.demo.stories.reading import Figure, Reading
from niangjia.households import actions as households
from niangjia.households import queries as homes
from niangjia.households.actions import MemberDraft
from niangjia.kernel import clock
from niangjia.kernel.access import Role
from niangjia.kernel.errors import Refused
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.ledger import queries as ledger
from niangjia.network.rules import OrgKind
from niangjia.payments import actions as payments
from niangjia.payments import queries as orders
from niangjia.people.rules import Paper
from niangjia.tree import queries as tree
from niangjia.visits.rules import Ask, AskKind, Whom

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication
    from niangjia.campaigns.models import Campaign, Target


def play(facts: dict[str, Any]) -> Reading:
    """Reported, visited without signal, filed at the door, posted, approved, paid, one given back."""
    other = facts["other_parent"]["town"]
    since = facts["place"]["since"]
    stage = relief.set_up(
        facts=facts, further=[OrganisationSketch("other", OrgKind.TOWN, other, since, "county")]
    )
    relief.enlist(stage=stage, name="elsewhere", role=Role.TWN, unit="other", since=since)
    told = facts["campaign"]
    campaign = relief.run_campaign(
        stage=stage,
        kind=CampaignKind.SPRING,
        name=told["name"],
        opens_on=told["opens_on"],
        closes_on=told["closes_on"],
    )
    families = relief.families(how_many=facts["families"]["reported"], seed=facts["seed"])
    targets = _report(stage, campaign, families, told["opens_on"])
    reading = dict(_visit(stage, campaign, families, targets, facts))
    reading |= _second_parent(stage, families, facts)
    reading |= _decide(stage, campaign, families, facts)
    return {**reading, **_board(stage, campaign)}


def _report(stage: Stage, campaign: "Campaign", families: list[FamilySketch], on: date) -> list["Target"]:
    with clock.fixed(on):
        return [
            campaigns.report_target(
                campaign_id=campaign.pk, unit_id=stage.ground.units["town"],
                lead=Lead(one.name, one.place, "孩子考上大学，学费有困难"), by=stage["town"], at=clock.now(),
            )
            for one in families
        ]  # fmt: skip


def _visit(
    stage: Stage, campaign: "Campaign", families: list[FamilySketch], targets: list["Target"],
    facts: dict[str, Any],
) -> Reading:  # fmt: skip
    """Door after door; everything reaches the server when there is signal again, one of them twice."""
    told, arrived, early = facts["families"], [], True
    town, mate = stage["town"], stage["mate"]
    for place, (one, target) in enumerate(zip(families, targets, strict=True), 1):
        day = told["first_visit_on"] + timedelta(days=told["days_between"] * (place - 1))
        typed = (
            replace(one, child_number=_wrong(one.child_number)) if place == told["wrong_digit_in"] else one
        )
        draft = relief.at_the_door(
            family=typed, whom=Whom(target_id=target.pk), by=(town, mate), at=clock.at_noon(day),
            money=_money(told), asks=(Ask(AskKind.STUDY, "n2", "学费交不起"),),
        )  # fmt: skip
        key, at = relief.key_of("B5", place), clock.at_noon(day + timedelta(days=1))
        with clock.fixed(at):
            if place == len(families):
                early = _is_closed_early(stage, campaign)
            arrived.append(relief.arrive(draft=draft, key=key, by=town, at=at))
            if place == told["lost_receipt_in"]:
                arrived.append(relief.arrive(draft=draft, key=key, by=town, at=at))
    visits = len({one.visit_id for one in arrived})
    asked = cases.applications_for(actor=town).filter(campaign=campaign)
    return {
        "B5.offline": Figure(visits, recounts=(recount.visits(),)),
        "B5.at_once": Figure(asked.count(), recounts=(visits,)),
        "B5.open_row": Figure(int(not early)),
    }


def _money(told: dict[str, Any]) -> dict[str, Any]:
    month = Yuan.of(told["income_year"]).fen // 12
    return {
        "month": str(Yuan(month)),
        "home": {"income_year": told["income_year"], "expense_medical": told["medical"]},
        "school": {"stage": told["stage"], "school": "浙江某学院", "tuition": told["tuition"]},
    }


def _wrong(number: str) -> str:
    """The number with its last digit mistyped."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def _is_closed_early(stage: Stage, campaign: "Campaign") -> bool:
    """Somebody tries to close the campaign while a family has no outcome (S-LA-11)."""
    by, now = stage["county"], running.campaign_for(campaign_id=campaign.pk, actor=stage["county"])
    try:
        campaigns.close_campaign(campaign_id=now.pk, version=now.version, by=by, at=clock.now())
    except Refused:
        return False
    return True


def _second_parent(stage: Stage, families: list[FamilySketch], facts: dict[str, Any]) -> Reading:
    """The student's other parent asks in another town: linked to the first case, nothing paid twice (D-1)."""
    one, elsewhere = families[facts["other_parent"]["of_family"] - 1], stage["elsewhere"]
    first = cases.applications_for(actor=stage["town"]).order_by("pk")[facts["other_parent"]["of_family"] - 1]
    parent = relief.families(how_many=1, seed=facts["seed"], begin=9_000, children=False)[0]
    at = clock.now()
    home = households.open_household(
        keeper_id=stage.ground.units["other"], head=MemberDraft("self", parent.name, parent.number),
        by=elsewhere, at=at,
    )  # fmt: skip
    draft = Draft(
        AidKind.STUDY, first.year, asked=Yuan(first.asked_fen or 0), student_id=first.student_id,
        stage=first.stage, school=first.school, admission_no=one.admission_no,
        tuition=Yuan(first.tuition_fen or 0),
    )  # fmt: skip
    row = aid.draft_application(
        household_id=home.pk, draft=draft, unit_id=stage.ground.units["other"], by=elsewhere, at=at
    )
    row = aid.submit_application(application_id=row.pk, version=None, by=elsewhere, at=at)
    points = row.state == State.LINKED and row.linked_to_id == first.pk and str(first.pk) in row.reason
    return {"B5.duplicate": Figure(int(points), listing=(row.reason,))}


def _decide(
    stage: Stage, campaign: "Campaign", families: list[FamilySketch], facts: dict[str, Any]
) -> Reading:
    """Reviewed by another hand, posted, approved by the county, paid, confirmed; one gives it back."""
    rows = list(cases.applications_for(actor=stage["town"]).filter(campaign=campaign).order_by("pk"))
    for place, row in enumerate(rows, 1):
        relief.keep_account(stage=stage, person_id=row.payee_id, name=families[place - 1].name, serial=place)
    digit = _wrong_digit(stage, rows, families, facts["families"]["wrong_digit_in"])
    for row in rows:
        aid.review_application(application_id=row.pk, version=None, by=stage["mate"], at=clock.now())
    ends_on, days, counted = relief.post(
        stage=stage, rows=rows, name=f"{campaign.name}公示", on=clock.today()
    )
    with clock.fixed(ends_on):
        fund = stage.fund.pk if stage.fund else 0
        numbers = [row.pk for row in rows]
        aid.approve_all(application_ids=numbers, fund_id=fund, by=stage["county"], at=clock.now())
    relief.pay(stage=stage, rows=rows, on=ends_on)
    with clock.fixed(ends_on):
        for row in rows:
            aid.confirm_receipt(
                application_id=row.pk, version=None, how="签字单", by=stage["town"], at=clock.now()
            )
        paid = cases.granted(rows=cases.applications_for(actor=stage["county"]))
        again = recount.households_paid()
        spent = ledger.fund_available(fund_id=fund)
        back = _give_back(stage, rows[facts["money"]["refund_of_family"] - 1])
    received = Yuan.of(facts["money"]["received"])
    return {
        **digit,
        "B5.notice": Figure(days, recounts=(counted,)),
        "B5.paid": Figure(paid.households, recounts=(again,)),
        "B5.booked": Figure(str(paid.total), recounts=(str(received - spent),)),
        **back,
    }


def _wrong_digit(
    stage: Stage, rows: list["AidApplication"], families: list[FamilySketch], place: int
) -> Reading:
    """The mistyped number stops the review; compared with the card and put right, it goes on (S-LA-11)."""
    row, stopped, at = rows[place - 1], 0, clock.now()
    try:
        aid.review_application(application_id=row.pk, version=None, by=stage["mate"], at=at)
    except Refused:
        stopped = 1
    with beyond():
        child = next(one for one in homes.members_of(household=row.household) if one.relation == "child")
    paper = Paper(IdKind.RESIDENT, families[place - 1].child_number)
    households.prove_member(
        household_id=row.household_id, member_id=child.number, paper=paper, by=stage["town"], at=at
    )
    return {"B5.wrong_digit": Figure(stopped)}


def _give_back(stage: Stage, row: "AidApplication") -> Reading:
    """The money of one comes back: a contra entry, the application refunded, the student may ask again."""
    on, at = clock.today(), clock.now()
    fund = stage.fund.pk if stage.fund else 0
    before = ledger.fund_available(fund_id=fund)
    with beyond():
        order = orders.order_of(
            about=("aid.application", row.pk), scope=stage["county"].scope_for("aid.read")
        )
    if order is None:
        return {}
    payments.ask_refund(order_id=order.pk, reason="未入学", by=stage["accountant"], at=at)
    payments.refund_order(order_id=order.pk, on=on, by=stage["cashier"], at=at)
    came_back = ledger.fund_available(fund_id=fund) - before
    row.refresh_from_db()
    done = int(row.state == State.REFUNDED and came_back == Yuan(row.amount_fen or 0))
    return {"B5.refund": Figure(done)}


def _board(stage: Stage, campaign: "Campaign") -> Reading:
    """What the county's officer reads on the board, and that the campaign can be closed now."""
    county = stage["county"]
    at = tree.public_unit(unit_id=stage.ground.units["county"])
    board = running.board_of(campaign=campaign, at=at, actor=county)
    row: Row = board.total
    now = running.campaign_for(campaign_id=campaign.pk, actor=county)
    closed = campaigns.close_campaign(campaign_id=now.pk, version=now.version, by=county, at=clock.now())
    lines = sum(one.row.targets for one in board.lines)
    return {
        "B5.reported": Figure(row.targets, recounts=(lines, recount.targets())),
        "B5.visited": Figure(row.visited, recounts=(recount.visited_households(),)),
        "B5.share": Figure(f"{row.percent_visited} %"),
        "B5.closed": Figure(int(closed.state == "closed")),
    }
