"""What `niangjia doctor` asks the database: version, safety settings, rights of the two roles, migrations."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg

from niangjia.project import localpg
from niangjia.project.cli import rooms, tables
from niangjia.project.cli.checkup import Check
from niangjia.project.cli.voice import t
from niangjia.project.localpg import layout

OLDEST = 150000
LOOK_BACK = timedelta(days=30)
LONG_QUEUE = 10_000
SETTINGS = "SELECT current_setting('server_version_num')::int, current_setting('server_version')"
FSYNC = "SELECT current_setting('fsync'), current_setting('full_page_writes'), pg_encoding_to_char(encoding) \
FROM pg_database WHERE datname = current_database()"
ROLE = "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user"
OWNED = (
    "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
)
EXTENSIONS = "SELECT extname FROM pg_extension"
MEMBER = f"SELECT pg_has_role('{layout.SEARCH}', 'USAGE') WHERE to_regrole('{layout.SEARCH}') IS NOT NULL"


def database(urls: localpg.Urls) -> Iterator[Check]:
    """Both roles connect, may do what they need, and nothing beyond."""
    for name, url, checks in (("owner", urls.owner, _owner), ("web", urls.web, _web)):
        try:
            with psycopg.connect(url, connect_timeout=5) as connection:
                yield from checks(connection)
        except psycopg.Error as error:
            fix = t("请检查 DATABASE_URL / DATABASE_WEB_URL。", "Check DATABASE_URL / DATABASE_WEB_URL.")
            yield Check(t(f"连接 {name}", f"connection {name}"), "fail", str(error).splitlines()[0], fix)


def migrations() -> Iterator[Check]:
    """Whether the tables are those of this release."""
    missing = tables.pending(rooms.connections()["owner"])
    name = t("数据表", "migrations")
    if missing:
        fix = t("请执行 niangjia init（或重新启动 serve）。", "Run niangjia init (or start serve again).")
        yield Check(name, "warn", t(f"缺 {missing} 项更新", f"{missing} not applied"), fix)
    else:
        yield Check(name, "ok", t("已是最新", "up to date"))
        since = rooms.room("niangjia.kernel.clock").today() - LOOK_BACK
        yield journal()
        yield tallies(_seen_by_all("niangjia.network.queries.tally_health", since=since))


def _seen_by_all(query: str, **asked: Any) -> Any:
    """What a query answers to one who stands in no unit: the journal's lines are guarded like every row."""
    with rooms.room("django.db.transaction").atomic():
        rooms.door("niangjia.kernel.scoping.enter_scope")(rooms.door("niangjia.kernel.access.EVERYWHERE"))
        return rooms.door(query)(**asked)


def journal() -> Check:
    """Whether the last night's verification found the journal as it was sealed."""
    name = t("操作日志", "journal")
    standing = rooms.room("niangjia.kernel.journal.standing")
    last = standing.last_verified()
    if not standing.head_is_good() or (last and not last.good):
        fix = t(
            "请运行 niangjia verify，按 docs/journal.md 处理。", "Run niangjia verify; see docs/journal.md."
        )
        return Check(name, "fail", t("核对未通过", "verification failed"), fix)
    if last is None:
        return Check(name, "ok", t("尚未核对过", "not verified yet"), t("niangjia verify", "niangjia verify"))
    return Check(
        name, "ok", t(f"{last.lines} 条，核对于 {last.at}", f"{last.lines} lines, verified {last.at}")
    )


def tallies(health: Any) -> Check:
    """Whether the roll-up of the register agreed with every recount of the last thirty days."""
    name = t("汇总数字", "roll-up")
    if health.alarms:
        found = t(
            f"近 30 天有 {health.alarms} 次与重新清点不一致",
            f"{health.alarms} recount(s) differed in 30 days",
        )
        fix = t(
            "数字已按清点改正。请把操作日志中的 tallies_differed 交给开发者。",
            "The figures were set right. Please report the journal lines tallies_differed.",
        )
        return Check(name, "warn", found, fix)
    if health.waiting > LONG_QUEUE:
        fix = t("请检查后台任务（niangjia worker）是否在运行。", "See that jobs run (niangjia worker).")
        return Check(name, "warn", t(f"{health.waiting} 项待汇总", f"{health.waiting} waiting"), fix)
    return Check(
        name, "ok", t(f"一致（清点到 {health.day or '—'}）", f"agrees (counted on {health.day or '—'})")
    )


def _owner(connection: psycopg.Connection) -> Iterator[Check]:
    number, version = _row(connection, SETTINGS)
    fix = t("需要 PostgreSQL 15 至 18。", "PostgreSQL 15 to 18 is needed.")
    yield _is("PostgreSQL", number >= OLDEST, str(version), fix)
    fsync, pages, encoding = _row(connection, FSYNC)
    fix = t(
        "断电会丢数据：请在 postgresql.conf 中打开。",
        "A power cut would lose data: switch it on in postgresql.conf.",
    )
    yield _is("fsync, full_page_writes", fsync == pages == "on", f"{fsync}, {pages}", fix)
    yield _is(
        t("编码", "encoding"),
        encoding == "UTF8",
        encoding,
        t("请用 UTF8 重建数据库。", "Make the database anew in UTF8."),
    )
    role, is_super, bypasses, creates = _row(connection, ROLE)
    fix = f"ALTER ROLE {role} NOSUPERUSER"
    yield _is(
        t(f"所有者 {role} 非超级用户", f"owner {role} is no superuser"), not is_super, str(not is_super), fix
    )
    fix = f"ALTER ROLE {role} BYPASSRLS  -- " + t("否则备份不完整", "else backups are refused")
    yield _is(t("所有者可完整备份", "owner can back up every row"), bypasses or is_super, str(bypasses), fix)
    fix = f"ALTER ROLE {role} CREATEDB  -- " + t("恢复演练与验收故事需要", "for restores and stories")
    yield _is(t("所有者可建库", "owner can create databases"), creates, str(creates), fix, worst="warn")
    yield from _extensions(connection)


def _extensions(connection: psycopg.Connection) -> Iterator[Check]:
    there = {name for (name,) in connection.execute(EXTENSIONS)}
    missing = [name for name in layout.EXTENSIONS if name not in there]
    fix = "; ".join(f"CREATE EXTENSION {name}" for name in missing)
    yield _is(t("扩展", "extensions"), not missing, ", ".join(layout.EXTENSIONS), fix)
    member = connection.execute(MEMBER).fetchone()
    fix = f"CREATE ROLE {layout.SEARCH} NOLOGIN; GRANT {layout.SEARCH} TO CURRENT_USER"
    yield _is(t("姓名检索角色", "role for name search"), bool(member and member[0]), layout.SEARCH, fix)


def _web(connection: psycopg.Connection) -> Iterator[Check]:
    role, is_super, bypasses, _ = _row(connection, ROLE)
    name = t(f"网页角色 {role} 受行级安全约束", f"web role {role} is under row-level security")
    yield _is(
        name, not (is_super or bypasses), str(not bypasses), f"ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS"
    )
    (owned,) = _row(connection, OWNED)
    fix = t(
        "两个地址须用两个角色，网页角色不能是表的所有者。",
        "Use two roles: the web role must not own the tables.",
    )
    yield _is(t("网页角色不拥有任何表", "web role owns nothing"), owned == 0, str(owned), fix)


def _row(connection: psycopg.Connection, text: str) -> tuple:  # type: ignore[type-arg]
    return connection.execute(text).fetchone() or ()


def _is(name: str, good: bool, found: str, fix: str, worst: str = "fail") -> Check:  # noqa: FBT001 - a private short form
    return Check(name, "ok" if good else worst, found, "" if good else fix)  # type: ignore[arg-type]
