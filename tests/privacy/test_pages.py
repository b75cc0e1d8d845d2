"""One's own record on a phone, the officer's answers, the alarms, the data map."""

import io
import zipfile

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, PUBLIC, Role
from niangjia.kernel.models import JournalLine
from niangjia.kernel.personal import annotated
from niangjia.kernel.scoping import enter_scope
from niangjia.people.models import Consent, IdentityDocument, Person, PersonRequest, RevealAlarm
from tests.conftest import AT, TODAY
from tests.people.conftest import MOBILE, NUMBER, counties, himself, officer, register

__all__ = ["counties"]
acting = [PUBLIC]


def actor_of(_request):
    return acting[0]


@pytest.fixture(autouse=True)
def port(settings):
    settings.NIANGJIA_ACTOR_LOADER = f"{__name__}.actor_of"
    with clock.fixed(TODAY):
        yield
    acting[0] = PUBLIC


@pytest.fixture
def person(counties):
    return register(counties[0])


def get(who, path, **more):
    acting[0] = who
    response = Client().get(path, **more)
    enter_scope(EVERYWHERE)
    return response


def post(who, path, **told):
    acting[0] = who
    response = Client().post(path, told)
    enter_scope(EVERYWHERE)
    return response


def test_my_record_shows_tails_and_who_looked_but_no_full_number(person, counties):
    row = IdentityDocument.objects.get(person=person)
    by = officer(counties[0])
    post(by, f"/people/{person.pk}/documents/{row.pk}/reveal/", purpose="verify", words="核对互助金收款人")
    page = get(himself(person), "/me/").content.decode()
    for words in ("李小梅", "尾号 0027", "东县总工会", "查看完整证件号码", "核对互助金收款人"):
        assert words in page
    assert NUMBER not in page
    assert MOBILE not in page


def test_an_account_without_a_record_is_told_so(counties):
    response = get(officer(counties[0]), "/me/")
    assert response.status_code == 404
    assert "还没有对应的人员资料" in response.content.decode()


def test_i_consent_and_withdraw_with_one_button_each(person):
    me = himself(person)
    assert "我同意" in get(me, "/me/consents/").content.decode()
    assert post(me, "/me/consents/publish_name/give/").status_code == 302
    assert Consent.objects.get().how == "self"
    assert "撤回同意" in get(me, "/me/consents/").content.decode()
    post(me, "/me/consents/publish_name/withdraw/")
    assert Consent.objects.get().withdrawn_at is not None
    assert post(me, "/me/consents/no-such/give/").status_code == 422


def test_my_copy_is_a_zip_that_only_i_get(person):
    response = post(himself(person), "/me/copy/")
    names = zipfile.ZipFile(io.BytesIO(response.content)).namelist()
    assert names == ["个人信息.json", "个人信息.html"]
    assert get(himself(person), "/me/copy/").status_code == 405


def test_my_request_goes_to_the_keeper_and_comes_back_with_an_answer(person, counties):
    me, by = himself(person), officer(counties[0])
    sent = post(me, "/me/requests/new/", kind="correct", about="name", wish="名字里的梅应为枚")
    assert sent.status_code == 302
    row = PersonRequest.objects.get()
    assert "待办理" in get(me, "/me/").content.decode()
    listed = get(by, "/people/requests/").content.decode()
    assert "李某" in listed
    assert "李小梅" not in listed
    assert "名字里的梅应为枚" in get(by, f"/people/requests/{row.pk}/").content.decode()
    assert get(officer(counties[1]), f"/people/requests/{row.pk}/").status_code == 404
    told = {"grant": "yes", "answer": "已更正，请核对。", "version": row.version}
    assert post(by, f"/people/requests/{row.pk}/", **told).status_code == 302
    assert "已更正，请核对。" in get(me, "/me/").content.decode()


def test_a_request_is_taken_back_by_its_maker_only(person, counties):
    post(himself(person), "/me/requests/new/", kind="erase", about="", wish="请删除我的资料")
    row = PersonRequest.objects.get()
    other = register(counties[0], number="990101199001010019", mobile="")
    assert post(himself(other), f"/me/requests/{row.pk}/take-back/").status_code == 404
    assert post(himself(person), f"/me/requests/{row.pk}/take-back/").status_code == 302
    assert PersonRequest.objects.get().state == "taken_back"


def test_an_officer_registers_a_signed_consent(person, counties):
    path = f"/people/{person.pk}/consents/"
    assert get(officer(counties[0]), path).status_code == 200
    assert post(officer(counties[0]), path, purpose="health", how="paper", guardian="").status_code == 302
    assert Consent.objects.get().purpose == "health"


def test_erasing_asks_once_more_and_then_the_person_is_gone(person, counties):
    path, by = f"/people/{person.pk}/erase/", officer(counties[0])
    assert "永久删除" in get(by, path).content.decode()
    assert post(by, path, reason="本人申请删除").status_code == 302
    assert Person.objects.get(pk=person.pk).name == ""
    assert get(himself(person), "/me/").status_code == 404


def test_the_security_officer_reviews_an_alarm(person, counties):
    alarm = RevealAlarm.objects.create(user_id=7, path=counties[0].path, at=AT, count=25, bound=20)
    by = officer(counties[0])
    assert "待核查" in get(by, "/people/alarms/").content.decode()
    assert post(by, f"/people/alarms/{alarm.pk}/", finding="集中核对换届名单").status_code == 302
    assert "集中核对换届名单" in get(by, "/people/alarms/").content.decode()
    assert JournalLine.objects.filter(verb="review_alarm").count() == 1


def test_the_data_map_tells_of_every_annotated_model_and_shows_no_row(person):
    page = get(PUBLIC, "/privacy/map/").content.decode()
    for model, told in annotated():
        assert told.title_of(model) in page
        assert str(told.why) in page
    assert "李小梅" not in page
    assert "加密保存" in page
    assert Role.CTY


def test_lists_stay_within_ten_queries(person, counties, django_assert_max_num_queries):
    by = officer(counties[0])
    for n in range(6):
        RevealAlarm.objects.create(user_id=n, path=counties[0].path, at=AT, count=25, bound=20)
    post(himself(person), "/me/requests/new/", kind="erase", about="", wish="请删除我的资料")
    for path in ("/people/requests/", "/people/alarms/"):
        with django_assert_max_num_queries(10):
            get(by, path)


def test_every_row_and_column_of_the_data_map_has_a_chinese_name():
    """Also those of models that other people wrote, like allauth's authenticators."""
    named = [(told.title_of(model), "") for model, told in annotated()]
    for model, told in annotated():
        columns = map(model._meta.get_field, (*told.fields, *told.plain))
        named += [(told.label_of(column), f"{model._meta.label}.{column.name}") for column in columns]
    assert len(named) > 100
    latin = [pair for pair in named if not any("\u4e00" <= letter <= "\u9fff" for letter in pair[0])]
    assert latin == []
