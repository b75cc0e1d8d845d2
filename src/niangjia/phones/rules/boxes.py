"""A sealed box: what a phone closes, only the platform opens (reliability.md control 24). Pure.

ECDH on P-256 with a key of the box's own, HKDF-SHA-256, AES-256-GCM; the browser's WebCrypto closes it.
"""

from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
INFO = b"niangjia visit box 1"
_ID, _KEY = 9, 32


class BoxBroken(Exception):  # noqa: N818 - it reads as a sentence
    """The box is not for us, was changed, or is none."""


def _private(secret: bytes) -> ec.EllipticCurvePrivateKey:
    wide = HKDF(algorithm=SHA256(), length=48, salt=None, info=b"niangjia visit key").derive(secret)
    return ec.derive_private_key(int.from_bytes(wide, "big") % (ORDER - 1) + 1, CURVE)


def public_of(secret: bytes) -> bytes:
    """The public point of a secret, uncompressed: what phones close their boxes with."""
    public = _private(secret).public_key()
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def kid_of(public: bytes) -> str:
    """The name of a public key inside a box."""
    return urlsafe_b64encode(sha256(public).digest()[:_ID]).decode()


def opened(box: object, *, bound: str, secrets: Iterable[bytes]) -> bytes:
    """What lies in a box that was closed for one of our keys and for this `bound`; raises BoxBroken."""
    if not isinstance(box, Mapping) or box.get("v") != 1:
        raise BoxBroken
    for secret in secrets:
        public = public_of(secret)
        if kid_of(public) == box.get("kid"):
            return _opened(box, _private(secret), public, bound)
    raise BoxBroken


def _opened(
    box: Mapping[str, object], private: ec.EllipticCurvePrivateKey, public: bytes, bound: str
) -> bytes:
    try:
        point, nonce, body = (b64decode(str(box[name]), validate=True) for name in ("epk", "iv", "ct"))
        shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
        key = HKDF(algorithm=SHA256(), length=_KEY, salt=point + public, info=INFO).derive(shared)
        return AESGCM(key).decrypt(nonce, body, bound.encode())
    except (KeyError, ValueError, InvalidTag):
        raise BoxBroken from None
