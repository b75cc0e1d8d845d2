"""Who takes part in the stories of aid, and what each of them does: all of it through the public actions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from niangjia.accounts import actions as accounts
from niangjia.accounts import queries as posts
from niangjia.aid import actions as aid
from niangjia.campaigns import actions as campaigns
from niangjia.campaigns.actions import CampaignDraft
from niangjia.campaigns.rules import CampaignKind
from niangjia.demo.actions.laying import Ground, lay
from niangjia.demo.rules import numbers
from niangjia.demo.rules.crowds import crowd
from niangjia.demo.rules.dice import Dice
from niangjia.demo.rules.sketch import OrganisationSketch, Sketch, general_unions
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Actor, Role
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.ledger import actions as ledger
from niangjia.ledger.actions import FundDraft
from niangjia.ledger.rules import EntryDraft, EntryKind, FundKind, PostingDraft
from niangjia.notices import actions as notices
from niangjia.notices import queries as notice_rows
from niangjia.payments import actions as payments
from niangjia.payments import queries as orders
from niangjia.payments.rules import AccountDraft, ResultRow
from niangjia.people import actions as people
from niangjia.visits import actions as visits
from niangjia.visits.rules import Dweller, Family, Result, Signature, Told, VisitDraft, Visitor, Whom

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication
    from niangjia.campaigns.models import Campaign
    from niangjia.ledger.models import Book, Fund
    from niangjia.payments.models import PaymentBatch

SPACE = UUID("6f1d7c1e-5b0a-4a53-8d8e-0d5a2b7c9e11")
FIRST, DAYS = date(2000, 1, 1), 365
"""Children of the stories are born in these days."""
NEIGHBOURS = 12
"""So many others stand in each town's register: among them a name on a notice is hidden."""
BANK_ACCOUNT, INCOME = "102", "404"
STAFF = (
    ("town", Role.TWN, "town"),
    ("mate", Role.TWN, "town"),
    ("county", Role.CTY, "county"),
    ("accountant", Role.ACC, "county"),
    ("second", Role.ACC, "county"),
    ("cashier", Role.CSH, "county"),
    ("auditor", Role.AUD, "county"),
)
HOME_FACTS = {
    "migrant": "0", "single_parent": "0", "zero_employment": "0", "self_help": "1", "housing_type": "own",
    "housing_area": "80", "expense_education": "0",
    "expense_disability_care": "0",
    "expense_employment_cost": "0", "expense_accident_loss": "0", "compensation": "0",
    "main_cause": "illness",
}  # fmt: skip
PARENT = {"identity": "employed", "health": "weak", "insurance": "employee"}
CHILD = {"identity": "student", "income_month": "0", "health": "good", "insurance": "resident"}


@dataclass(frozen=True, slots=True)
class FamilySketch:
    """An invented family: the worker, perhaps a child who was admitted to a school."""

    name: str
    number: str
    place: str
    child: str = ""
    child_number: str = ""
    admission_no: str = ""


@dataclass(slots=True)
class Stage:
    """Where a story of aid plays, and who acts in it."""

    ground: Ground
    people: dict[str, Actor] = field(default_factory=dict)
    book: "Book | None" = None
    fund: "Fund | None" = None

    def __getitem__(self, name: str) -> Actor:
        return self.people[name]


def set_up(*, facts: dict[str, Any], further: Sequence[OrganisationSketch] = ()) -> Stage:
    """The unions stand, officers have accounts and posts, the towns have neighbours, the county has money."""
    first = facts["place"]["since"]
    ground = Ground(today=clock.today(), at=clock.now(), by=SYSTEM)
    lay(sketch=Sketch(organisations=[*general_unions(facts["place"]), *further]), on=ground)
    stage = Stage(ground)
    for name, role, unit in STAFF:
        enlist(stage=stage, name=name, role=role, unit=unit, since=first)
    for key in ("town", *(one.key for one in further)):
        _neighbours(stage, key, facts["seed"])
    money = facts["money"]
    since, received = date(clock.today().year, 1, 1), Yuan.of(money["received"])
    open_purse(stage=stage, unit="county", fund=money["fund"], received=received, since=since)
    return stage


def enlist(*, stage: Stage, name: str, role: Role, unit: str, since: date) -> Actor:
    """Somebody has an account and a post, and acts in it from now on."""
    at = clock.now()
    user = accounts.open_account(
        username=f"story-{name}", name=names_of(name=name), password=f"story-{name}-{SPACE}", by=SYSTEM, at=at
    )
    post = accounts.grant_post(
        user=user, unit_id=stage.ground.units[unit], role=role, since=since, by=SYSTEM, at=at
    )
    stage.people[name] = posts.actor_for(post=post, day=clock.today())
    return stage.people[name]


def names_of(*, name: str) -> str:
    """An invented name for an officer of a story."""
    return f"{'陈李王赵孙钱周吴郑'[sum(map(ord, name)) % 9]}某"


def _neighbours(stage: Stage, unit: str, seed: int) -> None:
    begin = 5_000 + 100 * len(unit)
    for worker in crowd(how_many=NEIGHBOURS, dice=Dice(seed), begin=begin):
        draft = people.PersonDraft(name=worker.name)
        people.register_person(
            draft=draft, keeper_id=stage.ground.units[unit], today=clock.today(), by=SYSTEM, at=clock.now()
        )


def open_purse(*, stage: Stage, unit: str, fund: str, received: Yuan, since: date) -> None:
    """The union's book is opened, with a restricted fund and what was paid into it from above."""
    at, by = clock.now(), SYSTEM
    stage.book = ledger.open_book(unit_id=stage.ground.units[unit], opened_on=since, by=by, at=at)
    draft = FundDraft("B01", fund, FundKind.CENTRAL_FISCAL, purpose="帮扶困难职工家庭")
    stage.fund = ledger.open_fund(book_id=stage.book.pk, draft=draft, since=since, by=by, at=at)
    lines = (
        PostingDraft(BANK_ACCOUNT, "B01", received, "上级拨入"),
        PostingDraft(INCOME, "B01", -received),
    )
    day = since + timedelta(days=1)
    entry = EntryDraft(day, EntryKind.RECEIPT, f"收到{fund}", lines, key=f"received/{unit}/{since}")
    ledger.post_entry(book_id=stage.book.pk, draft=entry, checked_by=None, by=by, at=at)


def families(*, how_many: int, seed: int, begin: int = 0, children: bool = True) -> list[FamilySketch]:
    """So many invented families, each with a child born in 2000 who was admitted this year."""
    workers = list(crowd(how_many=2 * how_many, dice=Dice(seed), begin=begin))
    found = []
    for i in range(how_many):
        worker, other = workers[2 * i], workers[2 * i + 1]
        told = _child(worker.name, other.name, begin + i) if children else ("", "", "")
        found.append(FamilySketch(worker.name, worker.number, f"{i + 1} 组 {i + 1} 号", *told))
    return found


def _child(parent: str, other: str, n: int) -> tuple[str, str, str]:
    """A child's name, number and admission notice; each `n` its own."""
    serial, day = divmod(n, DAYS)
    number = numbers.resident_number(born=FIRST + timedelta(days=day), serial=serial, is_male=True)
    return f"{parent[0]}{other[1:]}", number, f"A2018{n:05d}"


def run_campaign(
    *, stage: Stage, kind: CampaignKind, name: str, opens_on: date, closes_on: date
) -> "Campaign":
    """The county arranges a campaign and begins it; everybody beneath takes part."""
    with clock.fixed(opens_on):
        by, at = stage["county"], clock.now()
        draft = CampaignDraft(kind, opens_on.year, name, opens_on, closes_on)
        row = campaigns.arrange_campaign(unit_id=stage.ground.units["county"], draft=draft, by=by, at=at)
        return campaigns.begin_campaign(campaign_id=row.pk, version=row.version, by=by, at=at)


def at_the_door(
    *, family: FamilySketch, whom: Whom, by: Sequence[Actor], at: datetime, money: dict[str, Any], **more: Any
) -> VisitDraft:
    """What two officers write down in the village, without signal: everything is told and signed there."""
    head = Dweller("n1", Told({**PARENT, "income_month": money["month"]}), family.name, "self", family.number)
    members: tuple[Dweller, ...] = ()
    if family.child:
        school = {**CHILD, **money["school"], "admission_no": family.admission_no}
        members = (Dweller("n2", Told(school), family.child, "child", family.child_number),)
    return VisitDraft(
        whom=whom,
        visited_at=at,
        result=Result.CONFIRMED,
        statement="上门核实，情况属实。",
        visitors=tuple(Visitor(one.user_id or 0, Signature(one.name, ticked=True)) for one in by),
        family=Family(Signature(family.name, ticked=True), "本人"),
        head=head,
        members=members,
        told=Told({**HOME_FACTS, "residence": family.place, **money["home"]}),
        **more,
    )


def key_of(*parts: object) -> UUID:
    """The number that the phone gives a visit when it is saved."""
    return uuid5(SPACE, "/".join(map(str, parts)))


def arrive(*, draft: VisitDraft, key: UUID, by: Actor, at: datetime) -> Any:
    """The visit reaches the server."""
    return visits.record_visit(draft=draft, key=key, by=by, at=at)


def keep_account(*, stage: Stage, person_id: int, name: str, serial: int) -> None:
    """The worker's own bank account, shown with his passbook at the town's office."""
    draft = AccountDraft(number=card(serial=serial), bank="农村商业银行", holder=name)
    payments.keep_account(person_id=person_id, draft=draft, by=stage["town"], at=clock.now())


def card(*, serial: int) -> str:
    """An invented bank card of nineteen digits that passes its check.

    >>> card(1)
    '6228480000000000018'
    """
    body = f"622848{serial:012d}"
    doubled = [2 * int(digit) if place % 2 == 0 else int(digit) for place, digit in enumerate(reversed(body))]
    return f"{body}{-sum(sum(divmod(one, 10)) for one in doubled) % 10}"


def post(*, stage: Stage, rows: Sequence["AidApplication"], name: str, on: date) -> tuple[date, int, int]:
    """The reviewed applications are posted together; returns the day on which the notice has run, the working
    days that it is to hang, and how many of the days were working days."""
    with clock.fixed(on):
        made = aid.open_round(
            application_ids=[row.pk for row in rows],
            name=name,
            starts_on=on,
            by=stage["mate"],
            at=clock.now(),
        )
    with beyond():
        standing = notice_rows.notices_in_scope(scope=EVERYWHERE)
        notice = standing.get(about_kind="aid.round", about_id=made.pk)
        calendar = notice_rows.calendar_at(unit_id=notice.unit_id, day=on)
        for day in (on, notice.ends_on):
            notices.turn_the_day(today=day, at=clock.at_noon(day))
    hung = (on + timedelta(days=n) for n in range((notice.ends_on - on).days))
    return notice.ends_on, notice.workdays, sum(map(calendar.is_workday, hung))


def pay(*, stage: Stage, rows: Sequence["AidApplication"], on: date, bounced: int = 0) -> "PaymentBatch":
    """Ordered, checked, sent; the bank returns the first `bounced` of them, the others arrive."""
    with clock.fixed(on):
        at = clock.now()
        made = aid.order_aid(application_ids=[row.pk for row in rows], by=stage["accountant"], at=at)
        numbers_ = [one.pk for one in made]
        payments.check_orders(order_ids=numbers_, by=stage["second"], at=at)
        batch = payments.send_batch(order_ids=numbers_, by=stage["cashier"], at=at)
        answer(stage=stage, batch=batch, bounced=bounced)
    return batch


def answer(*, stage: Stage, batch: "PaymentBatch", bounced: int = 0) -> None:
    """What the bank says of each line of a batch."""
    rows = [
        ResultRow(
            row=place, number=one.line or place, amount=Yuan(one.amount_fen), paid=place > bounced,
            reason="" if place > bounced else "账号与户名不符", tail=one.account.tail if one.account else "",
        )
        for place, one in enumerate(orders.transfers_of(batch=batch), 1)
    ]  # fmt: skip
    payments.read_results(batch_id=batch.pk, rows=rows, by=stage["cashier"], at=clock.now())
