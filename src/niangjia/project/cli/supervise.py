"""Children of `niangjia serve`: started, watched, restarted, stopped; no clock is read, ticks are counted."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

TICK = 0.2  # seconds
STEADY = 300  # ticks after which an earlier death is forgiven: one minute
LONGEST_PAUSE = 150  # ticks: half a minute
PATIENCE = 60  # ticks a child has to stop in good order: 12 seconds
PR_SET_PDEATHSIG = 1
OURS = (b"niangjia", b"granian", b"procrastinate")


@dataclass
class Child:
    """One program we keep alive, in a process group of its own so that nothing of it is left behind."""

    name: str
    line: Sequence[str]
    running: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    pause: int = 0
    age: int = 0

    def start(self) -> None:
        """Start it; should we be killed, the system ends it too (Linux)."""
        self.age = 0
        self.running = subprocess.Popen(  # noqa: S603 - our own programs
            list(self.line),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - one prctl
        )

    def tick(self) -> bool:
        """One step of watching; True when it had died."""
        if self.running is None:
            self.pause -= 1
            if self.pause <= 0:
                self.start()
            return False
        self.age += 1
        if self.running.poll() is None:
            self.deaths = 0 if self.age > STEADY else self.deaths
            return False
        end_group(self.running.pid, signal.SIGKILL)
        self.running = None
        self.deaths += 1
        self.pause = min(5 * 2 ** (self.deaths - 1), LONGEST_PAUSE)
        return True

    def stop(self) -> None:
        """Ask for an end in good order, then insist."""
        if self.running is None:
            return
        if self.running.poll() is None:
            self.running.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.running.wait(PATIENCE * TICK)
        end_group(self.running.pid, signal.SIGKILL)
        self.running.wait()
        self.running = None


@dataclass
class Supervisor:
    """Keeps the children alive until a signal says stop."""

    children: list[Child]
    also: Callable[[], None]
    on_death: Callable[[Child], None]
    stopping: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Start all children."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())
        for child in self.children:
            if not child.pause:
                child.start()

    def groups(self) -> list[int]:
        """The process groups to be swept should we be killed."""
        return [child.running.pid for child in self.children if child.running]

    def watch(self, until: Callable[[], bool]) -> bool:
        """Watch until the condition holds (True) or a signal came (False)."""
        count = 0
        while not self.stopping.is_set():
            if until():
                return True
            for child in self.children:
                if child.tick():
                    self.on_death(child)
            count += 1
            if count % 5 == 0:
                self.also()
            self.stopping.wait(TICK)
        return False

    def stop(self) -> None:
        """Stop all children; the last started first."""
        for child in reversed(self.children):
            child.stop()


def end_group(group: int, number: signal.Signals) -> None:
    """Send a signal to what is left of a process group."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return


def sweep(groups: Sequence[int]) -> int:
    """End what a killed `serve` left behind; a group whose number was taken over by strangers is spared."""
    left = [group for group in groups if _is_ours(group)]
    for group in left:
        end_group(group, signal.SIGTERM)
    for _ in range(PATIENCE):
        if not any(_is_ours(group) for group in left):
            return len(left)
        threading.Event().wait(TICK)
    for group in left:
        end_group(group, signal.SIGKILL)
    return len(left)


def _is_ours(group: int) -> bool:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                line = (folder / "cmdline").read_bytes().split(b"\0")
                if any(_is_our_word(word) for word in line[1:]):
                    return True
        except OSError:
            continue
    return False


def _is_our_word(word: bytes) -> bool:
    """A program of ours by name; that it lies in a folder of this name proves nothing."""
    return word.rsplit(b"/", 1)[-1] in OURS or word.startswith(b"niangjia.")


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
