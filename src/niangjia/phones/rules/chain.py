"""The chain of a phone: each finished visit binds the one before, so that a missing one shows. Pure."""

import hashlib

START = "0" * 64


def link(before: str, *, seq: int, key: str, sha256: str) -> str:
    """The hash of a link; the phone works out the same (assets/js/visits/chain.js).

    A visit that was deleted before it was sent keeps its link: that it is not missing is told besides.

    >>> link(START, seq=1, key="k", sha256="s")[:12]
    '10fb8843713f'
    """
    return hashlib.sha256("\n".join((before, str(seq), key, sha256)).encode()).hexdigest()
