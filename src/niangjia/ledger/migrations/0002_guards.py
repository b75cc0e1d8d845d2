from django.conf import settings
from django.db import migrations

from niangjia.kernel.rls import (
    RANGES,
    append_only,
    copied_path,
    guard,
    guard_through,
    only_entered,
    read_by_heirs,
)

BOOK = "ledger_book"
PARTS = ("account", "fund", "bookyear", "entry", "posting", "balance", "voucher")
KEPT = ("entry", "posting")
"""What is entered once and never touched again."""
STAYING = ("book", "account", "fund", "bookyear", "balance")
"""What entries and lines point at."""

REACHED = f"""{RANGES.format(path="b.path")}
   AND EXISTS (SELECT 1 FROM unnest(string_to_array(ranges, ',')) AS r
    WHERE b.path >= split_part(r, ':', 1) AND b.path < split_part(r, ':', 2))"""
DEFINER = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public SET enable_seqscan = off"
"""Plans are made once and kept: made while a table is small, they must not read it whole when it is large."""

HELD = f"""
 PERFORM pg_advisory_xact_lock(hashtextextended('ledger_book', of_book));
 SELECT b.opened_on, b.closed_through, b.ended_on INTO seen FROM ledger_book AS b
  WHERE b.id = of_book AND {REACHED};
 IF NOT FOUND THEN
  RAISE EXCEPTION 'the book is out of reach' USING ERRCODE = 'insufficient_privilege'; END IF;
 IF low < seen.opened_on OR low <= seen.closed_through OR high > seen.ended_on THEN
  RAISE EXCEPTION 'the book is not open on that day'
   USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_in_an_open_book'; END IF;
"""
"""The book is held until the transaction ends, if it lies in reach and is open on the days."""

FITS = """(NOT a.by_order OR p.fen < 0 OR {kind} IN ('contra', 'close')
     OR ({kind} = 'payment' AND {about} IS NOT NULL))
    AND ({kind} <> 'close' OR a.klass IN ('income', 'expense', 'net'))
    AND ({kind} <> 'opening' OR a.klass IN ('asset', 'liability', 'net'))
    AND {day} >= f.since AND (f.until IS NULL OR {day} < f.until OR {kind} IN ('contra', 'close'))"""
"""Whether a line may stand in an entry of that kind, business and day: an account `by_order` is debited by a
payment that names its order; a closing entry touches no asset; the fund is open, or money comes back to it."""

LINES = """
 WITH seen AS MATERIALIZED (
  SELECT {entry} AS entry_id, p.line::smallint, a.id AS account_id, f.id AS fund_id, p.fen, p.source,
   f.restricted AND a.klass = 'asset' AS floor, {fits} AS good
  FROM {told}
  JOIN ledger_account AS a ON a.book_id = of_book AND a.code = p.account
  JOIN ledger_fund AS f ON f.book_id = of_book AND f.code = p.fund),
 put AS (
  INSERT INTO ledger_posting (book_id, entry_id, line, account_id, fund_id, fen, source)
  SELECT of_book, entry_id, line, account_id, fund_id, fen, coalesce(source, '') FROM seen),
 kept AS (
  INSERT INTO ledger_balance AS b (book_id, account_id, fund_id, fen, postings, floor)
  SELECT of_book, account_id, fund_id, sum(fen), count(*), floor FROM seen
   GROUP BY account_id, fund_id, floor ORDER BY account_id, fund_id
  ON CONFLICT (account_id, fund_id) DO UPDATE
   SET fen = b.fen + EXCLUDED.fen, postings = b.postings + EXCLUDED.postings
  RETURNING b.fund_id, b.floor AND b.fen < 0 AS short)
 SELECT count(*), count(*) FILTER (WHERE good), (SELECT min(k.fund_id) FROM kept AS k WHERE k.short)
  INTO told_lines, fitting, short FROM seen;
 IF told_lines <> cardinality(fens) THEN
  RAISE EXCEPTION 'an account or a fund is not in the book'
   USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_posting_known'; END IF;
 IF fitting <> told_lines THEN
  RAISE EXCEPTION 'a line does not fit its entry: account, fund, day or kind'
   USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_posting_fits'; END IF;
"""
"""The lines are put, with account and fund of the same book, and the balances are kept with them."""

ENTER = f"""
CREATE FUNCTION ledger_enter(
 of_book bigint, ranges text, day date, of_kind text, told text, of_about text, of_about_id bigint, once text,
 contra bigint, why text, erratum int, maker bigint, checker bigint, moment timestamptz,
 accounts text[], funds text[], fens bigint[], sources text[], by_post bigint, by_unit bigint, by_user bigint,
 verb text, sort text, mark bytea, pinch bytea, body text,
 OUT entry bigint, OUT place int, OUT known bigint, OUT short bigint)
{DEFINER} AS $$
DECLARE
 low date := day;
 high date := day;
 of_year int := extract(year FROM day);
 seen record;
 told_lines int;
 fitting int;
BEGIN
 {HELD}
 PERFORM set_config('nj.entering', 'on', true);
 LOOP
  INSERT INTO ledger_entry (book_id, year, number, entered_on, kind, words, lines, about_kind, about_id, key,
    contra_of_id, reason, erratum_year, made_by, checked_by, posted_at)
   SELECT of_book, of_year, y.last_number + 1, day, of_kind, told, cardinality(fens), of_about, of_about_id, once,
    contra, why, erratum, maker, checker, moment
   FROM ledger_bookyear AS y WHERE y.book_id = of_book AND y.year = of_year
   ON CONFLICT (key, book_id) DO NOTHING RETURNING id, number INTO entry, place;
  EXIT WHEN FOUND;
  SELECT e.id INTO known FROM ledger_entry AS e WHERE e.book_id = of_book AND e.key = once;
  IF FOUND THEN PERFORM set_config('nj.entering', '', true); RETURN; END IF;
  INSERT INTO ledger_bookyear (book_id, year, last_number) VALUES (of_book, of_year, 0);
 END LOOP;
 PERFORM set_config('nj.entering', '', true);
 UPDATE ledger_bookyear AS y SET last_number = place WHERE y.book_id = of_book AND y.year = of_year;
 {
    LINES.format(
        entry="ledger_enter.entry",
        told="unnest(accounts, funds, fens, sources) WITH ORDINALITY AS p (account, fund, fen, source, line)",
        fits=FITS.format(kind="of_kind", about="of_about_id", day="day"),
    )
}
 PERFORM nj_record(moment, by_user, by_post, by_unit, verb, sort, entry, mark, pinch, body, NULL, NULL);
END $$;
"""
"""The one way into the books: an entry with its lines, numbered while the book is held, and its journal line.

`ranges` is how far the permission of the writer reaches; `known` is an entry that bears the key already: then
nothing is entered. `short` is a restricted fund that runs short; COMMIT would refuse it, too.
"""

ENTER_MANY = f"""
CREATE FUNCTION ledger_enter_many(
 of_book bigint, ranges text, days date[], kinds text[], told text[], about_kinds text[], about_ids bigint[],
 keys text[], reasons text[], errata int[], maker bigint, checker bigint, moment timestamptz, counts int[], places int[],
 at_lines int[], accounts text[], funds text[], fens bigint[], sources text[],
 OUT ids bigint[], OUT numbers int[], OUT short bigint)
{DEFINER} AS $$
DECLARE
 low date := (SELECT min(d) FROM unnest(days) AS d);
 high date := (SELECT max(d) FROM unnest(days) AS d);
 seen record;
 told_lines int;
 fitting int;
BEGIN
 {HELD}
 INSERT INTO ledger_bookyear (book_id, year, last_number)
  SELECT DISTINCT of_book, extract(year FROM d)::int, 0 FROM unnest(days) AS d
  ON CONFLICT (book_id, year) DO NOTHING;
 PERFORM set_config('nj.entering', 'on', true);
 WITH told_entry AS MATERIALIZED (
  SELECT nextval('ledger_entry_id_seq') AS id, n.* FROM (
   SELECT e.*, y.year, y.last_number + row_number() OVER (PARTITION BY y.year ORDER BY e.place) AS number
   FROM unnest(days, kinds, told, counts, about_kinds, about_ids, keys, reasons, errata) WITH ORDINALITY
    AS e (day, kind, words, lines, about_kind, about_id, key, reason, erratum, place)
   JOIN ledger_bookyear AS y ON y.book_id = of_book AND y.year = extract(year FROM e.day)::int
   ORDER BY e.place) AS n),
 put AS (
  INSERT INTO ledger_entry (id, book_id, year, number, entered_on, kind, words, lines, about_kind, about_id, key,
   contra_of_id, reason, erratum_year, made_by, checked_by, posted_at)
  SELECT id, of_book, year, number, day, kind, words, lines, coalesce(about_kind, ''), about_id, key, NULL,
   coalesce(reason, ''), erratum, maker, checker, moment FROM told_entry)
 SELECT array_agg(e.id ORDER BY e.place), array_agg(e.number ORDER BY e.place) INTO ids, numbers FROM told_entry AS e;
 PERFORM set_config('nj.entering', '', true);
 UPDATE ledger_bookyear AS y SET last_number = y.last_number + e.n
  FROM (SELECT extract(year FROM d)::int AS year, count(*) AS n FROM unnest(days) AS d GROUP BY 1) AS e
  WHERE y.book_id = of_book AND y.year = e.year;
 {
    LINES.format(
        entry="e.id",
        told=(
            "unnest(places, at_lines, accounts, funds, fens, sources) "
            "AS p (place, line, account, fund, fen, source) JOIN ledger_entry AS e ON e.id = ids[p.place]"
        ),
        fits=FITS.format(kind="e.kind", about="e.about_id", day="e.entered_on"),
    )
}
END $$;
"""
"""The same for many entries at once, without the journal line; all of them, or none where a key is known."""

EVEN = """
 SELECT count(*) INTO even FROM ledger_entry AS e CROSS JOIN LATERAL (
  SELECT bool_and(f.total = 0) AS even, sum(f.n) AS n
  FROM (SELECT count(*) AS n, sum(fen) AS total FROM ledger_posting AS p WHERE p.entry_id = e.id
   GROUP BY p.fund_id) AS f) AS sums
 WHERE {which} AND sums.even AND sums.n = e.lines;
 IF even <> {many} THEN
  RAISE EXCEPTION 'an entry does not balance in every fund, or the numbers have a gap'
   USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_balanced'; END IF;
"""
"""Asked entry by entry: the lines of one are found by its number, however many there are of others."""
BALANCED = f"""
CREATE FUNCTION ledger_bookyear_balanced() RETURNS trigger {DEFINER} AS $$
DECLARE even bigint;
BEGIN
{
    EVEN.format(
        which=(
            "e.book_id = NEW.book_id AND e.year = NEW.year "
            "AND e.number > OLD.last_number AND e.number <= NEW.last_number"
        ),
        many="NEW.last_number - OLD.last_number",
    )
}
 RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER ledger_bookyear_balanced AFTER UPDATE OF last_number ON ledger_bookyear
 DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_bookyear_balanced();

CREATE FUNCTION ledger_entry_balanced() RETURNS trigger {DEFINER} AS $$
DECLARE even bigint;
BEGIN
{EVEN.format(which="e.id = NEW.id", many="1")}
 RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER ledger_entry_balanced AFTER INSERT ON ledger_entry
 DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
 WHEN (current_setting('nj.entering', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION ledger_entry_balanced();

CREATE FUNCTION ledger_entry_exact() RETURNS trigger {DEFINER} AS $$
BEGIN
 IF NOT EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.contra_of_id AND book_id = NEW.book_id
    AND kind NOT IN ('contra', 'close') AND id < NEW.id)
   OR EXISTS (SELECT 1 FROM ledger_posting WHERE entry_id IN (NEW.id, NEW.contra_of_id)
    GROUP BY account_id, fund_id HAVING sum(fen) <> 0) THEN
  RAISE EXCEPTION 'entry % does not take back exactly what it is the contra of', NEW.id
   USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_contra_exact'; END IF;
 RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER ledger_entry_exact AFTER INSERT ON ledger_entry
 DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.contra_of_id IS NOT NULL)
 EXECUTE FUNCTION ledger_entry_exact();
"""
"""At commit every entry sums to nought in every fund, and a contra entry to nought with what it reverses.

What `ledger_enter` enters moves the counter of its year, and the counter asks for all numbers it passed at once,
which costs a batch a third of asking for each; what is entered in any other way is asked for one by one.
"""

FLOOR = """
CREATE FUNCTION ledger_balance_floor() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
 IF EXISTS (SELECT 1 FROM ledger_balance WHERE id = NEW.id AND fen < 0) THEN
  RAISE EXCEPTION 'a restricted fund would run short'
   USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_restricted_never_negative'; END IF;
 RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER ledger_balance_floor AFTER INSERT OR UPDATE ON ledger_balance
 DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.floor AND NEW.fen < 0) EXECUTE FUNCTION ledger_balance_floor();
"""
"""At commit no asset of a restricted fund is below nought."""

MEMO = """
CREATE FUNCTION ledger_fund_memo() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
 IF (NEW.kind = 'external_treasury') <> (SELECT memo FROM ledger_book WHERE id = NEW.book_id) THEN
  RAISE EXCEPTION 'other people''s money stands in a memo book, own money never'
   USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_fund_memo'; END IF;
 RETURN NEW; END $$;
CREATE TRIGGER ledger_fund_memo BEFORE INSERT ON ledger_fund FOR EACH ROW EXECUTE FUNCTION ledger_fund_memo();
"""

CLOSED = """
CREATE FUNCTION ledger_bookyear_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
 RAISE EXCEPTION 'a closed year stays as it is'
  USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ledger_year_stays_closed'; END $$;
CREATE TRIGGER ledger_bookyear_closed BEFORE UPDATE ON ledger_bookyear
 FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION ledger_bookyear_closed();
"""

STAYS = """
CREATE FUNCTION ledger_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 RAISE EXCEPTION '% are never deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
""" + "".join(
    f"CREATE TRIGGER ledger_{part}_stays BEFORE DELETE OR TRUNCATE ON ledger_{part} "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_stays();"
    for part in STAYING
)
STAYS_UNDO = (
    "".join(f"DROP TRIGGER ledger_{part}_stays ON ledger_{part};" for part in STAYING)
    + "DROP FUNCTION ledger_stays();"
)

TRIGGERS = ( ("bookyear", "balanced"), ("entry", "balanced"), ("entry", "exact"), ("balance", "floor"), ("fund", "memo"),
    ("bookyear", "closed"),
)  # fmt: skip
UNDO = "".join(
    f"DROP TRIGGER ledger_{table}_{name} ON ledger_{table}; DROP FUNCTION ledger_{table}_{name}();"
    for table, name in TRIGGERS
)

JOURNAL = f"""
CREATE FUNCTION nj_shows_ledger_entry(object bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN
 RETURN EXISTS (SELECT 1 FROM ledger_entry AS e JOIN ledger_book AS b ON b.id = e.book_id
  WHERE e.id = object AND {RANGES.format(path="b.path")}); END $$;
CREATE FUNCTION nj_shows_ledger_voucher(object bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN
 RETURN EXISTS (SELECT 1 FROM ledger_voucher AS v JOIN ledger_book AS b ON b.id = v.book_id
  WHERE v.id = object AND {RANGES.format(path="b.path")}); END $$;
CREATE FUNCTION nj_shows_ledger_book(object bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN
 RETURN EXISTS (SELECT 1 FROM ledger_book AS b WHERE b.id = object AND {RANGES.format(path="b.path")}); END $$;
""" + "".join(
    f"CREATE POLICY nj_of_ledger_{kind} ON kernel_journalline FOR SELECT "
    f"USING (kind = 'ledger.{kind}' AND nj_shows_ledger_{kind}(object_id));"
    for kind in ("entry", "voucher", "book")
)
JOURNAL_UNDO = "".join(
    f"DROP POLICY nj_of_ledger_{kind} ON kernel_journalline; DROP FUNCTION nj_shows_ledger_{kind}(bigint);"
    for kind in ("entry", "voucher", "book")
)


def _rights():
    """The web role keeps books, funds and years; entries, lines and balances come in by `ledger_enter` alone."""
    role = settings.DATABASES["default"]["USER"]
    return migrations.RunSQL(
        f"""
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_account, ledger_fund, ledger_bookyear, ledger_book, ledger_voucher FROM {role};
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ledger_balance, ledger_bookyear FROM {role};
GRANT INSERT (book_id, year) ON ledger_bookyear TO {role};
GRANT UPDATE (name, purpose, until) ON ledger_fund TO {role};
GRANT UPDATE (title, closed_through, ended_on, version) ON ledger_book TO {role};
GRANT UPDATE (closed_at, closed_by, statement) ON ledger_bookyear TO {role};
GRANT UPDATE (state, decided_by, decided_at, answer, entry_id, version) ON ledger_voucher TO {role};
""",
        f"""GRANT SELECT, INSERT, UPDATE, DELETE ON ledger_account, ledger_fund, ledger_bookyear, ledger_book,
 ledger_voucher, ledger_balance TO {role};""",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_begins"),
        ("tree", "0002_guards"),
        ("kernel", "0010_journal_proves_itself"),
    ]
    operations = [
        copied_path(BOOK, column="unit_id"),
        guard(BOOK),
        read_by_heirs(BOOK),
        *(guard_through(f"ledger_{part}", column="book_id", parent=BOOK) for part in PARTS),
        *(read_by_heirs(f"ledger_{part}", column="book_id", parent=BOOK) for part in PARTS),
        *(append_only(f"ledger_{part}") for part in KEPT),
        *(only_entered(f"ledger_{part}", by_owner=True) for part in KEPT),
        _rights(),
        migrations.RunSQL(BALANCED + FLOOR + MEMO + CLOSED, UNDO),
        migrations.RunSQL(STAYS, STAYS_UNDO),
        migrations.RunSQL(
            ENTER + ENTER_MANY,
            "DROP FUNCTION ledger_enter_many; DROP FUNCTION ledger_enter;",
        ),
        migrations.RunSQL(JOURNAL, JOURNAL_UNDO),
    ]
