"""What the money pages call the work they lay on a desk. Pure."""

from collections.abc import Mapping

from niangjia.kernel.words import Said, say

TASK_KINDS: Mapping[str, Said] = {"books.voucher": say("复核凭证")}
