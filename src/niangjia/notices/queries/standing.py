"""What another matter asks of its notice before it goes on: no payment before the notice has run."""

from dataclasses import dataclass

from niangjia.notices.models import Objection, PublicNotice
from niangjia.notices.rules import Outcome, State

FINISHED = (State.CLOSED_CLEAR, State.RESOLVED)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the notice of a matter stands. `is_clear` is what a payment waits for."""

    noticed: bool = False
    finished: bool = False
    unanswered: int = 0
    upheld: int = 0

    @property
    def is_clear(self) -> bool:
        """The notice has run its days, every objection is answered, and none was upheld."""
        return self.finished and not self.unanswered and not self.upheld


def standing_of(*, about_kind: str, about_id: int) -> Standing:
    """The standing of the newest notice of a matter that was not withdrawn; none is not finished."""
    rows = PublicNotice.objects.filter(about_kind=about_kind, about_id=about_id)
    notice = rows.exclude(state=State.WITHDRAWN).order_by("-id").first()
    if notice is None:
        return Standing()
    outcomes = list(Objection.objects.filter(notice=notice).values_list("outcome", flat=True))
    return Standing(
        noticed=True,
        finished=notice.state in FINISHED,
        unanswered=outcomes.count(""),
        upheld=outcomes.count(Outcome.UPHELD),
    )
