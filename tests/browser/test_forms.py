"""What is typed is never lost: long forms come back after a reload, and are forgotten once they were sent."""

from dataclasses import replace

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.module_loading import import_string

from niangjia.kernel.access import EVERYWHERE, Role, words_of
from niangjia.kernel.scoping import enter_scope
from niangjia.network.models import Employer
from tests.browser.conftest import PHONE


@pytest.fixture
def officer(site, settings):
    world = site.world
    site.acts(
        replace(
            site.officer,
            role=Role.CTY,
            unit_id=world.county.pk,
            unit_path=world.county.path,
            unit_name="鄞州区总工会",
            words=words_of(Role.CTY, import_string(settings.NIANGJIA_GRANTS)),
        )
    )
    return world


def test_a_long_form_comes_back_after_a_reload_and_is_forgotten_once_sent(look, officer):
    address = reverse("register-employer", args=[officer.mall.pk])
    page = look(PHONE).at(address).page
    page.fill("[name=name]", "下应好邻居便利店")
    page.get_by_text("已自动保存在这台设备里").wait_for()
    page.reload(wait_until="load")
    assert page.input_value("[name=name]") == "下应好邻居便利店"
    assert page.get_by_text("上次没有交的内容已经带回来了").is_visible()
    page.get_by_role("button", name="不要，从头填").click()
    page.reload(wait_until="load")
    assert page.input_value("[name=name]") == ""


def complete(page):
    """What the form still asks for, besides the name."""
    page.select_option("[name=kind]", index=1)
    for name, words in {"headcount": "6", "female_headcount": "4", "migrant_headcount": "2"}.items():
        page.fill(f"[name={name}]", words)
    page.fill("[name=since]", "2018-08-01")


def drafts(page):
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:')).length")


def test_a_sent_form_is_forgotten_by_the_device(look, officer):
    page = look(PHONE).at(reverse("register-employer", args=[officer.mall.pk])).page
    page.fill("[name=name]", "下应好邻居便利店")
    page.get_by_text("已自动保存在这台设备里").wait_for()
    complete(page)
    assert drafts(page) == 1
    page.locator("form.form-nj button[type=submit]").click()
    page.wait_for_url("**/register/employers/*/")
    assert drafts(page) == 0


def test_a_form_that_arrives_three_times_counts_once(look, officer):
    address = reverse("register-employer", args=[officer.mall.pk])
    eye = look(PHONE).at(address)
    eye.page.fill("[name=name]", "下应双击小吃店")
    complete(eye.page)
    names = "form => Object.fromEntries(new FormData(form))"
    body = eye.page.locator("form.form-nj").evaluate(names)
    answers = [
        eye.page.request.post(eye.base + address, form=body, max_redirects=0, fail_on_status_code=False)
        for _ in range(3)
    ]
    assert [answer.status for answer in answers] == [302] * 3
    assert len({answer.headers["location"] for answer in answers}) == 1
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        assert Employer.objects.filter(name="下应双击小吃店").count() == 1
