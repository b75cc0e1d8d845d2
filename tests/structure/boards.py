"""What a form about notices needs beyond the two cities: a roll to hide in, and a board in use."""

from datetime import date

from tests.conftest import AT, TODAY

from niangjia.notices.models import PublicNotice
from niangjia.people.models import Person


def spare(world):
    """By the name in an address: a notice that hangs, and one whose objections wait to be closed."""
    town = world.seats["town"]
    for place in range(6):
        Person.objects.create(name=f"众{place}", name_key=f"众{place}", keeper=town.unit, created_at=AT)
    closed = _notice(town, "closed", state="closed_with_objection", closed_on=date(2018, 8, 25))
    hanging = _notice(town, "hanging", state="open", ends_on=date(2099, 1, 1))
    return {"token": hanging.token, "closed_notice": closed.pk}


def _notice(town, token, ends_on=date(2018, 8, 25), **more):
    return PublicNotice.objects.create(
        unit=town.unit, token=token, kind="general", title="公示", place="board", columns=[["name", "姓名"]],
        rows=[["王某"]], k=5, workdays=5, starts_on=TODAY, ends_on=ends_on, opened_at=AT, **more,
    )  # fmt: skip
