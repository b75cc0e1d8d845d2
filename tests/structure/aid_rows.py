"""Aid in the two cities: an application with its round at each firm, and one in each state for the roads."""

from datetime import date
from uuid import uuid4

from django.db.models import F
from tests.conftest import AT, TODAY
from tests.households.worlds import FACTS, MEMBER_FACTS
from tests.members.people import number_of
from tests.papers.hostile import picture
from tests.payments.worlds import card
from tests.structure import payments_rows

from niangjia.aid.models import AidApplication, Round
from niangjia.households import actions as households
from niangjia.households.actions import MemberDraft
from niangjia.households.models import Household
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.sealing import seal
from niangjia.ledger.models import Fund
from niangjia.notices.models import PublicNotice
from niangjia.payments.models import PaymentOrder
from niangjia.people.models import Consent
from niangjia.visits.models import HomeVisit, Visitor

TABLE, FEN = "aid_aidapplication", 60_000
NAMES = "甲乙丙丁戊己庚辛壬癸"
WAY = ("submitted", "visited", "reviewed", "noticed", "approved", "paying", "paid", "confirmed")
WORDS = {
    "new-aid-application": {"household": "1", "kind": "temporary"},
    "edit-aid-application": {"kind": "temporary", "words": "家里失火。", "asked": "600"},
    "decide-aid": {"step": "send_back", "reason": "请补材料"},
    "approve-aid": {"amount": "600"},
    "decide-aid-appeal": {"uphold": "yes"},
    "aid-batch-round": {"name": "暗甲子批次"},
    "ask-aid-kind": {"kind": "temporary"},
    "ask-aid-school": {"stage": "undergraduate", "tuition": "6000"},
    "ask-aid-words": {"asked": "600"},
    "ask-aid-files": {"file": ("单据.png", picture("PNG"), "image/png")},
    "ask-aid-account": {"number": card(71), "bank": "农业银行"},
}
"""What the forms of aid are told where every road is tried once (test_once_everywhere.py)."""
SPARE = {
    "edit-aid-application": ("draft_aid",),
    "submit-aid": ("draft_aid",),
    "withdraw-aid": ("submitted_aid",),
    "unlink-aid": ("linked_aid",),
    "decide-aid": ("submitted_aid",),
    "approve-aid": ("noticed_aid",),
    "take-out-aid": ("noticed_aid",),
    "revoke-aid": ("approved_aid",),
    "order-aid": ("approved_aid",),
    "confirm-aid": ("paid_aid",),
    "close-aid": ("confirmed_aid",),
    "decide-aid-appeal": ("appealed_aid",),
    "print-aid-approval": ("approved_aid",),
    "print-study-form": ("study_aid",),
    "print-aid-leaflet": ("approved_aid",),
    "print-aid-roster": ("clear_round",),
    "confirm-my-aid": ("my_paid_aid",),
    "appeal-my-aid": ("my_refused_aid",),
    "unlink-my-aid": ("my_linked_aid",),
    "withdraw-my-aid": ("my_draft_aid",),
    "ask-aid-kind": ("my_draft_aid",),
    "ask-aid-home": ("my_draft_aid",),
    "ask-aid-child": ("my_study_aid",),
    "ask-aid-school": ("my_study_aid",),
    "ask-aid-words": ("my_draft_aid",),
    "ask-aid-files": ("my_draft_aid",),
    "ask-aid-account": ("my_draft_aid",),
    "ask-aid-check": ("my_draft_aid",),
}
"""At which of the spare applications a road is tried."""
AS = {name: "round_id" if name.endswith("_round") else "aid_id" for names in SPARE.values() for name in names}
EXEMPT = {
    "begin-aid": "the acting person is not the head of his household; tests/casework begins the same twice",
    "add-my-kin": "the acting person is not the head of his household",
    "ask-aid-consent": "consents stand already; a consent given again is the one that stands (tests/people)",
    "take-off-aid-file": "needs a file that the person hung on it",
    "my-aid-file": "gives a file out and changes nothing",
}


def lay(world, mark, union, person):
    """What the person asked for, its words sealed and marked; a round of the union."""
    home = Household.objects.get(members__person=person, members__until=None)
    made = Round.objects.create(unit=union.unit, name=f"{mark}批次", made_at=AT)
    row = _begun(union, home, person, kind="study", student=person, stage="senior")
    words = seal(f"{mark}难处", table=TABLE, person_id=person.pk, field="words")
    told = {"school": f"{mark}学校", "admission_no": mark.encode().hex(), "other_aid": f"{mark}资助"}
    AidApplication.objects.filter(pk=row.pk).update(words=words, **told)
    _step(row, "submitted", submitted_at=AT)
    world.add("aid_id", row.pk, union.path, told["school"], owner=person.pk)
    world.add("round_id", made.pk, union.path, made.name)


def _begun(union, home, payee, *, kind="temporary", **more):
    """An application of the firm's union."""
    return AidApplication.objects.create(
        kind=kind, unit=union.unit, household=home, payee=payee, year=2018, asked_fen=FEN,
        created_at=AT, **more,
    )  # fmt: skip


def _step(row, state, **columns):
    AidApplication.objects.filter(pk=row.pk).update(state=state, version=F("version") + 1, **columns)
    row.refresh_from_db()
    return row


def _home(union, place):
    """A household told completely, its head with a card and an account."""
    head = MemberDraft("self", f"欧阳{NAMES[place % len(NAMES)]}困", number_of(place))
    head = MemberDraft("self", f"暗甲子困难{chr(0x4E00 + place)}", number_of(place))
    row = households.open_household(keeper_id=union.pk, head=head, by=SYSTEM, at=AT)
    changes, _ = households.changes_of(told=FACTS, bases={})
    member = row.members.get().pk
    more, _ = households.changes_of(told=MEMBER_FACTS, bases={}, member=member)
    households.amend(household_id=row.pk, changes=[*changes, *more], by=SYSTEM, at=AT)
    return row


def _visited(union, home):
    visit = HomeVisit.objects.create(
        key=uuid4(), body_sha256="0" * 64, household=home, unit=union.unit, person=home.head, visited_at=AT,
        received_at=AT, result="confirmed", family_signed_at=AT, family_name="本人",
    )  # fmt: skip
    for user in (5_000_002, 5_000_003):
        Visitor.objects.create(visit=visit, user_id=user, name=f"干部{user}", signed_at=AT)


def _round(union, name):
    """A round whose notice has run without objection."""
    made = Round.objects.create(unit=union.unit, name=name, made_at=AT)
    PublicNotice.objects.create(
        unit=union.unit, token=name[:12], kind="aid", title=name, place="board", columns=[["name", "姓名"]],
        rows=[["王某"]], k=5, workdays=5, starts_on=date(2018, 8, 1), ends_on=date(2018, 8, 8), opened_at=AT,
        state="closed_clear", closed_on=date(2018, 8, 8), about_kind="aid.round", about_id=made.pk,
    )  # fmt: skip
    return made


def _as_far_as(row, state, made, fund):
    """The application goes its way as far as a state, as the database lets it."""
    columns = {
        "submitted": {"submitted_at": AT},
        "reviewed": {"reviewed_by": 5_004},
        "noticed": {"round": made},
        "approved": {"amount_fen": FEN, "fund_id": fund.pk, "decided_by": 5_005, "decided_at": AT},
        "paid": {"paid_on": TODAY},
        "confirmed": {"confirmed_at": AT, "confirmed_how": "签字单"},
    }
    for one in WAY[: WAY.index(state) + 1]:
        if one == "paid":
            _pay(row, fund)
        _step(row, one, **columns.get(one, {}))
    return row


def _pay(row, fund):
    account = payments_rows._account(row.payee)
    order = PaymentOrder.objects.create(
        unit_id=fund.book.unit_id, fund=fund, payee=row.payee, account=account, amount_fen=FEN,
        expense_code="50301", purpose="救助款", about_kind="aid.application", about_id=row.pk,
        maker=payments_rows.MAKER, made_at=AT, method="bank",
    )  # fmt: skip
    payments_rows._paid(order, fund.book)


def spare(world):
    """An application at each state, of families told completely; and the acting person's own."""
    union, county = world.seats["single"], world.seats["county"]
    fund = Fund.objects.filter(book__unit=county.unit).first()
    made = _round(union, "暗甲子已公示")
    rows = {}
    for place, state in enumerate(WAY, 601):
        home = _home(union, place)
        _visited(union, home)
        payments_rows._account(home.head)
        rows[f"{state}_aid"] = _as_far_as(_begun(union, home, home.head), state, made, fund)
    home = _home(union, 620)
    rows["draft_aid"] = _begun(union, home, home.head)
    rows["study_aid"] = _begun(union, home, home.head, kind="study", student=home.head, stage="senior")
    rows["appealed_aid"] = _appealed(_begun(union, home, home.head))
    rows["linked_aid"] = _linked(_begun(union, home, home.head), rows["study_aid"])
    found = {name: row.pk for name, row in rows.items()}
    return {**found, **_mine(world, union, made, fund, rows["study_aid"]), "clear_round": made.pk}


def _appealed(row):
    _step(row, "submitted", submitted_at=AT)
    _step(row, "refused", reason="收入超过标准", closed_at=AT)
    return _step(row, "appealed", appeal="收入算错了")


def _linked(row, first):
    return _step(row, "linked", linked_to=first)


def _mine(world, union, made, fund, first):
    """What the acting person asked for himself: not handed in, refused, linked, paid."""
    person_id = world.things["person_id"][0][0]
    home = Household.objects.get(members__person=person_id, members__until=None)
    for purpose in ("finance", "health"):
        Consent.objects.get_or_create(
            person_id=person_id, purpose=purpose, withdrawn_at=None,
            defaults={"text_version": 1, "how": "self", "given_at": AT.replace(year=2017)},
        )  # fmt: skip
    person = AidApplication.objects.get(pk=world.things["aid_id"][0][0]).payee
    own = {name: _begun(union, home, person) for name in ("draft", "refused", "linked", "paid")}
    _visited(union, home)
    _step(own["refused"], "submitted", submitted_at=AT)
    _step(own["refused"], "refused", reason="收入超过标准", closed_at=AT)
    _linked(own["linked"], first)
    _as_far_as(own["paid"], "paid", made, fund)
    own["study"] = AidApplication.objects.create(
        kind="study", unit=union.unit, household=home, payee=person, year=2018, created_at=AT
    )
    return {f"my_{name}_aid": row.pk for name, row in own.items()}
