import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from niangjia.joining import actions, queries
from niangjia.joining.models import JoinQr, MembershipApplication
from niangjia.joining.rules import KIND, Channel
from niangjia.kernel.access import EVERYWHERE, PUBLIC, SYSTEM, Role
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused
from niangjia.kernel.scoping import enter_scope
from niangjia.members import queries as members
from niangjia.members.models import Membership
from niangjia.papers import actions as papers
from niangjia.people.models import Person
from niangjia.tasks.models import Task
from niangjia.transfers.models import Transfer
from niangjia.welcome.actions import issue_application
from tests.conftest import AT, TODAY
from tests.joining.applying import applied, code_for, draft_of
from tests.members.people import member, worker
from tests.network.acting import officer


def picture():
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(out, "PNG")
    return SimpleUploadedFile("申请书.png", out.getvalue(), "image/png")


def step(verb, row, *, by=SYSTEM, **more):
    row.refresh_from_db()
    return verb(application_id=row.pk, version=row.version, by=by, at=AT, **more)


def chair_of(union, **more):
    return officer(Role.PRI, union, **more)


def test_an_application_lies_sealed_on_the_unions_desk_with_its_deadline(land):
    row, receipt = applied(land["left_single"])
    assert (row.state, row.channel, row.sex, row.born.year) == ("submitted", "web", "male", 1985)
    assert b"990101" not in bytes(row.id_sealed)
    assert row.id_tail == queries.paper_of(application=row).number[-4:]
    task = Task.objects.get(about_kind=KIND, about_id=row.pk)
    assert (task.unit_id, task.word, task.due_workdays) == (land["left_single"].pk, "joining.decide", 5)
    assert "安平" not in str(task.said)
    assert queries.application_by_receipt(receipt=receipt.lower()).pk == row.pk
    with pytest.raises(NotVisible):
        queries.application_by_receipt(receipt="22222-22222-22222-22222")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"consent": 0}, "勾选同意"),
        ({"mobile": "123"}, "手机号码"),
        ({"employer_told": ""}, "工作单位"),
        ({"name": ""}, "姓名"),
    ],
)
def test_what_is_missing_is_said(land, told, words):
    with pytest.raises(BadInput, match=words):
        applied(land["left_single"], **told)


def test_approval_registers_the_person_admits_him_and_clears_the_numbers(land):
    row, _ = applied(land["left_single"])
    done = step(actions.approve_application, row, by=chair_of(land["left_single"]))
    membership = Membership.objects.get(pk=done.membership_id)
    assert (membership.union_id, membership.counts, membership.has_id, membership.has_mobile) == (
        land["left_single"].pk, True, True, True,
    )  # fmt: skip
    assert (done.state, done.outcome, done.id_sealed, done.mobile_sealed) == (
        "approved",
        "joined",
        None,
        None,
    )
    assert bytes(done.id_blind) == b""
    assert not Task.objects.filter(about_id=row.pk, state="open").exists()
    assert members.member_counts(unit_id=land["left_town"].pk, day=TODAY).members == 1


def test_a_known_person_is_found_by_his_number_and_not_registered_twice(land):
    person = worker(land["right_single"], name="安平", place=1)
    row, _ = applied(land["left_single"], place=1)
    done = step(actions.approve_application, row, by=chair_of(land["left_single"]))
    assert done.person_id == person.pk
    assert Person.objects.count() == 1


def test_a_known_number_under_another_name_is_looked_at_by_people(land):
    worker(land["right_single"], name="白露", place=1)
    row, _ = applied(land["left_single"], place=1, name="安平")
    with pytest.raises(Refused, match="另一个姓名"):
        step(actions.approve_application, row)
    row.refresh_from_db()
    assert row.state == "submitted"


def test_a_strangers_form_learns_nothing_of_a_known_number(land):
    member(land["right_single"], name="安平", place=1)
    known, _ = applied(land["left_single"], place=1)
    fresh, _ = applied(land["left_single"], place=2)
    same = ("state", "channel", "union_id", "person_id", "answer", "version")
    assert [getattr(known, one) for one in same] == [getattr(fresh, one) for one in same]


def test_who_is_a_member_elsewhere_is_seen_by_the_officer_and_led_to_transfer_or_affiliation(land):
    member(land["right_single"], name="安平", place=1)
    row, _ = applied(land["left_single"], place=1)
    by = chair_of(land["left_single"])
    match = queries.match_of(application=row, actor=by, today=TODAY)
    assert (match.is_member, match.visible) == (True, False)
    page = queries.application_page(application=row, actor=by, today=TODAY)
    roads = {act.href.rsplit("/", 2)[1] for act in page.actions}
    assert {"affiliate", "hand-over"} <= roads
    assert "approve" not in roads
    with pytest.raises(Refused, match="只有一个计数的会籍"):
        step(actions.approve_application, row, by=by)
    done = step(actions.affiliate_application, row, by=by)
    assert done.outcome == "affiliated"
    counts = members.member_counts(unit_id=land["province"].pk, day=TODAY)
    assert (counts.members, counts.affiliated) == (1, 1)


def test_a_member_elsewhere_is_handed_over_to_a_transfer(land):
    member(land["right_single"], name="安平", place=1)
    row, _ = applied(land["left_single"], place=1)
    assert step(actions.hand_over_application, row).state == "to_transfer"
    transfer = Transfer.objects.get()
    assert (transfer.from_union_id, transfer.to_union_id) == (land["right_single"].pk, land["left_single"].pk)
    other, _ = applied(land["left_single"], place=2)
    with pytest.raises(Refused, match="不用转会"):
        step(actions.hand_over_application, other)


def test_returned_answered_and_approved(land):
    row, receipt = applied(land["left_single"])
    step(actions.return_application, row, reason="请写全单位名称")
    assert not Task.objects.filter(about_id=row.pk, state="open").exists()
    actions.answer_return(receipt=receipt, words="东磁公司三车间", mobile="13957419999", by=PUBLIC, at=AT)
    row.refresh_from_db()
    assert (row.state, row.words, row.mobile_tail, row.answer) == ("submitted", "东磁公司三车间", "9999", "")
    assert Task.objects.filter(about_id=row.pk, state="open").count() == 1
    assert step(actions.approve_application, row).state == "approved"


def test_a_refusal_goes_to_the_union_above_which_gives_it_back(land):
    row, receipt = applied(land["left_single"])
    step(actions.reject_application, row, reason="不是本单位职工")
    actions.appeal_application(receipt=receipt, words="我在东磁上班三年", by=PUBLIC, at=AT)
    task = Task.objects.get(about_id=row.pk, state="open")
    assert (task.unit_id, task.word) == (land["left_fed"].pk, "joining.appeal")
    fed = officer(Role.FED, land["left_fed"])
    step(actions.overturn_application, row, by=fed, reason="有劳动合同")
    row.refresh_from_db()
    assert row.state == "routed"
    assert Task.objects.get(about_id=row.pk, state="open").unit_id == land["left_single"].pk


def test_a_refusal_that_is_upheld_is_the_end(land):
    row, receipt = applied(land["left_single"])
    step(actions.reject_application, row, reason="不是本单位职工")
    actions.appeal_application(receipt=receipt, words="请再看看", by=PUBLIC, at=AT)
    assert step(actions.uphold_application, row, reason="核实过了").state == "upheld"
    with pytest.raises(Refused):
        actions.appeal_application(receipt=receipt, words="再来", by=PUBLIC, at=AT)


def test_an_application_is_sent_on_to_the_union_where_the_worker_belongs(land):
    row, receipt = applied(land["left_town"])
    town = officer(Role.TWN, land["left_town"])
    step(actions.route_application, row, by=town, to_id=land["right_single"].pk, reason="在右岸上班")
    row.refresh_from_db()
    assert (row.union_id, row.path, row.state) == (
        land["right_single"].pk,
        land["right_single"].path,
        "routed",
    )
    assert Task.objects.get(about_id=row.pk, state="open").unit_id == land["right_single"].pk
    told = [str(one.note) for one in queries.events_of(application=row)]
    assert any("在右岸上班" in one for one in told)
    with pytest.raises(NotVisible):
        step(actions.approve_application, row, by=town)
    assert receipt


def test_the_applicant_withdraws(land):
    row, receipt = applied(land["left_single"])
    actions.withdraw_application(receipt=receipt, by=PUBLIC, at=AT)
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert not Task.objects.filter(about_id=row.pk, state="open").exists()
    with pytest.raises(Refused):
        step(actions.approve_application, row)


def test_nobody_approves_his_own_application(land):
    person = worker(land["left_single"], name="安平", place=1)
    row, _ = applied(land["left_single"], place=1)
    by = chair_of(land["left_single"])
    object.__setattr__(by, "person_id", person.pk)
    with pytest.raises(NotAllowed, match="本人的申请"):
        step(actions.approve_application, row, by=by)


def test_a_stale_step_is_told_and_nothing_is_done_twice(land):
    row, _ = applied(land["left_single"])
    actions.approve_application(application_id=row.pk, version=1, by=SYSTEM, at=AT)
    with pytest.raises(Refused):
        actions.approve_application(application_id=row.pk, version=1, by=SYSTEM, at=AT)
    assert Membership.objects.count() == 1


def test_a_code_counts_its_uses_and_is_over_after_the_last(land):
    code = code_for(land["left_fed"], max_uses=1)
    token = queries.token_of(code=code)
    row, _ = actions.submit_application(draft=draft_of(1), token=token, by=PUBLIC, at=AT)
    assert (row.union_id, row.channel, row.qr_id) == (land["left_fed"].pk, "qr", code.pk)
    assert JoinQr.objects.get(pk=code.pk).uses == 1
    with pytest.raises(Refused, match="不能用了"):
        actions.submit_application(draft=draft_of(2), token=token, by=PUBLIC, at=AT)


def test_a_code_that_is_changed_or_revoked_opens_nothing(land):
    code = code_for(land["left_fed"])
    token = queries.token_of(code=code)
    JoinQr.objects.filter(pk=code.pk).update(max_uses=5000)
    with pytest.raises(NotVisible):
        queries.scanned(token=token, day=TODAY)
    code.refresh_from_db()
    actions.revoke_code(code_id=code.pk, reason="海报丢了", by=SYSTEM, at=AT)
    assert queries.scanned(token=queries.token_of(code=code), day=TODAY).state == "revoked"


def test_a_code_for_a_union_without_members_of_its_own_is_refused(land):
    with pytest.raises(Refused, match="请另选工会"):
        code_for(land["left_county"])


def test_an_affiliated_union_under_the_code_may_be_named_but_none_elsewhere(land):
    token = queries.token_of(code=code_for(land["left_fed"]))
    inside, _ = actions.submit_application(
        draft=draft_of(1), token=token, unit_id=land["left_single"].pk, by=PUBLIC, at=AT
    )
    outside, _ = actions.submit_application(
        draft=draft_of(2), token=token, unit_id=land["right_single"].pk, by=PUBLIC, at=AT
    )
    assert (inside.union_id, outside.union_id) == (land["left_single"].pk, land["left_fed"].pk)


def test_door_and_paper_give_the_same_record_and_paper_needs_its_scan(land):
    by = chair_of(land["left_single"])
    rows = [
        actions.enter_application(
            unit_id=land["left_single"].pk, channel=channel, draft=draft_of(place), by=by, at=AT
        )[0]
        for place, channel in ((1, Channel.DOOR), (2, Channel.PAPER))
    ]
    web, _ = applied(land["left_single"], place=3)
    apart = {
        "id",
        "receipt",
        "channel",
        "id_sealed",
        "id_blind",
        "id_tail",
        "mobile_sealed",
        "mobile_tail",
        "entered_by",
    }
    columns = [f.attname for f in MembershipApplication._meta.concrete_fields if f.attname not in apart]
    for row in rows:
        assert [getattr(row, one) for one in columns if one != "sex"] == [
            getattr(web, one) for one in columns if one != "sex"
        ]
    assert step(actions.approve_application, rows[0], by=by).state == "approved"
    with pytest.raises(Refused, match="扫描件"):
        step(actions.approve_application, rows[1], by=by)
    about = {"about_kind": KIND, "about_id": rows[1].pk, "unit_id": land["left_single"].pk}
    papers.attach(file=picture(), kind="signed", **about, by=by, at=AT)
    assert step(actions.approve_application, rows[1], by=by).state == "approved"


def test_who_is_logged_in_need_not_tell_who_he_is(land):
    person = worker(land["left_single"], name="安平", place=1)
    by = officer(Role.WRK, land["left_single"])
    object.__setattr__(by, "person_id", person.pk)
    draft = actions.ApplicationDraft(form="driver", consent=1)
    enter_scope(EVERYWHERE)
    row, _ = actions.submit_application(draft=draft, unit_id=land["left_fed"].pk, by=by, at=AT)
    assert (row.person_id, row.name, row.id_sealed) == (person.pk, "安平", None)
    assert step(actions.approve_application, row).person_id == person.pk


def test_a_union_out_of_reach_decides_nothing(land):
    row, _ = applied(land["left_single"])
    for by in (chair_of(land["right_single"]), officer(Role.CTY, land["left_county"])):
        with pytest.raises((NotVisible, NotAllowed)):
            step(actions.approve_application, row, by=by)


def test_the_paper_of_an_approved_application_is_issued(land):
    row, _ = applied(land["left_single"])
    with pytest.raises(Refused, match="批准以后"):
        issue_application(application_id=row.pk, by=SYSTEM, at=AT)
    step(actions.approve_application, row)
    paper = issue_application(application_id=row.pk, by=chair_of(land["left_single"]), at=AT)
    assert paper.title == "入会申请书"
    assert paper.person_id
