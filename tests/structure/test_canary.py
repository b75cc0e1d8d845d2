"""Canaries: a value of its own in each annotated column of people of two cities; where one sings, data leaks.

Every page, API answer, error page, log line and e-mail is read as every role. A canary may be read only by
whoever may read that person by the road's own word, and a sealed number nowhere but where it is revealed.
"""

import io
import logging
import zipfile

import pytest
from django.core import mail
from django.db import IntegrityError, models, transaction
from django.test import Client
from tests.structure import test_matrix as matrix
from tests.structure import two_cities
from tests.structure.roads import FOREIGN, roads

from niangjia.accounts.models import User
from niangjia.kernel import personal
from niangjia.kernel.access import EVERYWHERE, PUBLIC, Role
from niangjia.kernel.models import JournalLine
from niangjia.kernel.paths import SEGMENT
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.sealing import seal
from niangjia.people.models import Contact, IdentityDocument, Person
from niangjia.project.logs import JsonLines

pytestmark = pytest.mark.slow
LENGTH = 9
NEVER_ON_A_PAGE = {"people_identitydocument", "people_contact"}
"""Sealed numbers: no GET shows one; they are revealed one by one, or given to the person in his own copy."""


class Birds:
    """The canaries: text, table, column, whose, and where that person is kept."""

    def __init__(self):
        self.all, self.unseeded = [], []

    def hatch(self, table, column, person):
        text = f"鶊{len(self.all):05d}鸣鸟"
        self.all.append((text, table, column, person))
        return text

    def seed(self, person):
        """A canary in every column of this person that can hold one."""
        for model, told in personal.annotated():
            row = personal.rows_of(model, told, person_id=person.pk).order_by("pk").first()
            row = row or _nobodys(model, told, person)
            for name, held in told.fields.items():
                column = model._meta.get_field(name)
                if not _can_sing(column, held):
                    continue
                if row is None:
                    self.unseeded.append(f"{model._meta.label}.{name}")
                    continue
                table = model._meta.db_table
                text = self.hatch(table, name, person)
                value = seal(text, table=table, person_id=person.pk, field=name) if held.sealed else text
                if not _kept(model, row, name, value):
                    self.all.pop()


def _nobodys(model, told, person):
    """A row of the person's county that belongs to nobody yet is his from now on."""
    if told.whose != "person_id" or not {"path", "person"} <= {field.name for field in model._meta.fields}:
        return None
    county = person.path[: 3 * SEGMENT]
    row = model._base_manager.filter(person=None, path__startswith=county).order_by("pk").first()
    if row is not None:
        model._base_manager.filter(pk=row.pk).update(person=person)
    return row


def _kept(model, row, name, value):
    """False where a constraint lets in nothing but its own codes: such a column holds no free words."""
    try:
        with transaction.atomic():
            return bool(model._base_manager.filter(pk=row.pk).update(**{name: value}))
    except IntegrityError:
        return False


def _can_sing(column, held):
    if held.sealed:
        return True
    if not isinstance(column, models.CharField | models.TextField) or column.choices:
        return False
    return (column.max_length or 99) >= LENGTH and column.name != "password"


@pytest.fixture(scope="module")
def flock(django_db_setup, django_db_blocker):
    """The two cities with their birds; never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        enter_scope(EVERYWHERE)
        world, birds = two_cities.build(), Birds()
        ids = [world.things["person_id"][0][0], world.things["person_id"][-1][0]]
        for person_id, user in zip(ids, (0, -1), strict=True):
            user_id = world.things["user_id"][user][0]
            User.objects.filter(pk=user_id).update(person_id=person_id)
            birds.seed(Person.objects.get(pk=person_id))
        yield world, birds
        matrix.acting[0] = PUBLIC
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def port(settings):
    settings.NIANGJIA_ACTOR_LOADER = f"{matrix.__name__}.actor_of"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def logged():
    """Everything that was logged, as it would be written."""
    written, handler = io.StringIO(), None
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def read(response):
    """What a reader of the answer gets, also out of an archive."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace") + str(dict(response.headers))


def may_hear(who, road, table, person):
    """The policy: the road's word reaches the person; of his own record everything but the sealed numbers."""
    if table in NEVER_ON_A_PAGE:
        return False
    if who.person_id == person.pk:
        return road.login or (bool(road.word) and who.may(road.word))
    return bool(road.word) and who.may(road.word, at=person.path)


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role or "nobody")
def test_no_canary_sings_where_it_may_not(role, flock, settings, logged, record_property):
    world, birds = flock
    who = matrix.actor(role, world, settings) if role else PUBLIC
    answers, songs, leaks, client = 0, 0, [], Client(raise_request_exception=False)
    for road in roads():
        if any(road.module.startswith(start) for start in FOREIGN) or "GET" not in road.methods:
            continue
        for _place, values, _path in matrix.targets(road, who if role else _anybody(world, settings), world):
            matrix.acting[0] = who
            enter_scope(EVERYWHERE)
            answers += 1
            text = read(client.get(road.path(values), HTTP_ACCEPT="text/html"))
            for canary, table, column, person in birds.all:
                if canary in text:
                    songs += 1
                    if not may_hear(who, road, table, person):
                        leaks.append(f"/{road.route} as {role}: {table}.{column}")
    said = logged.getvalue() + "".join(str(message.message()) for message in mail.outbox)
    leaks += [f"log or e-mail: {table}.{column}" for canary, table, column, _ in birds.all if canary in said]
    record_property("canaries", (str(role or "nobody"), len(birds.all), answers, songs, len(leaks)))
    assert leaks == []


def _anybody(world, settings):
    return matrix.actor(Role.CTY, world, settings)


def test_every_annotated_column_has_its_bird(flock):
    assert sorted(set(flock[1].unseeded)) == []


def test_the_birds_do_sing_for_whoever_may_hear_them(flock, settings):
    """The control: the crawl can hear, for the county's officer reads names of his own county."""
    world, birds = flock
    who = matrix.actor(Role.CTY, world, settings)
    matrix.acting[0] = who
    enter_scope(EVERYWHERE)
    person = birds.all[0][3]
    text = read(Client().get(f"/people/{person.pk}/"))
    assert any(canary in text for canary, table, _, one in birds.all if one == person)


@pytest.mark.parametrize(("model", "place"), [(IdentityDocument, "documents"), (Contact, "contacts")])
def test_a_reveal_lets_one_number_sing_once_and_writes_exactly_one_line(flock, settings, model, place):
    world, birds = flock
    matrix.acting[0] = matrix.actor(Role.CTY, world, settings)
    enter_scope(EVERYWHERE)
    person = birds.all[0][3]
    canary = next(
        text for text, table, column, one in birds.all
        if (table, column, one) == (model._meta.db_table, "sealed", person)
    )  # fmt: skip
    row = model.objects.filter(person=person).order_by("pk").first()
    path, before = f"/people/{person.pk}/{place}/{row.pk}/reveal/", JournalLine.objects.count()
    client = Client()
    assert canary not in read(client.get(path))
    enter_scope(EVERYWHERE)
    assert JournalLine.objects.count() == before
    shown = client.post(path, {"purpose": "verify", "words": "核对互助金收款人"})
    assert canary in read(shown)
    assert "no-store" in shown["Cache-Control"]
    enter_scope(EVERYWHERE)
    assert JournalLine.objects.count() == before + 1
    assert canary not in read(client.get(f"/people/{person.pk}/"))


def test_his_own_copy_sings_all_that_may_be_shown_to_him(flock):
    _world, birds = flock
    person = birds.all[0][3]
    matrix.acting[0] = matrix.Actor(name="本人", role=Role.MEM, user_id=10**9, person_id=person.pk, words={})
    enter_scope(EVERYWHERE)
    text = read(Client().post("/me/copy/"))
    shown = {
        (model._meta.db_table, name)
        for model, told in personal.annotated() for name, held in told.fields.items() if held.shown
    }  # fmt: skip
    missing = [(table, column) for canary, table, column, one in birds.all
               if one == person and (table, column) in shown and canary not in text]  # fmt: skip
    assert missing == []
    assert not any(canary in text for canary, _, _, one in birds.all if one != person)
