"""What the public reads: merchants' names are masked, private telephones are left out (R-G-02)."""

import re

from niangjia.kernel.identifiers import mask_name
from niangjia.network.rules import EmployerKind

_MOBILE = re.compile(r"(\+?86)?1[3-9]\d{9}$")


def employer_name(name: str, *, kind: str) -> str:
    """An employer's name as the public reads it; a merchant's is often a person's and is masked.

    >>> employer_name("大洲电站", kind="enterprise")
    '大洲电站'
    >>> employer_name("张三小吃店", kind="self_employed_merchant")
    '张某'
    """
    return mask_name(name) if kind == EmployerKind.MERCHANT else name


def office_phone(phone: str) -> str:
    """An office's telephone; a mobile number belongs to a person and is not published.

    >>> office_phone("0570-3012345"), office_phone("138 0000 0000")
    ('0570-3012345', '')
    """
    return "" if _MOBILE.search(re.sub(r"[\s-]", "", phone)) else phone
