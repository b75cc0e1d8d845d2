"""The kit of home visits in Chromium: days without signal, three signatures, sent once (B12, must show 5)."""

import pytest
from django.test import Client

from niangjia.accounts.models import User
from niangjia.households import queries as homes
from niangjia.phones import actions
from niangjia.visits import queries
from niangjia.visits.models import HomeVisit, Visitor
from tests.browser.mountain import built, everything
from tests.browser.phone import Handset
from tests.conftest import AT
from tests.phones.offline import acting

MATE = "方国强"


@pytest.fixture
def mountain(live_server, settings, tmp_path):
    settings.KEY_RING = tmp_path / "ring"
    settings.NIANGJIA_ACTOR_LOADER = "tests.phones.offline.acting.loader"
    yield built(live_server.url)
    acting.OFFICERS.clear()


@pytest.fixture
def handset(chromium, mountain):
    """`handset(officer)` is another phone."""
    contexts = []

    def made(officer=None, **more):
        context = chromium.new_context(locale="zh-CN", reduced_motion="reduce", accept_downloads=True)
        contexts.append(context)
        return Handset(context, mountain, officer or mountain.town, **more)

    yield made
    for context in contexts:
        context.close()


@pytest.fixture
def phone(handset):
    return handset().enrol()


def logged_in(phone, mountain):
    """The officer has a session of his own: the pages of the log-in ask for it."""
    client = Client()
    with everything():
        client.force_login(User.objects.get(pk=mountain.town.user_id))
    session = client.cookies["sessionid"].value
    phone.context.add_cookies([{"name": "sessionid", "value": session, "url": phone.url}])


def there():
    """What the platform has."""
    with everything():
        return list(HomeVisit.objects.order_by("pk"))


def test_two_visits_without_signal_survive_the_tab_and_arrive_once(phone, mountain):
    phone.offline()
    phone.begin("何秀英")
    phone.go("家庭情况")
    phone.page.fill("#fact-income_year", "48000")
    phone.end(mate=MATE)
    phone.begin("周大山")
    phone.page.fill("#member-n1-number", "990101196806120028")
    assert phone.page.is_visible("text=最后一位校验码不对")
    phone.go("想要的帮助")
    phone.page.check("#ask-study")
    phone.end(mate=MATE, drawn=False)
    assert phone.counts() == "2 条中 0 条已送达"
    phone.reopened()
    assert (phone.counts(), there()) == ("2 条中 0 条已送达", [])
    assert phone.states() == ["ready", "ready"]
    phone.online()
    phone.waits_for("2 条中 2 条已送达")
    assert phone.states() == ["sent", "sent"]
    assert phone.page.is_visible("text=平台核对到第 2 条，共 2 条，一致，一条不少。")
    assert phone.troubles == []
    typed, drawn = sorted(there(), key=lambda one: one.household_id == mountain.home.pk)
    with everything():
        assert_arrived(drawn, typed, mountain)


def assert_arrived(drawn, typed, mountain):
    """What was told without signal stands; a wrong digit is kept as it was typed."""
    assert homes.facts_of(household=mountain.home)[None]["income_year"] == 4_800_000
    assert queries.is_confirmed(household_id=drawn.household_id, campaign_id=drawn.campaign_id)
    strokes = [queries.strokes_of(visitor=one) for one in Visitor.objects.filter(visit=drawn)]
    assert [one[:1] for one in strokes] == ["M", "M"]
    assert [bool(one.signature) for one in Visitor.objects.filter(visit=typed)] == [False, False]
    assert typed.asks.count() == 1
    head = homes.members_of(household=typed.household)[0]
    assert homes.facts_of(household=typed.household)[head.number]["id_typed"] == "990101196806120028"


def test_an_answer_that_was_lost_is_made_good_and_nothing_is_doubled(phone):
    phone.offline()
    phone.begin("何秀英")
    phone.end(mate=MATE)
    lost = []

    def lose(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort("connectionreset")

    phone.context.route("**/visits/kit/uploads/", lose)
    phone.context.route("**/visits/kit/receipts/**", lambda route: route.abort("connectionreset"))
    phone.online()
    phone.waits_for("没有信号，内容都在这台手机里")
    assert (lost, phone.counts()) == ([200], "1 条中 0 条已送达")
    assert len(there()) == 1
    assert phone.states() == ["ready"]
    assert phone.page.is_visible("text=这一条可能已经送到，要先联网核对，才能删。")
    phone.context.unroute("**/visits/kit/receipts/**")
    phone.page.click(".kit-strip button:has-text('立即传送')")
    phone.waits_for("1 条中 1 条已送达")
    assert len(there()) == 1
    assert phone.states() == ["sent"]


def test_two_tabs_send_one_visit_once(phone):
    phone.offline()
    phone.begin("何秀英")
    phone.end(mate=MATE)
    first = phone.page
    second = phone.open()
    phone.unlock()
    sent = []
    phone.context.on("request", lambda one: sent.append(one.url) if one.url.endswith("/uploads/") else None)
    phone.online()
    for page in (first, second):
        page.evaluate("document.querySelector('.kit-strip .btn-primary')?.click()")
    for page in (first, second):
        phone.page = page
        phone.waits_for("1 条中 1 条已送达", timeout=70_000)
    assert len(there()) == 1
    assert len(sent) == 1


def test_what_two_phones_tell_differently_is_shown_field_by_field_and_a_person_decides(
    handset, phone, mountain
):
    other = handset(mountain.mate).enrol("方国强的手机")
    for one, income, mate in ((phone, "48000", MATE), (other, "60000", "陈晓梅")):
        one.offline()
        one.begin("何秀英")
        one.go("家庭情况")
        one.page.fill("#fact-income_year", income)
        one.end(mate=mate)
    for one in (phone, other):
        one.online()
        one.waits_for("1 条中 1 条已送达")
    other.states()
    assert other.page.is_visible("text=1 处与别人填的不同，等工会核定")
    other.page.click("a:has-text('看走访记录')")
    page = other.page
    page.wait_for_selector("#differences")
    row = page.inner_text("#differences tbody tr")
    assert ("48,000.00 元" in row, "60,000.00 元" in row) == (True, True)
    assert other.axe() == []
    page.click("#differences a")
    page.check("text=采用新填的：60,000.00 元")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=采用了新填的")
    with everything():
        assert homes.facts_of(household=mountain.home)[None]["income_year"] == 6_000_000


def test_every_answer_is_kept_within_a_second_and_survives_a_kill(phone):
    phone.begin("周大山")
    phone.page.fill("#member-n1-name", "周大川")
    phone.page.wait_for_timeout(900)
    phone.reopened()
    assert "1 条还在填写" in phone.page.inner_text("#kit-strip")
    phone.begin("周大山")
    assert phone.page.input_value("#member-n1-name") == "周大川"
    phone.go("签名")
    phone.sign("visitor-0-sign")
    phone.page.wait_for_timeout(900)
    phone.reopened()
    phone.begin("周大山")
    assert phone.page.get_attribute("#visitor-0-sign-sheet path", "d").startswith("M")


def test_one_that_is_wrong_is_deleted_after_a_question_and_the_platform_is_told_why(phone):
    phone.offline()
    phone.begin("何秀英")
    phone.end(mate=MATE)
    phone.states()
    phone.page.click(".kit-item button:has-text('删去这一条')")
    phone.page.click("dialog button:has-text('先不删，返回')")
    assert phone.counts() == "1 条中 0 条已送达"
    phone.page.click(".kit-item button:has-text('删去这一条')")
    phone.page.select_option("#drop-why", label="重复填写")
    phone.page.click("dialog button:has-text('删去，不再送出')")
    phone.waits_for("还没有完成的走访")
    phone.online()
    phone.page.click("button:has-text('立即传送')")
    phone.waits_for("平台核对到第 1 条，共 1 条，一致")
    assert there() == []


def test_the_log_out_warns_of_what_was_not_sent(phone, mountain):
    phone.offline()
    phone.begin("何秀英")
    phone.end(mate=MATE)
    phone.states()
    phone.page.click("button:has-text('退出登录')")
    assert "还有 1 条走访没有送出" in phone.page.inner_text("dialog")
    phone.page.click("dialog button:has-text('先不删，返回')")
    phone.context.route("**/visits/kit/uploads/", lambda route: route.abort())
    phone.online()
    logged_in(phone, mountain)
    phone.page.goto(f"{phone.url}/visits/")
    phone.page.click(".desk-menu > summary")
    phone.page.click(".desk-panel button:has-text('退出')")
    phone.page.wait_for_url("**/account/logout/")
    assert "没有送出的走访：1" in phone.page.inner_text("[data-unsent]")
    phone.context.unroute("**/visits/kit/uploads/")
    phone.page.click("text=先去传送或导出")
    phone.unlock()
    phone.waits_for("1 条中 1 条已送达")


def test_what_was_not_sent_is_exported_and_handed_in_by_another_officer(phone, mountain):
    phone.offline()
    phone.begin("何秀英")
    phone.end(mate=MATE)
    phone.states()
    with phone.page.expect_download() as download:
        phone.page.click("button:has-text('导出待传文件')")
    body = download.value.path().read_bytes()
    assert "何秀英".encode() not in body
    with everything():
        taken = actions.take_file(body=body, by=mountain.mate, at=AT)
    assert [one.status for one in taken] == ["held"]
