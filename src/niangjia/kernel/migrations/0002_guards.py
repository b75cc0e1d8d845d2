from django.db import migrations

from niangjia.kernel.rls import append_only, open_to_web_role

BIGRAMS = """
CREATE FUNCTION nj_bigrams(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
 SELECT coalesce(array_agg(DISTINCT substr(lower(name), i, 2)), '{}')
 FROM generate_series(1, greatest(length(name) - 1, 1)) AS i $$;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_begins")]
    operations = [
        append_only("kernel_journalline"),
        open_to_web_role(),
        migrations.RunSQL(BIGRAMS, "DROP FUNCTION nj_bigrams(text);"),
    ]
