import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from niangjia.kernel.rls import append_only, only_entered

LINE, VALUES = "kernel_journalline", "kernel_journalvalues"
SEALED = ("kernel_journalleaf", "kernel_journalnode", "kernel_journalhead")

CARRY_OVER = f"""
INSERT INTO {VALUES} (line_id, salt, body)
 SELECT id, uuid_send(gen_random_uuid()), jsonb_strip_nulls(jsonb_build_object(
  'before', nullif(before, '{{}}'), 'after', nullif(after, '{{}}'), 'reason', nullif(reason, '')))::text
 FROM {LINE} WHERE before <> '{{}}' OR after <> '{{}}' OR reason <> '';
ALTER TABLE {LINE} DISABLE TRIGGER USER;
UPDATE {LINE} AS l SET digest = sha256(v.salt || convert_to(v.body, 'UTF8'))
 FROM {VALUES} AS v WHERE v.line_id = l.id;
ALTER TABLE {LINE} ENABLE TRIGGER USER;
"""
CARRY_BACK = f"""
ALTER TABLE {LINE} DISABLE TRIGGER USER;
UPDATE {LINE} AS l SET before = coalesce(v.body::jsonb -> 'before', '{{}}'),
 after = coalesce(v.body::jsonb -> 'after', '{{}}'), reason = coalesce(v.body::jsonb ->> 'reason', '')
 FROM {VALUES} AS v WHERE v.line_id = l.id AND v.body IS NOT NULL;
ALTER TABLE {LINE} ENABLE TRIGGER USER;
"""

# A row of values may become a tombstone and nothing else; the only way there for the web role is the function.
TOMBSTONES = f"""
CREATE FUNCTION {VALUES}_tombstone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 IF NEW.line_id = OLD.line_id AND OLD.body IS NOT NULL AND NEW.body IS NULL AND NEW.salt IS NULL
  AND NEW.rows IS NULL AND NEW.person_id IS NULL AND NEW.erasure_id IS NOT NULL THEN RETURN NEW; END IF;
 RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER {VALUES}_tombstone BEFORE UPDATE ON {VALUES}
 FOR EACH ROW EXECUTE FUNCTION {VALUES}_tombstone();
CREATE FUNCTION {VALUES}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER {VALUES}_kept BEFORE DELETE OR TRUNCATE ON {VALUES}
 FOR EACH STATEMENT EXECUTE FUNCTION {VALUES}_kept();

CREATE FUNCTION nj_erase_values(
 person bigint, lines bigint[], by_user bigint, by_post bigint, by_unit bigint, moment timestamptz, why text
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found bigint[]; told text; pinch bytea := uuid_send(gen_random_uuid()); erasure bigint;
BEGIN
 SELECT array_agg(f.line_id ORDER BY f.line_id) INTO found FROM (
  SELECT v.line_id FROM {VALUES} AS v JOIN {LINE} AS l ON l.id = v.line_id
  WHERE (v.person_id = person OR v.line_id = ANY (lines)) AND v.body IS NOT NULL AND l.verb <> 'erase_values'
  FOR UPDATE OF v) AS f;
 IF found IS NULL THEN RETURN NULL; END IF;
 told := jsonb_build_object('after', jsonb_build_object('lines', to_jsonb(found)), 'reason', why)::text;
 INSERT INTO {LINE} (at, user_id, post_id, unit_id, verb, kind, object_id, digest)
  VALUES (moment, by_user, by_post, by_unit, 'erase_values', 'kernel.journal', NULL,
   sha256(pinch || convert_to(told, 'UTF8'))) RETURNING id INTO erasure;
 INSERT INTO {VALUES} (line_id, salt, body) VALUES (erasure, pinch, told);
 UPDATE {VALUES} SET salt = NULL, body = NULL, rows = NULL, person_id = NULL,
  erasure_id = erasure, erased_at = moment WHERE line_id = ANY (found);
 RETURN erasure;
END $$;
"""
NO_TOMBSTONES = f"""
DROP FUNCTION nj_erase_values(bigint, bigint[], bigint, bigint, bigint, timestamptz, text);
DROP TRIGGER {VALUES}_tombstone ON {VALUES}; DROP FUNCTION {VALUES}_tombstone();
DROP TRIGGER {VALUES}_kept ON {VALUES}; DROP FUNCTION {VALUES}_kept();
"""

GUARD = f"""
ALTER TABLE {VALUES} ENABLE ROW LEVEL SECURITY;
CREATE POLICY nj_read ON {VALUES} FOR SELECT USING (EXISTS (SELECT 1 FROM {LINE} AS l WHERE l.id = line_id));
CREATE POLICY nj_insert ON {VALUES} FOR INSERT WITH CHECK (true);
REVOKE EXECUTE ON FUNCTION nj_erase_values(bigint, bigint[], bigint, bigint, bigint, timestamptz, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nj_erase_values(bigint, bigint[], bigint, bigint, bigint, timestamptz, text)
 TO {settings.DATABASES["default"]["USER"]};
"""
NO_GUARD = f"""DROP POLICY nj_read ON {VALUES}; DROP POLICY nj_insert ON {VALUES};
ALTER TABLE {VALUES} DISABLE ROW LEVEL SECURITY;"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_once")]
    operations = [
        migrations.CreateModel(
            name="JournalLeaf",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="叶序")),
                ("line_id", models.BigIntegerField(unique=True, verbose_name="日志编号")),
                ("hash", models.BinaryField(max_length=32, verbose_name="叶指纹")),
            ],
            options={"verbose_name": "日志的叶"},
        ),
        migrations.CreateModel(
            name="JournalNode",
            fields=[
                ("place", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="位置")),
                ("hash", models.BinaryField(max_length=32, verbose_name="指纹")),
            ],
            options={"verbose_name": "日志的节点"},
        ),
        migrations.CreateModel(
            name="JournalHead",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="序号")),
                ("log", models.CharField(max_length=32, verbose_name="日志标识")),
                ("size", models.BigIntegerField(unique=True, verbose_name="叶数")),
                ("root", models.BinaryField(max_length=32, verbose_name="根")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("previous", models.BinaryField(max_length=32, verbose_name="上一个头的指纹")),
                ("key", models.BinaryField(max_length=32, verbose_name="公钥")),
                ("signature", models.BinaryField(max_length=64, verbose_name="签名")),
                ("last_line", models.BigIntegerField(verbose_name="最大日志编号")),
            ],
            options={
                "verbose_name": "日志头",
                "indexes": [models.Index(fields=["at"], name="journal_head_at")],
            },
        ),
        migrations.CreateModel(
            name="JournalValues",
            fields=[
                (
                    "line",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="kept",
                        serialize=False,
                        to="kernel.journalline",
                    ),
                ),
                ("salt", models.BinaryField(max_length=16, null=True, verbose_name="盐")),
                ("body", models.TextField(null=True, verbose_name="值")),
                ("rows", models.BinaryField(null=True, verbose_name="各行指纹")),
                ("person_id", models.BigIntegerField(null=True, verbose_name="关于哪个自然人")),
                ("erasure_id", models.BigIntegerField(null=True, verbose_name="删除它的日志")),
                ("erased_at", models.DateTimeField(null=True, verbose_name="删除时间")),
            ],
            options={
                "verbose_name": "日志的值",
                "indexes": [
                    models.Index(
                        condition=models.Q(("person_id__isnull", False)),
                        fields=["person_id"],
                        name="journal_person",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        name="journal_values_or_tombstone",
                        condition=models.Q(
                            ("body__isnull", False),
                            ("erased_at", None),
                            ("erasure_id", None),
                            ("salt__isnull", False),
                        )
                        | models.Q(
                            ("body", None),
                            ("erased_at__isnull", False),
                            ("erasure_id__isnull", False),
                            ("rows", None),
                            ("salt", None),
                        ),
                    )
                ],
            },
        ),
        migrations.AlterModelOptions(
            name="journalline", options={"base_manager_name": "objects", "verbose_name": "日志"}
        ),
        migrations.AddField(
            model_name="journalline",
            name="digest",
            field=models.BinaryField(max_length=32, null=True, verbose_name="值的指纹"),
        ),
        migrations.RunSQL(CARRY_OVER, CARRY_BACK),
        migrations.RemoveField(model_name="journalline", name="before"),
        migrations.RemoveField(model_name="journalline", name="after"),
        migrations.RemoveField(model_name="journalline", name="reason"),
        migrations.AddIndex(
            model_name="journalline", index=models.Index(fields=["unit_id", "id"], name="journal_unit")
        ),
        migrations.AddIndex(
            model_name="journalline", index=models.Index(fields=["at", "id"], name="journal_at")
        ),
        migrations.AddIndex(
            model_name="journalline", index=models.Index(fields=["verb", "id"], name="journal_verb")
        ),
        migrations.RunSQL(TOMBSTONES, NO_TOMBSTONES),
        migrations.RunSQL(GUARD, NO_GUARD),
        only_entered(LINE),
        only_entered(VALUES),
        *(
            operation
            for table in SEALED
            for operation in (append_only(table), only_entered(table, by_owner=True))
        ),
    ]
