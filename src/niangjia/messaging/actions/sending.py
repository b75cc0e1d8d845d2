"""Messages to accounts: kept in the inbox at once, and queued for the channels that their readers want."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation

from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said
from niangjia.messaging.models import Delivery, Message, Preference, Reader
from niangjia.messaging.queries import quiet_for
from niangjia.messaging.rules import OUTSIDE, Channel, How, Quiet, how_of, kept, not_before, require_no_sealed
from niangjia.tree import queries as tree


@dataclass(frozen=True, slots=True)
class Note:
    """What is told: words, the page it is about, who sends it. `key` makes sending idempotent, per reader."""

    key: str
    kind: str
    title: Said
    body: Said | None = None
    road: str = ""
    road_args: Sequence[object] = ()
    unit_id: int | None = None
    about: tuple[str, int] | None = None
    urgent: bool = False


@transaction.atomic
def send(*, note: Note, to: Iterable[int], by: Actor, at: datetime) -> int:
    """Each account is told once, in its inbox and by the channels it wants; returns how many were new.

    Raises ValueError for words that hold a sealed number: a message leaves the house.
    """
    require_no_sealed(
        note.title.render(translation.gettext), note.body.render(translation.gettext) if note.body else ""
    )
    with beyond():
        keys = {f"{note.key}@{user}": user for user in to if user}
        known = set(Message.objects.filter(key__in=list(keys)).values_list("key", flat=True))
        users = [user for key, user in keys.items() if key not in known]
        rows = Message.objects.bulk_create(
            [_message(note, user, by=by, at=at) for user in users], ignore_conflicts=True
        )
        fresh = list(Message.objects.filter(key__in=[row.key for row in rows], deliveries=None, at=at))
        Delivery.objects.bulk_create(_deliveries(note, fresh, at), ignore_conflicts=True)
    return len(fresh)


def _message(note: Note, user: int, *, by: Actor, at: datetime) -> Message:
    about_kind, about_id = note.about or ("", None)
    return Message(
        key=f"{note.key}@{user}",
        user_id=user,
        kind=note.kind,
        title=kept(note.title),
        body=kept(note.body) if note.body else {},
        road=note.road,
        road_args=list(note.road_args),
        urgent=note.urgent,
        unit_id=note.unit_id,
        about_kind=about_kind,
        about_id=about_id,
        sent_by=by.user_id,
        at=at,
    )


def _deliveries(note: Note, messages: Sequence[Message], at: datetime) -> Iterable[Delivery]:
    """One for each channel that is open here and wanted by the reader."""
    if not messages:
        return
    chosen = _chosen([message.user_id for message in messages], note.kind)
    quiet = _quiet(note.unit_id, at)
    local = at.astimezone(clock.SHANGHAI)
    for message in messages:
        for channel in open_channels():
            how = how_of(chosen.get((message.user_id, channel)), channel=channel, urgent=note.urgent)
            if how is not How.OFF:
                due = not_before(local, how=how, quiet=quiet, urgent=note.urgent)
                yield Delivery(
                    message=message,
                    unit_id=note.unit_id,
                    channel=channel,
                    how=how,
                    number=uuid.uuid4(),
                    due_at=due,
                )


def _chosen(users: Sequence[int], kind: str) -> Mapping[tuple[int, str], str]:
    rows = Preference.objects.filter(user__in=users, kind=kind).values_list("user", "channel", "how")
    return {(user, channel): how for user, channel, how in rows}


def _quiet(unit_id: int | None, at: datetime) -> Quiet:
    path = tree.public_unit(unit_id=unit_id).path if unit_id else ""
    return quiet_for(path=path, day=clock.day_of(at))


def open_channels() -> tuple[Channel, ...]:
    """The channels of this installation that leave the house."""
    return tuple(channel for channel in OUTSIDE if channel in settings.NIANGJIA_CHANNELS)


@transaction.atomic
def mark_read(*, message_id: int, by: Actor, at: datetime) -> None:
    """The reader has seen his message; the first time counts."""
    Message.objects.filter(pk=message_id, user=by.user_id or 0, read_at=None).update(read_at=at)


@transaction.atomic
def mark_all_read(*, by: Actor, at: datetime) -> int:
    """The reader has seen every message of his."""
    return Message.objects.filter(user=by.user_id or 0, read_at=None).update(read_at=at)


@transaction.atomic
def choose_channels(*, wishes: Mapping[tuple[str, str], str], language: str, by: Actor, at: datetime) -> None:
    """The reader gets each kind of message by the channels, in the way and the language he wants."""
    user_id = by.user_id or 0
    Reader.objects.update_or_create(user_id=user_id, defaults={"language": language})
    rows = [
        Preference(user_id=user_id, kind=kind, channel=channel, how=How(how))
        for (kind, channel), how in wishes.items()
    ]
    Preference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "kind", "channel"], update_fields=["how"]
    )
    after = {f"{kind} {channel}": how for (kind, channel), how in wishes.items()}
    journal.record(
        "choose_channels", by=by, at=at, kind="messaging.preference", object_id=by.user_id, after=after
    )
