"""Who exported a list that turned up elsewhere: the invisible marks of its texts name the export."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from niangjia.exchange.models import Leaving
from niangjia.kernel.access import Scope
from niangjia.kernel.scoping import within
from niangjia.kernel.sealing import blind_index
from niangjia.kernel.sheets import marks


@dataclass(frozen=True, slots=True)
class Trace:
    """An export whose marks a leaked list bears."""

    leaving_id: int
    who: str
    unit: str
    at: datetime
    purpose: str
    share: float


def digest_of(*, leaving_id: int) -> marks.Digest:
    """The keyed digest that sets the marks of one export."""
    purpose = f"exchange.mark.{leaving_id}"
    return lambda text: blind_index(text, purpose=purpose)


def exporters_of(*, texts: Iterable[str], scope: Scope) -> list[Trace]:
    """The exports of the scope whose marks the texts bear, best first."""
    signs = marks.signs_in(texts)
    known = within(Leaving.objects.select_related("unit"), scope=scope)
    rows = {row.pk: row for row in known}
    found = marks.exporters(signs, {number: digest_of(leaving_id=number) for number in rows})
    return [
        Trace(
            number,
            rows[number].who,
            rows[number].unit.name,
            rows[number].created_at,
            rows[number].purpose,
            share,
        )
        for number, share in found
    ]
