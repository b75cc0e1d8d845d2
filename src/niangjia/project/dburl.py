"""Database addresses as one line of text, and what Django, psql and pg_dump need from them."""

from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from niangjia.project.trouble import Trouble

SCHEMES = ("postgresql", "postgres")


def parse(url: str) -> dict[str, Any]:
    """The entry of Django's `DATABASES` for an address.

    Unknown parameters (`sslmode`, `connect_timeout`) go to libpq untouched.

    >>> entry = parse("postgresql://niangjia@/niangjia?host=/tmp/nj-abc")
    >>> entry["USER"], entry["HOST"], entry["NAME"], entry["PORT"]
    ('niangjia', '/tmp/nj-abc', 'niangjia', '')
    >>> parse("postgresql://a:b%40c@db.example:5433/works?sslmode=require")["OPTIONS"]
    {'sslmode': 'require'}
    """
    parts = _split(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": query.pop("dbname", unquote(parts.path.lstrip("/"))),
        "USER": query.pop("user", unquote(parts.username or "")),
        "PASSWORD": query.pop("password", unquote(parts.password or "")),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": query.pop("port", str(parts.port or "")),
        "OPTIONS": query,
    }


def socket_url(*, user: str, name: str, folder: str) -> str:
    """The address of a database behind a unix socket.

    >>> socket_url(user="niangjia", name="niangjia", folder="/tmp/nj abc")
    'postgresql://niangjia@/niangjia?host=/tmp/nj%20abc'
    """
    return f"postgresql://{quote(user)}@/{quote(name)}?host={quote(folder)}"


def with_database(url: str, name: str) -> str:
    """The same server and role, another database.

    >>> with_database("postgresql://a@/old?host=/tmp/x", "new")
    'postgresql://a@/new?host=%2Ftmp%2Fx'
    """
    parts = _split(url)
    query = [(key, value) for key, value in parse_qsl(parts.query) if key != "dbname"]
    # Not urlunsplit: it would drop the empty host's slashes.
    return f"postgresql://{parts.netloc}/{quote(name)}" + (f"?{urlencode(query)}" if query else "")


def environment(url: str) -> dict[str, str]:
    """libpq's variables for a child process: a password never stands in an argument list.

    >>> environment("postgresql://a:s@/b?host=/tmp/x")
    {'PGUSER': 'a', 'PGPASSWORD': 's', 'PGHOST': '/tmp/x', 'PGDATABASE': 'b'}
    """
    entry = parse(url)
    named = {key: entry[key] for key in ("USER", "PASSWORD", "HOST", "PORT") if entry[key]}
    options = {key.upper(): value for key, value in entry["OPTIONS"].items()}
    return {f"PG{key}": value for key, value in {**named, "DATABASE": entry["NAME"], **options}.items()}


def masked(url: str) -> str:
    """The address without its password, fit for a screen or a log.

    >>> masked("postgresql://a:secret@db/b")
    'postgresql://a:***@db/b'
    """
    parts = _split(url)
    if parts.password is None:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@", 1)))


def _split(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise Trouble(
            zh="数据库地址须以 postgresql:// 开头，例如 postgresql://niangjia@/niangjia?host=/run/postgresql。",
            en="A database address starts with postgresql://, "
            "for example postgresql://niangjia@/niangjia?host=/run/postgresql.",
        )
    return parts
