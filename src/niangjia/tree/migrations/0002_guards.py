from django.db import migrations

from niangjia.kernel.rls import guard


class Migration(migrations.Migration):
    dependencies = [("tree", "0001_begins")]
    operations = [
        guard("tree_unit", up=True, public="true"),
    ]
