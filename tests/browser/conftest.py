"""A live server with a small Ningbo, and Chromium at the sizes of ui.md; rows committed by the web role."""

import gzip
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import sync_playwright

from niangjia.bodies.permissions import GRANTS as BODIES_GRANTS
from niangjia.kernel.access import EVERYWHERE, Actor, Role
from niangjia.kernel.scoping import enter_scope
from niangjia.network.permissions import GRANTS as NETWORK_GRANTS
from niangjia.portal.permissions import GRANTS as PORTAL_GRANTS
from tests.portal import acting, building

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop stands in the tests' thread

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = os.environ.get("NIANGJIA_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, NARROW, SMALLEST, DESK = (390, 844), (360, 740), (320, 640), (1360, 900)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True, databases=["default", "owner"]))


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Look:
    """A page in a size, and what went wrong or over the wire while it was looked at."""

    def __init__(self, page, base):
        self.page, self.base, self.troubles, self.bodies = page, base, [], []
        page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("response", self._arrived)

    def _arrived(self, response):
        self.bodies.append(response)

    def at(self, address):
        """The page as it stands when its scripts have drawn what they draw first."""
        self.bodies.clear()
        self.page.goto(self.base + address, wait_until="load")
        self.page.wait_for_selector("[data-coming]", state="detached")
        return self

    def axe(self):
        """Every rule that is broken with its places; what holds stays in the browser, there is much of it."""
        found = self.page.evaluate(BROKEN, RULES)
        if found is None:
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
            found = self.page.evaluate(BROKEN, RULES)
        return [(rule, places) for rule, places in found]

    def axe_at_hand(self):
        """From now on every page comes with axe, which is quicker where each is looked at."""
        self.page.context.add_init_script(path=AXE)
        return self

    def weight(self):
        """Requests, and their bytes gzipped as a server would send them; fonts and icons as they are."""
        parts = [response for response in self.bodies if not response.url.startswith("data:")]
        return len(parts), sum(
            len(gzip.compress(response.body())) for response in parts if response.status < 300
        )

    def overflow(self):
        return self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    def small_targets(self, least):
        """Buttons, links and fields under a height, links inside a line of text left out."""
        return self.page.evaluate(SMALL, least)


BROKEN = """async tags => {
  if (!window.axe) return null;
  const only = {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]};
  const told = await axe.run({...only, selectors: false, preload: false});
  return told.violations.map(rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 160))]);
}"""
SMALL = """least => {
  const alone = e => e.parentElement.textContent.trim() === e.textContent.trim();
  const inText = e => getComputedStyle(e).display === "inline" && !alone(e);
  const area = e => {
    const spread = getComputedStyle(e, "::after").position === "absolute" && e.closest(".card-nj");
    const frame = e.matches("input") && e.closest(".search-nj");
    return (spread || frame || e).getBoundingClientRect().height;
  };
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
    .filter(e => e.checkVisibility() && !e.classList.contains("skip") && !inText(e))
    .map(e => [area(e), e.outerHTML.slice(0, 120)])
    .filter(([height]) => height && height < least - .5)
    .map(([height, html]) => `${Math.round(height)} ${html}`);
}"""


@pytest.fixture
def look(chromium, site):
    """`look(size, elder=, english=, js=)` opens a fresh device."""
    contexts = []

    def opened(size=PHONE, *, elder=False, english=False, js=True):
        cookies = {"size": "elder"} if elder else {}
        cookies |= {django_settings.LANGUAGE_COOKIE_NAME: "en"} if english else {}
        width, height = size
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=js,
            locale="en-GB" if english else "zh-CN",
            reduced_motion="reduce",
        )
        context.add_cookies(
            [{"name": name, "value": value, "url": site.url} for name, value in cookies.items()]
        )
        contexts.append(context)
        return Look(context.new_page(), site.url)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def site(live_server, settings):
    """The small Ningbo behind a live server; `site.acts(site.officer)` logs the town's officer in."""
    settings.NIANGJIA_ACTOR_LOADER = "tests.portal.acting.loader"
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        world = building.ningbo()
    words = {
        grant.word: grant.roles[Role.TWN]
        for grant in (*NETWORK_GRANTS, *BODIES_GRANTS, *PORTAL_GRANTS)
        if Role.TWN in grant.roles
    }
    officer = Actor(
        name="方国强",
        role=Role.TWN,
        user_id=1,
        post_id=1,
        unit_id=world.town.pk,
        unit_path=world.town.path,
        unit_name="下应街道总工会",
        words=words,
    )
    yield SimpleNamespace(url=live_server.url, world=world, acts=acting.enter, officer=officer)
    acting.enter(None)


@pytest.fixture
def pages(site):
    """Every public page of the portal, by a name."""
    world = site.world
    employers, organisations = (
        reverse("board-employers", args=[world.town.pk]),
        reverse("board-organisations", args=[world.town.pk]),
    )
    return {
        "home": "/",
        "home-near": "/?lat=29.83&lon=121.6",
        "find": reverse("find"),
        "find-name": reverse("find") + "?q=下应",
        "find-former": reverse("find") + "?q=湾底村工会",
        "find-nothing": reverse("find") + "?q=没有这家",
        "find-place": reverse("find") + f"?place={world.at['330212001'].pk}",
        "union": reverse("public-organisation", args=[world.mall.pk]),
        "union-former": reverse("public-organisation", args=[world.village.pk]),
        "board": reverse("board"),
        "board-city": reverse("board", args=[world.city.pk]),
        "board-town": reverse("board", args=[world.town.pk]) + "?day=2018-08-01",
        "board-federation": reverse("board", args=[world.mall.pk]),
        "rows-employers": employers,
        "rows-organisations": organisations,
        "rows-none": employers + "?of=sector-logistics",
        "help": reverse("help"),
        "accessibility": reverse("accessibility"),
        "privacy": reverse("privacy"),
        "not-found": reverse("public-organisation", args=[999999]),
    }
