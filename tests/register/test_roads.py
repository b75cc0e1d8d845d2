"""The addresses of the register belong to two apps; links and the API's users know them as they are."""

import pytest
from django.urls import reverse

ORGANISATION, EMPLOYER = "/register/organisations/1/", "/register/employers/1/"
ROADS = {
    "organisations": "/register/organisations/",
    "employers": "/register/employers/",
    "zones": "/register/zones/",
    "facilities": "/register/facilities/",
    "organisation": ORGANISATION,
    "employer": EMPLOYER,
    "zone": "/register/zones/1/",
    "facility": "/register/facilities/1/",
    "found-organisation": f"{ORGANISATION}found/",
    "edit-organisation": f"{ORGANISATION}edit/",
    "rename-organisation": f"{ORGANISATION}name/",
    "compose": f"{ORGANISATION}compose/",
    "move-organisation": f"{ORGANISATION}place/",
    "relate-organisation": f"{ORGANISATION}relations/",
    "end-relation": f"{ORGANISATION}relations/2/end/",
    "close-organisation": f"{ORGANISATION}close/",
    "register-employer": f"{ORGANISATION}employers/",
    "open-zone": f"{ORGANISATION}zones/",
    "open-term": f"{ORGANISATION}terms/",
    "open-facility": f"{ORGANISATION}facilities/",
    "appoint": "/register/committees/1/posts/",
    "end-committee-post": "/register/committee-posts/1/end/",
    "edit-employer": f"{EMPLOYER}edit/",
    "cover-employer": f"{EMPLOYER}coverages/",
    "end-coverage": "/register/coverages/1/end/",
    "edit-zone": "/register/zones/1/edit/",
    "enter-zone": "/register/zones/1/employers/",
    "leave-zone": "/register/zones/1/employers/2/end/",
    "edit-facility": "/register/facilities/1/edit/",
    "api:network-organisations": "/api/network/organisations",
    "api:network-organisation": "/api/network/organisations/1",
    "api:network-counts": "/api/network/organisations/1/counts",
    "api:network-composition": "/api/network/organisations/1/composition",
    "api:network-employers": "/api/network/employers",
    "api:register-organisations": "/api/network/register/organisations",
    "api:register-employers": "/api/network/register/employers",
}


@pytest.mark.parametrize(("name", "address"), ROADS.items(), ids=ROADS)
def test_an_address_of_the_register_stays(name, address):
    numbers = [int(part) for part in address.split("/") if part.isdigit()]
    assert reverse(name, args=numbers) == address
