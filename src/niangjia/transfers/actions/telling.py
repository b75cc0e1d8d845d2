"""What a member hears of his transfer, and the line of the journal about a step."""

from datetime import datetime

from niangjia.accounts import queries as accounts
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.words import Said
from niangjia.messaging.actions import Note, send
from niangjia.transfers.models import Transfer
from niangjia.transfers.rules import KIND


def tell(*, row: Transfer, words: Said, by: Actor, at: datetime) -> None:
    """Who has an account is told."""
    note = Note(
        key=f"transfer:{row.pk}:{row.version}:{row.state}",
        kind="transfers.changed",
        title=words,
        road="my-membership",
        unit_id=row.to_union_id,
        about=(KIND, row.pk),
    )
    send(note=note, to=accounts.accounts_of(people=[row.person_id]), by=by, at=at)


def record(*, verb: str, row: Transfer, by: Actor, at: datetime, reason: str = "", **told: object) -> None:
    """One line about a step."""
    after = {"state": row.state, "from": row.from_union_id, "to": row.to_union_id, **told}
    journal.record(
        verb, by=by, at=at, kind=KIND, object_id=row.pk, person_id=row.person_id, after=after, reason=reason
    )
