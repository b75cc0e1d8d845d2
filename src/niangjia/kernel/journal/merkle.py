"""The Merkle tree of RFC 9162 (Certificate Transparency 2.0), section 2.1: hashes, roots, proofs.

Pure: SHA-256, leaves are prefixed by 0x00 and nodes by 0x01, so that no leaf can pass for a node. A tree of
n leaves splits at the largest power of two below n. `Reader` answers with the hash of a complete subtree:
`(level, index)` covers the leaves from `index << level` on, `1 << level` of them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

Reader = Callable[[int, int], bytes]
EMPTY = sha256(b"").digest()
STEP = 8
"""Of a tree that is stored, every eighth level of nodes is kept."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: one hash for each complete subtree, largest first."""

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)

    def append(self, leaf: bytes) -> list[bytes]:
        """Take one more leaf; returns the hashes of the subtrees it completes, level 1 first."""
        hashes, place, done = self.hashes, self.size, []
        while place & 1:
            leaf = sha256(b"\x01" + hashes.pop() + leaf).digest()
            done.append(leaf)
            place >>= 1
        hashes.append(leaf)
        self.size += 1
        return done

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        if not self.hashes:
            return EMPTY
        *lefts, found = self.hashes
        for left in reversed(lefts):
            found = node_hash(left, found)
        return found

    def copy(self) -> "Frontier":
        """The same edge, to grow on its own."""
        return Frontier(self.size, self.hashes)


def frontier_at(size: int, node: Reader) -> Frontier:
    """The right edge of a tree of that size, from what is stored of it."""
    return Frontier(size, (node(level, index) for level, index in _edge(size)))


def _edge(size: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees of a tree, largest first."""
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            yield level, (size >> level) - 1


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    tree = Frontier()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def reader_of(leaves: Sequence[bytes]) -> Reader:
    """Read a tree that is held in memory."""

    def node(level: int, index: int) -> bytes:
        return root_of(leaves[index << level : (index + 1) << level])

    return node


def inclusion_path(index: int, size: int, node: Reader) -> list[bytes]:
    """The hashes that prove leaf `index` in the tree of `size` leaves (RFC 9162, 2.1.3.1).

    Raises ValueError for a leaf that the tree has not.
    """
    if not 0 <= index < size:
        message = f"a tree of {size} has no leaf {index}"
        raise ValueError(message)
    return _path(index, 0, size, node)


def _path(index: int, start: int, stop: int, node: Reader) -> list[bytes]:
    if stop - start == 1:
        return []
    middle = start + _split(stop - start)
    if index < middle:
        return [*_path(index, start, middle, node), _hash(middle, stop, node)]
    return [*_path(index, middle, stop, node), _hash(start, middle, node)]


def consistency_path(old: int, new: int, node: Reader) -> list[bytes]:
    """The hashes that prove the tree of `old` leaves to be the beginning of that of `new` (2.1.4.1).

    Raises ValueError unless 0 < old <= new.
    """
    if not 0 < old <= new:
        message = f"no tree of {old} leaves begins one of {new}"
        raise ValueError(message)
    return _subproof(old, 0, new, node, known=True)


def _subproof(old: int, start: int, stop: int, node: Reader, *, known: bool) -> list[bytes]:
    """`old` counts from `start`; `known` while the verifier has this subtree's hash as his old root."""
    if old == stop - start:
        return [] if known else [_hash(start, stop, node)]
    half = _split(stop - start)
    if old <= half:
        return [*_subproof(old, start, start + half, node, known=known), _hash(start + half, stop, node)]
    right = _subproof(old - half, start + half, stop, node, known=False)
    return [*right, _hash(start, start + half, node)]


def _split(size: int) -> int:
    """The largest power of two below a size of two or more."""
    return 1 << (size - 1).bit_length() - 1


def _hash(start: int, stop: int, node: Reader) -> bytes:
    """The hash over leaves of one branch: complete subtrees are read, the ragged edge is folded."""
    size = stop - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    middle = start + _split(size)
    return node_hash(_hash(start, middle, node), _hash(middle, stop, node))


def is_included(leaf: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """True if the path leads from the leaf to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for one in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(one, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, one)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(*, old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """True if the path shows the old tree to be the beginning of the new one (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    steps = list(path) if old & (old - 1) else [old_root, *path]
    if not steps:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    return _leads_to_both(steps, place, last, old_root, new_root)


def _leads_to_both(steps: Sequence[bytes], place: int, last: int, old_root: bytes, new_root: bytes) -> bool:
    first, second = steps[0], steps[0]
    for one in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(one, first), node_hash(one, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, one)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
