from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.accounts import permissions, rules
from niangjia.kernel.access import Role, words_of
from niangjia.kernel.errors import NiangjiaError, NotAllowed, Refused
from niangjia.network.rules import OrgKind

CITY, COUNTY, TOWN = "000001", "000001000002", "000001000002000003"
BUSINESS = set(Role) - {Role.PUB} - rules.ADMINS
roles = st.sampled_from(sorted(set(Role) - {Role.PUB}))
kinds = st.sampled_from(sorted(OrgKind))
paths = st.sampled_from([CITY, COUNTY, TOWN, "000001000009"])


def place(kind, path):
    return rules.Place(unit_id=1, path=path, kind=kind)


def test_every_role_fits_somewhere_and_only_at_kinds_that_exist():
    assert set(rules.FITS) == set(Role) - {Role.PUB}
    assert set().union(*rules.FITS.values()) <= set(OrgKind)
    assert set(rules.ROLE_NAMES) == set(Role)


def test_every_word_has_a_label_and_a_carrier():
    assert set(permissions.LABELS) == set(permissions.Word)
    assert {grant.word for grant in permissions.GRANTS} == set(permissions.Word)


def test_no_administrator_carries_another_administrators_word():
    words = {role: set(words_of(role, permissions.GRANTS)) for role in rules.ADMINS}
    assert permissions.Word.GRANT not in words[Role.SYS]
    assert permissions.Word.FACTOR not in words[Role.SYS]
    assert not {permissions.Word.OPEN, permissions.Word.PASSWORD} & words[Role.SEC]
    assert words[Role.LOG] == {permissions.Word.READ}


@given(giver=roles, role=roles, kind=kinds, at=paths, here=paths, same=st.booleans())
def test_no_grant_exceeds_the_givers_rank_or_leaves_his_tree(giver, role, kind, at, here, same):
    source = rules.Giver(user_id=1, role=giver, path=here)
    try:
        rules.require_grant(source, role=role, place=place(kind, at), to_user=1 if same else 2, held=())
    except NiangjiaError:
        return
    assert not same
    assert at.startswith(here)
    assert kind in rules.FITS[role]
    assert giver is Role.SEC or rules.rank(role) < rules.rank(giver)
    assert role not in rules.ADMINS or (giver is Role.SEC and at != here)


@given(one=roles, other=roles)
def test_an_administrator_holds_nothing_else_but_his_own_membership(one, other):
    if one in rules.ADMINS and other != one and other not in rules.PERSONAL:
        with pytest.raises(Refused):
            rules.require_apart(one, held={other})
        with pytest.raises(Refused):
            rules.require_apart(other, held={one})


def test_cash_books_and_audit_are_three_people():
    for pair in ((Role.CSH, Role.ACC), (Role.AUD, Role.CSH), (Role.AUD, Role.ACC)):
        with pytest.raises(Refused, match="同一人"):
            rules.require_apart(pair[0], held={pair[1]})


def test_the_roles_offered_are_the_roles_that_would_be_granted():
    chair = rules.Giver(user_id=1, role=Role.TWN, path=TOWN)
    single = place(OrgKind.SINGLE, TOWN + "000004")
    for role in Role:
        if role is Role.PUB:
            continue
        offered = role in rules.roles_for(chair, place=single)
        try:
            rules.require_grant(chair, role=role, place=single, to_user=2, held=())
            granted = True
        except NiangjiaError:
            granted = False
        assert offered == granted, role


def test_a_user_name_has_one_form():
    assert rules.username_of(" Chen.Li ") == "chen.li"
    with pytest.raises(Refused):
        rules.username_of("chen li")


def test_a_reset_reaches_only_accounts_below_in_every_post():
    def standing(role, path):
        return rules.Standing(1, role, 1, path, "", "", date(2018, 1, 1), None)

    chair = rules.Giver(user_id=1, role=Role.CTY, path=COUNTY)
    rules.require_above(chair, posts=[standing(Role.TWN, TOWN)], to_user=2)
    for post in (standing(Role.CTY, COUNTY), standing(Role.PRI, "000001000009"), standing(Role.SEC, TOWN)):
        with pytest.raises(NotAllowed):
            rules.require_above(chair, posts=[standing(Role.TWN, TOWN), post], to_user=2)
