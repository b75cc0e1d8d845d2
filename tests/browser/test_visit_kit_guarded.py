"""A stolen, revoked or forgotten phone: nothing readable at rest, nothing unsent lost (control 24)."""

import pytest

from niangjia.phones import actions, queries
from niangjia.phones.models import Device, HeldUpload
from niangjia.visits.models import HomeVisit
from tests.browser.conftest import CHROMIUM, DESK, FLAGS, PHONE, SMALLEST
from tests.browser.mountain import built, everything
from tests.browser.phone import Handset
from tests.conftest import AT
from tests.phones.offline import acting

MATE = "方国强"
CANARY = "鶊鶊山中雀"
KNOWN = ("湍口村 1 号", "湍口村 9 号", "何秀英", "周大山", "凑不齐学费", "李大山", CANARY)


@pytest.fixture
def mountain(live_server, settings, tmp_path):
    settings.KEY_RING = tmp_path / "ring"
    settings.NIANGJIA_ACTOR_LOADER = "tests.phones.offline.acting.loader"
    yield built(live_server.url)
    acting.OFFICERS.clear()


@pytest.fixture
def stolen(chromium, mountain, tmp_path):
    """A phone whose profile lies in a folder, as a thief would find it."""
    folder = tmp_path / "profile"
    context = chromium.browser_type.launch_persistent_context(
        str(folder), executable_path=CHROMIUM, args=FLAGS, locale="zh-CN", accept_downloads=True
    )
    yield Handset(context, mountain, mountain.town), folder, context
    context.close()


def found_in(folder, words):
    """Which of these words stand in which file of a profile, in the ways that Chromium writes texts."""
    found = set()
    for path in folder.rglob("*"):
        body = path.read_bytes() if path.is_file() else b""
        ways = ((one, way) for one in words for way in (one.encode(), one.encode("utf-16-le")))
        found |= {(one, str(path.relative_to(folder))) for one, way in ways if way in body}
    return sorted(found)


def test_the_profile_of_a_stolen_phone_tells_nothing_of_anybody(stolen):
    phone, folder, context = stolen
    phone.enrol()
    phone.offline()
    phone.begin("何秀英")
    phone.end(mate=MATE, statement=CANARY)
    phone.begin("周大山")
    phone.go("走访结果")
    phone.page.fill("#statement", CANARY)
    phone.page.wait_for_timeout(900)
    phone.page.evaluate(
        """() => new Promise(done => { const ask = indexedDB.open("control", 1);
        ask.onupgradeneeded = () => ask.result.createObjectStore("t");
        ask.onsuccess = () => { const tx = ask.result.transaction("t", "readwrite", {durability: "strict"});
          tx.objectStore("t").put("明处的话无人封", 1); tx.oncomplete = done; }; })"""
    )
    context.close()
    control = {place for _, place in found_in(folder, ["明处的话无人封"])}
    assert any("IndexedDB" in place for place in control), "the control: what is not sealed is found"
    assert found_in(folder, KNOWN) == []


def test_wrong_pins_wipe_what_is_known_and_lose_nothing_that_was_written(stolen):
    phone, _folder, _context = stolen
    phone.enrol()
    phone.offline()
    phone.begin("何秀英")
    phone.end(mate=MATE)
    phone.begin("周大山")
    phone.go("走访结果")
    phone.page.fill("#statement", "写了一半")
    phone.page.wait_for_timeout(900)
    phone.page.close(run_before_unload=False)
    phone.open()
    for left in (4, 3, 2, 1):
        phone.page.fill("#pin", "不是这个口令的")
        phone.page.click("form button[type=submit]")
        phone.waits_for(f"还可以试 {left} 次")
    phone.page.fill("#pin", "不是这个口令的")
    phone.page.click("form button[type=submit]")
    phone.waits_for("家庭资料已清除")
    rows = phone.page.evaluate(
        """() => new Promise(done => { const ask = indexedDB.open("niangjia-visits");
        ask.onsuccess = () => { const tx = ask.result.transaction(["kit", "visits"]);
          const kit = tx.objectStore("kit").count(), all = tx.objectStore("visits").getAll();
          tx.oncomplete = () => done([kit.result, all.result.map(row => [row.mine, !!row.box])]); }; })"""
    )
    assert rows == [0, [[None, True], [None, True]]]
    phone.online()
    phone.enrol("重新启用的手机")
    phone.waits_for("1 条中 1 条已送达")
    phone.states()
    phone.page.click("button:has-text('交给工会补登')")
    phone.waits_for("已收到，待核定")
    with everything():
        assert HomeVisit.objects.count() + HeldUpload.objects.filter(finished=True).count() == 1
        half = HeldUpload.objects.get(finished=False)
        assert queries.told_in(held=half)["statement"] == "写了一半"


def test_a_revoked_phone_gives_up_what_it_holds_and_forgets_what_it_knows(stolen, mountain):
    phone, _folder, _context = stolen
    phone.enrol()
    phone.offline()
    phone.begin("何秀英")
    phone.end(mate=MATE)
    phone.begin("周大山")
    phone.page.wait_for_timeout(900)
    phone.go("走访结果")
    phone.page.fill("#statement", "写了一半")
    phone.page.wait_for_timeout(900)
    with everything():
        device = Device.objects.get()
        actions.revoke_device(device_id=device.pk, reason="手机遗失", by=mountain.above, at=AT)
    phone.online()
    phone.page.wait_for_selector("h1:has-text('在这台手机上启用走访')")
    assert phone.page.is_visible("text=这台手机已被停用")
    with everything():
        assert sorted(HeldUpload.objects.values_list("finished", flat=True)) == [False, True]
        assert HomeVisit.objects.count() == 0
    assert phone.page.evaluate("indexedDB.databases().then(all => all.length)") == 1


def test_a_kit_that_is_too_old_is_wiped_and_the_drafts_stay(stolen):
    phone, _folder, _context = stolen
    phone.enrol()
    phone.begin("何秀英")
    phone.go("走访结果")
    phone.page.fill("#statement", "山里走了四天")
    phone.page.wait_for_timeout(900)
    phone.page.clock.install()
    phone.page.close(run_before_unload=False)
    phone.offline()
    page = phone.context.new_page()
    page.clock.install()
    page.clock.fast_forward(73 * 3600 * 1000)
    page.goto(f"{phone.url}/visits/kit/")
    phone.page = page
    phone.unlock()
    phone.waits_for("这台手机上没有走访资料")
    assert page.query_selector_all("#kit-targets .kit-home") == []
    page.click(".kit-strip button:has-text('看每一条')")
    page.click(".kit-item button:has-text('接着填（第 5 步，共 6 步）')")
    assert page.input_value("#statement") == "山里走了四天"


@pytest.mark.parametrize(("size", "elder"), [(PHONE, False), (SMALLEST, True), (DESK, False)])
def test_every_screen_is_accessible_and_fits(chromium, mountain, size, elder):
    context = chromium.new_context(locale="zh-CN", reduced_motion="reduce")
    if elder:
        context.add_cookies([{"name": "size", "value": "elder", "url": mountain.url}])
    phone = Handset(context, mountain, mountain.town, size=size)
    least = 60 if elder else 44 if size == PHONE else 24
    wrong = {}

    def look(name):
        found = [*phone.axe(), *phone.small(least)]
        if phone.overflow() > 0:
            found.append(("overflow", phone.overflow()))
        wrong.update({name: found} if found else {})

    look("enrol")
    phone.enrol()
    look("list")
    phone.begin("周大山")
    for name in ("家庭成员", "家庭情况", "成员情况", "想要的帮助", "走访结果", "签名"):
        phone.go(name)
        look(name)
    phone.page.click(".bottom-bar .btn-primary")
    phone.page.wait_for_selector("[data-error-summary]")
    look("missing")
    phone.leave()
    look("drafts")
    phone.states()
    look("queue")
    phone.page.reload()
    phone.page.wait_for_selector("#pin")
    look("unlock")
    assert wrong == {}
    assert phone.troubles == []
    context.close()
