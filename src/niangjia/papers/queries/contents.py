"""The bytes of a file, read: sealed ones with the key of the person they concern."""

from base64 import b85decode
from typing import TYPE_CHECKING

from niangjia.kernel import sealing
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say

if TYPE_CHECKING:
    from niangjia.papers.models import Content

SEALED_AS = "papers_content"


def bytes_of(*, content: "Content") -> bytes:
    """The bytes as they are handed out. Raises Refused for those of an erased person."""
    if content.person_id is None:
        return bytes(content.body)
    try:
        return b85decode(sealing.unseal(content.body, table=SEALED_AS, person_id=content.person_id))
    except sealing.SealBroken as error:
        raise Refused(say("这份文件打不开了：多半已按本人的要求删除，只留下它曾经存在的记录。")) from error
