"""What is written into a new server: its settings, its doors, its roles."""

import os
import pwd
from pathlib import Path

from niangjia.project.localpg.places import Place

MB = 1024 * 1024
OWNER, WEB, SEARCH = "niangjia", "niangjia_web", "niangjia_search"
SUPERUSER, DATABASE = "postgres", "niangjia"

SETTINGS = """\
# Written by niangjia at every start. Put settings of your own into the file own.conf beside it.
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 80
shared_buffers = {shared}MB
effective_cache_size = {cache}MB
maintenance_work_mem = {maintenance}MB
work_mem = 16MB
fsync = on
full_page_writes = on
synchronous_commit = on
random_page_cost = 1.1
jit = off
timezone = 'UTC'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.simple'
idle_in_transaction_session_timeout = '10min'
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
# Logs carry no personal data: neither statements nor the values in an error's detail.
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
include_if_exists = 'own.conf'
"""

# Only this socket, only the named accounts of this machine; no password exists that could leak.
HBA = "local all all peer map=house\n"

# Safe to run again; every statement leaves an existing installation as it is.
ROLES = f"""\
SELECT 'CREATE ROLE {OWNER}' WHERE to_regrole('{OWNER}') IS NULL \\gexec
SELECT 'CREATE ROLE {WEB}' WHERE to_regrole('{WEB}') IS NULL \\gexec
SELECT 'CREATE ROLE {SEARCH}' WHERE to_regrole('{SEARCH}') IS NULL \\gexec
ALTER ROLE {OWNER} LOGIN NOSUPERUSER CREATEDB CREATEROLE BYPASSRLS;
ALTER ROLE {WEB} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
ALTER ROLE {SEARCH} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
GRANT {SEARCH} TO {OWNER};
GRANT pg_signal_backend TO {OWNER};
"""
EXTENSIONS = ("btree_gist", "pg_trgm", "btree_gin", "citext")

# Into template1, so that every database made later (tests, stories, a restore) has it too.
TEMPLATE = f"""\
{"".join(f"CREATE EXTENSION IF NOT EXISTS {name};" for name in EXTENSIONS)}
GRANT USAGE, CREATE ON SCHEMA public TO {SEARCH};
GRANT USAGE ON SCHEMA public TO {WEB};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {WEB};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {WEB};
"""

CREATE = (
    f"SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER}' "  # noqa: S608 - constants of this file
    f"WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec\n"
)


def settings_text(place: Place) -> str:
    """postgresql.conf for this machine: modest shares of its memory."""
    memory = _memory() // MB
    return SETTINGS.format(
        socket=str(place.socket).replace("'", "''"),
        shared=min(max(memory // 16, 32), 512),
        cache=max(memory // 2, 128),
        maintenance=min(max(memory // 32, 32), 512),
    )


def ident_text(place: Place) -> str:
    """pg_ident.conf: the server's account is superuser, our own account may be the owner or the web role."""
    ours = pwd.getpwuid(os.geteuid()).pw_name
    pairs = [(place.runs_as.pw_name, SUPERUSER), (ours, OWNER), (ours, WEB)]
    return "".join(f'house "{account}" {role}\n' for account, role in pairs)


def _memory() -> int:
    """The machine's memory in bytes, or the container's limit where that is less."""
    whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limit = Path("/sys/fs/cgroup/memory.max")
    said = limit.read_text(encoding="ascii").strip() if limit.exists() else "max"
    return min(whole, int(said)) if said.isdigit() else whole
