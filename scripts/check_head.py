"""Check a proof of the Niangjia journal: that an entry stands in it, or that it was only ever added to.

    python check_head.py proof.json [--key HEX] [--head FINGERPRINT]

Needs Python only; with the package `cryptography` the signature is checked too. `--key` is the public key you
trust, `--head` the printed fingerprint (of the newer head). Exit 0: proven. 1: not so. 2: this is no proof.
"""

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None
SIGNED = ("log", "number", "size", "root", "at", "previous")


def walk(start, place, last, path):
    """From a leaf or subtree to the roots of the old and new tree (RFC 9162, 2.1.3.2 and 2.1.4.2)."""
    first = second = start
    for one in map(bytes.fromhex, path):
        if last == 0:
            return None, None
        if place & 1 or place == last:
            first, second = (sha256(b"\x01" + one + right).digest() for right in (first, second))
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = sha256(b"\x01" + second + one).digest()
        place, last = place >> 1, last >> 1
    return (first, second) if last == 0 else (None, None)


def grew(old, new, path):
    """True if the old tree is the beginning of the new one."""
    size, roots = old["size"], (bytes.fromhex(old["root"]), bytes.fromhex(new["root"]))
    if size == new["size"]:
        return not path and roots[0] == roots[1]
    first, *rest = path if size & (size - 1) else [old["root"], *path]
    place, last = size - 1, new["size"] - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    return walk(bytes.fromhex(first), place, last, rest) == roots


def _text(head):
    lines = (f"{'time' if name == 'at' else name} {head[name]}\n" for name in SIGNED)
    return "niangjia journal head 1\n" + "".join(lines)


def fingerprint(head):
    """What a notice prints of a head."""
    short = sha256(_text(head).encode()).hexdigest().upper()
    return "-".join(short[at : at + 5] for at in range(0, 20, 5))


def signed(head):
    """True, False, or None where it cannot be checked here."""
    if Ed25519PublicKey is None:
        return None
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["key"]))
        key.verify(bytes.fromhex(head["signature"]), _text(head).encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _included(proof):
    line, values, head = proof["line"], proof["values"], proof["head"]
    if values:
        digest = sha256(bytes.fromhex(values["salt"]) + values["body"].encode()).hexdigest()
        yield "the values are those of the line", digest == line[-1]
    if row := proof.get("row"):
        after = json.loads(values["body"])["after"]
        leaf = sha256(b"\x00" + bytes.fromhex(row["salt"]) + row["entry"].encode()).digest()
        root = walk(leaf, row["index"], after["rows"] - 1, row["path"])
        yield "the row was entered with this line", root[1] == bytes.fromhex(after["root"])
    leaf = sha256(b"\x00" + json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()).digest()
    root = walk(leaf, proof["index"], head["size"] - 1, proof["path"])
    yield "the line stands under the head", root[1] == bytes.fromhex(head["root"])


def _checks(proof, asked):
    if proof["proof"] == "niangjia inclusion proof 1":
        heads = [proof["head"]]
        yield from _included(proof)
    else:
        heads = old, new = [proof["old"], proof["new"]]
        yield "the journal was only added to", grew(old, new, proof["path"])
    for head in heads:
        yield f"head {head['number']} ({fingerprint(head)}) is signed", signed(head)
        if asked.key:
            yield f"head {head['number']} is signed by the key you trust", head["key"] == asked.key.lower()
    if asked.head:
        yield "the head is the printed one", fingerprint(heads[-1]) == asked.head.upper()


def _main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("proof", "--key", "--head"):
        parser.add_argument(name)
    asked = parser.parse_args()
    try:
        found = list(_checks(json.loads(Path(asked.proof).read_text(encoding="utf-8")), asked))
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        print(f"This is no proof: {error!r}")
        return 2
    for what, good in found:
        print({True: "yes    ", False: "NO     ", None: "unknown"}[good], what)
    return 1 if any(good is False for _, good in found) else 0


if __name__ == "__main__":
    sys.exit(_main())
