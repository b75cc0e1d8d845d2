"""The instance directory and its keys."""

import pytest

from niangjia.project import dburl, instance, localpg
from niangjia.project.trouble import Trouble


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NIANGJIA_HOME", str(tmp_path / "instance"))
    return tmp_path / "instance"


def test_the_instance_directory_is_closed_to_others(home):
    assert instance.home() == home
    assert home.stat().st_mode & 0o777 == 0o700


def test_a_key_is_made_once_and_readable_by_its_owner_only():
    key = instance.secret("django", 50)
    assert len(key) == 50
    assert instance.secret("django", 50) == key
    assert (instance.keys() / "django").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in instance.keys().iterdir()] == ["django"]


def test_a_key_that_others_can_read_is_refused_with_the_remedy():
    instance.secret("django")
    (instance.keys() / "django").chmod(0o644)
    with pytest.raises(Trouble, match="chmod 600"):
        instance.secret("django")


def test_a_shortened_key_is_refused():
    (instance.keys() / "seal").write_bytes(b"short")
    (instance.keys() / "seal").chmod(0o600)
    with pytest.raises(Trouble, match="key backup"):
        instance.secret("seal")


def test_an_external_database_needs_both_addresses(monkeypatch, home):
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner@db/works")
    monkeypatch.delenv("DATABASE_WEB_URL", raising=False)
    with pytest.raises(Trouble, match="DATABASE_WEB_URL"):
        localpg.ensure(home)
    monkeypatch.setenv("DATABASE_WEB_URL", "postgresql://web@db/works")
    assert localpg.ensure(home) == localpg.Urls("postgresql://owner@db/works", "postgresql://web@db/works")
    assert not (home / "pg").exists()


def test_an_address_of_another_kind_is_refused():
    with pytest.raises(Trouble, match="postgresql://"):
        dburl.parse("mysql://root@localhost/works")


def test_a_password_reaches_children_by_the_environment_and_never_a_screen():
    url = "postgresql://web:s%40cret@db:5433/works?sslmode=require"
    assert dburl.environment(url)["PGPASSWORD"] == "s@cret"
    assert dburl.environment(url)["PGSSLMODE"] == "require"
    assert "s%40cret" not in dburl.masked(url)
