"""Messages leave the house by HTTP template and by mail: at least once, known by their number, no secret."""

import json
from datetime import timedelta

import httpx
import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.words import say
from niangjia.messaging import actions
from niangjia.messaging.channels import Address, CodeBySms, HttpTemplate, Outgoing, template
from niangjia.messaging.models import Delivery, Message
from tests.conftest import AT
from tests.messaging.conftest import MOBILE, hour, note, send, wish

TEN = hour(10)
MINUTE = timedelta(minutes=1)


def deliver(at=TEN):
    return actions.deliver_due(at=at)


def state(channel="sms"):
    row = Delivery.objects.get(channel=channel)
    return row.state, row.attempts, row.why


@pytest.fixture
def by_sms(gateway, reader):
    wish(reader, "sms", "at_once")
    wish(reader, "email", "off")
    return gateway


def test_the_template_is_filled_and_the_secret_comes_from_its_file(by_sms, reader):
    send(reader, at=TEN, road="inbox")
    assert deliver() == 1
    ((number, headers, body),) = by_sms.seen
    assert body == {
        "phone": "+86" + MOBILE,
        "text": "2018年8月27日到期：答复入会申请\nhttps://union.example/inbox/",
        "sign": "娘家",
    }
    assert headers["Authorization"] == "Bearer open-sesame"
    assert str(Delivery.objects.get().number) == number
    assert state() == ("sent", 1, "")


def test_a_gateway_that_says_so_has_delivered(by_sms, reader):
    by_sms.answers = [(200, {"code": "OK", "delivered": True})]
    send(reader, at=TEN)
    deliver()
    assert state()[0] == "delivered"


@pytest.mark.parametrize("answer", [(500, {}), (503, {}), (429, {}), (None, {}), (200, {"code": "LIMIT"})])
def test_a_gateway_that_fails_is_tried_again_later_under_the_same_number(by_sms, reader, answer):
    by_sms.answers = [answer]
    send(reader, at=TEN)
    deliver()
    assert state()[:2] == ("queued", 1)
    assert deliver(TEN + MINUTE / 2) == 0, "it waits"
    deliver(TEN + MINUTE)
    assert state() == ("sent", 2, "")
    assert len(by_sms.seen) == 2
    assert len({number for number, _, _ in by_sms.seen}) == 1


def test_a_refusal_for_good_is_not_tried_again(by_sms, reader):
    by_sms.answers = [(422, {})]
    send(reader, at=TEN)
    deliver()
    assert state() == ("failed", 1, "HTTP 422")


def test_after_the_last_attempt_it_has_failed_and_says_why(by_sms, reader):
    by_sms.answers = [(500, {})] * 6
    send(reader, at=TEN)
    for attempt in range(6):
        deliver(TEN + timedelta(days=attempt))
    assert state() == ("failed", 6, "HTTP 500")


def test_a_slow_gateway_is_left_after_some_seconds(by_sms, reader, monkeypatch):
    monkeypatch.setattr(template, "PATIENCE", httpx.Timeout(0.2))
    by_sms.wait = 0.6
    send(reader, at=TEN)
    deliver()
    assert state() == ("queued", 1, "ReadTimeout")


def test_nobody_listens(by_sms, reader):
    by_sms.server.server_close()
    by_sms.server.shutdown()
    send(reader, at=TEN)
    deliver()
    assert state() == ("queued", 1, "ConnectError")


def test_a_worker_killed_between_leaves_it_to_the_next_one_under_the_same_number(by_sms, reader, monkeypatch):
    send(reader, at=TEN)
    monkeypatch.setattr(actions.delivering, "_write", _killed)
    with pytest.raises(KeyboardInterrupt):
        deliver()
    monkeypatch.undo()
    assert deliver(TEN + 2 * MINUTE) == 0, "the lease holds"
    assert deliver(TEN + 4 * MINUTE) == 1
    assert [number for number, _, _ in by_sms.seen] == [str(Delivery.objects.get().number)] * 2


def _killed(*_, **__):
    raise KeyboardInterrupt


def test_without_https_a_gateway_elsewhere_is_refused(gateway, tmp_path):
    described = {"sms": {"url": "http://sms.example.com/send", "body": {}}}
    (tmp_path / "keys" / "channels.json").write_text(json.dumps(described))
    outgoing = Outgoing("1", "", "x", Address(mobile=MOBILE))
    with pytest.raises(ImproperlyConfigured, match="https"):
        HttpTemplate(name="sms").send(outgoing=outgoing)


def test_what_is_filled_in_is_not_filled_again(gateway):
    outgoing = Outgoing("1", "", "{secret:sms-token} {mobile}", Address(mobile=MOBILE))
    HttpTemplate(name="sms").send(outgoing=outgoing)
    assert gateway.texts == ["{secret:sms-token} {mobile}"]


def test_a_redirect_is_not_followed(gateway):
    gateway.answers = [(302, {})]
    outcome = HttpTemplate(name="sms").send(outgoing=Outgoing("1", "", "x", Address(mobile=MOBILE)))
    assert (outcome.accepted, outcome.why) == (False, "HTTP 302")


def test_mail_goes_in_one_message_with_its_own_number(gateway, reader):
    wish(reader, "email", "at_once")
    send(reader, at=TEN, road="inbox", body=say("请在期限内答复。"))
    deliver()
    (sent,) = mail.outbox
    assert sent.to == ["chen@example.org"]
    assert sent.subject == "娘家：2018年8月27日到期：答复入会申请"
    assert "https://union.example/inbox/" in sent.body
    assert str(Delivery.objects.get(channel="email").number) in sent.extra_headers["Message-ID"]


def test_without_an_address_it_has_failed_at_once(gateway, place):
    nobody = place.officer("nobody", "东县镇", Role.TWN)
    wish(nobody, "sms", "at_once")
    send(nobody, at=TEN)
    deliver()
    assert state() == ("failed", 1, "no mobile number")


def test_a_message_sent_twice_is_one_message(gateway, reader):
    assert (send(reader), send(reader)) == (1, 0)
    assert Message.objects.count() == 1


def test_the_log_in_codes_of_accounts_go_by_the_same_gateway(gateway):
    assert CodeBySms().deliver(to="+86" + MOBILE, code="314159").accepted
    assert "314159" in gateway.texts[0]


def test_a_log_in_code_never_fails_loudly_and_never_stands_in_the_log(gateway, tmp_path, caplog):
    (tmp_path / "keys" / "channels.json").unlink()
    assert not CodeBySms().deliver(to="+86" + MOBILE, code="314159").accepted
    assert "314159" not in caplog.text
    assert MOBILE not in caplog.text


def test_why_it_failed_holds_neither_number_nor_text(by_sms, reader):
    by_sms.answers = [(400, {"error": f"bad number {MOBILE}"})]
    send(reader, at=TEN)
    deliver()
    assert MOBILE not in Delivery.objects.get().why


@pytest.mark.parametrize(
    "secret", ["13900000001", "139 0000 0001", "990101199001010019", "6228480000000000018"]
)
def test_no_message_carries_a_sealed_number(reader, secret):
    with pytest.raises(ValueError, match="never carries"):
        actions.send(note=note(title=say("联系 {x}", x=secret)), to=[reader.user_id], by=SYSTEM, at=AT)
