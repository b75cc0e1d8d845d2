"""The command line: languages, exit codes, dumps without keys; a real server started, killed and started."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from datetime import date
from types import SimpleNamespace

import pytest

from niangjia.project import localpg
from niangjia.project.cli import checkup_database, prepared, serve, stories, supervise, voice


def _niangjia(home, *words, **environment):
    env = {**os.environ, "NIANGJIA_HOME": str(home), "LC_ALL": "C.UTF-8", **environment}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    line = [sys.executable, "-m", "niangjia.project.cli", *words]
    return subprocess.run(line, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_WEB_URL", raising=False)
    place = tmp_path / "an instance"
    place.mkdir(mode=0o700)
    yield place
    localpg.discard(place)


def test_the_language_may_stand_anywhere():
    assert voice.without_language(["doctor", "--lang", "en"]) == ["doctor"]
    assert voice.without_language(["--lang=zh", "init", "--json"]) == ["init", "--json"]


def test_help_is_chinese_unless_english_is_asked_for(tmp_path):
    assert "智慧工会平台" in _niangjia(tmp_path, "--help").stdout
    assert "the union platform" in _niangjia(tmp_path, "--help", "--lang", "en").stdout
    assert "the union platform" in _niangjia(tmp_path, "--help", LC_ALL="en_US.UTF-8").stdout


def test_wrong_usage_ends_with_two(tmp_path):
    assert _niangjia(tmp_path, "serve", "--port", "door").returncode == voice.Exit.USAGE
    assert _niangjia(tmp_path, "no-such-verb").returncode == voice.Exit.USAGE


def test_a_problem_of_the_machine_ends_with_four_and_says_so_in_json(tmp_path):
    done = _niangjia(
        tmp_path, "init", "--json", DATABASE_URL="postgresql://nobody@nowhere/x", DATABASE_WEB_URL=""
    )
    assert done.returncode == voice.Exit.ENVIRONMENT
    assert json.loads(done.stdout)["exit"] == voice.Exit.ENVIRONMENT
    assert "DATABASE_WEB_URL" in json.loads(done.stdout)["error"]


def test_a_difference_outweighs_what_is_not_built():
    assert stories._code(["matches", "not built", "differs"]) == voice.Exit.DIFFERS
    assert stories._code(["matches", "not built"]) == voice.Exit.NOT_BUILT
    assert stories._code(["matches"]) == voice.Exit.OK


def test_a_start_is_prepared_only_for_the_same_sources(home, monkeypatch):
    monkeypatch.setenv("NIANGJIA_HOME", str(home))
    assert prepared.known(demo=False) is None
    prepared.remember({"log_ins": []}, demo=False)
    assert prepared.known(demo=False) == {"log_ins": []}
    assert prepared.known(demo=True) is None
    (home / "static.stamp").write_text("changed", encoding="ascii")
    assert prepared.known(demo=False) is None


def test_a_demo_log_in_stands_on_one_line_of_a_narrow_terminal(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    code_key = "D674QWB3ZPZHE7QNFA7YNMY466JGVFA6"
    entry = {"role": "mun", "username": "mun", "password": "niangjia-demo-mun", "totp": code_key}
    serve._show(voice.Voice(as_json=False), [entry | {"where": "市总工会基层工作部"}])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[1].split() == ["mun", "niangjia-demo-mun", code_key, "市总工会基层工作部"]


def test_a_child_that_keeps_dying_waits_longer_each_time():
    child = supervise.Child("brief", [sys.executable, "-c", "raise SystemExit(1)"])
    pauses = []
    for _ in range(3):
        child.start()
        child.running.wait()
        assert child.tick()
        pauses.append(child.pause)
    assert pauses == [5, 10, 20]


def test_a_group_of_strangers_is_not_swept():
    with subprocess.Popen(
        [sys.executable, "-c", "input()", "/srv/niangjia/notes.txt"],
        stdin=subprocess.PIPE,
        start_new_session=True,
    ) as other:
        assert supervise.sweep([other.pid]) == 0
        assert other.poll() is None
        other.kill()


@pytest.mark.slow
def test_a_backup_comes_back_row_by_row_and_a_damaged_one_is_refused(home):
    assert _niangjia(home, "init").returncode == 0
    made = json.loads(_niangjia(home, "backup", "--json").stdout)
    assert made["keys_included"] is False
    dump = home / "backups" / made["file"].rsplit("/", 1)[-1]
    assert dump.stat().st_mode & 0o777 == 0o600
    drill = _niangjia(home, "restore", str(dump), "--into", "drill", "--drop-after", "--json")
    assert drill.returncode == 0, drill.stderr
    assert json.loads(drill.stdout)["rows"] == sum(made["rows"].values())
    with dump.open("ab") as file:
        file.write(b"x")
    assert _niangjia(home, "restore", str(dump), "--into", "again").returncode == voice.Exit.ENVIRONMENT
    assert not localpg.is_running(home)


def test_the_topmost_union_is_told_whole_or_not_at_all(tmp_path):
    done = _niangjia(tmp_path, "init", "--union", "浙江省总工会", "--lang", "en")
    assert done.returncode == voice.Exit.USAGE
    assert "go together" in done.stderr


@pytest.mark.parametrize(("alarms", "waiting", "state"), [(0, 3, "ok"), (1, 0, "warn"), (0, 20_000, "warn")])
def test_doctor_tells_of_a_roll_up_that_differed_or_waits(alarms, waiting, state):
    health = SimpleNamespace(day=date(2018, 8, 20), waiting=waiting, alarms=alarms)
    assert checkup_database.tallies(health).state == state


@pytest.mark.slow
def test_an_empty_house_gets_its_topmost_union_and_its_first_administrator(home):
    assert _niangjia(home, "init").returncode == 0
    early = _niangjia(home, "user", "add", "first", "--lang", "zh")
    assert early.returncode == voice.Exit.REFUSED
    assert "init --union" in early.stderr
    words = ("init", "--union", "浙江省总工会", "--founded", "1950-05-01", "--json", "--division")
    assert _niangjia(home, *words, "99").returncode == voice.Exit.ENVIRONMENT
    made = _niangjia(home, *words, "33")
    assert made.returncode == 0, made.stderr
    top = json.loads(made.stdout)["top_union"]
    assert json.loads(_niangjia(home, *words, "33").stdout)["top_union"] == top
    other = _niangjia(home, "init", "--union", "江苏省总工会", "--division", "33", "--founded", "1950-05-01")
    assert other.returncode == voice.Exit.REFUSED
    added = json.loads(_niangjia(home, "user", "add", "first", "--json").stdout)
    assert added["role"] == "sys"
    assert added["password"]
    checks = json.loads(_niangjia(home, "doctor", "--json", "--lang", "en").stdout)["checks"]
    assert [check["state"] for check in checks if check["name"] == "roll-up"] == ["ok"]


@pytest.mark.slow
def test_doctor_finds_the_open_key(home):
    assert _niangjia(home, "init").returncode == 0
    assert _niangjia(home, "doctor").returncode == 0
    (home / "keys" / "extra").write_bytes(b"x")
    (home / "keys" / "extra").chmod(0o644)
    done = _niangjia(home, "doctor", "--lang", "en")
    assert done.returncode == voice.Exit.ENVIRONMENT
    assert "chmod 600" in done.stdout


@pytest.mark.slow
def test_serve_comes_back_after_its_parts_and_itself_are_killed(home):
    first, facts = _serve(home)
    localpg.owner_sql(home, "CREATE TABLE kept AS SELECT generate_series(1, 100) AS n")
    os.kill(localpg.status(home).pid, signal.SIGKILL)
    first.kill()
    first.wait()
    second, facts = _serve(home)
    assert localpg.owner_sql(home, "SELECT count(*) FROM kept") == "100"
    with urllib.request.urlopen(facts["url"] + "/livez") as answer:  # noqa: S310 - loopback
        assert answer.status == 200
    second.terminate()
    assert second.wait(30) == 0
    assert not localpg.is_running(home)


def _serve(home):
    line = [sys.executable, "-m", "niangjia.project.cli", "serve", "--port", "18765", "--json"]
    env = {**os.environ, "NIANGJIA_HOME": str(home)}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    child = subprocess.Popen(line, env=env, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
    for said in child.stdout:
        if said.startswith("{"):
            return child, json.loads(said)
    raise AssertionError(child.wait())
