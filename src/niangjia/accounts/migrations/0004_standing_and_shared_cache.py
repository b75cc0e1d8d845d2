from django.db import migrations

from niangjia.kernel.rls import copied_path, guard

STANDING = """
CREATE FUNCTION accounts_standing(account bigint, day date) RETURNS TABLE (
 post_id bigint, role text, unit_id bigint, path text, unit_name text, title text, since date, until date,
 delegated_by text, delegated_role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT p.id, p.role, p.unit_id, u.path, u.name, p.title, p.since, p.until, coalesce(g.name, ''), coalesce(d.role, '')
 FROM accounts_post AS p JOIN tree_unit AS u ON u.id = p.unit_id
 LEFT JOIN accounts_post AS d ON d.id = p.delegated_from_id LEFT JOIN accounts_user AS g ON g.id = d.user_id
 WHERE p.user_id = account AND p.revoked_at IS NULL AND p.since <= day AND (p.until IS NULL OR p.until > day)
  AND (u.until IS NULL OR u.until > day)
  AND (d.id IS NULL OR (d.revoked_at IS NULL AND d.since <= day AND (d.until IS NULL OR d.until > day)
   AND g.is_active))
 ORDER BY u.path, p.id $$;
"""

CACHE = """
CREATE TABLE accounts_shared_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX accounts_shared_cache_expires ON accounts_shared_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_openings_and_withdrawn_posts"), ("tree", "0002_guards")]
    operations = [
        copied_path("accounts_opening", column="unit_id"),
        guard("accounts_opening", user="user_id"),
        migrations.RunSQL(STANDING, "DROP FUNCTION accounts_standing(bigint, date);"),
        migrations.RunSQL(CACHE, "DROP TABLE accounts_shared_cache;"),
    ]
