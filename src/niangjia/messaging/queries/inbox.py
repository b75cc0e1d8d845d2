"""Messages: one's own inbox and wishes, the head of every page, and how the channels are doing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.module_loading import import_string

from niangjia.kernel.access import Actor
from niangjia.kernel.listing import slice_of
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.shapes import Act, Cell, Column, Event, Figure, Pager, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.messaging.models import Delivery, Message, Preference, Reader
from niangjia.messaging.permissions import Word
from niangjia.messaging.rules import CHANNEL_WORDS, DELIVERY_WORDS, OUTSIDE, Channel, Delivered, told

STATUS = {
    Delivered.QUEUED: "todo",
    Delivered.SENT: "done",
    Delivered.DELIVERED: "done",
    Delivered.FAILED: "warn",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as its reader sees it."""

    message_id: int
    title: Said
    body: Said | None
    kind: Said
    at: datetime
    is_read: bool
    urgent: bool
    sender: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of one's own messages."""

    letters: Sequence[Letter]
    pager: Pager
    total: int
    unread: int
    actions: Sequence[Act]


@dataclass(frozen=True, slots=True)
class Health:
    """How the channels are doing: figures that are links to their rows, without any receiver."""

    figures: Sequence[Figure]
    table: Table
    pager: Pager
    channels: Mapping[Channel, bool] = field(default_factory=dict)


def message_kinds() -> dict[str, Said]:
    """The kinds of message of every app."""
    found: dict[str, Said] = {}
    for path in settings.NIANGJIA_MESSAGE_KINDS:
        found |= import_string(path)
    return found


def unread_of(*, user_id: int) -> int:
    """How many messages an account has not opened."""
    return Message.objects.filter(user=user_id, read_at=None).count()


def deliveries_about(*, kind: str, object_id: int) -> list[Event]:
    """How far the messages about an object got: channel, state and why, never to which number."""
    rows = Delivery.objects.filter(message__about_kind=kind, message__about_id=object_id)
    return [
        Event(
            row.ended_at or row.due_at,
            CHANNEL_WORDS[Channel(row.channel)],
            DELIVERY_WORDS[Delivered(row.state)],
            note=row.why,
        )
        for row in rows.order_by("-id")[:20]
    ]


def inbox_page(*, user_id: int, unread: bool = False, before: str = "", after: str = "") -> Inbox:
    """One's own messages, newest first."""
    rows = Message.objects.filter(user=user_id).select_related("unit")
    total, fresh = rows.count(), rows.filter(read_at=None).count()
    rows = rows.filter(read_at=None) if unread else rows
    found = slice_of(rows, sort="-id", before=before, after=after)
    words = message_kinds()
    letters = [_letter(row, words) for row in found.rows]
    actions = [Act(say("接收方式"), reverse("wishes"))]
    if fresh:
        actions.insert(0, Act(say("全部标为已读"), reverse("read-all"), post=True))
    return Inbox(letters, found.pager(total=fresh if unread else total), total, fresh, actions)


def _letter(row: Message, words: Mapping[str, Said]) -> Letter:
    return Letter(
        row.pk,
        row.said,
        told(row.body) if row.body else None,
        words.get(row.kind, say("{kind}", kind=row.kind)),
        row.at,
        row.read_at is not None,
        row.urgent,
        row.unit.name if row.unit else "",
    )


def message_of(*, message_id: int, user_id: int) -> Message:
    """One's own message, or 404."""
    return the_one(Message.objects.filter(user=user_id, pk=message_id))


def preferences_of(*, user_id: int) -> dict[tuple[str, str], str]:
    """What a reader chose, by kind and channel."""
    rows = Preference.objects.filter(user=user_id).values_list("kind", "channel", "how")
    return {(kind, channel): how for kind, channel, how in rows}


def language_of(*, user_id: int) -> str:
    """In which language a reader is written to."""
    found = Reader.objects.filter(user=user_id).values_list("language", flat=True).first()
    return found or settings.LANGUAGE_CODE


def channel_health(
    *, actor: Actor, state: str = "", channel: str = "", before: str = "", after: str = ""
) -> Health:
    """Every delivery of the units below: how many wait, went out, failed; and which, and why."""
    rows = within(Delivery.objects.all(), scope=actor.scope_for(Word.CHANNELS))
    counted: Counter[str] = Counter()
    for line in rows.order_by().values("state").annotate(n=Count("pk")):
        counted[line["state"]] += line["n"]
    asked = Q()
    asked &= Q(state=state) if state in set(Delivered) else Q()
    asked &= Q(channel=channel) if channel in set(Channel) else Q()
    found = slice_of(
        rows.filter(asked).select_related("message", "unit"), sort="-id", before=before, after=after
    )
    here = reverse("channels")
    figures = [
        Figure(DELIVERY_WORDS[one], counted[one], f"{here}?state={one}", unit=say("件")) for one in Delivered
    ]
    words = message_kinds()
    columns = (say("类别"), say("通道"), say("状态"), say("已试次数"), say("时间"), say("发件组织"))
    table = Table(
        say("投递明细"),
        [Column(label) for label in columns],
        [_line(row, words) for row in found.rows],
        note=say("不显示收件人和内容。"),
        empty=say("没有符合条件的投递。"),
    )
    return Health(figures, table, found.pager(total=None), {one: one in OUTSIDE for one in Channel})


def _line(row: Delivery, words: Mapping[str, Said]) -> Row:
    state = Cell(DELIVERY_WORDS[Delivered(row.state)], status=STATUS[Delivered(row.state)], note=row.why)
    kind = words.get(row.message.kind, row.message.kind)
    unit = row.unit.name if row.unit else say("平台")
    when = row.ended_at or row.due_at
    return Row([kind, CHANNEL_WORDS[Channel(row.channel)], state, row.attempts, when, unit])
