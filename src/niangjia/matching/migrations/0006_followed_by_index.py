"""The triggers that follow papers and mobiles look persons up by index too, whatever a session planned before."""

from django.db import migrations

FUNCTIONS = ("members_follow_came()", "members_follow_went()", "members_follow_person()")


class Migration(migrations.Migration):
    dependencies = [("matching", "0005_known_by_index")]
    operations = [
        migrations.RunSQL(
            "".join(f"ALTER FUNCTION {name} SET enable_seqscan = off;" for name in FUNCTIONS),
            "".join(f"ALTER FUNCTION {name} RESET enable_seqscan;" for name in FUNCTIONS),
        )
    ]
