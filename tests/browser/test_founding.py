"""A union is founded on a phone of 360 px, from request to printed approval; its pages are accessible."""

import os
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.module_loading import import_string

from niangjia.accounts.models import User
from niangjia.founding.models import UnionEstablishment
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, Actor, Role, words_of
from niangjia.kernel.scoping import enter_scope
from niangjia.network.models import Coverage, Organisation
from niangjia.papers.models import Paper
from tests.browser.conftest import DESK, NARROW, PHONE
from tests.conftest import AT

SHOTS = os.environ.get("NIANGJIA_SHOTS", "")
SLATE = (("陈一", "chair", 30), ("李二", "vice", 28), ("王三", "member", 27), ("赵四", "member", 5))


@pytest.fixture
def people(site, settings):
    """A worker, the town's officer, the county's officer, each with every word of the role."""
    grants = import_string(settings.NIANGJIA_GRANTS)
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        user = User.objects.create(username="founder", name="陈一", created_at=AT)
    worker = Actor(name="陈一", role=Role.WRK, user_id=user.pk, words=words_of(Role.WRK, grants))
    town = replace(site.officer, words=words_of(Role.TWN, grants))
    county = replace(
        town, name="沈丽", role=Role.CTY, user_id=2, post_id=2, unit_id=site.world.county.pk,
        unit_path=site.world.county.path, unit_name="鄞州区总工会", words=words_of(Role.CTY, grants),
    )  # fmt: skip
    return SimpleNamespace(worker=worker, town=town, county=county)


def seen(query):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return query()


def at(name):
    return reverse(name, args=[seen(lambda: UnionEstablishment.objects.get().pk)])


class Walk:
    """Somebody at a phone, going from form to form; every page on the way is looked at."""

    def __init__(self, eye, site, *, name="phone"):
        self.eye, self.site, self.found, self.shots, self.name = eye, site, {}, 0, name

    def as_(self, actor):
        self.site.acts(actor)
        return self

    def open(self, address):
        self.eye.at(address)
        trouble = self.eye.axe() + ([("overflow", self.eye.overflow())] if self.eye.overflow() > 0 else [])
        self.found |= {address: trouble} if trouble else {}
        self.shots += 1
        if SHOTS:
            path = Path(SHOTS) / f"{self.name}-{self.shots:02}.png"
            self.eye.page.screenshot(path=str(path), full_page=True)
        return self

    def fill(self, **told):
        for name, value in told.items():
            field = self.eye.page.locator(f"[name='{name}']").first
            kind = field.evaluate("e => e.type")
            if kind == "radio":
                self.eye.page.locator(f"[name='{name}'][value='{value}']").check(force=True)
            elif kind == "checkbox":
                field.check(force=True)
            elif kind == "select-one":
                field.select_option(value)
            else:
                field.fill(value)
        return self

    def press(self):
        before = self.eye.page.url
        form = self.eye.page.locator("form.form-nj")
        form.locator("button[type=submit]:visible").first.click()
        asked = self.eye.page.locator("dialog[open] button[type=submit]")
        if asked.count():
            asked.last.click()
        self.eye.page.wait_for_url(lambda url: url != before)
        return self


def whole_way(walk, people):
    """From the invitation to the printed approval, on a phone."""
    walk.as_(None).open(reverse("found-our-union"))
    walk.as_(people.worker).open(reverse("found-our-union")).open(reverse("new-establishment"))
    walk.fill(
        parent="下应商圈工会联合会", kind="single_primary_union", name="下应新风电子厂工会委员会",
        workers="60", members="40", term_years="3",
    ).press()  # fmt: skip
    walk.open(at("establishment")).open(at("name-employer"))
    walk.fill(name="下应新风电子厂", kind="enterprise", headcount="60").press()
    for number, (name, *_) in enumerate(SLATE[:3]):
        walk.open(at("join-founding-group")).fill(name=name, **({} if number else {"leads": "on"})).press()
    walk.open(at("submit-establishment")).press()
    walk.as_(people.town).open(at("establishment")).open(at("review-establishment")).press()
    walk.as_(people.county).open(at("establishment")).open(at("approve-preparation")).press()
    walk.as_(people.worker)
    for name, post, _ in SLATE:
        walk.open(at("propose-candidate")).fill(name=name, post=post, relative="no").press()
    day = clock.today().isoformat()
    walk.open(at("hold-congress"))
    walk.fill(meeting="members", congress_on=day, entitled="40", present="36", seats="3").press()
    numbers = seen(lambda: dict(UnionEstablishment.objects.get().candidates.values_list("name", "pk")))
    votes = {f"votes_{numbers[name]}": str(count) for name, _, count in SLATE}
    walk.open(at("submit-result")).fill(**votes, teller_1="钱五", teller_2="孙六", signed="on").press()
    walk.as_(people.county).open(at("establishment")).open(at("approve-establishment")).press()
    walk.as_(people.worker).open(at("establishment")).open(reverse("establishments"))


@pytest.mark.parametrize("device", [{}, {"js": False}, {"elder": True}], ids=["phone", "no-script", "elder"])
def test_a_union_is_founded_on_a_phone_from_the_request_to_the_printed_approval(look, site, people, device):
    if device.get("js") is False:
        pytest.importorskip("playwright")
    eye = look(NARROW, **device)
    walk = Walk(eye, site, name="-".join(device) or "phone")
    if device.get("js") is False:
        eye.axe = list
        eye.overflow = int
    whole_way(walk, people)
    assert walk.found == {}
    union = seen(lambda: Organisation.objects.get(name="下应新风电子厂工会委员会"))
    assert seen(lambda: Coverage.objects.get(union=union).employer.name) == "下应新风电子厂"
    approval = seen(lambda: Paper.objects.get(template="founding.approval"))
    address = reverse(
        "establishment-paper", args=[seen(lambda: UnionEstablishment.objects.get().pk), approval.pk]
    )
    answer = eye.page.request.get(eye.base + address)
    assert answer.body().startswith(b"%PDF")
    assert union.approval_doc_no == approval.number
    assert [said for said in eye.troubles if "Content Security Policy" in said] == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1360"])
def test_the_pages_of_an_officer_fit_and_are_accessible(look, site, people, size):
    walk = Walk(look(size), site, name=f"officer-{size[0]}")
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        UnionEstablishment.objects.create(
            parent=site.world.town.unit, kind="joint_primary_union", name="下应小厂联合工会委员会",
            workers=60, members=40, term_years=3, asked_unit=site.world.town.unit, created_at=AT,
        )  # fmt: skip
    walk.as_(people.town).open(reverse("establishments")).open(at("establishment"))
    walk.open(reverse("new-establishment")).open(at("edit-establishment")).open(at("withdraw-establishment"))
    walk.open(reverse("organisation", args=[site.world.town.pk]))
    assert walk.found == {}
