"""Households and campaigns of the two cities: a family with what is told of it, a campaign and its target."""

import json
from datetime import date

from tests.conftest import AT, TODAY
from tests.members.people import number_of

from niangjia.campaigns.models import Campaign, Mention, Target
from niangjia.households.models import Fact, Household, HouseholdMember, Proposal
from niangjia.kernel.sealing import seal
from niangjia.people.models import Person

SINCE, LATE = date(2018, 1, 1), date(2099, 1, 1)
WORDS = {
    "open-household": {"name": "欧阳新户", "number": ""},
    "add-household-member": {"name": "欧阳小新", "number": "", "relation": "child"},
    "edit-household": {"residence": "湍口村 9 号"},
    "edit-household-member": {"income_month": "1500"},
    "prove-household-member": {"number": number_of(398)},
    "leave-household": {"on": TODAY.isoformat()},
    "my-household-consents": {"finance": "on"},
    "tell-my-household": {"residence": "湍口村 7 号"},
    "tell-my-member": {"identity": "employed"},
    "raise-lead": {"whose": "own"},
    "report-lead": {"name": "欧阳线索", "place": "湍口村", "union": ""},
    "arrange-campaign": {"closes_on": LATE.isoformat(), "name": "常态化帮扶"},
}
"""What the forms of households and campaigns are told where every road is tried once."""
SPARE = {
    "leave-household": ("leaving_home", "leaving_inmate"),
    "replace-household-head": ("leaving_home",),
    "tell-my-member": ("my_inmate",),
    "begin-campaign": ("draft_campaign",),
    "cancel-campaign": ("draft_campaign",),
    "close-campaign": ("done_campaign",),
    "reopen-campaign": ("closed_campaign",),
    "archive-campaign": ("closed_campaign",),
    "reopen-target": ("declined_target",),
}
"""At which of the spare households, campaigns and targets a road is tried."""
AS = {
    "leaving_home": "household_id",
    "leaving_inmate": "inmate_id",
    "my_inmate": "inmate_id",
    "declined_target": "target_id",
    **dict.fromkeys(("draft_campaign", "done_campaign", "closed_campaign"), "campaign_id"),
}
PLAIN = {"section_code": ["family"], "fact_key": ["residence"]}
"""Arguments that name a part of the catalogue."""
EXEMPT = {
    "plan-visits": "the visits to be ticked stand on its page; tests/outreach plans the same twice",
    "member-history": "tells what was said before and changes nothing",
}


def sealed(text, *, table, person):
    return seal(json.dumps(text, ensure_ascii=False), table=table, person_id=person.pk, field="value")


def lay(world, mark, union, person):
    """A family of the firm's union in which the person lives, and a campaign there that is to reach him."""
    head = _person(union, f"{mark}户主")
    home = _home(union, head)
    inmate = HouseholdMember.objects.create(household=home, person=person, relation="other", since=SINCE)
    values = {"residence": (None, head, f"{mark}住址"), "illness": (inmate, person, f"{mark}病情")}
    for key, (member, whose, text) in values.items():
        value = sealed(text, table="households_fact", person=whose)
        Fact.objects.create(
            household=home, member=member, person=whose, key=key, value=value, version=1, told_at=AT
        )
    value = sealed(f"{mark}另说", table="households_proposal", person=person)
    told = Proposal.objects.create(
        household=home, member=inmate, person=person, key="illness", value=value, base=0, proposed_at=AT
    )
    world.add("household_id", home.pk, union.path, f"{mark}住址")
    world.add("inmate_id", home.members.get(person=head).pk, union.path, head.name)
    world.add("proposal_id", told.pk, union.path, f"{mark}另说")
    _campaign(world, mark, union, person)


def _person(union, name):
    return Person.objects.create(name=name, name_key=name, sex="male", keeper=union.unit, created_at=AT)


def _home(union, head):
    home = Household.objects.create(head=head, keeper=union.unit, opened_at=AT)
    HouseholdMember.objects.create(household=home, person=head, relation="self", since=SINCE)
    return home


def _campaign(world, mark, union, person):
    row = campaign(union, "open", f"{mark}送温暖", kind="warmth")
    target = Target.objects.create(
        campaign=row, unit=union.unit, name=f"{mark}对象", place=f"{mark}住处", words=f"{mark}困难",
        person=person, reported_at=AT,
    )  # fmt: skip
    Mention.objects.create(target=target, roll="民政名册", mentioned_at=AT)
    world.add("campaign_id", row.pk, union.path, row.name)
    world.add("target_id", target.pk, union.path, target.name)


def campaign(union, state, name, kind="routine", year=2018):
    closed = AT if state == "closed" else None
    return Campaign.objects.create(
        kind=kind, year=year, name=name, unit=union.unit, opens_on=SINCE, closes_on=LATE, state=state,
        made_at=AT, closed_at=closed,
    )  # fmt: skip


def spare(world):
    """A family from which somebody may go, a campaign in each state, one who declined, the own stay."""
    union = world.seats["single"]
    home = _home(union, _person(union, "暗甲子离户主"))
    leaving = HouseholdMember.objects.create(
        household=home, person=_person(union, "暗甲子离户人"), relation="spouse", since=SINCE
    )
    mine = HouseholdMember.objects.get(person=world.things["person_id"][0][0], until=None)
    states = {"draft": 2019, "open": 2020, "closed": 2021}
    row = {state: campaign(union, state, f"暗甲子行动{year}", year=year) for state, year in states.items()}
    declined = Target.objects.create(
        campaign_id=world.things["campaign_id"][0][0], unit=union.unit, name="暗甲子谢绝", reported_at=AT,
        outcome="declined", outcome_at=AT, outcome_why="本人谢绝",
    )  # fmt: skip
    return {
        "leaving_home": home.pk,
        "leaving_inmate": leaving.pk,
        "my_inmate": mine.pk,
        "draft_campaign": row["draft"].pk,
        "done_campaign": row["open"].pk,
        "closed_campaign": row["closed"].pk,
        "declined_target": declined.pk,
    }
