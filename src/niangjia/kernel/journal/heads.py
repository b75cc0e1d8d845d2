"""Signed heads: a size and a root of the tree, signed with Ed25519, each naming the one before. Pure.

What is signed is a short text that can be printed and typed again; everything else is derived from it.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FIRST = bytes(32)
"""What stands as "the head before" in the first head."""
HEADING = "niangjia journal head 1"
SHORT = 20


@dataclass(frozen=True, slots=True)
class Head:
    """The journal stood at `size` leaves under this root at this time; `previous`: the last one's digest."""

    number: int
    log: str
    size: int
    root: bytes
    at: datetime
    previous: bytes
    key: bytes
    signature: bytes = b""

    def text(self) -> str:
        """What is signed and printed."""
        moment = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        told = (
            HEADING,
            f"log {self.log}",
            f"number {self.number}",
            f"size {self.size}",
            f"root {self.root.hex()}",
            f"time {moment}",
            f"previous {self.previous.hex()}",
        )
        return "\n".join(told) + "\n"

    def digest(self) -> bytes:
        """What the next head names, and what the fingerprint is the beginning of."""
        return sha256(self.text().encode()).digest()

    def fingerprint(self) -> str:
        """Twenty characters in fives, to be printed in a notice and compared by eye."""
        short = self.digest().hex().upper()[:SHORT]
        return "-".join(short[place : place + 5] for place in range(0, SHORT, 5))

    def signed(self, secret: bytes) -> "Head":
        """The same head, signed with the 32 bytes of an Ed25519 private key."""
        signer = Ed25519PrivateKey.from_private_bytes(secret[:32])
        return Head(**{**self._parts(), "signature": signer.sign(self.text().encode())})

    def is_signed(self) -> bool:
        """True if the signature is that of the key the head names. Whether the key is ours, others ask."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(self.signature, self.text().encode())
        except (InvalidSignature, ValueError):
            return False
        return True

    def _parts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in Head.__slots__}

    def as_dict(self) -> dict[str, Any]:
        """For JSON: bytes in hexadecimal."""
        told = self._parts() | {"at": self.at.astimezone(UTC).isoformat(timespec="microseconds")}
        return {name: value.hex() if isinstance(value, bytes) else value for name, value in told.items()}

    def as_line(self) -> str:
        """One line of the file of heads."""
        return json.dumps(self.as_dict(), separators=(",", ":")) + "\n"

    @classmethod
    def of(cls, told: Any) -> "Head":
        """A head from JSON; raises ValueError for what is none."""
        try:
            return cls(
                number=int(told["number"]),
                log=str(told["log"]),
                size=int(told["size"]),
                root=bytes.fromhex(told["root"]),
                at=datetime.fromisoformat(told["at"]),
                previous=bytes.fromhex(told["previous"]),
                key=bytes.fromhex(told["key"]),
                signature=bytes.fromhex(told["signature"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            message = "this is not a head"
            raise ValueError(message) from error

    @classmethod
    def of_line(cls, line: str) -> "Head":
        """A head from its line; raises ValueError for what is none, or was cut off."""
        if not line.endswith("\n"):
            message = "this line was cut off"
            raise ValueError(message)
        return cls.of(json.loads(line))


def public_key(secret: bytes) -> bytes:
    """The 32 bytes of the public key."""
    return Ed25519PrivateKey.from_private_bytes(secret[:32]).public_key().public_bytes_raw()
