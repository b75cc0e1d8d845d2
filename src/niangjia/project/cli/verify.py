"""`niangjia verify`: was anything in the journal tampered with? `niangjia seal`: seal it now."""

from pathlib import Path
from typing import Annotated

import typer

from niangjia.kernel import clock
from niangjia.project.cli import rooms
from niangjia.project.cli.voice import AsJson, Exit, Voice, t

HELP = t(
    "逐条核对操作日志：改动、删除、调换、截断一一指出。",
    "Check every line of the journal: whatever was changed, deleted, swapped or cut off is named.",
)
SEAL_HELP = t("立即封存操作日志，并显示最新的日志头。", "Seal the journal now and show its newest head.")
Files = Annotated[
    Path | None,
    typer.Option(
        "--outside",
        help=t("另一处保存的叶和头文件所在目录。", "A directory with another copy of the files outside."),
    ),
]
SHOWN = 50
ZH = {
    "line changed": "日志被改动",
    "line deleted": "日志被删除",
    "line swapped": "日志被调换",
    "values changed": "内容被改动",
    "values removed without a tombstone": "内容被删除而没有删除记录",
    "values swapped": "内容被调换",
    "values added": "多出内容",
    "leaf changed": "叶被改动",
    "leaf missing": "缺少叶",
    "leaf added": "多出叶",
    "node changed": "节点被改动",
    "head changed": "日志头被改动",
    "head missing": "缺少日志头",
    "head not signed by a key of ours": "日志头没有本机构的签名",
    "head does not follow the one before": "日志头与上一个不相接",
    "leaves do not lead to the head": "叶与日志头不符",
    "leaf file differs": "库外的叶文件不一致",
    "head file differs": "库外的头文件不一致",
    "files outside lack the last head": "库外文件还缺最后一个头（下次封存时补齐）",
}


def verify(*, outside: Files = None, as_json: AsJson = False) -> None:
    """Exit 0 when nothing was tampered with, 1 otherwise."""
    voice = Voice(as_json=as_json)
    files = rooms.room("niangjia.kernel.journal.outside").Outside(outside) if outside else None
    with voice.waiting("正在核对操作日志……", "checking the journal …"):
        if files is None:
            report = rooms.door("niangjia.kernel.journal.standing.verify_and_note")(at=clock.now())
        else:
            report = rooms.door("niangjia.kernel.journal.verifying.verify")(outside=files)
    told = [one.as_dict() for one in report.findings]
    facts = {"lines": report.lines, "heads": report.heads, "waiting": report.waiting, "erased": report.erased}
    voice.give(good=report.good, bad=report.count, findings=told, **facts)
    for one in told[:SHOWN]:
        where = ", ".join(f"{name} {one[name]}" for name in ("line", "leaf", "head") if name in one)
        voice.line(f"✗ {ZH[str(one['what'])]}（{where}）", f"✗ {one['what']} ({where})")
    if report.count > SHOWN:
        voice.line(f"…… 共 {report.count} 处", f"… {report.count} in all")
    voice.line(
        f"核对 {report.lines} 条日志、{report.heads} 个日志头；待封存 {report.waiting} 条。",
        f"{report.lines} lines and {report.heads} heads checked; {report.waiting} wait to be sealed.",
    )
    if report.good:
        voice.line("✓ 没有发现改动。", "✓ Nothing was tampered with.")
    voice.end(Exit.OK if report.good else Exit.DIFFERS)


def seal(*, as_json: AsJson = False) -> None:
    """Every settled line is sealed; the newest head is shown as it is printed in a notice."""
    voice = Voice(as_json=as_json)
    made = rooms.door("niangjia.kernel.journal.sealing.seal")(at=clock.now(), thorough=True)
    newest = made[-1] if made else rooms.room("niangjia.kernel.journal.stored").outside("owner").last()
    voice.give(sealed=len(made), head=newest.as_dict() if newest else None)
    if newest is None:
        voice.line("还没有日志。", "There is no line yet.")
        voice.end()
    voice.give(fingerprint=newest.fingerprint())
    voice.line(
        f"第 {newest.number} 号日志头，{newest.size} 条，指纹 {newest.fingerprint()}",
        f"head {newest.number}, {newest.size} lines, fingerprint {newest.fingerprint()}",
    )
    voice.end()
