"""The key ring: one master key a generation, a file (0600) outside the database; county keys come from it.

A county key is drawn from a master by HKDF: whoever holds one county's key can read that county and no other.
"""

import os
import secrets
import stat
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from niangjia.kernel.sealing.suites import KEY, SealBroken

OTHERS = 0o077
NAME = "{generation:04d}.key"
GONE = "{generation:04d}.destroyed"
_masters: dict[Path, bytes] = {}


class GenerationGone(SealBroken):
    """The master key of a generation is not in the ring (any more)."""


class RingOpen(Exception):  # noqa: N818 - it reads as a sentence
    """A key file can be read by others: nothing is sealed or opened until that is mended."""


def folder() -> Path:
    """Where the key files lie; made on first use (0700)."""
    place = Path(settings.KEY_RING)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def generations() -> list[int]:
    """The generations in the ring, oldest first; read anew each time, for another process may add one."""
    return sorted(int(path.stem) for path in folder().glob("[0-9]*.key"))


def destroyed() -> list[int]:
    """The generations that were destroyed on purpose."""
    return sorted(int(path.stem) for path in folder().glob("[0-9]*.destroyed"))


def newest() -> int:
    """The generation that new keys are wrapped by; the first use of an installation makes the first."""
    found = generations()
    return found[-1] if found else begin_generation()


def begin_generation() -> int:
    """A new master key stands in the ring, on disk before anything is wrapped by it."""
    number = max([0, *generations(), *destroyed()]) + 1
    path = folder() / NAME.format(generation=number)
    _write_once(path, secrets.token_bytes(KEY))
    return number


def destroy_generation(number: int) -> None:
    """The master key is overwritten and gone; what it wrapped cannot be opened, in no old backup either."""
    path = folder() / NAME.format(generation=number)
    _write_once(folder() / GONE.format(generation=number), b"")
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(KEY))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    _masters.pop(path, None)
    _sync_folder()


def county_key(county: int, *, generation: int) -> bytes:
    """The key of a county in a generation; raises GenerationGone."""
    told = b"niangjia county key\x00" + str(county).encode()
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=told).derive(_master(generation))


def _master(generation: int) -> bytes:
    path = folder() / NAME.format(generation=generation)
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        _masters.pop(path, None)
        raise GenerationGone from None
    if mode & OTHERS:
        message = f"{path} has mode {mode:o}: others can read it"
        raise RingOpen(message)
    key = _masters.get(path)
    if key is None:
        key = _masters[path] = path.read_bytes()
    if len(key) != KEY:
        message = f"{path} holds {len(key)} bytes, not {KEY}"
        raise RingOpen(message)
    return key


def _write_once(path: Path, content: bytes) -> None:
    """Under another name first, then linked: two starters agree, a crash leaves no half key."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return  # another process was first; its key counts
    finally:
        draft.unlink()
    _sync_folder()


def _sync_folder() -> None:
    handle = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
