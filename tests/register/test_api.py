import pytest
from tests.conftest import TODAY
from tests.network.acting import Desk
from tests.network.worlds import cover, employer, found

from niangjia.kernel.access import PUBLIC
from niangjia.network import queries
from niangjia.network.rules import OrgKind

API = "/api/network"


@pytest.fixture
def public(client, acting):
    return Desk(client, PUBLIC)


def test_the_api_tells_the_same_figures_as_the_pages(land, public):
    told = public.get(f"{API}/organisations/{land['city'].pk}/counts").json()
    assert told["employers"] == queries.counts(unit_id=land["city"].pk, day=TODAY).employers() == 2
    rows = public.get(f"{API}/employers", under=land["city"].pk).json()["items"]
    assert len(rows) == 2


def test_a_merchant_is_masked_and_not_found_by_name(land, public):
    cover(land["left_joint"], land["left_shop"])
    rows = public.get(f"{API}/employers", kind="self_employed_merchant").json()["items"]
    assert [row["name"] for row in rows] != ["衢江区张三杂货店"]
    assert "张三" not in public.get(f"{API}/employers").content.decode()
    assert public.get(f"{API}/employers", name="张三").json()["items"] == []


def test_public_columns_hold_nothing_inner(land, public):
    row = public.get(f"{API}/organisations").json()["items"][0]
    assert {"uscc", "legal_person_no", "version", "status"}.isdisjoint(row)


def test_a_list_is_read_in_parts_without_loss(land, public):
    seen, after = [], ""
    while True:
        part = public.get(f"{API}/organisations", limit=2, after=after).json()
        seen += [row["id"] for row in part["items"]]
        after = part["after"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == 12


def test_composition_adds_up(land, public):
    for i in range(3):
        cover(land["left_joint"], employer(f"电站{i}", land["left_town"]))
    told = public.get(f"{API}/organisations/{land['left_fed'].pk}/composition").json()
    assert (told["n_unions"], told["x_unions"], told["n_employers"], told["x_employers"]) == (1, 1, 1, 3)
    assert told["employers"] == 4


def test_officers_read_their_scope_only(county_desk, land):
    rows = county_desk.get(f"{API}/register/employers").json()["items"]
    assert [row["name"] for row in rows] == ["衢江区东磁公司"]
    assert county_desk.get(f"{API}/register/employers", under=land["right_town"].pk).json()["items"] == []


def test_the_public_has_no_register(land, public):
    assert public.get(f"{API}/register/organisations").status_code == 403


def test_who_prepares_is_not_public_yet(land, public):
    one = found(OrgKind.FEDERATION, "筹备中的联合会", land["left_town"])
    type(one).objects.filter(pk=one.pk).update(status="preparing")
    assert public.get(f"{API}/organisations/{one.pk}").status_code == 404
    assert "筹备中的联合会" not in public.get(f"{API}/organisations", limit=200).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"under": "9" * 40},
        {"under": "0"},
        {"under": "-3"},
        {"under": "abc"},
        {"day": "0001-01-01"},
        {"day": "2018-02-30"},
        {"day": "9999-12-31"},
        {"limit": "0"},
        {"limit": "-1"},
        {"limit": "999999999999"},
        {"after": "%%%"},
        {"after": "W251bGwsIDFd"},
        {"after": "WyJhIiwgMTAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDBd"},
        {"name": "a" * 500},
        {"name": "\x00"},
        {"name": "%_'\\"},
        {"kind": "x"},
        {"covered": "maybe"},
        {"under": "123456"},
    ],
)
def test_no_input_is_an_error_of_ours(land, public, county_desk, query):
    for road in ("organisations", "employers", "register/organisations", "register/employers"):
        desk = county_desk if road.startswith("register") else public
        answer = desk.get(f"{API}/{road}", **query)
        assert answer.status_code in {200, 400, 404, 422}
        if answer.status_code != 200:
            assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "abc", "1.5"])
def test_no_number_is_an_error_of_ours(land, public, number):
    for tail in ("", "/counts", "/composition"):
        assert public.get(f"{API}/organisations/{number}{tail}").status_code in {404, 422}
