"""What the rendered pages show, read as a visitor reads them: text and numbers, no inside knowledge."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from http import HTTPStatus
from typing import Any

from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from niangjia.demo.stories import recount
from niangjia.demo.stories.reading import Figure
from niangjia.kernel.counting import wording
from niangjia.network import queries as register

SAMPLED = 12
PATIENCE = 2.0
WORTH_WORDS = 1000
SHOWN = (r"([\d,]+) 家单独建会", r"([\d,]+) 家联合工会", r"共覆盖 ([\d,]+) 家单位")
PLAIN_FILES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
"""Pages are read for their words: no stylesheet need have been built."""


def sample(rows: Sequence[Any], how_many: int) -> list[Any]:
    """So many of the rows, evenly spread; all where there are fewer.

    >>> sample([1, 2, 3, 4, 5, 6], 3)
    [1, 3, 5]
    """
    how_many = min(how_many, len(rows))
    return [rows[i * len(rows) // how_many] for i in range(how_many)]


def read(*, city: int, federations: Sequence[Any], day: date) -> dict[str, Figure]:
    """The board of the city and the public pages of a sample of federations; nothing where no pages are."""
    visitor = _Visitor()
    try:
        with override_settings(STORAGES=PLAIN_FILES):
            board = visitor.text("board", city)
            chosen = sample(federations, SAMPLED)
            again = recount.cards(day=day)
            right = sum(_card(visitor.text("public-organisation", row.pk)) == again[row.pk] for row in chosen)
    except NoReverseMatch:
        return {}
    slow = sum(seconds > PATIENCE for seconds in visitor.seconds)
    told = f"最慢 {max(visitor.seconds):.2f} 秒，{len(visitor.seconds)} 页"
    return {
        "B2.pages": Figure(right, f"{right}页相符", (len(chosen),)),
        "B2.board": _board(board, city, day),
        "B2.answers": Figure(slow, told, (0,)),
    }


def _board(text: str, city: int, day: date) -> Figure:
    counts = register.counts(unit_id=city, day=day)
    words = [_on_board(n) for n in (counts.federations(), counts.enterprises_and_institutions)]
    close = text.replace(" ", "").replace(",", "")
    shown = [word for word in words if re.search(rf"(?<!\d){word}", close)]
    return Figure(len(shown), "、".join(shown), (len(words),))


def _on_board(n: int) -> str:
    """What the board says of a number: in the newspaper's words from a thousand on, else the number."""
    return wording(n, "家") if n >= WORTH_WORDS else f"{n}家"


def _card(text: str) -> tuple[int, ...]:
    """N, X and employers as the page shows them; what it does not show is none."""
    found = (re.search(pattern, text) for pattern in SHOWN)
    return tuple(int(match[1].replace(",", "")) if match else 0 for match in found)


@dataclass
class _Visitor:
    """Somebody without a log-in; remembers how long each page took."""

    client: Client = field(
        default_factory=lambda: Client(headers={"host": "localhost", "accept-language": "zh-hans"})
    )
    seconds: list[float] = field(default_factory=list)

    def text(self, name: str, number: int) -> str:
        """The words of a page."""
        began = time.perf_counter()
        answer = self.client.get(reverse(name, args=[number]))
        self.seconds.append(time.perf_counter() - began)
        if answer.status_code != HTTPStatus.OK:
            return ""
        words = _Words()
        words.feed(answer.content.decode())
        return " ".join(" ".join(words.found).split())


class _Words(HTMLParser):
    """The text of a page without its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.found.append(data)
