"""A case is read where one of its two records is kept; so are the journal lines about it."""

from django.db import migrations

from niangjia.kernel.rls import RANGES

TABLE = "matching_duplicatecase"
EITHER = f"""EXISTS (SELECT 1 FROM people_person AS p
 WHERE p.id IN ({TABLE}.first_id, {TABLE}.second_id) AND {RANGES.format(path="p.path")})"""
UP = f"""
ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;
CREATE POLICY nj_read ON {TABLE} FOR SELECT USING ({EITHER});
CREATE POLICY nj_insert ON {TABLE} FOR INSERT WITH CHECK ({EITHER});
CREATE POLICY nj_update ON {TABLE} FOR UPDATE USING ({EITHER}) WITH CHECK ({EITHER});
CREATE POLICY nj_delete ON {TABLE} FOR DELETE USING ({EITHER});
CREATE FUNCTION nj_shows_{TABLE}(object bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN
 RETURN EXISTS (SELECT 1 FROM {TABLE} AS t WHERE t.id = object); END $$;
CREATE POLICY nj_of_{TABLE} ON kernel_journalline FOR SELECT
 USING (kind = 'matching.duplicate_case' AND nj_shows_{TABLE}(object_id));
"""
DOWN = f"""
DROP POLICY nj_of_{TABLE} ON kernel_journalline; DROP FUNCTION nj_shows_{TABLE}(bigint);
DROP POLICY nj_read ON {TABLE}; DROP POLICY nj_insert ON {TABLE};
DROP POLICY nj_update ON {TABLE}; DROP POLICY nj_delete ON {TABLE};
ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0001_begins"),
        ("people", "0006_merging"),
        ("kernel", "0010_journal_proves_itself"),
    ]
    operations = [migrations.RunSQL(UP, DOWN)]
