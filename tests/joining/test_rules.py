from datetime import date

import pytest

from niangjia.joining import rules
from niangjia.joining.rules import APPLICATION
from niangjia.kernel.errors import BadInput, NotAllowed
from niangjia.kernel.workflow.exploring import way_around

CONTENT = rules.Content(7, 1, None, None, date(2018, 12, 31), 500)


def test_every_state_of_an_application_is_reached_and_every_way_ends():
    assert APPLICATION.unreachable == frozenset()
    assert APPLICATION.dead_ends == frozenset()
    assert set(APPLICATION.labels) == set(APPLICATION.states)


def test_nobody_becomes_a_member_without_a_review_and_an_approval():
    into = {step.source for step in APPLICATION.steps if step.target == "approved"}
    assert into == {"reviewed"}
    assert {step.name for step in APPLICATION.steps if step.target == "reviewed"} == {"review"}


def test_only_the_applicant_answers_withdraws_and_appeals():
    own = {step.name for step in APPLICATION.steps if step.by == rules.APPLICANT}
    assert own == {"answer", "withdraw", "appeal"}


@pytest.mark.parametrize(
    "other",
    [
        rules.Content(8, 1, None, None, date(2018, 12, 31), 500),
        rules.Content(7, 2, None, None, date(2018, 12, 31), 500),
        rules.Content(7, 1, 3, None, date(2018, 12, 31), 500),
        rules.Content(7, 1, None, 4, date(2018, 12, 31), 500),
        rules.Content(7, 1, None, None, date(2019, 12, 31), 500),
        rules.Content(7, 1, None, None, date(2018, 12, 31), 501),
    ],
)
def test_a_token_stands_for_one_content_only(other):
    assert rules.token_of(CONTENT, key=b"k") != rules.token_of(other, key=b"k")
    assert rules.token_of(CONTENT, key=b"k") != rules.token_of(CONTENT, key=b"l")


def test_a_token_tells_its_number_in_any_case_of_letters():
    token = rules.token_of(CONTENT, key=b"k")
    assert rules.content_of(token) == rules.content_of(token.lower()) == 7
    assert rules.content_of(token + "AA") is None
    assert rules.content_of("\ud800") is None


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({}, "good"),
        ({"day": date(2019, 1, 1)}, "expired"),
        ({"uses": 5}, "used_up"),
        ({"is_revoked": True}, "revoked"),
    ],
)
def test_a_code_is_good_until_its_last_day_and_last_use(told, state):
    usual = {"day": date(2018, 12, 31), "expires_on": date(2018, 12, 31), "uses": 4, "max_uses": 5}
    assert rules.state_of(**{**usual, "is_revoked": False, **told}) == state


def test_receipts_have_no_signs_that_are_mistaken_for_others():
    code = rules.receipt_from(2**97 - 1)
    assert len(rules.receipt_plain(code)) == 20
    assert not set(code) & set("01ILOU")
    assert rules.receipt_plain(code.lower().replace("-", " ")) == rules.receipt_plain(code)


def test_consent_and_signature_are_what_was_asked():
    assert rules.require_consent(1) == 1
    for nothing in (None, 0, 99):
        with pytest.raises(BadInput, match="勾选同意"):
            rules.require_consent(nothing)
    assert rules.require_signature("") == ""
    with pytest.raises(BadInput, match="签名没有收好"):
        rules.require_signature("data:text/html;base64,AAAA")


def test_nobody_decides_about_himself():
    rules.require_other(1, 2)
    rules.require_other(None, None)
    with pytest.raises(NotAllowed, match="本人的申请"):
        rules.require_other(1, 1)


def test_no_way_leads_to_approval_around_review_and_the_union():
    for step in ("review", "approve"):
        assert way_around(APPLICATION, "approved", without=[step]) is None
    assert way_around(APPLICATION, "upheld", without=["appeal"]) is None
