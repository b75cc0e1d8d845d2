import django.db.models.deletion
from django.db import migrations, models

from niangjia.kernel.rls import guard_through

REPORTED = """
INSERT INTO campaigns_mention (target_id, roll, mentioned_at)
 SELECT id, 'reported', reported_at FROM campaigns_target;
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_guards")]
    operations = [
        migrations.AddField(
            "target",
            "blind",
            models.BinaryField(max_length=32, null=True, verbose_name="证件号码的盲索引"),
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("roll", models.CharField(max_length=40, verbose_name="名单")),
                ("mentioned_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="campaigns.target",
                        verbose_name="走访对象",
                    ),
                ),
            ],
            options={"verbose_name": "名单所列"},
        ),
        migrations.AddConstraint(
            "mention", models.UniqueConstraint(fields=("target", "roll"), name="target_mentioned_once")
        ),
        guard_through("campaigns_mention", column="target_id", parent="campaigns_target"),
        migrations.RunSQL(REPORTED, migrations.RunSQL.noop),
    ]
