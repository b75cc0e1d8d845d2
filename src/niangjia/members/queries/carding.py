"""Who a card belongs to, by its signed code alone; and the key with which anybody checks it."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from niangjia.members.rules.carding import Card, read


def card_key() -> str:
    """The public key of this installation's cards, in hexadecimal."""
    return _key().public_bytes_raw().hex()


def card_of(*, text: str) -> Card:
    """The card that a code tells of; raises BadInput for a code that was changed or is none of ours."""
    return read(text, holds=_holds)


def _key() -> Ed25519PublicKey:
    return Ed25519PrivateKey.from_private_bytes(settings.CARD_KEY).public_key()


def _holds(content: bytes, signature: bytes) -> bool:
    try:
        _key().verify(signature, content)
    except InvalidSignature:
        return False
    return True
