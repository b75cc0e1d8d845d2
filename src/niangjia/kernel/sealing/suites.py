"""Two ways to seal: AES-256-GCM, and SM4-GCM where the commercial-cryptography rules ask for it.

A switch of the suite is no certificate: conformity (密评) needs certified modules besides.
"""

import hmac
import secrets
from collections.abc import Mapping
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY = 32
NONCE = 12
TAG = 16
SM4_KEY = 16


class SealBroken(Exception):  # noqa: N818 - it reads as a sentence
    """The value was changed, moved to another row, or its key is not in the ring."""


class Suite(Protocol):
    """One way to seal; `mark` stands in front of everything it sealed."""

    mark: bytes

    def encrypt(self, key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
        """The sealed text with its tag."""

    def decrypt(self, key: bytes, nonce: bytes, body: bytes, bound: bytes) -> bytes:
        """The text; raises InvalidTag."""


class AesGcm:
    """AES-256-GCM."""

    mark = b"A"

    def encrypt(self, key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
        """The sealed text with its tag."""
        return AESGCM(key).encrypt(nonce, text, bound)

    def decrypt(self, key: bytes, nonce: bytes, body: bytes, bound: bytes) -> bytes:
        """The text."""
        return AESGCM(key).decrypt(nonce, body, bound)


class Sm4Gcm:
    """SM4-GCM; its 128-bit key is drawn from the 256-bit one, so that no key serves two ciphers."""

    mark = b"S"

    def encrypt(self, key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
        """The sealed text with its tag."""
        work = Cipher(algorithms.SM4(self._key(key)), modes.GCM(nonce)).encryptor()
        work.authenticate_additional_data(bound)
        return work.update(text) + work.finalize() + work.tag

    def decrypt(self, key: bytes, nonce: bytes, body: bytes, bound: bytes) -> bytes:
        """The text."""
        if len(body) < TAG:
            raise InvalidTag
        work = Cipher(algorithms.SM4(self._key(key)), modes.GCM(nonce, body[-TAG:])).decryptor()
        work.authenticate_additional_data(bound)
        return work.update(body[:-TAG]) + work.finalize()

    @staticmethod
    def _key(key: bytes) -> bytes:
        return hmac.digest(key, b"niangjia sm4-gcm", "sha256")[:SM4_KEY]


SUITES: Mapping[str, Suite] = {"aes-256-gcm": AesGcm(), "sm4-gcm": Sm4Gcm()}
_BY_MARK = {suite.mark: suite for suite in SUITES.values()}


def shut(key: bytes, text: bytes, bound: bytes) -> bytes:
    """Sealed by the suite of the installation: mark, nonce, body."""
    suite = SUITES[settings.SEALING_SUITE]
    nonce = secrets.token_bytes(NONCE)
    return suite.mark + nonce + suite.encrypt(key, nonce, text, suite.mark + bound)


def opened(key: bytes, value: bytes, bound: bytes) -> bytes:
    """The text, by the suite that sealed it; raises SealBroken."""
    suite = _BY_MARK.get(value[:1])
    if suite is None:
        raise SealBroken
    nonce, body = value[1 : 1 + NONCE], value[1 + NONCE :]
    try:
        return suite.decrypt(key, nonce, body, suite.mark + bound)
    except (InvalidTag, ValueError):
        raise SealBroken from None
