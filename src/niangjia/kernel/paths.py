"""Materialised paths: a unit's place in the tree as fixed-width text that sorts as the tree does."""

from collections.abc import Iterator

SEGMENT = 6
"""Characters of one level: base 36, so 2.1 thousand million units fit a level."""

CEILING = "~"
"""Sorts after every segment character under the C collation: `[path, path + CEILING)` is a whole subtree."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def segment(unit_id: int) -> str:
    """The fixed-width base-36 text of a unit's own number.

    >>> segment(1), segment(46655)
    ('000001', '000zzz')
    """
    if not 0 < unit_id < 36**SEGMENT:
        raise ValueError(unit_id)
    text = ""
    while unit_id:
        unit_id, rest = divmod(unit_id, 36)
        text = _DIGITS[rest] + text
    return text.rjust(SEGMENT, "0")


def unit_id_of(path: str) -> int:
    """The number of the unit that a path ends in.

    >>> unit_id_of("00000100000a")
    10
    """
    return int(path[-SEGMENT:], 36)


def ancestors(path: str) -> Iterator[str]:
    """The paths above a path, root first, the path itself excluded.

    >>> list(ancestors("000001000002000003"))
    ['000001', '000001000002']
    """
    yield from (path[:end] for end in range(SEGMENT, len(path), SEGMENT))


def is_within(path: str, top: str) -> bool:
    """True if `path` is `top` or lies below it.

    >>> is_within("000001000002", "000001"), is_within("000001", "000001000002")
    (True, False)
    """
    return path.startswith(top)


def depth(path: str) -> int:
    """How many levels a path has; the root has 1."""
    return len(path) // SEGMENT


def chain_of(path: str) -> tuple[int, ...]:
    """The number of the unit at a path and of those above, nearest first: how policies resolve today.

    >>> chain_of("00000100000a")
    (10, 1)
    """
    return tuple(unit_id_of(path[:end]) for end in range(len(path), 0, -SEGMENT))
