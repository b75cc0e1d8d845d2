"""Where many persons stand, in one query, for lists that come in by file."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from niangjia.kernel.among import among
from niangjia.members.models import Membership
from niangjia.members.queries.standing import Counting
from niangjia.members.rules import Standing, State


@dataclass(frozen=True, slots=True)
class Reach:
    """A stretch of a membership as a rule needs it: where, whether it counts, from when until when."""

    counting: Counting
    counts: bool

    @property
    def standing(self) -> Standing:
        """Where and when."""
        return self.counting.standing


def stretches_of_many(*, person_ids: Collection[int]) -> dict[int, list[Reach]]:
    """Every stretch of the persons that the running scope shows, the oldest first."""
    found: dict[int, list[Reach]] = {}
    rows = Membership.objects.filter(person_id__in=among(person_ids)).order_by("since", "id")
    told = rows.values_list(
        "person_id", "path", "union_id", "union__name", "state", "since", "until", "counts"
    )  # fmt: skip
    for person_id, path, union_id, name, state, since, until, counts in told:
        standing = Standing(union_id, name, State(state), since, until)
        found.setdefault(person_id, []).append(Reach(Counting(path, standing), counts))
    return found


def first_days_of_many(*, person_ids: Collection[int]) -> dict[int, date]:
    """The day on which each person first counted, as far as the running scope shows it."""
    rows = Membership.objects.filter(person_id__in=among(person_ids), counts=True).order_by("-since")
    return dict(rows.values_list("person_id", "since"))
