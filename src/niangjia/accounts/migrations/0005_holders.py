from django.db import migrations

HOLDERS = """
CREATE FUNCTION accounts_holders(units bigint[], day date) RETURNS TABLE (
 post_id bigint, unit_id bigint, unit_name text, user_id bigint, person_id bigint, name text, title text, role text,
 delegated_role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT p.id, p.unit_id, u.name, a.id, a.person_id, a.name, p.title, p.role, coalesce(d.role, '')
 FROM accounts_post AS p JOIN tree_unit AS u ON u.id = p.unit_id JOIN accounts_user AS a ON a.id = p.user_id
 LEFT JOIN accounts_post AS d ON d.id = p.delegated_from_id LEFT JOIN accounts_user AS g ON g.id = d.user_id
 WHERE p.unit_id = ANY (units) AND p.revoked_at IS NULL AND p.since <= day AND (p.until IS NULL OR p.until > day)
  AND a.is_active
  AND (d.id IS NULL OR (d.revoked_at IS NULL AND d.since <= day AND (d.until IS NULL OR d.until > day)
   AND g.is_active))
 ORDER BY p.unit_id, p.id $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_standing_and_shared_cache")]
    operations = [migrations.RunSQL(HOLDERS, "DROP FUNCTION accounts_holders(bigint[], date);")]
