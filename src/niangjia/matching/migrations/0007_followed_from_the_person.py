"""What hangs on persons is followed from them to their stretches, never from all stretches to them.

Joined the other way each chunk of a long list read every stretch there was: B2's 600,730 workers took hours.
"""

from importlib import import_module

from django.db import migrations

was = vars(import_module("niangjia.matching.migrations.0004_known_of_both_records"))
looked_up = vars(import_module("niangjia.matching.migrations.0005_known_by_index"))
KNOWN = was["_known"]("x.person_id", looked_up["AFTER"])
THEIRS = "ANY (ARRAY(SELECT y.id FROM members_membership AS y WHERE y.person_id = ANY (who)))"
FROM_THE_PERSON = f"""
CREATE OR REPLACE FUNCTION members_know(who bigint[]) RETURNS void LANGUAGE sql {was["DEFINER"]}
SET enable_seqscan = off AS $$
 UPDATE members_membership AS m SET {", ".join(f"{c} = k.{c}" for c in was["COLUMNS"])}
 FROM members_membership AS x CROSS JOIN LATERAL ({KNOWN}) AS k
 WHERE m.id = {THEIRS} AND x.id = {THEIRS} AND m.id = x.id AND {was["DIFFER"]} $$;
"""
KNOWN_BEFORE = was["_known"]("w.id", looked_up["AFTER"])
FROM_BOTH = f"""
CREATE OR REPLACE FUNCTION members_know(who bigint[]) RETURNS void LANGUAGE sql {was["DEFINER"]}
SET enable_seqscan = off AS $$
 UPDATE members_membership AS m SET {", ".join(f"{c} = k.{c}" for c in was["COLUMNS"])}
 FROM unnest(who) AS w(id) CROSS JOIN LATERAL ({KNOWN_BEFORE}) AS k
 WHERE m.person_id = w.id AND {was["DIFFER"]} $$;
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_followed_by_index")]
    operations = [migrations.RunSQL(FROM_THE_PERSON, FROM_BOTH)]
