"""A reader with a mobile number and an address, and a gateway of our own on the loopback."""

import json
import threading
import time
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from niangjia.accounts.models import User
from niangjia.kernel import clock
from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.words import say
from niangjia.messaging import actions
from niangjia.messaging.channels import port
from niangjia.people import actions as people
from tests.accounts import conftest as accounts
from tests.conftest import AT, TODAY

MOBILE = "13900000011"
place = accounts.place


class Gateway:
    """What came in, by number; how it behaves next is set by the test."""

    def __init__(self):
        self.seen, self.answers, self.wait = [], [], 0.0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}/send"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _handler(self):
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                gateway.seen.append((self.headers["Idempotency-Key"], dict(self.headers), body))
                status, told = gateway.answers.pop(0) if gateway.answers else (200, {"code": "OK"})
                time.sleep(gateway.wait)
                if status is None:
                    self.connection.close()
                    return
                text = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                """Silent."""

        return Handler

    @property
    def texts(self):
        return [body["text"] for _, _, body in self.seen]


@pytest.fixture
def gateway(settings, tmp_path, monkeypatch):
    """The SMS channel is open and led to a gateway of the test; its secret lies beside the keys."""
    made = Gateway()
    settings.NIANGJIA_CHANNELS = {
        "sms": "niangjia.messaging.channels.HttpTemplate",
        "email": "niangjia.messaging.channels.MailChannel",
    }
    settings.NIANGJIA_SITE = "https://union.example"
    settings.HOME = tmp_path
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "sms-token").write_text("open-sesame\n")
    described = {
        "sms": {
            "url": made.url,
            "headers": {"Authorization": "Bearer {secret:sms-token}"},
            "body": {"phone": "{mobile}", "text": "{text}", "sign": "娘家"},
            "accepted": {"code": "OK"},
            "delivered": {"delivered": True},
        }
    }
    (tmp_path / "keys" / "channels.json").write_text(json.dumps(described))
    port._built.cache_clear()
    yield made
    made.server.shutdown()
    port._built.cache_clear()


@pytest.fixture
def reader(place):
    """An officer of the town who is reached by mail and by mobile."""
    person = people.register_person(
        draft=people.PersonDraft(name="陈某"), keeper_id=place.units["东县镇"].pk, paper=None, mobile=MOBILE,
        today=TODAY, by=SYSTEM, at=AT,
    )  # fmt: skip
    actor = place.officer("reader", "东县镇", Role.TWN)
    User.objects.filter(pk=actor.user_id).update(person=person, email="chen@example.org")
    return actor


def note(key="n1", **more):
    title = say("{day}到期：{title}", day=date(2018, 8, 27), title="答复入会申请")
    told = {"kind": "tasks.reminder", "title": title}
    return actions.Note(key=key, **told | more)


def send(reader, key="n1", at=AT, **more):
    return actions.send(note=note(key, **more), to=[reader.user_id], by=SYSTEM, at=at)


def wish(reader, channel, how, kind="tasks.reminder", language="zh-hans"):
    actions.choose_channels(wishes={(kind, channel): how}, language=language, by=reader, at=AT)


def hour(hours, day=TODAY):
    """An hour of the union's own day."""
    return clock.at_noon(day).astimezone(clock.SHANGHAI).replace(hour=hours)
