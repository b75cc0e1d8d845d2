"""The pages of an application on the phone, and the words that a family reads. Pure."""

from niangjia.pleas.rules.asking import NEEDED, PAGES, PURPOSES, Page, consents_needed, pages_of
from niangjia.pleas.rules.telling import NEXT_THING

__all__ = ["NEEDED", "NEXT_THING", "PAGES", "PURPOSES", "Page", "consents_needed", "pages_of"]
