"""What stands around every form about a household."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

from niangjia.accounts import queries as accounts
from niangjia.households import queries as households
from niangjia.households.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of
from niangjia.kernel.forms import FormPage
from niangjia.kernel.shapes import Crumb, Fact, Text
from niangjia.kernel.words import say
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.households.models import Household

HOMES = say("家庭档案")
USUAL = "furniture/form_page.html"


def kept(request: HttpRequest, household_id: int) -> "Household":
    """The household of the road, for whoever may keep it."""
    return households.household_for(household_id=household_id, actor=actor_of(request), word=Word.KEEP)


def home_of(row: "Household") -> str:
    """The page of the household."""
    return reverse("household", args=[row.pk])


def crumbs_of(row: "Household", *more: Crumb) -> list[Crumb]:
    """The way to a household and on."""
    name = households.name_of(household=row)
    return [Crumb(HOMES, reverse("households")), Crumb(name, home_of(row)), *more]


def page_of(  # noqa: PLR0913 - a page has these parts
    row: "Household",
    title: Text,
    button: Text,
    *,
    said: Text,
    words: Text = "",
    known: tuple[Fact, ...] = (),
    template: str = USUAL,
) -> FormPage:
    """The page around a form about a household."""
    return FormPage(
        title,
        button,
        crumbs=crumbs_of(row, Crumb(title)),
        back=home_of(row),
        words=words,
        known=known,
        said=said,
        template=template,
    )


def officers_of(unit_ids: set[int]) -> dict[int, str]:
    """Whoever may witness a card: the officers in post at some unions today."""
    here = accounts.holders_at(unit_ids=unit_ids, day=clock.today())
    return {one.user_id: one.name for one in here if one.carries(Word.KEEP)}


def path_under(unit_id: int | None) -> str:
    """The path of a union named in the address; of one that is not there nothing is found."""
    return tree.public_unit(unit_id=unit_id).path if unit_id else ""
