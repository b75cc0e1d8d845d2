"""A workflow kept by the database too: no role, by no statement, takes a step that the table does not know.

The guards that ask other tables stand in conditions of the migration that uses this (house.md §3.1, §3.4).
"""

from collections.abc import Iterable, Mapping

from django.db import migrations

from niangjia.kernel.workflow import Workflow


def only_steps(
    table: str,
    workflow: Workflow,
    *,
    starts: Iterable[str] = (),
    when: Mapping[str, str] | None = None,
    column: str = "state",
) -> migrations.RunSQL:
    """Refuse, for every role, a row that begins elsewhere than at the start, or a step not in the table.

    `starts` are further states in which a row may be entered. `when` holds, by the state that is entered, SQL
    over `NEW` and `OLD` that must be true; it runs with the rights of the owner, so that it sees every row.
    """
    first = ", ".join(f"'{state}'" for state in (workflow.start, *starts))
    pairs = sorted({(step.source, step.target) for step in workflow.steps})
    known = ", ".join(f"'{source}>{target}'" for source, target in pairs)
    asked = "".join(
        f"""
 IF NEW.{column} = '{state}' AND (TG_OP = 'INSERT' OR OLD.{column} IS DISTINCT FROM NEW.{column})
    AND NOT coalesce(({condition}), false) THEN
  RAISE EXCEPTION '{table}: % may not be {state} yet', NEW.id USING ERRCODE = 'check_violation'; END IF;"""
        for state, condition in (when or {}).items()
    )
    name = f"{table}_steps"
    return migrations.RunSQL(
        f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$ BEGIN
 IF TG_OP = 'INSERT' AND NEW.{column} NOT IN ({first}) THEN
  RAISE EXCEPTION '{table}: a row does not begin at %', NEW.{column} USING ERRCODE = 'check_violation';
 END IF;
 IF TG_OP = 'UPDATE' AND OLD.{column} IS DISTINCT FROM NEW.{column}
    AND OLD.{column} || '>' || NEW.{column} NOT IN ({known}) THEN
  RAISE EXCEPTION '{table}: no step leads from % to %', OLD.{column}, NEW.{column}
   USING ERRCODE = 'check_violation'; END IF;{asked}
 RETURN NEW; END $$;
CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
""",
        f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )
