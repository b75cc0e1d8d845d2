"""Every page of every role in 长辈版 on the narrowest phone, and in English on a desk."""

import pytest

from tests.browser import every_page
from tests.browser.conftest import DESK, NARROW
from tests.browser.test_every_page import LEAST, site

__all__ = ["site"]
DEVICES = {"elder": {"size": NARROW, "elder": True}, "english": {"size": DESK, "english": True}}


@pytest.mark.parametrize("device", DEVICES)
def test_every_page_is_accessible_and_fits_in_large_letters_and_in_english(look, site, settings, device):
    eye = look(**DEVICES[device])
    pages = every_page.pages(site.world, settings)
    assert len(pages) > LEAST
    assert every_page.walk(eye, pages, lambda eye: eye.axe() + every_page.wide(eye)) == {}
    assert [said for said in eye.troubles if "Content Security Policy" in said] == []
