from django.db import migrations

from niangjia.kernel.rls import read_by_heirs

ORGANISATION = {"column": "organisation_id", "parent": "network_organisation", "key": "unit_id"}


class Migration(migrations.Migration):
    dependencies = [("bodies", "0002_guards")]
    operations = [
        read_by_heirs("bodies_committee", **ORGANISATION),
        read_by_heirs("bodies_committeepost", **ORGANISATION),
    ]
