from django.db import migrations

from niangjia.kernel.rls import read_by_heirs

TABLES = ("papers_content", "papers_attachment", "papers_paper")


class Migration(migrations.Migration):
    dependencies = [("papers", "0002_guards")]
    operations = [read_by_heirs(table) for table in TABLES]
