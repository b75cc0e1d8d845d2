"""Sympathy of the two cities: a visit and a batch at each union, and spare ones in every state."""

from django.db.models import F
from tests.conftest import AT, TODAY
from tests.structure import payments_rows

from niangjia.accounts.models import User
from niangjia.handouts.models import HandoutBatch, HandoutRow
from niangjia.ledger.models import Fund
from niangjia.members.models import Membership
from niangjia.people.models import Person
from niangjia.sympathy.models import GoodsVoucher, SympathyVisit, Visitor

DRAWN = "data:image/png;base64,iVBORw0KGgo="
MAKER, OTHER = 5_000_001, 5_000_002
WORDS = {
    "report-visit": {"who": "暗甲子待慰问", "occasion": "marriage", "since": "2018-08-17"},
    "take-sympathy-receipt": {"signature": DRAWN},
    "new-handout": {"kind": "holiday", "goods": "月饼", "age_from": "", "age_to": "", "bought": ""},
    "edit-handout": {"goods": "月饼", "bought": ""},
    "add-to-handout": {"who": "暗甲子待慰问"},
    "handout-row": {"signature": DRAWN},
    "close-handout": {"bought": "0", "left": "0"},
}
"""What the forms of sympathy are told where every road is tried once (test_once_everywhere.py)."""
SPARE = {
    "plan-sympathy": ("reported_visit",),
    "record-sympathy": ("reported_visit",),
    "cancel-sympathy": ("reported_visit",),
    "take-sympathy-receipt": ("unsigned_visit",),
    "take-back-sympathy": ("unsigned_visit",),
    "sympathy-paper": ("unsigned_visit",),
    "my-sympathy-one": ("own_visit",),
    "pay-sympathy": ("signed_visit",),
    "sympathy-goods": ("signed_visit",),
    "check-sympathy-goods": ("proposed_visit",),
    "refuse-sympathy-goods": ("proposed_visit",),
    "edit-handout": ("draft_batch",),
    "add-to-handout": ("draft_batch",),
    "draw-handout": ("draft_batch",),
    "submit-handout": ("draft_batch",),
    "cancel-handout": ("draft_batch",),
    "drop-from-handout": ("draft_batch", "draft_row"),
    "approve-handout": ("submitted_batch",),
    "send-back-handout": ("submitted_batch",),
    "count-handout": ("counted_batch",),
    "handout-row": ("approved_batch", "open_row"),
    "note-handout-row": ("approved_batch", "open_row"),
    "miss-handout-row": ("approved_batch", "open_row"),
    "open-handout-row": ("approved_batch", "missed_row"),
    "handout-paper": ("approved_batch",),
    "pay-handout": ("approved_batch",),
    "book-handout-row": ("check_batch", "check_row"),
    "attend-handout-row": ("check_batch", "check_row"),
    "close-handout": ("told_batch",),
    "reopen-handout": ("closed_batch",),
    "handout-goods": ("closed_batch",),
    "check-handout-goods": ("proposed_batch",),
    "refuse-handout-goods": ("proposed_batch",),
}
"""At which of the spare visits and batches a road is tried."""
ARGUMENTS = {"visit": "sympathy_id", "batch": "handout_id", "row": "handout_row_id"}
AS = {name: ARGUMENTS[name.rpartition("_")[2]] for names in SPARE.values() for name in names}
EXEMPT = {
    "hand-to-card": "needs a member's own signed card; tests/handouts hands out to one card once",
    "my-handout": "needs the key of the poster at the site; tests/comfort confirms there once",
}


def lay(world, mark, union, person):
    """A visit with everything that may hang on it, a batch with its row; every name bears the mark."""
    visit = _reported(union, person, f"{mark}慰问人", occasion="hospital")
    Visitor.objects.create(visit=visit, person=person, name=f"{mark}同去人")
    batch = _batch(union, f"{mark}发放批次")
    row = HandoutRow.objects.create(batch=batch, person=person, name=f"{mark}领取人", union=union.unit)
    fund = world.things["fund_id"][-1][0]
    _voucher(union, ("sympathy.visit", visit.pk), fund, 100)
    world.add("sympathy_id", visit.pk, union.path, visit.name)
    world.add("handout_id", batch.pk, union.path, batch.name)
    world.add("handout_row_id", row.pk, union.path, row.name)


def _reported(union, person, name, occasion="birth"):
    return SympathyVisit.objects.create(
        occasion=occasion, person=person, name=name, unit=union.unit, since=TODAY, reported_at=AT
    )


def _voucher(union, about, fund, fen):
    return GoodsVoucher.objects.create(
        about_kind=about[0], about_id=about[1], unit=union.unit, fund_id=fund, on=TODAY, amount_fen=fen,
        words="慰问品", made_by=MAKER, made_at=AT,
    )  # fmt: skip


def _made(union, person, name, *, receipt="", **sums):
    """A visit that was made, by somebody in whom nobody acts."""
    row = _reported(union, person, name)
    Visitor.objects.create(visit=row, user_id=MAKER, name="同去人")
    told = {"receipt": receipt, "received_at": AT} if receipt else {}
    SympathyVisit.objects.filter(pk=row.pk).update(
        state="done", visited_on=TODAY, recorded_by=MAKER, recorded_at=AT, recipient=person, **sums, **told
    )
    return row


def _batch(union, name, *, kind="holiday", **more):
    told = {"goods": "月饼", "each_fen": 5_000} if kind == "holiday" else {}
    return HandoutBatch.objects.create(
        kind=kind, name=name, unit=union.unit, on=TODAY, made_by=MAKER, made_at=AT, **told | more
    )


def _row(batch, person):
    return HandoutRow.objects.create(batch=batch, person=person, name=person.name, union_id=batch.unit_id)


def _on(batch, *states, **columns):
    """The batch goes on, step by step; approved by another."""
    for state in states:
        more = {"approved_by": OTHER, "approved_at": AT} if state == "approved" else {}
        rows = HandoutBatch.objects.filter(pk=batch.pk)
        rows.update(state=state, version=F("version") + 1, **more, **columns if state == states[-1] else {})
    return batch


def spare(world):
    """By state a visit or a batch at which a road may be tried once; nobody acting is in any of them."""
    union, county = world.seats["single"], world.seats["county"]
    User.objects.create(pk=MAKER, username="sympathy-maker", name="拟定人", created_at=AT)
    people = [_person(union, f"暗甲子备{n}") for n in range(6)]
    waiting = _person(union, "暗甲子待慰问")
    Membership.objects.create(person=waiting, union=union, since=TODAY, joined_on=TODAY, begun="joined")
    payments_rows._account(people[2])
    own = Person.objects.get(pk=world.things["person_id"][0][0])
    gift = {"gift": "水果", "gift_fen": 9_900}
    fund = _fund_of(county)
    visits = {
        "reported_visit": _reported(union, people[0], "暗甲子备0"),
        "unsigned_visit": _made(union, people[1], "暗甲子备1", gift="水果", gift_fen=9_900),
        "signed_visit": _made(union, people[2], "暗甲子备2", receipt="signed", amount_fen=60_000, **gift),
        "own_visit": _made(union, own, "暗甲子本人", gift="贺卡"),
        "proposed_visit": _made(union, people[3], "暗甲子备3", receipt="signed", **gift),
    }
    _voucher(county, ("sympathy.visit", visits["proposed_visit"].pk), fund, 9_900)
    return {name: row.pk for name, row in (visits | _batches(union, county, fund, people)).items()}


def _fund_of(county):
    return Fund.objects.filter(book__unit_id=county.pk).latest("pk").pk


def _person(union, name):
    return Person.objects.create(name=name, name_key=name, sex="female", keeper=union.unit, created_at=AT)


def _batches(union, county, fund, people):
    draft, handed = _batch(union, "暗甲子拟定批"), _batch(union, "暗甲子待批")
    approved = _batch(union, "暗甲子发放批", amount_fen=20_000)
    counted = _batch(union, "暗甲子人次批", kind="heat", counted=True, goods="绿豆汤", each_fen=500)
    check, told = (
        _batch(union, "暗甲子体检批", kind="women_check"),
        _batch(union, "暗甲子说完批", goods="贺卡", each_fen=0),
    )
    closed, proposed = _batch(union, "暗甲子发完批"), _batch(union, "暗甲子制单批")
    rows = {
        "draft_row": _row(draft, people[0]), "open_row": _row(approved, people[2]),
        "missed_row": _row(approved, people[1]), "check_row": _row(check, people[0]),
    }  # fmt: skip
    for batch in (handed, told, closed, proposed):
        _row(batch, people[4])
    _on(handed, "submitted")
    for batch in (approved, counted, check, told, closed, proposed):
        _on(batch, "submitted", "approved")
    missed = {"outcome": "missed", "outcome_at": AT, "reason": "已离职"}
    HandoutRow.objects.filter(pk=rows["missed_row"].pk).update(**missed)
    HandoutRow.objects.filter(batch__in=[told, closed, proposed]).update(**missed)
    HandoutBatch.objects.filter(pk=told.pk).update(bought=0)
    for batch in (closed, proposed):
        _on(batch, "closed", bought=2, left=2, closed_at=AT)
    _voucher(county, ("handouts.batch", proposed.pk), fund, 10_000)
    return {
        **rows, "draft_batch": draft, "submitted_batch": handed, "approved_batch": approved,
        "counted_batch": counted, "check_batch": check, "told_batch": told, "closed_batch": closed,
        "proposed_batch": proposed,
    }  # fmt: skip
