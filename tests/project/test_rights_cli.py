"""Keys turn under load and after a kill; a person is erased, and a restored older backup erases again."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date

import psycopg
import pytest

from niangjia.project import localpg
from niangjia.project.cli import voice

pytestmark = pytest.mark.slow
PEOPLE = 1_500
NUMBER, MOBILE, NAME = "990101196806120027", "13800000001", "司空见惯"
BUILD = f"""
import django; django.setup()
from datetime import date
from django.db import transaction
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.scoping import enter_scope
from niangjia.people import actions, rules
from niangjia.tree.actions import plant_unit
with transaction.atomic():
    enter_scope(EVERYWHERE)
    unit = None
    for kind, name in (("province_union", "省"), ("city_union", "市"), ("county_union", "县")):
        unit = plant_unit(kind=kind, name=name, parent=unit, division=None, since=date(2016, 1, 1))
    for n in range({PEOPLE}):
        first = n == 0
        person = actions.register_person(
            draft=actions.PersonDraft(name={NAME!r} if first else "某某"), keeper_id=unit.pk,
            paper=rules.Paper(IdKind.RESIDENT, {NUMBER!r}, None) if first else None,
            mobile={MOBILE!r} if first else f"139{{n:08d}}", today=clock.today(), by=SYSTEM, at=clock.now(),
        )
        if first: print(person.pk)
"""
WORK = """
import django; django.setup()
import sys, time
from django.db import transaction
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.sealing import seal, unseal
from niangjia.people.models import Contact
import threading
until, count, errors = time.monotonic() + float(sys.argv[1]), [0], []
def work(first):
    n = 0
    while time.monotonic() < until and not errors:
        try:
            with transaction.atomic():
                enter_scope(EVERYWHERE)
                for row in Contact.objects.order_by("pk")[(first * 37 + n) % 1400:][:20]:
                    assert unseal(row.sealed, table="people_contact", person_id=row.person_id, field="sealed")
                new = 10**9 + first * 10**6 + n
                assert unseal(seal("x", table="t", person_id=new), table="t", person_id=new) == "x"
            n += 1; count[0] += 21
        except Exception as error:
            errors.append(repr(error))
threads = [threading.Thread(target=work, args=(k,)) for k in range(3)]
[one.start() for one in threads]; [one.join() for one in threads]
print(count[0], errors)
"""


def niangjia(home, *words, wait=True):
    env = {**os.environ, "NIANGJIA_HOME": str(home), "LC_ALL": "C.UTF-8"}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    line = [sys.executable, "-m", "niangjia.project.cli", *words, "--json"]
    if not wait:
        return subprocess.Popen(line, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    done = subprocess.run(line, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    return done.returncode, json.loads(done.stdout or "{}")


def script(home, text, *words):
    env = {
        **os.environ,
        "NIANGJIA_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "niangjia.project.settings.base",
    }
    line = [sys.executable, "-c", text, *words]
    return subprocess.Popen(line, env=env, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    """An installation with some thousand people, its server running."""
    home = tmp_path_factory.mktemp("an instance")
    home.chmod(0o700)
    kept = {name: os.environ.pop(name, None) for name in ("DATABASE_URL", "DATABASE_WEB_URL")}
    assert niangjia(home, "init")[0] == 0
    localpg.ensure(home)
    first = int(script(home, BUILD).communicate(timeout=170)[0])
    yield home, first
    localpg.discard(home)
    os.environ.update({name: value for name, value in kept.items() if value})


def generations(home):
    with psycopg.connect(localpg.urls(home).owner) as connection:
        rows = connection.execute("SELECT generation, count(*) FROM kernel_personkey GROUP BY 1 ORDER BY 1")
        return dict(rows.fetchall())


def test_keys_turn_while_others_seal_and_read_and_a_kill_is_taken_up_again(instance, record_property):
    home, _first = instance
    workers = script(home, WORK, "14")
    time.sleep(3)
    killed, seen = 0, set()
    for pause in (2.2, 2.6, 3.0):
        turning = niangjia(home, "rotate-keys", "--all", wait=False)
        time.sleep(pause)
        killed += turning.poll() is None
        turning.send_signal(signal.SIGKILL)
        turning.wait()
        seen |= set(generations(home))
    code, told = niangjia(home, "rotate-keys", "--all", "--destroy-old")
    assert code == 0, told
    done, errors = workers.communicate(timeout=120)[0].strip().split(" ", 1)
    assert errors == "[]"
    assert set(generations(home)) == {told["generation"]}
    assert not (home / "keys" / "ring" / "turning.json").exists()
    assert [path.name for path in sorted((home / "keys" / "ring").glob("*.key"))] == [
        f"{told['generation']:04d}.key"
    ]
    after = script(home, WORK, "2").communicate(timeout=60)[0]
    assert after.strip().endswith("[]")
    record_property("keys", f"{PEOPLE} people, {done} values sealed and read meanwhile, {killed} kills")
    assert killed, "no run was killed on its way: the pauses are too long for this machine"


def test_one_county_turns_by_itself_and_the_old_keys_stay_while_others_need_them(instance):
    home, _first = instance
    with psycopg.connect(localpg.urls(home).owner) as connection:
        county = connection.execute(
            "SELECT county FROM kernel_personkey WHERE county > 0 LIMIT 1"
        ).fetchone()[0]
    code, told = niangjia(home, "rotate-keys", "--county", str(county), "--destroy-old")
    assert code == voice.Exit.REFUSED, told
    assert "旧密钥没有销毁" in told["error"]
    assert niangjia(home, "rotate-keys")[0] == voice.Exit.USAGE
    assert niangjia(home, "rotate-keys", "--all")[0] == 0


def erased_for_good(instance, tmp_path):
    """Erases the first person; no canary is left in a later dump or in a restored older one."""
    home, first = instance
    older = tmp_path / "older.dump"
    code, made = niangjia(home, "backup", "--to", str(older))
    assert code == 0, made
    code, given = niangjia(home, "export-person", str(first), "--to", str(tmp_path / "his.zip"))
    assert code == 0, given
    code, gone = niangjia(home, "erase-person", str(first), "--reason", "本人申请删除")
    assert code == 0, gone
    assert gone["touched"]["people_person"] == 1
    newer = tmp_path / "newer.dump"
    assert niangjia(home, "backup", "--to", str(newer))[0] == 0
    assert NAME in plain(home, older)
    assert NAME not in plain(home, newer)
    for text in (plain(home, older), plain(home, newer)):
        assert NUMBER not in text
        assert MOBILE not in text
    code, back = niangjia(home, "restore", str(older), "--into", "older")
    assert code == 0, back
    assert back["erased_again"] == 1
    restored = localpg.for_database(home, "older").owner
    with psycopg.connect(restored) as connection:
        name = connection.execute("SELECT name FROM people_person WHERE id = %s", [first]).fetchone()[0]
    assert name == ""
    again = tmp_path / "restored.dump"
    program = localpg.binaries.find().program("pg_dump")
    subprocess.run([program, "-Fc", "-f", str(again), restored], check=True)  # noqa: S603 - our own
    assert [canary for canary in (NAME, NUMBER, MOBILE) if canary in plain(home, again)] == []
    localpg.drop_database(home, "older")
    code, told = niangjia(home, "verify")
    assert code == 0, told


def test_an_erased_person_is_erased_again_in_a_restored_older_backup(instance, tmp_path):
    erased_for_good(instance, tmp_path)


@pytest.mark.proof
def test_proof_that_an_erasure_outlives_an_older_backup(instance, tmp_path):
    erased_for_good(instance, tmp_path)
    sys.stdout.write(
        f"PROOF erasure: 1 of {PEOPLE:,} people erased, an older backup restored and its tombstone replayed; "
        "3 canaries in 2 later dumps: 0 found; `verify` green\n"
    )


def plain(home, dump):
    """What a thief of the dump reads."""
    program = localpg.binaries.find().program("pg_restore")
    done = subprocess.run([program, "-f", "-", str(dump)], capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout


def test_a_drill_leaves_a_signed_proof_and_a_changed_row_is_found(instance, tmp_path, monkeypatch):
    home, _first = instance
    dump = tmp_path / "drill.dump"
    assert niangjia(home, "backup", "--to", str(dump))[0] == 0
    code, told = niangjia(home, "restore", str(dump), "--prove")
    assert code == 0, told
    assert (told["differing"], told["head_agrees"], told["journal_holds"]) == ({}, True, True)
    assert told["compared"] == told["tables"]
    proof = json.loads(open(told["proof"], encoding="utf-8").read())  # noqa: SIM115, PTH123
    assert proof["agreed"] is True
    assert date.fromisoformat(proof["proved_at"][:10])
    manifest = dump.with_name(dump.name + ".json")
    changed = json.loads(manifest.read_text())
    changed["digests"]["people_person"] = "0" * 64
    manifest.write_text(json.dumps(changed))
    code, told = niangjia(home, "restore", str(dump), "--prove")
    assert code == voice.Exit.DIFFERS
    assert list(told["differing"]) == ["people_person"]
