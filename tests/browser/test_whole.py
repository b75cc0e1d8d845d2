"""What must not break does not: fields stay in their card, words beside their arrow, days whole."""

from dataclasses import replace

from django.urls import reverse

from niangjia.kernel.access import Role, words_of
from niangjia.project.grants import ALL
from tests.browser.conftest import DESK, PHONE

OUTSIDE = """() => [...document.querySelectorAll(".filters :is(input:not([type=hidden]), select, button)")]
  .filter(e => {
  const own = e.getBoundingClientRect(), form = e.closest(".filters").getBoundingClientRect();
  return own.right > form.right - 16 || own.left < form.left;
}).map(e => e.outerHTML.slice(0, 90))"""
BROKEN = """() => [...document.querySelectorAll(".whole, .figure-value, .timeline-nj time")]
  .filter(e => e.checkVisibility() && e.getClientRects().length > 1).map(e => e.textContent)"""
LOOKS = """e => {
  const s = getComputedStyle(e);
  return [s.appearance, s.textOverflow, parseFloat(s.paddingRight) >= 28];
}"""


def test_no_field_of_a_filter_sticks_out_on_a_phone(look, site):
    site.acts(site.officer)
    for name in ("employers", "organisations", "desk"):
        assert look(PHONE).at(reverse(name)).page.evaluate(OUTSIDE) == []


def test_the_words_of_a_select_end_before_its_arrow(look, site):
    page = look(DESK, english=True).at(reverse("policies")).page
    assert page.locator(".filters select").first.evaluate(LOOKS) == ["none", "ellipsis", True]


def test_days_and_numbers_are_never_broken(look, site):
    site.acts(site.officer)
    town = site.world.town.pk
    for size in (PHONE, DESK):
        for name in ("organisation", "organisation-history"):
            page = look(size).at(reverse(name, args=[town])).page
            assert page.locator(".whole, time").count() > 0
            assert page.evaluate(BROKEN) == []


def test_the_filter_of_the_desk_stands_between_its_tabs_and_its_lists(look, site):
    site.acts(replace(site.officer, words=words_of(Role.TWN, ALL)))
    page = look(DESK).at(reverse("desk")).page
    tabs, filters = page.locator(".tabs-nj").bounding_box(), page.locator("search").last.bounding_box()
    gap = filters["y"] - tabs["y"] - tabs["height"]
    assert 0 < gap < 32, "no hole under the tabs"
    lists = page.locator("section[aria-labelledby=todo-head] :is(.table-nj, .empty-nj)")
    assert filters["y"] < lists.first.bounding_box()["y"]
