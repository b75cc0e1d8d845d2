"""The command `niangjia`: verbs over the same actions and queries that the pages use."""

import json
import sys
import traceback

import typer
from django.utils.translation import gettext
from rich.console import Console

from niangjia.kernel.errors import NiangjiaError
from niangjia.project.cli import (
    backup,
    demo,
    doctor,
    files,
    init,
    keys,
    ledger,
    persons,
    restore,
    rooms,
    serve,
    stories,
    user,
    verify,
    worker,
)
from niangjia.project.cli.rooms import NotBuilt
from niangjia.project.cli.voice import Exit, t, without_language
from niangjia.project.trouble import Trouble

app = typer.Typer(
    name="niangjia",
    help=t(
        "娘家：智慧工会平台。所有命令都可加 --json 与 --lang zh|en；退出码见 docs/cli.md。",
        "Niangjia, the union platform. Every command takes --json and --lang zh|en; exit codes: docs/cli.md.",
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("init", help=init.HELP)(init.init)
app.command("serve", help=serve.HELP)(serve.serve)
app.command("worker", help=worker.HELP)(worker.worker)
app.command("demo", help=demo.HELP)(demo.demo)
app.command("import", help=files.IMPORT_HELP)(files.import_file)
app.command("export", help=files.EXPORT_HELP)(files.export_list)
app.command("trace", help=files.TRACE_HELP)(files.trace)
app.command("stories", help=stories.HELP)(stories.stories)
app.command("doctor", help=doctor.HELP)(doctor.doctor)
app.command("verify", help=verify.HELP)(verify.verify)
app.command("seal", help=verify.SEAL_HELP)(verify.seal)
app.command("verify-ledger", help=ledger.VERIFY_HELP)(ledger.verify_ledger)
app.command("export-ledger", help=ledger.EXPORT_HELP)(ledger.export_ledger)
app.add_typer(user.app, name="user", help=user.HELP)
app.command("backup", help=backup.HELP)(backup.backup)
app.command("restore", help=restore.HELP)(restore.restore)
app.command("rotate-keys", help=keys.HELP)(keys.rotate_keys)
app.command("export-person", help=persons.EXPORT_HELP)(persons.export_person)
app.command("erase-person", help=persons.ERASE_HELP)(persons.erase_person)


def main() -> int:
    """Run one command; every kind of failure has its own exit code."""
    sys.argv[1:] = without_language(sys.argv[1:])
    try:
        app(standalone_mode=True)
    except Trouble as error:
        return _complain(t(error.zh, error.en), Exit.ENVIRONMENT)
    except NiangjiaError as error:
        return _complain(" ".join(reason.render(gettext) for reason in error.reasons), Exit.REFUSED)
    except NotBuilt as error:
        return _complain(
            t(f"这一部分尚未完成（{error}）。", f"This part is not built yet ({error})."), Exit.NOT_BUILT
        )
    except Exception:  # noqa: BLE001 - the last door: a trace for the developer, a sentence for the person
        traceback.print_exc()
        return _complain(
            t(
                "程序出错，数据没有改动。请把上面的记录发给管理员。",
                "A fault of the program; please report the trace above.",
            ),
            Exit.BROKEN,
        )
    finally:
        rooms.close_house()
    return Exit.OK


def _complain(text: str, code: Exit) -> int:
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps({"error": text, "exit": int(code)}, ensure_ascii=False) + "\n")
        return int(code)
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"✗ {text}", markup=False)
    return int(code)
