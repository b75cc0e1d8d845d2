"""Wishes, quiet hours, digests and languages; the inbox is always there."""

from datetime import timedelta

import pytest
from django.core import mail

from niangjia.kernel.access import EVERYWHERE, Scope
from niangjia.kernel.scoping import enter_scope
from niangjia.messaging import actions, queries
from niangjia.messaging.models import Delivery, Message
from tests.conftest import TODAY
from tests.messaging.conftest import hour, send, wish

TOMORROW = TODAY + timedelta(days=1)


def test_without_a_wish_mail_comes_once_a_day_and_nothing_else_leaves_the_house(gateway, reader):
    for number in range(3):
        send(reader, f"n{number}", at=hour(14))
    assert set(Delivery.objects.values_list("channel", "how")) == {("email", "digest")}
    assert actions.deliver_due(at=hour(20)) == 0
    assert actions.deliver_due(at=hour(9, TOMORROW)) == 1
    (sent,) = mail.outbox
    assert (sent.subject, sent.body.count("到期")) == ("娘家：您有 3 条新消息", 3)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert actions.deliver_due(at=hour(10, TOMORROW)) == 0


def test_the_quiet_hours_hold_back_what_is_not_urgent(gateway, reader):
    wish(reader, "sms", "at_once")
    wish(reader, "email", "off")
    send(reader, "evening", at=hour(21))
    assert actions.deliver_due(at=hour(23)) == 0
    assert actions.deliver_due(at=hour(8, TOMORROW) + timedelta(minutes=1)) == 1


def test_the_urgent_passes_the_quiet_hours_and_the_digest(gateway, reader):
    send(reader, "fire", at=hour(23), urgent=True)
    assert actions.deliver_due(at=hour(23)) == 2
    assert {row.channel for row in Delivery.objects.all()} == {"sms", "email"}


def test_who_wants_nothing_gets_nothing_but_the_inbox(gateway, reader):
    wish(reader, "email", "off")
    wish(reader, "sms", "off")
    send(reader, urgent=True)
    assert Delivery.objects.count() == 0
    assert queries.inbox_page(user_id=reader.user_id).unread == 1


def test_a_wish_for_one_kind_leaves_the_others(gateway, reader):
    wish(reader, "email", "off")
    send(reader, "other", kind="tasks.escalated")
    assert Delivery.objects.count() == 1


def test_a_message_is_written_in_its_readers_language(gateway, reader):
    wish(reader, "email", "at_once", language="en")
    send(reader, at=hour(10))
    actions.deliver_due(at=hour(10))
    assert "到期" not in mail.outbox[0].subject.partition("：")[0] + mail.outbox[0].body.replace(
        "答复入会申请", ""
    )


def test_a_message_is_read_by_its_reader_alone(gateway, reader, place):
    send(reader)
    message = Message.objects.get()
    enter_scope(Scope(), user_id=reader.user_id + 1)
    assert not Message.objects.exists()
    enter_scope(Scope(), user_id=reader.user_id)
    actions.mark_read(message_id=message.pk, by=reader, at=hour(11))
    assert queries.unread_of(user_id=reader.user_id) == 0
    enter_scope(EVERYWHERE)
    assert Message.objects.get().read_at == hour(11)


def test_a_long_digest_says_how_many_more(gateway, reader):
    for number in range(25):
        send(reader, f"n{number}", at=hour(14))
    actions.deliver_due(at=hour(9, TOMORROW))
    assert "还有 5 条" in mail.outbox[0].body
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("how", ["at_once", "digest", "off"])
def test_a_wish_may_be_changed(gateway, reader, how):
    wish(reader, "sms", "at_once")
    wish(reader, "sms", how)
    assert queries.preferences_of(user_id=reader.user_id)[("tasks.reminder", "sms")] == how
