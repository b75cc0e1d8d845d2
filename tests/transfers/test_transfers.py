import json
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from niangjia.kernel.access import SYSTEM, Actor, Reach, Role
from niangjia.kernel.errors import NotAllowed, NotVisible, Refused
from niangjia.kernel.workflow import paths
from niangjia.members import queries as members
from niangjia.members.models import Membership
from niangjia.restructuring.rules.parties import Kind, Plan
from niangjia.tasks.models import Task
from niangjia.transfers import actions
from niangjia.transfers.models import Transfer
from niangjia.transfers.rules import TRANSFER
from tests.conftest import AT, TODAY
from tests.members.people import member
from tests.network.acting import Desk, officer


@pytest.fixture
def moving(land):
    """A member on the left who goes to the joint union on the right, and the officers of both."""
    row = member(land["left_single"], name="高远")
    return row, officer(Role.PRI, land["left_single"]), officer(Role.PRI, land["right_joint"])


def asked(row, to, by, reason="换了工作单位"):
    return actions.ask_transfer(person_id=row.person_id, to_union_id=to.pk, reason=reason, by=by, at=AT)


def complaints(answer):
    page = BeautifulSoup(answer.content.decode(), "html.parser")
    return [part.get_text(" ", strip=True) for part in page.select("[data-error-summary]")]


def counted(unit, day=TODAY):
    return members.member_counts(unit_id=unit.pk, day=day).members


def test_every_transfer_ends_and_none_is_done_without_a_letter():
    assert TRANSFER.unreachable == TRANSFER.dead_ends == frozenset()
    for way in paths(TRANSFER, "done"):
        assert "introduce" in [step.name for step in way]


def test_the_old_union_introduces_and_the_new_one_accepts_on_the_same_day(land, moving):
    row, old, new = moving
    made = asked(row, land["right_joint"], old)
    assert (made.state, made.letter_no != "") == ("introduced", True)
    assert Task.objects.get(step="accept", state="open").unit_id == land["right_joint"].pk
    actions.accept_transfer(transfer_id=made.pk, version=made.version, done_on=TODAY, by=new, at=AT)
    stretches = Membership.objects.filter(person=row.person_id).order_by("since")
    assert [(one.union_id, one.since, one.until) for one in stretches] == [
        (land["left_single"].pk, date(2016, 1, 1), TODAY),
        (land["right_joint"].pk, TODAY, None),
    ]
    assert {one.joined_on for one in stretches} == {date(2016, 1, 1)}
    assert (counted(land["left_county"]), counted(land["right_county"]), counted(land["city"])) == (0, 1, 1)
    assert counted(land["left_county"], TODAY - timedelta(1)) == 1
    assert not Task.objects.filter(state="open").exists()


def test_what_the_new_union_asks_waits_for_the_letter_of_the_old_one(land, moving):
    row, old, new = moving
    made = asked(row, land["right_joint"], new)
    assert made.state == "asked"
    with pytest.raises(Refused, match="不能办"):
        actions.accept_transfer(transfer_id=made.pk, version=1, done_on=TODAY, by=new, at=AT)
    made = actions.introduce(transfer_id=made.pk, version=1, by=old, at=AT)
    assert made.state == "introduced"


def test_the_member_asks_and_takes_it_back(land, moving):
    row, *_ = moving
    me = Actor(
        name="高远", role=Role.MEM, user_id=9, person_id=row.person_id, words={"members.own": Reach.OWN}
    )
    made = asked(row, land["right_joint"], me)
    assert made.asked_by_member
    actions.withdraw_transfer(transfer_id=made.pk, version=made.version, by=me, at=AT)
    made.refresh_from_db()
    assert made.state == "withdrawn"
    assert counted(land["left_single"]) == 1


def test_a_stranger_neither_asks_nor_sees(land, moving):
    row, *_ = moving
    stranger = officer(Role.PRI, land["left_joint"])
    with pytest.raises(NotAllowed):
        asked(row, land["right_joint"], stranger)
    made = asked(row, land["right_joint"], moving[1])
    with pytest.raises(NotVisible):
        actions.accept_transfer(transfer_id=made.pk, version=2, done_on=TODAY, by=stranger, at=AT)


def test_one_transfer_at_a_time(land, moving):
    row, old, _ = moving
    asked(row, land["right_joint"], old)
    with pytest.raises(Refused, match="已有一件转会在办"):
        asked(row, land["left_joint"], old)


def test_declining_and_refusing_leave_the_member_where_he_is(land, moving):
    row, old, new = moving
    first = asked(row, land["right_joint"], new)
    actions.decline_transfer(transfer_id=first.pk, version=1, reason="劳动关系还在本厂", by=old, at=AT)
    second = asked(row, land["right_joint"], old)
    actions.refuse_transfer(transfer_id=second.pk, version=2, reason="不在本会范围", by=new, at=AT)
    assert set(Transfer.objects.values_list("state", flat=True)) == {"declined", "refused"}
    assert counted(land["left_single"]) == 1


def test_what_is_sent_back_is_introduced_again(land, moving):
    row, old, new = moving
    made = asked(row, land["right_joint"], old)
    made = actions.send_back_transfer(
        transfer_id=made.pk, version=made.version, reason="请补会费缴至何月", by=new, at=AT
    )
    assert (made.state, made.answer) == ("asked", "请补会费缴至何月")
    assert Task.objects.get(state="open").unit_id == land["left_single"].pk


def plan_of(source, heir, kind=Kind.MERGE):
    return Plan(1, kind, TODAY, (source.pk,), heir.pk, ends=(source.pk,))


@pytest.mark.parametrize(("ending", "side"), [("left_single", "from"), ("right_joint", "to")])
def test_an_open_transfer_goes_on_with_the_heir_of_the_side_that_ends(land, moving, ending, side):
    row, old, _ = moving
    made = asked(row, land["right_joint"], old)
    [task] = Task.objects.filter(state="open")
    before = [*Transfer.objects.values(), *Task.objects.filter(pk=task.pk).values()]
    plan = plan_of(land[ending], land["left_joint"])
    assert actions.TRANSFERS.check(plan=plan, today=TODAY) == []
    facts = actions.TRANSFERS.carry(plan=plan, by=SYSTEM, at=AT)
    now, heir = Transfer.objects.get(), land["left_joint"]
    assert (getattr(now, f"{side}_union_id"), getattr(now, f"{side}_name")) == (heir.pk, heir.name)
    assert getattr(now, "path" if side == "to" else "from_path") == heir.path
    task.refresh_from_db()
    assert task.unit_id == (heir.pk if side == "to" else land["right_joint"].pk)
    actions.TRANSFERS.undo(plan=plan, facts=json.loads(json.dumps(facts)), by=SYSTEM, at=AT)
    assert [*Transfer.objects.values(), *Task.objects.filter(pk=task.pk).values()] == before
    assert made.state == "introduced"


def test_the_undo_is_refused_once_a_carried_transfer_has_gone_on(land, moving):
    row, old, _ = moving
    asked(row, land["right_joint"], old)
    plan = plan_of(land["right_joint"], land["left_joint"])
    facts = actions.TRANSFERS.carry(plan=plan, by=SYSTEM, at=AT)
    now = Transfer.objects.get()
    actions.refuse_transfer(transfer_id=now.pk, version=now.version, reason="已满员", by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="又办过一步"):
        actions.TRANSFERS.undo(plan=plan, facts=facts, by=SYSTEM, at=AT)


@pytest.mark.parametrize(("heir", "words"), [("right_joint", "同一家工会"), ("left_county", "还没有办完")])
def test_what_cannot_go_along_is_finished_before_the_day(land, moving, heir, words):
    row, old, _ = moving
    made = asked(row, land["right_joint"], old)
    [found] = actions.TRANSFERS.check(plan=plan_of(land["left_single"], land[heir]), today=TODAY)
    assert (found.unit_id, found.road_args) == (land["right_joint"].pk, (made.pk,))
    assert words in str(found.words)


def test_both_sides_work_it_through_their_pages(land, client, acting):
    row = member(land["left_single"], name="高远")
    left = Desk(client, officer(Role.PRI, land["left_single"]))
    right = Desk(client, officer(Role.PRI, land["right_joint"]))
    form = left.get(f"/members/{row.pk}/transfer/")
    assert form.status_code == 200
    answer = left.post(f"/members/{row.pk}/transfer/", to_union="小散远", reason="换岗")
    assert answer.status_code == 422
    assert land["right_joint"].name in answer.content.decode()
    answer = left.post(f"/members/{row.pk}/transfer/", to_union=land["right_joint"].name, reason="换岗")
    assert answer.status_code == 302, complaints(answer)
    made = Transfer.objects.get()
    page = right.get(f"/members/transfers/{made.pk}/").content.decode()
    assert "接收会籍" in page
    assert "转会介绍信" in left.get(f"/members/transfers/{made.pk}/").content.decode()
    answer = right.post(f"/members/transfers/{made.pk}/accept/", version=made.version, done_on=str(TODAY))
    assert answer.status_code == 302, complaints(answer)
    assert counted(land["right_joint"]) == 1
    assert "已接转" in right.get("/members/transfers/?state=done").content.decode()
