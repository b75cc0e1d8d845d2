"""An officer's phone in Chromium: what he does on it, as a person would."""

from tests.browser.conftest import AXE, BROKEN, PHONE, RULES, SMALL

PIN = "山里有人家2018"


class Handset:
    """One phone: its context and its page."""

    def __init__(self, context, mountain, officer, size=PHONE):
        self.context, self.url, self.troubles = context, mountain.url, []
        context.add_cookies([{"name": "phone", "value": str(officer.user_id), "url": mountain.url}])
        self.size, self.page = {"width": size[0], "height": size[1]}, None
        self.open()

    def open(self):
        """A tab on the kit."""
        page = self.context.new_page()
        page.set_viewport_size(self.size)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.goto(f"{self.url}/visits/kit/", wait_until="load")
        page.wait_for_selector("#kit:not([data-coming]) h1")
        self.page = page
        return page

    def _heard(self, said):
        if said.type == "error" and "ERR_INTERNET_DISCONNECTED" not in said.text:
            self.troubles.append(said.text)

    def enrol(self, name="陈晓梅的手机"):
        self.page.fill("#phone-name", name)
        self.page.fill("#new-pin", PIN)
        self.page.fill("#new-pin-again", PIN)
        self.page.click("form button[type=submit]")
        self.page.wait_for_selector("#kit-targets", state="attached")
        self.page.evaluate("navigator.serviceWorker.ready")
        self.page.wait_for_function("navigator.serviceWorker.controller")
        return self

    def unlock(self, pin=PIN):
        self.page.fill("#pin", pin)
        self.page.click("form button[type=submit]")
        self.page.wait_for_selector("#kit-targets", state="attached")
        return self

    def reopened(self):
        """The tab is killed and opened anew."""
        self.page.close(run_before_unload=False)
        self.open()
        return self.unlock()

    def begin(self, name):
        self.page.click(f".kit-home-name:has-text('{name}')")
        self.page.wait_for_selector(".bottom-bar")

    def go(self, step):
        """To one of the six pages of the form."""
        self.page.click(".kit-steps > summary")
        self.page.click(f".kit-steps button:has-text('{step}')")
        self.page.wait_for_selector(f"h1:has-text('{step}')")

    def sign(self, ident):
        """A few strokes of a pen."""
        sheet = self.page.locator(f"#{ident}-sheet")
        sheet.scroll_into_view_if_needed()
        box = sheet.bounding_box()
        mouse = self.page.mouse
        mouse.move(box["x"] + 20, box["y"] + 20)
        mouse.down()
        mouse.move(box["x"] + 160, box["y"] + 50, steps=6)
        mouse.move(box["x"] + 60, box["y"] + 70, steps=6)
        mouse.up()

    def end(self, *, mate, statement="看了住房，问了收入，情况属实。", drawn=True):
        """Result, statement, the three signatures; then the visit waits to be sent."""
        page = self.page
        self.go("走访结果")
        page.check("input[value=confirmed]")
        page.fill("#statement", statement)
        self.go("签名")
        page.select_option("#visitor-1", label=mate)
        page.fill("#family-name", "李大山")
        page.select_option("#family-relation", label="配偶")
        for ident in ("visitor-0-sign", "visitor-1-sign", "family"):
            if drawn:
                self.sign(ident)
            else:
                page.focus(f"#{ident}-instead")
                page.keyboard.press("Space")
        page.click(".bottom-bar .btn-primary")
        page.wait_for_selector("#kit-targets", state="attached")

    def counts(self):
        return self.page.inner_text("#kit-counts")

    def waits_for(self, words, timeout=30_000):
        shows = "words => document.body.innerText.includes(words)"
        self.page.wait_for_function(shows, arg=words, timeout=timeout)

    def leave(self):
        """From the form back to the list."""
        self.page.click("text=先回到名单")
        self.page.wait_for_selector("#kit-targets", state="attached")

    def states(self):
        """What has become of each visit on this phone."""
        self.page.click(".kit-strip button:has-text('看每一条')")
        self.page.wait_for_selector("h1:has-text('走访和传送')")
        return [one.get_attribute("data-state") for one in self.page.query_selector_all(".kit-item")]

    def back(self):
        self.page.click("button:has-text('要走访的人家')")
        self.page.wait_for_selector("#kit-targets", state="attached")

    def offline(self):
        self.context.set_offline(True)

    def online(self):
        self.context.set_offline(False)

    def axe(self):
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        return [(rule, places) for rule, places in self.page.evaluate(BROKEN, RULES)]

    def small(self, least):
        found = self.page.evaluate(SMALL, least)
        return [one for one in found if 'type="checkbox"' not in one and 'type="radio"' not in one]

    def overflow(self):
        return self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
