from datetime import date, timedelta

import pytest
from django.db.models import Q

from niangjia.accounts import actions, queries
from niangjia.accounts.models import Opening, Post, User
from niangjia.accounts.permissions import Word
from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.scoping import enter_scope
from niangjia.network.permissions import Word as NetworkWord
from niangjia.tree.actions import close_unit
from tests.accounts.conftest import PASSWORD, SINCE
from tests.conftest import AT, TODAY

LATER = TODAY + timedelta(days=30)


def test_a_post_gives_its_words_where_it_stands_and_only_while_it_holds(place):
    user = place.account("li", unit="东县镇")
    post = place.grant(user, "东县镇", Role.TWN, until=date(2019, 1, 1))
    actor = queries.actor_for(post=post, day=TODAY)
    town, other = place.units["东县厂"].path, place.units["西县厂"].path
    assert actor.may(NetworkWord.READ, at=town)
    assert not actor.may(NetworkWord.READ, at=other)
    with pytest.raises(LookupError):
        queries.actor_for(post=post, day=date(2019, 1, 1))
    with pytest.raises(LookupError):
        queries.actor_for(post=post, day=SINCE - timedelta(days=1))


def test_a_post_ends_with_its_unit(place):
    post = place.grant(place.account("li", unit="东县厂"), "东县厂", Role.PRI)
    close_unit(unit=place.units["东县厂"], until=TODAY)
    with pytest.raises(LookupError):
        queries.actor_for(post=post, day=TODAY)
    assert queries.actor_for(post=post, day=TODAY - timedelta(days=1)).role is Role.PRI


def test_an_account_is_one_persons_and_its_name_is_taken_once(place):
    place.account("li")
    with pytest.raises(Refused, match="已经有人使用"):
        place.account("LI")
    with pytest.raises(BadInput):
        actions.open_account(username="wang", name="王某", password="12345", by=SYSTEM, at=AT)  # noqa: S106


def test_every_act_on_accounts_and_posts_is_journalled_without_personal_data(place):
    user = place.account("secret.name", name="欧阳无名", unit="东县")
    post = place.grant(user, "东县", Role.CTY)
    actions.lock_account(user=user, reason="调离", by=SYSTEM, at=AT)
    actions.unlock_account(user=user, by=SYSTEM, at=AT)
    actions.reset_password(user=user, by=SYSTEM, at=AT)
    actions.reset_second_factor(user=user, by=SYSTEM, at=AT)
    actions.end_post(post=post, until=LATER, by=SYSTEM, at=AT, reason="换届")
    lines = JournalLine.objects.order_by("id")
    assert [line.verb for line in lines] == [
        "open_account", "grant_post", "lock_account", "unlock_account", "reset_password",
        "reset_second_factor", "end_post",
    ]  # fmt: skip
    assert not any("欧阳" in str(line.after) or "secret" in str(line.after) for line in lines)


def test_a_chair_grants_below_himself_in_his_own_tree(place, chair):
    helper = place.account("helper", by=chair)
    assert place.grant(helper, "东县镇", Role.TWN, by=chair).granted_by == chair.user_id


@pytest.mark.parametrize(
    ("unit", "role", "error"),
    [
        ("东县", Role.CTY, NotAllowed),
        ("西县镇", Role.TWN, NotVisible),
        ("甲市", Role.MUN, NotVisible),
        ("东县镇", Role.CTY, Refused),
        ("东县", Role.SYS, NotAllowed),
        ("东县", Role.AUD, NotAllowed),
    ],
)
def test_nobody_grants_above_or_outside_himself(place, chair, unit, role, error):
    helper = place.account("helper", unit="东县")
    with pytest.raises(error):
        place.grant(helper, unit, role, by=chair)


def test_nobody_grants_to_himself(place, chair):
    with pytest.raises(NotAllowed, match="不能给自己"):
        place.grant(User.objects.get(pk=chair.user_id), "东县镇", Role.TWN, by=chair)


def test_the_three_administrators_are_three_people(place):
    user = place.account("sys", unit="甲市")
    place.grant(user, "甲市", Role.SYS)
    for role in (Role.SEC, Role.LOG, Role.MUN):
        with pytest.raises(Refused, match="同一人"):
            place.grant(user, "甲市", role)
    place.grant(user, "甲市", Role.MEM)


def test_a_post_to_come_counts_when_roles_must_stay_apart(place):
    user = place.account("cash", unit="东县")
    place.grant(user, "东县", Role.CSH, since=LATER)
    with pytest.raises(Refused, match="同一人"):
        place.grant(user, "东县", Role.ACC)
    place.grant(user, "东县", Role.ACC, until=LATER)


def test_the_system_administrator_opens_accounts_and_grants_nothing(place):
    admin = place.officer("sys", "甲市", Role.SYS)
    user = place.account("li", by=admin, unit="东县")
    assert Opening.objects.get(user=user).unit_id == place.units["东县"].pk
    with pytest.raises((NotAllowed, NotVisible)):
        place.grant(user, "东县", Role.CTY, by=admin)
    assert not admin.may(NetworkWord.READ)


def test_the_security_administrator_grants_and_opens_nothing(place):
    admin = place.officer("sec", "甲市", Role.SEC)
    user = place.account("li", unit="东县")
    place.grant(user, "东县", Role.CTY, by=admin)
    with pytest.raises(NotAllowed):
        place.account("wang", by=admin)
    with pytest.raises(NotAllowed):
        place.grant(place.account("zhao", unit="甲市"), "甲市", Role.SYS, by=admin)


def test_whoever_resets_the_password_cannot_lift_the_second_factor(place):
    sys, sec = place.officer("sys", "甲市", Role.SYS), place.officer("sec", "甲市", Role.SEC)
    user = place.account("li", unit="东县")
    place.grant(user, "东县", Role.CTY)
    assert len(actions.reset_password(user=user, by=sys, at=AT)) == 19
    with pytest.raises(NotAllowed):
        actions.reset_second_factor(user=user, by=sys, at=AT)
    actions.reset_second_factor(user=user, by=sec, at=AT)
    with pytest.raises(NotAllowed):
        actions.reset_password(user=user, by=sec, at=AT)


def test_a_chair_resets_nobody_who_also_stands_elsewhere_or_as_high(place, chair):
    user = place.account("li", unit="东县镇")
    place.grant(user, "东县镇", Role.TWN)
    actions.reset_password(user=user, by=chair, at=AT)
    place.grant(user, "西县镇", Role.TWN)
    with pytest.raises(NotAllowed):
        actions.reset_password(user=user, by=chair, at=AT)
    with pytest.raises(NotAllowed):
        actions.lock_account(user=User.objects.get(pk=chair.user_id), reason="x", by=chair, at=AT)


def test_the_same_post_twice_is_refused(place):
    user = place.account("li", unit="东县")
    place.grant(user, "东县", Role.CTY, until=LATER)
    with pytest.raises(Refused, match="已有同样的岗位"):
        place.grant(user, "东县", Role.CTY)
    place.grant(user, "东县", Role.CTY, since=LATER)


def test_a_post_ended_on_its_first_day_never_held(place):
    post = place.grant(place.account("li", unit="东县"), "东县", Role.CTY, since=TODAY)
    actions.end_post(post=post, until=TODAY, by=SYSTEM, at=AT)
    post.refresh_from_db()
    assert post.revoked_at == AT
    with pytest.raises(LookupError):
        queries.actor_for(post=post, day=TODAY)


def delegated(place, chair, until=LATER):
    helper = place.account("helper", unit="东县")
    post = Post.objects.get(pk=chair.post_id)
    stand_in = actions.delegate_post(post=post, to=helper, since=TODAY, until=until, by=chair, at=AT)
    return post, stand_in


def test_a_delegate_carries_no_more_than_the_delegator_and_hands_nothing_on(place, chair):
    _, stand_in = delegated(place, chair)
    actor = queries.actor_for(post=stand_in, day=TODAY)
    assert set(actor.words) < set(chair.words)
    assert not actor.may(Word.GRANT)
    assert not actor.may(Word.DELEGATE)
    other = place.account("third", unit="东县")
    with pytest.raises(NotAllowed):
        actions.delegate_post(post=stand_in, to=other, since=TODAY, until=LATER, by=actor, at=AT)


def test_a_delegation_ends_on_its_day(place, chair):
    _, stand_in = delegated(place, chair)
    with pytest.raises(LookupError):
        queries.actor_for(post=stand_in, day=LATER)


def test_a_delegation_ends_with_the_delegators_post(place, chair):
    post, stand_in = delegated(place, chair)
    actions.end_post(post=post, until=TODAY + timedelta(days=3), by=SYSTEM, at=AT)
    assert queries.actor_for(post=stand_in, day=TODAY)
    with pytest.raises(LookupError):
        queries.actor_for(post=stand_in, day=TODAY + timedelta(days=3))


def test_a_delegation_rests_while_the_delegator_is_locked(place, chair):
    post, stand_in = delegated(place, chair)
    actions.lock_account(user=post.user, reason="停职", by=SYSTEM, at=AT)
    with pytest.raises(LookupError):
        queries.actor_for(post=stand_in, day=TODAY)


@pytest.mark.parametrize("until", [None, TODAY])
def test_a_delegation_without_an_end_is_refused(place, chair, until):
    with pytest.raises(Refused, match="截止日期"):
        delegated(place, chair, until=until)


def test_only_the_post_one_acts_in_is_delegated(place, chair):
    foreign = place.grant(place.account("li", unit="东县镇"), "东县镇", Role.TWN)
    with pytest.raises(NotAllowed):
        actions.delegate_post(
            post=foreign, to=place.account("helper"), since=TODAY, until=LATER, by=chair, at=AT
        )


def test_foreign_accounts_and_posts_stay_hidden_when_the_query_scope_is_gone(place, chair, monkeypatch):
    foreign = place.account("west", unit="西县")
    place.grant(foreign, "西县", Role.CTY)
    bare = place.account("west.bare", unit="西县")
    scope = chair.scope_for(Word.READ)
    enter_scope(scope, user_id=chair.user_id)
    monkeypatch.setattr("niangjia.kernel.scoping._ranges", lambda _scope, _field: Q())
    found = queries.accounts_in_scope(scope=scope, day=TODAY)
    assert [user.pk for user in found] == [chair.user_id]
    assert {post.user_id for post in queries.posts_in_scope(scope=scope)} == {chair.user_id}
    for user in (foreign, bare):
        with pytest.raises(NotVisible):
            queries.user_in_scope(user_id=user.pk, scope=scope, day=TODAY)


def test_the_list_of_accounts_is_narrowed_by_name_role_unit_and_state(place, chair):
    town = place.account("town", name="周某", unit="东县镇")
    place.grant(town, "东县镇", Role.TWN)
    bare = place.account("bare", name="吴某", unit="东县厂")
    scope = chair.scope_for(Word.READ)

    def found(**filters):
        asked = queries.AccountFilters(**filters)
        return [user.username for user in queries.accounts_in_scope(scope=scope, day=TODAY, filters=asked)]

    assert set(found()) == {"east.chair", "town", "bare"}
    assert found(name="周") == ["town"]
    assert found(role="twn") == ["town"]
    assert found(under=place.units["东县厂"].path) == ["bare"]
    actions.lock_account(user=bare, reason="离职", by=chair, at=AT)
    assert found(state="locked") == ["bare"]


def test_the_console_opens_the_first_account_and_helps_when_nobody_can_log_in(place):
    made = actions.add_user_at_console(username="root", name="系统", role="sys", unit_id=None, at=AT)
    user = queries.user_by_username(username="root")
    assert user.check_password(made["password"])
    assert user.must_change_password
    assert actions.lock_user_at_console(username="root", at=AT)["state"] == "locked"
    again = actions.reset_user_at_console(username="root", at=AT)
    user.refresh_from_db()
    assert user.is_active
    assert user.check_password(again["password"])
    assert [row["username"] for row in queries.users_for_console()] == ["root"]
    with pytest.raises(Refused, match="没有“xyz”这个角色"):
        actions.add_user_at_console(username="b", name="某", role="xyz", unit_id=None, at=AT)


def test_an_account_with_its_first_password_is_told_to_change_it(place):
    user = place.account("li", must_change=True)
    assert user.must_change_password
    actions.change_password(user=user, password=PASSWORD + "!", at=AT)
    user.refresh_from_db()
    assert not user.must_change_password
