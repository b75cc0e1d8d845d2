"""Start data that ship with the stories: one small TOML file each. Pure but for reading these files."""

import tomllib
from pathlib import Path
from typing import Any

from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say

DEMO = Path(__file__).resolve().parents[1]
BESIDE_THE_SOURCE = DEMO.parents[2] / "stories"


def shipped_facts(story: str) -> dict[str, Any]:
    """The page's own start data of a story, from beside the source or inside the installed package."""
    folder = BESIDE_THE_SOURCE if BESIDE_THE_SOURCE.is_dir() else DEMO / "stories"
    return facts_in(folder / f"{story.lower()}.toml")


def facts_in(path: Path) -> dict[str, Any]:
    """What a file of start data says; Refused where it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise Refused(
            say(
                "起始数据 {file} 读不出来：{why}。请对照 stories/ 里的同名文件。",
                file=path.name,
                why=str(error),
            )
        ) from error
