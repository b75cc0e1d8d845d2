"""How the command line speaks: Chinese or English for people, JSON for programs, a code at the end."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from itertools import pairwise
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table


class Exit(IntEnum):
    """What the exit code says (docs/cli.md)."""

    OK = 0
    DIFFERS = 1
    USAGE = 2
    NOT_BUILT = 3
    ENVIRONMENT = 4
    REFUSED = 5
    BROKEN = 6


def _language() -> str:
    """`--lang` wherever it stands, else the terminal's language, else Chinese."""
    words = sys.argv[1:]
    for word, after in pairwise([*words, ""]):
        if word.startswith("--lang"):
            return "en" if (word.partition("=")[2] or after).startswith("en") else "zh"
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "en" if next(filter(None, named), "").startswith("en") else "zh"


LANGUAGE = _language()


def t(zh: str, en: str) -> str:
    """The wording in the language of this run."""
    return en if LANGUAGE == "en" else zh


def without_language(words: list[str]) -> list[str]:
    """The arguments that are left for the command.

    >>> without_language(["doctor", "--lang", "en", "--json"])
    ['doctor', '--json']
    >>> without_language(["--lang=en", "doctor"])
    ['doctor']
    """
    left, skip = [], False
    for word in words:
        if skip or word.startswith("--lang="):
            skip = False
        elif word == "--lang":
            skip = True
        else:
            left.append(word)
    return left


AsJson = Annotated[
    bool, typer.Option("--json", help=t("只输出一个 JSON 对象。", "Print one JSON object only."))
]


class Voice:
    """Lines and tables on stdout, progress on stderr; with `--json` one object and nothing else."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.facts: dict[str, Any] = {}
        self.out = Console(highlight=False, soft_wrap=True)
        self.err = Console(stderr=True, highlight=False)

    def line(self, zh: str, en: str) -> None:
        """One line for people."""
        if not self.as_json:
            self.out.print(t(zh, en), markup=False)

    def table(self, headings: list[str], rows: list[list[str]]) -> None:
        """A table for people."""
        if self.as_json:
            return
        table = Table(box=None, pad_edge=False, show_header=bool(headings))
        for heading in headings or rows[0]:
            table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(*row)
        self.out.print(table)

    def give(self, **facts: Any) -> None:
        """Facts for the JSON object."""
        self.facts.update(facts)

    @contextmanager
    def waiting(self, zh: str, en: str) -> Iterator[None]:
        """A moving mark while something takes its time."""
        if self.as_json or not self.err.is_terminal:
            yield
            return
        with self.err.status(t(zh, en)):
            yield

    @contextmanager
    def steps(self, zh: str, en: str) -> Iterator[Callable[[int, int], None]]:
        """A bar for counted work; hands out `by_progress(done, of)`."""
        if self.as_json or not self.err.is_terminal:
            yield lambda _done, _of: None
            return
        with Progress(console=self.err, transient=True) as bar:
            task = bar.add_task(t(zh, en), total=None)
            yield lambda done, of: bar.update(task, completed=done, total=of)

    def say_facts(self) -> None:
        """Print the JSON object now (a command that keeps running, such as serve)."""
        if self.as_json:
            sys.stdout.write(json.dumps(self.facts, ensure_ascii=False, default=str) + "\n")
            sys.stdout.flush()

    def end(self, code: Exit = Exit.OK) -> NoReturn:
        """The last word: facts, then the exit code."""
        self.give(exit=int(code))
        self.say_facts()
        raise typer.Exit(int(code))
