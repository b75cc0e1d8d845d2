"""The tree is that of RFC 9162: worked examples of the definition, and a naive tree beside it."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.journal import merkle

ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
LEAVES = [sha256(b"\x00" + entry).digest() for entry in ENTRIES]


def join(left, right):
    return sha256(b"\x01" + left + right).digest()


def naive(leaves):
    """MTH of RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return join(naive(leaves[:k]), naive(leaves[k:]))


def naive_path(m, leaves):
    """PATH of RFC 9162, 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*naive_path(m, leaves[:k]), naive(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive(leaves[:k])]


def naive_subproof(m, leaves, known):
    """SUBPROOF of RFC 9162, 2.1.4.1."""
    if m == len(leaves):
        return [] if known else [naive(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*naive_subproof(m, leaves[:k], known), naive(leaves[k:])]
    return [*naive_subproof(m - k, leaves[k:], known=False), naive(leaves[:k])]


def test_the_roots_are_those_of_the_known_vectors():
    """Computed by hand from the definition; also the well-known test vectors of Certificate Transparency."""
    assert merkle.root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.root_of(LEAVES[:1]).hex() == (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    assert merkle.root_of(LEAVES[:2]) == join(LEAVES[0], LEAVES[1])
    assert merkle.root_of(LEAVES).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_the_paths_are_those_of_the_worked_example_of_the_rfc():
    """RFC 9162, 2.1.5: the tree of seven leaves d0 to d6."""
    a, b, c, d, e, f, j = LEAVES[:7]
    g, h, i = join(a, b), join(c, d), join(e, f)
    k, last = join(g, h), join(i, j)
    node = merkle.reader_of(LEAVES[:7])
    assert merkle.inclusion_path(0, 7, node) == [b, h, last]
    assert merkle.inclusion_path(3, 7, node) == [c, g, last]
    assert merkle.inclusion_path(4, 7, node) == [f, j, k]
    assert merkle.inclusion_path(6, 7, node) == [i, k]
    assert merkle.consistency_path(3, 7, node) == [c, d, g, last]
    assert merkle.consistency_path(4, 7, node) == [last]
    assert merkle.consistency_path(6, 7, node) == [i, j, k]


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_the_growing_edge_gives_the_root_of_the_naive_tree(leaves):
    tree = merkle.Frontier()
    for leaf in leaves:
        tree.append(leaf)
    assert tree.root() == naive(leaves)
    again = merkle.frontier_at(len(leaves), merkle.reader_of(leaves))
    assert (again.size, again.hashes) == (tree.size, tree.hashes)


@given(st.data(), st.integers(1, 130))
def test_every_proof_is_that_of_the_naive_tree_and_proves(data, size):
    leaves = [sha256(bytes([n])).digest() for n in range(size)]
    node, root = merkle.reader_of(leaves), naive(leaves)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    path = merkle.inclusion_path(index, size, node)
    assert path == naive_path(index, leaves)
    assert merkle.is_included(leaves[index], index=index, size=size, path=path, root=root)
    steps = merkle.consistency_path(old, size, node)
    assert steps == naive_subproof(old, leaves, known=True)
    assert merkle.is_consistent(old=old, new=size, old_root=naive(leaves[:old]), new_root=root, path=steps)


@given(st.data(), st.integers(2, 60))
def test_a_proof_of_something_else_proves_nothing(data, size):
    leaves = [sha256(bytes([n])).digest() for n in range(size)]
    node, root = merkle.reader_of(leaves), naive(leaves)
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index))
    path = merkle.inclusion_path(index, size, node)
    assert not merkle.is_included(leaves[other], index=index, size=size, path=path, root=root)
    assert not merkle.is_included(leaves[index], index=other, size=size, path=path, root=root)
    assert not merkle.is_included(leaves[index], index=index, size=size, path=[*path, root], root=root)
    assert not merkle.is_included(leaves[index], index=index, size=size, path=path[:-1], root=root)
    old = data.draw(st.integers(1, size - 1))
    steps = merkle.consistency_path(old, size, node)
    rewritten = naive([bytes(32), *leaves[1:old]])
    assert not merkle.is_consistent(old=old, new=size, old_root=rewritten, new_root=root, path=steps)
    assert not merkle.is_consistent(
        old=old, new=size, old_root=naive(leaves[:old]), new_root=bytes(32), path=steps
    )


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_no_path_leads_to_a_leaf_that_is_not_there(index, size):
    node = merkle.reader_of(LEAVES[:size])
    with pytest.raises(ValueError, match="has no leaf"):
        merkle.inclusion_path(index, size, node)
    assert not merkle.is_included(LEAVES[0], index=index, size=size, path=[], root=LEAVES[0])


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3)])
def test_no_history_begins_with_nothing_or_with_more(old, new):
    with pytest.raises(ValueError, match="begins"):
        merkle.consistency_path(old, new, merkle.reader_of(LEAVES))
    assert not merkle.is_consistent(old=old, new=new, old_root=b"", new_root=b"", path=[])
