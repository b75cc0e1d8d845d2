"""The pages of sympathy visits: what each role sees and may press."""

from dataclasses import replace

from niangjia.kernel.access import Role, words_of
from niangjia.project.grants import ALL
from niangjia.sympathy.models import SympathyVisit
from niangjia.sympathy.rules import Occasion, Receipt, Signed, State
from tests.comfort.reading import form_of, text_of
from tests.members.people import member
from tests.sympathy.worlds import DRAWN


def test_a_group_leader_reports_in_three_fields_and_sees_how_it_stands(givers, desk):
    grp = desk(givers.grp)
    fields = form_of(grp.get("/sympathy/new/"))
    assert {"who", "occasion", "since"} == set(fields) - {"once", "csrfmiddlewaretoken"}
    answer = grp.post("/sympathy/new/", who="金良", occasion="hospital", since="2018-08-17")
    assert answer["Location"] == "/sympathy/reported/"
    page = text_of(grp.get("/sympathy/reported/"))
    assert "金良" in page
    assert "工会正在办理" in page
    assert grp.get("/sympathy/").status_code in {302, 403}


def test_a_name_that_means_several_is_asked_back_with_what_tells_them_apart(givers, desk):
    givers.member("金良")
    answer = desk(givers.grp).post("/sympathy/new/", who="金良", occasion="hospital", since="2018-08-17")
    assert answer.status_code == 422
    assert "手机尾号" in text_of(answer)
    assert SympathyVisit.objects.count() == 0


def test_a_name_of_another_union_is_not_found(givers, desk):
    member(givers.land["right_single"], name="外县人")
    answer = desk(givers.grp).post("/sympathy/new/", who="外县人", occasion="birth", since="2018-08-17")
    assert answer.status_code == 422
    assert "没有找到" in text_of(answer)


def test_the_whole_way_of_a_hospital_visit_through_the_pages(givers, purse, desk):
    desk(givers.grp).post("/sympathy/new/", who="金良", occasion="hospital", since="2018-08-17")
    row = SympathyVisit.objects.get()
    one = f"/sympathy/{row.pk}/"
    pri = desk(givers.pri)
    pri.post(
        f"{one}plan/", version=row.version, holder_id=givers.pri.user_id, planned_on="2018-08-20",
        place="区人民医院",
    )  # fmt: skip
    assert "区人民医院" in text_of(pri.get(one))
    version = givers.fresh(row).version
    done = pri.post(
        f"{one}record/", version=version, visited_on="2018-08-20", gift="水果", gift_value="99", amount="600",
        officers=[givers.pri.user_id, givers.pri2.user_id], signature=DRAWN, words="盼早日复工",
    )  # fmt: skip
    assert done["Location"] == one
    assert "当面签名" in text_of(pri.get(one))
    acc = desk(givers.acc)
    assert "开慰问金支付单" in text_of(acc.get(one))
    acc.post(f"{one}pay/", version=givers.fresh(row).version, fund_id=purse.fund.pk, method="bank")
    acc.post(f"{one}goods/", version=givers.fresh(row).version, fund_id=purse.fund.pk)
    assert "慰问品凭证待复核" in text_of(acc.get(one))
    assert acc.post(f"{one}goods/check/").status_code == 422
    second = desk(purse.second)
    assert second.post(f"{one}goods/check/")["Location"] == one
    purse.pay(*purse.orders("sympathy.visit"))
    assert givers.fresh(row).state == State.SETTLED
    assert "已结算" in text_of(second.get(one))


def test_the_ward_and_the_workers_words_are_for_whoever_goes(givers, desk):
    row = givers.report()
    givers.plan(row, place="三号病房")
    givers.record(row, amount="600", words="盼早日复工")
    page = f"/sympathy/{row.pk}/"
    assert "三号病房" in text_of(desk(givers.pri).get(page))
    for actor in (givers.acc, givers.cty):
        told = text_of(desk(actor).get(page))
        assert "金良" in told
        assert "三号病房" not in told
        assert "盼早日复工" not in told


def test_the_cap_or_that_none_is_set_stands_beside_the_sum(givers, desk):
    row = givers.report()
    page = f"/sympathy/{row.pk}/record/"
    assert "待核定" in text_of(desk(givers.pri).get(page))
    givers.cap("hospital", "800.00")
    assert "800.00" in text_of(desk(givers.pri).get(page))
    answer = desk(givers.pri).post(
        page, version=row.version, visited_on="2018-08-20", amount="800.01",
        officers=[givers.pri.user_id, givers.pri2.user_id],
    )  # fmt: skip
    assert answer.status_code == 422
    assert "最多 800.00 元" in text_of(answer)


def test_a_stale_form_is_told_what_changed(givers, desk):
    row = givers.report()
    seen = row.version
    givers.plan(row)
    answer = desk(givers.pri).post(f"/sympathy/{row.pk}/cancel/", version=seen, reason="已出院")
    assert answer.status_code == 409
    assert givers.fresh(row).state == State.PLANNED


def test_a_relative_sees_that_he_keeps_out_and_no_button(givers, desk):
    row = givers.report()
    himself = replace(givers.pri, person_id=givers.jin.pk)
    page = text_of(desk(himself).get(f"/sympathy/{row.pk}/"))
    assert "您须回避" in page
    assert "登记慰问" not in page


def test_a_worker_confirms_what_he_received_by_one_button(givers, desk):
    row = givers.report()
    givers.record(row, gift="水果", value="99")
    words = words_of(Role.MEM, ALL)
    me = replace(givers.pri, person_id=givers.jin.pk, role=Role.MEM, words=words, post_id=None)
    page = desk(me).get(f"/me/sympathy/{row.pk}/")
    assert "我已收到" in text_of(page)
    desk(me).post(f"/me/sympathy/{row.pk}/")
    assert givers.fresh(row).receipt == Receipt.PHONE
    assert "我已收到" not in text_of(desk(me).get(f"/me/sympathy/{row.pk}/"))
    other = replace(me, person_id=givers.member("别人").pk)
    assert desk(other).get(f"/me/sympathy/{row.pk}/").status_code == 404


def test_the_list_is_narrowed_and_counts_every_visit(givers, desk):
    givers.report()
    givers.record(givers.report(occasion=Occasion.BIRTH))
    home = desk(givers.twn)
    page = text_of(home.get("/sympathy/"))
    assert "待慰问" in page
    assert "生育" in text_of(home.get("/sympathy/", state="settled"))
    assert "没有符合条件" in text_of(home.get("/sympathy/", state="cancelled"))
    assert text_of(home.get("/sympathy/", state="nonsense", occasion="x"))


def test_the_panel_of_a_union_counts_what_is_still_to_be_done(givers, desk):
    givers.report()
    page = text_of(desk(givers.twn).get(f"/register/organisations/{givers.union.pk}/"))
    assert "待慰问" in page
    assert "上报慰问" in page


def test_the_registration_is_printed_once_and_printed_anew(givers, desk):
    row = givers.report()
    givers.record(row, amount="600", gift="水果", value="99", signed=Signed(DRAWN))
    pri = desk(givers.pri)
    for _ in range(2):
        assert pri.post(f"/sympathy/{row.pk}/paper/")["Location"] == f"/sympathy/{row.pk}/"
    assert "慰问登记表" in text_of(pri.get(f"/sympathy/{row.pk}/"))
