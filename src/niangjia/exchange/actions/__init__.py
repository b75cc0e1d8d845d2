"""Writes of files in and out, one verb a function."""

from niangjia.exchange.actions.committing import ALL, CHOSEN, NEW, begin_commit, choose_rows
from niangjia.exchange.actions.leaving import (
    Wish,
    ask_for_list,
    decide_on_list,
    fetch_list,
    run_leaving,
)
from niangjia.exchange.actions.papers import errors_of
from niangjia.exchange.actions.receiving import Arrival, receive_file
from niangjia.exchange.actions.running import go_on_with_stalled, run_batch
from niangjia.exchange.actions.undoing import begin_undo
from niangjia.exchange.actions.vault import forget_files

__all__ = [
    "ALL", "CHOSEN", "NEW", "Arrival", "Wish", "ask_for_list", "begin_commit", "begin_undo",
    "choose_rows", "decide_on_list", "errors_of", "fetch_list", "forget_files",
    "go_on_with_stalled", "receive_file", "run_batch", "run_leaving",
]  # fmt: skip
