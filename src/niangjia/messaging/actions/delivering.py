"""Queued messages leave the house: at least once each, under one number by which a repetition is known."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation

from niangjia.accounts import queries as accounts
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.messaging.channels import Address, Outcome, Outgoing, channel
from niangjia.messaging.models import Delivery, Message
from niangjia.messaging.queries import language_of, retry_minutes
from niangjia.messaging.rules import Delivered, How, retry_after, told
from niangjia.people import queries as people

log = logging.getLogger("niangjia.messaging")
LEASE = timedelta(minutes=3)
MOST = 100
LONGEST_DIGEST = 20


def deliver_due(*, at: datetime, most: int = MOST) -> int:
    """What is due has been tried once; returns how many parcels went to a channel.

    Each is taken under a lease in a transaction of its own, sent outside of any, and its outcome written: a
    worker killed between leaves it to the next one after the lease, under the same number. Two workers never
    take the same one. Never called inside a transaction.
    """
    tried = 0
    while tried < most and (parcel := _taken(at)):
        outcome = _sent(parcel)
        _write(parcel, outcome, at=at)
        tried += 1
    return tried


@transaction.atomic
def _taken(at: datetime) -> list[Delivery]:
    """The next delivery that is due and, if it is part of a digest, the rest of that reader's digest."""
    enter_scope(EVERYWHERE)
    due = Delivery.objects.filter(state=Delivered.QUEUED, due_at__lte=at)
    locked = due.select_for_update(of=("self",), skip_locked=True).select_related("message")
    first = locked.order_by("due_at", "pk").first()
    if first is None:
        return []
    parcel = [first]
    if first.how == How.DIGEST:
        same = {"how": How.DIGEST, "channel": first.channel, "message__user": first.message.user_id}
        parcel += locked.filter(**same).exclude(pk=first.pk).order_by("due_at", "pk")
    taken = Delivery.objects.filter(pk__in=[one.pk for one in parcel])
    taken.update(attempts=F("attempts") + 1, due_at=at + LEASE)
    return parcel


def _sent(parcel: Sequence[Delivery]) -> Outcome:
    """What the channel did with it; an adapter that breaks has failed, and says so in the log only."""
    first = parcel[0]
    try:
        return channel(name=first.channel).send(outgoing=_outgoing(parcel))
    except KeyError:
        return Outcome(accepted=False, again=False, why="the channel is closed")
    except Exception:
        log.exception("a channel broke", extra={"channel": first.channel})
        return Outcome(accepted=False, why="the channel broke")


def _address(user_id: int) -> Address:
    """Where the reader is reached now; opened for the sending alone and kept nowhere."""
    email, person_id = accounts.address_of(user_id=user_id)
    if person_id is None:
        return Address(email=email)
    person = people.person_in_scope(person_id=person_id, scope=EVERYWHERE)
    contact = people.contacts_of(person=person, day=clock.today()).last()
    return Address(email, people.mobile_of(contact=contact) if contact else "")


def _outgoing(parcel: Sequence[Delivery]) -> Outgoing:
    """The words in the reader's own language."""
    first = parcel[0]
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        to, language = _address(first.message.user_id), language_of(user_id=first.message.user_id)
    with translation.override(language):
        return Outgoing(str(first.number), _subject(parcel), _text([one.message for one in parcel]), to)


def _subject(parcel: Sequence[Delivery]) -> str:
    if len(parcel) == 1:
        title = parcel[0].message.said.render(translation.gettext)
        return translation.gettext("娘家：{title}").format(title=title)
    return translation.gettext("娘家：您有 {n} 条新消息").format(n=len(parcel))


def _text(messages: Sequence[Message]) -> str:
    """The words, each with the page it is about; of a long digest the first ones and how many more."""
    parts = [_part(message) for message in messages[:LONGEST_DIGEST]]
    more = len(messages) - LONGEST_DIGEST
    if more > 0:
        parts.append(translation.gettext("还有 {n} 条，请登录后查看。").format(n=more))
    return "\n\n".join(parts)


def _part(message: Message) -> str:
    lines = [message.said.render(translation.gettext)]
    if message.body:
        lines.append(told(message.body).render(translation.gettext))
    if message.road:
        lines.append(settings.NIANGJIA_SITE + reverse(message.road, args=message.road_args))
    return "\n".join(lines)


@transaction.atomic
def _write(parcel: Sequence[Delivery], outcome: Outcome, *, at: datetime) -> None:
    enter_scope(EVERYWHERE)
    rows = Delivery.objects.filter(pk__in=[one.pk for one in parcel], state=Delivered.QUEUED)
    if outcome.accepted:
        state = Delivered.DELIVERED if outcome.delivered else Delivered.SENT
        rows.update(state=state, ended_at=at, why="", number=parcel[0].number)
        return
    attempts = parcel[0].attempts + 1
    wait = retry_after(attempts, minutes=retry_minutes(day=clock.day_of(at))) if outcome.again else None
    if wait is None:
        rows.update(state=Delivered.FAILED, ended_at=at, why=outcome.why)
    else:
        rows.update(due_at=at + wait, why=outcome.why)
