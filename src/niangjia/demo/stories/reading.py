"""What a story reads back from the system, and how it stands beside the page's claim. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from niangjia.kernel.words import say


class Verdict(StrEnum):
    """How a claim came out."""

    MATCHES = "matches"
    DIFFERS = "differs"
    NOT_BUILT = "not built"


class Against(StrEnum):
    """What the system's figure was held against."""

    PAGE = "page"
    RECOUNT = "recount"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of the page: its words and figure, and the words in which the figure must come out."""

    id: str
    statement: str
    words: str
    figure: int | str
    wording: str = ""

    @property
    def story(self) -> str:
        """The story it belongs to."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the system gives it, in words too; `recounts` are the same thing counted in other ways."""

    value: int | str
    wording: str = ""
    recounts: tuple[int | str, ...] = ()
    listing: tuple[str, ...] = ()


class StoryResult(NamedTuple):
    """One line of the table that `niangjia stories` prints."""

    story: str
    claim: str
    words: str
    page: str
    system: str
    wording: str
    verdict: str
    against: str
    listing: tuple[str, ...]


def judged(claim: Claim, figure: Figure | None, *, is_the_pages_start: bool) -> StoryResult:
    """The claim beside the system's figure.

    A figure that other ways of counting contradict always differs. The page's figure is compared where the
    start data are the page's own; other start data have no page, so there the recount alone decides.

    >>> claim = Claim("B1.unions", "S-DZ-03", "10家", 10)
    >>> judged(claim, Figure(11, recounts=(11,)), is_the_pages_start=False).verdict
    'matches'
    >>> judged(claim, Figure(11, recounts=(11,)), is_the_pages_start=True).verdict
    'differs'
    >>> judged(claim, None, is_the_pages_start=True).verdict
    'not built'
    """
    if figure is None:
        return _line(claim, Figure("", str(say("尚未建成"))), Verdict.NOT_BUILT, Against.NOTHING)
    sound = all(again == figure.value for again in figure.recounts)
    if is_the_pages_start:
        said = not claim.wording or claim.wording == figure.wording
        sound = sound and figure.value == claim.figure and said
    verdict = Verdict.MATCHES if sound else Verdict.DIFFERS
    return _line(claim, figure, verdict, Against.PAGE if is_the_pages_start else Against.RECOUNT)


def _line(claim: Claim, figure: Figure, verdict: Verdict, against: Against) -> StoryResult:
    return StoryResult(
        story=claim.story,
        claim=claim.id,
        words=claim.words,
        page=str(claim.figure),
        system=str(figure.value),
        wording=figure.wording,
        verdict=verdict.value,
        against=against.value,
        listing=figure.listing,
    )


Reading = Mapping[str, Figure]
