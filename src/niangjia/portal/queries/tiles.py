"""Our own tile maps: where cities and counties lie on a grid of squares."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from niangjia.portal.rules import automatic_grid

FOLDER = Path(__file__).resolve().parents[1] / "tiles"


@cache
def grid_of() -> Mapping[str, tuple[int, int]]:
    """Row and column by the six digits of GB/T 2260, of every city and county that has a place of its own."""
    found: dict[str, tuple[int, int]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        tiles = tomllib.loads(path.read_text(encoding="utf-8"))["tiles"]
        found |= {code: (int(row), int(column)) for code, (row, column) in tiles.items()}
    return found


def positions_of(*, codes: Sequence[str]) -> list[tuple[int, int]]:
    """A row and a column for each code; those without a place of their own follow below in order."""
    grid, taken = grid_of(), set()
    placed: list[tuple[int, int] | None] = []
    for code in codes:
        at = grid.get(code)
        placed.append(at if at not in taken else None)
        taken.add(at)
    lowest = max((at[0] for at in placed if at), default=0)
    rest = iter(automatic_grid(placed.count(None), after_row=lowest))
    return [at or next(rest) for at in placed]
