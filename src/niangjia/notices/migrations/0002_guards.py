from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, guard_through

FUNCTIONS = """
CREATE FUNCTION notices_headline(asked text)
RETURNS TABLE (title text, unit_id bigint, unit text, state text, starts_on date, ends_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT n.title, n.unit_id, u.name, n.state, n.starts_on, n.ends_on
  FROM notices_publicnotice AS n JOIN tree_unit AS u ON u.id = n.unit_id
  WHERE n.token = asked AND n.state <> 'scheduled' $$;

CREATE FUNCTION notices_object(asked text, on_day date, digest bytea, said text, name text, moment timestamptz)
RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 INSERT INTO notices_objection (notice_id, receipt, words, signed, received_at, outcome, answer)
  SELECT id, digest, said, name, moment, '', '' FROM notices_publicnotice
   WHERE token = asked AND state = 'open' AND starts_on <= on_day AND on_day < ends_on FOR SHARE
  RETURNING notice_id $$;

CREATE FUNCTION notices_followed(digest bytea)
RETURNS TABLE (title text, unit text, received_at timestamptz, outcome text, answer text, answered_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT n.title, u.name, o.received_at, o.outcome, o.answer, o.answered_at
  FROM notices_objection AS o JOIN notices_publicnotice AS n ON n.id = o.notice_id
  JOIN tree_unit AS u ON u.id = n.unit_id WHERE o.receipt = digest $$;
"""
"""What the public may do beyond reading an open notice: know that it hung, object to it, follow an answer."""

UNDO = """DROP FUNCTION notices_followed(bytea);
DROP FUNCTION notices_object(text, date, bytea, text, text, timestamptz); DROP FUNCTION notices_headline(text);"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_begins"), ("tree", "0002_guards")]
    operations = [
        copied_path("notices_publicnotice", column="unit_id"),
        guard("notices_publicnotice", public="state = 'open'"),
        guard_through("notices_objection", column="notice_id", parent="notices_publicnotice"),
        migrations.RunSQL(FUNCTIONS, UNDO),
    ]
