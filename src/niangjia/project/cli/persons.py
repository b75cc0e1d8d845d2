"""`niangjia export-person` and `erase-person`: a person's rights, for whoever sits at the server."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from niangjia.project import instance
from niangjia.project.cli import rooms
from niangjia.project.cli.voice import AsJson, Voice, t
from niangjia.project.trouble import Trouble

EXPORT_HELP = t("导出一个人的全部个人信息（ZIP）。", "Export all personal data of one person (ZIP).")
ERASE_HELP = t(
    "删除一个人的个人信息：销毁其密钥、清空各表，并留墓碑，旧备份恢复后也会再次删除。",
    "Erase a person: shred the key, blank every table, leave a tombstone for restored backups.",
)
ACTIONS = "niangjia.people.actions"
EXPORT = "niangjia.privacy.actions.export_person"
Person = Annotated[int, typer.Argument(metavar="PERSON", help=t("人员编号。", "The person's number."))]
To = Annotated[Path | None, typer.Option("--to", help=t("文件；默认放在实例目录。", "The file."))]
Reason = Annotated[str, typer.Option("--reason", help=t("事由，会记入日志。", "Why; it is journalled."))]
Yes = Annotated[bool, typer.Option("--yes", help=t("不再询问。", "Do not ask."))]


def export_person(*, person: Person, to: To = None, as_json: AsJson = False) -> None:
    """The file is readable by its owner only; the person reads in the journal that it was made."""
    voice = Voice(as_json=as_json)
    path = (to or instance.home() / "exports" / f"person-{person}.zip").absolute()
    if path.exists():
        raise Trouble(zh=f"{path} 已存在，不会覆盖。", en=f"{path} exists already and is not overwritten.")
    content = _act(EXPORT, person_id=person)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    voice.give(file=path, bytes=len(content))
    voice.line(
        f"✓ 已导出：{path}（{len(content)} 字节）。交给本人后请删除。", f"✓ {path} ({len(content)} bytes)"
    )
    voice.end()


def erase_person(*, person: Person, reason: Reason, yes: Yes = False, as_json: AsJson = False) -> None:
    """Refused with the reason and the day while something must be kept; cannot be undone."""
    voice = Voice(as_json=as_json)
    if not yes and not as_json:
        typer.confirm(t("删除后无法找回。确定吗？", "This cannot be undone. Go on?"), abort=True)
    touched = _act("erase_person", person_id=person, reason=reason)
    with rooms.connections()["owner"].cursor() as cursor:
        cursor.execute("VACUUM kernel_personkey")  # the shredded key leaves the table's pages, too
    voice.give(person=person, touched=touched)
    voice.line(f"✓ 已删除：{touched}", f"✓ erased: {touched}")
    voice.end()


def _act(verb: str, /, **arguments: Any) -> Any:
    """One action of the system, in a transaction that may see everything."""
    action = rooms.door(verb if "." in verb else f"{ACTIONS}.{verb}")
    access, clock = rooms.room("niangjia.kernel.access"), rooms.room("niangjia.kernel.clock")
    with rooms.room("django.db.transaction").atomic():
        rooms.door("niangjia.kernel.scoping.enter_scope")(access.EVERYWHERE)
        return action(by=access.SYSTEM, at=clock.now(), **arguments)
