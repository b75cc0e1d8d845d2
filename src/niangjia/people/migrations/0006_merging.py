"""A second record of a person points at the one that goes on; finding and the person's own rows follow it."""

import django.db.models.deletion
from django.db import migrations, models

from niangjia.kernel.rls import OWN, RANGES

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public"
HELD = "EXISTS (SELECT 1 FROM people_person AS p WHERE p.id = {table}.person_id AND {whose})"
MINE = "p.id = {own} OR p.merged_into_id = {own}"
OWN_NUMBER = "NULLIF((SELECT current_setting('nj.own', true)), '')::bigint"


def _alter(table, new, old, verbs):
    """Policies of a table, changed and changed back; `verbs` are (policy, whether it is a check too)."""
    forms = {"read": "USING ({c})", "insert": "WITH CHECK ({c})", "update": "USING ({c}) WITH CHECK ({c})"}
    told = [
        "".join(f"ALTER POLICY nj_{verb} ON {table} {forms[verb].format(c=condition)};" for verb in verbs)
        for condition in (new, old)
    ]
    return migrations.RunSQL(*told)


def _hanging(table, *verbs):
    """The rows that hang on a record merged into the reader's own are his too."""
    inside = HELD.format(table=table, whose=RANGES.format(path="p.path"))
    mine = HELD.format(table=table, whose=MINE.format(own=OWN_NUMBER))
    old = f"{inside} OR {OWN.format(column='person_id')}"
    new = f"{old} OR ({OWN_NUMBER} IS NOT NULL AND {mine})"
    return _alter(table, new, old, verbs)


RANGES_OF_PERSON = RANGES.format(path="path")
OWN_RECORD = f"{RANGES_OF_PERSON} OR {OWN.format(column='id')}"
RECORDS = f"""
CREATE FUNCTION people_records_of(who bigint) RETURNS SETOF bigint LANGUAGE sql STABLE {DEFINER} AS $$
 SELECT p.id FROM people_person AS p WHERE p.id = who OR p.merged_into_id = who ORDER BY p.id <> who, p.id $$;
CREATE FUNCTION people_survivors_of(ids bigint[]) RETURNS TABLE (person_id bigint, survivor bigint)
LANGUAGE sql STABLE {DEFINER} AS $$
 SELECT p.id, p.merged_into_id FROM people_person AS p WHERE p.id = ANY (ids) AND p.merged_into_id IS NOT NULL $$;
"""
NO_RECORDS = "DROP FUNCTION people_records_of(bigint); DROP FUNCTION people_survivors_of(bigint[]);"
HOLDER = """
CREATE OR REPLACE FUNCTION people_holder_of(number_index bytea) RETURNS TABLE (person_id bigint, keeper text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT {who}, u.name FROM people_identitydocument AS d JOIN people_person AS p ON p.id = d.person_id
 JOIN tree_unit AS u ON u.id = p.keeper_id WHERE d.blind = number_index ORDER BY d.since DESC LIMIT 1 $$;
"""
MOBILE = """
CREATE OR REPLACE FUNCTION people_with_mobile(mobile_index bytea, day date) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT DISTINCT {who} FROM people_contact AS c JOIN people_person AS p ON p.id = c.person_id
 WHERE c.blind = mobile_index AND c.since <= day AND (c.until IS NULL OR c.until > day) AND p.deceased_on IS NULL $$;
"""
CONFIRM = """
CREATE OR REPLACE FUNCTION people_confirm_mobile(who bigint, mobile_index bytea, moment timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 UPDATE people_contact SET verified_at = moment
 WHERE {who} AND blind = mobile_index AND until IS NULL AND verified_at IS NULL $$;
"""
CONSENT = """
CREATE OR REPLACE FUNCTION people_has_consent(who bigint, what text, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT EXISTS (SELECT 1 FROM people_consent AS c WHERE {who} AND c.purpose = what
  AND (c.given_at AT TIME ZONE 'Asia/Shanghai')::date <= day
  AND (c.withdrawn_at IS NULL OR (c.withdrawn_at AT TIME ZONE 'Asia/Shanghai')::date > day)) $$;
"""
SURVIVOR, ITSELF = "coalesce(p.merged_into_id, p.id)", "p.id"
EITHER = "person_id IN (SELECT people_records_of(who))"
ANY_RECORD = (
    "c.person_id IN (SELECT people_records_of(coalesce("
    "(SELECT p.merged_into_id FROM people_person AS p WHERE p.id = who), who)))"
)


class Migration(migrations.Migration):
    dependencies = [("people", "0005_rights_of_persons")]
    operations = [
        migrations.AddField(
            model_name="person",
            name="merged_into",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="people.person",
                verbose_name="并入的资料",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="person_not_into_himself",
            ),
        ),
        migrations.RunSQL(RECORDS, NO_RECORDS),
        migrations.RunSQL(HOLDER.format(who=SURVIVOR), HOLDER.format(who=ITSELF)),
        migrations.RunSQL(MOBILE.format(who=SURVIVOR), MOBILE.format(who=ITSELF)),
        migrations.RunSQL(CONFIRM.format(who=EITHER), CONFIRM.format(who="person_id = who")),
        migrations.RunSQL(CONSENT.format(who=ANY_RECORD), CONSENT.format(who="c.person_id = who")),
        _alter(
            "people_person",
            f"{OWN_RECORD} OR {OWN.format(column='merged_into_id')}",
            OWN_RECORD,
            ("read",),
        ),
        *(
            _hanging(table, "read")
            for table in ("people_identitydocument", "people_contact", "people_outsidepost")
        ),
        _hanging("people_consent", "read", "insert", "update"),
        _hanging("people_personrequest", "read", "insert", "update"),
    ]
