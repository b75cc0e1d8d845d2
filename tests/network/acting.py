"""Officers of the small world, acting through the test client."""

from niangjia.kernel.access import EVERYWHERE, PUBLIC, Actor, words_of
from niangjia.kernel.scoping import enter_scope
from niangjia.project.grants import ALL

NOW = {"actor": PUBLIC}


def loader(_request):
    """The port that settings name during a test."""
    return NOW["actor"]


def officer(role, organisation, name="陈晓"):
    return Actor(
        name=name,
        role=role,
        user_id=1,
        post_id=1,
        unit_id=organisation.pk,
        unit_path=organisation.path,
        unit_name=organisation.name,
        words=words_of(role, ALL),
    )


class Desk:
    """A client at which one officer works."""

    def __init__(self, client, actor):
        self.client, self.actor = client, actor

    def get(self, url, **more):
        NOW["actor"] = self.actor
        answer = self.client.get(url, more)
        enter_scope(EVERYWHERE)
        return answer

    def post(self, url, **told):
        NOW["actor"] = self.actor
        answer = self.client.post(url, told)
        enter_scope(EVERYWHERE)
        return answer
