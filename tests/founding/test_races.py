"""Two officers at the same moment: one step is taken, the other is told why; the control shows the race."""

from threading import Barrier

import pytest
from django.db import transaction
from tests.conftest import AT
from tests.founding.worlds import Founders
from tests.network.test_races import together
from tests.network.worlds import zhejiang

from niangjia.founding import actions
from niangjia.founding.actions import deciding, stepping
from niangjia.founding.models import UnionEstablishment
from niangjia.founding.rules import State
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.scoping import enter_scope
from niangjia.network.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
COPIES = 4


@pytest.fixture
def founders():
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return Founders(zhejiang())


def at_once(*acts):
    """Each act in a transaction of its own; what they came to: `done` or the words of the refusal."""
    told = []

    def tried(act):
        try:
            with transaction.atomic():
                enter_scope(EVERYWHERE)
                act()
            told.append("done")
        except (Refused, NotAllowed) as refused:
            told.append(str(refused))

    errors = together(*[lambda act=act: tried(act) for act in acts])
    assert errors == []
    return told


def built(make):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return make()


def seen(query):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return query()


def test_two_who_approve_at_once_found_one_union(founders):
    row = built(founders.reported)
    officers = (founders.county, founders.deputy) * (COPIES // 2)
    told = at_once(*[lambda who=who: founders.approve(row, by=who) for who in officers])
    assert told.count("done") == 1
    assert all("不能办" in words for words in told if words != "done")
    assert seen(Organisation.objects.filter(name=row.name).count) == 1


def test_one_who_reviews_and_one_who_returns_at_once_take_one_step(founders):
    row = built(founders.submitted)
    step = {"establishment_id": row.pk, "version": row.version, "at": AT}
    told = at_once(
        lambda: actions.review_establishment(by=founders.town, **step),
        lambda: actions.send_back_establishment(by=founders.mate, reason="缺代码", **step),
    )
    assert told.count("done") == 1
    assert seen(lambda: UnionEstablishment.objects.get().state) in {State.REVIEWED, State.RETURNED}


def test_without_the_lock_both_steps_are_taken(founders, monkeypatch):
    """The control: read without a lock and decided at once, both believe that they were first."""
    row = built(founders.submitted)
    meeting = Barrier(2, timeout=20)

    def unlocked(*, establishment_id, actor):
        found = UnionEstablishment.objects.select_related("parent").get(pk=establishment_id)
        meeting.wait()
        return found

    monkeypatch.setattr(stepping, "locked", unlocked)
    monkeypatch.setattr(deciding, "locked", unlocked)
    step = {"establishment_id": row.pk, "version": row.version, "at": AT}
    told = at_once(
        lambda: actions.review_establishment(by=founders.town, **step),
        lambda: actions.send_back_establishment(by=founders.mate, reason="缺代码", **step),
    )
    assert told.count("done") == 2
    verbs = seen(
        lambda: list(
            JournalLine.objects.filter(
                verb__in=["review_establishment", "send_back_establishment"]
            ).values_list("verb", flat=True)
        )
    )
    assert len(verbs) == 2
