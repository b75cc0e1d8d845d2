"""A notice in the database: arranged, hung, objected to, answered, gone."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, PUBLIC, PUBLIC_ROWS, SYSTEM, Role
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused, StepRefused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.money import Yuan
from niangjia.kernel.scoping import enter_scope
from niangjia.network.models import Organisation
from niangjia.notices import actions, queries
from niangjia.notices.jobs import turn_the_day
from niangjia.notices.models import Objection, PublicNotice
from niangjia.notices.rules import GENERAL, Outcome, State
from tests.conftest import AT, TODAY

ROWS = (
    {"name": "王建国", "place": "下应街道总工会", "matter": "助学", "amount": Yuan.of("3200.00")},
    {"name": "张秀英", "place": "下应街道总工会", "matter": "慰问", "amount": Yuan.of("800.00")},
)
ABOUT = {"about_kind": "aid.application", "about_id": 7}


def hang(ningbo, by=SYSTEM, rows=ROWS, starts_on=TODAY, **more):
    return actions.open_notice(
        kind=GENERAL, title="金秋助学拟帮扶名单公示", rows=rows, unit_id=ningbo.town.pk, starts_on=starts_on,
        by=by, at=AT, **more,
    )  # fmt: skip


def turn(day):
    return actions.turn_the_day(today=day, at=AT)


def object_to(row, day=TODAY, words="第 1 行有房有车"):
    return actions.object_to(token=row.token, words=words, signed="", today=day, by=PUBLIC, at=AT)


@pytest.fixture
def hung(ningbo, roll, officer):
    row = hang(ningbo, by=officer, **ABOUT)
    turn(TODAY)
    row.refresh_from_db()
    return row


def test_a_notice_runs_five_working_days_and_ends_by_itself(ningbo, hung):
    assert (hung.state, hung.workdays, hung.ends_on) == (State.OPEN, 5, date(2018, 8, 25))
    assert turn(hung.ends_on - timedelta(1)) == 0
    assert turn(hung.ends_on) == 1
    hung.refresh_from_db()
    assert (hung.state, hung.closed_on) == (State.CLOSED_CLEAR, date(2018, 8, 25))
    assert turn(hung.ends_on) == 0, "to turn the day twice does no harm"


def test_a_make_up_saturday_counts_and_a_holiday_does_not(ningbo, roll):
    row = hang(ningbo, starts_on=date(2018, 9, 26))
    assert row.ends_on == date(2018, 9, 30) + timedelta(1), "29 and 30 September 2018 were worked"


def test_what_was_masked_is_nowhere_kept(ningbo, hung):
    stored = str(PublicNotice.objects.filter(pk=hung.pk).values().get())
    stored += str(list(JournalLine.objects.values()))
    for canary in ("王建国", "张秀英", "3200", "3,200", "800"):
        assert canary not in stored
    assert hung.rows[0][0] == "王某"
    assert hung.rows[1][:2] == ["某", ""], "there are but two Zhangs on the roll"


def test_the_database_itself_refuses_to_end_a_notice_early(ningbo, hung):
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicNotice.objects.filter(pk=hung.pk).update(state=State.CLOSED_CLEAR, closed_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicNotice.objects.filter(pk=hung.pk).update(state=State.RESOLVED)


def test_the_public_reads_it_only_while_it_hangs(ningbo, roll, officer):
    row = hang(ningbo, by=officer, starts_on=TODAY + timedelta(1))
    for day, seen in ((TODAY, 0), (TODAY + timedelta(1), 1), (row.ends_on, 0)):
        enter_scope(EVERYWHERE)
        turn(day)
        enter_scope(PUBLIC_ROWS)
        assert PublicNotice.objects.count() == (1 if row.starts_on <= day < row.ends_on else 0)
        assert queries.open_notices(day=day).count() == seen


def test_late_by_a_sleeping_job_it_is_gone_all_the_same(ningbo, hung):
    assert queries.open_notice_by_token(token=hung.token, day=hung.ends_on) is None


def test_a_notice_never_begins_in_the_past_nor_with_a_roll_too_small(ningbo, roll):
    with pytest.raises(BadInput, match="过去"):
        hang(ningbo, starts_on=TODAY - timedelta(1))
    with pytest.raises(Refused, match="名册里不到"):
        hang(ningbo, roll=[])


def test_only_a_post_of_the_union_arranges_its_notices(ningbo, roll, officer_of):
    other = officer_of(Organisation.objects.get(name="宁波市海曙区总工会"), Role.CTY)
    with pytest.raises(NotAllowed):
        hang(ningbo, by=other)
    with pytest.raises(NotAllowed):
        hang(ningbo, by=officer_of(ningbo.town, Role.AUD))


def test_an_objection_keeps_the_matter_waiting_until_another_answers_it(ningbo, hung, officer, officer_of):
    assert not queries.standing_of(**ABOUT).finished
    object_to(hung)
    turn(hung.ends_on)
    hung.refresh_from_db()
    assert hung.state == State.CLOSED_WITH_OBJECTION
    standing = queries.standing_of(**ABOUT)
    assert (standing.finished, standing.unanswered, standing.is_clear) == (False, 1, False)
    objection = Objection.objects.get()
    told = {
        "objection_id": objection.pk,
        "outcome": Outcome.DISMISSED,
        "answer": "已核实，不属实。",
        "at": AT,
    }
    with pytest.raises(NotAllowed, match="您安排的"):
        actions.answer_objection(by=officer, **told)
    other = officer_of(ningbo.county, Role.CTY, user_id=2)
    with pytest.raises(StepRefused, match="没有答复"):
        actions.resolve(notice_id=hung.pk, by=other, at=AT)
    actions.answer_objection(by=other, **told)
    with pytest.raises(NotAllowed, match="您安排的"):
        actions.resolve(notice_id=hung.pk, by=officer, at=AT)
    actions.resolve(notice_id=hung.pk, by=other, at=AT)
    assert queries.standing_of(**ABOUT).is_clear
    with pytest.raises(Refused, match="已经答复"):
        actions.answer_objection(by=other, **told)


def test_an_objection_that_is_upheld_never_lets_the_matter_pass(ningbo, hung, officer_of):
    object_to(hung)
    other = officer_of(ningbo.county, Role.CTY, user_id=2)
    actions.answer_objection(
        objection_id=Objection.objects.get().pk, outcome=Outcome.UPHELD, answer="属实。", by=other, at=AT
    )
    turn(hung.ends_on)
    actions.resolve(notice_id=hung.pk, by=other, at=AT)
    standing = queries.standing_of(**ABOUT)
    assert (standing.finished, standing.upheld, standing.is_clear) == (True, 1, False)


def test_a_notice_that_was_taken_down_never_counts(ningbo, hung, officer):
    with pytest.raises(StepRefused, match="撤下"):
        actions.withdraw(notice_id=hung.pk, reason=" ", by=officer, at=AT)
    actions.withdraw(notice_id=hung.pk, reason="名单有误", by=officer, at=AT)
    turn(hung.ends_on)
    assert queries.standing_of(**ABOUT) == queries.Standing()


def test_nobody_objects_to_a_notice_that_does_not_hang(ningbo, hung):
    with pytest.raises(Refused, match="不在张贴"):
        object_to(hung, day=hung.ends_on)
    unknown = "nothing"
    with pytest.raises(Refused, match="不在张贴"):
        actions.object_to(token=unknown, words="x", signed="", today=TODAY, by=PUBLIC, at=AT)


def test_only_who_holds_the_receipt_follows_the_objection(ningbo, hung):
    enter_scope(PUBLIC_ROWS)
    receipt = object_to(hung)
    assert not Objection.objects.exists(), "the public sees no objection"
    assert queries.followed(receipt=receipt.lower().replace("-", " ")).title == hung.title
    assert queries.followed(receipt="22222-22222-22222") is None
    enter_scope(EVERYWHERE)
    assert receipt not in str(list(Objection.objects.values()))


def test_the_job_turns_the_day(ningbo, roll):
    row = hang(ningbo)
    with clock.fixed(TODAY):
        assert turn_the_day(timestamp=0) == 1
    row.refresh_from_db()
    assert row.state == State.OPEN


def test_the_public_page_shows_the_masked_rows_and_nothing_that_leads_to_a_person(client, ningbo, hung, roll):
    page = client.get(reverse("notice", args=[hung.token]))
    text = page.content.decode()
    assert "noindex" in page["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in text
    assert "王某" in text
    for canary in ("王建国", "张秀英", "3200", *(person.name for person in roll)):
        assert canary not in text
    assert f"/{hung.pk}/" not in text, "no number of ours stands in the public page"
    listed = client.get(reverse("notices")).content.decode()
    assert hung.title in listed


def test_after_its_days_the_page_says_calmly_that_it_has_ended_and_later_leads_nowhere(client, ningbo, hung):
    turn(hung.ends_on)
    here = reverse("notice", args=[hung.token])
    with clock.fixed(hung.ends_on):
        page = client.get(here)
    assert page.status_code == 410
    assert "公示已结束" in page.content.decode()
    assert "王某" not in page.content.decode()
    with clock.fixed(hung.ends_on + timedelta(31)):
        assert client.get(here).status_code == 404
    assert client.get(reverse("notice", args=["nothing"])).status_code == 404


def test_anybody_objects_on_the_page_and_reads_the_answer_by_the_code(client, ningbo, hung, officer_of):
    page = client.post(reverse("object-to-notice", args=[hung.token]), {"words": "名单不实", "signed": ""})
    assert page.status_code == 200
    enter_scope(EVERYWHERE)
    row = Objection.objects.get()
    other = officer_of(ningbo.county, Role.CTY, user_id=2)
    actions.answer_objection(
        objection_id=row.pk, outcome=Outcome.DISMISSED, answer="已经核实。", by=other, at=AT
    )
    text = page.content.decode()
    receipt = text.split('break-all">')[1].split("<")[0].strip()
    answer = client.post(reverse("follow-objection"), {"receipt": receipt}).content.decode()
    assert "已经核实。" in answer
    assert "名单不实" not in client.get(reverse("notice", args=[hung.token])).content.decode()


def test_objections_from_one_visitor_are_few_an_hour(client, ningbo, hung, settings):
    settings.NIANGJIA_LIMITS = True
    here = reverse("object-to-notice", args=[hung.token])
    told = [client.post(here, {"words": f"第 {n} 条"}).status_code for n in range(7)]
    assert told[0] == 200
    assert told[-1] == 429


def test_the_office_arranges_a_notice_by_form_and_sees_it_masked(client, ningbo, roll, officer, acts):
    acts(officer)
    body = {
        "title": "金秋助学公示", "starts_on": "2018-08-21", "place": "both", "board": "一楼大厅",
        "rows": "王建国，下应街道总工会，助学，3200.00\n\n李秀英,下应街道总工会,慰问,800",
    }  # fmt: skip
    response = client.post(reverse("open-notice"), body)
    assert response.status_code == 302, response.content.decode()[:3000]
    page = client.get(response["Location"]).content.decode()
    assert "王某" in page
    assert "王建国" not in page
    sheet = client.get(response["Location"] + "print/").content.decode()
    assert "王某" in sheet
    bad = client.post(reverse("open-notice"), body | {"rows": "王建国,大洲,助学,三千"})
    assert "第 1 行的金额" in bad.content.decode()


def test_the_objection_form_answers_every_page_of_the_office(client, ningbo, hung, officer, officer_of, acts):
    object_to(hung)
    turn(hung.ends_on)
    enter_scope(EVERYWHERE)
    row = Objection.objects.get()
    acts(officer)
    assert "您安排的" in client.get(reverse("notice-office", args=[hung.pk])).content.decode()
    acts(officer_of(ningbo.county, Role.CTY, user_id=2))
    assert client.get(reverse("notices-office") + "?waiting=yes").status_code == 200
    client.post(reverse("answer-objection", args=[row.pk]), {"outcome": "dismissed", "answer": "不属实。"})
    client.post(reverse("resolve-notice", args=[hung.pk]), {"once": "a-key-of-this-form"})
    enter_scope(EVERYWHERE)
    hung.refresh_from_db()
    assert hung.state == State.RESOLVED
    acts(officer_of(Organisation.objects.get(name="宁波市海曙区总工会"), Role.CTY, user_id=3))
    for name in ("notice-office", "print-notice", "withdraw-notice", "resolve-notice"):
        assert client.get(reverse(name, args=[hung.pk])).status_code == 404, name
    with pytest.raises(NotVisible):
        queries.objection_in_scope(objection_id=row.pk, scope=PUBLIC_ROWS)
