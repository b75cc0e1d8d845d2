"""Pages of papers and notices, for officers and for everybody: accessible, within the width, policy kept."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.module_loading import import_string

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, PUBLIC, SYSTEM, Role, words_of
from niangjia.kernel.money import Yuan
from niangjia.kernel.scoping import enter_scope
from niangjia.notices import actions as notices
from niangjia.notices.rules import GENERAL, RollEntry
from niangjia.papers import actions as papers
from niangjia.register import actions as register
from tests.browser.test_portal import DEVICES
from tests.papers.hostile import picture

ROLL = [RollEntry(name, "开山虹套") for name in ("王甲", "王乙", "王丙", "王丁", "王戊", "李甲")]
ROWS = [
    {"name": "王建国", "place": "开山虹套", "matter": "金秋助学", "amount": Yuan.of("5000.00")},
    {"name": "欧阳春", "place": "开山虹套", "matter": "金秋助学", "amount": Yuan.of("800.00")},
]


@pytest.fixture
def desk(site, settings):
    """A town union with a file, a paper, a notice that hangs and an objection to it."""
    town, today, at = site.world.town, clock.today(), clock.now()
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        file = SimpleUploadedFile("批复扫描件.jpg", picture(size=(800, 600)), content_type="image/jpeg")
        about = {"about_kind": "network.organisation", "about_id": town.pk, "unit_id": town.pk}
        attached = papers.attach(file=file, kind="decision", by=SYSTEM, at=at, **about)
        sheet = register.issue_organisation_sheet(unit_id=town.pk, by=SYSTEM, at=at)
        told = {
            "title": "金秋助学拟帮扶名单公示",
            "rows": ROWS,
            "roll": ROLL,
            "place": "both",
            "board": "一楼大厅",
        }
        notice = notices.open_notice(kind=GENERAL, unit_id=town.pk, starts_on=today, by=SYSTEM, at=at, **told)
        notices.turn_the_day(today=today, at=at)
        notices.object_to(
            token=notice.token, words="第 1 行有房有车", signed="", today=today, by=PUBLIC, at=at
        )
    words = words_of(Role.TWN, import_string(settings.NIANGJIA_GRANTS))
    officer = replace(site.officer, words=words)
    return SimpleNamespace(site=site, officer=officer, town=town, file=attached, sheet=sheet, notice=notice)


def addresses(desk):
    """Every page, by a name; the public ones first."""
    sheet, notice = desk.sheet, desk.notice
    asked = f"?number={sheet.number}&code={sheet.code}"
    return {
        "check": reverse("check-paper") + asked,
        "notices": reverse("notices"),
        "notice": reverse("notice", args=[notice.token]),
        "object": reverse("object-to-notice", args=[notice.token]),
        "follow": reverse("follow-objection"),
        "papers": reverse("papers"),
        "paper": reverse("paper", args=[sheet.pk]),
        "void": reverse("paper-void", args=[sheet.pk]),
        "issue": reverse("organisation-sheet", args=[desk.town.pk]),
        "attach": f"{reverse('attach')}?about=network.organisation:{desk.town.pk}",
        "organisation": reverse("organisation", args=[desk.town.pk]),
        "office": reverse("notices-office"),
        "open": reverse("open-notice"),
        "one": reverse("notice-office", args=[notice.pk]),
        "print": reverse("print-notice", args=[notice.pk]),
    }


@pytest.mark.parametrize("device", DEVICES)
def test_pages_of_papers_and_notices_are_accessible_and_fit(look, desk, device):
    desk.site.acts(desk.officer)
    eye, found = look(**DEVICES[device]), {}
    for name, address in addresses(desk).items():
        shown = eye.at(address)
        trouble = shown.axe() + ([("overflow", shown.overflow())] if shown.overflow() > 0 else [])
        found |= {name: trouble} if trouble else {}
    assert found == {}
    assert [said for said in eye.troubles if "Content Security Policy" in said] == []


def test_everybody_may_object_and_check_without_scripts(look, desk):
    eye = look(js=False)
    eye.at(reverse("object-to-notice", args=[desk.notice.token]))
    eye.page.fill("[name=words]", "名单不实")
    eye.page.click("main button[type=submit]")
    assert eye.page.locator("text=您的回执码").count() > 0
    eye.at(reverse("check-paper"))
    eye.page.fill("[name=number]", desk.sheet.number)
    eye.page.fill("[name=code]", desk.sheet.code.lower())
    eye.page.click("main button[type=submit]")
    assert eye.page.locator("text=这份文书是真的，现在有效。").count() == 1
