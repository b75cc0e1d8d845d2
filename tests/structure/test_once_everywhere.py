"""Every road that changes something: five copies at once and one more later have one effect and one answer.

Read from the URLconf: a new road is tried by itself; one that needs words of its own says them in WORDS, and
one that cannot be tried says why in EXEMPT. The control sends the same copies without a key.
"""

import threading
from collections import Counter
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.test import Client
from tests import conftest
from tests.structure import (
    aid_rows,
    boards,
    founding_rows,
    hardship_rows,
    joining_rows,
    matching_rows,
    members_rows,
    outreach_rows,
    payments_rows,
    restructuring_rows,
    rights,
    sympathy_rows,
    two_cities,
    visits_rows,
)
from tests.structure import test_matrix as matrix
from tests.structure.filling import filled, form_for
from tests.structure.roads import FOREIGN, roads
from tests.structure.trials import AS, CONTROL, EXEMPT, RENEWING, SPARE, WORDS

from niangjia.accounts.models import User
from niangjia.kernel.access import EVERYWHERE, PUBLIC, SYSTEM, Actor, Role
from niangjia.kernel.scoping import enter_scope
from niangjia.network import actions
from niangjia.network.rules import EmployerKind, OrgKind
from niangjia.people.models import Person
from niangjia.policies.models import LocalValue
from niangjia.project import instance, localpg
from niangjia.supervision.models import SupervisedTask

pytestmark = pytest.mark.slow

COPIES = 5
KEY = "the-key-of-this-form"
ROLES = (
    Role.CTY,
    Role.TWN,
    Role.MUN,
    Role.PRV,
    Role.FED,
    Role.PRI,
    Role.SYS,
    Role.SEC,
    Role.LOG,
    Role.AUD,
    *Role,
)
PLACES = ("below", "own", "none", "plain", "sibling", "elsewhere", "above")
UNCOUNTED = ("kernel_answer", "kernel_visits", "django_session", "procrastinate_", "accounts_shared_cache")


@dataclass(frozen=True)
class Sending:
    """Who sends what where, and how many rows of which table one sending makes."""

    who: Actor
    address: str
    body: dict[str, object]
    one: dict[str, int]


def actor_of(_request):
    return matrix.acting[0]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built and committed once; what a road does is rolled back or done in a copy of the database."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            enter_scope(EVERYWHERE)
            world = two_cities.build()
            world.spare = _spare(world)
        yield world
        matrix.acting[0] = PUBLIC
        conftest._emptied_by_owner(None)


@pytest.fixture(autouse=True)
def port(settings):
    settings.NIANGJIA_ACTOR_LOADER = f"{__name__}.actor_of"


def _spare(world):
    """What nothing else holds: a federation, a union, an employer that no union covers, a value to come."""
    town = world.seats["town"]
    federation = two_cities.found(OrgKind.FEDERATION, "暗甲子二联合会", town, mode="park")
    union = two_cities.found(OrgKind.JOINT, "暗甲子新联合工会", federation)
    draft = actions.EmployerDraft(
        name="暗甲子新厂", kind=EmployerKind.ENTERPRISE, since=two_cities.SINCE, headcount=9
    )
    employer = actions.register_employer(draft=draft, keeper_id=town.pk, by=SYSTEM, at=conftest.AT)
    User.objects.create(username="spare-user", name="受托人", created_at=conftest.AT)
    value = LocalValue.objects.create(
        unit=world.seats["county"].unit,
        key="federation.dormant_days",
        value=90,
        paper="暗甲子新文件",
        since=date(2098, 1, 1),
        set_at=conftest.AT,
    )
    return {
        "federation": federation.pk,
        "unit_id": union.pk,
        "employer_id": employer.pk,
        "value_id": value.pk,
        "zone_id": world.things["zone_id"][0][0],
        "covered": world.things["employer_id"][2][0],
        "request_id": _asked_by_another(world),
        "bare_person": _neighbour(world, "暗甲子远邻").pk,
        "supervised_id": _replied(world).pk,
        "paper_name": "decision",
        **restructuring_rows.spare(world),
        **boards.spare(world),
        **hardship_rows.spare(world),
        **matching_rows.spare(world),
        **joining_rows.spare(world),
        **members_rows.spare(world),
        **outreach_rows.spare(world),
        **visits_rows.spare(world),
        **payments_rows.spare(world),
        **sympathy_rows.spare(world),
        **aid_rows.spare(world),
        **founding_rows.spare(world, two_cities.found(OrgKind.SINGLE, "暗甲子已批工会", town)),
    }


def _asked_by_another(world):
    """A request of somebody else, so that the officer does not decide about himself."""
    user_id = world.things["user_id"][0][0]
    rights.lay(world, _neighbour(world, "暗甲子邻"), world.seats["single"].path, user_id)
    return world.things["request_id"][-1][0]


def _neighbour(world, name):
    """Somebody in the union's register of whom nothing else is kept."""
    keeper = world.seats["single"].unit
    return Person.objects.create(name=name, name_key=name, sex="male", keeper=keeper, created_at=conftest.AT)


def _replied(world):
    """A supervised task that was answered and waits for its giver."""
    row = SupervisedTask.objects.get(pk=world.things["supervised_id"][0][0])
    row.pk, row.state, row.reply, row.replied_at = None, "replied", "已经建会。", conftest.AT
    row.save(force_insert=True)
    return row


@contextmanager
def fresh():
    """A copy of the database as the world was built; the copy is thrown away."""
    owner, web = connections["owner"], connections["default"]
    base = owner.settings_dict["NAME"]
    copy = f"{base}_copy"
    web.close()
    owner.close()
    localpg.drop_database(instance.home(), copy)
    localpg.owner_sql(instance.home(), f"CREATE DATABASE {copy} TEMPLATE {base} STRATEGY FILE_COPY")
    owner.settings_dict["NAME"] = web.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        web.close()
        owner.close()
        owner.settings_dict["NAME"] = web.settings_dict["NAME"] = base


def rows():
    """How many rows each table holds, read by the web role with everything in sight."""
    with transaction.atomic(), connections["default"].cursor() as cursor:
        enter_scope(EVERYWHERE)
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if not name.startswith(UNCOUNTED)]
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in tables))  # noqa: S608
        return Counter(dict(cursor.fetchall()))


def changed(before):
    after = rows()
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def seats(road, world, settings):
    """Who may take the road, and where it leads for them; everybody is a person with an account."""
    user = User.objects.get(pk=world.things["user_id"][0][0])
    own_post = {"user_id": user.pk, "post_id": world.things["post_id"][0][0]}
    for role in dict.fromkeys(ROLES):
        who = replace(matrix.actor(role, world, settings), **own_post)
        if road.word and not who.may(road.word):
            continue
        for values in _places(road, who, world):
            yield who, road.path(values)


def _places(road, who, world):
    if road.name in SPARE:
        return [{AS.get(name, name): world.spare[name] for name in SPARE[road.name]}]
    if not all(name in world.things or name in matrix.PLAIN for name in road.arguments):
        return []
    found = {name: values for name, values, _path in matrix.targets(road, who, world)}
    return [found[name] for name in PLACES if name in found]


def visitor(who):
    """A browser in which the person is logged in."""
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        client.force_login(User.objects.get(pk=who.user_id))
    return client


def asked(road, address, client):
    """What a person would send: the form as it stands on its page, or nothing but the button.

    None for a page that is only read: nothing on it is sent back to its address.
    """
    page = client.get(address)
    form = form_for(page.content.decode(errors="replace"), address, address) if not page.streaming else None
    words = WORDS.get(road.name, {})
    if page.status_code == 200:
        return filled(form, words) | {"once": KEY} if form else None
    return {**words, "once": KEY} if page.status_code == 405 else {}


def tried(road, world, settings):
    """Who sent what where, and what one sending changed; or why every sending was refused."""
    refusals, read = {}, False
    for who, address in seats(road, world, settings):
        matrix.acting[0] = who
        with transaction.atomic():
            client = visitor(who)
            body = asked(road, address, client)
            read = read or body is None
            if body:
                before = rows()
                answer = client.post(address, sent(body))
                one = changed(before) if answer.status_code < 400 else None
                refusals.setdefault(answer.status_code, f"{who.role} {address} {said(answer)}")
            transaction.set_rollback(True)
        if body and one is not None:
            return Sending(who, address, body, one), ""
    return None, "" if read and not refusals else f"{road.name}: {dict(sorted(refusals.items()))}"


def said(answer):
    """The complaints of a refused form, for whoever adds the words of a new road."""
    if answer.streaming:
        return ""
    page = BeautifulSoup(answer.content.decode(errors="replace"), "html.parser")
    return " ".join(part.get_text(" ", strip=True) for part in page.select("[data-error-summary]"))


def sent(body):
    """What is sent, with files that have not been read yet."""
    return {
        name: SimpleUploadedFile(*value) if isinstance(value, tuple) else value
        for name, value in body.items()
    }


def post(client, address, body):
    answer = client.post(address, sent(body))
    connections.close_all()
    return answer.status_code, answer.get("Location"), b"" if answer.streaming else answer.content


def at_once(sending):
    """The answers of five copies at the same moment and of one that comes later."""
    answers, start, matrix.acting[0] = [], threading.Barrier(COPIES), sending.who
    first, later = visitor(sending.who), Client(raise_request_exception=False)
    later.cookies = deepcopy(first.cookies)

    def send():
        copy = Client(raise_request_exception=False)
        copy.cookies = deepcopy(first.cookies)
        start.wait()
        answers.append(post(copy, sending.address, sending.body))

    copies = [threading.Thread(target=send) for _ in range(COPIES)]
    [copy.start() for copy in copies]
    [copy.join() for copy in copies]
    return [*answers, post(later, sending.address, sending.body)]


def mutating():
    return [
        road
        for road in roads()
        if "POST" in road.methods
        and road.declared
        and not road.route.startswith(("api/", "livez", "readyz"))
        and not any(road.module.startswith(start) for start in FOREIGN)
    ]


@pytest.mark.parametrize("road", mutating(), ids=lambda road: road.name)
def test_a_changing_road_counts_once(road, world, settings):
    if road.name in EXEMPT:
        assert EXEMPT[road.name]
        return
    sending, refusal = tried(road, world, settings)
    assert not refusal
    if sending is None or not sending.one:
        return
    with fresh():
        before = rows()
        answers = at_once(sending)
        assert changed(before) == sending.one
        assert len(set(answers[:COPIES] if road.name in RENEWING else answers)) == 1


def test_without_a_key_the_copies_do_add_up(world, settings):
    """The control: where no constraint of the database stands in the way, copies are done twice."""
    road = next(road for road in mutating() if road.name == CONTROL)
    sending, refusal = tried(road, world, settings)
    assert not refusal
    body = {
        name: value for name, value in sending.body.items() if name not in {"once", "csrfmiddlewaretoken"}
    }
    with fresh():
        before = rows()
        at_once(replace(sending, body=body))
        assert sum(changed(before).values()) > sum(sending.one.values())
