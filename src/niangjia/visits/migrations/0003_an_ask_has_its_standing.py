"""What was asked for at the door never stands without what became of it: the record for the family prints it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("visits", "0002_guards")]
    operations = [
        migrations.AlterField(
            model_name="visitask",
            name="standing",
            field=models.JSONField(verbose_name="办理情况"),
        ),
        migrations.AddConstraint(
            model_name="visitask",
            constraint=models.CheckConstraint(
                condition=models.Q(standing__0__isnull=False, standing__1__isnull=False),
                name="visits_ask_has_its_standing",
            ),
        ),
    ]
