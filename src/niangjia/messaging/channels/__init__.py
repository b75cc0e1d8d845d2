"""How a message leaves the house: one port, an adapter for each way (ADR 0014)."""

from niangjia.messaging.channels.codes import CodeBySms
from niangjia.messaging.channels.mail import MailChannel
from niangjia.messaging.channels.port import Address, Outcome, Outgoing, Port, channel
from niangjia.messaging.channels.template import HttpTemplate

__all__ = ["Address", "CodeBySms", "HttpTemplate", "MailChannel", "Outcome", "Outgoing", "Port", "channel"]
