"""Sealed fields: each person's values under a data key of his own, bound to table, field and person.

The data key lies wrapped by the county's key, which comes from the key ring outside the database (house.md
§3.6). Whoever moves a sealed value to another row, field or table finds it shut; erasure shreds the key.
A keyed blind index, one an installation, serves equality search.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from niangjia.kernel.sealing.holding import INSTALLATION, Shredded, data_keys, shred
from niangjia.kernel.sealing.suites import SealBroken, opened, shut

__all__ = [
    "INSTALLATION", "Keys", "SealBroken", "Shredded", "blind_index", "is_of_old", "key_id", "keys_for",
    "resealed", "seal", "shred", "unseal",
]  # fmt: skip

VERSION = b"\x02"
OLD = b"\x01"
KEY_LENGTH = 32
_ID_LENGTH = 4
_NONCE_LENGTH = 12
_OLD_HEAD = len(OLD) + _ID_LENGTH


class Keys:
    """The data keys of some persons at hand, for many values at once; lives as long as its transaction."""

    def __init__(self, keys: dict[int, bytes]) -> None:
        self._keys = keys

    def seal(self, text: str, *, table: str, person_id: int, field: str = "") -> bytes:
        """The text, readable only with that person's key and only in this table and field."""
        bound = VERSION + _bound_to(table, person_id, field)
        return VERSION + shut(self._keys[person_id], text.encode(), bound)

    def unseal(self, sealed: bytes | memoryview, *, table: str, person_id: int, field: str = "") -> str:
        """The text of a sealed value; raises SealBroken for a value of another table, field or person."""
        value = bytes(sealed)
        if value[:1] == OLD:
            return _opened_old(value, table, person_id)
        if value[:1] != VERSION:
            raise SealBroken
        bound = VERSION + _bound_to(table, person_id, field)
        return opened(self._keys[person_id], value[1:], bound).decode()


def keys_for(person_ids: Iterable[int], *, make: bool = True) -> Keys:
    """The keys of many persons by few queries, for imports and exports; made where they are missing.

    Raises Shredded if one of them was erased.
    """
    return Keys(data_keys(person_ids, make=make))


def seal(text: str, *, table: str, person_id: int, field: str = "") -> bytes:
    """The text, readable only with the key ring, the person's key and only for this table and field."""
    return keys_for([person_id]).seal(text, table=table, person_id=person_id, field=field)


def unseal(sealed: bytes | memoryview, *, table: str, person_id: int, field: str = "") -> str:
    """The text of a sealed value; raises SealBroken for one of elsewhere, Shredded after an erasure."""
    if is_of_old(sealed):
        return _opened_old(bytes(sealed), table, person_id)
    keys = keys_for([person_id], make=False)
    return keys.unseal(sealed, table=table, person_id=person_id, field=field)


def resealed(sealed: bytes | memoryview, *, table: str, field: str, was: int, now: int) -> bytes:
    """A value sealed for one person, sealed for another: their records turned out to be one person's."""
    return seal(
        unseal(sealed, table=table, person_id=was, field=field), table=table, person_id=now, field=field
    )


def blind_index(value: str, *, purpose: str) -> bytes:
    """32 bytes, equal for equal values of one purpose; they tell nothing without the installation's key."""
    message = b"\x00".join((purpose.encode(), value.encode()))
    return hmac.digest(settings.BLIND_INDEX_KEY, message, "sha256")


def is_of_old(sealed: bytes | memoryview) -> bool:
    """Whether a value was sealed before persons had keys of their own; a rotation seals it anew."""
    return bytes(sealed[:1]) == OLD


def key_id(key: bytes) -> bytes:
    """The name of an old key inside sealed values; it does not reveal the key."""
    return hashlib.sha256(b"niangjia sealing key" + key).digest()[:_ID_LENGTH]


def _bound_to(table: str, person_id: int, field: str) -> bytes:
    return b"\x00".join((table.encode(), field.encode(), str(person_id).encode()))


def _opened_old(value: bytes, table: str, person_id: int) -> str:
    head, nonce = value[:_OLD_HEAD], value[_OLD_HEAD : _OLD_HEAD + _NONCE_LENGTH]
    body = value[_OLD_HEAD + _NONCE_LENGTH :]
    bound = b"\x00".join((head, table.encode(), str(person_id).encode()))
    for key in _old_ring():
        if head == OLD + key_id(key):
            try:
                return AESGCM(key[:KEY_LENGTH]).decrypt(nonce, body, bound).decode()
            except InvalidTag:
                raise SealBroken from None
    raise SealBroken


def _old_ring() -> Iterator[bytes]:
    yield settings.SEALING_KEY
    yield from getattr(settings, "SEALING_KEYS_RETIRED", ())
