from django.urls import reverse
from tests.conftest import AT, TODAY

from niangjia.kernel.models import JournalLine
from niangjia.network import actions, queries
from niangjia.network.models import Coverage, Employer, Organisation

UNION_CODE, FIRM_CODE = "81990101MA2DEM009T", "91990101MA2DEM009R"


def test_a_form_keeps_what_was_typed_and_says_what_is_missing(county_desk, land):
    url = reverse("register-employer", args=[land["left_town"].pk])
    told = {"name": "新厂", "kind": "enterprise", "sector": "other", "since": "2018-08-01", "headcount": "3"}
    told |= {"female_headcount": "5", "migrant_headcount": "0", "uscc": UNION_CODE}
    answer = county_desk.post(url, **told)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "不能多于职工数" in page
    assert 'value="新厂"' in page
    told["female_headcount"] = "1"
    assert "工会的代码" in county_desk.post(url, **told).content.decode()
    answer = county_desk.post(url, **told | {"uscc": FIRM_CODE})
    assert answer.status_code == 302
    row = Employer.objects.get(uscc=FIRM_CODE)
    assert answer["Location"] == reverse("employer", args=[row.pk])
    again = county_desk.post(url, **told | {"uscc": FIRM_CODE})
    assert again.status_code == 422
    assert Employer.objects.filter(name="新厂").count() == 1


def test_the_whole_way_by_forms(county_desk, land):
    url = reverse("found-organisation", args=[land["left_fed"].pk])
    told = {"kind": "joint_primary_union", "name": "夜市联合工会", "established_on": "2018-03-06"}
    assert county_desk.post(url, **told).status_code == 302
    union = Organisation.objects.get(name="夜市联合工会")
    assert queries.compositions(federation=land["left_fed"], day=TODAY).sums.x_unions == 2
    cover_url = reverse("cover-employer", args=[land["left_shop"].pk])
    near = county_desk.post(cover_url, union="联合", since="2018-08-01")
    assert near.status_code == 422
    assert "夜市联合工会" in near.content.decode()
    assert county_desk.post(cover_url, union="夜市联合工会", since="2018-08-01").status_code == 302
    coverage = Coverage.objects.get(union=union)
    move = reverse("move-organisation", args=[union.pk])
    told = {"parent": land["left_town"].name, "since": "2018-08-20", "reason": "批复"}
    assert county_desk.post(move, **told).status_code == 302
    stop = reverse("end-coverage", args=[coverage.pk])
    assert county_desk.post(stop, until="2018-08-20", reason="关停").status_code == 302
    close = reverse("close-organisation", args=[union.pk])
    assert county_desk.post(close, until="2018-08-20", reason="撤并").status_code == 302
    assert county_desk.get(reverse("organisation", args=[union.pk])).status_code == 200
    assert actions.recount_tallies(today=TODAY, at=AT) == []
    verbs = JournalLine.objects.filter(object_id=union.pk).values_list("verb", flat=True)
    assert {"found_organisation", "move_organisation", "close_organisation"} <= set(verbs)


def test_a_stale_form_is_shown_again_with_what_changed_and_then_saved(county_desk, land):
    url = reverse("edit-organisation", args=[land["left_town"].pk])
    told = {"short_name": "大洲总工会", "phone": "1", "version": "1"}
    assert county_desk.post(url, **told).status_code == 302
    answer = county_desk.post(url, **told | {"phone": "2"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "刚刚被" in page
    assert 'name="version" value="2"' in page
    assert county_desk.post(url, **told | {"phone": "2", "version": "2"}).status_code == 302
