"""`niangjia rotate-keys`: the key ring turns while the platform serves."""

from typing import Annotated, Any

import typer

from niangjia.project import instance
from niangjia.project.cli import rooms
from niangjia.project.cli.voice import AsJson, Exit, Voice, t

HELP = t(
    "更换密封密钥：新一代密钥，逐批重新包裹每个人的数据密钥；不停机，可中断后继续。",
    "A new generation of sealing keys; every person's key is rewrapped while the platform serves.",
)
County = Annotated[
    int | None,
    typer.Option("--county", help=t("只换一个县（县级工会的组织编号）。", "One county only (its unit id).")),
]
Everybody = Annotated[bool, typer.Option("--all", help=t("全部换。", "Everybody."))]
Destroy = Annotated[
    bool,
    typer.Option(
        "--destroy-old",
        help=t(
            "随后销毁旧密钥：旧备份里的密封内容从此谁也读不出。",
            "Destroy the old keys afterwards: sealed fields of old backups can never be read again.",
        ),
    ),
]
TURNING = "niangjia.kernel.turning"


def rotate_keys(
    *,
    county: County = None,
    everybody: Everybody = False,
    destroy_old: Destroy = False,
    as_json: AsJson = False,
) -> None:
    """Exit 0 when every key is wrapped anew; interrupted, the same command goes on where it stopped."""
    voice = Voice(as_json=as_json)
    if (county is None) == (not everybody):
        voice.line("请用 --county 指明一个县，或用 --all 表示全部。", "Name one --county, or say --all.")
        voice.end(Exit.USAGE)
    turning, told = rooms.room(TURNING), _by_at()
    turn, resumed = turning.begin(county=county, **told)
    if resumed:
        voice.line("上一次没有做完，从中断处继续。", "Going on where the last run stopped.")
    with voice.steps("正在更换密钥", "rotating keys") as by_progress:
        turned = turning.carry_on(turn, resumed=resumed, progress=by_progress, **told)
    voice.give(
        generation=turned.generation,
        rewrapped=turned.rewrapped,
        sealed_anew=turned.sealed_anew,
        resumed=resumed,
    )
    voice.line(
        f"✓ 第 {turned.generation} 代密钥启用，{turned.rewrapped} 人的密钥已重新包裹。",
        f"✓ generation {turned.generation} in use; {turned.rewrapped} keys rewrapped.",
    )
    gone = turning.destroy_old(**told) if destroy_old else []
    voice.give(destroyed=gone)
    if gone:
        voice.line(f"✓ 已销毁旧密钥：{gone}", f"✓ destroyed: {gone}")
    voice.line(
        f"! 请现在备份密钥目录 {instance.keys()}，与数据备份分开存放（见 docs/keys.md）。",
        f"! Back up {instance.keys()} now, apart from the data (docs/keys.md).",
    )
    voice.end()


def _by_at() -> dict[str, Any]:
    """The system acts, now."""
    access, clock = rooms.room("niangjia.kernel.access"), rooms.room("niangjia.kernel.clock")
    return {"by": access.SYSTEM, "at": clock.now()}
