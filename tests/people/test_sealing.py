"""Sealed values: a key a person, wrapped by county keys of a ring outside the database (house.md §3.6)."""

import secrets

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from niangjia.kernel.sealing import SealBroken, Shredded, key_id, keys_for, ring, seal, shred, unseal
from niangjia.kernel.sealing.suites import SUITES
from niangjia.kernel.sealing.tables import PersonKey
from tests.conftest import AT

SUITE = sorted(SUITES)
HERE = {"table": "t", "person_id": 7, "field": "f"}


@pytest.fixture(autouse=True)
def own_ring(settings, tmp_path, world):
    settings.KEY_RING = tmp_path / "ring"


@pytest.fixture(params=SUITE)
def suite(request, settings):
    settings.SEALING_SUITE = request.param
    return request.param


def of_old(text, *, key, table, person_id):
    """A value as it was sealed before persons had keys of their own."""
    head, nonce = b"\x01" + key_id(key), secrets.token_bytes(12)
    bound = b"\x00".join((head, table.encode(), str(person_id).encode()))
    return head + nonce + AESGCM(key[:32]).encrypt(nonce, text.encode(), bound)


def test_a_value_opens_only_in_its_table_field_and_person(suite):
    sealed = seal("990101196806120027", **HERE)
    assert b"990101" not in sealed
    assert unseal(sealed, **HERE) == "990101196806120027"
    seal("x", table="t", person_id=8, field="f")
    for other in ({"table": "u"}, {"field": "g"}, {"person_id": 8}):
        with pytest.raises(SealBroken):
            unseal(sealed, **HERE | other)


def test_every_changed_byte_is_noticed(suite):
    sealed = bytearray(seal("病情", **HERE))
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SealBroken):
            unseal(bytes(changed), **HERE)
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            unseal(bytes(sealed[:length]), **HERE)


def test_what_one_suite_sealed_opens_after_the_switch_to_the_other(settings):
    settings.SEALING_SUITE = "aes-256-gcm"
    before = seal("甲", **HERE)
    settings.SEALING_SUITE = "sm4-gcm"
    after = seal("乙", **HERE)
    assert (before[1:2], after[1:2]) == (b"A", b"S")
    assert (unseal(before, **HERE), unseal(after, **HERE)) == ("甲", "乙")


def test_the_same_text_is_never_sealed_alike(suite):
    assert len({seal("甲", **HERE) for _ in range(20)}) == 20


def test_the_key_of_a_person_is_nowhere_in_the_database_in_clear_and_its_county_opens_no_other(suite):
    seal("甲", **HERE)
    row = PersonKey.objects.get(person_id=7)
    master = ring.folder().joinpath("0001.key").read_bytes()
    key = keys_for([7])._keys[7]
    assert key not in bytes(row.wrapped)
    assert master not in bytes(row.wrapped)
    assert ring.county_key(3, generation=1) != ring.county_key(4, generation=1)
    assert master not in (ring.county_key(3, generation=1), key)


def test_a_ring_file_that_others_can_read_stops_everything():
    seal("甲", **HERE)
    ring.folder().joinpath("0001.key").chmod(0o644)
    with pytest.raises(ring.RingOpen, match="644"):
        seal("乙", **HERE)


def test_many_persons_cost_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        keys = keys_for(range(1, 2001))
        sealed = [keys.seal("甲", table="t", person_id=one) for one in range(1, 2001)]
    with django_assert_max_num_queries(1):
        again = keys_for(range(1, 2001), make=False)
    assert {again.unseal(value, table="t", person_id=one) for one, value in enumerate(sealed, 1)} == {"甲"}


def test_a_shredded_person_is_shut_for_good_and_nothing_is_sealed_for_him_anew():
    sealed = seal("甲", **HERE)
    shred(7, at=AT)
    with pytest.raises(Shredded):
        unseal(sealed, **HERE)
    with pytest.raises(Shredded):
        seal("乙", **HERE)
    shred(9, at=AT)
    with pytest.raises(Shredded):
        seal("乙", table="t", person_id=9)


def test_a_value_of_old_opens_with_the_retired_key_and_no_other(settings):
    old = b"o" * 32
    value = of_old("旧", key=old, table="t", person_id=7)
    settings.SEALING_KEYS_RETIRED = (old,)
    assert unseal(value, **HERE) == "旧"
    with pytest.raises(SealBroken):
        unseal(value, table="t", person_id=8)
    settings.SEALING_KEYS_RETIRED = ()
    with pytest.raises(SealBroken):
        unseal(value, **HERE)
