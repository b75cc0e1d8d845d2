"""A million generated members, laid by the owner in sets, searched by the web role under its policies."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db import connections, transaction

from niangjia.kernel.access import Scope
from niangjia.kernel.identifiers import parse_mobile, parse_name
from niangjia.kernel.scoping import enter_scope
from niangjia.members import queries
from niangjia.network.rules import OrgKind
from niangjia.people import queries as people
from niangjia.people.rules import keys_of

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏"
    "苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏傅方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵"
    "万"
)
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲建华国红春梅志海燕波宇鹏飞雪玉云龙斌"
    "晶莹佳慧欣怡浩然子涵梓轩雨桐思琪俊毅晨曦欢乐安宁康健永福祥瑞林森山川河江湖泉石松柏竹菊荷莲"
)
TODAY = date(2018, 8, 20)
ROUNDS = 60
LAID = ("people_person", "people_contact", "members_membership")
SCOPES = ("union", "county", "city", "province")


def names(how_many: int) -> list[tuple[str, str, str, str]]:
    """So many different names of two and three characters with their keys."""
    dice = random.Random(20181122)  # noqa: S311 - the same names each time
    made: dict[str, None] = {}
    while len(made) < how_many:
        given = "".join(dice.choice(GIVEN) for _ in range(1 + (dice.random() < 0.75)))
        made[dice.choice(SURNAMES) + given] = None
    told = [(name, keys_of(parse_name(name))) for name in made]
    return [(name, keys.key, keys.pinyin, keys.initials) for name, keys in told]


def lay(cursor: Any, how_many: int) -> None:
    """The members among the standing joint unions, set by set, without triggers."""
    cursor.execute("CREATE TEMP TABLE b_name (n serial, name text, key text, pinyin text, initials text)")
    with cursor.copy("COPY b_name (name, key, pinyin, initials) FROM STDIN") as copy:
        for row in names(60_000):
            copy.write_row(row)
    cursor.execute("CREATE INDEX ON b_name (n); ANALYZE b_name")
    cursor.execute("".join(f"ALTER TABLE {table} DISABLE TRIGGER USER;" for table in LAID))
    back = [line for table in LAID for line in _bared(cursor, table)]
    cursor.execute(
        "CREATE TEMP TABLE b_union AS SELECT row_number() OVER (ORDER BY path) - 1 AS n, unit_id, path"
        " FROM network_organisation WHERE kind = %s",
        [str(OrgKind.JOINT)],
    )
    cursor.execute("SELECT count(*) FROM b_union")
    unions = cursor.fetchone()[0]
    cursor.execute(
        "INSERT INTO people_person (id, name, name_key, pinyin, initials, sex, birth_date, ethnicity,"
        " keeper_id, path, created_at, version)"
        " SELECT 10000000 + g, b.name, b.key, b.pinyin, b.initials,"
        " CASE WHEN g %% 2 = 0 THEN 'male' ELSE 'female' END, date '1960-01-01' + g %% 15000, '01',"
        " u.unit_id, u.path, now(), 1 FROM generate_series(1, %s) AS g"
        " JOIN b_name AS b ON b.n = 1 + (g::bigint * 7919) %% 60000"
        " JOIN b_union AS u ON u.n = g %% %s",
        [how_many, unions],
    )
    cursor.execute(
        "INSERT INTO members_membership (person_id, union_id, path, counts, state, since, joined_on, begun,"
        " ended, basis, form, platform, migrant, industry, name, name_key, pinyin, initials, sex, born_year,"
        " tail, has_id, has_mobile, version)"
        " SELECT p.id, p.keeper_id, p.path, true, 'active', '2017-01-01', '2017-01-01', 'joined', '', '', '',"
        " '', false, '', p.name, p.name_key, p.pinyin, p.initials, p.sex, 1980,"
        " lpad((p.id %% 10000)::text, 4, '0'), true, true, 1 FROM people_person AS p WHERE p.id > 10000000",
        [],
    )
    _lay_mobiles(cursor)
    for line in back:
        cursor.execute(line)
    _give_true_mobiles(cursor)
    cursor.execute("".join(f"ALTER TABLE {table} ENABLE TRIGGER USER;" for table in LAID))
    cursor.execute("ANALYZE")


def _bared(cursor: Any, table: str) -> Iterator[str]:
    """The table without its indexes, and how they come back: built at once they take a tenth of the time."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype = 'x'",
        [table],
    )
    for name, definition in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass)",
        [table, table],
    )
    for name, definition in cursor.fetchall():
        cursor.execute(f"DROP INDEX {name}")
        yield definition


def _lay_mobiles(cursor: Any) -> None:
    """One mobile each; those that are searched for get their true blind index, the others a random one."""
    cursor.execute(
        "INSERT INTO people_contact (person_id, sealed, blind, tail, since) SELECT id, '\\x00',"
        " decode(md5(id::text) || md5('x' || id), 'hex'), lpad((id %% 10000)::text, 4, '0'), '2017-01-01'"
        " FROM people_person WHERE id > 10000000",
        [],
    )


def _give_true_mobiles(cursor: Any) -> None:
    for n in range(ROUNDS):
        blind = people.mobile_index(mobile=parse_mobile(_mobile(n)))
        cursor.execute(
            "UPDATE people_contact SET blind = %s WHERE person_id = %s", [blind, 10_000_001 + n * 13]
        )


def _mobile(n: int) -> str:
    return f"1395740{n:04}"


def scopes(cursor: Any) -> dict[str, Scope]:
    """A union, its county, city and province, as ranges of paths."""
    cursor.execute("SELECT path FROM b_union ORDER BY n LIMIT 1")
    path = cursor.fetchone()[0]
    return {
        "union": Scope(tops=(path,), exact=True),
        "county": Scope(tops=(path[:18],)),
        "city": Scope(tops=(path[:12],)),
        "province": Scope(tops=(path[:6],)),
    }


def found_among(how_many: int) -> list[str]:
    """The p95 of each kind of search at each scope, as lines of a table."""
    with connections["owner"].cursor() as cursor:
        begin = time.perf_counter()
        lay(cursor, how_many)
        laid = time.perf_counter() - begin
        places = scopes(cursor)
        cursor.execute("SELECT name, pinyin, initials FROM b_name ORDER BY n LIMIT 2000")
        known = cursor.fetchall()
    dice = random.Random(7)  # noqa: S311 - the same searches each time
    twos, threes = ([row for row in known if len(row[0]) == n] for n in (2, 3))
    kinds: dict[str, Callable[[int], str]] = {
        "name, 2 characters": lambda _n: dice.choice(twos)[0],
        "name, 3 characters": lambda _n: dice.choice(threes)[0],
        "part of a name, 2 of 3": lambda _n: dice.choice(threes)[0][1:],
        "initials": lambda _n: dice.choice(threes)[2],
        "pinyin": lambda _n: dice.choice(threes)[1],
        "tail of the mobile": lambda n: f"{n * 37 % 10000:04}",
        "whole mobile": _mobile,
    }
    lines = [
        f"## Found among {how_many:,} members",
        f"Laid by the owner in sets ({laid:.0f} s). {ROUNDS} searches each; a page of 50 rows is read",
        "through the guarded query as the web role. p95 in ms (median).",
        "",
        f"| search | {' | '.join(SCOPES)} |",
        f"|---|{'---:|' * len(SCOPES)}",
    ]
    for name, words in kinds.items():
        cells = [_cell(places[scope], words) for scope in SCOPES]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _cell(scope: Scope, words: Callable[[int], str]) -> str:
    times = list(_times(scope, words))
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"{p95:.0f} ({statistics.median(times):.0f})"


def _times(scope: Scope, words: Callable[[int], str]) -> Iterator[float]:
    for n in range(ROUNDS):
        text = words(n)
        with transaction.atomic():
            enter_scope(scope)
            begin = time.perf_counter()
            filters = queries.with_words_found(filters=queries.MemberFilters(words=text), scope=scope)
            list(queries.members_in_scope(scope=scope, filters=filters, today=TODAY)[:50])
            yield (time.perf_counter() - begin) * 1000
