"""How much room a stranger's file is given."""

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file that is read, and what its reader may use; all counted, never believed.

    `before_rows` are title and head, which stand before the rows.
    """

    file_bytes: int = 20 * MEGABYTE
    parts: int = 500
    unpacked: int = 400 * MEGABYTE
    ratio: int = 150
    rows: int = 200_000
    before_rows: int = 10
    columns: int = 200
    cell: int = 2_000
    memory: int = 256 * MEGABYTE
    probe_seconds: int = 5

    def memory_for(self, unpacked: int) -> int:
        """The reader's memory: the same for every ordinary file, more for a very large honest one."""
        return max(self.memory, min(1024 * MEGABYTE, unpacked * 4))

    def seconds_for(self, unpacked: int) -> int:
        """The reader's seconds of processor: generous, in proportion to what there is to read."""
        return self.probe_seconds + unpacked // (2 * MEGABYTE)


USUAL = Limits()
