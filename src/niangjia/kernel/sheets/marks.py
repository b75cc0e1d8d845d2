"""Two marks on everything that leaves: a line that all can read, and one that nobody sees.

Each text ends in one of four characters without width, chosen by a keyed digest of the export and the text
itself. Sorting, deleting rows or columns and saving anew leave it; a few dozen cells name the export.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

SIGNS = "\u200b\u200c\u200d\u2060"
TOLERANCE = 0.8
LEAST = 12

Digest = Callable[[str], bytes]


def marked(text: str, *, digest: Digest) -> str:
    """The text with its sign; `digest` is that of one export."""
    return text + SIGNS[digest(text)[0] % len(SIGNS)]


def signs_in(texts: Iterable[str]) -> list[tuple[str, str]]:
    """The distinct texts that bear a sign, each with its sign."""
    return sorted({(text[:-1], text[-1]) for text in texts if len(text) > 1 and text[-1] in SIGNS})


def exporters(signs: Sequence[tuple[str, str]], digests: Mapping[int, Digest]) -> list[tuple[int, float]]:
    """The exports whose marks the texts bear, best first, with the share of texts that fit.

    By chance one text in four fits. With fewer than a dozen texts nobody is named.
    """
    if len(signs) < LEAST:
        return []
    fits = Counter(
        {
            number: sum(SIGNS[digest(text)[0] % len(SIGNS)] == sign for text, sign in signs)
            for number, digest in digests.items()
        }
    )
    return [(number, n / len(signs)) for number, n in fits.most_common() if n / len(signs) >= TOLERANCE]
