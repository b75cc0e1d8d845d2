"""Bad input is told gently and never breaks a page; every page keeps its budget of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.portal.rules import MEASURES
from tests.portal import building

BUDGET = 10
HOSTILE = (
    "%00",
    "'",
    '"><script>alert(1)</script>',
    "1; DROP TABLE tree_unit",
    "-1",
    "0",
    "99999999999999999999999",
    "NaN",
    "inf",
    "1e999",
    "2018-02-30",
    "0001-01-01",
    "9999-12-31",
    "2018-08-20T00:00",
    "今天",
    "\ud7ff\ue000",
    "🙂",
    "a" * 1999,
    "a" * 5000,
    "../../etc/passwd",
    "{{ 7*7 }}",
    "%(x)s {0} {name}",
    "[]",
    "zz.zz",
    "WyJ4IiwgMV0",
    "W251bGwsIG51bGxd",
    "eyJkIjogMX0",
    "1.5",
    "٣",
    "%",
    "__",
    "\\",
    " \t ",
    "",
)
READ = {
    "home": ("lat", "lon"),
    "find": ("q", "place", "lat", "lon"),
    "organisation": ("day",),
    "board-of-town": ("day", "colour"),
    "organisations": ("of", "after"),
    "employers": ("day", "of", "after", "before"),
}
UNREAD = ("page", "sort", "uiStyle", "unknown", "next")


@pytest.fixture
def addresses(ningbo):
    town = [ningbo.town.pk]
    return {
        "home": "/",
        "find": reverse("find"),
        "organisation": reverse("public-organisation", args=town),
        "federation": reverse("public-organisation", args=[ningbo.mall.pk]),
        "board": reverse("board"),
        "board-of-town": reverse("board", args=town),
        "board-of-federation": reverse("board", args=[ningbo.mall.pk]),
        "organisations": reverse("board-organisations", args=town),
        "employers": reverse("board-employers", args=town),
    }


@pytest.mark.parametrize("page", READ)
def test_no_query_string_breaks_a_page(client, addresses, page):
    for name in READ[page]:
        for value in HOSTILE:
            answer = client.get(addresses[page], dict.fromkeys(UNREAD, value) | {name: value})
            assert answer.status_code in {200, 400, 404, 422}, (name, value, answer.status_code)
            assert "<script>alert(1)" not in answer.content.decode()


@pytest.mark.parametrize("number", ["0", "999999999", "99999999999999999999999"])
def test_an_unknown_union_is_simply_not_found(client, addresses, number):
    for road in ("/unions/{}/", "/board/{}/", "/board/{}/organisations/", "/board/{}/employers/"):
        assert client.get(road.format(number)).status_code == 404


def test_every_refusal_says_what_to_do_next(client, addresses):
    asked = {
        "find": [{"q": "一"}, {"place": "abc"}, {"place": "999999"}, {"lat": "1"}, {"lat": "91", "lon": "1"}],
        "board": [{"day": "nonsense"}, {"day": "2999-01-01"}, {"colour": "none"}, {"day": "1900-01-01"}],
        "employers": [{"of": "federations"}, {"of": "x"}, {"after": "x"}, {"before": "zz.zz"}],
    }
    for name, queries in asked.items():
        for query in queries:
            answer = client.get(addresses[name], query)
            assert answer.status_code == 422, (name, query)
            assert "接下来您可以" in answer.content.decode()
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_every_page_keeps_its_budget_of_queries(client, addresses, ningbo):
    addresses |= {
        "near": "/?lat=29.8&lon=121.5",
        "find-name": reverse("find") + "?q=下应",
        "find-former": reverse("find") + "?q=湾底村工会",
        "find-place": reverse("find") + f"?place={ningbo.at['330212001001'].pk}",
        "find-all": reverse("find") + f"?place={ningbo.at['330212001'].pk}&q=湾底村工会&lat=29.8&lon=121.5",
        "board-past": addresses["board"] + "?day=2018-01-01",
        "federation-past": addresses["federation"] + "?day=2018-01-01",
    }
    found = {name: _queries(client, address) for name, address in addresses.items()}
    assert {name: count for name, count in found.items() if count > BUDGET} == {}, found


def _queries(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    real = [query["sql"] for query in seen.captured_queries]
    return sum(not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for sql in real)


def test_a_list_costs_the_same_however_long_it_is(client, addresses, ningbo, world):
    before = _queries(client, addresses["employers"])
    enter_scope(EVERYWHERE)
    for place in range(30):
        building.cover(ningbo.joint, building.employer(f"甬江第{place}厂", ningbo.town))
    assert _queries(client, addresses["employers"]) == before


def test_every_measure_has_an_address(client, addresses, ningbo):
    for key, measure in MEASURES.items():
        address = reverse(f"board-{measure.rows}", args=[ningbo.province.pk])
        assert client.get(address, {"of": key}).status_code == 200
