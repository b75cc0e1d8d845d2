"""The journal that proves itself: its one entry, and what is proven of it (house.md §3.5)."""

from niangjia.kernel.journal.entering import record, record_rows, record_within
from niangjia.kernel.journal.erasing import erase_values, erase_values_of, replay_erasures

__all__ = ["erase_values", "erase_values_of", "record", "record_rows", "record_within", "replay_erasures"]
