import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tree", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicNotice",
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
                ("token", models.CharField(max_length=16, unique=True, verbose_name="公示地址")),
                ("kind", models.CharField(max_length=30, verbose_name="类别")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                (
                    "about_kind",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="事项类别"),
                ),
                ("about_id", models.BigIntegerField(null=True, verbose_name="事项编号")),
                (
                    "place",
                    models.CharField(
                        choices=[("online", "平台"), ("board", "公示栏"), ("both", "平台和公示栏")],
                        max_length=8,
                        verbose_name="公示地点",
                    ),
                ),
                (
                    "board",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="公示栏位置"),
                ),
                ("columns", models.JSONField(verbose_name="栏目")),
                ("rows", models.JSONField(verbose_name="公示内容（已隐去）")),
                ("k", models.PositiveSmallIntegerField(verbose_name="至少隐于几人之中")),
                ("workdays", models.PositiveSmallIntegerField(verbose_name="公示工作日数")),
                ("starts_on", models.DateField(verbose_name="开始日")),
                ("ends_on", models.DateField(verbose_name="结束日（当天不再张贴）")),
                ("state", models.CharField(default="scheduled", max_length=24, verbose_name="状态")),
                ("closed_on", models.DateField(null=True, verbose_name="结束办理日")),
                (
                    "withdrawn_reason",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="撤下事由"),
                ),
                ("opened_by", models.BigIntegerField(null=True, verbose_name="安排账号")),
                ("opened_at", models.DateTimeField(verbose_name="安排时间")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
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
                "verbose_name": "公示",
                "indexes": [
                    models.Index(fields=["path", "id"], name="notice_path"),
                    models.Index(fields=["about_kind", "about_id"], name="notice_about"),
                    models.Index(fields=["state", "ends_on"], name="notice_state_days"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("place__in", ["online", "board", "both"])), name="notice_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "scheduled",
                                    "open",
                                    "closed_clear",
                                    "closed_with_objection",
                                    "resolved",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="notice_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="notice_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_on__gte", models.F("ends_on")),
                                ("closed_on__isnull", False),
                                ("state__in", ("closed_clear", "closed_with_objection", "resolved")),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("closed_clear", "closed_with_objection", "resolved")),
                                    _negated=True,
                                ),
                                ("closed_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="notice_never_closes_early",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(("withdrawn_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="notice_withdrawn_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("receipt", models.BinaryField(max_length=32, unique=True, verbose_name="回执指纹")),
                ("words", models.CharField(max_length=1000, verbose_name="异议内容")),
                ("signed", models.CharField(blank=True, default="", max_length=50, verbose_name="署名")),
                ("received_at", models.DateTimeField(verbose_name="收到时间")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "异议成立"), ("dismissed", "异议不成立")],
                        default="",
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("answer", models.CharField(blank=True, default="", max_length=1000, verbose_name="答复")),
                ("answered_by", models.BigIntegerField(null=True, verbose_name="答复账号")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="notices.publicnotice",
                    ),
                ),
            ],
            options={
                "verbose_name": "异议",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "upheld", "dismissed"])),
                        name="objection_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("outcome", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="objection_answered_whole",
                    ),
                ],
            },
        ),
    ]
