"""The journal on every device: a sealed life, the auditor's search, the heads for everybody."""

from dataclasses import replace

import pytest
from django.db import transaction
from django.utils.module_loading import import_string

from niangjia.kernel import journal
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Role, words_of
from niangjia.kernel.scoping import enter_scope
from niangjia.network import actions
from niangjia.network.models import Employer
from tests.browser.test_portal import DEVICES
from tests.conftest import AT, TODAY
from tests.kernel.tampering import sealed


@pytest.fixture
def sealed_site(site, settings, tmp_path):
    """An employer that was changed, a line that was erased, a head over both, and a line that waits."""
    settings.JOURNAL_OUTSIDE = tmp_path
    told = {"by": SYSTEM, "at": AT, "kind": "network.employer"}
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        firm = Employer.objects.filter(keeper__path__startswith=site.world.town.path).first()
        actions.edit_employer(
            employer_id=firm.pk, version=1, since=TODAY, by=SYSTEM, at=AT, headcount=57, address="启明路 9 号"
        )
        gone = journal.record(
            "edit_employer", object_id=firm.pk, after={"name": "旧名"}, reason="更正", **told
        )
        journal.erase_values(lines=[gone.pk], by=SYSTEM, at=AT, reason="本人申请")
    head = sealed()[-1]
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        journal.record("edit_employer", object_id=firm.pk, after={"headcount": 58}, **told)
    words = words_of(Role.AUD, import_string(settings.NIANGJIA_GRANTS))
    county = {"unit_id": site.world.county.pk, "unit_path": site.world.county.path}
    site.acts(replace(site.officer, role=Role.AUD, unit_name="鄞州区总工会", words=words, **county))
    asked = f"?number={head.number}&fingerprint={head.fingerprint()}"
    return (
        f"/register/employers/{firm.pk}/history/",
        "/journal/",
        "/journal/?kind=network.employer",
        "/journal/heads/",
        f"/journal/heads/{asked}",
        "/journal/heads/?number=99&fingerprint=0",
        f"/journal/heads/{head.number}/",
    )


@pytest.mark.parametrize("device", DEVICES)
def test_the_journal_is_accessible_and_fits(look, sealed_site, device):
    eye = look(**DEVICES[device])
    found = {}
    for address in sealed_site:
        assert eye.page.goto(eye.base + address, wait_until="load").status == 200, address
        trouble = eye.axe() + ([("overflow", eye.overflow())] if eye.overflow() > 0 else [])
        found |= {address: trouble} if trouble else {}
    assert found == {}
    assert [said for said in eye.troubles if "Content Security Policy" in said] == []
