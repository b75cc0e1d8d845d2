"""A member is found by name, pinyin, initials or the tail of his mobile, inside the reader's scope only."""

from django.db import migrations

from niangjia.kernel.rls import RANGES, owned_by_search_role

FIND = "members_find(text, text, integer, text)"
INDEXES = """
CREATE INDEX members_membership_bigrams ON members_membership USING gin (nj_bigrams(name_key));
CREATE INDEX members_membership_initials ON members_membership (initials COLLATE "C", path);
CREATE INDEX members_membership_pinyin ON members_membership (pinyin COLLATE "C", path);
"""
NO_INDEXES = """DROP INDEX members_membership_bigrams; DROP INDEX members_membership_initials;
DROP INDEX members_membership_pinyin;"""
SQL = f"""
CREATE FUNCTION members_find(way text, needle text, how_many integer, under text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE scope text; fits text; BEGIN
 scope := format('f.path >= %L AND f.path < %L || ''~''', under, under)
  || CASE WHEN coalesce(current_setting('nj.more', true), '') = ''
   THEN format(' AND f.path >= %L AND f.path < %L', current_setting('nj.lo', true), current_setting('nj.hi', true))
   ELSE $range$ AND {RANGES.format(path="f.path")}$range$ END;
 fits := CASE way
  WHEN 'tail' THEN 'f.tail = $1'
  WHEN 'letters' THEN '(f.initials >= $1 COLLATE "C" AND f.initials < ($1 || ''~'') COLLATE "C"
   OR f.pinyin >= $1 COLLATE "C" AND f.pinyin < ($1 || ''~'') COLLATE "C")'
  ELSE 'position($1 IN f.name_key) > 0'
   || CASE WHEN length(needle) < 2 THEN '' ELSE ' AND nj_bigrams(f.name_key) @> nj_bigrams($1)' END END;
 RETURN QUERY EXECUTE 'SELECT f.id FROM members_membership AS f WHERE ' || fits || ' AND ' || scope || ' LIMIT $2'
  USING needle, how_many; END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0003_tallies")]
    operations = [
        migrations.RunSQL(INDEXES, NO_INDEXES),
        migrations.RunSQL(SQL, f"DROP FUNCTION {FIND};"),
        owned_by_search_role(FIND, table="members_membership"),
    ]
