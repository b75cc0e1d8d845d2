"""The parent's side: a stranger's file goes to a child process, its rows come back one by one."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any

from niangjia.kernel.errors import BadInput
from niangjia.kernel.sheets.limits import MEGABYTE, USUAL, Limits
from niangjia.kernel.sheets.trouble import words_for

CHILD = (sys.executable, "-I", "-m", "niangjia.kernel.sheets.child")
KILLED_BY_TIME = (-24, -9)

Cell = str | int | float | bool | dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it stands in the file: its number there, and its cells from column A on."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Probe:
    """A file that may be read: `xlsx` or `csv`, and how large it is unpacked."""

    kind: str
    unpacked: int


@dataclass(slots=True)
class Sheet:
    """An open file: its merged ranges as (row, column, row, column) from zero, and its rows to come."""

    merged: list[list[int]]
    rows: Iterator[SheetRow]


def probe(content: bytes, *, limits: Limits = USUAL) -> Probe:
    """What the file is; raises BadInput in gentle words for one that is not read."""
    if len(content) > limits.file_bytes:
        raise BadInput(words_for("too_large"), field="file")
    with _child(content, "probe", limits.memory, limits.probe_seconds) as answers:
        told: dict[str, Any] = next(answers)
    return Probe(told["kind"], told["unpacked"])


@contextmanager
def open_rows(content: bytes, found: Probe, *, limits: Limits = USUAL) -> Iterator[Sheet]:
    """The rows of a probed file; raises BadInput where the file ends badly."""
    memory, seconds = limits.memory_for(found.unpacked), limits.seconds_for(found.unpacked)
    with _child(content, found.kind, memory, seconds) as answers:
        merged = next(answers)["merged"] if found.kind == "xlsx" else []
        yield Sheet(merged, _rows(answers))


def _rows(answers: Iterator[Any]) -> Iterator[SheetRow]:
    for answer in answers:
        if isinstance(answer, dict):
            return
        yield SheetRow(answer[0], answer[1])
    raise BadInput(words_for("broken"), field="file")


@contextmanager
def _child(content: bytes, mode: str, memory: int, seconds: int) -> Iterator[Iterator[Any]]:
    line = (*CHILD, mode, str(memory // MEGABYTE), str(seconds))
    child = subprocess.Popen(  # noqa: S603 - our own program, no shell
        line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
    )
    assert child.stdin is not None  # noqa: S101 - for the type checker
    feeding = threading.Thread(target=_feed, args=(child.stdin, content), daemon=True)
    feeding.start()
    try:
        yield _answers(child)
    finally:
        child.kill()
        child.wait()
        feeding.join()
        assert child.stdout is not None  # noqa: S101 - for the type checker
        child.stdout.close()


def _feed(pipe: IO[bytes], content: bytes) -> None:
    with suppress(BrokenPipeError, ValueError):
        pipe.write(content)
    with suppress(BrokenPipeError, ValueError):
        pipe.close()


def _answers(child: "subprocess.Popen[bytes]") -> Iterator[Any]:
    """What the child says, line by line; its refusal and its death are told as BadInput."""
    assert child.stdout is not None  # noqa: S101 - for the type checker
    said = False
    for line in child.stdout:
        answer = json.loads(line) if line.endswith(b"\n") else {"refused": "broken"}
        if isinstance(answer, dict) and "refused" in answer:
            raise BadInput(words_for(answer["refused"]), field="file")
        said = True
        yield answer
    code = child.wait()
    if code or not said:
        raise BadInput(words_for("too_slow" if code in KILLED_BY_TIME else "too_large"), field="file")
