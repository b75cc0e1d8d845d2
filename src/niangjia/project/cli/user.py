"""`niangjia user`: the people who log in, for whoever sits at the server."""

from typing import Annotated, Any

import typer

from niangjia.project.cli import rooms
from niangjia.project.cli.voice import AsJson, Voice, t

HELP = t("登录账号：新增、列表、锁定、重置、验证码。", "Log-ins: add, list, lock, reset, code.")
app = typer.Typer(no_args_is_help=True)
ACTIONS = "niangjia.accounts.actions"
Name = Annotated[str, typer.Argument(metavar="USERNAME", help=t("账号。", "The user name."))]


@app.command("list", help=t("列出账号。", "List the log-ins."))
def list_users(*, as_json: AsJson = False) -> None:
    """Names and states; no phone numbers."""
    voice = Voice(as_json=as_json)
    found = [_facts(user) for user in rooms.door("niangjia.accounts.queries.users_for_console")()]
    voice.give(users=found)
    if found:
        voice.table(list(found[0]), [[str(value) for value in user.values()] for user in found])
    voice.end()


@app.command(
    "add", help=t("新增账号；打印一次性密码，首次登录须修改。", "Add one; prints a one-time password.")
)
def add(
    *,
    username: Name,
    full_name: Annotated[str, typer.Option("--name", help=t("姓名。", "Full name."))] = "",
    role: Annotated[
        str, typer.Option("--role", help=t("角色代码，如 sys。", "Role code, such as sys."))
    ] = "sys",
    unit: Annotated[int | None, typer.Option("--unit", help=t("单位编号。", "Unit id."))] = None,
    as_json: AsJson = False,
) -> None:
    """A person with a post; the password is random and must be changed."""
    _act(
        "add_user_at_console", as_json, username=username, name=full_name or username, role=role, unit_id=unit
    )


@app.command("lock", help=t("锁定账号并结束其登录。", "Lock one and end its sessions."))
def lock(*, username: Name, as_json: AsJson = False) -> None:
    """Nobody can log in with it until it is reset."""
    _act("lock_user_at_console", as_json, username=username)


@app.command("reset", help=t("重置密码与第二因素；打印一次性密码。", "Reset password and second factor."))
def reset(*, username: Name, as_json: AsJson = False) -> None:
    """A new one-time password; unlocks."""
    _act("reset_user_at_console", as_json, username=username)


@app.command("code", help=t("为职工账号生成一次性登录码。", "Make a one-time log-in code for a worker."))
def code(*, username: Name, as_json: AsJson = False) -> None:
    """For a worker whose phone cannot receive one."""
    _act("log_in_code_at_console", as_json, username=username)


def _act(verb: str, as_json: bool, /, **arguments: Any) -> None:  # noqa: FBT001 - private
    voice = Voice(as_json=as_json)
    clock = rooms.room("niangjia.kernel.clock")
    facts = _facts(rooms.door(f"{ACTIONS}.{verb}")(at=clock.now(), **arguments))
    voice.give(**facts)
    for key, value in facts.items():
        voice.line(f"{key}：{value}", f"{key}: {value}")
    voice.end()


def _facts(found: Any) -> dict[str, Any]:
    return dict(found) if isinstance(found, dict) else dict(found._asdict())
