from django.db import migrations, models

from niangjia.kernel.rls import OWN, RANGES, guard

INSIDE = (
    "EXISTS (SELECT 1 FROM people_person AS p WHERE p.id = {table}.person_id AND "
    + RANGES.format(path="p.path")
    + ")"
)


def _own_and_keepers(table):
    """The person reads and writes the rows that hang on him; so does the scope of his keeper."""
    inside = INSIDE.format(table=table)
    both = f"{inside} OR {OWN.format(column='person_id')}"
    return migrations.RunSQL(
        f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY nj_read ON {table} FOR SELECT USING ({both});
CREATE POLICY nj_insert ON {table} FOR INSERT WITH CHECK ({both});
CREATE POLICY nj_update ON {table} FOR UPDATE USING ({both}) WITH CHECK ({both});
CREATE POLICY nj_delete ON {table} FOR DELETE USING ({inside});""",
        f"""DROP POLICY nj_read ON {table}; DROP POLICY nj_insert ON {table};
DROP POLICY nj_update ON {table}; DROP POLICY nj_delete ON {table};
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;""",
    )


PATHS = """
CREATE FUNCTION people_paths_of(ids bigint[]) RETURNS TABLE (person_id bigint, path text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT p.id, p.path FROM people_person AS p WHERE p.id = ANY (ids) $$;
"""

CONSENT = """
CREATE FUNCTION people_has_consent(who bigint, what text, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT EXISTS (SELECT 1 FROM people_consent AS c WHERE c.person_id = who AND c.purpose = what
  AND (c.given_at AT TIME ZONE 'Asia/Shanghai')::date <= day
  AND (c.withdrawn_at IS NULL OR (c.withdrawn_at AT TIME ZONE 'Asia/Shanghai')::date > day)) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_own_rows_and_finding"), ("kernel", "0020_keys_of_persons")]
    operations = [
        migrations.AddField(
            model_name="person",
            name="erased_at",
            field=models.DateTimeField(null=True, verbose_name="删除时间"),
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("publish_name", "公示和报道中公开全名"),
                            ("publish_photo", "公开照片"),
                            ("health", "使用健康信息"),
                            ("finance", "使用收入与银行账号"),
                            ("child", "使用未满十四周岁子女信息"),
                            ("share", "提供给承办机构"),
                        ],
                        max_length=30,
                        verbose_name="用途",
                    ),
                ),
                ("text_version", models.PositiveSmallIntegerField(verbose_name="告知书版本")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("self", "本人在线确认"),
                            ("paper", "本人签字的纸质同意书"),
                            ("guardian", "监护人签字的纸质同意书"),
                        ],
                        max_length=10,
                        verbose_name="同意方式",
                    ),
                ),
                (
                    "guardian",
                    models.CharField(blank=True, default="", max_length=50, verbose_name="监护人"),
                ),
                ("given_at", models.DateTimeField(verbose_name="同意时间")),
                ("given_by", models.BigIntegerField(null=True, verbose_name="登记账号")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
                ("withdrawn_by", models.BigIntegerField(null=True, verbose_name="撤回登记账号")),
                (
                    "person",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="consents", to="people.person"),
                ),
            ],
            options={
                "verbose_name": "个人信息同意",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["person", "purpose"],
                        condition=models.Q(("withdrawn_at", None)),
                        name="consent_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None),
                            ("withdrawn_at__gte", models.F("given_at")),
                            _connector="OR",
                        ),
                        name="consent_times",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonRequest",
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
                        choices=[("correct", "更正"), ("erase", "删除")],
                        max_length=10,
                        verbose_name="申请事项",
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("name", "姓名"),
                            ("sex", "性别"),
                            ("birth_date", "出生日期"),
                            ("ethnicity", "民族"),
                            ("document", "证件"),
                            ("mobile", "手机号"),
                            ("other", "其他"),
                        ],
                        blank=True,
                        default="",
                        max_length=20,
                        verbose_name="涉及内容",
                    ),
                ),
                ("wish", models.BinaryField(verbose_name="申请说明（密封）")),
                ("state", models.CharField(default="open", max_length=10, verbose_name="办理状态")),
                ("answer", models.TextField(blank=True, default="", verbose_name="答复")),
                ("made_at", models.DateTimeField(verbose_name="提出时间")),
                ("made_by", models.BigIntegerField(null=True, verbose_name="提出账号")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                ("decided_by", models.BigIntegerField(null=True, verbose_name="办理账号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "person",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="requests", to="people.person"),
                ),
            ],
            options={
                "verbose_name": "个人信息申请",
                "indexes": [models.Index(fields=["state", "id"], name="person_request_open")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["granted", "open", "refused", "taken_back"])),
                        name="person_request_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RevealAlarm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("user_id", models.BigIntegerField(verbose_name="账号")),
                ("path", models.CharField(db_collation="C", default="", max_length=96, verbose_name="路径")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("count", models.PositiveIntegerField(verbose_name="一小时内次数")),
                ("bound", models.PositiveIntegerField(verbose_name="上限")),
                ("seen_at", models.DateTimeField(null=True, verbose_name="核查时间")),
                ("seen_by", models.BigIntegerField(null=True, verbose_name="核查账号")),
                (
                    "finding",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="核查结论"),
                ),
            ],
            options={
                "verbose_name": "查看号码告警",
                "indexes": [models.Index(fields=["path", "id"], name="reveal_alarm_path")],
            },
        ),
        _own_and_keepers("people_consent"),
        _own_and_keepers("people_personrequest"),
        guard("people_revealalarm"),
        migrations.RunSQL(PATHS, "DROP FUNCTION people_paths_of(bigint[]);"),
        migrations.RunSQL(CONSENT, "DROP FUNCTION people_has_consent(bigint, text, date);"),
    ]
