import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0004_own_rows_and_finding"),
        ("tree", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Content",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        db_collation="C", default="", editable=False, max_length=96, verbose_name="路径"
                    ),
                ),
                ("body", models.BinaryField(verbose_name="内容")),
                ("size", models.PositiveIntegerField(verbose_name="字节数")),
                ("sha256", models.CharField(max_length=64, verbose_name="指纹")),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tree.unit",
                        verbose_name="组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "文件内容",
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        db_collation="C", default="", editable=False, max_length=96, verbose_name="路径"
                    ),
                ),
                ("about_kind", models.CharField(max_length=60, verbose_name="事项类别")),
                ("about_id", models.BigIntegerField(verbose_name="事项编号")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("decision", "批复、文件"),
                            ("application", "申请材料"),
                            ("evidence", "证明材料"),
                            ("photo", "照片"),
                            ("signed", "签字盖章的扫描件"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("name", models.CharField(max_length=130, verbose_name="文件名")),
                ("media_type", models.CharField(max_length=100, verbose_name="类型")),
                ("given_sha256", models.CharField(max_length=64, verbose_name="上传时的指纹")),
                ("width", models.PositiveIntegerField(null=True, verbose_name="宽")),
                ("height", models.PositiveIntegerField(null=True, verbose_name="高")),
                ("attached_by", models.BigIntegerField(null=True, verbose_name="上传账号")),
                ("attached_at", models.DateTimeField(verbose_name="上传时间")),
                ("voided_by", models.BigIntegerField(null=True, verbose_name="作废账号")),
                ("voided_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                ("void_reason", models.CharField(default="", max_length=500, verbose_name="作废事由")),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tree.unit",
                        verbose_name="组织",
                    ),
                ),
                (
                    "content",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.content"
                    ),
                ),
                (
                    "thumb",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="papers.content",
                    ),
                ),
            ],
            options={
                "verbose_name": "附件",
                "indexes": [
                    models.Index(fields=["about_kind", "about_id"], name="attachment_about"),
                    models.Index(fields=["path", "id"], name="attachment_path"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["decision", "application", "evidence", "photo", "signed", "other"])
                        ),
                        name="attachment_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at", None)),
                            models.Q(
                                ("voided_at__isnull", False), models.Q(("void_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="attachment_voided",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("about_kind", "about_id", "given_sha256"),
                        name="attachment_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        db_collation="C", default="", editable=False, max_length=96, verbose_name="路径"
                    ),
                ),
                ("template", models.CharField(max_length=60, verbose_name="模板")),
                ("edition", models.CharField(max_length=16, verbose_name="模板版本")),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                ("issuer", models.CharField(max_length=120, verbose_name="出具组织")),
                ("series", models.CharField(max_length=12, verbose_name="字头")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("sequence", models.PositiveIntegerField(verbose_name="序号")),
                ("number", models.CharField(max_length=60, unique=True, verbose_name="编号")),
                ("code", models.CharField(max_length=12, verbose_name="校验码")),
                ("about_kind", models.CharField(max_length=60, verbose_name="事项类别")),
                ("about_id", models.BigIntegerField(verbose_name="事项编号")),
                ("sha256", models.CharField(max_length=64, verbose_name="PDF 指纹")),
                ("issued_on", models.DateField(verbose_name="出具日")),
                ("issued_by", models.BigIntegerField(null=True, verbose_name="出具账号")),
                ("issued_at", models.DateTimeField(verbose_name="出具时间")),
                ("voided_by", models.BigIntegerField(null=True, verbose_name="作废账号")),
                ("voided_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                ("void_reason", models.CharField(default="", max_length=500, verbose_name="作废事由")),
                (
                    "pdf",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.content"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="papers.paper",
                    ),
                ),
                (
                    "told",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="papers.content",
                        verbose_name="所填内容",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tree.unit",
                        verbose_name="组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "文书",
                "indexes": [
                    models.Index(fields=["about_kind", "about_id"], name="paper_about"),
                    models.Index(fields=["path", "id"], name="paper_path"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at", None)),
                            models.Q(
                                ("voided_at__isnull", False), models.Q(("void_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="paper_voided",
                    ),
                    models.UniqueConstraint(
                        fields=("unit", "series", "year", "sequence"), name="paper_sequence"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        db_collation="C", default="", editable=False, max_length=96, verbose_name="路径"
                    ),
                ),
                ("name", models.CharField(max_length=12, verbose_name="字头")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("last", models.PositiveIntegerField(verbose_name="已用到")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tree.unit",
                        verbose_name="组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "文书编号",
                "constraints": [models.UniqueConstraint(fields=("unit", "name", "year"), name="series_once")],
            },
        ),
    ]
