"""How a membership goes from one union to another. Pure."""

from niangjia.transfers.rules.papers import LETTER, PAPERS
from niangjia.transfers.rules.states import KIND, MESSAGE_KINDS, TASK_KINDS, TRANSFER

__all__ = ["KIND", "LETTER", "MESSAGE_KINDS", "PAPERS", "TASK_KINDS", "TRANSFER"]
