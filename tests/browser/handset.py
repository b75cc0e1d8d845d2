"""An officer's phone with the kit of home visits: enrolled, filled in at doors without signal, sent once."""

from playwright.sync_api import expect

from niangjia.demo.actions.relief import CHILD, HOME_FACTS, PARENT
from niangjia.kernel import clock
from tests.browser.conftest import PHONE, Look
from tests.browser.relief import LOGIN, Desk, code_of_this_moment, password_of

PIN = "山里有人家2018"
KIT, UPLOADS = "/visits/kit/", "**/visits/kit/uploads/"
YES_NO = {"migrant", "single_parent", "zero_employment", "self_help"}
CHOSEN = {"housing_type", "main_cause", "identity", "health", "insurance", "stage"}
STEP = ".bottom-bar .btn-primary"
FULL = """() => [...document.querySelectorAll("#kit :is(input, select, textarea)")]
  .filter(e => ["radio", "checkbox"].includes(e.type) ? e.checked : e.value !== "").length"""


class Handset(Desk):
    """A phone whose clock its officer's day sets."""

    def __init__(self, chromium, url, name, *, now):
        super().__init__(chromium, url, name, size=PHONE, ticket=False, now=now)

    def log_in(self):
        """With account, password and the code of the second factor, as anybody would."""
        self.open(LOGIN)
        self.page.fill("[name=login]", f"story-{self.name}")
        self.page.fill("[name=password]", password_of(self.name))
        self.page.click("main form button[type=submit]")
        self.page.fill("[name=code]", code_of_this_moment())
        self.page.click("main form button[type=submit]")
        self.page.wait_for_load_state("load")
        return self

    def enrol(self):
        self.open(KIT)
        self.page.fill("#phone-name", "镇工会的手机")
        self.page.fill("#new-pin", PIN)
        self.page.fill("#new-pin-again", PIN)
        self.page.click("#kit button[type=submit]")
        self.page.wait_for_selector("#kit-targets")
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        return self

    def day(self, on):
        """The phone's own clock goes on."""
        self.context.clock.set_fixed_time(clock.at_noon(on))
        return self

    def reopened(self):
        """The tab is closed and opened again; the PIN opens what lies on the phone."""
        self.page.close()
        troubles, self.look = self.look.troubles, Look(self.context.new_page(), self.url)
        self.look.troubles += troubles
        self.page.goto(self.url + KIT, wait_until="load")
        self.page.fill("#pin", PIN)
        self.page.click("#kit button[type=submit]")
        self.page.wait_for_selector("#kit-targets")
        return self

    def onward(self):
        """The next page of the form is there."""
        self.effort["clicks"] += 1
        heading = self.page.inner_text("#kit h1")
        self.page.click(STEP)
        self.page.wait_for_function(
            "before => document.querySelector('#kit h1')?.innerText !== before", arg=heading
        )
        self.effort["prefilled"] += self.page.evaluate(FULL)

    def type(self, ident, words):
        self.effort["typed"] += 1
        self.page.fill(f"#{ident}", words)

    def choose(self, ident, value):
        self.effort["clicks"] += 1
        self.page.select_option(f"#{ident}", value)

    def tick(self, ident):
        self.effort["clicks"] += 1
        self.page.check(f"#{ident}", force=True)

    def tell(self, ident, key, value):
        if key in YES_NO:
            self.tick(ident if value == "1" else f"{ident}-0")
        elif key in CHOSEN:
            self.choose(ident, value)
        else:
            self.type(ident, value)

    def sign(self, ident):
        """A name drawn with the finger."""
        self.effort["clicks"] += 1
        sheet = self.page.locator(f"#{ident}-sheet")
        sheet.scroll_into_view_if_needed()
        box = sheet.bounding_box()
        self.page.mouse.move(box["x"] + 20, box["y"] + 20)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + 160, box["y"] + 50, steps=3)
        self.page.mouse.up()

    def visit(self, family, money, *, mate, number=None):
        """Two officers at a door: the household, the child, what it asks for, three signatures."""
        self.effort["clicks"] += 1
        self.page.get_by_role("button", name=family.name, exact=True).click()
        self.effort["prefilled"] += self.page.evaluate(FULL)
        self.who(family, number or family.child_number)
        self.onward()
        for key, value in {**HOME_FACTS, "residence": family.place, **money["home"]}.items():
            self.tell(f"fact-{key}", key, value)
        self.onward()
        self.page.evaluate(
            "document.querySelectorAll('details.kit-person').forEach(one => { one.open = true; })"
        )
        told = {"n1": {**PARENT, "income_month": money["month"]}}
        told["n2"] = {**CHILD, **money["school"], "admission_no": family.admission_no}
        for ref, facts in told.items():
            for key, value in facts.items():
                self.tell(f"member-{ref}-{key}", key, value)
        self.onward()
        self.tick("ask-study")
        self.choose("ask-study-whom", "n2")
        self.type("ask-study-words", "学费交不起")
        self.onward()
        self.effort["clicks"] += 1
        self.page.check("input[name=result][value=confirmed]", force=True)
        self.type("statement", "上门核实，情况属实。")
        self.onward()
        self.signed(family, mate)
        self.onward()
        self.page.wait_for_selector("#kit-targets")
        return self

    def who(self, family, number):
        self.type("member-n1-number", family.number)
        self.effort["clicks"] += 1
        self.page.get_by_role("button", name="添加一位成员").click()
        self.type("member-n2-name", family.child)
        self.choose("member-n2-relation", "child")
        self.type("member-n2-number", number)
        wrong = self.page.get_by_text("最后一位校验码不对")
        assert wrong.locator("visible=true").count() == int(number != family.child_number)

    def signed(self, family, mate):
        self.sign("visitor-0-sign")
        self.choose("visitor-1", str(mate))
        self.tick("visitor-1-sign-instead")
        self.type("family-name", family.name)
        self.choose("family-relation", "本人")
        self.sign("family")

    def counts(self, *words):
        """What the strip above every screen says."""
        for one in words:
            expect(self.page.locator("#kit-strip")).to_contain_text(one)
        return self

    def announces(self, words):
        """What the page says just now, for eye and ear."""
        expect(self.page.locator("#kit-said")).to_contain_text(words)
        return self

    def signal_is_back(self):
        """Chromium does not tell a page that was opened offline under Playwright; so it is told here."""
        self.context.set_offline(False)
        self.page.evaluate("() => { dispatchEvent(new Event('online')); }")
        return self

    def send_now(self):
        self.page.locator("#kit-strip").get_by_role("button", name="立即传送").click()
        return self


class Signal:
    """What becomes of uploads on their way: `fates` says it of the next ones, the others go through."""

    def __init__(self, phone, *fates):
        self.fates, self.passed = list(fates), 0
        phone.context.route(UPLOADS, self.met)

    def met(self, route):
        fate = self.fates.pop(0) if self.fates else "through"
        self.passed += 1
        if fate == "lost answer":
            route.fetch()
        if fate in {"lost answer", "lost"}:
            route.abort()
        else:
            route.continue_()
