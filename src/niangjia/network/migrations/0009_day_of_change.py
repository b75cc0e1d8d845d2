"""Changes of the roll-up carry their day; what a list is sorted by has its index, and blind spots are told from it alone."""

from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("network", "0008_past_days_fast")]
    operations = [
        migrations.RunSQL(
            "DELETE FROM network_tally; DELETE FROM network_tallydelta;", migrations.RunSQL.noop
        ),
        migrations.RemoveConstraint("tally", "tally_once"),
        migrations.AddField(
            "tally",
            "grain",
            models.CharField(
                "粒度", max_length=1, choices=[("d", "日"), ("m", "月"), ("y", "年")], default="d"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "tally", "day", models.DateField("起", default=date(2016, 1, 1)), preserve_default=False
        ),
        migrations.AlterField("tally", "amount", models.BigIntegerField("变化", default=0)),
        migrations.AddConstraint(
            "tally",
            models.UniqueConstraint(fields=["path", "grain", "day", "measure"], name="tally_once"),
        ),
        migrations.AddField(
            "tallydelta", "day", models.DateField("起", default=date(2016, 1, 1)), preserve_default=False
        ),
        migrations.AddField(
            "employer", "covered_since", models.DateField("不间断计入起", null=True, editable=False)
        ),
        migrations.AddIndex("employer", models.Index(fields=["name", "id"], name="employer_name")),
        migrations.RemoveIndex("employer", "employer_path"),
        migrations.AddIndex(
            "employer",
            models.Index(
                fields=["path", "id"], include=["since", "until", "covered_since"], name="employer_path"
            ),
        ),
        migrations.AddIndex("organisation", models.Index(fields=["name", "unit"], name="organisation_name")),
        migrations.AddIndex(
            "organisation", models.Index(fields=["established_on", "unit"], name="organisation_established")
        ),
    ]
