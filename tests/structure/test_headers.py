"""Every road answers with the headers that harden a browser (ASVS 3.4, reliability.md control 21)."""

import pytest
from django.conf import settings
from django.test import Client
from tests.structure.roads import roads

pytestmark = pytest.mark.django_db
VALUES = {"key": "federation.dormant_days", "code": "330000", "name": "x", "path": "x", "token": "x"}
ALWAYS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FORBIDDEN = ("Server", "X-Powered-By")


def addresses():
    for road in roads():
        values = {name: VALUES.get(name, 1) for name in road.arguments}
        yield road.path(values)


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_answer_carries_the_headers(method):
    client = Client(raise_request_exception=False)
    missing = []
    for address in addresses():
        response = getattr(client, method)(address)
        told = {name: response.get(name) for name in ALWAYS}
        if told != ALWAYS or any(name in response for name in FORBIDDEN):
            missing.append((address, told))
        policy = response.get("Content-Security-Policy", "")
        if "default-src" not in policy or "unsafe-" in policy or "frame-ancestors 'none'" not in policy:
            missing.append((address, policy))
        if "geolocation" not in response.get("Permissions-Policy", ""):
            missing.append((address, "Permissions-Policy"))
    assert missing == []


def test_what_a_logged_in_person_sees_is_never_kept_by_a_cache():
    told = {}
    for address in addresses():
        client = Client(raise_request_exception=False)
        client.cookies["sessionid"] = "x" * 32
        told[address] = client.get(address).get("Cache-Control", "")
    assert [address for address, words in told.items() if "no-store" not in words] == []


def test_cookies_cannot_be_read_by_scripts_or_sent_by_others():
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.SESSION_COOKIE_AGE <= 8 * 3600


def test_behind_tls_cookies_and_addresses_are_kept_to_it():
    """Read from the settings as they are written: the switch turns all of them on together."""
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
    assert {name: bool(getattr(settings, name)) for name in names} == dict.fromkeys(
        names, settings.BEHIND_TLS
    )
