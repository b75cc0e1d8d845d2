"""What five tasks of aid cost in clicks and typed fields: counted by B5, held against docs/effort.md."""

import os
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "effort.md"
TASKS = {
    "lead": "report somebody in need · 上报困难职工",
    "visit": "a home visit with a child's study aid, without signal · 入户走访",
    "review": "review one application · 审核",
    "approve": "approve a batch of any size · 成批审批",
    "pay": "send a batch to the bank, fetch its file, read its answer · 付款",
}
HEAD = """# Effort

What a task costs its officer, counted by Playwright in story B5 (`tests/browser/test_story_b5.py`): clicks
(links, buttons, choices, signatures), fields typed, fields and facts that the platform filled in. It fails
when a page comes to cost something else; `NIANGJIA_EFFORT=write` writes the new figures.

| task | clicks | typed | filled in by the platform |
|---|---:|---:|---:|
"""
counted: dict[str, tuple[int, int, int]] = {}


def told(task, effort):
    """The count of one task."""
    counted[task] = (effort["clicks"], effort["typed"], effort["prefilled"])


def table():
    lines = (f"| {words} | {' | '.join(map(str, counted[task]))} |\n" for task, words in TASKS.items())
    return HEAD + "".join(lines)


def compared_with_the_page():
    """The page says what was counted just now."""
    assert set(counted) == set(TASKS)
    if os.environ.get("NIANGJIA_EFFORT") == "write":
        PAGE.write_text(table(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == table()
