from django.db import migrations

# The number is taken first: under row-level security a row that its writer may not read cannot be returned.
# It runs with the rights of the caller; a function keeps its plans, a statement would be planned each time.
RECORD = """
CREATE FUNCTION nj_record(
 moment timestamptz, by_user bigint, by_post bigint, by_unit bigint, what text, of_kind text, thing bigint,
 mark bytea, pinch bytea, told text, leaves bytea, person bigint
) RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE line bigint := nextval('kernel_journalline_id_seq');
BEGIN
 INSERT INTO kernel_journalline (id, at, user_id, post_id, unit_id, verb, kind, object_id, digest)
  VALUES (line, moment, by_user, by_post, by_unit, what, of_kind, thing, mark);
 IF pinch IS NOT NULL THEN
  INSERT INTO kernel_journalvalues (line_id, salt, body, rows, person_id)
   VALUES (line, pinch, told, leaves, person);
 END IF;
 RETURN line;
END $$;
"""
UNDO = """DROP FUNCTION nj_record(
 timestamptz, bigint, bigint, bigint, text, text, bigint, bytea, bytea, text, bytea, bigint);"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0020_keys_of_persons")]
    operations = [migrations.RunSQL(RECORD, UNDO)]
