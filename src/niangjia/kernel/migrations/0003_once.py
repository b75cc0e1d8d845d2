from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_guards")]
    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "key",
                    models.BinaryField(
                        max_length=32, primary_key=True, serialize=False, verbose_name="表单钥"
                    ),
                ),
                ("content", models.BinaryField(max_length=32, verbose_name="内容指纹")),
                ("sealed", models.BinaryField(null=True, verbose_name="答复（密封）")),
                ("at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "表单答复",
                "indexes": [models.Index(fields=["at"], name="answer_at")],
            },
        ),
        migrations.CreateModel(
            name="Visits",
            fields=[
                (
                    "bucket",
                    models.BinaryField(
                        max_length=32, primary_key=True, serialize=False, verbose_name="来访者指纹"
                    ),
                ),
                ("ends_at", models.DateTimeField(verbose_name="窗口止")),
                ("count", models.PositiveIntegerField(verbose_name="次数")),
            ],
            options={
                "verbose_name": "来访次数",
                "indexes": [models.Index(fields=["ends_at"], name="visits_end")],
            },
        ),
    ]
