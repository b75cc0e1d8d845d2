"""Name search by bigram index: two-character names are found too, inside the reader's scope only (house.md §3.4)."""

from django.db import migrations

from niangjia.kernel.rls import RANGES, owned_by_search_role


def _find(table: str, *, key: str) -> migrations.RunSQL:
    ranges = RANGES.format(path="t.path")
    return migrations.RunSQL(
        f"""
CREATE INDEX {table}_bigrams ON {table} USING gin (nj_bigrams(name));
CREATE FUNCTION {table}_find(needle text, how_many integer) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT t.{key} FROM {table} AS t
 WHERE nj_bigrams(t.name) @> nj_bigrams(needle) AND position(lower(needle) IN lower(t.name)) > 0
  AND ((SELECT current_setting('nj.public', true)) = 'on' OR {ranges})
 ORDER BY length(t.name), t.path LIMIT how_many $$;
""",
        f"DROP FUNCTION {table}_find(text, integer); DROP INDEX {table}_bigrams;",
    )


class Migration(migrations.Migration):
    dependencies = [("network", "0003_tallies")]
    operations = [
        _find("network_organisation", key="unit_id"),
        owned_by_search_role("network_organisation_find(text, integer)", table="network_organisation"),
        _find("network_employer", key="id"),
        owned_by_search_role("network_employer_find(text, integer)", table="network_employer"),
    ]
