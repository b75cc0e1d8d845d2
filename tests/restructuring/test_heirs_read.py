"""Officers of the heir read the ended union's papers and history, nothing more; its posts end (SC-8)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from niangjia.accounts import queries as accounts_queries
from niangjia.accounts.models import Post, User
from niangjia.bodies.models import Committee, CommitteePost
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, PUBLIC, SYSTEM, Role
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.models import JournalLine
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import enter_scope
from niangjia.network import queries as network
from niangjia.network.models import Organisation, OrganisationName
from niangjia.network.permissions import Word as NetworkWord
from niangjia.papers import queries as papers
from niangjia.papers.models import Paper
from niangjia.papers.permissions import Word as PapersWord
from niangjia.register import actions as register
from tests.conftest import AT, TODAY
from tests.network.acting import NOW, Desk
from tests.network.worlds import SINCE
from tests.restructuring.worlds import execute, ready, undo

AFTER = TODAY + timedelta(1)
INHERITED = {
    "network.read", "papers.read", "papers.open_personal", "households.read", "campaigns.read",
    "visits.read", "means.read", "hardship.read", "hardship.status", "aid.read", "sympathy.read",
    "ledger.read", "payments.read",
}  # fmt: skip
"""Every word that goes along reads, and nothing else."""


def serving(land, key, role=Role.FED, day=TODAY):
    user = User.objects.create(username=f"{key}-{role}", name="张一", created_at=AT)
    post = Post.objects.create(user=user, unit=land[key].unit, role=role, since=SINCE, granted_at=AT)
    return lambda at=day: accounts_queries.actor_for(post=post, day=at)


@pytest.fixture
def sheet(land):
    """A paper of the union that is going to end."""
    return register.issue_organisation_sheet(unit_id=land["a"].pk, by=SYSTEM, at=AT)


def seen(actor, word, rows):
    """What PostgreSQL itself shows of rows within the scope of a word, whatever the query asks."""
    enter_scope(actor.scope_for(word), user_id=actor.user_id)
    found = rows()
    enter_scope(EVERYWHERE)
    return found


def test_an_officer_of_the_heir_reads_papers_and_history_of_the_ended_union(land, who, sheet):
    heir = serving(land, "b")
    assert heir().ended == ()
    execute(ready(land, who), who)
    actor = heir()
    assert actor.ended == (land["a"].path,)
    scope = actor.scope_for(PapersWord.READ)
    assert papers.paper_in_scope(paper_id=sheet.pk, scope=scope) == sheet
    assert [row.pk for row in seen(actor, PapersWord.READ, lambda: list(Paper.objects.all()))] == [sheet.pk]
    assert seen(actor, PapersWord.READ, lambda: papers.bytes_of(content=Paper.objects.get().pdf))
    told = seen(actor, NetworkWord.READ, lambda: list(Organisation.objects.values_list("pk", flat=True)))
    assert land["a"].pk in told
    lines = JournalLine.objects.filter(kind="network.organisation", object_id=land["a"].pk)
    assert seen(actor, NetworkWord.READ, lines.exists)
    assert seen(actor, NetworkWord.READ, OrganisationName.objects.filter(organisation=land["a"]).exists)
    assert seen(actor, NetworkWord.READ, Committee.objects.filter(organisation=land["a"]).exists)
    assert seen(actor, NetworkWord.READ, CommitteePost.objects.filter(organisation=land["a"]).exists)


def test_reading_is_all_postgresql_itself_refuses_to_write(land, who, sheet):
    heir = serving(land, "b")
    execute(ready(land, who), who)
    actor = heir()
    for word in sorted(INHERITED & set(actor.words)):
        enter_scope(actor.scope_for(word), user_id=actor.user_id)
        assert not Paper.objects.filter(pk=sheet.pk).update(void_reason="x")
        assert not Organisation.objects.filter(pk=land["a"].pk).update(short_name="x")
        assert not Committee.objects.filter(organisation=land["a"]).delete()[0]
    enter_scope(EVERYWHERE)


def test_no_word_but_those_for_reading_goes_along(land, who, sheet):
    heir = serving(land, "b")
    execute(ready(land, who), who)
    actor = heir()
    path = land["a"].path
    assert {word for word in actor.words if actor.may(word, at=path)} == INHERITED & set(actor.words)
    assert all(not actor.scope_for(word).ended for word in set(actor.words) - INHERITED)
    with pytest.raises(NotVisible):
        papers.paper_in_scope(paper_id=sheet.pk, scope=actor.scope_for(PapersWord.ISSUE))
    with pytest.raises(NotVisible):
        network.organisation_in_scope(unit_id=land["a"].pk, scope=actor.scope_for(NetworkWord.EDIT))


@pytest.mark.parametrize(
    ("key", "role"), [("c", Role.FED), ("a1", Role.PRI), ("next_town", Role.TWN), ("b1", Role.PRI)]
)
def test_nobody_else_reaches_it(land, who, sheet, key, role):
    other = serving(land, key, role)
    execute(ready(land, who), who)
    assert other().ended == ()
    with pytest.raises(NotVisible):
        papers.paper_in_scope(paper_id=sheet.pk, scope=other().scope_for(PapersWord.READ))


def test_a_members_post_at_the_heir_inherits_nothing(land, who):
    member = serving(land, "b", Role.MEM)
    execute(ready(land, who), who)
    assert member().ended == ()


def test_a_union_that_stands_is_never_reached_nor_one_whose_day_has_not_come(land, who):
    heir = serving(land, "b")
    row = ready(land, who)
    assert heir().ended == ()
    execute(row, who)
    assert heir(TODAY - timedelta(1)).ended == ()
    assert heir(AFTER).ended == (land["a"].path,)
    undo(row, who)
    assert heir().ended == heir(AFTER).ended == ()


def test_the_heir_of_an_heir_reads_both(land, who):
    last = serving(land, "c")
    execute(ready(land, who), who)
    city = {"town": SYSTEM, "county": who["city"], "audit": who["city_audit"]}
    execute(ready(land, city, sources=("b",), heir="c"), city)
    assert set(last().ended) == {land["a"].path, land["b"].path}


def test_the_posts_of_the_ended_union_end_with_it(land, who):
    own = serving(land, "a")
    execute(ready(land, who), who)
    with pytest.raises(LookupError):
        own(AFTER)


def test_its_page_its_papers_and_its_history_open_without_a_button_to_change_them(
    land, who, sheet, settings, client
):
    heir = serving(land, "b")
    execute(ready(land, who), who)
    settings.NIANGJIA_ACTOR_LOADER = "tests.network.acting.loader"
    with clock.fixed(AT):
        desk = Desk(client, heir())
        page = desk.get(reverse("organisation", args=[land["a"].pk]))
        history = desk.get(reverse("organisation", args=[land["a"].pk]) + "history/")
        listed = desk.get(reverse("papers"))
        paper = desk.get(reverse("paper", args=[sheet.pk]))
        pdf = desk.get(reverse("paper-pdf", args=[sheet.pk]))
        void = desk.get(reverse("paper-void", args=[sheet.pk]))
    NOW["actor"] = PUBLIC
    assert [one.status_code for one in (page, history, listed, paper, pdf, void)] == [
        200,
        200,
        200,
        200,
        200,
        404,
    ]
    assert land["a"].name in page.content.decode()
    assert sheet.number in listed.content.decode()
    assert "作废" not in paper.content.decode()


def test_the_setting_is_put_back_after_a_step_beyond(land, who):
    heir = serving(land, "b")
    execute(ready(land, who), who)
    enter_scope(heir().scope_for(NetworkWord.READ))
    with beyond():
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('nj.ended')")
        assert cursor.fetchone() == (land["a"].path,)
    enter_scope(EVERYWHERE)
    assert replace(heir(), ended=()).scope_for(NetworkWord.READ).ended == ()
