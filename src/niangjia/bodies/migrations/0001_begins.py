import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

import niangjia.kernel.dated


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("network", "0002_guards"),
        ("people", "0002_guards"),
        ("tree", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Committee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="届次")),
                ("elected_on", models.DateField(null=True, verbose_name="选举日")),
                (
                    "approval_doc_no",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="批复文号"),
                ),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(verbose_name="届满日")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="committees",
                        to="network.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "委员会届次",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="committee_number_once"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("organisation", "="),
                            (
                                niangjia.kernel.dated.HalfOpenDays(
                                    models.F("since"), models.F("until"), models.Value("[)")
                                ),
                                "&&",
                            ),
                        ],
                        name="committee_one_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="committee_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitteePost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("chair", "主席"),
                            ("vice", "副主席"),
                            ("member", "委员"),
                            ("women_director", "女职工委员会主任"),
                            ("audit_chair", "经费审查委员会主任"),
                            ("organiser", "组织员"),
                        ],
                        max_length=20,
                        verbose_name="职务",
                    ),
                ),
                ("full_time", models.BooleanField(default=False, verbose_name="专职")),
                (
                    "relative_declared",
                    models.BooleanField(default=False, verbose_name="已声明非企业主要负责人近亲属"),
                ),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(null=True, verbose_name="止")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="bodies.committee",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="committee_posts",
                        to="network.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "委员会职务",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "chair")),
                        expressions=[
                            ("organisation", "="),
                            (
                                niangjia.kernel.dated.HalfOpenDays(
                                    models.F("since"), models.F("until"), models.Value("[)")
                                ),
                                "&&",
                            ),
                        ],
                        name="chair_one_a_day",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("organisation", "="),
                            ("person", "="),
                            ("kind", "="),
                            (
                                niangjia.kernel.dated.HalfOpenDays(
                                    models.F("since"), models.F("until"), models.Value("[)")
                                ),
                                "&&",
                            ),
                        ],
                        name="committee_person_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="committee_post_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Facility",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("service_station", "服务活动站"),
                            ("culture_centre", "职工文化活动中心"),
                            ("sports_centre", "职工文体中心"),
                            ("workers_home", "职工之家"),
                            ("drivers_home", "货运司机之家"),
                            ("outdoor_station", "户外劳动者服务站"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                (
                    "obtained_by",
                    models.CharField(
                        choices=[
                            ("built", "新建"),
                            ("extended", "扩建"),
                            ("converted", "改建"),
                            ("joint", "联建"),
                            ("rented", "租赁"),
                        ],
                        max_length=10,
                        verbose_name="取得方式",
                    ),
                ),
                ("area_m2", models.PositiveIntegerField(null=True, verbose_name="面积（平方米）")),
                (
                    "area_mu",
                    models.DecimalField(decimal_places=2, max_digits=8, null=True, verbose_name="面积（亩）"),
                ),
                ("rooms", models.JSONField(default=list, verbose_name="功能")),
                ("investment_fen", models.BigIntegerField(null=True, verbose_name="投入（分）")),
                (
                    "opening_hours",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="开放时间"),
                ),
                ("is_shared", models.BooleanField(default=False, verbose_name="共享给联合会各单位")),
                ("address", models.CharField(blank=True, default="", max_length=200, verbose_name="地址")),
                ("latitude", models.FloatField(null=True, verbose_name="纬度")),
                ("longitude", models.FloatField(null=True, verbose_name="经度")),
                ("since", models.DateField(verbose_name="启用日")),
                ("until", models.DateField(null=True, verbose_name="停用日")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facilities",
                        to="network.organisation",
                    ),
                ),
                (
                    "owner_employer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.employer",
                        verbose_name="产权单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "阵地",
                "indexes": [models.Index(fields=["path"], name="facility_path")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="facility_days",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Zone",
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
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("business_district", "商圈"),
                            ("park", "园区"),
                            ("office_building", "楼宇"),
                            ("area", "片区"),
                            ("featured_town", "特色小镇"),
                            ("village_community", "村社"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
                ("address", models.CharField(blank=True, default="", max_length=200, verbose_name="地址")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(null=True, verbose_name="止")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "division",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tree.division",
                        verbose_name="所在区划",
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tree.unit",
                        verbose_name="登记组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "区域",
                "indexes": [models.Index(fields=["path"], name="zone_path")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="zone_days",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ZoneEmployer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(null=True, verbose_name="止")),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.employer"
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bodies.zone"
                    ),
                ),
            ],
            options={
                "verbose_name": "区域内单位",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("zone", "="),
                            ("employer", "="),
                            (
                                niangjia.kernel.dated.HalfOpenDays(
                                    models.F("since"), models.F("until"), models.Value("[)")
                                ),
                                "&&",
                            ),
                        ],
                        name="zone_employer_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="zone_employer_days",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="zone",
            name="employers",
            field=models.ManyToManyField(
                related_name="zones", through="bodies.ZoneEmployer", to="network.employer"
            ),
        ),
    ]
