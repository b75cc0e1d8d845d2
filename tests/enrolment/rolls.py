"""Rolls of invented members as offices send them."""

from tests.exchange.files import csv_of
from tests.members.people import number_of

HEAD = ("姓名", "证件号码", "手机号", "工会", "用人单位", "入会日期", "证件待补", "重复时")
SYLLABLES = "安白常丁方高何江柯林梅宁欧潘乔任沈陶温徐严周竺楚"


def name_of(n):
    """A name of two or three characters that tells the number."""
    first, second, third = n % 24, n // 24 % 24, n // 576 % 24
    return SYLLABLES[first] + SYLLABLES[second] + (SYLLABLES[third] if n % 3 else "")


def person(n, **more):
    """A row of the roll."""
    told = {
        "name": name_of(n),
        "number": number_of(n % 499, born=f"{1960 + n // 499 % 40}{1 + n // 19960 % 12:02}15"),
        "mobile": f"139{n:08d}",
        "union": "",
        "employer": "",
        "since": "2018-01-02",
        "lacking": "",
        "twice": "",
    }
    return tuple((told | more).values())


def roll_of(rows, head=HEAD):
    return csv_of(rows, head=head)
