"""`niangjia init`: keys, database, tables and the topmost union of a new installation."""

from niangjia.project import instance, localpg
from niangjia.project.cli import rooms, tables, topmost
from niangjia.project.cli.voice import AsJson, Voice, t

KEYS = {"django": 50, "blind-index": 32, "sealing": 32}
HELP = t(
    "建立一个新的实例：密钥、数据库、数据表、最上级工会。可以重复执行。没有默认密码。",
    "Make a new instance: keys, database, tables, topmost union. Safe to repeat. No default password.",
)


def init(
    *,
    union: topmost.Union = "",
    division: topmost.Place = "",
    founded: topmost.Founded = None,
    as_json: AsJson = False,
) -> None:
    """Make what is missing and say what comes next."""
    topmost.require_whole(union, division, founded)
    voice = Voice(as_json=as_json)
    home = instance.home()
    for name, size in KEYS.items():
        instance.secret(name, size)
    with voice.waiting("正在准备数据库……", "preparing the database …"):
        rooms.open_house()
    applied = tables.migrate(voice)
    tables.load_divisions(voice)
    voice.give(home=home, migrations_applied=applied, external_database=localpg.external() is not None)
    voice.line(f"✓ 实例目录：{home}", f"✓ instance directory: {home}")
    voice.line(
        f"✓ 密钥：{instance.keys()}（权限 0600；请另行备份，不要与数据备份放在一起）",
        f"✓ keys: {instance.keys()} (mode 0600; back them up apart from the data)",
    )
    voice.line(f"✓ 数据表：新增 {applied} 项更新", f"✓ tables: {applied} migrations applied")
    if founded is not None:
        topmost.found(voice, union=union, division=division, founded=founded)
    else:
        voice.line(
            "空库先建最上级工会：niangjia init --union 浙江省总工会 --division 33 --founded 成立日期",
            "An empty register needs a topmost union: niangjia init --union NAME --division 33 --founded DAY",
        )
    voice.line(
        "接下来：niangjia user add 账号 --role sys（再各以 --role sec、--role log 新增一位），"
        "然后 niangjia serve",
        "Next: niangjia user add NAME --role sys (then one each with --role sec and log), "
        "then niangjia serve",
    )
    voice.end()
