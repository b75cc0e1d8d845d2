"""Guessing from many addresses is stopped, and nobody can use that to shut the owner out (control 19)."""

import pytest
from django.test import Client

from niangjia.accounts import actions
from niangjia.kernel import clock
from niangjia.kernel.access import Role
from tests.accounts.conftest import PASSWORD, SECRET
from tests.accounts.test_login import totp
from tests.conftest import TODAY

LOGIN = "/account/login/"
SAID = "试的次数太多了"


@pytest.fixture(autouse=True)
def fresh(settings, tmp_path, db):
    settings.HOME, settings.NIANGJIA_LIMITS = tmp_path, True
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def officer(place):
    user = place.account("li", unit="东县")
    place.grant(user, "东县", Role.CTY)
    actions.enrol_totp(user=user, secret=SECRET)
    return user


def attempt(client, username, password=PASSWORD):
    return client.post(LOGIN, {"login": username, "password": password})


def guess(count, username):
    """A guesser with as many addresses as tries."""
    for n in range(count):
        page = attempt(Client(REMOTE_ADDR=f"203.0.{n // 250}.{n % 250 + 1}"), username, "falsch-falsch")
    return page.content.decode()


def test_thirty_tries_from_everywhere_and_strangers_wait(officer):
    assert SAID not in guess(30, "li")
    assert SAID in guess(1, "LI")
    assert SAID in attempt(Client(REMOTE_ADDR="198.51.100.7"), "li").content.decode()


def test_the_owner_on_his_own_device_is_not_shut_out(officer):
    owner = Client(REMOTE_ADDR="198.51.100.7")
    attempt(owner, "li")
    assert "nj_known" not in owner.cookies, "a password alone does not make a device known"
    owner.post("/account/2fa/authenticate/", {"code": totp()})
    assert owner.cookies["nj_known"]["httponly"]
    owner.post("/account/logout/")
    assert SAID in guess(40, "li")
    assert attempt(owner, "li")["Location"] == "/account/2fa/authenticate/"


def test_a_forged_mark_or_one_of_another_account_helps_nobody(officer, place):
    other = Client(REMOTE_ADDR="198.51.100.8")
    place.account("wang", unit="东县")
    attempt(other, "wang")
    assert other.cookies["nj_known"].value
    other.post("/account/logout/")
    guess(30, "li")
    assert SAID in attempt(other, "li").content.decode()
    forged = Client(REMOTE_ADDR="198.51.100.9")
    forged.cookies["nj_known"] = "WyJsaSJd:1abc:forged"
    assert SAID in attempt(forged, "li").content.decode()


def test_an_account_that_does_not_exist_is_bounded_and_answered_alike(officer):
    known, unknown = guess(31, "li"), guess(31, "nobody-here")
    assert SAID in known
    assert known.replace("li", "").count(SAID) == unknown.count(SAID)
