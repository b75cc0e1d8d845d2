"""The pages of batches: exact counts above every button, handing out on the phone, the poster."""

import re
from dataclasses import replace

from bs4 import BeautifulSoup
from django.core import signing

from niangjia.comfort.views.batches import SALT, saw_poster
from niangjia.handouts.models import HandoutBatch
from niangjia.handouts.rules import BatchKind, Outcome, State, Way
from niangjia.kernel.access import Role, words_of
from niangjia.project.grants import ALL
from tests.comfort.reading import text_of
from tests.sympathy.worlds import DRAWN

NEW = {"kind": "holiday", "name": "中秋慰问", "on": "2018-08-20", "goods": "月饼", "each": "50"}


def test_the_whole_way_of_a_batch_through_the_pages(givers, purse, desk):
    givers.member("何秀英")
    pri = desk(givers.pri)
    made = pri.post("/handouts/new/", **NEW)
    row = HandoutBatch.objects.get()
    one = f"/handouts/{row.pk}/"
    assert made["Location"] == one
    assert "本批 2 人，合计 100.00 元" in text_of(pri.get(one))
    assert "本批 2 人，合计 100.00 元" in text_of(pri.get(f"{one}submit/"))
    pri.post(f"{one}submit/", version=row.version)
    assert "批准发放" not in text_of(pri.get(one))
    other = desk(givers.pri2)
    other.post(f"{one}approve/", version=givers.batch(row).version)
    first, second = givers.rows(row)
    giving = text_of(pri.get(f"{one}giving/"))
    assert "待领 2 人，已领 0 人" in giving
    pri.post(f"{one}rows/{first.pk}/", version=1, signature=DRAWN)
    pri.post(f"{one}rows/{second.pk}/miss/", version=1, reason="已离职")
    assert "每个人都有结果了" in text_of(pri.get(f"{one}giving/"))
    answer = pri.post(f"{one}close/", version=givers.batch(row).version, bought="2", left="0")
    assert "结余应当是 1 份" in text_of(answer)
    pri.post(f"{one}close/", version=givers.batch(row).version, bought="2", left="1")
    assert "购入 2 份 = 发出 1 份 + 结余 1 份" in text_of(pri.get(one))
    desk(givers.acc).post(f"{one}goods/", version=givers.batch(row).version, fund_id=purse.fund.pk)
    desk(purse.second).post(f"{one}goods/check/")
    assert givers.batch(row).state == State.SETTLED


def test_money_of_a_batch_is_ordered_and_whoever_has_no_account_is_named(givers, purse, desk):
    givers.member("无账户")
    row = givers.approved(goods="", each="0", amount="200")
    acc = desk(givers.acc)
    acc.post(f"/handouts/{row.pk}/pay/", version=row.version, fund_id=purse.fund.pk)
    page = acc.get(f"/handouts/{row.pk}/").content.decode()
    assert "已开 1 张支付单，合计 200.00 元" in page
    assert "无账户" in page
    assert len(purse.orders("handouts.row")) == 1


def test_found_by_name_on_the_phone(givers, desk):
    givers.member("何秀英")
    row = givers.approved()
    page = text_of(desk(givers.pri).get(f"/handouts/{row.pk}/giving/", name="何"))
    assert "何秀英" in page
    assert "金良" not in page


def test_the_poster_leads_to_a_page_where_one_button_confirms(givers, desk):
    row = givers.approved()
    desk(givers.pri).get(f"/handouts/{row.pk}/")
    words = words_of(Role.MEM, ALL)
    me = replace(givers.pri, person_id=givers.jin.pk, role=Role.MEM, words=words, post_id=None)
    key = signing.Signer(salt=SALT).signature(str(row.pk))
    page = f"/me/handouts/{row.pk}/"
    assert "我已领到" not in text_of(desk(me).get(page))
    desk(me).post(page)
    assert givers.rows(row)[0].outcome == Outcome.OPEN
    assert "我已领到" in text_of(desk(me).get(page, k=key))
    desk(me).post(f"{page}?k={key}")
    assert (givers.rows(row)[0].outcome, givers.rows(row)[0].way) == (Outcome.RECEIVED, Way.PHONE)
    assert not saw_poster(batch_id=row.pk + 1, key=key)


def test_a_check_up_is_booked_and_attended_and_no_field_asks_more(givers, desk):
    givers.member("何秀英", female=True)
    row = givers.approved(BatchKind.WOMEN)
    (one,) = givers.rows(row)
    pri, page = desk(givers.pri), f"/handouts/{row.pk}/rows/{one.pk}/"
    html = pri.get(page).content.decode()
    assert "canvas" not in html
    pri.post(f"{page}book/", version=one.version, booked_on="2018-08-25")
    pri.post(f"{page}attend/", version=givers.row(one).version)
    assert "本批 1 人，已预约 1 人，已到检 1 人" in text_of(pri.get(f"/handouts/{row.pk}/"))


def test_a_roster_is_changed_while_it_is_a_draft(givers, desk):
    row = givers.arrange()
    extra = givers.member("何秀英")
    pri, home = desk(givers.pri), f"/handouts/{row.pk}/"
    pri.post(f"{home}add/", version=row.version, who="何秀英")
    assert "本批 2 人" in text_of(pri.get(home))
    line = next(one for one in givers.rows(row) if one.person_id == extra.pk)
    pri.post(f"{home}rows/{line.pk}/drop/")
    assert "本批 1 人" in text_of(pri.get(home))
    pri.post(f"{home}draw/", version=givers.batch(row).version)
    assert "本批 2 人" in text_of(pri.get(home))
    pri.post(
        f"{home}edit/",
        version=givers.batch(row).version,
        name="中秋",
        on="2018-08-21",
        goods="月饼",
        each="45",
    )
    assert "合计 90.00 元" in text_of(pri.get(home))


def test_heads_are_counted_and_said_as_person_times(givers, desk):
    row = givers.approved(BatchKind.HEAT, counted=True, goods="绿豆汤", each="5", site="工地")
    pri, home = desk(givers.pri), f"/handouts/{row.pk}/"
    pri.post(f"{home}heads/", version=row.version, heads="58")
    page = text_of(pri.get(home))
    assert "本批 58 人次，合计 290.00 元" in page
    listed = text_of(pri.get("/handouts/"))
    assert re.search(r"领到慰问的\s*0\s*人", listed)
    assert re.search(r"发放\s*58\s*人次", listed)


def test_the_roster_is_printed_with_room_for_signatures(givers, desk):
    row = givers.approved()
    pri = desk(givers.pri)
    pri.post(f"/handouts/{row.pk}/paper/")
    assert "慰问发放花名册" in text_of(pri.get(f"/handouts/{row.pk}/"))


def test_who_may_only_read_has_no_button(givers, desk):
    row = givers.approved()
    page = desk(givers.cty).get(f"/handouts/{row.pk}/")
    links = {a["href"] for a in BeautifulSoup(page.content, "html.parser").find("main").find_all("a")}
    assert not any(link.endswith(("/giving/", "/close/", "/paper/")) for link in links)
    assert desk(givers.grp).get(f"/handouts/{row.pk}/").status_code in {302, 403}
    assert desk(givers.away).get(f"/handouts/{row.pk}/").status_code == 404
