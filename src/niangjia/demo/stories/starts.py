"""The page's claims, and where a story begins: its own start data or those of whoever plays it."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from niangjia.demo.rules.starting import facts_in, shipped_facts
from niangjia.demo.stories.reading import Claim

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Start:
    """Where a story begins, and whether that is where the page's own story begins."""

    story: str
    facts: dict[str, Any]
    is_the_pages: bool


def claims() -> list[Claim]:
    """Every claim of the page, in the order of the stories."""
    rows = tomllib.loads((HERE / "claims.toml").read_text(encoding="utf-8"))["claim"]
    return [Claim(**row) for row in rows]


def start_of(story: str, *, inputs: Path | None) -> Start:
    """The start data of a story; a file of the same name in `inputs` replaces the shipped one."""
    own = shipped_facts(story)
    other = inputs / f"{story.lower()}.toml" if inputs else None
    if other is None or not other.is_file():
        return Start(story, own, is_the_pages=True)
    facts = facts_in(other)
    return Start(story, facts, is_the_pages=facts == own)
