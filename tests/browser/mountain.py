"""The town in the mountains behind a live server, for the tests of the kit."""

from contextlib import contextmanager

from django.db import transaction

from niangjia.accounts import queries as accounts
from niangjia.accounts.models import Post, User
from niangjia.campaigns.models import Campaign
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from tests.network import worlds
from tests.phones.offline import acting
from tests.visits.worlds import Mountain

NAMES = {"town": "陈晓梅", "mate": "方国强", "county": "周建民"}


@contextmanager
def everything():
    """A transaction in which every row may be seen."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        yield


def built(url):
    """Two officers, a campaign that runs today, one family on file and one that is not."""
    with everything():
        made = Mountain(worlds.zhejiang())
        for username, name in NAMES.items():
            User.objects.filter(username=username).update(name=name)
        first = clock.today().replace(day=1)
        Campaign.objects.update(opens_on=first, closes_on=first.replace(year=2099))
        made.home = made.village.complete(made.village.household())
        made.known = made.drive.report("何秀英", household_id=made.home.pk, person_id=made.home.head_id)
        made.new = made.drive.report("周大山", place="湍口村 9 号", words="孩子考上大学，凑不齐学费")
        for name in NAMES:
            post = Post.objects.select_related("user").get(user__username=name)
            actor = accounts.actor_for(post=post, day=clock.today())
            acting.OFFICERS[str(actor.user_id)] = actor
            setattr(made, {"county": "above"}.get(name, name), actor)
    made.url = url
    return made
