"""Log-in codes by the installation's SMS gateway: what `NIANGJIA_CODE_CHANNEL` may name."""

import logging
import threading
import uuid

from niangjia.messaging.channels.port import Address, Outcome, Outgoing
from niangjia.messaging.channels.template import HttpTemplate

log = logging.getLogger("niangjia.messaging.channels")
WORDS = "【娘家】验证码 {code}，5 分钟内有效。请勿告诉他人。Your log-in code: {code}"


class CodeBySms:
    """The port of accounts, filled with the SMS gateway: a code is not kept, not queued, not repeated."""

    def send(self, *, to: str, code: str) -> None:
        """Sends in a thread of its own: the page answers as fast as for a number nobody has."""
        threading.Thread(target=self.deliver, kwargs={"to": to, "code": code}, daemon=True).start()

    def deliver(self, *, to: str, code: str) -> Outcome:
        """What the gateway said; a failure is logged without number and code."""
        outgoing = Outgoing(str(uuid.uuid4()), "", WORDS.format(code=code), Address(mobile=to))
        try:
            outcome = HttpTemplate(name="sms").send(outgoing=outgoing)
        except (OSError, LookupError, ValueError):
            outcome = Outcome(accepted=False, again=False, why="the gateway is not described")
        if not outcome.accepted:
            log.error("log-in code not sent", extra={"outcome": outcome.why})
        return outcome
