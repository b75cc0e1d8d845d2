import json
import re
import stat
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client, RequestFactory

from niangjia.accounts import actions, queries
from niangjia.accounts.models import User
from niangjia.accounts.permissions import Word
from niangjia.entrance import channels
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Role
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.scoping import enter_scope
from niangjia.people import actions as people
from niangjia.people import rules as people_rules
from tests.accounts.conftest import PASSWORD, SECRET
from tests.conftest import AT, TODAY

LOGIN, CODE, CONFIRM = "/account/login/", "/account/login/code/", "/account/login/code/confirm/"
FACTOR, BIND, CHANGE = (
    "/account/2fa/authenticate/",
    "/account/2fa/totp/activate/",
    "/account/password/change/",
)
MOBILE = "13800000001"


@pytest.fixture(autouse=True)
def fresh(settings, tmp_path, db):
    settings.HOME = tmp_path
    with clock.fixed(TODAY):
        yield


def totp(secret=SECRET, ahead=0):
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2] + ahead))


@pytest.fixture
def officer(place):
    """A county officer with a second factor, not logged in."""
    user = place.account("li", unit="东县")
    place.grant(user, "东县", Role.CTY)
    actions.enrol_totp(user=user, secret=SECRET)
    return user


@pytest.fixture
def worker(place):
    person = people.register_person(
        draft=people.PersonDraft(name="王小工"),
        keeper_id=place.units["东县厂"].pk,
        paper=people_rules.Paper(IdKind.RESIDENT, "990101199001010019"),
        mobile=MOBILE,
        today=TODAY,
        by=SYSTEM,
        at=AT,
    )
    return actions.open_account(
        username="worker", name="王小工", password=None, by=SYSTEM, at=AT, person=person
    )


def log_in(client, username="li", password=PASSWORD):
    return client.post(LOGIN, {"login": username, "password": password})


def acting(client, path="/my-account/"):
    """The actor of the client's session, as any view would see it."""
    request = RequestFactory().get(path)
    request.session = client.session
    request.user = User.objects.filter(pk=client.session.get("_auth_user_id")).first()
    return queries.actor_of(request)


def test_an_officer_logs_in_with_password_and_second_factor(officer):
    client = Client()
    assert log_in(client)["Location"] == FACTOR
    assert "_auth_user_id" not in client.session
    response = client.post(FACTOR, {"code": totp()})
    assert response["Location"] == "/desk/"
    actor = acting(client)
    assert (actor.role, actor.unit_name) == (Role.CTY, "东县")
    assert actor.may(Word.GRANT)


def test_a_wrong_or_a_used_code_does_not_open(officer):
    client = Client()
    log_in(client)
    assert client.post(FACTOR, {"code": "000000"}).status_code == 200
    code = totp()
    client.post(FACTOR, {"code": code})
    again = Client()
    log_in(again)
    assert again.post(FACTOR, {"code": code}).status_code == 200
    assert "_auth_user_id" not in again.session


def test_without_a_second_factor_an_officer_has_no_word_and_is_led_to_bind_one(place):
    user = place.account("li", unit="东县")
    place.grant(user, "东县", Role.CTY)
    client = Client()
    assert log_in(client)["Location"] == BIND
    assert acting(client).post_id is None
    assert not acting(client).may(Word.READ)
    page = client.get("/users/")
    assert page["Location"] == f"{BIND}?next=%2Fusers%2F"
    assert "第一步：扫码" in client.get(BIND).content.decode()
    before = client.session.session_key
    bound = client.post(BIND, {"code": totp(client.session["mfa.totp.secret"])})
    assert bound["Location"] == "/account/2fa/recovery-codes/"
    assert client.session.session_key != before
    assert acting(client).may(Word.READ)
    enter_scope(EVERYWHERE)
    kept = Authenticator.objects.get(user_id=user.pk, type="totp").data["secret"]
    assert len(kept) > 60, "the secret lies sealed"


def test_a_recovery_code_opens_once(officer):
    client = Client()
    log_in(client)
    client.post(FACTOR, {"code": totp()})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post("/account/2fa/recovery-codes/generate/")
    page = client.get("/account/2fa/recovery-codes/").content.decode()
    code = re.search(r"<code>([0-9a-z-]{8,})</code>", page).group(1)
    for opened in (True, False):
        other = Client()
        log_in(other)
        other.post(FACTOR, {"code": code})
        assert ("_auth_user_id" in other.session) is opened


def test_the_session_key_changes_at_log_in_and_at_a_change_of_post(officer, place):
    place.grant(officer, "西县镇", Role.TWN)
    client = Client()
    client.get(LOGIN)
    keys = []
    log_in(client)
    keys.append(client.session.session_key)
    assert client.post(FACTOR, {"code": totp()})["Location"] == "/act-as/"
    keys.append(client.session.session_key)
    post = queries.posts_of(user=officer, day=TODAY)[1]
    client.post("/act-as/", {"post": post.post_id, "next": "/users/"})
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert acting(client).post_id == post.post_id


def test_with_several_posts_nothing_is_done_before_one_is_chosen(officer, place):
    place.grant(officer, "西县镇", Role.TWN)
    client = Client()
    log_in(client)
    client.post(FACTOR, {"code": totp()})
    assert acting(client).post_id is None
    assert client.get("/users/")["Location"] == "/act-as/?next=%2Fusers%2F"
    page = client.get("/act-as/").content.decode()
    assert "西县镇" in page
    assert "东县" in page
    enter_scope(EVERYWHERE)
    foreign = place.account("other", unit="甲市")
    not_mine = place.grant(foreign, "甲市", Role.MUN)
    assert client.post("/act-as/", {"post": not_mine.pk}).status_code == 404


def test_one_may_act_in_ones_own_affairs(officer):
    client = Client()
    log_in(client)
    client.post(FACTOR, {"code": totp()})
    client.post("/act-as/", {"post": queries.SELF})
    assert acting(client).role is Role.WRK
    assert client.get("/users/").status_code == 403


def test_the_first_password_is_changed_before_anything_else(place):
    user = place.account("li", unit="东县", must_change=True)
    place.grant(user, "东县", Role.CTY)
    client = Client()
    assert log_in(client)["Location"] == CHANGE
    assert "一次性密码" in client.get(CHANGE).content.decode()
    new = PASSWORD + "-neu"
    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    user.refresh_from_db()
    assert not user.must_change_password
    assert user.check_password(new)


def test_a_post_that_ended_carries_nothing_in_an_open_session(officer):
    client = Client()
    log_in(client)
    client.post(FACTOR, {"code": totp()})
    enter_scope(EVERYWHERE)
    actions.end_post(post=officer.posts.get(), until=TODAY, by=SYSTEM, at=AT)
    assert acting(client).post_id is None


def test_a_locked_account_ends_its_session_and_a_reset_too(officer):
    client = Client()
    log_in(client)
    client.post(FACTOR, {"code": totp()})
    assert client.get("/my-account/").status_code == 200
    enter_scope(EVERYWHERE)
    actions.reset_password(user=officer, by=SYSTEM, at=AT)
    assert client.get("/my-account/").status_code == 302


def sent(tmp_path):
    return [json.loads(path.read_text()) for path in sorted((tmp_path / "outbox").glob("*.json"))]


def test_a_worker_logs_in_by_a_code_to_his_phone(worker, tmp_path):
    client = Client()
    assert client.post(CODE, {"phone": "138 0000 0001"})["Location"] == CONFIRM
    (message,) = sent(tmp_path)
    assert message["to"] == "+86" + MOBILE
    (path,) = (tmp_path / "outbox").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert client.post(CONFIRM, {"code": message["code"]})["Location"] == "/"
    actor = acting(client)
    assert (actor.role, actor.person_id) == (Role.WRK, worker.person_id)
    enter_scope(EVERYWHERE)
    assert worker.person.contacts.get().verified_at is not None


def test_three_wrong_codes_end_the_attempt(worker, tmp_path):
    client = Client()
    client.post(CODE, {"phone": MOBILE})
    code = sent(tmp_path)[0]["code"]
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(3):
        client.post(CONFIRM, {"code": wrong})
    client.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in client.session


def test_an_unknown_phone_is_answered_like_a_known_one(worker, tmp_path):
    known, unknown = Client(), Client()
    answers = [c.post(CODE, {"phone": phone}) for c, phone in ((known, MOBILE), (unknown, "13800000099"))]
    assert {(a.status_code, a["Location"]) for a in answers} == {(302, CONFIRM)}
    pages = [re.sub(r'value="[^"]{20,}"', "", c.get(CONFIRM).content.decode()) for c in (known, unknown)]
    assert pages[0] == pages[1]
    assert len(sent(tmp_path)) == 1


def test_a_wrong_password_and_an_unknown_account_read_alike(officer):
    pages = [
        re.sub(r'value="[^"]*"', "", log_in(Client(), name, "falsch-falsch").content.decode())
        for name in ("li", "ni")
    ]
    assert pages[0] == pages[1]
    assert "账号或密码不对" in pages[0]


def test_a_phone_that_two_people_share_opens_for_neither(worker, place, tmp_path):
    other = people.register_person(
        draft=people.PersonDraft(name="王大工"),
        keeper_id=place.units["东县厂"].pk,
        mobile=MOBILE,
        today=TODAY,
        by=SYSTEM,
        at=AT,
    )
    actions.open_account(username="w2", name="王大工", password=None, by=SYSTEM, at=AT, person=other)
    Client().post(CODE, {"phone": MOBILE})
    assert not (tmp_path / "outbox").exists()


def test_a_code_given_out_at_the_console_opens_where_no_message_arrives(worker, settings, caplog):
    settings.NIANGJIA_CODE_CHANNEL = "niangjia.entrance.channels.LogChannel"
    told = actions.log_in_code_at_console(username="worker", at=AT)
    client = Client()
    with caplog.at_level("INFO"):
        client.post(CODE, {"phone": MOBILE})
    assert told["code"] not in caplog.text
    assert MOBILE not in caplog.text
    client.post(CONFIRM, {"code": told["code"]})
    assert "_auth_user_id" in client.session


def test_an_officer_who_comes_by_phone_code_still_needs_the_second_factor(worker, place):
    place.grant(worker, "东县厂", Role.PRI)
    actions.enrol_totp(user=worker, secret=SECRET)
    client = Client()
    actions.log_in_code_at_console(username="worker", at=AT)
    told = actions.log_in_code_at_console(username="worker", at=AT)
    client.post(CODE, {"phone": MOBILE})
    assert client.post(CONFIRM, {"code": told["code"]})["Location"] == FACTOR
    assert "_auth_user_id" not in client.session


def test_failures_from_one_address_do_not_shut_the_owner_out(officer, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}
    attacker, owner = Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="198.51.100.7")
    for _ in range(6):
        page = log_in(attacker, password="falsch-falsch")  # noqa: S106 - wrong on purpose
    assert "试的次数太多了" in page.content.decode()
    assert log_in(attacker).status_code == 200
    assert log_in(owner)["Location"] == FACTOR


def test_nobody_signs_up_and_no_password_is_reset_by_a_link(db):
    client = Client()
    assert "账号由工会开设" in client.get("/account/signup/").content.decode()
    assert "不能在网上自助找回" in client.get("/account/password/reset/").content.decode()
    assert client.post("/account/password/reset/", {"email": "a@example.org"}).status_code == 200


def test_an_officer_cannot_take_off_his_own_second_factor(officer):
    client = Client()
    log_in(client)
    client.post(FACTOR, {"code": totp()})
    client.post("/account/2fa/totp/deactivate/")
    assert queries.has_second_factor(user=officer)


@pytest.mark.parametrize("path", [LOGIN, CODE, "/account/password/reset/", "/account/signup/"])
def test_the_pages_of_logging_in_stand_in_chinese_on_our_furniture(db, path):
    page = Client().get(path).content.decode()
    assert 'lang="zh-Hans"' in page
    assert "public-top" in page
    assert not re.search(r">\s*(Sign In|Login|Password|Username|Remember)", page)


def test_the_demo_code_shows_only_in_the_demo_world(officer, settings):
    client = Client()
    log_in(client)
    assert "演示世界" not in client.get(FACTOR).content.decode()
    assert queries.demo_code_for(user=officer) is None
    settings.DEMO_WORLD = True
    assert totp() in client.get(FACTOR).content.decode()


class Gateway(BaseHTTPRequestHandler):
    got: ClassVar[list] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.headers["X-Key"], json.loads(body)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def test_the_gateway_channel_posts_what_its_template_says(settings, tmp_path, monkeypatch):
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    described = Path(tmp_path) / "gateway.json"
    body = {"phones": ["{to}"], "template": {"code": "{code}", "minutes": 5}}
    address = f"http://127.0.0.1:{server.server_port}/send"
    described.write_text(json.dumps({"url": address, "headers": {"X-Key": "k"}, "body": body}))
    monkeypatch.setenv("NIANGJIA_CODE_GATEWAY", str(described))
    assert channels.HttpTemplateChannel().deliver(to="+8613800000001", code="123456")
    server.shutdown()
    told = {"phones": ["+8613800000001"], "template": {"code": "123456", "minutes": 5}}
    assert Gateway.got == [("k", told)]
    assert not channels.HttpTemplateChannel().deliver(to="+8613800000001", code="123456")


def test_a_gateway_in_the_clear_is_refused(tmp_path, monkeypatch):
    described = Path(tmp_path) / "gateway.json"
    described.write_text(json.dumps({"url": "http://sms.example.org/", "body": {}}))
    monkeypatch.setenv("NIANGJIA_CODE_GATEWAY", str(described))
    with pytest.raises(Exception, match="https"):
        channels.HttpTemplateChannel().deliver(to="+8613800000001", code="123456")


def test_a_delegate_acts_for_the_time_of_the_delegation_only(officer, place):
    helper = place.account("helper", unit="东县")
    actions.enrol_totp(user=helper, secret=SECRET)
    post = officer.posts.get()
    chair = queries.actor_for(post=post, day=TODAY)
    until = TODAY + timedelta(days=7)
    actions.delegate_post(post=post, to=helper, since=TODAY, until=until, by=chair, at=AT)
    client = Client()
    log_in(client, "helper")
    client.post(FACTOR, {"code": totp()})
    assert acting(client).role is Role.CTY
    with clock.fixed(until):
        assert acting(client).post_id is None
