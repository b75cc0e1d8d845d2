"""Check a Niangjia member's card by the text of its QR code, without any network.

    python check_card.py "NJ1...." --key HEX [--day 2018-08-20]

`--key` is the public key that the union publishes beside its cards. Needs the package `cryptography`.
Exit 0: the card holds. 1: it does not, or has run out. 2: this is no card.
"""

import argparse
import json
import sys
import time
from base64 import urlsafe_b64decode
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def plain(text):
    """The bytes of base64url without its padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def main(line=None):
    """Read the code, check its signature, say what it tells."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("text")
    asked.add_argument("--key", required=True)
    asked.add_argument("--day", type=date.fromisoformat, default=None)
    told = asked.parse_args(line)
    try:
        head, body, signature = told.text.strip().split(".")
        content, sealed = plain(body), plain(signature)
        card = json.loads(content)
        until = date.fromisoformat(card["x"])
    except (ValueError, KeyError, TypeError):
        sys.stdout.write("this is no card\n")
        return 2
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(told.key)).verify(
            sealed, b"niangjia card 1\n" + content
        )
    except InvalidSignature:
        sys.stdout.write("the signature does not hold\n")
        return 1
    day = told.day or date(*time.localtime()[:3])
    holds = head == "NJ1" and day <= until
    sys.stdout.write(f"{card['n']}  {card['c']}  {card['u']}  {card['s']}  until {until}\n")
    sys.stdout.write("holds\n" if holds else "has run out\n")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
