"""B6 Dazhou, a year of relief: 34 grants, one transfer bounced, 17 households of study aid (S-DZ-08, 09)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from niangjia.aid import actions as aid
from niangjia.aid import queries as cases
from niangjia.aid.actions import Draft
from niangjia.aid.rules import AidKind
from niangjia.campaigns.rules import CampaignKind
from niangjia.demo.actions import relief
from niangjia.demo.actions.relief import FamilySketch, Stage
from niangjia.demo.stories import recount
from niangjia.demo.stories.reading import Figure, Reading
from niangjia.kernel import clock
from niangjia.kernel.counting import Style, wording
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.ledger import queries as ledger
from niangjia.payments import actions as payments
from niangjia.payments import queries as orders
from niangjia.visits.rules import Ask, AskKind, Whom

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication
    from niangjia.campaigns.models import Campaign

MONEY = {"month": "2000.00", "home": {"income_year": "24000.00", "expense_medical": "10000.00"}}
SCHOOL = {"stage": "undergraduate", "school": "浙江某学院", "tuition": "6000.00"}
A_ROUND = 10
"""So many applications are posted together in a story."""


def play(facts: dict[str, Any]) -> Reading:
    """The town visits, the county approves, the bank returns one; then the auditor reads the year back."""
    stage = relief.set_up(facts=facts)
    told, study = facts["relief"], facts["study"]
    first, last = told["first_on"], date(told["first_on"].year, 12, 10)
    warmth = relief.run_campaign(
        stage=stage, kind=CampaignKind.WARMTH, name=told["name"], opens_on=first, closes_on=last
    )
    batch = _relieve(stage, warmth, facts)
    autumn = relief.run_campaign(
        stage=stage,
        kind=CampaignKind.AUTUMN,
        name=study["name"],
        opens_on=study["opens_on"],
        closes_on=study["closes_on"],
    )
    _ask_for_study(stage, autumn, facts)
    return {**_read(stage, warmth, autumn, facts), **_read_money(stage, batch, facts)}


def _visited(
    stage: Stage, campaign: "Campaign", one: FamilySketch, place: int, on: date, kind: AskKind
) -> None:
    """Two officers of the town at one door, and what the family asks for there."""
    at = clock.at_noon(on)
    money: dict[str, Any] = {**MONEY, "school": SCHOOL}
    ref = "n2" if kind is AskKind.STUDY else "n1"
    whom = Whom(campaign_id=campaign.pk, unit_id=stage.ground.units["town"])
    draft = relief.at_the_door(
        family=one,
        whom=whom,
        by=(stage["town"], stage["mate"]),
        at=at,
        money=money,
        asks=(Ask(kind, ref, "家里有困难"),),
    )
    with clock.fixed(at):
        relief.arrive(draft=draft, key=relief.key_of("B6", campaign.pk, place), by=stage["town"], at=at)


def _relieve(stage: Stage, campaign: "Campaign", facts: dict[str, Any]) -> Any:
    """Every grant from the door to the account; returns the batch in which some bounced."""
    told = facts["relief"]
    families = relief.families(how_many=told["grants"], seed=facts["seed"], children=False)
    for place, one in enumerate(families, 1):
        _visited(stage, campaign, one, place, told["first_on"], AskKind.TEMPORARY)
    rows = list(cases.applications_for(actor=stage["town"]).filter(campaign=campaign).order_by("pk"))
    day, batch = told["first_on"] + timedelta(days=1), None
    with clock.fixed(day):
        for place, (row, one) in enumerate(zip(rows, families, strict=True), 1):
            _ready(stage, row, one, place, Yuan.of(told["amount"]))
    for begin in range(0, len(rows), A_ROUND):
        part = rows[begin : begin + A_ROUND]
        ends_on, *_ = relief.post(stage=stage, rows=part, name=f"{campaign.name}公示", on=day)
        with clock.fixed(ends_on):
            fund = stage.fund.pk if stage.fund else 0
            aid.approve_all(
                application_ids=[row.pk for row in part], fund_id=fund, by=stage["county"], at=clock.now()
            )
        bounced = told["bounced"] if batch is None else 0
        sent = relief.pay(stage=stage, rows=part, on=ends_on, bounced=bounced)
        if bounced:
            batch = sent
            _put_right(stage, sent, families, ends_on)
        for row in part:
            with clock.fixed(ends_on):
                aid.confirm_receipt(
                    application_id=row.pk, version=None, how="签字单", by=stage["town"], at=clock.now()
                )
    return batch


def _ready(stage: Stage, row: "AidApplication", one: FamilySketch, place: int, amount: Yuan) -> None:
    """The sum is written in, the account shown, the application submitted and reviewed by another hand."""
    relief.keep_account(stage=stage, person_id=row.payee_id, name=one.name, serial=place)
    draft = Draft(AidKind.TEMPORARY, row.created_at.year, asked=amount, words="家里有困难")
    row = aid.edit_application(
        application_id=row.pk, version=row.version, draft=draft, by=stage["town"], at=clock.now()
    )
    aid.submit_application(application_id=row.pk, version=row.version, by=stage["town"], at=clock.now())
    aid.review_application(application_id=row.pk, version=None, by=stage["mate"], at=clock.now())


def _put_right(stage: Stage, batch: Any, families: list[FamilySketch], on: date) -> None:
    """What the bank returned goes to the right account: another card, checked and sent again."""
    with clock.fixed(on):
        at = clock.now()
        with beyond():
            back = [one.order for one in orders.transfers_of(batch=batch) if one.outcome == "failed"]
            held = [orders.account_in_use(person_id=order.payee_id) for order in back]
        for place, (order, old) in enumerate(zip(back, held, strict=True), 1):
            if old is not None:
                payments.end_account(account_id=old.pk, reason="户名不符", by=stage["town"], at=at)
            relief.keep_account(
                stage=stage, person_id=order.payee_id, name=families[place - 1].name, serial=900 + place
            )
            payments.correct_order(order_id=order.pk, by=stage["accountant"], at=at)
        numbers = [order.pk for order in back]
        payments.check_orders(order_ids=numbers, by=stage["second"], at=at)
        relief.answer(stage=stage, batch=payments.send_batch(order_ids=numbers, by=stage["cashier"], at=at))


def _ask_for_study(stage: Stage, campaign: "Campaign", facts: dict[str, Any]) -> None:
    told = facts["study"]
    for place, one in enumerate(
        relief.families(how_many=told["households"], seed=facts["seed"], begin=2_000), 1
    ):
        day = told["opens_on"] + timedelta(days=place % 10)
        _visited(stage, campaign, one, place, day, AskKind.STUDY)


def _read(stage: Stage, warmth: "Campaign", autumn: "Campaign", facts: dict[str, Any]) -> Reading:
    rows = cases.applications_for(actor=stage["town"])
    year = rows.filter(campaign=warmth)
    told = cases.granted(rows=year)
    count, fen = recount.orders_paid()
    study = cases.households_asking(rows=rows.filter(campaign=autumn))
    return {
        "B6.grants": Figure(told.grants, wording(told.grants, "笔", Style.EXACT), (count,)),
        "B6.sum": Figure(str(told.total), wording(told.total), (str(Yuan(fen)),)),
        "B6.households": Figure(study, wording(study, "户", Style.EXACT)),
    }


def _read_money(stage: Stage, batch: Any, facts: dict[str, Any]) -> Reading:
    """The auditor reads: the bounced one once, the bank's balance, a voucher for every movement."""
    if stage.book is None or batch is None:
        return {}
    auditor = stage["auditor"]
    with beyond():
        attempts = [one for one in orders.transfers_of(batch=batch) if one.outcome == "failed"]
        again = {one.order_id for one in attempts}
    paid = orders.orders_in_scope(scope=auditor.scope_for("payments.read")).filter(pk__in=again, state="paid")
    balance = recount.bank_account(book=stage.book.pk, code=relief.BANK_ACCOUNT)
    count, fen = recount.orders_paid()
    statement = Yuan.of(facts["money"]["received"]).fen - fen
    vouchers = ledger.entries_in_scope(scope=auditor.scope_for("ledger.read")).count()
    return {
        "B6.bounced": Figure(paid.count(), recounts=(len(attempts),)),
        "B6.bank": Figure(str(Yuan(balance)), recounts=(str(Yuan(statement)),)),
        "B6.vouchers": Figure(vouchers, recounts=(count + 1,)),
    }
