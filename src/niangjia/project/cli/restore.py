"""`niangjia restore`: a backup into a new database, every table compared, every erasure done again."""

from pathlib import Path
from typing import Annotated, Any

import typer

from niangjia.kernel import clock
from niangjia.project import instance, localpg
from niangjia.project.cli import dumps, proving, rooms
from niangjia.project.cli.voice import AsJson, Exit, Voice, t
from niangjia.project.trouble import Trouble

HELP = t(
    "把备份恢复到一个新的数据库，逐表核对，并再次删除此后被删除的人。",
    "Restore into a new database, compare every table, and erase again who was erased since.",
)
Dump = Annotated[
    Path,
    typer.Argument(metavar="FILE", exists=True, dir_okay=False, help=t("备份文件。", "The backup file.")),
]
Into = Annotated[
    str, typer.Option("--into", help=t("新数据库的名称（须不存在）。", "Name of the new database."))
]
Drop = Annotated[
    bool,
    typer.Option("--drop-after", help=t("核对后删除（恢复演练）。", "Drop it afterwards (a restore drill).")),
]
Prove = Annotated[
    bool,
    typer.Option(
        "--prove",
        help=t(
            "恢复演练：核对全部内容后删除，并留下签名的证明文件。",
            "A drill: compare everything, drop it, and leave a signed proof file.",
        ),
    ),
]


def restore(
    *, dump: Dump, into: Into = "", drop_after: Drop = False, prove: Prove = False, as_json: AsJson = False
) -> None:
    """Exit 0 when everything agrees, 1 when something differs. The running database stays as it is."""
    voice = Voice(as_json=as_json)
    if not into and not prove:
        raise Trouble(zh="请用 --into 给出新数据库的名称。", en="Name the new database with --into.")
    said = dumps.manifest(dump)
    rooms.open_house()
    home, name = instance.home(), into or f"prove_{clock.now():%Y%m%d%H%M%S}"
    urls = localpg.create_database(home, name)
    try:
        with voice.waiting("正在恢复……", "restoring …"):
            # Comments only decorate extensions, which belong to the server's superuser.
            words = ("--exit-on-error", "--no-comments", f"--dbname={name}", str(dump.absolute()))
            dumps.run("pg_restore", urls.owner, *words)
            found = proving.look(urls.owner)
        with voice.waiting("正在核对……", "comparing …"):
            outcome = proving.compare(said, found)
            outcome |= proving.in_restored(name)
    except BaseException:
        localpg.drop_database(home, name)
        raise
    if drop_after or prove:
        localpg.drop_database(home, name)
    voice.give(database=name, tables=len(found.rows), rows=sum(found.rows.values()), **outcome)
    if prove:
        path = proving.write_proof(dump=dump, manifest=said, outcome=outcome)
        voice.give(proof=path)
        voice.line(f"✓ 证明文件：{path}", f"✓ proof: {path}")
    _report(voice, name, found.rows, outcome)


def _report(voice: Voice, into: str, found: dict[str, int], outcome: dict[str, Any]) -> None:
    again = outcome["erased_again"]
    total, differing = sum(found.values()), outcome["differing"]
    if differing or not outcome["head_agrees"] or not outcome["journal_holds"]:
        rows = [[name, str(then), str(now)] for name, (then, now) in differing.items()]
        voice.table([t("表", "table"), t("备份时", "at backup"), t("恢复后", "restored")], rows)
        voice.line("✗ 内容不一致。", "✗ It differs.")
        voice.end(Exit.DIFFERS)
    voice.line(
        f"✓ 已恢复到 {into}：{len(found)} 张表，{total} 行，逐表一致；再次删除 {again} 人。",
        f"✓ restored into {into}: {len(found)} tables, {total} rows, all agree; erased again: {again}.",
    )
    voice.end()
