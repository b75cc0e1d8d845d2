import pytest
from django.urls import reverse
from tests.network.acting import Desk, officer

from niangjia.kernel.access import Role
from niangjia.network import queries
from niangjia.network.queries import register

LISTS = ("organisations", "employers", "zones", "facilities")
ORGANISATION_FORMS = (
    "found-organisation",
    "edit-organisation",
    "rename-organisation",
    "compose",
    "move-organisation",
    "relate-organisation",
    "close-organisation",
    "register-employer",
    "open-zone",
    "open-term",
    "open-facility",
)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_opens_within_its_query_budget(county_desk, django_assert_max_num_queries, name):
    with django_assert_max_num_queries(12):
        answer = county_desk.get(reverse(name))
    assert answer.status_code == 200


def test_a_list_shows_only_the_scope_and_its_figures_open_the_same_rows(county_desk, land):
    answer = county_desk.get(reverse("employers"))
    page = answer.content.decode()
    assert "衢江区东磁公司" in page
    assert "柯城区" not in page
    organisations = county_desk.get(reverse("organisations"))
    for figure in organisations.context["figures"]:
        opened = county_desk.get(figure.href)
        assert opened.context["pager"].total == figure.value == len(opened.context["table"].rows), figure


def test_a_word_of_too_many_names_is_said_to_be_one(county_desk, land, monkeypatch):
    for lines, text in (("organisations", "衢江区"), ("employers", "衢江区")):
        answer = county_desk.get(f"{reverse(lines)}?name={text}")
        assert answer.context["pager"].total == len(answer.context["table"].rows) > 0
        with monkeypatch.context() as fewer:
            fewer.setattr(register, "FOUND_AT_MOST", 1)
            fewer.setattr(queries, "FOUND_AT_MOST", 1)
            answer = county_desk.get(f"{reverse(lines)}?name={text}")
        assert answer.context["pager"].total is None
        assert "超过 1 条" in answer.content.decode()


@pytest.mark.parametrize("name", ORGANISATION_FORMS)
def test_every_form_opens(county_desk, land, name):
    target = land["left_fed"] if name in {"compose", "move-organisation"} else land["left_town"]
    answer = county_desk.get(reverse(name, args=[target.pk]))
    assert answer.status_code == 200
    assert "<form" in answer.content.decode()


@pytest.mark.parametrize("name", ["organisation", *ORGANISATION_FORMS])
def test_another_countys_organisation_does_not_exist_here(county_desk, land, name):
    assert county_desk.get(reverse(name, args=[land["right_town"].pk])).status_code == 404
    assert county_desk.get(reverse(name, args=[10**14])).status_code == 404


def test_who_may_see_but_not_change_is_told_so(land, client, acting):
    auditor = Desk(client, officer(Role.AUD, land["left_county"]))
    assert auditor.get(reverse("organisation", args=[land["left_town"].pk])).status_code == 200
    client.force_login  # noqa: B018 - the answer for a reader who is logged in is 403, for a stranger the log-in page
    assert auditor.get(reverse("edit-organisation", args=[land["left_town"].pk])).status_code in {302, 403}


@pytest.mark.parametrize(
    "who", ["province", "city", "left_county", "left_town", "left_fed", "left_single", "left_joint"]
)
def test_every_page_of_an_organisation_opens(county_desk, land, who):
    desk = (
        county_desk
        if who.startswith("left")
        else Desk(county_desk.client, officer(Role.PRV, land["province"]))
    )
    answer = desk.get(reverse("organisation", args=[land[who].pk]))
    assert answer.status_code == 200
    for figure in answer.context["figures"]:
        assert desk.get(figure.href).context["pager"].total == figure.value, figure
    past = desk.get(reverse("organisation", args=[land[who].pk]), day="2017-01-01")
    for figure in past.context["figures"]:
        assert desk.get(figure.href).context["pager"].total == figure.value, figure


def test_the_page_of_an_employer_opens(county_desk, land):
    page = county_desk.get(reverse("employer", args=[land["left_firm"].pk])).content.decode()
    assert "衢江区东磁工会" in page
    assert county_desk.get(reverse("employer", args=[land["right_firm"].pk])).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"under": "9" * 30},
        {"under": "-1"},
        {"day": "0001-01-01"},
        {"day": "不是日期"},
        {"kind": "'"},
        {"sort": "-nothing"},
        {"federation": "-5"},
        {"federation": "9" * 40},
        {"name": "%_\\"},
        {"name": "工"},
        {"zone": "abc"},
        {"covered": "no", "day": "2017-01-01", "kind": "enterprise"},
        {"state": "closed"},
    ],
)
def test_no_filter_breaks_a_list(county_desk, query):
    for name in ("organisations", "employers"):
        assert county_desk.get(reverse(name), **query).status_code == 200


def test_a_key_that_is_none_of_ours_is_refused_gently(county_desk):
    for token in ("x", "W10", "WyJhIiwgIngiXQ", "WzEyMyw5OTk5OTk5OTk5OTk5OTk5OTk5OTk5XQ"):
        refused = county_desk.get(reverse("organisations"), after=token)
        assert refused.status_code == 422
        assert "请从第一页看起" in refused.content.decode()
