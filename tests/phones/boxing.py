"""A phone of a test: it closes boxes as the browser does and keeps a chain."""

import hashlib
import json
import uuid
from base64 import b64decode, b64encode
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from niangjia.phones import actions, queries, rules
from niangjia.phones.actions import Upload
from tests.conftest import AT
from tests.households.worlds import FACTS, MEMBER_FACTS

STROKES = "M10 20L30 40"


def closed(plain, *, bound, key=None):
    """A box for the platform: what assets/js/visits/boxes.js makes."""
    key = key or queries.box_key()
    point, own = b64decode(key["point"]), ec.generate_private_key(ec.SECP256R1())
    public = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))
    secret = HKDF(algorithm=SHA256(), length=32, salt=public + point, info=rules.boxes.INFO).derive(shared)
    nonce = uuid.uuid4().bytes[:12]
    body = AESGCM(secret).encrypt(nonce, plain, bound.encode())
    told = {"epk": public, "iv": nonce, "ct": body}
    return {"v": 1, "kid": key["kid"], **{name: b64encode(value).decode() for name, value in told.items()}}


class Phone:
    """An officer's phone: what it finished, its chain, its uploads."""

    def __init__(self, officer, mate, *, name="陈某的手机"):
        self.officer, self.mate = officer, mate
        self.key, self.seq, self.head = uuid.uuid4(), 0, rules.START
        self.row = actions.enrol_device(key=self.key, name=name, key_id="k" * 16, by=officer, at=AT)

    def body(self, **more):
        """A visit at a door as the page writes it."""
        self.seq += 1
        told = {
            "whom": {},
            "visited_at": (AT - timedelta(hours=5)).isoformat(),
            "result": "confirmed",
            "statement": "妻子患病。",
            "visitors": [
                {"user": one.user_id, "name": one.name, "strokes": STROKES}
                for one in (self.officer, self.mate)
            ],
            "family": {"name": "李大山", "relation": "配偶", "strokes": STROKES},
            "head": {"ref": "n1", "name": "何秀英", "relation": "self", "facts": facts(MEMBER_FACTS)},
            "facts": facts(FACTS),
            "origin": {"device": str(self.key), "seq": self.seq, "skew": 0},
        }
        return json.dumps(told | more).encode()

    def upload(self, body=None, *, key=None, finished=True, device=True):
        key, body = key or uuid.uuid4(), body or self.body()
        sha = hashlib.sha256(body).hexdigest()
        self.head = rules.link(self.head, seq=self.seq, key=str(key), sha256=sha)
        box = closed(body, bound=str(key))
        return Upload(key, box, self.key if device else None, finished=finished)

    def send(self, upload=None, *, by=None, at=AT):
        return actions.receive(upload=upload or self.upload(), by=by or self.officer, at=at)

    def sent(self):
        self.row.refresh_from_db()
        return queries.sent_from(device=self.row, at=AT)


def facts(told, base=0):
    return {key: {"value": value, "base": base} for key, value in told.items()}
