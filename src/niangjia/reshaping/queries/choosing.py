"""Which unions and employers may be named on a form: own sources, heirs anywhere, what is the sources'."""

from datetime import date
from typing import TYPE_CHECKING, Any

from niangjia.kernel.access import PUBLIC_ROWS, Actor
from niangjia.kernel.shapes import Fact
from niangjia.network import queries as network
from niangjia.reshaping.queries.sizing import size_facts
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.queries import plan_of
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.restructuring.models import Restructure


def choices(*, actor: Actor, today: date) -> dict[str, Any]:
    """The living unions of the scope as sources; every living union as heir, its name is public."""
    filters = network.Filters()
    own = network.organisations_in_scope(scope=actor.scope_for(Word.PROPOSE), filters=filters, today=today)
    return {"rows": own, "heirs": network.public_organisations(filters=filters, today=today)}


def named_source(*, asked: str, actor: Actor, today: date) -> str:
    """The full name of the union from whose page the form was opened."""
    if not asked.isdecimal() or len(asked) > 15:  # noqa: PLR2004 - more digits than any number has
        return ""
    rows = choices(actor=actor, today=today)["rows"]
    return str(rows.filter(pk=int(asked)).values_list("name", flat=True).first() or "")


def sizes_of(*, name: str, actor: Actor, today: date) -> list[Fact]:
    """What the sizes of the union suggest from whose page the form was opened."""
    rows = choices(actor=actor, today=today)["rows"].filter(name=name) if name else ()
    return size_facts(unit_ids=[row.pk for row in rows], day=today)


def share_choices(*, row: "Restructure", today: date) -> dict[str, Any]:
    """Living unions as heirs; of the sources the unions below and the employers covered."""
    plan = plan_of(row=row)
    living = network.public_organisations(filters=network.Filters(), today=today)
    below = {n for s in plan.source_ids for n in tree.children_from(unit_id=s, day=row.effective_on)}
    covered = network.coverages_by(unions=plan.source_ids, day=row.effective_on)
    return {
        "heir": living,
        "units": living.filter(pk__in=below),
        "employers": network.employers_of(scope=PUBLIC_ROWS).filter(pk__in=covered.values("employer")),
    }
