"""What anybody learns who holds the number and the code of a paper."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.urls import reverse

from niangjia.papers.rules import told_code


@dataclass(frozen=True, slots=True)
class Checked:
    """A paper as the register knows it; it tells nothing of whom it concerns."""

    number: str
    title: str
    issuer: str
    issued_on: date
    sha256: str
    voided_at: datetime | None
    newer: str | None


def checked(*, number: str, code: str) -> Checked | None:
    """The paper of that number and code; a wrong code is no other than a wrong number."""
    told = told_code(code)
    if not told or not number.strip():
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM papers_checked(%s, %s)", [number.strip().upper(), told])
        found = cursor.fetchone()
    return Checked(*found) if found else None


def check_address(*, number: str = "", code: str = "") -> str:
    """The page where a paper is checked, with the address of this installation; asking for one, if named."""
    asked = f"?{urlencode({'number': number, 'code': code})}" if number else ""
    return f"{settings.SITE_ADDRESS}{reverse('check-paper')}{asked}"
