"""Migration operations that put row-level security beneath the query scope (house.md §3.4).

The web role owns nothing, so these policies bind it; the owner role (migrations, backup) passes.
A table without a declared scope setting answers with no rows: it fails closed.
"""

from django.conf import settings
from django.db import migrations

SEARCH_ROLE = "niangjia_search"

RANGES = """(({path} >= (SELECT current_setting('nj.lo', true))
  AND {path} < (SELECT current_setting('nj.hi', true)))
 OR EXISTS (SELECT 1 FROM unnest(string_to_array((SELECT current_setting('nj.more', true)), ',')) AS r
  WHERE {path} >= split_part(r, ':', 1) AND {path} < split_part(r, ':', 2)))"""

UP = "{path} = ANY (string_to_array((SELECT current_setting('nj.up', true)), ','))"
OWN = "{column} = NULLIF((SELECT current_setting('nj.own', true)), '')::bigint"
USER = "{column} = NULLIF((SELECT current_setting('nj.user', true)), '')::bigint"
ENDED = "{path} = ANY (string_to_array((SELECT current_setting('nj.ended', true)), ','))"
"""Unions that ended and whose heir the reader serves: to be read, never written (SC-8)."""
EVERY = "((SELECT current_setting('nj.lo', true)) = '' AND (SELECT current_setting('nj.hi', true)) <> '')"
"""The scope of the house itself: rows without a place are its alone."""
PUBLIC = "((SELECT current_setting('nj.public', true)) = 'on' AND ({condition}))"


def _policies(table: str, read: str, write: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY nj_read ON {table} FOR SELECT USING ({read});
CREATE POLICY nj_insert ON {table} FOR INSERT WITH CHECK ({write});
CREATE POLICY nj_update ON {table} FOR UPDATE USING ({write}) WITH CHECK ({write});
CREATE POLICY nj_delete ON {table} FOR DELETE USING ({write});
"""


def _undo(table: str) -> str:
    drops = "".join(f"DROP POLICY nj_{verb} ON {table};" for verb in ("read", "insert", "update", "delete"))
    return f"{drops} ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


def guard(
    table: str,
    *,
    path: str = "path",
    up: bool = False,
    own: str | None = None,
    user: str | None = None,
    public: str | None = None,
) -> migrations.RunSQL:
    """Guard a table that carries its own path column.

    `up` also shows the rows above the scope (names for breadcrumbs); `own` names the column that holds
    the person, `user` the account; `public` is the SQL condition of rows open to public pages.
    """
    ranges = RANGES.format(path=path)
    read = [ranges]
    read += [UP.format(path=path)] if up else []
    read += [OWN.format(column=own)] if own else []
    read += [USER.format(column=user)] if user else []
    read += [PUBLIC.format(condition=public)] if public else []
    return migrations.RunSQL(_policies(table, " OR ".join(read), ranges), _undo(table))


def guard_through(
    table: str, *, column: str, parent: str, key: str = "id", path: str = "path", public: str | None = None
) -> migrations.RunSQL:
    """Guard a table through the row it belongs to: `column` points at `parent.key`, which has the path."""
    ranges = RANGES.format(path=f"p.{path}")
    here = f"p.{key} = {table}.{column}"
    inside = f"EXISTS (SELECT 1 FROM {parent} AS p WHERE {here} AND {ranges})"
    read = f"{inside} OR {PUBLIC.format(condition=public)}" if public else inside
    return migrations.RunSQL(_policies(table, read, inside), _undo(table))


def read_by_heirs(
    table: str, *, column: str = "", parent: str = "", key: str = "id", path: str = "path"
) -> migrations.RunSQL:
    """Let whoever serves the heir of an ended union read the rows of that union; nothing else (SC-8).

    With `column` the union is found through `parent.key`, as in `guard_through`.
    """
    inside = ENDED.format(path=path)
    if parent:
        here = f"p.{key} = {table}.{column}"
        inside = f"EXISTS (SELECT 1 FROM {parent} AS p WHERE {here} AND {ENDED.format(path=f'p.{path}')})"
    return migrations.RunSQL(
        f"CREATE POLICY nj_heirs ON {table} FOR SELECT USING ({inside});", f"DROP POLICY nj_heirs ON {table};"
    )


def guard_account(table: str, *, user: str | None = None, path: str | None = None) -> migrations.RunSQL:
    """Guard a table of an account's own rows: `user` is the column that holds it, and it writes them too.

    `path`, if the rows have one, lets its scope read them; rows without a place are the house's alone.
    """
    write = f"{USER.format(column=user)} OR {EVERY}" if user else EVERY
    read = f"{write} OR {RANGES.format(path=path)}" if path else write
    return migrations.RunSQL(_policies(table, read, write), _undo(table))


def copied_path(table: str, *, column: str) -> migrations.RunSQL:
    """Keep `table.path` equal to today's path of the unit in `column`, at insert and when units move.

    The unit is read `FOR SHARE`: a row that is entered while its unit is being moved waits, and gets the new
    path; a move waits for rows that are being entered, and takes them along.
    """
    return migrations.RunSQL(
        f"""
CREATE FUNCTION {table}_path() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$ BEGIN
 SELECT path INTO NEW.path FROM tree_unit WHERE id = NEW.{column} FOR SHARE;
 RETURN NEW; END $$;
CREATE TRIGGER {table}_path BEFORE INSERT OR UPDATE OF {column} ON {table}
 FOR EACH ROW EXECUTE FUNCTION {table}_path();
CREATE FUNCTION {table}_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$ BEGIN
 UPDATE {table} AS t SET path = n.path FROM moved AS n
  WHERE t.{column} = n.id AND t.path IS DISTINCT FROM n.path;
 RETURN NULL; END $$;
CREATE TRIGGER {table}_follow AFTER UPDATE ON tree_unit REFERENCING NEW TABLE AS moved
 FOR EACH STATEMENT EXECUTE FUNCTION {table}_follow();
""",
        f"""DROP TRIGGER {table}_follow ON tree_unit; DROP FUNCTION {table}_follow();
DROP TRIGGER {table}_path ON {table}; DROP FUNCTION {table}_path();""",
    )


def append_only(table: str) -> migrations.RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE of a table for every role but the owner's own maintenance."""
    return migrations.RunSQL(
        f"""
CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
 FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();
""",
        f"DROP TRIGGER {table}_append_only ON {table}; DROP FUNCTION {table}_append_only();",
    )


def only_entered(table: str, *, by_owner: bool = False) -> migrations.RunSQL:
    """Let the web role enter rows of a table and never touch them again; `by_owner`: not even enter."""
    role = settings.DATABASES["default"]["USER"]
    verbs = "INSERT, UPDATE, DELETE, TRUNCATE" if by_owner else "UPDATE, DELETE, TRUNCATE"
    return migrations.RunSQL(
        f"REVOKE {verbs} ON {table} FROM {role};", f"GRANT INSERT, UPDATE, DELETE ON {table} TO {role};"
    )


def never_deleted(table: str) -> migrations.RunSQL:
    """Let the web role change rows of a table but never take one away: records are voided (R-G-10)."""
    role = settings.DATABASES["default"]["USER"]
    return migrations.RunSQL(
        f"REVOKE DELETE, TRUNCATE ON {table} FROM {role};", f"GRANT DELETE ON {table} TO {role};"
    )


def guard_journal(units: str) -> migrations.RunSQL:
    """Guard the journal: a line is read where its acting unit lies in the scope, and entered from everywhere.

    Lines of the system belong to the topmost unit. `journal_of` adds the lines that tell of a record which
    the reader may see, whoever wrote them.
    """
    ranges = RANGES.format(path="u.path")
    acting = f"EXISTS (SELECT 1 FROM {units} AS u WHERE u.id = unit_id AND {ranges})"
    topmost = f"EXISTS (SELECT 1 FROM {units} AS u WHERE u.parent_id IS NULL AND {ranges})"
    everywhere = (
        "(SELECT current_setting('nj.lo', true)) = '' AND (SELECT current_setting('nj.hi', true)) > ''"
    )
    read = f"{acting} OR (unit_id IS NULL AND {topmost}) OR ({everywhere})"
    return migrations.RunSQL(
        f"""
ALTER TABLE kernel_journalline ENABLE ROW LEVEL SECURITY;
CREATE POLICY nj_read ON kernel_journalline FOR SELECT USING ({read});
CREATE POLICY nj_insert ON kernel_journalline FOR INSERT WITH CHECK (true);
""",
        """DROP POLICY nj_read ON kernel_journalline; DROP POLICY nj_insert ON kernel_journalline;
ALTER TABLE kernel_journalline DISABLE ROW LEVEL SECURITY;""",
    )


def journal_of(
    kind: str, *, table: str, key: str = "id", path: str = "path", own: bool = False
) -> migrations.RunSQL:
    """Let whoever sees a row of `table` in the scope read the journal lines of that kind about it.

    `own`: a person may read the lines about himself. The row is looked for in a function of its own: planned
    once a session and only where a line of the kind is met. Written into the policy, all kinds together took
    12 ms to plan for every statement that reads the journal.
    """
    shown = f"nj_shows_{table}"
    reached = RANGES.format(path=f"t.{path}")
    there = f"EXISTS (SELECT 1 FROM {table} AS t WHERE t.{key} = object AND {reached})"
    mine = f" OR {OWN.format(column='object_id')}" if own else ""
    name = f"nj_of_{table}"
    return migrations.RunSQL(
        f"""
CREATE FUNCTION {shown}(object bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN
 RETURN {there}; END $$;
CREATE POLICY {name} ON kernel_journalline FOR SELECT
 USING (kind = '{kind}' AND ({shown}(object_id){mine}));
""",
        f"DROP POLICY {name} ON kernel_journalline; DROP FUNCTION {shown}(bigint);",
    )


def open_to_web_role() -> migrations.RunSQL:
    """Let the web role work with every table that the owner makes, now and later; it owns none of them."""
    role = settings.DATABASES["default"]["USER"]
    verbs = "SELECT, INSERT, UPDATE, DELETE ON"
    return migrations.RunSQL(
        f"""
GRANT USAGE ON SCHEMA public TO {role};
GRANT {verbs} ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {verbs} TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
""",
        migrations.RunSQL.noop,
    )


def owned_by_search_role(function: str, *, table: str) -> migrations.RunSQL:
    """Hand a finding function to the search role, which sees all of `table`; it applies the scope itself.

    Under row-level security the name index is refused (`LIKE`, `@>` are not leakproof: 160 times slower).
    Where the server has no search role, the owner keeps the function, which works alike.
    """
    return migrations.RunSQL(
        f"""
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{SEARCH_ROLE}'
  AND pg_has_role(current_user, oid, 'MEMBER')) THEN
 GRANT CREATE, USAGE ON SCHEMA public TO {SEARCH_ROLE};
 GRANT SELECT ON {table} TO {SEARCH_ROLE};
 CREATE POLICY nj_search ON {table} FOR SELECT TO {SEARCH_ROLE} USING (true);
 ALTER FUNCTION {function} OWNER TO {SEARCH_ROLE};
 REVOKE CREATE ON SCHEMA public FROM {SEARCH_ROLE};
END IF; END $$;
""",
        f"DROP POLICY IF EXISTS nj_search ON {table};",
    )
