"""What anybody sees: notices that hang today; of others only that they ended; the answer to an objection."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet

from niangjia.kernel import sealing
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.periods import DAY
from niangjia.kernel.words import Said
from niangjia.notices.models import PublicNotice
from niangjia.notices.queries.office import value_at
from niangjia.notices.rules import NOTICE, Outcome, State


@dataclass(frozen=True, slots=True)
class Headline:
    """Of a notice that has ended: its title, whose it was, and how it ended; never its rows."""

    title: str
    unit_id: int
    unit: str
    state: str
    starts_on: date
    ends_on: date

    @property
    def label(self) -> Said:
        """The word for how it ended."""
        return NOTICE.label(self.state)


@dataclass(frozen=True, slots=True)
class Followed:
    """What who holds the receipt learns of an objection."""

    title: str
    unit: str
    received_at: datetime
    outcome: str
    answer: str
    answered_at: datetime | None

    @property
    def is_upheld(self) -> bool:
        """Whether the office agreed."""
        return self.outcome == Outcome.UPHELD


def open_notices(*, day: date) -> QuerySet[PublicNotice]:
    """The notices that hang on a day, the soonest to end first; right also while the closing job sleeps."""
    rows = PublicNotice.objects.filter(state=State.OPEN, starts_on__lte=day, ends_on__gt=day)
    return rows.select_related("unit").order_by("ends_on", "id")


def open_notice_by_token(*, token: str, day: date) -> PublicNotice | None:
    """The notice at a public address, while it hangs."""
    return open_notices(day=day).filter(token=token).first()


def headline(*, token: str, day: date) -> Headline:
    """That a notice has ended, for so many days as policy says; then its address leads nowhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_headline(%s)", [token])
        found = cursor.fetchone()
    if found is None:
        raise NotVisible
    told = Headline(*found)
    kept = value_at(key="notices.gone_days", unit_id=told.unit_id, day=day).of(int)
    if told.ends_on + DAY * kept < day:
        raise NotVisible
    return told


def receipt_digest(*, receipt: str) -> bytes:
    """What the register keeps of a receipt code: reading the table leads to nobody's objection."""
    plain = "".join(sign for sign in receipt.upper() if sign.isalnum())
    return sealing.blind_index(plain, purpose="notices.receipt")


def followed(*, receipt: str) -> Followed | None:
    """The objection of a receipt code, with its answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_followed(%s)", [receipt_digest(receipt=receipt)])
        found = cursor.fetchone()
    return Followed(*found) if found else None
