"""A worker asks by himself, one thing a page; what is known is not asked, what was told is never lost."""

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from niangjia.aid.models import AidApplication
from niangjia.aid.rules import State
from niangjia.households.models import Household
from niangjia.papers.models import Attachment
from niangjia.payments.models import BankAccount
from niangjia.people.models import Consent
from tests.casework.worlds import People


def text(answer):
    return BeautifulSoup(answer.content.decode(), "html.parser").get_text(" ", strip=True)


def one():
    return AidApplication.objects.get()


def at(name, *args):
    return reverse(name, args=[one().pk, *args])


def picture():
    body = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(body, "JPEG")
    return body.getvalue()


@pytest.fixture
def mother(people: People):
    """何秀英: her household is complete, her child's school is known, she has no account at the bank here."""
    people.home = people.family(account=False)
    return people.worker(people.home.head, "mother")


def go(desk, address, **told):
    answer = desk.post(address, **told)
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def version():
    return str(one().version)


def agreed(desk, address):
    page = BeautifulSoup(desk.get(address).content.decode(), "html.parser")
    boxes = {box["name"]: "on" for box in page.select("input[type=checkbox]")}
    return go(desk, address, **boxes)


def as_far_as_the_school(people, me):
    """Which help, what is agreed to, the household as it is known, the child."""
    assert "录取通知书" in text(me.get(reverse("ask-for-aid")))
    here = go(me, reverse("begin-aid"), kind="study")
    assert here == at("ask-aid-consent")
    here = agreed(me, here)
    assert here == at("ask-aid-home")
    shown = text(me.get(here))
    assert "第 3 步，共 9 步" in shown
    assert "54,000.00" in shown
    here = go(me, here, on="1")
    child = people.child(people.home)
    assert child.name in text(me.get(here))
    return go(me, here, student=str(child.person_id), version=version())


def as_far_as_the_check(people, me, here):
    """What has happened, a file, the account: what nobody knows."""
    page = me.get(here)
    assert 'name="asked"' not in page.content.decode()
    assert "助学标准是" in text(page)
    here = go(me, here, words="孩子考上大学，丈夫生病。", version=version())
    assert here == at("ask-aid-files")
    go(me, here, file=SimpleUploadedFile("录取通知书.jpg", picture(), "image/jpeg"))
    number = people.card_of(people.home.head_id)
    return go(me, at("ask-aid-account"), number=number, bank="农业银行临安支行")


def test_a_mother_asks_for_study_aid_and_is_asked_only_what_nobody_knows(people, desk, mother):
    me = desk(mother)
    here = as_far_as_the_school(people, me)
    assert Consent.objects.filter(person=people.home.head, purpose="finance").exists()
    school = BeautifulSoup(me.get(here).content.decode(), "html.parser")
    known = {
        name: school.select_one(f"[name={name}]")["value"] for name in ("school", "admission_no", "tuition")
    }
    assert known == {"school": "某大学", "admission_no": "A2018001", "tuition": "6000.00"}
    here = go(me, here, version=version(), stage="undergraduate", **known)
    assert as_far_as_the_check(people, me, here) == at("ask-aid-check")
    assert Attachment.objects.get().person_id == people.home.head_id
    assert BankAccount.objects.get().holder == "何秀英"
    checked = text(me.get(at("ask-aid-check")))
    told = ("某大学", "6,000.00", "丈夫生病", "1 个文件", "农业银行临安支行")
    assert [words for words in told if words not in checked] == []
    go(me, at("ask-aid-check"), version=version(), true="on")
    assert (one().state, one().on_behalf, one().campaign_id) == (State.SUBMITTED, False, people.campaign.pk)
    mine = text(me.get(at("my-aid-application")))
    assert "现在由" in mine
    assert "个工作日" in mine


def test_every_page_keeps_what_it_is_told_and_going_back_loses_nothing(people, desk, mother):
    me = desk(mother)
    agreed(me, go(me, reverse("begin-aid"), kind="temporary"))
    go(me, at("ask-aid-words"), words="家里失火。", asked="3000", version=version())
    page = BeautifulSoup(me.get(at("ask-aid-words")).content.decode(), "html.parser")
    assert page.select_one("[name=words]").text.strip() == "家里失火。"
    assert page.select_one("[name=asked]")["value"] == "3000.00"
    assert go(me, reverse("begin-aid"), kind="temporary") == at("ask-aid-consent")
    assert AidApplication.objects.count() == 1


def test_changing_an_answer_leads_back_to_the_answers(people, desk, mother):
    me = desk(mother)
    agreed(me, go(me, reverse("begin-aid"), kind="temporary"))
    links = BeautifulSoup(me.get(at("ask-aid-check")).content.decode(), "html.parser").select("dd a")
    assert {link["href"].partition("?")[2] for link in links} == {"back=check"}
    here = at("ask-aid-words") + "?back=check"
    assert go(me, here, words="家里失火。", asked="3000", version=version()) == at("ask-aid-check")


def test_what_only_the_family_knows_must_be_told_before_handing_in(people, desk, mother):
    me = desk(mother)
    agreed(me, go(me, reverse("begin-aid"), kind="temporary"))
    answer = me.post(at("ask-aid-check"), version=version(), true="on")
    assert answer.status_code == 422
    assert "还没有填写金额" in text(answer)
    assert one().state == State.DRAFT


def test_without_consent_nothing_further_is_read(people, desk, mother):
    me = desk(mother)
    go(me, reverse("begin-aid"), kind="medical")
    for name in ("ask-aid-home", "ask-aid-words", "ask-aid-check"):
        assert me.get(at(name))["Location"] == at("ask-aid-consent")
    answer = me.post(at("ask-aid-consent"), finance="on")
    assert answer.status_code == 422
    assert "不同意" in text(answer)


def test_a_worker_without_a_household_opens_his_own_and_names_his_child(people, desk):
    someone = people.newcomer()
    me = desk(someone)
    assert me.get(reverse("begin-aid"))["Location"] == reverse("open-my-household")
    assert go(me, reverse("open-my-household"), on="1") == reverse("begin-aid")
    assert Household.objects.get().head_id == someone.person_id
    agreed(me, go(me, reverse("begin-aid"), kind="study"))
    go(me, reverse("add-my-kin") + f"?for={one().pk}", name="林小雨", relation="child", born="2000-05-01")
    assert "林小雨" in text(me.get(at("ask-aid-child")))


def test_a_wife_is_told_who_asks_for_their_household(people, desk):
    home = people.family(account=False)
    husband = next(member for member in home.members.all() if member.relation == "spouse").person
    me = desk(people.worker(husband, "husband"))
    page = me.get(reverse("open-my-household"))
    assert "户主" in text(page)
    assert "何秀英" in text(page)
    answer = me.post(reverse("open-my-household"), on="1")
    assert answer.status_code == 422


def test_somebody_elses_application_is_not_there(people, desk, mother):
    row = people.submitted(people.home)
    stranger = desk(people.newcomer())
    names = ("my-aid-application", "withdraw-my-aid", "appeal-my-aid", "confirm-my-aid", "ask-aid-check")
    for name in names:
        assert stranger.get(reverse(name, args=[row.pk])).status_code == 404


def test_a_return_shows_reason_what_to_add_and_how_in_one_screen(people, desk, mother):
    row = people.submitted(people.home)
    version_ = people.fresh(row).version
    answer = desk(people.town).post(
        reverse("decide-aid", args=[row.pk]), version=str(version_), step="send_back", reason="请补医院单据"
    )
    assert answer.status_code == 302, text(answer)
    page = desk(mother).get(at("my-aid-application"))
    assert "请补医院单据" in text(page)
    assert at("ask-aid-check") in page.content.decode()


def test_a_refusal_is_appealed_on_the_phone(people, desk, mother):
    row = people.submitted(people.home)
    told = {"version": str(people.fresh(row).version), "step": "refuse", "reason": "收入超过标准"}
    assert desk(people.town).post(reverse("decide-aid", args=[row.pk]), **told).status_code == 302
    page = desk(mother).get(at("my-aid-application"))
    assert "收入超过标准" in text(page)
    assert at("appeal-my-aid") in page.content.decode()
    go(desk(mother), at("appeal-my-aid"), version=version(), appeal="收入算错了，请再核一次。")
    assert one().state == State.APPEALED


def test_money_that_arrived_is_confirmed_by_the_family_itself(people, desk):
    home = people.family()
    row = people.approved(home)
    people.pay(row)
    me = desk(people.worker(home.head, "mother"))
    assert "我收到了" in text(me.get(at("my-aid-application")))
    go(me, at("confirm-my-aid"), version=version())
    assert one().state == State.CONFIRMED
    assert one().confirmed_how == "本人在手机上确认"


def test_a_linked_application_shows_the_pointer_and_nothing_of_the_other_family(people, desk):
    first = people.family()
    people.submitted(first)
    page = desk(people.worker(first.head, "mother")).get(reverse("my-aid"))
    assert "助学" in text(page)


def test_an_officer_who_is_led_to_a_family_page_sees_only_his_own(people, desk, mother):
    row = people.submitted(people.home)
    assert desk(people.town).get(reverse("my-aid-application", args=[row.pk])).status_code == 404


def test_the_message_about_my_case_leads_me_to_my_own_page(people, desk, mother):
    row = people.submitted(people.home)
    answer = desk(mother).get(reverse("aid-application", args=[row.pk]))
    assert answer["Location"] == reverse("my-aid-application", args=[row.pk])
