"""Cut Noto Serif SC Bold down to the characters our own titles use.

All Han characters of the templates and the catalogue are in; those of the Python sources follow by frequency
until the font holds `ROOM` characters, so that it stays under its byte budget. Names of people and
organisations are never a reason to grow it: they fall back to the system's serif.
"""

import re
import sys
from collections import Counter
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
FONT = ROOT / "node_modules/@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf"
HAN = re.compile(r"[\u3400-\u9fff]")
ALWAYS = [*map(chr, range(0x20, 0x7F)), *"·–—…‘’“”、。《》〈〉「」【】！（），：；？％～￥×÷"]
ROOM = 1000


def characters() -> str:
    """The characters the font must hold, steady for the same sources."""
    package = ROOT / "src" / "niangjia"
    always: set[str] = set(ALWAYS)
    for pattern in ("**/templates/**/*.html", "locale/**/*.po"):
        for path in package.glob(pattern):
            always.update(HAN.findall(path.read_text(encoding="utf-8")))
    seen: Counter[str] = Counter()
    for path in package.glob("**/*.py"):
        if "demo" not in path.parts:
            seen.update(HAN.findall(path.read_text(encoding="utf-8")))
    often = sorted((char for char in seen if char not in always), key=lambda char: (-seen[char], char))
    return "".join(sorted(always | set(often[: max(0, ROOM - len(always))])))


def main() -> None:
    """Write the subset as WOFF2 to the path given."""
    options = subset.Options(flavor="woff2", layout_features=["kern", "palt"], hinting=False, notdef_outline=True)
    font = subset.load_font(str(FONT), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters())
    cutter.subset(font)
    subset.save_font(font, sys.argv[1], options)


if __name__ == "__main__":
    main()
