from django.db import migrations

from niangjia.kernel.rls import copied_path, guard

TABLES = ("papers_content", "papers_attachment", "papers_series", "papers_paper")

CHECK = """
CREATE FUNCTION papers_checked(asked_number text, asked_code text)
RETURNS TABLE (number text, title text, issuer text, issued_on date, sha256 text, voided_at timestamptz, newer text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT p.number, p.title, p.issuer, p.issued_on, p.sha256, p.voided_at, n.number
  FROM papers_paper AS p LEFT JOIN papers_paper AS n ON n.replaces_id = p.id
  WHERE p.number = asked_number AND p.code = asked_code $$;
"""
"""What anybody learns who holds a paper's number and its code, and nobody else; never whom it concerns."""


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_begins"), ("tree", "0002_guards"), ("people", "0002_guards")]
    operations = [
        *(copied_path(table, column="unit_id") for table in TABLES),
        *(guard(table) for table in TABLES),
        migrations.RunSQL(CHECK, "DROP FUNCTION papers_checked(text, text);"),
    ]
