"""What a stretch knows is looked up for it alone: no join that a planner could turn round.

A session that planned while the tables were counted as empty joined all persons there are to the few stretches.
"""

from importlib import import_module

from django.db import migrations

was = vars(import_module("niangjia.matching.migrations.0004_known_of_both_records"))
looked_up = vars(import_module("niangjia.matching.migrations.0005_known_by_index"))
before = vars(import_module("niangjia.matching.migrations.0007_followed_from_the_person"))
KNOWN = was["_known"]("m.person_id", looked_up["AFTER"])
WITHOUT_JOINS = f"""
CREATE OR REPLACE FUNCTION members_know(who bigint[]) RETURNS void LANGUAGE sql {was["DEFINER"]}
SET enable_seqscan = off AS $$
 UPDATE members_membership AS m SET ({", ".join(was["COLUMNS"])}) = ({KNOWN})
 WHERE m.person_id = ANY (who) AND (SELECT {was["DIFFER"]} FROM ({KNOWN}) AS k) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0007_followed_from_the_person")]
    operations = [migrations.RunSQL(WITHOUT_JOINS, before["FROM_THE_PERSON"])]
