"""How long the nightly comparison takes: generated people, families on one phone, namesakes, doubles.

Run with `.venv/bin/python benchmarks/matching.py [PERSONS]` (200,000 unless said otherwise). Everything is
made in a database of its own that is thrown away; numbers are random bytes, as blind indexes are.
"""

import os
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("NIANGJIA_HOME", str(ROOT / "var" / "bench"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.project.settings.test")
sys.path[:0] = [str(ROOT / "src")]

import django  # noqa: E402
from django.db import connections, transaction  # noqa: E402

django.setup()

from niangjia.kernel.access import EVERYWHERE  # noqa: E402
from niangjia.kernel.scoping import enter_scope  # noqa: E402
from niangjia.matching import queries  # noqa: E402
from niangjia.tree.models import Unit  # noqa: E402

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
PEOPLE = """
INSERT INTO people_person (name, name_key, pinyin, initials, sex, birth_date, ethnicity, keeper_id, path,
  created_at, version)
 SELECT n, n, md5(n), 'x', 'male', date '1955-01-01' + (random() * 18000)::int, '', %s, '', now(), 1 FROM (
  SELECT chr(19968 + (power(random(), 4) * 400)::int) || chr(20000 + (power(random(), 2) * 1500)::int)
   || CASE WHEN random() < .85 THEN chr(22000 + (power(random(), 2) * 1500)::int)
    ELSE '' END AS n
  FROM generate_series(1, %s)) AS names;
INSERT INTO people_identitydocument (person_id, kind, sealed, blind, tail, findings, matchable, scan_sha256,
  since)
 SELECT id, 'resident', '\\x00', sha256(('id' || id)::bytea), '0000', '[]', true, '', date '2018-01-01'
 FROM people_person WHERE random() < .96;
INSERT INTO people_contact (person_id, sealed, blind, tail, since)
 SELECT id, '\\x00', sha256(('m' || (id / (1 + (random() * 1.4)::int)))::bytea), '0000', date '2018-01-01'
 FROM people_person WHERE random() < .97;
INSERT INTO people_contact (person_id, sealed, blind, tail, since)
 SELECT id, '\\x00', sha256('the office phone'), '0000', date '2018-01-01' FROM people_person
 WHERE id %% 40 = 0 ON CONFLICT DO NOTHING;
"""
DOUBLES = """
WITH doubled AS (INSERT INTO people_person (name, name_key, pinyin, initials, sex, birth_date, ethnicity,
  keeper_id, path, created_at, version)
 SELECT name, name_key, pinyin, initials, sex, birth_date, '', keeper_id, '', now(), 1 FROM people_person
 WHERE id % 33 = 0 RETURNING 1) SELECT count(*) FROM doubled;
"""


def measured() -> None:
    """Fills, compares, prints; nothing is committed."""
    owner, web = connections["owner"], connections["default"]
    kept = owner.settings_dict["NAME"]
    owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    web.close()
    web.settings_dict["NAME"] = owner.settings_dict["NAME"]
    try:
        with transaction.atomic(using="owner"), owner.cursor() as cursor:
            unit = Unit.objects.using("owner").create(
                kind="county_union", name="比对县", path="000001", since="2016-01-01"
            )
            cursor.execute(PEOPLE, [unit.pk, ROWS])
            cursor.execute(DOUBLES)
            doubles = cursor.fetchone()[0]
        with owner.cursor() as cursor:
            cursor.execute("ANALYZE")
        with transaction.atomic():
            enter_scope(EVERYWHERE)
            start = time.perf_counter()
            found = queries.pairs_to_look_at(at_most=6)
            took = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        told = f"{ROWS:,} persons + {doubles:,} doubles: {len(found):,} pairs in {took:.1f} s"
        print(f"{told}, {memory:.0f} MB in Python")
    finally:
        web.close()
        owner.creation.destroy_test_db(kept, verbosity=0)


if __name__ == "__main__":
    measured()
