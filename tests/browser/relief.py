"""Steps that the stories of aid share in a browser: the story's clock, its officers, what each presses."""

import os
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import transaction
from django.test import Client

from niangjia.accounts import actions as accounts
from niangjia.accounts.models import User
from niangjia.demo.actions.relief import SPACE
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from tests.browser.conftest import DESK, PHONE, Look

SHOTS = os.environ.get("NIANGJIA_SHOTS", "")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - invented
FORM = "main form[method=post]"
LOGIN, FACTOR = "/account/login/", "/account/2fa/authenticate/"


class OneClock:
    """Where the clock stands, told to every thread: the live server serves each request in one of its own."""

    def __init__(self):
        self.at = None

    def get(self):
        return self.at

    def set(self, moment):
        before, self.at = self.at, moment
        return before

    def reset(self, before):
        self.at = before


def stand_still(monkeypatch):
    """`kernel.clock.fixed` from now on holds for the live server, too."""
    monkeypatch.setattr(clock, "_stopped_at", OneClock())


def seen(query):
    """What a job of the system would find, committed."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return query()


def code_of_this_moment():
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(SECRET, counters[len(counters) // 2]))


def password_of(name):
    return f"story-{name}-{SPACE}"


def make_ready(*names):
    """The officers have changed their first password and bound their second factor."""
    for name in names:
        user = User.objects.get(username=f"story-{name}")
        User.objects.filter(pk=user.pk).update(must_change_password=False)
        accounts.enrol_totp(user=user, secret=SECRET)


def ticket_of(name):
    """An officer logs in with password and code; returns the session that he then holds."""
    client = Client()
    answer = client.post(LOGIN, {"login": f"story-{name}", "password": password_of(name)})
    if answer.headers.get("Location", "").startswith(FACTOR):
        answer = client.post(FACTOR, {"code": code_of_this_moment()})
    assert answer.status_code == 302, answer.content.decode()
    return client.cookies["sessionid"].value


class Desk:
    """An officer at a screen: where he goes, what he fills in and presses, and how much of it there was."""

    def __init__(self, chromium, url, name, *, size=DESK, ticket=True, now=None):
        width, height = size
        self.context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce"
        )
        self.context.set_default_timeout(20_000)
        if now is not None:
            self.context.clock.set_fixed_time(now)
        if ticket:
            self.context.add_cookies([{"name": "sessionid", "value": ticket_of(name), "url": url}])
        self.name, self.url, self.size, self.effort = name, url, size, Counter()
        self.look = Look(self.context.new_page(), url)

    @property
    def page(self):
        return self.look.page

    def open(self, address):
        self.look.at(address)
        return self

    def says(self, *words):
        told = self.page.inner_text("main")
        for one in words:
            assert one in told, f"{self.page.url}: {one!r} is not in {told}"
        return self

    def click(self, words, *, role="link"):
        """One click on what is named; the page that follows has come."""
        return self.go(self.page.locator("main").get_by_role(role, name=words).first)

    def go(self, goal):
        """A click, and another page, or the question that the button asks first."""
        self.effort["clicks"] += 1
        self.page.evaluate("() => { window.before = true; }")
        goal.click()
        self.page.wait_for_function(ARRIVED)
        return self

    def press(self, words, *, refused=False):
        """A button that names its consequence, and its question where it asks one; complaints are told."""
        self.click(words, role="button")
        asked = self.page.locator("dialog[open] button[type=submit]")
        if asked.count():
            self.effort["clicks"] += 1
            with self.page.expect_navigation():
                asked.last.click()
        complaints = self.page.locator("main [data-error-summary]")
        assert complaints.count() == int(refused), complaints.all_inner_texts()
        return self

    def fill(self, **told):
        for name, value in told.items():
            field = self.page.locator(f"{FORM} [name='{name}']").first
            kind = field.evaluate("e => e.type")
            if kind in {"radio", "checkbox"}:
                self.effort["clicks"] += 1
                self.page.locator(f"{FORM} [name='{name}'][value='{value}']").check(force=True)
            elif kind == "select-one":
                self.effort["clicks"] += 1
                field.select_option(value)
            elif kind == "file":
                self.effort["clicks"] += 1
                field.set_input_files(value)
            else:
                self.effort["typed"] += 1
                field.fill(value)
        return self

    def brought(self):
        """How many fields and facts of the form that stands open were filled in by the platform."""
        self.effort["prefilled"] += self.page.evaluate(BROUGHT)
        return self

    def picture(self, name):
        """The page at a phone's and a desk's width, kept where somebody wants to look; nothing sticks out."""
        for size in (PHONE, DESK):
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
            assert (self.page.url, size, self.look.overflow() <= 0) == (self.page.url, size, True)
            if SHOTS:
                path = Path(SHOTS) / f"{name}-{size[0]}.png"
                self.page.screenshot(path=str(path), full_page=True)
        self.page.set_viewport_size({"width": self.size[0], "height": self.size[1]})
        return self

    def accessible(self):
        assert (self.page.url, self.look.axe()) == (self.page.url, [])
        return self


ARRIVED = """() => (!window.before && document.readyState === "complete")
  || Boolean(document.querySelector("dialog[open] button[type=submit]"))"""
BROUGHT = """() => {
  const full = e => ["radio", "checkbox"].includes(e.type) ? e.checked : e.value !== "";
  const named = ":is(input:not([type=hidden]), select, textarea)";
  const fields = [...document.querySelectorAll(`main form.form-nj ${named}`)];
  return fields.filter(full).length + document.querySelectorAll(".form-page dl > div").length;
}"""


@contextmanager
def timed(name):
    """How long a part took, told with `-s`."""
    begun = time.monotonic()
    yield
    print(f"{name}: {time.monotonic() - begun:.1f} s")  # noqa: T201 - told to whoever runs the test with -s
