from datetime import timedelta

import pytest
from django.test import Client

from niangjia.accounts import actions, queries
from niangjia.accounts.models import Post, User
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Role
from niangjia.kernel.models import JournalLine
from niangjia.kernel.scoping import enter_scope
from tests.conftest import AT, TODAY


@pytest.fixture(autouse=True)
def still(db):
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def desk(place):
    """Logs an account in with its second factor shown, as the log-in flow leaves the session."""

    def enter(actor):
        client = Client()
        user = User.objects.get(pk=actor.user_id)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return client

    return enter


def content(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    enter_scope(EVERYWHERE)
    return response.content.decode()


def test_the_list_shows_the_accounts_of_the_scope_and_no_others(place, chair, desk):
    place.account("town.clerk", name="周镇长", unit="东县镇")
    place.account("west.clerk", name="吴西人", unit="西县镇")
    page = content(desk(chair).get("/users/"))
    assert "周镇长" in page
    assert "吴西人" not in page
    assert "吴西人" not in content(desk(chair).get("/users/?name=吴"))
    assert "周镇长" not in content(desk(chair).get("/users/?state=locked"))


def test_a_foreign_account_is_not_found(place, chair, desk):
    foreign = place.account("west.clerk", unit="西县镇")
    post = place.grant(foreign, "西县镇", Role.TWN)
    client = desk(chair)
    for path in (
        f"/users/{foreign.pk}/",
        f"/users/{foreign.pk}/lock/",
        f"/users/{foreign.pk}/password/",
        f"/users/{foreign.pk}/posts/",
        f"/posts/{post.pk}/end/",
        f"/delegations/{post.pk}/end/",
        f"/users/{chair.user_id}/posts/{place.units['西县'].pk}/",
    ):
        assert client.get(path).status_code == 404, path
        assert client.post(path).status_code == 404, path


def test_an_account_is_opened_and_its_password_shown_once(place, chair, desk):
    client = desk(chair)
    assert "开设账号，生成一次性密码" in content(client.get("/users/open/"))
    page = content(client.post("/users/open/", {"name": "周小兰", "username": "Zhou.Lan"}))
    user = queries.user_by_username(username="zhou.lan")
    password = page.split("data-no-save>")[1].split("<")[0]
    assert user.check_password(password)
    assert user.opening.unit_id == place.units["东县"].pk
    assert password not in content(client.get(f"/users/{user.pk}/"))


def test_what_is_missing_is_said_and_what_was_typed_stays(place, chair, desk):
    page = content(desk(chair).post("/users/open/", {"name": "周小兰", "username": "zhou lan"}), 422)
    assert "周小兰" in page
    assert "账号不能为空、不能含空格" in page
    assert "error-summary" in page


def test_a_post_is_granted_at_a_unit_found_by_name(place, chair, desk):
    user = place.account("zhou", name="周小兰", unit="东县镇")
    client = desk(chair)
    assert f"/users/{user.pk}/posts/{place.units['东县镇'].pk}/" in content(
        client.get(f"/users/{user.pk}/posts/?q=东县镇")
    )
    road = f"/users/{user.pk}/posts/{place.units['东县镇'].pk}/"
    page = content(client.get(road))
    assert 'value="twn"' in page
    assert 'value="cty"' not in page
    response = client.post(road, {"role": "twn", "title": "帮扶专干", "since": "2018-08-20", "until": ""})
    content(response, 302)
    post = Post.objects.get(user=user)
    assert (post.role, post.title, post.granted_by) == ("twn", "帮扶专干", chair.user_id)
    assert JournalLine.objects.get(verb="grant_post", object_id=post.pk).post_id == chair.post_id
    refused = client.post(road, {"role": "cty", "since": "2018-08-20"})
    content(refused, 422)


def test_a_post_is_ended(place, chair, desk):
    user = place.account("zhou", unit="东县镇")
    post = place.grant(user, "东县镇", Role.TWN)
    client = desk(chair)
    assert "到这一天" in content(client.get(f"/posts/{post.pk}/end/"))
    content(client.post(f"/posts/{post.pk}/end/", {"until": "2018-08-20", "reason": "换届"}), 302)
    post.refresh_from_db()
    assert post.until == TODAY


def test_a_post_is_delegated_and_called_back(place, chair, desk):
    helper = place.account("helper", name="周小兰", unit="东县")
    client = desk(chair)
    form = {"name": "周小兰", "username": "helper", "since": "2018-08-20", "until": "2018-09-01"}
    wrong = client.post("/delegate/", form | {"name": "周大兰"})
    assert "姓名和账号都相符" in content(wrong, 422)
    content(client.post("/delegate/", form), 302)
    stand_in = Post.objects.get(user=helper)
    assert "周小兰" in content(client.get("/delegations/"))
    assert "东县" in content(client.get("/my-account/"))
    content(client.post(f"/delegations/{stand_in.pk}/end/"), 302)
    stand_in.refresh_from_db()
    assert stand_in.revoked_at is not None


def test_only_ones_own_delegations_are_called_back(place, chair, desk):
    other = place.grant(place.account("li", unit="东县"), "东县", Role.WOM)
    assert desk(chair).post(f"/delegations/{other.pk}/end/").status_code == 403


def test_an_account_is_locked_with_a_reason_and_unlocked(place, chair, desk):
    user = place.account("zhou", unit="东县镇")
    client = desk(chair)
    content(client.post(f"/users/{user.pk}/lock/", {"reason": ""}), 422)
    content(client.post(f"/users/{user.pk}/lock/", {"reason": "调离"}), 302)
    assert "调离" in content(client.get(f"/users/{user.pk}/"))
    content(client.post(f"/users/{user.pk}/unlock/"), 302)
    user.refresh_from_db()
    assert user.is_active


def test_the_two_administrators_see_two_different_buttons(place, desk):
    user = place.account("li", unit="东县")
    place.grant(user, "东县", Role.CTY)
    sys, sec = place.officer("sys", "甲市", Role.SYS), place.officer("sec", "甲市", Role.SEC)
    first, second = desk(sys), desk(sec)
    page = content(first.get(f"/users/{user.pk}/"))
    assert "重置密码" in page
    assert "解除动态口令绑定" not in page
    page = content(second.get(f"/users/{user.pk}/"))
    assert "解除动态口令绑定" in page
    assert "重置密码" not in page
    actions.enrol_totp(user=user, secret="JBSWY3DPEHPK3PXP")  # noqa: S106 - invented
    content(second.post(f"/users/{user.pk}/second-factor/"), 302)
    assert not queries.has_second_factor(user=user)
    assert "一次性密码" in content(first.post(f"/users/{user.pk}/password/"))


def test_the_public_is_sent_to_log_in(db):
    for path in ("/users/", "/users/open/", "/delegate/", "/my-account/", "/act-as/"):
        response = Client().get(path)
        assert response.status_code == 302
        assert response["Location"].startswith("/account/login/"), path


def test_somebody_without_the_word_is_refused(place, desk):
    chair = place.officer("pri", "东县厂", Role.PRI)
    assert desk(chair).get("/users/").status_code == 403


def test_a_delegated_post_says_whose_it_is(place, chair, desk):
    helper = place.account("helper", name="周小兰", unit="东县")
    post = Post.objects.get(pk=chair.post_id)
    until = TODAY + timedelta(days=3)
    stand_in = actions.delegate_post(post=post, to=helper, since=TODAY, until=until, by=chair, at=AT)
    page = content(desk(queries.actor_for(post=stand_in, day=TODAY)).get("/act-as/"))
    assert "受 陈某 委托" in page


def test_the_api_tells_the_same_as_the_pages(place, chair, desk):
    user = place.account("zhou", name="周小兰", unit="东县镇")
    place.grant(user, "东县镇", Role.TWN)
    place.account("west", name="吴西人", unit="西县镇")
    client = desk(chair)
    found = client.get("/api/users/?name=周").json()
    assert (found["total"], found["items"][0]["username"]) == (1, "zhou")
    assert client.get("/api/users/").json()["total"] == 2
    posts = client.get(f"/api/users/{user.pk}/posts/").json()
    assert [(post["role"], post["title"]) for post in posts] == [("twn", "")]
    assert client.get("/api/users/999999/posts/").status_code == 404
    refused = Client().get("/api/users/")
    assert refused.status_code == 403
    assert refused["Content-Type"] == "application/problem+json"


def test_no_list_costs_more_queries_for_more_rows(place, chair, desk, django_assert_max_num_queries):
    for number in range(12):
        user = place.account(f"clerk{number}", unit="东县镇")
        place.grant(user, "东县镇", Role.TWN, by=SYSTEM)
    client = desk(chair)
    with django_assert_max_num_queries(16):
        content(client.get("/users/"))
