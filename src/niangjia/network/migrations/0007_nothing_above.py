"""An officer's transaction no longer reads organisations above its scope: breadcrumbs take names from the tree."""

from django.db import migrations

from niangjia.kernel.rls import PUBLIC, RANGES, UP

RANGE = RANGES.format(path="path")
OPEN = PUBLIC.format(condition="status <> 'preparing'")


def _read(*ways: str) -> str:
    return f"ALTER POLICY nj_read ON network_organisation USING ({' OR '.join(ways)});"


class Migration(migrations.Migration):
    dependencies = [("network", "0006_counts_as_they_were")]
    operations = [
        migrations.RunSQL(_read(RANGE, OPEN), _read(RANGE, UP.format(path="path"), OPEN)),
    ]
