"""Every road x every role x every place of its object: nothing foreign is shown, nothing foreign is written.

The expectation is worked out from the grants, not from the views. Each role prints how many pairs were tried.
"""

from collections import Counter

import pytest
from django.db import transaction
from django.db.models import Q
from django.test import Client
from django.utils.module_loading import import_string
from tests.structure import outreach_rows, payments_rows, two_cities, visits_rows
from tests.structure.roads import FOREIGN, roads

from niangjia.kernel import scoping
from niangjia.kernel.access import EVERYWHERE, PUBLIC, Actor, Role, words_of
from niangjia.kernel.models import JournalLine
from niangjia.kernel.paths import is_within
from niangjia.kernel.scoping import enter_scope

pytestmark = pytest.mark.slow
NOBODY = 10**12
PLAIN = {
    "division_id": [NOBODY],
    "key": ["federation.dormant_days", "no.such.key"],
    "code": ["330000", "nothing"],
    "name": ["x"],
    "token": ["no-such-notice"],
    "path": ["x"],
    "number": [NOBODY],
    "purpose": ["publish_name"],
    "which": ["all"],
    "kind": ["employers"],
    "paper_name": ["decision"],
    **outreach_rows.PLAIN,
    **visits_rows.PLAIN,
    **payments_rows.PLAIN,
}
ONE_BUTTON = {"unlock_account", "reset_password", "reset_second_factor", "choose_post", "ask_to_complete"}
ONE_BUTTON |= {"lay_task", "drop_from_roster", "issue_paper", "book_sympathy_goods", "post_entry"}
"""Steps that ask for nothing but the button, and the task such a step lays: they act on an empty form."""
SHOWN_ABOVE = ("policies.",)
"""Rows of units above are open below by design: a policy resolves along the chain (S-NB-14)."""
acting: list[Actor] = [PUBLIC]


def actor_of(_request):
    """The actor whose turn it is: the matrix fills the port that `project` fills in life."""
    return acting[0]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once and never committed: every request runs in a savepoint of this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        enter_scope(EVERYWHERE)
        yield two_cities.build()
        acting[0] = PUBLIC
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def port(settings):
    settings.NIANGJIA_ACTOR_LOADER = f"{__name__}.actor_of"


def actor(role, world, settings):
    seat = world.seats[two_cities.SEATS.get(role, "single")]
    grants = import_string(settings.NIANGJIA_GRANTS)
    person = world.things["person_id"][0][0]
    return Actor(
        name=f"{role} of {seat.name}", role=role, user_id=10**9, person_id=person, post_id=10**9,
        unit_id=seat.pk, unit_path=seat.path, unit_name=seat.name, words=words_of(role, grants),
    )  # fmt: skip


def place(who, path):
    """How a row's place lies to the acting unit: the coordinate that the matrix prints."""
    if path == who.unit_path:
        return "own"
    if is_within(path, who.unit_path):
        return "below"
    if is_within(who.unit_path, path):
        return "above"
    return "sibling" if path[:-6] == who.unit_path[:-6] else "elsewhere"


def targets(road, who, world):
    """One object for each place, and one that does not exist; roads without arguments have the one target."""
    if not road.arguments:
        return [("none", {}, None)]
    first = road.arguments[0]
    if first in PLAIN or first not in world.things:
        assert all(name in PLAIN for name in road.arguments), f"{road.route}: say what {road.arguments} are"
        return [("plain", {name: PLAIN[name][0] for name in road.arguments}, None)]
    by_place = {}
    for identity, path, _mark in world.things[first]:
        by_place.setdefault(place(who, path), (identity, path))
    found = [
        (name, _values(road, world, identity, path), path) for name, (identity, path) in by_place.items()
    ]
    return [*found, ("missing", dict.fromkeys(road.arguments, NOBODY), None)]


def _values(road, world, identity, path):
    values = {road.arguments[0]: identity}
    for name in road.arguments[1:]:
        near = [item[0] for item in world.things.get(name, []) if item[1] == path]
        values[name] = (near or PLAIN.get(name) or [NOBODY])[0]
    return values


def foreign_marks(scope, who, world):
    """The marks of rows that lie neither in the scope nor above it."""
    rows = [(path, mark) for rows in world.things.values() for _, path, mark in rows if mark]
    above = {*scope.up, who.unit_path}
    return [mark for path, mark in rows if not scope.covers(path) and path not in above]


def shown(response):
    return response.content.decode("utf-8", "replace") if not response.streaming else ""


class Walk:
    """One role's way over all roads; collects what should not be."""

    def __init__(self, who, world, client, *, scoped=True):
        self.who, self.world, self.client, self.scoped = who, world, client, scoped
        self.pairs, self.leaks = Counter(), []

    def over(self, road, methods):
        scope = self.who.scope_for(road.word) if road.word else None
        for name, values, path in targets(road, self.who, self.world):
            for method in methods:
                acting[0] = self.who
                enter_scope(EVERYWHERE)
                response = self.client.generic(method, road.path(values), HTTP_ACCEPT="text/html")
                self.pairs[name, method] += 1
                mine = scope is not None and scope.own is not None and self.is_his(scope.own, values)
                self.judge(road, method, "mine" if mine else name, path, scope, response)

    def is_his(self, person_id, values):
        """The person himself, or what is kept of him and he may see wherever it lies."""
        owner = {self.world.owners.get(pair) for pair in values.items()}
        return values.get("person_id") == person_id or person_id in owner

    def judge(self, road, method, name, path, scope, response):
        said = f"{method} /{road.route} as {self.who.role} at {name}: {response.status_code}"
        if response.status_code >= 500:
            self.leaks.append(said)
        if road.word and response.status_code not in self.allowed(road, name, path, scope):
            self.leaks.append(f"{said} for {road.word}")
        if road.word and response.status_code == 200:
            text = shown(response)
            foreign = foreign_marks(scope, self.who, self.world)
            if name == "mine":
                foreign = [mark for mark in foreign if mark not in self.own_marks()]
            self.leaks += [f"{said} shows {mark}" for mark in foreign if mark in text]

    def own_marks(self):
        """The acting person's own name and that of the union that keeps him: he may always know them."""
        _, home, name = next(row for row in self.world.things["person_id"] if row[0] == self.who.person_id)
        his = {pair for pair, owner in self.world.owners.items() if owner == self.who.person_id}
        told = {
            mark for kind, rows in self.world.things.items() for row, _, mark in rows if (kind, row) in his
        }
        return {name, *told, *(mark for _, path, mark in self.world.things["unit_id"] if path == home)}

    def allowed(self, road, name, path, scope):
        """The answers that give nothing away; inside the scope any but a server error will do."""
        if not self.who.may(road.word):
            return {302, 401, 403, 405}
        if name == "above" and not self.scoped and road.word.startswith(SHOWN_ABOVE):
            return {200, 403, 404}
        if name == "mine":
            return set(range(200, 500))
        if name == "missing" or (path is not None and not scope.covers(path)):
            return {403, 404, 405}
        return set(range(200, 500))


@pytest.mark.parametrize("role", list(Role))
def test_no_road_leads_a_role_out_of_its_scope(role, world, settings, record_property):
    client = Client(raise_request_exception=False)
    walk = Walk(actor(role, world, settings), world, client)
    enter_scope(EVERYWHERE)
    lines = JournalLine.objects.count()
    for road in roads():
        if not any(road.module.startswith(start) for start in FOREIGN):
            walk.over(road, ("GET", "POST", "PUT", "DELETE") if road.word else ("GET",))
    record_property("pairs", (str(role), walk.pairs.total(), len(walk.leaks)))
    assert not walk.leaks, "\n".join(walk.leaks)
    enter_scope(EVERYWHERE)
    acted = list(JournalLine.objects.order_by("id").values_list("verb", flat=True)[lines:])
    assert set(acted) <= ONE_BUTTON, "an empty form must not act"


@pytest.mark.parametrize("role", [Role.PRI, Role.FED, Role.TWN, Role.CTY, Role.MUN, Role.AUD, Role.SEC])
def test_with_the_query_scope_mutated_off_the_database_still_shows_nothing_foreign(
    role, world, settings, monkeypatch, record_property
):
    monkeypatch.setattr(scoping, "_ranges", lambda _scope, _field: Q())
    walk = Walk(actor(role, world, settings), world, Client(raise_request_exception=False), scoped=False)
    for road in roads():
        if road.word and "GET" in road.methods:
            walk.over(road, ("GET",))
    record_property("pairs", (f"{role}, query scope off", walk.pairs.total(), len(walk.leaks)))
    assert not walk.leaks, "\n".join(walk.leaks)


def test_the_marks_are_read_where_the_scope_is_everywhere(world, settings):
    """The control: with no scope at all the matrix does see foreign marks, so it can fail."""
    who = actor(Role.CTY, world, settings)
    object.__setattr__(who, "everywhere", True)
    acting[0] = who
    text = shown(Client().get("/register/employers/"))
    narrow = actor(Role.CTY, world, settings)
    assert any(mark in text for mark in foreign_marks(narrow.scope_for("network.read"), narrow, world))


def test_every_view_declares_its_door():
    assert [road.route for road in roads() if not road.declared] == []


def test_a_public_page_shows_no_private_column(world, settings):
    client = Client(raise_request_exception=False)
    for road in roads():
        if road.reason and not road.login:
            for _name, values, _path in targets(road, actor(Role.CTY, world, settings), world):
                acting[0] = PUBLIC
                enter_scope(EVERYWHERE)
                text = shown(client.get(road.path(values)))
                assert [secret for secret, _ in world.secrets if secret in text] == [], road.route


def test_every_permission_is_carried_by_some_role(settings):
    grants = import_string(settings.NIANGJIA_GRANTS)
    assert [grant.word for grant in grants if not grant.roles] == []
    used = {road.word for road in roads() if road.word}
    assert used <= {str(grant.word) for grant in grants}
