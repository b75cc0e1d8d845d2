from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0010_journal_proves_itself")]
    operations = [
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                (
                    "person_id",
                    models.BigIntegerField(primary_key=True, serialize=False, verbose_name="自然人编号"),
                ),
                ("county", models.BigIntegerField(verbose_name="县级组织编号")),
                ("generation", models.PositiveIntegerField(verbose_name="密钥代次")),
                ("wrapped", models.BinaryField(null=True, verbose_name="数据密钥（密封）")),
                ("shredded_at", models.DateTimeField(null=True, verbose_name="销毁时间")),
            ],
            options={
                "verbose_name": "个人数据密钥",
                "indexes": [models.Index(fields=["generation", "person_id"], name="person_key_generation")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shredded_at__isnull", False), ("wrapped", None)),
                            models.Q(("shredded_at", None), ("wrapped__isnull", False)),
                            _connector="OR",
                        ),
                        name="person_key_or_shredded",
                    )
                ],
            },
        ),
    ]
